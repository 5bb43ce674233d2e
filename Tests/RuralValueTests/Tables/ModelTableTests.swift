import TestSupport
import Testing

@testable import RuralValue

/// Models of any family side by side.
@Suite struct ModelTableTests {
  private static func estimate(_ name: String, _ role: Parameter.Role, _ value: Double) -> Estimate {
    Estimate(Parameter(name, role), value, standardError: 0.1)
  }

  private static let linear = ModelColumn(
    outcome: "V",
    coefficients: [
      estimate("P", .variable, 0.5), estimate("(Intercept)", .constant, 1), estimate("C", .variable, -0.1),
    ],
    footer: [
      FitStatistic("estimator", Phrase(verbatim: "Estimator"), .phrase(Phrase("fixed effects", zh: "固定效应"))),
      FitStatistic("observations", Phrase(verbatim: "Observations"), .count(60)),
    ], cautions: [Phrase(verbatim: "Few clusters.")])

  private static let spatial = ModelColumn(
    outcome: "V",
    coefficients: [
      estimate("P", .variable, 0.4), estimate("W*P", .spatialLag(of: "P"), 0.2),
      Estimate(.rho, 0.3, standardError: 0.2),
    ],
    effects: [
      estimate("P", .effect(.direct, nil), 0.45), estimate("P", .effect(.indirect, nil), 0.35),
      estimate("P", .effect(.total, nil), 0.8),
    ],
    footer: [
      FitStatistic("observations", Phrase(verbatim: "Observations"), .count(55)),
      FitStatistic("log_likelihood", Phrase(verbatim: "Log-likelihood"), .number(-3.5)),
    ])

  private static func table(_ specification: ModelTableSpecification = .init()) throws -> ResultTable {
    try ModelTable(
      [.init(linear, source: "a.json"), .init(spatial, source: "b.json")], specification
    ).table
  }

  private static func keys(_ table: ResultTable) -> [String] { table.rowKeys?.firstAppearances ?? [] }

