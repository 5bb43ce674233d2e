import RuralValue
import Testing

@testable import RuralValueFormats

/// Drawings of figures as models make them, and as they never should.
@Suite struct ReportFigureTests {
  private static let long =
    "agricultural_fiscal_expenditure_per_head:digital_finance_index:machinery_power:grain"

  private static func coefficients(
    _ terms: [String], estimates: [Double]? = nil, low: [Double]? = nil, high: [Double]? = nil
  ) -> ResultFigure {
    let values = estimates ?? terms.indices.map { Double($0) - 3 }
    let (lows, highs) = (low ?? values.map { $0 - 0.5 }, high ?? values.map { $0 + 0.5 })
    return .intervals(
      IntervalFigure(
        title: Phrase("Coefficients", zh: "系数估计"), caption: Phrase("System GMM of V", zh: "V的系统GMM估计"),
        labels: terms.map { Phrase(verbatim: $0) },
        panels: [
          .init(
            heading: Phrase(verbatim: ""),
            intervals: values.indices.map { .init(estimate: values[$0], low: lows[$0], high: highs[$0]) })
        ], confidenceLevel: 0.9))
  }

  private static func moran(_ years: [Int], _ values: [Double], p: [Double]) -> ResultFigure {
    .moran(
      MoranFigure(
        title: Phrase("Global Moran's I of V", zh: "V 的全局莫兰指数"),
        years: years.indices.map {
          .init(period: years[$0], value: values[$0], expected: -0.008, deviation: 0.05, pValue: p[$0])
        }))
  }

  private static let weights = ResultFigure.weights(
    WeightFigure(
      title: Phrase("Indicator weights: V, P", zh: "指标权重：V、P"),
      bars: [
        .init(
          group: Phrase(verbatim: "V · economic"), label: Phrase("Grain", zh: "粮食产量"), weight: 0.25,
          lowest: 0.2, highest: 0.3),
        .init(
          group: Phrase(verbatim: "V · social"), label: Phrase(long, zh: "农林牧渔业总产值与乡村医疗卫生机构床位数之比"),
          weight: 0.75,
          lowest: 0.7, highest: 0.8),
        .init(
          group: Phrase(verbatim: "P · population"), label: Phrase("People", zh: "人口"), weight: 1, lowest: 1,
          highest: 1),
      ]))

  private static let effects = ResultFigure.intervals(
    IntervalFigure(
      title: Phrase("Effects", zh: "效应"), caption: Phrase("Effects", zh: "效应"),
      labels: ["P", "人口流"].map { Phrase(verbatim: $0) },
      panels: [
        .init(
          heading: Phrase("direct", zh: "直接效应"),
          intervals: [.init(estimate: 1, low: 0.5, high: 1.5), .init(estimate: 0.5, low: 0, high: 1)]),
        .init(
          heading: Phrase("indirect", zh: "间接效应"),
          intervals: [.init(estimate: -2, low: -3, high: -1), .init(estimate: 0.25, low: 0, high: 0.5)]),
        .init(
          heading: Phrase("total", zh: "总效应"),
          intervals: [.init(estimate: -1, low: -2, high: 0), .init(estimate: 0.75, low: 0.1, high: 1.4)]),
      ], confidenceLevel: 0.95))

  private static func curve(_ variable: String, extreme: Double?, _ interval: (Double, Double)?)
    -> ResultFigure
  {
    .curve(
      CurveFigure(
        title: Phrase("V over \(variable)", zh: "V与\(variable)的关系"), caption: Phrase("U", zh: "U型"),
        variable: Phrase(verbatim: variable),
        outcome: Phrase("V, change from the lower end", zh: "V（相对区间下限的变化）"),
        points: (0...20).map { step in
          let x = Double(step) / 20
          return .init(x: x, y: x - x * x, low: x - x * x - 0.1, high: x - x * x + 0.1)
        }, extreme: extreme, interval: interval.map { (low: $0.0, high: $0.1) }))
  }

