internal import RuralValueNumerics

/// Random effects and a spatial error by generalised moments: y_t = Z_t b + u_t, u = λWu + ε, ε = μ + v.
///
/// λ and the variances from the residuals of least squares by `KelejianPruchaMoments`; then b by least squares of
/// (I − λW)y less (1 − σ/σ₁) of its units' means on the same of Z, with the covariance σ²(Z*′Z*)⁻¹. No step supposes normal
/// errors.
///
/// Source: Kapoor, Kelejian and Prucha (2007); methods/spatial-corrections.md, 4.1.
struct RandomComponents {
  let sample: SpatialSample
  let system: SpatialSystem
  let specification: SpatialDurbinSpecification
  let design: SpatialDesign
  let components: KelejianPruchaMoments.Estimate
  let coefficients: [Double]
  /// σ²(Z*′Z*)⁻¹.
  let covariance: Matrix

  /// Which moments count.
  enum Weighting { case initial, full }

  init(
    _ sample: SpatialSample, _ system: SpatialSystem, _ specification: SpatialDurbinSpecification,
    weighting: Weighting = .full
  ) throws {
    guard !sample.outcome.contains(where: \.isNaN) else {
      throw SpatialDurbinError.notOffered(
        "\(Setting("estimator")) gm takes every unit's outcome in every period; some are missing. Fill them, or take"
          + " \(Setting("estimator")) ml.")
    }
    self.sample = sample
    self.system = system
    self.specification = specification
    design = try SpatialDesign(
      sample, lag: system.lag, effects: PanelEffects(specification.effects),
      durbin: try SpatialEstimation.durbin(specification, among: sample.regressorNames))
    let names = design.parameters.map(\.name)
    guard sample.outcome.count > design.values.count else {
      throw SpatialDurbinError.tooFewObservations(
        observations: sample.outcome.count, parameters: design.values.count)
    }
    let pooled = try LeastSquares(Matrix(columns: design.values), columnNames: names)
      .regress(sample.outcome, centred: false, refinementSteps: 2)
    guard pooled.residualSumOfSquares > 1e-22 * pooled.totalSumOfSquares else {
      throw FixedEffectsError.exactFit(name: sample.outcomeName)
    }
    let moments = KelejianPruchaMoments(pooled.residuals, system)
    let first = try moments.initial()
    let found = weighting == .full ? try moments.weighted(by: first) : first
    components = found
    let units = Grouping.units(unitCount: sample.unitCount, periodCount: sample.periodCount)
    let share = 1 - (found.sigma2 / found.between).squareRoot()
    func filtered(_ values: [Double]) -> [Double] {
      var result = values
      result.add(system.lag(values), scale: -found.lambda)
      let means = units.means(result)
      for row in result.indices { result[row] -= share * means[units.groupOfRow[row]] }
      return result
    }
    let problem = try LeastSquares(Matrix(columns: design.values.map(filtered)), columnNames: names)
    guard problem.columns.dropped.isEmpty else {
      throw SpatialDurbinError.regression(
        "\(listed(problem.droppedColumnNames)) cannot be told from the others at λ = \(found.lambda).")
    }
    coefficients = try problem.regress(filtered(sample.outcome), centred: false, refinementSteps: 2)
      .coefficients
    covariance = found.sigma2 * problem.crossProductInverse
  }

