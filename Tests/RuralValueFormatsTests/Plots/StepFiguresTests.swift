import RuralValue
import Testing

@testable import RuralValueFormats

/// Plots from tables as commands make them, and as they never should.
@Suite struct StepFiguresTests {
  private static let long =
    "agricultural_fiscal_expenditure_per_head:digital_finance_index:machinery_power:grain"

  private static func coefficients(
    _ terms: [String], estimates: [Double]? = nil, low: [Double]? = nil, high: [Double]? = nil
  ) -> ResultTable {
    let values = estimates ?? terms.indices.map { Double($0) - 3 }
    return ResultTable(
      name: "coefficients", title: Phrase("System GMM of V", zh: "V的系统GMM估计"),
      columns: [
        ResultColumn("term", Phrase("Term", zh: "变量"), .text(terms)),
        ResultColumn("estimate", Phrase("Estimate", zh: "系数"), .number(values)),
        ResultColumn("conf_low", Phrase("90% low", zh: "90%下限"), .number(low ?? values.map { $0 - 0.5 })),
        ResultColumn("conf_high", Phrase("90% high", zh: "90%上限"), .number(high ?? values.map { $0 + 0.5 })),
      ])
  }

  private static func document(_ command: String, _ tables: [ResultTable]) -> ResultDocument {
    ResultDocument(
      command: command, specification: [], sample: nil, parts: tables.map { .init($0, jsonKey: nil) })
  }

  private static func moran(_ years: [Int], _ values: [Double], p: [Double]) -> ResultTable {
    func column(_ name: String, _ cells: [Double]) -> ResultColumn {
      ResultColumn(name, Phrase(verbatim: name), .number(cells))
    }
    return ResultTable(
      name: "moran", title: Phrase("Global Moran's I of V", zh: "V 的全局莫兰指数"),
      columns: [
        ResultColumn("time", Phrase(verbatim: "time"), .integer(years)), column("i", values),
        column("expected", years.map { _ in -0.008 }), column("sd", years.map { _ in 0.05 }),
        column("p_value", p),
      ])
  }

  private static let weights = ResultTable(
    name: "weight_summary", title: Phrase("Weights", zh: "权重"),
    columns: [
      ResultColumn("index", Phrase(verbatim: "i"), .text(["V", "V", "P"])),
      ResultColumn("dimension", Phrase(verbatim: "d"), .text(["economic", "social", "population"])),
      ResultColumn(
        "indicator", Phrase(verbatim: "n"),
        .phrase([Phrase("Grain", zh: "粮食产量"), Phrase(long, zh: "农林牧渔业总产值与乡村医疗卫生机构床位数之比"), Phrase("People", zh: "人口")])
      ),
      ResultColumn("weight", Phrase(verbatim: "w"), .number([0.25, 0.75, 1])),
      ResultColumn("lowest", Phrase(verbatim: "l"), .number([0.2, 0.7, 1])),
      ResultColumn("highest", Phrase(verbatim: "h"), .number([0.3, 0.8, 1])),
    ])

  private static let effects = ResultTable(
    name: "effects", title: Phrase("Effects", zh: "效应"),
    columns: [
      ResultColumn("term", Phrase(verbatim: "t"), .text(["P", "P", "P", "人口流", "人口流", "人口流"])),
      ResultColumn(
        "kind", Phrase(verbatim: "k"),
        .phrase(
          (0..<2).flatMap { _ in
            [Phrase("direct", zh: "直接效应"), Phrase("indirect", zh: "间接效应"), Phrase("total", zh: "总效应")]
          })),
      ResultColumn("horizon", Phrase(verbatim: "h"), .text([nil, nil, nil, nil, nil, nil])),
      ResultColumn("estimate", Phrase(verbatim: "e"), .number([1, -2, -1, 0.5, 0.25, 0.75])),
      ResultColumn("conf_low", Phrase("95% low", zh: "95%下限"), .number([0.5, -3, -2, 0, 0, 0.1])),
      ResultColumn("conf_high", Phrase("95% high", zh: "95%上限"), .number([1.5, -1, 0, 1, 0.5, 1.4])),
    ])

  private static let robustness = RobustnessTable(
    base: model("Base model", 1),
    variants: [
      model("Five nearest neighbours with row standardisation", 0.5), model("Pearl River Delta", -0.2),
      .init(name: Phrase("Broken", zh: "失败"), failure: "No rows."),
    ])

  private static func model(_ name: String, _ size: Double) -> RobustnessTable.Model {
    .init(
      name: Phrase(verbatim: name),
      estimates: ["P", "C", "I", "T", "W*P", "W*C", long].map {
        .init(term: $0, estimate: size, standardError: 0.3, pValue: 0.02)
      }, observations: 100)
  }

