internal import RuralValueNumerics

extension SpecificationTests {
  private static let chowWald = Phrase(
    "Chow test (Wald), equal coefficients of regimes", zh: "Chow检验（Wald）：各区制系数相等")
  private static let chowRatio = Phrase(
    "Chow test (LR), equal coefficients of regimes", zh: "Chow检验（LR）：各区制系数相等")

  /// Whether the coefficients of all regimes are the same, by their covariance and by the likelihood of one regime.
  ///
  /// Source: methods/spatial-corrections.md, 4.3.
  func chow() throws -> [TestResult] {
    guard let regimes = specification.regimes else { return [] }
    var differences: [(first: Int, other: Int)] = []
    for regressor in fit.design.regressors {
      for make in [SpatialDesign.Column.regimeRegressor, SpatialDesign.Column.regimeDurbin] {
        let places = regimes.labels.indices.compactMap { fit.design.position(of: make(regressor, $0)) }
        guard places.count == regimes.count else { continue }
        differences += places.dropFirst().map { (places[0], $0) }
      }
    }
    let values = differences.map { fit.coefficients[$0.first] - fit.coefficients[$0.other] }
    let gradients = differences.map { difference in
      (0..<fit.parameterCount).map { $0 == difference.first ? 1.0 : $0 == difference.other ? -1 : 0 }
    }
    let wald = WaldTests.statistic(values, gradients: gradients, covariance)
    let (large, isDirect) = (try uncorrected(), fit.isAdjusted || fit.correction != nil)
    let small = try? estimation.fit(scope: isDirect ? .neither : nil, hasRegimes: false)
    return [
      requiringRank(
        wald.map { TestResult("chow_wald", Self.chowWald, $0, .chiSquared(values.count)) }
          ?? TestResult(
            "chow_wald", Self.chowWald,
            notComputed: Phrase("the restrictions' covariance is not positive definite", zh: "约束的协方差矩阵非正定"))),
      small.map {
        TestResult(
          "chow_lr", Self.chowRatio, 2 * (large.logLikelihood - $0.logLikelihood),
          .chiSquared(large.parameterCount - $0.parameterCount))
      }
        ?? TestResult(
          "chow_lr", Self.chowRatio, notComputed: Phrase("the smaller model has no maximum", zh: "受限模型无极大值")),
    ]
  }
}
