import RuralValue
import TestSupport
import Testing

/// Printed tables made for the purpose, beside results made for the purpose.
@Suite struct ComparatorTests {
  static func table(_ text: String, source: String = "printed.csv") -> Table {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return Table(source: source, columnNames: lines[0], rows: Array(lines.dropFirst()))
  }

  static let results = """
    term,kind,estimate,std_error,statistic,p_value
    x,variable,0.12345,0.0214,5.7687,0.0000000080
    lag(y),lag,0.0645,0.02,3.225,0.00126
    W*z,variable,-1.5,0.75,-2,0.0455
    """

  static func compare(
    _ printed: String, with results: String = results,
    _ specification: ComparisonSpecification = try! ComparisonSpecification()
  ) throws -> ComparisonResult {
    try Comparator.compare(
      PublishedTable(table(printed)), with: ProgramResults([table(results, source: "results.csv")]),
      specification)
  }

  @Test func `a table whose every number rounds to the printed one is reproduced`() throws {
    let result = try Self.compare(
      "term,estimate,std_error,statistic,p_value,stars\nx,0.123,0.021,5.769,0.000,***\nW×z,-1.5,0.75,-2.0,0.046,**"
    )
    #expect(result.cells.count == 10)
    #expect(result.cells.allSatisfy { $0.verdict == .agrees })
    #expect(result.verdict == .reproduced)
    #expect(result.failures.isEmpty)
  }

  @Test func `one digit off is off by one unit of the last digit`() throws {
    let result = try Self.compare("term,estimate,std_error\nx,0.124,0.021")
    let cell = try #require(result.cells.first)
    #expect(cell.verdict == .off)
    expectClose(cell.distance, 0.55, absolute: 1e-9, from: "|0.12345 − 0.124| / 0.001")
    #expect(result.verdict == .differs)
    #expect(result.failures.map(\.row.term) == ["x"])
  }

  @Test(arguments: ["0.064", "0.065"]) func `a tie agrees with both of its roundings`(printed: String) throws
  {
    let result = try Self.compare("term,estimate,matches\ny(-1),\(printed),lag(y)")
    #expect(result.cells.first?.verdict == .agrees)
  }

  @Test func `numbers of small size are told apart`() throws {
    let results = "term,estimate,p_value\na,1,7e-13\nb,1,2.4e-14"
    let result = try Self.compare("term,p_value,estimate\na,2.5e-14,1\nb,2.4e-14,1", with: results)
    #expect(result.cells(.pValue).map(\.verdict) == [.off, .agrees])
  }

