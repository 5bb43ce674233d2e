import Testing

@testable import RuralValueCLI

/// The words of `prepare --join`.
@Suite struct JoinOptionTests {
  private func prepare(_ join: String) throws -> Outcome {
    let box = try StudySandbox()
    try box.write("code,region\n0430102,east\n0430103,west\n", to: "regions.csv")
    return ruralvalue(["prepare", box.path("panel.csv"), "--join", box.path("regions.csv") + join])
  }

  @Test func `a column that is asked for twice comes once`() throws {
    let header = try prepare(";columns=region,region").output.prefix { $0 != "\n" }
    #expect(header == "code,year,name,income,pesticide,villages,constant,region")
  }

  @Test func `a choice of no columns is a slip`() throws {
    let outcome = try prepare(";columns=")
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("expected --join …;columns A,B"), "\(outcome.errors)")
  }
}
