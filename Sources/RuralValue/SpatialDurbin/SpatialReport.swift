internal import RuralValueNumerics

/// Turns a fitted model into a result: inference, effects, tests, and what the reader must know.
struct SpatialReport {
  let estimation: SpatialEstimation
  let asked: SpatialDurbinSpecification
  let fingerprint: String
  let fit: SpatialFit
  let covariance: Matrix
  private var notes: [Phrase]

  init(
    _ estimation: SpatialEstimation, asked: SpatialDurbinSpecification, fingerprint: String, notes: [Phrase]
  ) throws {
    self.estimation = estimation
    self.asked = asked
    self.fingerprint = fingerprint
    self.notes = notes
    fit = try estimation.correctedFit()
    covariance = try SpatialCovariance.matrix(fit, estimation.specification.standardError ?? .information)
  }

  private var specification: SpatialDurbinSpecification { estimation.specification }
  private var sample: SpatialSample { estimation.sample }

  /// The result.
  func result() throws -> SpatialDurbinResult {
    let errors = covariance.diagonal.map { $0.squareRoot() }
    let estimates = zip(fit.parameters, zip(fit.values, errors)).map {
      Estimate($0, $1.0, standardError: $1.1)
    }
    let (effects, effectNotes) = try effects()
    let tests = specification.isTested ? try SpecificationTests(estimation, fit, covariance).all() : []
    return SpatialDurbinResult(
      specification: specification, outcomeName: sample.outcomeName,
      sample: .init(
        observations: sample.outcome.count, units: sample.unitCount, periods: sample.periodCount,
        droppedRows: sample.droppedRows),
      estimates: estimates, covariance: (0..<estimates.count).map { covariance.row($0) }, effects: effects,
      effectsByOrder: effectsByOrder(), tests: tests,
      decision: tests.isEmpty
        ? [] : DecisionPath(tests, model: specification.model, effects: specification.effects).steps,
      fit: try statistics(), notes: notes + modelNotes() + effectNotes)
  }

  /// The effects in the short run and, for a dynamic model, in the long run.
  private func effects() throws -> ([SpatialEffect], [Phrase]) {
    let impacts = ImpactEffects(fit, names: sample.regressorNames)
    let isDynamic = specification.dynamics != nil
    var effects: [SpatialEffect] = []
    var notes: [Phrase] = []
    for horizon in isDynamic ? [EffectHorizon.short, .long] : [.short] {
      guard let values = try impacts.values(at: fit.values, horizon) else {
        notes.append(
          Phrase("The model is not stable: there are no long-run effects.", zh: "模型不稳定，不存在长期效应。"))
        continue
      }
      let simulated = try SimulatedEffects(
        impacts, parameters: fit.values, covariance: covariance, horizon: horizon,
        draws: specification.draws, seed: specification.seed, level: specification.confidenceLevel)
      if let simulated { notes.append(drawNote(simulated, horizon, isDynamic: isDynamic)) }
      let errors = impacts.standardErrors(values, covariance)
      for (position, kind) in EffectKind.allCases.enumerated() {
        let estimates = impacts.threeKinds(values.effects)[position]
        for (term, place) in impacts.terms.enumerated() {
          let summary = simulated?.summaries[position][term]
          effects.append(
            SpatialEffect(
              term: place.name, kind, isDynamic ? horizon : nil, estimates[term],
              standardError: errors[position][term],
              simulated: summary.map {
                .init(mean: $0.mean, standardError: $0.deviation, low: $0.low, high: $0.high)
              }))
        }
      }
    }
    return (effects, notes)
  }

  private func drawNote(_ simulated: SimulatedEffects, _ horizon: EffectHorizon, isDynamic: Bool)
    -> Phrase
  {
    let (draws, seed) = (specification.draws, specification.seed)
    let run = isDynamic ? (horizon == .short ? " (short run)" : " (long run)") : ""
    let runChinese = isDynamic ? (horizon == .short ? "（短期）" : "（长期）") : ""
    return Phrase(
      "Simulated errors of effects\(run): \(draws) draws, seed \(seed), \(simulated.outside) drawn again because they"
        + " lay outside the bounds.",
      zh: "效应的模拟标准误\(runChinese)：抽样\(draws)次，种子\(seed)，其中\(simulated.outside)次超出参数边界而重抽。")
  }

