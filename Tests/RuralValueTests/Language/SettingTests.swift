import RuralValue
import Testing

@Suite struct SettingTests {
  @Test func `a sentence spells its settings as whoever shows it wants them`() {
    let sentence = "Take \(Setting("lee-yu")) none, or \(Setting("collapse"))."
    #expect(Setting.spelled(in: sentence) { "--\($0)" } == "Take --lee-yu none, or --collapse.")
    #expect(Setting.spelled(in: sentence) { $0 } == "Take lee-yu none, or collapse.")
  }

  @Test func `a sentence without settings stays as it is, also where one sign stands alone in it`() {
    for sentence in ["", "V ~ P", "a\u{2060}b", "数据 --unit"] {
      #expect(
        Setting.spelled(in: sentence) { "--\($0)" }.filter { $0 != "\u{2060}" }
          == sentence.filter { $0 != "\u{2060}" })
    }
  }
}