  private static let robustness = RobustnessTable(
    base: model("Base model", 1),
    variants: [
      model("Five nearest neighbours with row standardisation", 0.5), model("Pearl River Delta", -0.2),
      .init(name: Phrase("Broken", zh: "失败"), failure: "No rows."),
    ]
  ).document.figures

  private static func model(_ name: String, _ size: Double) -> RobustnessTable.Model {
    .init(
      name: Phrase(verbatim: name),
      estimates: ["P", "C", "I", "T", "W*P", "W*C", long].map {
        Estimate(Parameter($0, .variable), size, standardError: 0.3)
      }, observations: 100)
  }

  private static var all: [ResultFigure] {
    let names = (0..<15).map { "flow_\($0):capital" } + [long]
    return [
      coefficients(names), effects, coefficients(["W*人口流", "rho"]),
      moran(Array(2012...2022), (0..<11).map { 0.02 * Double($0) }, p: Array(repeating: 0.04, count: 11)),
      weights, curve("P", extreme: 0.5, (0.4, 0.7)), curve(long, extreme: nil, nil),
      curve("人口流", extreme: 0.02, (0, 0.1)), LinePlotTests.figure(3), LinePlotTests.figure(31),
    ] + robustness
  }

  private static func drawing(_ figure: ResultFigure) throws -> ReportFigure {
    try #require(ReportFigure(figure))
  }

  /// The box that every word of a drawing takes, by the widths that the layout reckons with.
  private static func words(_ svg: String) -> [(text: String, left: Double, right: Double, y: Double)] {
    svg.matches(of: /<text x="([-0-9.]+)" y="([-0-9.]+)" font-size="([0-9.]+)"([^>]*)>([^<]*)</).map {
      match in
      let x = Double(match.output.1) ?? .nan
      let text = String(match.output.5).replacing("&#39;", with: "'").replacing("&lt;", with: "<")
      let width = SVGText.width(text, size: Double(match.output.3) ?? .nan)
      let isEnd = match.output.4.contains("\"end\"")
      let left = isEnd ? x - width : match.output.4.contains("\"middle\"") ? x - width / 2 : x
      return (text, left, left + width, Double(match.output.2) ?? .nan)
    }
  }

