internal import RuralValueNumerics

extension SpatialTwoStage {
  /// Whether the regressors that a call says depend on the errors do; that Wy does is never in question.
  ///
  /// The residuals v of their first stages stand beside the regressors, which with them are exogenous, Wy keeps its
  /// instruments, and all coefficients of v are zero where nothing was endogenous. Without Wy it is the test of `fe`.
  ///
  /// Sources: Hausman (1978); Wooldridge (2010), 6.2.1.
  func endogeneity(_ tests: InstrumentTests) throws -> TestResult? {
    guard specification.instruments != nil else { return nil }
    guard specification.model.hasLag else { return try tests.endogeneity() }
    // Wy is the last of the endogenous columns.
    let count = tests.stage.equations.count - 1
    guard count > 0 else { return nil }
    let hypothesis = Phrase(
      "The regressors of \(Setting("iv")) are exogenous", zh: "\(Setting("iv"))所列解释变量外生")
    var augmented = problem
    augmented.endogenous = columns.map { $0 == nil }
    for place in 0..<count {
      let residuals = tests.stage.residuals.column(place)
      augmented.columns.append(residuals)
      augmented.lengths.append(residuals.euclideanNorm)
      augmented.parameters.append(Parameter("residual of \(tests.stage.equations[place].name)", .variable))
      augmented.endogenous.append(false)
    }
    let own = try InstrumentalFit(augmented, setting, .twoStage).fit
    let places = own.kept.indices.filter { own.kept[$0] >= columns.count }
    let covariance = try LinearCovariance(own, setting)
    let form = WaldForm(places.map { own.coefficients[$0] }, covariance.matrix.selecting(places))
    guard places.count == count, !form.isSingular else {
      return TestResult(
        "endogeneity", hypothesis,
        notComputed: Phrase(
          "its covariance is singular, as where clusters are no more than regressors",
          zh: "协方差矩阵奇异，例如聚类数不多于变量数"))
    }
    return TestResult(
      "endogeneity", hypothesis, form.statistic(degreesOfFreedom: covariance.summary.degreesOfFreedom))
  }
}
