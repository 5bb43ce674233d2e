internal import RuralValueNumerics

/// A test of the hypothesis that the instruments do not identify the model.
///
/// If E[Z′X] has rank k − 1, some combination of the regressors is orthogonal to all instruments: the
/// regression of the lagged outcome on the other regressors then passes Hansen's test. The statistic is
/// that regression's two-step J, χ² with j − k + 1 degrees of freedom; a small p value speaks for
/// identification. Source: Windmeijer (2021), Journal of Econometrics 240, robust Cragg–Donald test; Arellano,
/// Hansen and Sentana (2012), Journal of Econometrics 170.
enum UnderidentificationTest {
  static let name = "underidentification"

  static func test(_ problem: GMMProblem, position: Int, weight: WeightMatrix) -> DynamicPanelTest {
    let k = problem.sample.coefficientCount
    guard k > 1 else {
      return .inapplicable(name, "The test needs a second regressor to stand beside the lagged outcome.")
    }
    let df = weight.rank - k + 1
    do {
      let auxiliary = GMMProblem(
        sample: problem.sample.regressing(position), instruments: problem.instruments,
        clusterOfUnit: problem.clusterOfUnit, covarianceScale: problem.covarianceScale)
      let first = try GMMStep(auxiliary, weight: weight)
      let covariance = auxiliary.covariance(ofScores: auxiliary.scores(first.residuals))
      let second = try GMMStep(auxiliary, weight: WeightMatrix(of: covariance))
      return .chiSquared(name, second.criterion, df)
    } catch {
      return .inapplicable(name, "The other regressors are not identified without the lagged outcome.")
    }
  }
}
