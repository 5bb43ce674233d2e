internal import RuralValueNumerics

/// A test of the hypothesis that the instruments do not identify the model.
///
/// If E[Z′X] has rank k − 1, some combination of the regressors is orthogonal to all instruments: the
/// regression of the lagged outcome on the other regressors then passes Hansen's test. The statistic is
/// that regression's two-step J, χ² with j − k + 1 degrees of freedom; a small p value speaks for
/// identification. Source: Windmeijer (2024), Journal of Econometrics 240, robust Cragg–Donald test; Arellano,
/// Hansen and Sentana (2012), Journal of Econometrics 170.
enum UnderidentificationTest {
  private static func result(notComputed reason: Phrase) -> TestResult {
    TestResult(key, hypothesis, notComputed: reason)
  }

  private static let key = "underidentification"
  private static let hypothesis = Phrase("the model is not identified", zh: "模型不可识别")

  static func test(_ problem: GMMProblem, position: Int, weight: WeightMatrix) -> TestResult {
    let k = problem.sample.coefficientCount
    guard k > 1 else {
      return result(
        notComputed: Phrase(
          "The test needs a second regressor to stand beside the lagged outcome.",
          zh: "除被解释变量滞后项外，该检验还需要另一个解释变量。"))
    }
    let df = weight.rank - k + 1
    do {
      let auxiliary = AuxiliaryRegression(problem, position: position)
      let first = try auxiliary.coefficients(weight)
      let scores = problem.scores(problem.sample.blocks.map { $0.regressors.times(first) })
      let second = try WeightMatrix(of: problem.covariance(ofScores: scores))
      let moments = problem.instrumentRegressors.times(try auxiliary.coefficients(second))
      return TestResult(key, hypothesis, second.quadraticForm(moments), .chiSquared(df))
    } catch {
      return result(
        notComputed: Phrase(
          "The other regressors are not identified without the lagged outcome.", zh: "剔除被解释变量滞后项后，其余变量不可识别。"))
    }
  }
}

/// The regression of one regressor on the others with the model's instruments.
private struct AuxiliaryRegression {
  private let problem: GMMProblem
  private let position: Int
  private let others: [Int]

  init(_ problem: GMMProblem, position: Int) {
    self.problem = problem
    self.position = position
    others = (0..<problem.sample.coefficientCount).filter { $0 != position }
  }

  /// g with 1 at the regressor and −δ at the others, so that Xg are the residuals.
  func coefficients(_ weight: WeightMatrix) throws(DynamicPanelError) -> [Double] {
    let regressors = problem.instrumentRegressors.selectingColumns(others)
    let weighted = weight.times(regressors)
    let inverse = try GMMStep.inverse(
      regressors.transposedTimes(weighted).symmetrised, rank: weight.rank,
      names: others.map { problem.sample.coefficientNames[$0] })
    let slopes = inverse.times(weighted.transposedTimes(problem.instrumentRegressors.column(position)))
    var coefficients = [Double](repeating: 0, count: problem.sample.coefficientCount)
    coefficients[position] = 1
    for (other, slope) in zip(others, slopes) { coefficients[other] = -slope }
    return coefficients
  }
}