  /// The result.
  func result(fingerprint: String, notes: [Phrase]) throws -> SpatialDurbinResult {
    let theta = (components.sigma2 / components.between).squareRoot()
    let estimates =
      design.parameters.indices.map {
        Estimate(design.parameters[$0], coefficients[$0], standardError: covariance[$0, $0].squareRoot())
      } + [
        Estimate(.lambda, components.lambda), Estimate(.variance, components.sigma2),
        Estimate(.randomEffectsWeight, theta),
      ]
    let blank = [Double](repeating: .nan, count: estimates.count)
    let impacts = ImpactEffects(columns: design.columns, names: sample.regressorNames, rho: nil, system)
    let effects = try EstimatedEffects(
      impacts, parameters: coefficients, covariance: covariance, specification)
    var resolved = specification
    resolved.durbin =
      specification.durbin ?? (specification.model.hasDurbinTerms ? sample.regressorNames : [])
    let note = Phrase(
      "Standard errors: generalised least squares at the estimated λ.", zh: "标准误：给定估计的λ，广义最小二乘。")
    return SpatialDurbinResult(
      specification: resolved, outcomeName: sample.outcomeName,
      sample: .init(
        observations: sample.outcome.count, units: sample.unitCount, periods: sample.periodCount,
        droppedRows: sample.droppedRows),
      errors: SpatialErrorSummary(
        rule: .classical, groups: nil, groupColumn: nil, lags: nil, conley: nil, disagreement: nil,
        notes: [note]),
      estimates: estimates,
      covariance: coefficients.indices.map { covariance.row($0) + [.nan, .nan, .nan] } + [
        blank, blank, blank,
      ],
      effects: effects.effects, effectsByOrder: impacts.byOrder(specification, parameters: coefficients),
      tests: [], decision: [], fit: statistics(fingerprint), instruments: nil,
      notes: notes + ownNotes + [SpatialDurbinResult.withoutLikelihoodNote] + effects.notes,
      estimateCautions: components.between < components.sigma2 ? [negativeCaution] : [])
  }

  private func statistics(_ fingerprint: String) -> SpatialFitStatistics {
    var fitted = [Double](repeating: 0, count: sample.outcome.count)
    for (column, b) in zip(design.values, coefficients) { fitted.add(column, scale: b) }
    var errors = sample.outcome.minus(fitted)
    errors.add(system.lag(errors), scale: -components.lambda)
    Grouping.units(unitCount: sample.unitCount, periodCount: sample.periodCount).demean(&errors)
    let rss = errors.map { $0 * $0 }.compensatedSum
    let share = 1 - rss / sample.outcome.centredSumOfSquares
    return SpatialFitStatistics(
      logLikelihood: .nan, kind: nil, parameterCount: coefficients.count + 3, aic: .nan, bic: .nan,
      rSquared: share, rSquaredWithin: share,
      squaredCorrelation: SpatialFitStatistics.squaredCorrelation(fitted, sample.outcome, centred: true),
      bounds: system.bounds, score: .nan, maxima: nil, weightsFingerprint: fingerprint,
      unitVariance: (components.between - components.sigma2) / Double(sample.periodCount), largestRoot: nil,
      meanAbsoluteCorrelation: nil)
  }

  private var ownNotes: [Phrase] {
    let between = RoundTripNumber.text(components.between)
    let shown = FixedDecimals.text(components.between, decimals: 4)
    let notes = [
      Phrase(
        "Generalised moments of Kapoor, Kelejian and Prucha (2007), all six moments weighted; σ²₁ = σ² + Tσ²_μ is"
          + " \(components.between < 0.01 ? between : shown). λ and the variances have no standard errors: their asymptotic variance is"
          + " not worked out here.",
        zh: "Kapoor–Kelejian–Prucha（2007）广义矩估计，六个矩条件全部加权；σ²₁ = σ² + Tσ²_μ为"
          + "\(components.between < 0.01 ? between : shown)。λ与方差不报告标准误（其渐近方差未推导）。")
    ]
    guard !design.droppedNames.isEmpty else { return notes }
    return notes + [
      Phrase(
        "Left out because other terms determine them: \(listed(design.droppedNames)).",
        zh: "因被其他变量完全决定而剔除：\(listed(design.droppedNames, in: .chinese))。")
    ]
  }

  private var negativeCaution: Phrase {
    Phrase(
      "The variance of random effects is estimated below zero: units differ less than their errors alone would make them. Take"
        + " \(Setting("effects")) none or unit.",
      zh: "随机效应方差估计为负：个体间差异小于误差本身所致。请使用\(Setting("effects")) none或unit。")
  }
}
