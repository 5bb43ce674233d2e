import RuralValue
import TestSupport
import Testing

@Suite struct AuditCombinationTests {
  static func finding(_ rows: String, _ kind: AuditFinding.Kind) throws -> AuditFinding? {
    try AuditRowTests.audit("term,estimate,std_error\n" + rows).finding(kind)
  }

  @Test(arguments: ["×", "*", ":", " : "]) func `sums are found with every separator`(mark: String) throws {
    let finding = try Self.finding("a,0.100,0.010\nb,0.200,0.010\na\(mark)b,0.300,0.014", .combinations)
    #expect(finding?.rows == ["a\(mark)b"])
  }

  @Test func `products are not taken for sums`() throws {
    let rows =
      "a,0.100,0.010\nb,0.200,0.010\nc,0.500,0.100\na:b,0.020,0.010\na:c,-0.400,0.020\nb:c,0.110,0.030"
    #expect(try Self.finding(rows, .combinations) == nil)
    #expect(try Self.finding(rows, .covariance) == nil)
  }

  @Test func `rows that agree one by one may not agree together`() throws {
    // a:b lets a + b be at most 0.29995 and c is at most 0.30005, but a:b:c asks for at least 0.60005.
    let rows = """
      a,0.1000,0.01
      b,0.2000,0.01
      c,0.3000,0.01
      a:b,0.2999,0.01
      a:c,0.3999,0.01
      b:c,0.4999,0.01
      a:b:c,0.6001,0.01
      """
    let finding = try #require(try Self.finding(rows, .combinations))
    #expect(AuditPaperTests.value(finding, "feasible") == .boolean(false))
    #expect(finding.text.english.contains("each agrees alone, not all together"))
  }

  @Test func `a sum with most rows says which ones do not agree`() throws {
    let rows = """
      a,0.1,0.01
      b,0.2,0.01
      c,0.3,0.01
      a:b,0.3,0.01
      a:c,0.4,0.01
      b:c,0.9,0.01
      """
    let finding = try #require(try Self.finding(rows, .combinations))
    #expect(finding.rows == ["a:b", "a:c"])
    #expect(finding.text.english.contains("not b:c"))
  }

  @Test func `standard errors that no covariance gives are seen`() throws {
    // sd(a + b) is at most sd(a) + sd(b) = 0.02.
    let tooLarge = try #require(
      try Self.finding("a,0.100,0.010\nb,0.200,0.010\na:b,0.300,0.030", .covariance))
    #expect(AuditPaperTests.value(tooLarge, "feasible") == .boolean(false))
    let possible = try #require(
      try Self.finding("a,0.100,0.010\nb,0.200,0.010\na:b,0.300,0.020", .covariance))
    #expect(AuditPaperTests.value(possible, "feasible") == .boolean(true))
  }

  @Test func `a covariance must be positive definite, not only right pair by pair`() throws {
    // Each pair has correlation −0.9; no three variables can.
    let rows = """
      a,0.1000,1.0000
      b,0.2000,1.0000
      c,0.3000,1.0000
      a:b,0.3000,0.4472
      a:c,0.4000,0.4472
      b:c,0.5000,0.4472
      """
    let finding = try #require(try Self.finding(rows, .covariance))
    #expect(AuditPaperTests.value(finding, "feasible") == .boolean(false))
    #expect(AuditPaperTests.value(finding, "covariance") == .null)
  }
}
