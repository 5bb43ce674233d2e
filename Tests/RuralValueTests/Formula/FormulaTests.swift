import RuralValue
import TestSupport
import Testing

struct FormulaTests {
  @Test func `a product of four variables gives all fifteen terms`() throws {
    let formula = try FormulaSpecification("V ~ lag(V) + P*C*I*T")
    #expect(
      formula.terms.map(\.name) == [
        "lag(V, 1)", "P", "C", "I", "T", "P:C", "P:I", "C:I", "P:T", "C:T", "I:T", "P:C:I", "P:C:T", "P:I:T",
        "C:I:T", "P:C:I:T",
      ])
    #expect(formula.laggedOutcome?.name == "lag(V, 1)")
    #expect(formula.variables == ["V", "P", "C", "I", "T"])
  }

  @Test func `a lag range gives one term a lag, and lag nought is the variable itself`() throws {
    let formula = try FormulaSpecification("n ~ lag(n, 1:2) + lag(w, 0:1) + k + diff(log(ys), 2)")
    #expect(
      formula.terms.map(\.name) == ["lag(n, 1)", "lag(n, 2)", "w", "lag(w, 1)", "k", "diff(log(ys), 2)"])
  }

  @Test func `a term that is dropped is gone, in whatever order its factors stand`() throws {
    let formula = try FormulaSpecification("y ~ a*b*c - c:b:a - b")
    #expect(formula.terms.map(\.name) == ["a", "c", "a:b", "a:c", "b:c"])
    #expect(formula.hasIntercept)
    #expect(try !FormulaSpecification("y ~ a - 1").hasIntercept)
    #expect(try !FormulaSpecification("y ~ a + 0").hasIntercept)
  }

  @Test func `brackets distribute over products`() throws {
    #expect(try FormulaSpecification("y ~ (a + b):c").terms.map(\.name) == ["a:c", "b:c"])
    #expect(try FormulaSpecification("y ~ a + a + a:b + b:a").terms.map(\.name) == ["a", "a:b"])
  }

  @Test func `a factor times itself is its square, however it is written`() throws {
    for text in [
      "y ~ x + x:x", "y ~ x*x", "y ~ x + x^2", "y ~ x + I(x^2)", "y ~ x + I(x*x)", "y ~ x + `x`:x",
    ] {
      #expect(try FormulaSpecification(text).terms.map(\.name) == ["x", "x^2"], "\(text)")
    }
    #expect(try FormulaSpecification("y ~ x^2:z + z:x:x").terms.map(\.name) == ["x^2:z"])
    #expect(try FormulaSpecification("y ~ lag(x)^3").terms.map(\.name) == ["lag(x, 1)^3"])
    #expect(try FormulaSpecification("y ~ lag(x, 0:1)^2").terms.map(\.name) == ["x^2", "lag(x, 1)^2"])
    // R's power of a sum.
    #expect(
      try FormulaSpecification("y ~ (a + b + c)^2").terms.map(\.name) == ["a", "b", "c", "a:b", "a:c", "b:c"])
    // The column I stays a column.
    #expect(try FormulaSpecification("y ~ I*T").terms.map(\.name) == ["I", "T", "I:T"])
  }

  @Test func `a lag backwards is called a lead`() throws {
    #expect(
      try FormulaSpecification("y ~ lag(x, -1:1)").terms.map(\.name) == ["lead(x, 1)", "x", "lag(x, 1)"])
    #expect(try FormulaSpecification("y ~ lead(x, 1)").terms == FormulaSpecification("y ~ lag(x, -1)").terms)
  }

  @Test(arguments: [
    ("V ~ lag(V) +", "In the formula, column 13: found the end, expected a column or a function."),
    ("V lag(V)", "In the formula, column 3: found \"lag\", expected \"~\""),
    ("V ~ lg(V)", "there is no function \"lg\". Did you mean \"lag\"?"),
    ("V ~ P - C", "there is no term C to drop."),
    ("V ~ P ^ x", "In the formula, column 9: found \"x\", expected a power from 1 to 10"),
    ("V ~ I(P + C)", "column 9: found \"+\", expected \")\", for I(…) holds a product"),
    ("V ~ P + lag(V, -1)", "lead(V, 1) is the outcome of a later period"),
    ("V + P ~ C", "the outcome must be one variable"),
    ("V ~ V + P", "the outcome V explains itself"),
    ("V ~ lag(V, x)", "expected a number of periods"),
    ("V ~ P - P", "no term is left"),
    ("V ~ lag(P, 0:100000)", "found \"100000\", expected a number of periods"),
    ("V ~ lag(P, 0:99999)", "column 5: found 100000 lags, expected at most 1000"),
    ("V ~ lag(P, -9223372036854775807)", "expected a number of periods"),
    (
      "V ~ a*b*c*d*e*f*g*h*i*j*k*l*m*n*o*p*q*r*s*t",
      "found a product of 1023 by 1 terms, expected at most 1000"
    ),
    ("V ~ " + String(repeating: "(", count: 100_000), "expected at most 100 open brackets"),
    ("V ~ " + String(repeating: "log(", count: 100_000), "expected at most 100 open brackets"),
  ])
  func `a formula with a slip is answered with its place`(text: String, message: String) {
    let error = #expect(throws: FormulaError.self) { try FormulaSpecification(text) }
    #expect(error.map { "\($0)".contains(message) } == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test func `an unknown column is underlined and its neighbour suggested`() throws {
    let error = #expect(throws: FormulaError.self) {
      try FormulaSpecification("V ~ lag(V) + lnp").requireVariables(in: ["V", "lnP"], source: "panel.csv")
    }
    #expect(
      error.map { "\($0)" } == """
        In the formula, column 14: panel.csv has no column "lnp". Did you mean "lnP"? The columns are: V, lnP.
          V ~ lag(V) + lnp
                       ^^^
        """)
  }
}

