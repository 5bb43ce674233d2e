internal import RuralValueNumerics

/// Tests of the moments beyond those that the coefficients use up.
enum OveridentificationTests {
  /// Sargan's test: (Z′e₁)′A₁(Z′e₁) / σ², not robust to heteroskedasticity.
  static func sargan(_ first: GMMStep, errorVariance: Double, instrumentRank: Int) -> TestResult {
    let df = instrumentRank - first.coefficients.count
    let hypothesis = Phrase("instruments are valid (not robust)", zh: "工具变量有效（Sargan，不稳健）")
    guard df > 0 else { return TestResult("sargan", hypothesis, notComputed: exactlyIdentified) }
    return TestResult("sargan", hypothesis, first.criterion / errorVariance, .chiSquared(df))
  }

  /// Hansen's test: J = (Z′e₂)′A₂(Z′e₂). Source: Hansen (1982), Econometrica 50.
  static func hansen(_ second: GMMStep, instrumentRank: Int) -> TestResult {
    let df = instrumentRank - second.coefficients.count
    let hypothesis = Phrase("instruments are valid (robust)", zh: "工具变量有效（Hansen J，稳健）")
    guard df > 0 else { return TestResult("hansen", hypothesis, notComputed: exactlyIdentified) }
    return TestResult("hansen", hypothesis, second.criterion, .chiSquared(df))
  }

  static let exactlyIdentified = Phrase(
    "The model is exactly identified: there are as many instruments as coefficients, and nothing is left to test.",
    zh: "模型恰好识别：工具变量数与系数个数相等，无可检验的约束。")
}
