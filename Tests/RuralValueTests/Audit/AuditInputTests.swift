import RuralValue
import Testing

@Suite struct AuditInputTests {
  static func message(_ text: String) -> String {
    EntropyErrorTests.message { try PublishedTable(smallTable(text, source: "t.csv")) }
  }

  @Test(arguments: [
    ("term,estimte\na,1", "there is no column \"estimate\". Did you mean \"estimte\"?"),
    ("term,estimate,std_eror\na,1,2", "a column \"std_eror\" but no \"std_error\""),
    ("term,estimate,std_error\na,1,2\nb,0.5x,1", "t.csv, line 3, column \"estimate\": found \"0.5x\""),
    ("term,estimate,stars\na,1,yes", "t.csv, line 2, column \"stars\": found \"yes\""),
    ("term,estimate,p_value\na,1,1.7", "t.csv, line 2, column \"p_value\": found \"1.7\""),
    ("term,estimate\na,1\na,2", "stands on lines 2 and 3"),
    ("term,estimate\n,1", "line 2, column \"term\": the cell is empty"),
    ("term,estimate", "there is no row to audit"),
    ("term,direct,total\na,1,2", "there is no column \"indirect\""),
  ]) func `a table that is off says where and how`(text: String, sentence: String) {
    #expect(Self.message(text).contains(sentence), "\(Self.message(text))")
  }

  @Test func `a column of its own is left aside`() throws {
    let table = try PublishedTable(smallTable("term,estimate,remark\na,1,fine"))
    #expect(table.otherColumns == ["remark"])
  }

  @Test(arguments: [[], [0.01, 0.05], [1.5], [0.1, 0.05, 0.01, 0.001], [0.05, 0.05]])
  func `levels must fall between 0 and 1`(levels: [Double]) {
    #expect(throws: AuditError.levels(levels)) { try AuditSpecification(levels: levels) }
    #expect(AuditError.levels(levels).kind == .usage)
  }

  @Test func `degrees of freedom must be above zero`() {
    #expect(throws: AuditError.degreesOfFreedom(0)) {
      try AuditSpecification(levels: [0.05], degreesOfFreedom: 0)
    }
  }

  @Test func `coefficients must have rho, belong to the effects, and be for effects`() throws {
    let effects = try PublishedTable(smallTable("term,direct,indirect,total\nx,1.0,2.0,3.0"))
    let plain = try PublishedTable(smallTable("term,estimate\nx,1.0\nW*x,0.5", source: "b.csv"))
    let others = try PublishedTable(smallTable("term,estimate\nz,1.0\nW*z,0.5\nrho,0.2", source: "b.csv"))
    func message(_ table: PublishedTable, _ coefficients: PublishedTable) -> String {
      EntropyErrorTests.message { try Auditor.audit(table, coefficients: coefficients) }
    }
    #expect(message(effects, plain).contains("needs a row \"rho\""))
    #expect(message(effects, others).contains("no term of the effects"))
    #expect(message(plain, plain).contains("\(Setting("coefficients")) is for a table of effects"))
  }

  @Test func `right totals follow from the coefficients`() throws {
    let effects = try PublishedTable(smallTable("term,direct,indirect,total\nx,1.05,0.83,1.88"))
    let coefficients = try PublishedTable(smallTable("term,estimate\nx,1.00\nW*x,0.50\nrho,0.20"))
    let result = try Auditor.audit(effects, coefficients: coefficients)
    #expect(result.rows(.consistent).count == 3)
    #expect(result.finding(.totals)?.rows == [])
  }
}
