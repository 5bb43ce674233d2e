import Testing

@testable import RuralValue

/// The numbers of a report's first page.
struct FindingTests {
  private static func slope(_ name: String, _ value: Double, error: Double = 1) -> Estimate {
    Estimate(Parameter(name, .variable), value, standardError: error)
  }

  private static func source(
    _ name: String, _ estimates: [Estimate], tests: [TestResult] = []
  ) -> FindingSource {
    FindingSource(
      name: Phrase(verbatim: name), estimates: estimates, tests: tests, confidenceLevel: 0.95,
      observations: 100)
  }

  private static func product(_ name: String, _ value: Double) -> Estimate {
    Estimate(Parameter(name, .product), value, standardError: 1)
  }

  private static func effect(_ name: String, _ kind: EffectKind, _ value: Double) -> Estimate {
    Estimate(Parameter(name, .effect(kind, nil)), value, standardError: 1)
  }

  @Test func `an effect is named with its kind and never taken for the coefficient of the same variable`()
    throws
  {
    let model = Self.source("main", [Self.slope("P", 1), Self.effect("P", .total, 5)])
    let total = try #require(Finding("total P", question: 0, of: model, variants: []))
    let plain = try #require(Finding("P", question: 0, of: model, variants: []))
    #expect(total.estimate?.value == 5)
    #expect(plain.estimate?.value == 1)
    #expect(Finding("direct P", question: 0, of: model, variants: []) == nil)
    let lagged = Self.source(
      "lagged", [Estimate(Parameter("lag(V, 1)", .laggedOutcome), 0.5, standardError: 0.1)])
    #expect(Finding("lag(V)", question: 0, of: lagged, variants: [])?.estimate?.value == 0.5)
  }

  @Test
  func
    `a variant agrees where sign and side of five per cent are the base model's, and those that do not are named`()
    throws
  {
    // z of 3 in the base model: significant and positive.
    let base = Self.source("main", [Self.slope("P", 3)])
    let variants = [
      Self.source("same", [Self.slope("P", 2.5)]), Self.source("other sign", [Self.slope("P", -3)]),
      Self.source("faint", [Self.slope("P", 1)]), Self.source("without P", [Self.slope("C", 1)]),
    ]
    let finding = try #require(Finding("P", question: 0, of: base, variants: variants))
    #expect(finding.compared == 3)
    #expect(finding.differing.map(\.english) == ["other sign", "faint"])
    let said = FindingTable(questions: [], findings: [finding]).disagreements
    #expect(
      said.map(\.english) == [
        "P (main) has another sign or stands on the other side of 5% in 2 of 3 variants: other sign, faint."
      ])
  }

  @Test func `a test answers with its p value and agrees where the variant's test decides alike`() throws {
    func test(_ value: Double) -> TestResult {
      TestResult("wald_products", Phrase("all products are zero", zh: "交互项均为零"), value, .f(3, 50))
    }
    let base = Self.source("products", [], tests: [test(10)])
    let variants = [Self.source("a", [], tests: [test(9)]), Self.source("b", [], tests: [test(0.1)])]
    let finding = try #require(Finding("wald_products", question: 0, of: base, variants: variants))
    #expect(finding.compared == 2 && finding.differing.map(\.english) == ["b"])
    let table = FindingTable(questions: [], findings: [finding]).table
    #expect(table.column("number")?.shown?[0].english == "Test: all products are zero (F(3, 50) = 10.00)")
    guard case .number(let estimates)? = table.column("estimate")?.values else {
      Issue.record("The table has no estimates.")
      return
    }
    #expect(estimates[0].isNaN)
  }

  @Test
  func `where nobody says which numbers answer, models take turns and five answer in the models' order`() {
    let space = Self.source(
      "space",
      [Self.slope("P", 1), Self.effect("P", .total, 1), Self.effect("C", .total, 1)]
        + [Estimate(.rho, 0.5, standardError: 0.1)])
    let panel = Self.source(
      "panel",
      [Estimate(Parameter("lag(V, 1)", .laggedOutcome), 0.5, standardError: 0.1), Self.slope("P", 1)]
        + [Self.product("P:C", 1), Self.product("P:C:I", 1)])
    #expect(space.standardNames == ["total P", "total C", "rho"])
    #expect(panel.standardNames == ["P:C:I", "P", "lag(V, 1)"])
    let standard = FindingTable.standard([panel, space])
    #expect(standard.map(\.source) == [0, 0, 0, 1, 1])
    #expect(standard.map(\.name) == ["P:C:I", "P", "lag(V, 1)", "total P", "total C"])
  }

  @Test func `a number that is not there keeps its row, and the reason stands below`() {
    let finding = Finding(
      question: 1, model: Phrase(verbatim: "main"), missing: "total Q",
      reason: Phrase("the model has no such number.", zh: "该模型没有此数值。"))
    let table = FindingTable(questions: [], findings: [finding]).table
    #expect(table.rowCount == 1)
    #expect(table.notes.map(\.english) == ["total Q: the model has no such number."])
  }

  @Test func `variables are those of the formulas, and a lag of the outcome is none`() throws {
    let variables = ModelVariables([
      ("a", try FormulaSpecification("V ~ lag(V) + P*C")), ("b", try FormulaSpecification("ln_V ~ P")),
    ])
    guard case .text(let symbols)? = variables.table.column("symbol")?.values,
      case .phrase(let models)? = variables.table.column("models")?.values
    else {
      Issue.record("The table has no symbols.")
      return
    }
    #expect(symbols == ["V", "ln_V", "P", "C"])
    #expect(models.map(\.english) == ["a", "b", "a, b", "a"])
  }
}