  @Test(arguments: Language.allCases)
  func `every label stands inside the canvas and none on another`(language: Language) throws {
    for figure in Self.all.compactMap({ ReportFigure($0, language: language) }) {
      let size = try #require(figure.svg.firstMatch(of: /viewBox="0 0 ([0-9.]+) ([0-9.]+)"/))
      let (width, height) = (try #require(Double(size.output.1)), try #require(Double(size.output.2)))
      let words = Self.words(figure.svg)
      #expect(words.count > 4)
      for word in words {
        #expect(word.left >= 0 && word.right <= width, "\(word)")
        #expect(word.y > 8 && word.y < height, "\(word)")
      }
      for (place, word) in words.enumerated() {
        for other in words[(place + 1)...] where abs(word.y - other.y) < 10 {
          #expect(word.right <= other.left || other.right <= word.left, "\(word) on \(other)")
        }
      }
    }
  }

  @Test func `a curve has its band, its turning point and the interval of that`() throws {
    let svg = try Self.drawing(Self.curve("P", extreme: 0.5, (0.4, 0.7))).svg
    #expect(svg.contains("<polygon") && svg.contains("<polyline") && svg.contains("stroke-dasharray"))
    #expect(svg.contains(">0.500<") && svg.contains("#f3e3c3"))
    let plain = try Self.drawing(Self.curve("P", extreme: nil, nil)).svg
    #expect(!plain.contains("stroke-dasharray") && !plain.contains("#f3e3c3"))
  }

  @Test func `a filled mark says that the interval excludes zero`() throws {
    let figure = Self.coefficients(
      ["a", "b", "c"], estimates: [1, 1, -1], low: [0.5, -0.5, -2], high: [2, 2, -0.1])
    let svg = try Self.drawing(figure).svg
    #expect(svg.matches(of: /<circle [^>]*fill="#0b5d8a"/).count == 2)
    #expect(svg.matches(of: /<circle [^>]*fill="#ffffff"/).count == 1)
    #expect(svg.contains("Lines: 90% intervals."))
  }

  @Test(arguments: [(0.999, "99.9"), (0.975, "97.5"), (0.95, "95"), (0.5, "50"), (0.9999, "99.99")])
  func `a drawing names its level exactly`(level: Double, text: String) throws {
    let figure = IntervalFigure(
      title: Phrase(verbatim: "T"), caption: Phrase(verbatim: "C"), labels: [Phrase(verbatim: "P")],
      panels: [.init(heading: Phrase(verbatim: ""), intervals: [.init(estimate: 1, low: 0, high: 2)])],
      confidenceLevel: level)
    #expect(try Self.drawing(.intervals(figure)).svg.contains("Lines: \(text)% intervals."))
    let chinese = try #require(ReportFigure(.intervals(figure), language: .chinese))
    #expect(chinese.svg.contains("横线为\(text)%置信区间"))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e308, -1e308, 1e-300, 0])
  func `odd numbers never end the program nor reach the drawing`(odd: Double) {
    let figures = [
      Self.coefficients(["a", "b"], estimates: [odd, 1]), Self.coefficients(["a"], estimates: [odd]),
      Self.coefficients(["a", "b"], low: [odd, 0], high: [1, odd]), Self.coefficients([]),
      Self.moran([2012, 2013], [odd, 0.1], p: [odd, odd]), Self.moran([2012], [odd], p: [0.01]),
      Self.moran([2012, 2012], [0.1, odd], p: [0.01, 0.01]), Self.moran([], [], p: []),
    ]
    for figure in figures.compactMap({ ReportFigure($0) }) {
      for word in ["nan", "inf"] { #expect(!figure.svg.contains("\"\(word)")) }
    }
    #expect(ReportFigure(Self.coefficients(["a"], estimates: [.nan])) == nil)
    #expect(ReportFigure(Self.moran([2012], [.nan], p: [1])) == nil)
    #expect(ReportFigure(Self.coefficients([])) == nil)
  }

  @Test func `a variant that failed says so in its row`() throws {
    let figures = try Self.robustness.map(Self.drawing)
    // Seven coefficients stand in two plots, three and four of them, over three models that have a result.
    #expect(figures.map { $0.svg.matches(of: />no result</).count } == [3, 4])
    #expect(figures.map { $0.svg.matches(of: /<circle/).count } == [9, 12])
  }

  @Test func `filled points of Moran's I are the significant years`() throws {
    let svg = try Self.drawing(Self.moran([2012, 2013, 2014], [0.3, 0.2, 0.1], p: [0.01, 0.049, 0.05])).svg
    #expect(svg.matches(of: /<circle [^>]*fill="#0b5d8a"/).count == 2)
    #expect(svg.contains("<polygon"))
  }

  @Test(arguments: [
    (0.0, 1.0, "0.0"), (-3, 14, "10"), (0, 2e-7, "1e−7"), (1e9, 2e9, "1.2e9"), (7, 7, "7.0000"),
  ])
  func `axes have round ticks inside their ends`(low: Double, high: Double, label: String) {
    let scale = PlotScale([low, high])
    #expect(scale.ticks.count > 2 && scale.ticks.count < 12)
    #expect(PlotScale([-0.342, 0.436], tickCount: 4).ticks.count == 4)
    for tick in scale.ticks { #expect(scale.contains(tick)) }
    #expect(scale.ticks.map(scale.label).contains(label), "\(scale.ticks.map(scale.label))")
    #expect(Set(scale.ticks.map(scale.label)).count == scale.ticks.count)
  }
}