  @Test func `slopes stand above constants, and space and the foot below`() throws {
    let table = try Self.table()
    #expect(
      Self.keys(table) == [
        "P", "W*P", "C", "(Intercept)", "rho", "direct P", "indirect P", "total P", "estimator",
        "observations",
        "log_likelihood",
      ])
    #expect(
      table.sections.map { $0.title?.english } == [
        "Direct effects", "Indirect effects", "Total effects", nil,
      ])
    #expect(table.columns.map(\.name) == ["label", "(1)", "(2)"])
    #expect(table.cautions.map(\.english) == ["(1): Few clusters."])
  }

  @Test func `below the rule like stands beside like, whichever model comes first`() throws {
    func column(_ keys: [String]) -> ModelColumn {
      ModelColumn(
        outcome: "V", coefficients: [Self.estimate("P", .variable, 1)],
        footer: keys.map { FitStatistic($0, Phrase(verbatim: $0), .count(1)) })
    }
    let models = [
      ["units", "r2_within", "std_errors"], ["units", "other", "ar1", "std_errors"], ["weights"],
    ]
    for order in [[0, 1, 2], [2, 1, 0]] {
      let table = try ModelTable(order.map { .init(column(models[$0]), source: "a") }).table
      #expect(
        Self.keys(table) == ["P", "weights", "units", "r2_within", "ar1", "other", "std_errors"])
    }
  }

  @Test func `effects of the short and the long run share no row`() throws {
    let kinds: [(EffectKind, EffectHorizon)] = [(.direct, .short), (.total, .short), (.direct, .long)]
    let dynamic = ModelColumn(
      name: Phrase("W", zh: "权"), outcome: "V", coefficients: [],
      effects: kinds.enumerated().map { place, kind in
        Self.estimate("P", .effect(kind.0, kind.1), Double(place + 1))
      }, footer: [])
    let table = try ModelTable([.init(dynamic, source: "a")], .init(effects: .wide)).table
    #expect(table.rowKeys?.firstAppearances == ["short run P", "long run P"])
    #expect(table.columns[0].values.texts == ["P, short run", "", "P, long run", ""])
    #expect(table.columns[1].values.numbers[0] == 1 && table.columns[3].values.numbers[0] == 2)
    #expect(table.columns[1].values.numbers[2] == 3 && table.columns[3].values.numbers[2].isNaN)
    #expect(table.spans.map(\.heading.chinese) == ["V，权"])
    let rows = try ModelTable([.init(dynamic, source: "a")], .init(effects: .rows)).table
    #expect(
      rows.rowKeys?.firstAppearances == ["short run direct P", "short run total P", "long run direct P"])
  }

  @Test func `beside effects stand the groups' headings, and below them who has none`() throws {
    let table = try Self.table(
      .init(groups: [.init(heading: "Space", columns: 2...2)], effects: .wide))
    #expect(table.spans.map(\.heading.english) == ["Space: (2) V"])
    #expect(table.notes.map(\.english) == ["Not here, for they have no direct and indirect effects: (1)."])
  }

  @Test func `each number stands in its model's column with its error below`() throws {
    let table = try Self.table()
    let row = try #require(table.rowKeys?.firstIndex(of: "P"))
    #expect(table.columns[1].values.numbers[row] == 0.5 && table.columns[2].values.numbers[row] == 0.4)
    #expect(table.columns[1].values.numbers[row + 1] == 0.1)
    #expect(table.rowKinds?[row + 1] == .standardError)
    let constant = try #require(table.rowKeys?.firstIndex(of: "(Intercept)"))
    #expect(table.columns[2].values.numbers[constant].isNaN)
    let words = try #require(table.rowKeys?.firstIndex(of: "estimator"))
    #expect(table.columns[1].display(row: words) == .words(Phrase("fixed effects", zh: "固定效应")))
  }

  @Test(
    arguments: [
      (["P"], [], [], ["P", "direct P", "indirect P", "total P"]), (["W*"], [], [], ["W*P"]),
      (["W*P"], [], [], ["W*P"]), ([], ["* P"], [], ["P", "W*P", "C", "(Intercept)", "rho"]),
      (["P", "C"], ["*direct P"], ["C"], ["C", "P", "total P"]),
      (["?"], [], [], ["P", "C", "direct P", "indirect P", "total P"]),
    ] as [([String], [String], [String], [String])])
  func `terms are kept, dropped and put first by names and patterns`(
    kept: [String], dropped: [String], ordered: [String], expected: [String]
  ) throws {
    let table = try Self.table(
      .init(
        kept: kept.map { TermPattern($0) }, dropped: dropped.map { TermPattern($0) },
        ordered: ordered.map { TermPattern($0) }))
    let rows = Self.keys(table).filter { !["estimator", "observations", "log_likelihood"].contains($0) }
    #expect(rows == expected)
  }

  @Test func `brackets hold t or p`() throws {
    let t = try Self.table(.init(below: .statistic))
    #expect(t.columns[1].values.numbers[1] == 5 && t.rowKinds?[1] == .statisticBelow)
    let p = try Self.table(.init(below: .pValue))
    #expect(p.columns[1].display(row: 1) == .bracketed(isProbability: true))
    expectClose(p.columns[1].values.numbers[1], 5.733_031_4e-7, relative: 1e-7, from: "2 Φ(−5), by R's pnorm")
  }

  @Test func `effects stand beside each other, of the models that have any`() throws {
    let table = try Self.table(.init(effects: .wide))
    #expect(table.columns.map(\.name) == ["label", "(2)_direct", "(2)_indirect", "(2)_total"])
    #expect(table.columns.dropFirst().map { $0.values.numbers[0] } == [0.45, 0.35, 0.8])
    #expect(table.spans.map(\.heading.english) == ["(2) V"] && table.spans.map(\.columns) == [1..<4])
    #expect(table.cautions.isEmpty)
  }

  @Test func `what there is not is refused`() {
    func refused(_ specification: ModelTableSpecification, as error: ModelTableError) {
      #expect(throws: error) { try Self.table(specification) }
    }
    let terms = ["P", "W*P", "C", "(Intercept)", "rho"]
    refused(.init(kept: [TermPattern("Q")]), as: .noSuchTerm(option: "keep", pattern: "Q", terms: terms))
    refused(.init(dropped: [TermPattern("*")]), as: .nothingLeft)
    refused(
      .init(groups: [.init(heading: "A", columns: 2...3)]),
      as: .noSuchColumns(heading: "A", columns: 2...3, count: 2))
    refused(
      .init(groups: [.init(heading: "A", columns: 1...2), .init(heading: "B", columns: 2...2)]),
      as: .sharedColumn(first: "A", second: "B", column: 2))
    #expect(throws: ModelTableError.noEffects) {
      try ModelTable([.init(Self.linear, source: "a")], .init(effects: .wide))
    }
    #expect(throws: ModelTableError.noModels) { try ModelTable([]) }
  }
}

extension ResultValues {
  fileprivate var numbers: [Double] {
    if case .number(let numbers) = self { numbers } else { [] }
  }

  fileprivate var texts: [String] {
    if case .phrase(let phrases) = self { phrases.map(\.english) } else { [] }
  }
}