  private static var all: [ResultDocument] {
    let names = (0..<15).map { "flow_\($0):capital" } + [long]
    return [
      document("gmm", [coefficients(names)]),
      document("sdm", [effects, coefficients(["W*人口流", "rho", "sigma2"])]),
      document(
        "moran",
        [moran(Array(2012...2022), (0..<11).map { 0.02 * Double($0) }, p: Array(repeating: 0.04, count: 11))]),
      document("entropy", [weights]), robustness.document,
    ]
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
    for figure in Self.all.flatMap({ StepFigures.figures(for: $0, language: language) }) {
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

  @Test func `each command has its plots`() {
    #expect(Self.all.map { StepFigures.figures(for: $0).count } == [1, 2, 1, 1, 2])
    #expect(StepFigures.figures(for: Self.document("prepare", [Self.coefficients(["P"])])).isEmpty)
  }

  @Test func `a filled mark says that the interval excludes zero`() {
    let table = Self.coefficients(
      ["a", "b", "c"], estimates: [1, 1, -1], low: [0.5, -0.5, -2], high: [2, 2, -0.1])
    let svg = StepFigures.figures(for: Self.document("gmm", [table]))[0].svg
    #expect(svg.matches(of: /<circle [^>]*fill="#0b5d8a"/).count == 2)
    #expect(svg.matches(of: /<circle [^>]*fill="#ffffff"/).count == 1)
    #expect(svg.contains("Lines: 90% intervals."))
  }

  @Test func `constants, dummies of periods and variances are no coefficients to plot`() {
    let table = Self.coefficients(["P", "(Intercept)", "sigma2"])
    let figures = StepFigures.figures(for: Self.document("sdm", [table]))
    #expect(figures.count == 1)
    #expect(figures[0].svg.matches(of: /<circle/).count == 1)
    #expect(!figures[0].svg.contains("Intercept"))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e308, -1e308, 1e-300, 0])
  func `odd numbers never end the program nor reach the drawing`(odd: Double) {
    let tables = [
      Self.coefficients(["a", "b"], estimates: [odd, 1]), Self.coefficients(["a"], estimates: [odd]),
      Self.coefficients(["a", "b"], low: [odd, 0], high: [1, odd]), Self.coefficients([]),
      Self.moran([2012, 2013], [odd, 0.1], p: [odd, odd]), Self.moran([2012], [odd], p: [0.01]),
      Self.moran([2012, 2012], [0.1, odd], p: [0.01, 0.01]), Self.moran([], [], p: []),
    ]
    for table in tables {
      for command in ["gmm", "sdm", "moran", "entropy", "robustness"] {
        for figure in StepFigures.figures(for: Self.document(command, [table])) {
          for word in ["nan", "inf"] { #expect(!figure.svg.contains("\"\(word)")) }
        }
      }
    }
    #expect(
      StepFigures.figures(for: Self.document("gmm", [Self.coefficients(["a"], estimates: [.nan])])).isEmpty)
    #expect(StepFigures.figures(for: Self.document("moran", [Self.moran([2012], [.nan], p: [1])])).isEmpty)
  }

  @Test func `a coefficient that would hide the others is left out, and the caption gives its value`() {
    let table = Self.coefficients(["lag(V, 1)", "P", "C"], estimates: [5, 0.1, -0.2])
    let figure = StepFigures.figures(for: Self.document("gmm", [table]))[0]
    #expect(figure.svg.matches(of: /<circle/).count == 2)
    #expect(figure.caption.english.contains("lag(V, 1) = 5.000 lies far outside"))
    let near = Self.coefficients(["lag(V, 1)", "P", "C"], estimates: [2, 0.1, -0.2])
    #expect(StepFigures.figures(for: Self.document("gmm", [near]))[0].svg.matches(of: /<circle/).count == 3)
  }

  @Test func `tables of another shape give no plot`() {
    let bare = ResultTable(
      name: "coefficients", title: Phrase(verbatim: ""),
      columns: [ResultColumn("x", Phrase(verbatim: "x"), .integer([1]))])
    let effects = ResultTable(
      name: "effects", title: Phrase(verbatim: ""),
      columns: [ResultColumn("term", Phrase(verbatim: "x"), .text([nil]))])
    for table in [bare, effects] { #expect(StepFigures.figures(for: Self.document("sdm", [table])).isEmpty) }
    #expect(StepFigures.figures(for: Self.document("entropy", [])).isEmpty)
  }

  @Test func `a variant that failed says so in its row`() {
    let figures = StepFigures.figures(for: Self.robustness.document)
    // Seven coefficients stand in two plots, three and four of them, over three models that have a result.
    #expect(figures.map { $0.svg.matches(of: />no result</).count } == [3, 4])
    #expect(figures.map { $0.svg.matches(of: /<circle/).count } == [9, 12])
  }

  @Test func `filled points of Moran's I are the significant years`() {
    let table = Self.moran([2012, 2013, 2014], [0.3, 0.2, 0.1], p: [0.01, 0.049, 0.05])
    let svg = StepFigures.figures(for: Self.document("moran", [table]))[0].svg
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
