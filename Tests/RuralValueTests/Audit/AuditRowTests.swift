import RuralValue
import TestSupport
import Testing

@Suite struct AuditRowTests {
  static func audit(
    _ text: String, levels: [Double] = [0.1, 0.05, 0.01], degreesOfFreedom: Double? = nil
  ) throws -> AuditResult {
    try Auditor.audit(
      PublishedTable(smallTable(text, source: "t.csv")),
      AuditSpecification(levels: levels, degreesOfFreedom: degreesOfFreedom))
  }

  static let header = "term,estimate,std_error,statistic,p_value,stars\n"

  static func failures(_ row: String) throws -> [AuditCheck.Kind] {
    try audit(header + row).rows[0].failures.map(\.kind)
  }

  @Test(arguments: [
    ("0.064", 0.0635, 0.0645), ("-0.035", -0.0355, -0.0345), ("2", 1.5, 2.5), ("1.2e-3", 0.00115, 0.00125),
    ("(0.020)", 0.0195, 0.0205), ("<0.001", 0, 0.001), ("−.5", -0.55, -0.45), ("１．５０", 1.495, 1.505),
  ]) func `decimals tell what a number was before rounding`(text: String, lower: Double, upper: Double) throws
  {
    let interval = try #require(PrintedNumber(text)).interval
    expectClose(interval.lower, lower, absolute: 1e-12, from: "the decimals")
    expectClose(interval.upper, upper, absolute: 1e-12, from: "the decimals")
  }

  @Test(arguments: ["1e300", "1e-300", "0.05*", "<0", "", "a"]) func `what no paper prints is refused`(
    text: String
  ) {
    #expect(PrintedNumber(text) == nil)
  }

  @Test func `tiny standard errors lead to large statistics, not to a halt`() throws {
    let result = try Self.audit("term,estimate,std_error,statistic\na,12345678901,0.00000001,7.000000000001")
    #expect(result.failureTable.rowCount == 1)
    #expect(result.rows[0].verdict == .inconsistent)
  }