  private func effectsByOrder() -> [SpatialOrderEffect] {
    guard let orders = specification.orders, estimation.system.lag.isConstant else { return [] }
    let weights = estimation.system.lag.matrices[0]
    let byOrder = EffectsByOrder(
      weights, orders: orders,
      spectrum: estimation.system.lag.dense == nil ? nil : estimation.system.determinant.spectrum)
    let impacts = ImpactEffects(fit, names: sample.regressorNames)
    return impacts.terms.flatMap { term in
      (0...orders).map { order in
        let part = byOrder.contribution(
          order: order, rho: fit.point.rho, b: fit.coefficients[term.b],
          theta: term.theta.map { fit.coefficients[$0] } ?? 0)
        return SpatialOrderEffect(term: term.name, order: order, direct: part.direct, total: part.total)
      }
    }
  }

  private func statistics() throws -> SpatialFitStatistics {
    let count = Double(fit.parameterCount)
    let kind = likelihoodKind
    // An adjusted likelihood is no density: criteria are the direct one's.
    let direct = kind == .adjusted ? try estimation.fit(scope: .neither) : fit
    let l = direct.logLikelihood
    return SpatialFitStatistics(
      logLikelihood: l, kind: kind, parameterCount: fit.parameterCount, aic: -2 * l + 2 * count,
      bic: -2 * l + count * logarithm(direct.transformation.observationCount),
      rSquared: 1 - sumOfSquares / sample.outcome.centredSumOfSquares,
      rSquaredWithin: 1 - sumOfSquares / demeanedOutcome.centredSumOfSquares,
      squaredCorrelation: try squaredCorrelation(), bounds: estimation.system.bounds, score: fit.score,
      maxima: fit.maxima, weightsFingerprint: fingerprint, unitVariance: unitVariance,
      largestRoot: largestRoot)
  }

