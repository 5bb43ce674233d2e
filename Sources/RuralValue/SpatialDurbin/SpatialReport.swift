internal import RuralValueNumerics

/// Turns a fitted model into a result: inference, effects, tests, and what the reader must know.
struct SpatialReport {
  let estimation: SpatialEstimation
  let asked: SpatialDurbinSpecification
  let fingerprint: String
  let fit: SpatialFit
  let covariance: Matrix
  let errors: SpatialErrorSummary
  private var notes: [Phrase]

  init(
    _ estimation: SpatialEstimation, asked: SpatialDurbinSpecification, fingerprint: String, notes: [Phrase]
  ) throws {
    self.estimation = estimation
    self.asked = asked
    self.fingerprint = fingerprint
    self.notes = notes
    fit = try estimation.correctedFit()
    let errors = try SpatialErrors(estimation, fit, isDefault: asked.standardError == nil)
    covariance = errors.covariance
    self.errors = errors.summary
  }

  var specification: SpatialDurbinSpecification { estimation.specification }
  var sample: SpatialSample { estimation.sample }

  /// The result.
  func result() throws -> SpatialDurbinResult {
    let deviations = covariance.diagonal.map { $0.squareRoot() }
    let estimates = zip(fit.parameters, zip(fit.values, deviations)).map {
      Estimate($0, $1.0, standardError: $1.1)
    }
    let regional = try regionalEffects()
    let (effects, effectNotes) = try wholeEffects(regional)
    let margins = try margins()
    let regimeLags = try regimeLags()
    let tests =
      specification.isTested
      ? try SpecificationTests(estimation, fit, covariance).all() + (regimeLags.map { [$0.test] } ?? []) : []
    return SpatialDurbinResult(
      specification: specification, outcomeName: sample.outcomeName,
      sample: .init(
        observations: sample.outcome.count - sample.missing.count, units: sample.unitCount,
        periods: sample.periodCount,
        droppedRows: sample.droppedRows),
      errors: errors, estimates: estimates, covariance: (0..<estimates.count).map { covariance.row($0) },
      effects: effects,
      effectsByOrder: fit.design.hasRegimes ? [] : impacts.byOrder(specification, parameters: fit.values),
      margins: margins?.margins ?? [],
      signChanges: margins?.signChanges ?? [], regions: regional.flatMap(regionalResult),
      regimeLags: regimeLags?.estimates ?? [], predictions: try predictions(), tests: tests,
      decision: tests.isEmpty
        ? [] : DecisionPath(tests, model: specification.model, effects: specification.effects).steps,
      fit: try statistics(), instruments: nil,
      notes: notes + modelNotes() + effectNotes + regimeNotes(),
      estimateCautions: sample.gaps.cautions + correctionCautions + regimeCautions())
  }

  var impacts: ImpactEffects { ImpactEffects(fit, names: sample.regressorNames) }

  private func statistics() throws -> SpatialFitStatistics {
    let count = Double(fit.parameterCount)
    let kind = likelihoodKind
    // An adjusted likelihood is no density: criteria are the direct one's.
    let direct = fit.isAdjusted ? try estimation.fit(scope: .neither) : fit
    let l = direct.logLikelihood
    return SpatialFitStatistics(
      logLikelihood: l, kind: kind, parameterCount: fit.parameterCount, aic: -2 * l + 2 * count,
      bic: -2 * l + count * logarithm(direct.transformation.observationCount),
      rSquared: 1 - sumOfSquares / sample.observedOutcome.centredSumOfSquares,
      rSquaredWithin: 1 - sumOfSquares / withinOutcome.centredSumOfSquares,
      squaredCorrelation: try squaredCorrelation(), bounds: estimation.system.bounds, score: fit.score,
      maxima: fit.maxima, weightsFingerprint: fingerprint, unitVariance: unitVariance,
      largestRoot: largestRoot,
      meanAbsoluteCorrelation: specification.isTested
        ? ResidualTests(estimation, fit).meanAbsoluteCorrelation : nil)
  }