  @Test func `a quotient is bounded by the corners of its box`() {
    let positive = RoundingInterval(2, 4)
    #expect(RoundingInterval(1, 3).divided(byPositive: positive) == RoundingInterval(0.25, 1.5))
    #expect(RoundingInterval(-3, -1).divided(byPositive: positive) == RoundingInterval(-1.5, -0.25))
    #expect(RoundingInterval(-3, 1).divided(byPositive: positive) == RoundingInterval(-1.5, 0.5))
    #expect(
      RoundingInterval(1, 3).divided(byPositive: RoundingInterval(0, 4)) == RoundingInterval(0.25, .infinity))
  }

  @Test func `a right row is consistent`() throws {
    #expect(try Self.failures("x,0.250,0.100,2.500,0.012,**") == [])
  }

  @Test func `a row printed coarsely is consistent with much`() throws {
    // b/se lies between 1 and infinity.
    #expect(try Self.failures("x,0.00,0.00,,0.900,") == [])
    #expect(try Self.failures("x,0.2,0.0,17.000,0.000,***") == [])
  }

  @Test(arguments: [
    ("x,0.250,0.100,2.100,0.036,**", [AuditCheck.Kind.statisticFromRatio, .pValueFromRatio]),
    ("x,0.250,0.100,2.500,0.021,**", [.pValueFromStatistic, .pValueFromRatio]),
    ("x,0.250,0.100,-2.500,0.012,**", [.sign, .statisticFromRatio]),
    ("x,0.250,0.100,2.500,0.012,*", [.starsFromPValue, .starsFromStatistic, .starsFromRatio]),
    ("x,0.250,-0.100,,,", [.positiveStandardError]),
  ]) func `a wrong cell fails the checks that it takes part in`(row: String, kinds: [AuditCheck.Kind]) throws
  {
    #expect(try Self.failures(row) == kinds)
  }

  @Test func `a failing row names the one cell that would settle it`() throws {
    func repairs(_ row: String) throws -> [String] { try Self.audit(Self.header + row).rows[0].settlingCells }
    #expect(try repairs("x,0.250,0.100,2.500,0.021,**") == ["p_value"])
    #expect(try repairs("x,0.250,0.100,2.500,0.012,*") == ["stars"])
    #expect(try repairs("x,0.250,0.100,2.500,0.012,**") == [])
  }

  @Test func `each cell that would settle a check comes with the nearest number, which then does`() throws {
    // 1.6449 is the least |z| for a star: 0.0305/0.0185 = 1.649 earns it, 0.0295/0.0185 = 1.595 does not.
    let row = try Self.audit("term,estimate,std_error,stars\nx,0.013,0.019,*").rows[0]
    let repairs = try #require(row.repairs[.starsFromRatio])
    #expect(
      repairs == [
        AuditRepair(cell: "stars", value: ""), AuditRepair(cell: "std_error", value: "0.008"),
        AuditRepair(cell: "estimate", value: "0.030"),
      ])
    for settled in ["0.013,0.019,", "0.013,0.008,*", "0.030,0.019,*"] {
      #expect(
        try Self.audit("term,estimate,std_error,stars\nx,\(settled)\ny,0,1,*").rows[0].verdict == .consistent)
    }
    for short in ["0.013,0.009,*", "0.029,0.019,*"] {
      #expect(
        try Self.audit("term,estimate,std_error,stars\nx,\(short)\ny,0,1,*").rows[0].verdict != .consistent)
    }
  }

  @Test func `a total that is no sum is given the sum, and the parts that would make it one`() throws {
    let row = try Self.audit("term,direct,indirect,total\nlnP,-0.052,0.030,0.013").rows[2]
    #expect(
      row.repairs[.sum] == [
        AuditRepair(cell: "estimate", value: "-0.022"), AuditRepair(cell: "direct", value: "-0.017"),
        AuditRepair(cell: "indirect", value: "0.065"),
      ])
  }

  @Test func `a p value on a level may earn the star or not`() throws {
    for stars in ["*", "**"] {
      #expect(
        try Self.audit("term,estimate,p_value,stars\nx,1,0.050,\(stars)").rows[0].verdict == .consistent)
    }
    #expect(try Self.audit("term,estimate,p_value,stars\nx,1,0.050,").rows[0].verdict == .decisionError)
  }

  @Test func `crossing the weakest level is a decision error, another number of stars is not`() throws {
    func verdict(_ row: String) throws -> AuditVerdict { try Self.audit(Self.header + row).rows[0].verdict }
    #expect(try verdict("x,0.100,0.100,,,*") == .decisionError)
    #expect(try verdict("x,0.250,0.100,,,") == .decisionError)
    #expect(try verdict("x,0.250,0.100,,,***") == .inconsistent)
    #expect(try verdict("x,0.100,0.100,,0.031,") == .decisionError)
  }

  @Test func `without a column of stars none is missed`() throws {
    #expect(try Self.audit("term,estimate,std_error\nx,0.500,0.100").rows[0].verdict == .consistent)
  }

  @Test func `degrees of freedom widen p`() throws {
    let row = Self.header + "x,0.250,0.100,2.500,0.031,**"
    #expect(try Self.audit(row).rows[0].verdict == .inconsistent)
    #expect(try Self.audit(row, degreesOfFreedom: 10).rows[0].verdict == .consistent)
  }

  @Test func `the degrees of freedom that explain all p values are found`() throws {
    // p of t(10): 2.5 → 0.0314, 1.2 → 0.2578, 3.4 → 0.0068.
    let result = try Self.audit(
      "term,estimate,statistic,p_value\na,1,2.500,0.0314\nb,1,1.200,0.2578\nc,1,3.400,0.0068")
    let finding = try #require(result.finding(.reference))
    #expect(AuditPaperTests.value(finding, "normal") == .boolean(false))
    #expect(AuditPaperTests.value(finding, "df_from") == .integer(10))
    #expect(AuditPaperTests.value(finding, "df_to") == .integer(10))
  }

  @Test func `parentheses that hold t values are told from standard errors`() throws {
    let result = try Self.audit(
      "term,estimate,std_error,stars\na,0.012,2.10,**\nb,-0.400,-3.30,***\nc,0.700,0.40,\nd,0.090,1.75,*")
    let finding = try #require(result.finding(.parentheses))
    #expect(AuditPaperTests.value(finding, "best") == .string("statistics"))
    #expect(finding.rows == ["a", "b", "c", "d"])
  }

  @Test func `a row with one number is named as unchecked`() throws {
    let result = try Self.audit("term,estimate\na,0.1")
    #expect(result.finding(.unchecked)?.rows == ["a"])
    #expect(result.rows[0].verdict == .consistent)
  }
}