  private var likelihoodKind: SpatialFitStatistics.LikelihoodKind {
    if fit.likelihood.isRandom { return .random }
    if fit.isAdjusted { return .adjusted }
    if fit.transformation.removesPeriods, fit.filteredPeriods != nil { return .restricted }
    return estimation.scope == .neither ? .direct : .transformed
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

  private func squaredCorrelation() throws -> Double {
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
}

extension SpatialReport {
  /// What the reader must know of the estimate.
  func modelNotes() -> [Phrase] {
    droppedNotes() + randomNotes() + correctionNotes() + errorNotes() + maximaNotes() + boundNotes()
  }

  private func randomNotes() -> [Phrase] {
    guard fit.likelihood.isRandom, fit.process.hasError else { return [] }
    return [
      Phrase(
        "The random effects depend on those of the neighbours as the errors do (Kapoor, Kelejian and Prucha 2007).",
        zh: "随机效应与误差具有相同的空间相关结构（Kapoor–Kelejian–Prucha 2007）。")
    ]
  }

  private func droppedNotes() -> [Phrase] {
    let names = fit.design.droppedNames
    guard !names.isEmpty else { return [] }
    return [
      Phrase(
        "Left out because the fixed effects or other terms determine them: \(listed(names)).",
        zh: "因被固定效应或其他变量完全决定而剔除：\(listed(names, in: .chinese))。")
    ]
  }

  private func correctionNotes() -> [Phrase] {
    let correction = estimation.specification.correction
    if estimation.specification.dynamics != nil, fit.effects.hasUnitMeans {
      return correction == .transform
        ? [
          Phrase(
            "Corrected for the bias of order 1/T (Yu, de Jong and Lee 2008; Lee and Yu 2010); the likelihood is that"
              + " of the uncorrected estimate.",
            zh: "已按Yu–de Jong–Lee（2008）与Lee–Yu（2010）修正O(1/T)偏误；对数似然值为修正前的值。")
        ]
        : [Phrase("Not corrected for the bias of order 1/T.", zh: "未修正O(1/T)偏误。")]
    }
    switch correction {
    case .transform where fit.isAdjusted:
      return [
        Phrase(
          "The rows of the weights have different sums, so that Lee and Yu's transformation does not take out the effects"
            + " of periods: the score is adjusted for them. The likelihood is that of the direct estimate.",
          zh: "权重矩阵各行之和不等，Lee–Yu正交变换无法消除时间效应，故对得分函数作相应修正；对数似然值为直接法估计的值。")
      ]
    case .transform where fit.filteredPeriods != nil:
      return [
        Phrase(
          "The rows of the weights have different sums: the likelihood is restricted to"
            + " \(Int(fit.transformation.observationCount)) contrasts free of the filtered effects; do not compare it with"
            + " one of all observations.",
          zh:
            "权重矩阵各行之和不等：采用受限似然（\(Int(fit.transformation.observationCount))个不含经滤波效应的对比），不可与直接法似然值比较。"
        )
      ]
    case .transform:
      return [
        Phrase(
          "Lee and Yu's transformation: the likelihood is that of \(Int(fit.transformation.observationCount)) transformed"
            + " observations; do not compare it with one of all observations.",
          zh: "采用Lee–Yu正交变换：似然函数基于\(Int(fit.transformation.observationCount))个变换后观测值，不可与直接法似然值比较。")
      ]
    case .elhorst:
      return [
        Phrase(
          "Direct estimate with Elhorst's bias correction; the likelihood is that of the uncorrected estimate.",
          zh: "直接法估计并按Elhorst（2010）修正偏误；对数似然值为修正前的值。")
      ]
    case .some(.none), nil:
      guard asked.correction == nil, fit.effects.isCentred,
        let obstacle = SpatialDefaults.transformationObstacle(asked, estimation.system)
      else { return [] }
      return [
        Phrase(
          "Lee and Yu's transformation does not apply: \(obstacle).", zh: "Lee–Yu正交变换不适用，采用直接法估计。")
      ]
    }
  }

  private func errorNotes() -> [Phrase] {
    switch estimation.specification.standardError {
    case .information where !fit.likelihood.isRandom:
      return [Phrase("Standard errors: expected information.", zh: "标准误：期望信息矩阵。")]
    case .cluster:
      return [Phrase("Standard errors: clustered by unit.", zh: "标准误：按个体聚类。")]
    case .driscollKraay:
      let lags = SpatialCovariance.bandwidth(periodCount: estimation.sample.periodCount)
      return [
        Phrase("Standard errors: Driscoll and Kraay, \(lags) lags.", zh: "标准误：Driscoll–Kraay，滞后\(lags)期。")
      ]
    default:
      let isDefault = asked.standardError == nil && estimation.system.unitCount > LogDeterminant.denseLimit
      return [
        Phrase(
          "Standard errors: observed information"
            + (isDefault
              ? ", the default above \(LogDeterminant.denseLimit) units (\(Setting("se")) information takes longer)."
              : "."),
          zh: "标准误：观测信息矩阵。")
      ]
    }
  }

  private func maximaNotes() -> [Phrase] {
    guard fit.maxima > 1 else { return [] }
    return [
      Phrase(
        "The likelihood has \(fit.maxima) local maxima; this is the highest.",
        zh: "似然函数有\(fit.maxima)个局部极大值，此处取最高者。")
    ]
  }

  private func boundNotes() -> [Phrase] {
    guard fit.process.isSpatial, estimation.system.lag.isConstant,
      estimation.system.determinant.hasNoNegativeEigenvalue
    else { return [] }
    return [
      Phrase(
        "No real eigenvalue of the weights is negative: the lower bound is that of the largest modulus.",
        zh: "权重矩阵没有负的实特征值，参数下界取最大模的倒数（负）。")
    ]
  }

  /// The natural logarithm.
  func logarithm(_ x: Double) -> Double { log(x) }
}
