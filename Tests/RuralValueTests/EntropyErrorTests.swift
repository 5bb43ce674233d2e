import RuralValue
import Testing

@Suite struct EntropyErrorTests {
  static func system(_ column: String) throws -> IndicatorSystem {
    try EntropyEstimatorTests.system([(column, .positive), ("y", .positive)])
  }

  static func message(_ body: () throws -> some Any) -> String {
    do {
      _ = try body()
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test func `a missing cell names county, year, column and line, and points to prepare`() throws {
    let panel = try EntropyEstimatorTests.panel([("x", [1, 2, .nan, 5, 8, 13]), ("y", [4, 1, 5, 9, 2, 6])])
    let message = Self.message {
      try EntropyEstimator.fit(panel, EntropySpecification(system: Self.system("x")))
    }
    for part in [
      "panel.csv", "line 4", "\"x\"", "county \"b\"", "year 2012", "prepare \(Setting("interpolate")) x",
    ] {
      #expect(message.contains(part), "\(part) is not in: \(message)")
    }
  }

  @Test func `an indicator without a value in a whole year names the years and those that have it`() throws {
    let panel = try EntropyEstimatorTests.panel([
      ("x", [1, .nan, 3, .nan, 8, .nan]), ("y", [4, 1, 5, 9, 2, 6]),
    ])
    let message = Self.message {
      try EntropyEstimator.fit(panel, EntropySpecification(system: Self.system("x")))
    }
    #expect(message.contains("no unit has a value in 2013"))
    #expect(message.contains("\(Setting("periods")) 2012:2012"))
  }

  @Test func `an absent column suggests the nearest name`() throws {
    let panel = try EntropyEstimatorTests.panel([
      ("gdp_pc", [1, 2, 3, 5, 8, 13]), ("y", [4, 1, 5, 9, 2, 6]),
    ])
    let message = Self.message {
      try EntropyEstimator.fit(panel, EntropySpecification(system: Self.system("gdppc")))
    }
    #expect(message.contains("Did you mean \"gdp_pc\"?"))
  }

  @Test func `a constant indicator is named and gets weight 0`() throws {
    let panel = try EntropyEstimatorTests.panel([("x", [3, 3, 3, 3, 3, 3]), ("y", [4, 1, 5, 9, 2, 6])])
    let result = try EntropyEstimator.fit(panel, EntropySpecification(system: Self.system("x")))
    #expect(result.indicators[0].isConstant)
    #expect(result.indicators[0].weight == 0)
    #expect(result.indicators[1].weight == 1)
    #expect(result.notes.contains { $0.english.contains("column x") && $0.english.contains("weight 0") })
  }

  @Test func `an indicator that is constant in one year gets weight 0 in that year only`() throws {
    let panel = try EntropyEstimatorTests.panel([("x", [3, 1, 3, 2, 3, 7]), ("y", [4, 1, 5, 9, 2, 6])])
    let result = try EntropyEstimator.fit(panel, EntropySpecification(system: Self.system("x")))
    #expect(result.indicators[0].weightByPeriod[0] == 0)
    #expect(result.indicators[0].weightByPeriod[1] > 0)
    #expect(result.notes.contains { $0.english.contains("in 2012") })
  }

  @Test func `an index without any variation is an error of the numbers`() throws {
    let panel = try EntropyEstimatorTests.panel([("x", [3, 3, 3, 3, 3, 3]), ("y", [4, 4, 4, 4, 4, 4])])
    #expect(throws: EntropyError.noVariation(index: "V", period: 2012)) {
      try EntropyEstimator.fit(panel, EntropySpecification(system: Self.system("x")))
    }
    #expect(EntropyError.noVariation(index: "V", period: 2012).kind == .numerical)
  }

  @Test func `a year with one county cannot be weighed by itself but pools`() throws {
    let panel = try Panel(
      source: "panel.csv", unitOfRow: ["a", "b", "a"], timeOfRow: [2012, 2012, 2013],
      variables: [(name: "x", values: [1, 2, 4]), (name: "y", values: [3, 1, 2])])
    #expect(throws: EntropyError.tooFewUnits(period: 2013, units: 1, source: "panel.csv")) {
      try EntropyEstimator.fit(panel, EntropySpecification(system: Self.system("x")))
    }
    let pooled = try EntropyEstimator.fit(
      panel, EntropySpecification(system: Self.system("x"), weighting: .pooled))
    #expect(pooled.indicators.allSatisfy { $0.weight > 0 })
  }

  @Test(arguments: [-0.1, .nan, .infinity]) func `a shift below zero or not finite is refused`(shift: Double)
    throws
  {
    #expect(throws: EntropyError.self) { try EntropySpecification(system: Self.system("x"), shift: shift) }
  }

  @Test func `the indicator system says which line is off`() throws {
    let header = ["index", "dimension", "indicator", "column", "direction"]
    func read(_ rows: [[String]]) -> String {
      Self.message { try IndicatorSystem(Table(source: "system.csv", columnNames: header, rows: rows)) }
    }
    #expect(
      read([["V", "d", "Grain", "grain", "up"]]).contains("line 2, column \"direction\": found \"up\""))
    #expect(read([["V", "d", "Grain", "", "+"]]).contains("line 2, column \"column\": the cell is empty"))
    #expect(
      read([["V", "d", "Grain", "grain", "+"], ["V", "e", "Grain", "grain", "-"]]).contains(
        "on lines 2 and 3"))
    #expect(read([]).contains("there is no indicator"))
    let misspelt = Table(
      source: "system.csv", columnNames: ["index", "dimension", "indicator", "colunm", "direction"], rows: [])
    #expect(Self.message { try IndicatorSystem(misspelt) }.contains("Did you mean \"colunm\"?"))
  }

  @Test(arguments: ["-", "−", "－", "负", "负向", "negative", "-1"])
  func `directions are read as spreadsheets write them`(sign: String) throws {
    let table = Table(
      source: "system.csv", columnNames: ["index", "dimension", "indicator", "column", "direction"],
      rows: [["V", "", "Pesticide", "pesticide", sign]])
    #expect(try IndicatorSystem(table).indicators[0].direction == .negative)
  }
}
