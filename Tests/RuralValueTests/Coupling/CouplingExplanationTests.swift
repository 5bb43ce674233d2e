import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Printed coupling degrees: the formula behind a table is found, and no other.
@Suite struct CouplingExplanationTests {
  private let weights = [0.5, 0.5]

  /// A printed table of drawn systems by one formula, with T and D of it.
  private func printed(
    _ formula: CouplingFormula, systems count: Int, decimals: Int = 4, seed: UInt64 = 7,
    weights own: [Double]? = nil,
    withSystems: Bool = true
  ) throws -> PrintedCoupling {
    var generator = CounterBasedGenerator(seed: seed)
    let names = (1...count).map { "U\($0)" }
    let weights = own ?? [Double](repeating: 1 / Double(count), count: count)
    let rows = try (0..<30).map { row in
      let values = (0..<count).map { _ in 0.05 + 0.9 * generator.uniform() }
      let coupling = try #require(formula.value(values, weights: weights))
      let level = zip(values, weights).map { $0 * $1 }.reduce(0, +)
      return ["c\(row)"] + (withSystems ? values : []).map { FixedDecimals.text($0, decimals: decimals) }
        + [coupling, level, (coupling * level).squareRoot()].map {
          FixedDecimals.text($0, decimals: decimals)
        }
    }
    let table = Table(
      source: "printed.csv", columnNames: ["county"] + (withSystems ? names : []) + ["C", "T", "D"],
      rows: rows)
    return try PrintedCoupling(table, systems: names)
  }

  private func fitting(_ explanation: CouplingExplanation, column: String = "C") -> [String] {
    explanation.findings.filter { $0.column == column && $0.fit == .yes }.map(\.key)
  }

  @Test(arguments: [2, 3, 4]) func `each formula is found behind its own table, and no other`(count: Int)
    throws
  {
    let weights = [Double](repeating: 1 / Double(count), count: count)
    for formula in CouplingFormula.applicable(weights: weights) {
      let explanation = CouplingExplanation(try printed(formula, systems: count), weights: weights)
      #expect(fitting(explanation) == [formula.rawValue])
      #expect(fitting(explanation, column: "T") == ["t_weighted_sum"])
      #expect(fitting(explanation, column: "D") == ["d_squared_is_ct"])
      let other = try #require(explanation.findings.first { $0.fit == .no })
      #expect(other.fitting < other.rows && other.firstMisfit?.hasPrefix("c") == true)
    }
  }

  @Test func `weights inside C are told from the right formula by unequal weights`() throws {
    let weights = [0.7, 0.3]
    let explanation = CouplingExplanation(
      try printed(.weightsInside, systems: 2, weights: weights), weights: weights)
    #expect(fitting(explanation) == ["weights_inside"])
  }

  @Test func `few decimals leave several formulas standing, and the sentence says so`() throws {
    let table = smallTable("county,U1,U2,C\na,0.5,0.5,1.0\nb,0.4,0.4,1.0\n", source: "p.csv")
    let explanation = CouplingExplanation(
      try PrintedCoupling(table, systems: ["U1", "U2"]), weights: weights)
    #expect(fitting(explanation) == ["classical", "corrected", "lost_root"])
    #expect(explanation.notes.map(\.english).contains { $0.contains("cannot tell them apart") })
  }

  @Test func `without the systems nothing is proved, and what cannot be is ruled out`() throws {
    let explanation = CouplingExplanation(
      try printed(.classical, systems: 2, withSystems: false), weights: weights)
    let own = explanation.findings.filter { $0.column == "C" }
    #expect(own.allSatisfy { $0.fit != .yes })
    #expect(own.first { $0.key == "classical" }?.fit == .possible)
    #expect(own.first { $0.key == "lost_coefficient" }?.fit == .no)
    let lost = CouplingExplanation(
      try printed(.lostCoefficient, systems: 3, withSystems: false), weights: [1 / 3.0, 1 / 3.0, 1 / 3.0])
    #expect(lost.findings.first { $0.key == "lost_coefficient" }?.fit == .possible)
  }

