internal import RuralValueNumerics

/// All tests of an estimate.
struct DynamicPanelTests: Sendable {
  let serialCorrelation: [TestResult]
  let sargan: TestResult
  let hansen: TestResult
  let wald: [TestResult]
  let differenceInHansen: [TestResult]
  let underidentification: UnderidentificationTest
  /// No serial correlation of any order.
  let portmanteau: TestResult
  /// The tests for serial correlation with sums over units, where errors are clustered more widely.
  let serialCorrelationByUnit: [TestResult]

  init(_ model: PreparedModel, _ steps: GMMSteps, covariance: Matrix, residualDegrees: Int?) {
    let isClassicalOneStep =
      model.specification.steps == .one && model.specification.standardErrors == .classical
    let correlation = DynamicPanelTests.serialCorrelation(
      model, steps, isClassicalOneStep: isClassicalOneStep)
    let orders = 1...model.specification.serialCorrelationOrders
    serialCorrelation = orders.map { correlation.test(order: $0) }
    portmanteau = PortmanteauTest.test(model, steps.reported)
    serialCorrelationByUnit =
      model.problem.isClustered ? orders.map { correlation.test(order: $0, over: .units) } : []
    sargan = OveridentificationTests.sargan(
      steps.first, errorVariance: steps.firstErrorVariance, instrumentRank: model.instrumentRank)
    hansen = OveridentificationTests.hansen(
      steps.last, instrumentRank: model.instrumentRank, coefficients: model.regressors.count)
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
    differenceInHansen =
      (isClassicalOneStep ? steps.first : steps.last).map { step in
        DifferenceInHansen(
          model.problem,
          covariance: isClassicalOneStep ? model.initialMomentCovariance : steps.momentCovariance,
          step: step, scale: isClassicalOneStep ? 1 / steps.firstErrorVariance : 1
        ).tests()
      } ?? []
    underidentification = UnderidentificationTest(
      model.problem, weight: model.firstWeight, search: model.specification.underidentificationSearch)
  }

  /// The tests in the order of the tables.
  var all: [TestResult] {
    serialCorrelation + [portmanteau, sargan, hansen] + wald + [underidentification.result]
      + differenceInHansen
  }

  private static func serialCorrelation(
    _ model: PreparedModel, _ steps: GMMSteps, isClassicalOneStep: Bool
  ) -> SerialCorrelationTest {
    let isFirstDifferences = model.specification.transform == .firstDifferences
    let differences =
      isFirstDifferences
      ? model.problem.sample : TransformedSample.firstDifferences(model.cells).selecting(model.positions)
    return SerialCorrelationTest(
      .init(
        problem: model.problem, step: steps.reported, covariance: steps.covariance,
        errorVariance: isClassicalOneStep ? steps.firstErrorVariance : nil,
        transform: model.specification.transform,
        isIdentityWeight: model.specification.initialWeight == 1),
      differences: differences, periodCount: model.cells.grid.periodCount)
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
  static func hansen(_ second: GMMStep?, instrumentRank: Int, coefficients: Int) -> TestResult {
    let df = instrumentRank - coefficients
    let hypothesis = Phrase("instruments are valid (robust)", zh: "工具变量有效（Hansen J，稳健）")
    guard df > 0 else { return TestResult("hansen", hypothesis, notComputed: exactlyIdentified) }
    guard let second else { return TestResult("hansen", hypothesis, notComputed: noSecondStep) }
    return TestResult("hansen", hypothesis, second.criterion, .chiSquared(df))
  }

  private static let noSecondStep = Phrase(
    "It needs the two-step estimate, which these data do not identify: there are fewer units or clusters than"
      + " coefficients.",
    zh: "该检验需要两步估计，而个体（聚类）数少于系数个数，两步估计不可识别。")

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
    let form = WaldForm(
      positions.map { coefficients[$0] },
      covariance.selectingRows(positions).selectingColumns(positions))
    guard !form.isSingular else {
      return TestResult(
        key, hypothesis,
        notComputed: Phrase(
          "The coefficients' covariance is singular, as with fewer clusters than coefficients.",
          zh: "系数协方差矩阵奇异，聚类数少于系数个数时会如此。"))
    }
    return TestResult(key, hypothesis, form.statistic(degreesOfFreedom: residualDegrees))
  }
}