  @Test func `a table without numbers, or without what is required, is not reproduced`() throws {
    #expect(throws: ComparisonError.nothingPrinted(printed: "printed.csv")) {
      try Self.compare("term,estimate\nx,")
    }
    #expect(
      throws: ComparisonError.requiredNotPrinted(
        printed: "printed.csv", required: ["std_error", "stars"], found: ["estimate", "p_value"])
    ) {
      try Self.compare(
        "term,estimate,p_value\nx,0.123,0.000",
        try ComparisonSpecification(required: [.estimate, .stars, .standardError]))
    }
  }

  @Test func `a negative number rounds as its size does`() throws {
    let results = "term,estimate\na,-0.0354\nb,-0.0356"
    let result = try Self.compare("term,estimate\na,-0.035\nb,-0.035", with: results)
    #expect(result.cells.map(\.verdict) == [.agrees, .off])
  }

  @Test func `decimals tell the rounding, so that 0.10 is not 0.1`() throws {
    let results = "term,estimate\na,0.12"
    #expect(try Self.compare("term,estimate\na,0.1", with: results).verdict == .reproduced)
    #expect(try Self.compare("term,estimate\na,0.10", with: results).verdict == .differs)
  }

  @Test func `a p value printed as a bound agrees with all below it`() throws {
    let result = try Self.compare("term,estimate,p_value\nx,0.123,<0.001\nW*z,-1.5,<0.01")
    #expect(result.cells(.pValue).map(\.verdict) == [.agrees, .off])
    expectClose(result.cells(.pValue)[1].distance, 3.55, absolute: 1e-9, from: "(0.0455 − 0.01) / 0.01")
  }

  @Test func `a missing term is named with the nearest one, and the other rows are compared`() throws {
    let result = try Self.compare("term,estimate\nx,0.123\nW×zz,-1.5")
    #expect(result.cells.map(\.verdict) == [.agrees, .absent])
    #expect(result.unmatched.map(\.row) == ["W×zz"])
    #expect(result.unmatched.map(\.suggestion) == ["W*z"])
    #expect(result.verdict == .differs)
    #expect(result.cellTable.notes.contains { $0.english.contains("Did you mean \"W*z\"?") })
  }

  @Test func `a quantity that the results lack is not in the results`() throws {
    let result = try Self.compare("term,estimate,p_value\na,1.0,0.5", with: "term,estimate\na,1")
    #expect(result.cells.map(\.verdict) == [.agrees, .absent])
    #expect(result.cells[1].program.isNaN)
  }

  @Test func `only what is required decides`() throws {
    let printed = "term,estimate,std_error\nx,0.123,0.099"
    let estimates = try ComparisonSpecification(required: [.estimate])
    #expect(try Self.compare(printed, estimates).verdict == .reproducedWhereRequired)
    #expect(try Self.compare(printed, ComparisonSpecification(required: [])).verdict == .compared)
    #expect(
      try Self.compare(printed, ComparisonSpecification(required: [.standardError])).verdict == .differs)
  }

  @Test func `a tolerance widens the rounding and is reported as such`() throws {
    let results = "term,estimate\nrho,0.22920027"
    let printed = "term,estimate\nrho,0.219"
    let wide = try Self.compare(printed, with: results, ComparisonSpecification(tolerance: 0.01))
    #expect(wide.cells.map(\.verdict) == [.withinTolerance])
    #expect(wide.verdict == .reproducedWithinTolerance)
    let narrow = try Self.compare(printed, with: results, ComparisonSpecification(tolerance: 0.009))
    #expect(narrow.verdict == .differs)
    #expect(throws: ComparisonError.tolerance(-1)) { try ComparisonSpecification(tolerance: -1) }
  }

  @Test func `stars follow from the program's p value and the table's levels`() throws {
    let printed = "term,estimate,stars\nx,0.123,**\nW*z,-1.5,*"
    let paper = try ComparisonSpecification(levels: [0.05, 0.01])
    #expect(try Self.compare(printed, paper).cells(.stars).map(\.verdict) == [.agrees, .agrees])
    #expect(try Self.compare(printed).cells(.stars).map(\.verdict) == [.off, .off])
  }

  @Test func `effects are matched by term and kind, the long run by its name`() throws {
    let results = """
      term,kind,horizon,estimate,std_error
      x,direct,short,0.1,0.01
      x,indirect,short,0.2,0.01
      x,total,short,0.3,0.01
      x,direct,long,0.4,0.01
      x,indirect,long,0.5,0.01
      x,total,long,0.9,0.01
      """
    let result = try Self.compare(
      "term,direct,indirect,total,matches\nshort run,0.1,0.2,0.4,x", with: results)
    #expect(result.cells.map(\.verdict) == [.agrees, .agrees, .off])
    let rows = try ProgramResults([Self.table(results)]).rows
    #expect(rows.map(\.term) == ["x", "x", "x", "x, long run", "x, long run", "x, long run"])
  }

  @Test(arguments: ["lag(V)", "lag(V, 1)", "lag(V,1)"]) func `a first lag is found under each of its names`(
    name: String
  ) throws {
    let table = Table(
      source: "results.csv", columnNames: ["term", "estimate"], rows: [["lag(V, 1)", "0.064"]])
    let printed = Table(
      source: "printed.csv", columnNames: ["term", "estimate", "matches"], rows: [["V", "0.064", name]])
    let result = try Comparator.compare(
      PublishedTable(printed), with: ProgramResults([table]), ComparisonSpecification())
    #expect(result.verdict == .reproduced)
  }

  @Test func `totals that the printed coefficients do not allow are named`() throws {
    let effects = try PublishedTable(Self.table("term,direct,indirect,total\nx,0.1,0.2,0.300\nz,0.1,0.2,0.4"))
    let coefficients = try PublishedTable(
      Self.table("term,estimate\nx,0.10\nz,0.10\nW×x,0.14\nW×z,0.14\nrho,0.20"))
    let results = try ProgramResults([Self.table("term,kind,estimate\nx,total,0.3\nz,total,0.3")])
    let result = try Comparator.compare(
      effects, with: results, coefficients: coefficients, ComparisonSpecification(required: []))
    let notes = result.cellTable.notes.map(\.english).filter { $0.contains("(b + θ)/(1 − ρ)") }
    #expect(notes.count == 1 && notes[0].hasPrefix("z: "))
  }
}