struct ModelFrameTests {
  /// Two counties; the second has no 2014.
  private let panel = try! Panel(
    source: "panel.csv", unitOfRow: ["a", "a", "a", "b", "b"], timeOfRow: [2013, 2014, 2015, 2013, 2015],
    variables: [("y", [1, 2, 4, 8, 16]), ("x", [1, 2, 3, .nan, 5])])

  @Test func `lags and differences stop at gaps`() throws {
    let frame = try ModelFrame(FormulaSpecification("y ~ lag(y) + diff(y) + x"), over: panel)
    #expect(frame.regressors[0].values.map { $0.isNaN ? -1 : $0 } == [-1, 1, 2, -1, -1])
    #expect(frame.completeRows == [false, true, true, false, false])
  }

  @Test(arguments: [Int.max, -Int.max, 99_999]) func `a lag beyond every calendar has no values`(steps: Int) {
    #expect(panel.lag([1, 2, 3, 4, 5], by: steps).allSatisfy { $0.isNaN })
  }

  @Test func `a square is the product of a variable with itself, also where it is centred first`() throws {
    let formula = try FormulaSpecification("y ~ x + x^2")
    let plain = try ModelFrame(formula, over: panel).regressors[1].values
    #expect(plain.map { $0.isNaN ? -1 : $0 } == [1, 4, 9, -1, 25])
    let evaluator = FormulaEvaluator(panel, centring: FormulaEvaluator.interacted(in: formula.terms))
    let centred = try ModelFrame(formula, over: panel, evaluator: evaluator).regressors[1].values
    #expect(centred.map { $0.isNaN ? -1 : $0 } == [1.75 * 1.75, 0.75 * 0.75, 0.25 * 0.25, -1, 2.25 * 2.25])
  }

  @Test func `a centred variable is centred wherever it stands`() throws {
    let formula = try FormulaSpecification("y ~ x*lag(y)")
    let evaluator = FormulaEvaluator(panel, centring: FormulaEvaluator.interacted(in: formula.terms))
    let frame = try ModelFrame(formula, over: panel, evaluator: evaluator)
    let x = [1, 2, 3, Double.nan, 5].map { $0 - 2.75 }
    let lag = [Double.nan, 1, 2, .nan, .nan].map { $0 - 1.5 }
    for row in 1...2 {
      expectClose(frame.regressors[0].values[row], x[row], relative: 1e-15, from: "x − 2.75")
      expectClose(frame.regressors[2].values[row], x[row] * lag[row], relative: 1e-15, from: "the product")
    }
    #expect(evaluator.centredFactors.map(\.name) == ["x", "lag(y, 1)"])
  }

  @Test func `scale gives mean nought and deviation one`() throws {
    let values = try FormulaEvaluator(panel).values(of: FormulaSpecification.terms("scale(y)")[0])
    expectClose(values.reduce(0, +), 0, absolute: 1e-14, from: "the definition")
    expectClose(values.map { $0 * $0 }.reduce(0, +), 4, relative: 1e-14, from: "the definition")
  }

  @Test func `the log of a number that is not positive names the county and the year`() throws {
    let panel = panel.with([("z", [1, 2, 0, 1, 1])])
    let error = #expect(throws: FormulaError.self) {
      try ModelFrame(FormulaSpecification("y ~ log(z)"), over: panel)
    }
    #expect(
      error.map { "\($0)" }?.contains("line 4: log(z) needs positive values, but unit \"a\" has 0 in 2015")
        == true)
  }
}
