internal import RuralValueNumerics

/// All tests of an estimate.
struct DynamicPanelTests: Sendable {
  let serialCorrelation: [TestResult]
  let sargan: TestResult
  let hansen: TestResult
  let wald: [TestResult]
  let differenceInHansen: [TestResult]
  let underidentification: [TestResult]

  init(_ model: PreparedModel, _ steps: GMMSteps, covariance: Matrix, residualDegrees: Int?) {
    let isClassicalOneStep =
      model.specification.steps == .one && model.specification.standardErrors == .classical
    serialCorrelation = DynamicPanelTests.serialCorrelation(
      model, steps, isClassicalOneStep: isClassicalOneStep)
    sargan = OveridentificationTests.sargan(
      steps.first, errorVariance: steps.firstErrorVariance, instrumentRank: model.instrumentRank)
    hansen = OveridentificationTests.hansen(steps.last, instrumentRank: model.instrumentRank)
    func wald(_ key: String, _ hypothesis: Phrase, _ isTested: (Parameter) -> Bool) -> TestResult {
      WaldTest.test(
        key, hypothesis,
        positions: model.regressors.indices.filter { isTested(model.regressors[$0].parameter) },
        coefficients: steps.reported.coefficients, covariance: covariance, residualDegrees: residualDegrees)
    }
    let slopes = wald("wald", Phrase("all slopes are zero", zh: "各变量系数均为零"), \.isSlope)
    let hasTimes = model.regressors.contains { $0.parameter.role == .period }
    let times =
      hasTimes
      ? [wald("wald_time", Phrase("all time dummies are zero", zh: "时间虚拟变量系数均为零")) { $0.role == .period }]
      : []
    self.wald = [slopes] + times
    differenceInHansen = DifferenceInHansen(
      model.problem, covariance: isClassicalOneStep ? model.initialMomentCovariance : steps.momentCovariance,
      step: isClassicalOneStep ? steps.first : steps.last,
      scale: isClassicalOneStep ? 1 / steps.firstErrorVariance : 1, firstWeight: model.firstWeight
    ).tests()
    underidentification =
      model.lagPosition.map {
        [UnderidentificationTest.test(model.problem, position: $0, weight: model.firstWeight)]
      } ?? []
  }

  /// The tests in the order of the tables.
  var all: [TestResult] {
    serialCorrelation + [sargan, hansen] + wald + underidentification + differenceInHansen
  }

  private static func serialCorrelation(
    _ model: PreparedModel, _ steps: GMMSteps, isClassicalOneStep: Bool
  ) -> [TestResult] {
    let isFirstDifferences = model.specification.transform == .firstDifferences
    let differences =
      isFirstDifferences
      ? model.problem.sample : TransformedSample.firstDifferences(model.cells).selecting(model.positions)
    let test = SerialCorrelationTest(
      .init(
        problem: model.problem, step: steps.reported, covariance: steps.covariance,
        errorVariance: isClassicalOneStep ? steps.firstErrorVariance : nil,
        transform: model.specification.transform,
        isIdentityWeight: model.specification.initialWeight == 1),
      differences: differences, periodCount: model.cells.grid.periodCount)
    return (0..<model.specification.serialCorrelationOrders).map { test.test(order: $0 + 1) }
  }
}

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

/// Wald's test that some coefficients are zero: b′V⁻¹b, or under small-sample correction its F.
enum WaldTest {
  static func test(
    _ key: String, _ hypothesis: Phrase, positions: [Int], coefficients: [Double], covariance: Matrix,
    residualDegrees: Int?
  ) -> TestResult {
    guard !positions.isEmpty else {
      return TestResult(
        key, hypothesis,
        notComputed: Phrase("The model has no such coefficients.", zh: "模型中没有这些系数。"))
    }
    let part = covariance.selectingRows(positions).selectingColumns(positions)
    let values = positions.map { coefficients[$0] }
    guard
      let inverse = try? GMMStep.inverse(part, rank: positions.count, names: positions.map(String.init))
    else {
      return TestResult(
        key, hypothesis,
        notComputed: Phrase(
          "The coefficients' covariance is singular, as with fewer clusters than coefficients.",
          zh: "系数协方差矩阵奇异，聚类数少于系数个数时会如此。"))
    }
    let statistic = inverse.quadraticForm(values)
    guard let residualDegrees else {
      return TestResult(key, hypothesis, statistic, .chiSquared(positions.count))
    }
    return TestResult(
      key, hypothesis, statistic / Double(positions.count), .f(positions.count, residualDegrees))
  }
}

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
