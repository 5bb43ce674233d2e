import RuralValue
import Testing

@testable import RuralValueFormats

/// Lines over periods as plots.
@Suite struct LinePlotTests {
  /// Lines over eleven years, of which every fourth has a gap and one has no value at all.
  static func figure(_ count: Int, years: Int = 11) -> ResultFigure {
    let lines = (0..<count).map { line in
      let english = line == 3 ? "Inner Mongolia Autonomous Region" : "Province \(line)"
      let values = (0..<years).map { year -> Double? in
        line % 4 == 2 && year == 5 ? nil : 0.3 + 0.02 * Double(year) + 0.013 * Double(line % 11)
      }
      return LineFigure.Series(label: Phrase(english, zh: "省份\(line)"), values: values)
    }
    let whole = LineFigure.Series(
      label: Phrase("All", zh: "全部"), values: (0..<years).map { 0.4 + 0.02 * Double($0) }, isWhole: true)
    let nothing = LineFigure.Series(
      label: Phrase("Nothing", zh: "无"), values: (0..<years).map { $0 == 0 ? .nan : nil })
    return .lines(
      LineFigure(
        title: Phrase("Mean by province", zh: "各省均值"), caption: Phrase("Means.", zh: "均值。"),
        axis: Phrase("Coupling coordination degree", zh: "耦合协调度"),
        periods: (0..<years).map { LineFigure.Period(2012 + $0) }, series: lines + [whole, nothing]))
  }

  @Test func `no two of 31 lines have both colour and dashes in common`() throws {
    let svg = try #require(ReportFigure(Self.figure(31))).svg
    let looks = svg.matches(of: /<polyline points="[^"]*" fill="none" (stroke="[^\/]*)\/>/).map {
      String($0.output.1)
    }
    // Each line stands once, twice where it has a gap, and once more as the sample beside its name.
    #expect(looks.count == 32 * 2 + 8)
    #expect(Set(looks).count == 32)
  }

  @Test func `a line breaks where a value is missing and a line without any is not named`() throws {
    let svg = try #require(ReportFigure(Self.figure(3))).svg
    #expect(svg.contains(">Province 2<") && !svg.contains(">Nothing<"))
    #expect(svg.matches(of: /<polyline/).count == 4 * 2 + 1)
  }

  @Test func `a value between gaps is a dot, and one period is dots alone`() throws {
    let svg = try #require(ReportFigure(Self.figure(3, years: 1))).svg
    #expect(svg.matches(of: /<circle/).count == 4)
    let alone = LineFigure(
      title: Phrase(verbatim: "T"), caption: Phrase(verbatim: "C"), axis: Phrase(verbatim: "y"),
      periods: [.init(2012), .init(2013), .init(2014)],
      series: [.init(label: Phrase(verbatim: "a"), values: [nil, 1, nil])])
    #expect(try #require(ReportFigure(.lines(alone))).svg.matches(of: /<circle/).count == 1)
  }

  @Test(arguments: [Double.nan, .infinity, 1e308, -1e308, 1e-300, 0])
  func `odd numbers never reach the drawing`(odd: Double) {
    let figure = LineFigure(
      title: Phrase(verbatim: "T"), caption: Phrase(verbatim: "C"), axis: Phrase(verbatim: "y"),
      periods: [.init(2012), .init(2013)],
      series: [
        .init(label: Phrase(verbatim: "a"), values: [odd, 1]),
        .init(label: Phrase(verbatim: "b"), values: [odd, odd]),
      ])
    let svg = ReportFigure(.lines(figure))?.svg ?? ""
    for word in ["nan", "inf"] { #expect(!svg.contains("\"\(word)")) }
    let empty = LineFigure(
      title: Phrase(verbatim: "T"), caption: Phrase(verbatim: "C"), axis: Phrase(verbatim: "y"), periods: [],
      series: [])
    #expect(ReportFigure(.lines(empty)) == nil)
  }
}
