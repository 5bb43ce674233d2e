import RuralValue
import TestSupport
import Testing

/// Marginal effects where the variable stands in squares: d(x²) = 2x. The numbers are those of the fitted right-hand
/// side, differentiated numerically.
struct MarginalSquareTests {
  private func panel() throws -> Panel {
    let lines = try ProjectFiles.fixtureText("reference/gmm-cases/base.csv").split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    return try Panel(
      Table(source: "base.csv", columnNames: lines[0], rows: Array(lines.dropFirst())),
      variables: ["y", "x", "w"])
  }

  private func result(_ formula: String, iv: String, centred: Bool) throws -> DynamicPanelResult {
    var specification = DynamicPanelSpecification(try FormulaSpecification(formula))
    specification.gmmInstruments = [try GMMInstruments("y,2:4;collapse")]
    specification.standardInstruments = [try StandardInstruments(iv)]
    specification.isCentred = centred
    specification.marginVariables = ["x"]
    specification.marginQuantiles = [0.05, 0.3, 0.5, 0.9]
    return try DynamicPanelEstimator.fit(panel(), specification)
  }

  @Test(
    arguments: [
      ("y ~ lag(y) + x + x^2", "x,x^2"), ("y ~ lag(y) + x + x:x", "x,x:x"), ("y ~ lag(y) + I(x^2)", "x^2"),
      ("y ~ lag(y) + x + w + x^2:w", "x,w,x^2:w"), ("y ~ lag(y) + x*w + x^2 + x^3", "x*w,x^2,x^3"),
    ], [false, true])
  func `an effect is the slope of the fitted right-hand side`(model: (String, String), centred: Bool) throws {
    let result = try result(model.0, iv: model.1, centred: centred)
    let panel = try panel()
    func mean(_ name: String) throws -> Double {
      let values = try panel.values(of: name)
      return values.reduce(0, +) / Double(values.count)
    }
    let (meanX, meanW) = (try mean("x"), try mean("w"))
    let isInProduct = model.0.contains(":w") || model.0.contains("*w")
    /// The terms of the formula at x and w, each with its name, as the estimator lets them enter.
    func terms(_ x: Double, _ w: Double) -> [String: Double] {
      let x = centred ? x - meanX : x
      let w = centred && isInProduct ? w - meanW : w
      return ["x": x, "w": w, "x^2": x * x, "x^3": x * x * x, "x:w": x * w, "x^2:w": x * x * w]
    }
    #expect(result.marginalEffects.count >= 4)
    let step = 1e-4
    for effect in result.marginalEffects {
      let x = effect.values.first { $0.name == "x" }?.value ?? meanX
      let w = effect.values.first { $0.name == "w" }?.value ?? 0.7
      let (above, below) = (terms(x + step, w), terms(x - step, w))
      let slopes = result.estimates.map { estimate in
        above[estimate.name].map { ($0 - below[estimate.name]!) / (2 * step) } ?? 0
      }
      let expected = zip(result.estimates, slopes).reduce(0.0) { $0 + $1.0.value * $1.1 }
      var variance = 0.0
      for i in slopes.indices {
        for j in slopes.indices { variance += slopes[i] * slopes[j] * result.covariance[i][j] }
      }
      expectClose(effect.effect.value, expected, relative: 1e-6, from: "central differences")
      expectClose(
        effect.effect.standardError, variance.squareRoot(), relative: 1e-6, from: "central differences")
    }
  }

  @Test func `a variable inside another function is refused, for products alone are not its effect`() throws {
    for formula in ["y ~ lag(y) + x + diff(x)", "y ~ lag(y) + x + w/x", "y ~ lag(y) + x + scale(x):w + w"] {
      let error = #expect(throws: DynamicPanelError.self) {
        try result(formula, iv: "x,w,lag(w)", centred: false)
      }
      #expect(error?.description.contains("x: the model also holds") == true, "\(error?.description ?? "")")
    }
    // Its lag is another variable.
    #expect(
      try result("y ~ lag(y) + x + lag(x)", iv: "x,lag(x)", centred: false).marginalEffects.count == 1)
  }
}
