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
