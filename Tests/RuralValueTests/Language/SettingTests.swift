import RuralValue
import Testing

@Suite struct SettingTests {
  @Test func `a sentence spells its settings as whoever shows it wants them`() {
    let sentence = "Take \(Setting("lee-yu")) none, or \(Setting("collapse"))."
    #expect(Setting.spelled(in: sentence) { "--\($0)" } == "Take --lee-yu none, or --collapse.")
    #expect(Setting.spelled(in: sentence) { $0 } == "Take lee-yu none, or collapse.")
  }

  @Test func `a sentence without settings stays as it is, whatever signs a name in it has`() {
    let (opening, closing) = (Unicode.Scalar(0xFDD0 as UInt32)!, Unicode.Scalar(0xFDD1 as UInt32)!)
    let sentences = [
      "", "V ~ P", "a\u{2060}b", "a\u{2060}collapse\u{2060}", "数据 --unit", "a\(opening)b",
      "\(opening)\(closing)",
      "\(closing)x\(opening)", "\(opening)Two words\(closing)", "\(opening)x\(opening)",
    ]
    for sentence in sentences {
      #expect(
        Array(Setting.spelled(in: sentence) { "--\($0)" }.unicodeScalars) == Array(sentence.unicodeScalars))
    }
  }

  @Test func `a setting is spelled behind a sign that is none of ours`() {
    let stray = Unicode.Scalar(0xFDD0 as UInt32)!
    #expect(Setting.spelled(in: "\(stray)\(Setting("id")).") { "--\($0)" } == "\(stray)--id.")
  }
}
