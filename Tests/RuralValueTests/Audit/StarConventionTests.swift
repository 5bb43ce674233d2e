import Testing

@testable import RuralValue

/// What stars mean: stated by a note, or found out from the rows.
@Suite struct StarConventionTests {
  static let economics = StarConvention(levels: [0.1, 0.05, 0.01])
  static let psychology = StarConvention(levels: [0.05, 0.01, 0.001])

  @Test(arguments: [
    ("* p < 0.1, ** p < 0.05, *** p < 0.01. Caution: z = 25.18, p < 0.001.", economics),
    ("*** p<0.01, ** p<0.05, * p<0.1", economics),
    ("*p<.10; **p<.05; ***p<.01", economics),
    ("***, ** and * denote significance at the 1%, 5% and 10% levels, respectively.", economics),
    ("*, **, *** significant at 10, 5 and 1 percent. Winsorised at 1%.", economics),
    ("* significant at 10%; ** significant at 5%; *** significant at 1%", economics),
    ("注：*、**、***分别表示在10%、5%、1%水平上显著。括号内为标准误。", economics),
    ("注：***、**、*分别代表1％、5％、10％的显著性水平；括号内为t值", economics),
    ("Standard errors in parentheses * p<0,05, ** p<0,01, *** p<0,001", psychology),
    ("∗ p < 0.05, ∗∗ p < 0.01, ∗∗∗ p < 0.001", psychology),
    ("p < 0.05*, p < 0.01**, p < 0.001***", psychology),
    (
      "† p < .10, * p < .05, ** p < .01", StarConvention(marks: ["†", "*", "**"], levels: [0.1, 0.05, 0.01])
    ),
    (
      "+ p < 0.1, * p < 0.05, ** p < 0.01, *** p < 0.001",
      StarConvention(marks: ["+", "*", "**", "***"], levels: [0.1, 0.05, 0.01, 0.001])
    ),
    (
      "*: p<0.01, **: p<0.05, ***: p<0.1",
      StarConvention(marks: ["***", "**", "*"], levels: [0.1, 0.05, 0.01])
    ),
    ("* p < 0.05.", StarConvention(levels: [0.05])),
  ]) func `a note says what stars mean, whatever its order`(note: String, meant: StarConvention) {
    #expect(StarConvention(note: note) == meant)
  }

  @Test(arguments: [
    "", "Robust standard errors in parentheses.", "95% confidence intervals; P*C is a product.",
    "* see the text",
    "a + b = 5%", "N = 1210 (p < 0.05)",
  ]) func `a note that says nothing of stars has no convention`(note: String) {
    #expect(StarConvention(note: note) == nil)
  }

  private static func table(_ rows: String) throws -> PublishedTable {
    try PublishedTable(smallTable("term,estimate,std_error,stars\n" + rows))
  }

  private static func audit(_ table: PublishedTable) throws -> AuditResult {
    try Auditor.audit(table, levels: nil, degreesOfFreedom: nil)
  }

  @Test func `the paper's tables are held to 5 and 1 percent without being told`() throws {
    for name in ["table4", "table5", "table6"] {
      let table = try AuditPaperTests.table(name)
      let result = try Self.audit(table)
      #expect(result.specification.levels == [0.05, 0.01], "\(name)")
      let told = try Auditor.audit(table, AuditSpecification(levels: [0.05, 0.01]))
      #expect(result.rows == told.rows, "\(name)")
    }
    let four = try Self.audit(AuditPaperTests.table("table4"))
    #expect(four.finding(.levels)?.text.english.contains("5/1 % 16, 10/5 % 13") == true)
    #expect(four.rows(.consistent).count == 16)
    let six = try Self.audit(AuditPaperTests.table("table6"))
    #expect(six.finding(.levels)?.text.english.contains("None explains more than chance would") == true)
  }

  @Test func `the levels that explain the rows are taken, and what a more usual one would flag is said`()
    throws
  {
    // p: 0.0005, 0.003, 0.02, 0.07, 0.4; of 5/1/0.1.
    let result = try Self.audit(
      Self.table("a,3.48,1.00,***\nb,2.97,1.00,**\nc,2.33,1.00,*\nd,1.81,1.00,\ne,0.84,1.00,"))
    #expect(result.specification.convention == Self.psychology)
    #expect(result.rows(.consistent).count == 5)
  }

  @Test func `stars that count the other way are understood`() throws {
    let result = try Self.audit(
      Self.table(
        "a,3.48,1.00,*\nb,2.97,1.00,*\nc,2.33,1.00,**\nd,1.81,1.00,***\ne,0.84,1.00,\nf,2.20,1.00,**"))
    #expect(result.specification.convention.marks == ["***", "**", "*"])
    #expect(result.rows(.consistent).count == 6)
  }

  @Test func `a sign before the stars stands for ten percent`() throws {
    let result = try Self.audit(
      Self.table("a,3.48,1.00,***\nb,2.97,1.00,**\nc,2.33,1.00,*\nd,1.81,1.00,†\ne,0.84,1.00,\nf,1.70,1.00,"))
    #expect(result.specification.convention.marks == ["†", "*", "**", "***"])
    #expect(result.rows(.consistent).count == 5)
    let wrong = try #require(result.rows(.decisionError).first)
    #expect(wrong.printed.term == "f" && wrong.settlingCells.contains("stars"))
    #expect(wrong.failures[0].allowedText.english == "†")
  }

  @Test func `stars that no row tells apart are said to be so`() throws {
    let result = try Self.audit(Self.table("a,9.00,1.00,***\nb,8.00,1.00,***\nc,0.10,1.00,"))
    #expect(result.finding(.levels)?.text.english.contains("No row tells them apart") == true)
    #expect(result.specification.levels == [0.1, 0.05, 0.01])
  }

  @Test func `a wrong star is found though another convention would excuse it`() throws {
    // Row d lacks its star at 10 %; 5/1/0.1 explains fewer rows and does not hide it.
    let result = try Self.audit(
      Self.table("a,3.00,1.00,***\nb,2.20,1.00,**\nc,1.80,1.00,*\nd,1.81,1.00,\ne,0.84,1.00,\nf,2.10,1.00,**")
    )
    #expect(result.specification.levels == [0.1, 0.05, 0.01])
    #expect(result.rows(.decisionError).map(\.printed.term) == ["d"])
  }

  @Test func `p values that only Student's t gives are held to it`() throws {
    // t(20): 2.086 has p = 0.050, 2.845 has 0.010, 1.325 has 0.200.
    let table = try PublishedTable(
      smallTable("term,estimate,statistic,p_value\na,1.0,2.086,0.050\nb,1.0,2.845,0.010\nc,1.0,1.325,0.200"))
    let result = try Self.audit(table)
    #expect(result.rows(.consistent).count == 3)
    #expect(result.specification.reference.name.hasPrefix("t("))
    let given = try Auditor.audit(table, levels: nil, degreesOfFreedom: 5)
    #expect(given.specification.reference.name == "t(5)" && given.rows(.consistent).isEmpty)
  }
}
