internal import RuralValueNumerics

/// The steps of an estimation and the covariance that is reported.
struct GMMSteps: Sendable {
  let first: GMMStep
  /// σ² from the first step's residuals, on which Sargan's test and classical one-step errors rest.
  let firstErrorVariance: Double
  /// σ² from the residuals of the reported step.
  let errorVariance: Double
  /// Z_c′e₁, C × j.
  let firstScores: Matrix
  /// S of the last weight matrix, from which Hansen tests are computed.
  let momentCovariance: Matrix
  /// The last step; after one step, the second that Hansen's test needs, or nil where it is not identified.
  let last: GMMStep?
  /// The step that is reported.
  let reported: GMMStep
  /// The reported covariance before the small-sample factor, k × k.
  let covariance: Matrix
  /// The search for the continuously updated estimate.
  let updating: ContinuousUpdating?
  /// The number of steps taken.
  let stepCount: Int

  /// Iterated GMM stops where no coefficient moves by more than this part of its standard error.
  private static let stillness = 1e-9
  private static let mostIterations = 1000

  init(_ model: PreparedModel) throws(DynamicPanelError) {
    let (problem, specification) = (model.problem, model.specification)
    first = try GMMStep(problem, weight: model.firstWeight)
    firstErrorVariance = GMMSteps.errorVariance(first, problem.sample, specification)
    firstScores = problem.scores(first.residuals)
    let firstCovariance = problem.covariance(ofScores: firstScores)
    let isRobust = specification.standardErrors != .classical
    let isDouble = specification.standardErrors == .doublyCorrected
    if isDouble, specification.steps == .iterated || specification.steps == .cue {
      throw .doubleCorrectionOfSteps(specification.steps.rawValue)
    }
    if isDouble, !DoublyCorrectedCovariance.isDefined(model) {
      throw .noDoubleCorrection(
        instruments: problem.instruments.columnCount, independent: model.firstWeight.rank,
        clusters: model.usedClusters)
    }
    let firstRobust = StepCovariance.robust(first, momentCovariance: firstCovariance)
    var updating: ContinuousUpdating?
    switch specification.steps {
    case .one:
      last = try? GMMStep(problem, weight: WeightMatrix(of: firstCovariance))
      (reported, stepCount) = (first, 1)
      momentCovariance = firstCovariance
      covariance =
        isDouble
        ? DoublyCorrectedCovariance.firstInfluences(model, first, scores: firstScores).crossProduct
        : isRobust ? firstRobust : firstErrorVariance * first.bread
    case .two:
      let second = try GMMStep(problem, weight: WeightMatrix(of: firstCovariance))
      (last, reported, stepCount) = (second, second, 2)
      momentCovariance = firstCovariance
      covariance =
        isDouble
        ? DoublyCorrectedCovariance.secondInfluences(
          model, first: first, firstScores: firstScores, second: second
        ).crossProduct
        : isRobust
          ? StepCovariance.windmeijer(
            problem, first: first, firstScores: firstScores, firstRobust: firstRobust, second: second)
          : second.bread
    case .cue:
      let second = try GMMStep(problem, weight: WeightMatrix(of: firstCovariance))
      let updated = try ContinuouslyUpdatedStep(
        problem, first: first, second: second, clusters: model.usedClusters)
      (last, reported, stepCount) = (updated.step, updated.step, 3)
      momentCovariance = updated.covariance
      updating = ContinuousUpdating(localMinima: updated.localMinima, twoStep: second.coefficients)
      covariance = updated.step.bread
    case .iterated:
      let second = try GMMStep(problem, weight: WeightMatrix(of: firstCovariance))
      let end = try GMMSteps.iterate(problem, from: second)
      (last, reported, stepCount) = (end.last, end.last, end.count)
      momentCovariance = end.covariance
      covariance =
        isRobust
        ? try StepCovariance.iterated(
          problem, previous: end.previous, previousScores: end.previousScores, last: end.last)
        : end.last.bread
    }
    self.updating = updating
    errorVariance = GMMSteps.errorVariance(reported, problem.sample, specification)
  }

  private struct Iteration {
    let previous: GMMStep
    let previousScores: Matrix
    let covariance: Matrix
    let last: GMMStep
    let count: Int
  }

  private static func iterate(_ problem: GMMProblem, from second: GMMStep) throws(DynamicPanelError)
    -> Iteration
  {
    var previous = second
    var change = Double.infinity
    for count in 3...mostIterations {
      let scores = problem.scores(previous.residuals)
      let covariance = problem.covariance(ofScores: scores)
      let next = try GMMStep(problem, weight: WeightMatrix(of: covariance))
      let errors = next.bread.diagonal.map { $0.squareRoot() }
      change = zip(next.coefficients.minus(previous.coefficients), errors).map { abs($0 / $1) }.max() ?? 0
      if change <= stillness {
        return Iteration(
          previous: previous, previousScores: scores, covariance: covariance, last: next, count: count)
      }
      previous = next
    }
    throw .notConverged(iterations: mostIterations, change: change)
  }

  /// Σe*² / 2n over transformed rows: a first difference has twice the error's variance, a forward
  /// deviation once. With h = 1, Σe² / n over the rows that count.
  private static func errorVariance(
    _ step: GMMStep, _ sample: TransformedSample, _ specification: DynamicPanelSpecification
  ) -> Double {
    let isIdentity = specification.initialWeight == 1
    let equation: EquationRow.Equation = isIdentity && specification.isSystem ? .level : .transformed
    let squares = zip(sample.blocks, step.residuals).filter { $0.0.row.equation == equation }
      .map { $0.1.innerProduct(with: $0.1) }.reduce(0, +)
    let share = !isIdentity && specification.transform == .firstDifferences ? 2.0 : 1.0
    return squares / (share * Double(sample.observationCount(equation)))
  }
}
