import RuralValue
import TestSupport
import Testing

/// Ratios in formulas.
struct FormulaRatioTests {
  private let panel = try! Panel(
    source: "panel.csv", unitColumn: "county", unitOfRow: ["a", "a", "a", "b", "b"],
    timeOfRow: [2013, 2014, 2015, 2013, 2014],
    variables: [("y", [1, 2, 4, 8, 16]), ("x", [1, 2, 3, .nan, 5]), ("z", [2, 4, 5, 0, .nan])])

  private func values(_ text: String) throws -> [Double] {
    try FormulaEvaluator(panel).values(of: FormulaSpecification.terms(text)[0])
  }

  @Test func `a ratio binds tighter than a product and looser than a power, and keeps its name`() throws {
    for (text, names) in [
      ("y ~ x/z", ["x/z"]), ("y ~ x/z:w", ["x/z:w"]), ("y ~ w:x/z", ["w:x/z"]), ("y ~ a/b/c", ["a/b/c"]),
      ("y ~ a/(b/c)", ["a/(b/c)"]), ("y ~ (x/z)^2", ["(x/z)^2"]), ("y ~ x/z:x/z", ["(x/z)^2"]),
      ("y ~ I(x/z)", ["x/z"]), ("y ~ x/z*w", ["x/z", "w", "x/z:w"]), ("y ~ lag(x/z)", ["lag(x/z, 1)"]),
      ("y ~ log(x / z)", ["log(x/z)"]), ("y ~ lag(x, 0:1)/z", ["x/z", "lag(x, 1)/z"]),
      ("y ~ log(x)/lag(z)", ["log(x)/lag(z, 1)"]), ("y ~ log(a/(b/c))", ["log(a/(b/c))"]),
      ("y ~ `x 1`/z + x/z - x/z", ["`x 1`/z"]),
    ] {
      let formula = try FormulaSpecification(text)
      #expect(formula.terms.map(\.name) == names, "\(text)")
      // What tables call a term can be written again.
      #expect(try names.flatMap { try FormulaSpecification.terms($0) } == formula.terms)
    }
    #expect(try FormulaSpecification("y ~ x/z").variables == ["y", "x", "z"])
    #expect(try FormulaSpecification("y/p ~ lag(y/p) + x").laggedOutcome?.name == "lag(y/p, 1)")
  }

  @Test func `its values are quotients, missing where either is`() throws {
    let ratio = try FormulaEvaluator(panel.with([("z", [2, 4, 5, 1, .nan])])).values(
      of: FormulaSpecification.terms("x/z")[0])
    expectSame(ratio, [0.5, 0.5, 0.6, .nan, .nan])
    // A divisor of zero matters only where there is something to divide: x is missing there.
    expectSame(try values("x/z"), [0.5, 0.5, 0.6, .nan, .nan])
    expectSame(try values("lag(x/z)"), [.nan, 0.5, 0.5, .nan, .nan])
    expectSame(try values("(x/z)^2"), [0.25, 0.25, 0.6 * 0.6, .nan, .nan])
  }

  @Test func `a divisor of zero names its place and the way out`() throws {
    let error = #expect(throws: FormulaError.self) { try values("y/z") }
    #expect(
      error?.description.hasPrefix(
        "panel.csv, line 5: y/z divides by z, which is 0 for county \"b\" in 2013; expected another number.")
        == true)
    #expect(error?.kind == .data)
    let more = #expect(throws: FormulaError.self) {
      try FormulaEvaluator(panel.with([("z", [0, 0, 0, 1, 1])])).values(
        of: FormulaSpecification.terms("y/z")[0])
    }
    #expect(more?.description.contains("(and in 2 more rows)") == true)
  }

  @Test(arguments: [
    ("y ~ (a + b)/c", 12), ("y ~ a/(b + c)", 6), ("y ~ a^2/b", 8), ("y ~ a/b^2", 6),
    ("y ~ log(a/lag(b, 0:1))", 10),
    ("y ~ factor(a)/b", 14),
  ]) func `what is no quotient of two columns is refused with its place`(text: String, column: Int) {
    let error = #expect(throws: FormulaError.self) { try FormulaSpecification(text) }
    #expect(
      error?.description.hasPrefix("In the formula, column \(column): a ratio has one column") == true,
      "\(error?.description ?? "")")
  }
}
