import RuralValue
import TestSupport
import Testing

@Suite struct ProgramResultsTests {
  private func table(_ text: String, source: String = "results.csv") -> Table {
    ComparatorTests.table(text, source: source)
  }

  private func estimates(_ text: String) throws -> [String: Double] {
    let rows = try ProgramResults([table(text)]).rows
    return Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in row.values[.estimate].map { (row.term, $0) } })
  }

  @Test func `each table that the program writes is read by its columns`() throws {
    #expect(
      try estimates("time,n,i,expected,sd,z,p_value\n2012,88,0.3,-0.01,0.07,4.7,0.001") == ["2012": 0.3])
    #expect(try estimates("name,label,value\nunits,Units,140") == ["units": 140])
    #expect(try estimates("statistic,value\nAIC,-3371.1") == ["AIC": -3371.1])
    #expect(try estimates("term,kind,horizon,mean,std_error\nx,direct,,0.5,0.1") == ["x": 0.5])
    let tests = try ProgramResults([table("name,hypothesis,statistic,df,p_value\nar2,none,-0.4,,0.69")])
    #expect(tests.rows[0].values == [.statistic: -0.4, .pValue: 0.69])
    let moran = try ProgramResults([table("time,n,i,expected,z,p_value\n2012,88,0.3,-0.01,4.7,0.001")])
    #expect(moran.rows[0].values[.statistic] == 4.7)
  }

  @Test func `another table is refused with its columns`() throws {
    #expect(throws: ComparisonError.notResults(source: "results.csv", columns: ["code", "year", "V"])) {
      try ProgramResults([table("code,year,V\n430103,2012,0.2")])
    }
  }

  @Test func `a row that stands twice is refused with both places`() throws {
    let one = table("term,estimate\nx,1", source: "a.csv")
    let other = table("term,estimate\nz,1\nx,2", source: "b.csv")
    #expect(
      throws: ComparisonError.repeatedRow(name: "x", first: "a.csv, line 2", second: "b.csv, line 3")
    ) { try ProgramResults([one, other]) }
  }

  @Test func `a cell that is no number is named with its place, an empty one is left out`() throws {
    #expect(throws: TableError.self) { try ProgramResults([table("term,estimate\nx,abc")]) }
    let rows = try ProgramResults([table("term,estimate,std_error\nx,1,")]).rows
    #expect(rows[0].values == [.estimate: 1])
  }

  @Test func `effects beside coefficients are refused with the file to give`() throws {
    #expect(throws: ComparisonError.otherKind(printed: "printed.csv", hasEffects: true)) {
      try ComparatorTests.compare("term,direct,indirect,total\nx,0.1,0.2,0.3")
    }
    #expect(throws: ComparisonError.otherKind(printed: "printed.csv", hasEffects: false)) {
      try ComparatorTests.compare("term,estimate\nx,0.1", with: "term,kind,estimate\nx,direct,0.1")
    }
  }

  @Test func `tables without a common row are refused with the nearest name`() throws {
    let error = #expect(throws: ComparisonError.self) {
      try ComparatorTests.compare("term,estimate\nincmoe,1", with: "term,estimate\nincome,1")
    }
    #expect("\(try #require(error))".contains("Did you mean \"income\"?"))
  }
}