  @Test func `T of two systems bounds C: a C too low for it is ruled out`() throws {
    // Two systems in [0, 1] with mean .9 are at least .8 and 1: C cannot be .5.
    let table = smallTable("county,C,T\na,0.5000,0.9000\n", source: "p.csv")
    let explanation = CouplingExplanation(try PrintedCoupling(table, systems: ["U", "F"]), weights: weights)
    #expect(explanation.findings.first { $0.key == "classical" }?.fit == .no)
    let limit = CouplingDegree([0.8, 1], weights: weights)
    let bounds = CouplingFormula.classical.possible(count: 2, level: RoundingInterval(0.9, 0.9))
    expectClose(bounds.lower, try #require(limit.classical), absolute: 1e-15, from: "systems .8 and 1")
    let corrected = CouplingFormula.corrected.possible(count: 2, level: RoundingInterval(0.9, 0.9))
    expectClose(corrected.lower, try #require(limit.corrected), absolute: 1e-15, from: "systems .8 and 1")
  }

  @Test func `T with weights of one each is found to be twice the mean`() throws {
    let table = smallTable(
      "county,U,F,C,T\na,0.3600,0.6400,0.9600,1.0000\nb,0.5000,0.2000,0.9035,0.7000\n", source: "p.csv")
    let explanation = CouplingExplanation(try PrintedCoupling(table, systems: ["U", "F"]), weights: weights)
    #expect(explanation.findings.first { $0.key == "t_weighted_sum" }?.fit == .no)
    let factor = try #require(explanation.levelFactor)
    #expect(factor.contains(2) && factor.radius < 0.001)
  }

  @Test func `the tool's own table is explained by its own formulas alone, systems from the panel too`()
    throws
  {
    let table = smallTable(
      try ProjectFiles.fixtureText("reference/evaluation/panel.csv"), source: "panel.csv")
    let panel = try Panel(table, variables: ["U", "F", "H"])
    let systems = ["U", "F", "H"]
    let result = try CouplingEstimator.fit(panel, CouplingSpecification(systems: systems))
    let own = result.table()
    let names = ["unit", "time", "c_classical", "c_corrected", "t", "d_classical", "d_corrected"]
    func texts(_ name: String) throws -> [String] {
      switch try #require(own.column(name)).values {
      case .text(let cells): return cells.map { $0 ?? "" }
      case .integer(let cells): return cells.map { $0.map { "\($0)" } ?? "" }
      case .number(let cells): return cells.map { $0.isNaN ? "" : FixedDecimals.text($0, decimals: 3) }
      default: return []
      }
    }
    let columns = try names.map { try texts($0) }
    let rows = columns[0].indices.map { row in columns.map { $0[row] } }
    let printed = try PrintedCoupling(
      Table(source: "printed.csv", columnNames: names, rows: rows), systems: systems, panel: panel)
    #expect(printed.systemsFrom == .panel("panel.csv"))
    let weights = [1 / 3.0, 1 / 3.0, 1 / 3.0]
    let explanation = CouplingExplanation(printed, weights: weights)
    #expect(fitting(explanation, column: "c_classical") == ["classical"])
    #expect(fitting(explanation, column: "c_corrected") == ["corrected"])
    #expect(explanation.findings.filter { $0.key == "d_squared_is_ct" }.map(\.fit) == [.yes, .yes])
    #expect(fitting(explanation, column: "t") == ["t_weighted_sum"])
  }

  @Test func `rows that the panel does not have are held to what a formula can give at all, and said`() throws
  {
    let panel = try Panel(
      smallTable("code,year,U,F\na,2020,.36,.64\nb,2020,.5,.2\n"), variables: ["U", "F"])
    func explanation(_ text: String) throws -> CouplingExplanation {
      CouplingExplanation(
        try PrintedCoupling(smallTable(text, source: "p.csv"), systems: ["U", "F"], panel: panel),
        weights: weights)
    }
    let some = try explanation("code,year,C\na,2020,0.9600\nx,2020,0.9900\n")
    #expect(some.findings.first { $0.key == "classical" }?.fit == .yes)
    #expect(some.notes.map(\.english).contains { $0.hasPrefix("1 of 2 rows lack a system, first x 2020") })
    let none = try explanation("code,year,C\ny,2020,0.9600\nx,2020,0.9900\n")
    #expect(none.printed.systemsFrom == .none)
    #expect(none.findings.first { $0.key == "classical" }?.fit == .possible)
  }

  @Test func `both printed C of Wang's cells are compatible, and a made-up pair is not`() throws {
    let reference = try #require(
      try evaluationReference("coupling.json")["wang_2021_table_8"] as? [String: Any])
    let cells = try #require(reference["cells"] as? [[String: Any]])
    let rows = try cells.map { cell in
      [
        "\(cell["city"] ?? "")", "\(cell["year"] ?? "")", try #require(cell["classical"] as? String),
        try #require(cell["corrected"] as? String),
      ]
    }
    func explanation(_ rows: [[String]]) throws -> CouplingExplanation {
      CouplingExplanation(
        try PrintedCoupling(
          Table(
            source: "table8.csv", columnNames: ["city", "year", "c_classical", "c_corrected"], rows: rows),
          systems: ["ecology", "economy"]), weights: weights)
    }
    let own = try explanation(rows)
    #expect(own.findings.first { $0.key == "implied_systems" }?.fit == .possible)
    #expect(
      own.findings.filter { $0.key == "lost_coefficient" && $0.column == "c_classical" }.map(\.fit) == [.no])
    let other = try explanation(rows + [["Nowhere", "2015", "0.6000", "0.9000"]])
    #expect(other.findings.first { $0.key == "implied_systems" }?.firstMisfit == "Nowhere 2015")
  }

  @Test(arguments: [
    ("county,U,F\na,1,1\n", "there is no column of printed coupling degrees"),
    ("county,U,F,C\na,.5,.5,high\n", "found \"high\""),
    ("county,U,F,C\na,.5,.5,\n", "holds no number"),
  ]) func `what is off in a printed table is named`(text: String, message: String) {
    #expect {
      try PrintedCoupling(smallTable(text, source: "p.csv"), systems: ["U", "F"])
    } throws: { "\($0)".contains(message) }
  }
}