  private var likelihoodKind: SpatialFitStatistics.LikelihoodKind {
    if fit.likelihood.isRandom { return .random }
    if fit.isAdjusted || fit.correction == .solved { return .adjusted }
    if fit.transformation == direct { return .direct }
    return fit.filteredPeriods != nil || fit.changingColumns != nil ? .restricted : .transformed
  }

  /// The counts of a likelihood of all observations.
  private var direct: LeeYuTransformation {
    LeeYuTransformation(
      fit.effects, scope: .neither, unitCount: sample.unitCount, periodCount: sample.periodCount,
      missingCount: sample.missing.count)
  }

  /// Σε², within units alone with random effects.
  private var sumOfSquares: Double {
    var errors = fit.errors
    if fit.likelihood.isRandom {
      Grouping.units(unitCount: sample.unitCount, periodCount: sample.periodCount).demean(&errors)
    }
    return errors.map { $0 * $0 }.compensatedSum
  }

  /// The outcome without the means that the effects take out.
  private var demeanedOutcome: [Double] {
    fit.filteredPeriods == nil
      ? fit.data.y
      : fit.effects.demeaning(unitCount: sample.unitCount, periodCount: sample.periodCount)(sample.outcome)
  }

  /// The same of the outcomes that are there.
  private var withinOutcome: [Double] {
    guard !sample.missing.isEmpty else { return demeanedOutcome }
    let present = sample.outcome.map { !$0.isNaN }
    let (size, cells) = (sample.unitCount, sample.outcome.indices)
    var ways: [Grouping] = []
    if fit.effects.hasUnitMeans {
      ways.append(Grouping(cells.map { $0 % size }, groupCount: size, sample: present))
    }
    if fit.effects.hasPeriodMeans {
      ways.append(Grouping(cells.map { $0 / size }, groupCount: sample.periodCount, sample: present))
    }
    return Demeaning(ways)(sample.outcome).filter { !$0.isNaN }
  }

  private func squaredCorrelation() throws -> Double? {
    guard sample.missing.isEmpty else { return nil }
    let outcome = demeanedOutcome
    var fitted = [Double](repeating: 0, count: outcome.count)
    let demeaning = fit.effects.demeaning(unitCount: sample.unitCount, periodCount: sample.periodCount)
    for (column, b) in zip(
      fit.filteredPeriods == nil ? fit.data.z : demeaning(fit.design.values), fit.coefficients)
    {
      fitted.add(column, scale: b)
    }
    if fit.process.hasLag { fitted = try estimation.system.solve(fitted, rho: fit.point.rho) }
    // Demeaned data are taken as they are, as in Elhorst's programs.
    let (meanFit, meanOutcome) = fit.effects.isCentred ? (0, 0) : (fitted.mean, outcome.mean)
    let (x, y) = (fitted.map { $0 - meanFit }, outcome.map { $0 - meanOutcome })
    let product = x.innerProduct(with: y)
    return product * product / (x.innerProduct(with: x) * y.innerProduct(with: y))
  }

  /// σ²_μ = σ²(1/θ² − 1)/T.
  private var unitVariance: Double? {
    guard fit.likelihood.isRandom else { return nil }
    return fit.sigma2 * (1 / (fit.point.theta * fit.point.theta) - 1) / Double(sample.periodCount)
  }

  private var largestRoot: Double? {
    guard specification.dynamics != nil else { return nil }
    let tau = fit.design.position(of: .laggedOutcome).map { fit.coefficients[$0] } ?? 0
    let eta = fit.design.position(of: .laggedNeighbours).map { fit.coefficients[$0] } ?? 0
    return DynamicBiasCorrection.largestRoot(estimation.system, tau: tau, eta: eta, rho: fit.point.rho)
  }

  /// The natural logarithm.
  func logarithm(_ x: Double) -> Double { log(x) }
}
