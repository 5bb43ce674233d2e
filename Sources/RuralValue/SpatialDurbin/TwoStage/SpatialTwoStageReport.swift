internal import RuralValueNumerics

/// Turns two-stage least squares into a result: inference, effects, tests of the instruments, and what the reader must
/// know.
struct SpatialTwoStageReport {
  let estimate: SpatialTwoStage
  let fingerprint: String
  let notes: [Phrase]

  private var sample: SpatialSample { estimate.sample }
  private var linear: LinearFit { estimate.fit.fit }

  /// The specification with the terms that enter with their lags, and the powers of W.
  private var specification: SpatialDurbinSpecification {
    var resolved = estimate.specification
    if resolved.model.hasLag {
      resolved.instrumentLags =
        resolved.instrumentLags ?? SpatialEstimatorRules.defaultInstrumentLags(resolved)
    }
    resolved.durbin =
      resolved.durbin
      ?? estimate.columns.compactMap { column in
        guard case .durbin(let place) = column else { return nil }
        return sample.regressorNames[place]
      }
    return resolved
  }

  /// The result.
  func result() throws -> SpatialDurbinResult {
    let coefficients = estimate.coefficients
    let matrix = estimate.covariance.matrix
    let estimates =
      linear.parameters.indices.map { place in
        Estimate(
          linear.parameters[place], coefficients[place], standardError: matrix[place, place].squareRoot(),
          reference: estimate.reference)
      } + [Estimate(.variance, estimate.sigma2, reference: estimate.reference)]
    let covariance =
      coefficients.indices.map { matrix.row($0) + [.nan] }
      + [[Double](repeating: .nan, count: coefficients.count + 1)]
    let tests = try InstrumentTests(estimate.fit, level: specification.confidenceLevel)
    let isInside = rho.map { value in
      value > estimate.system.bounds.lowerBound && value < estimate.system.bounds.upperBound
    }
    let effects =
      isInside == false
      ? nil
      : try EstimatedEffects(
        estimate.impacts, parameters: coefficients, covariance: matrix, specification,
        reference: estimate.reference)
    return SpatialDurbinResult(
      specification: specification, outcomeName: sample.outcomeName,
      sample: .init(
        observations: sample.outcome.count, units: sample.unitCount, periods: sample.periodCount,
        droppedRows: sample.droppedRows),
      errors: errors, estimates: estimates, covariance: covariance, effects: effects?.effects ?? [],
      effectsByOrder: effects == nil
        ? [] : estimate.impacts.byOrder(specification, parameters: coefficients),
      tests: specification.isTested ? try all(tests) : [], decision: [],
      fit: try statistics(isInside: isInside != false), instruments: tests.summary,
      notes: notes + ownNotes(tests.summary) + (effects?.notes ?? []),
      estimateCautions: isInside == false ? [outsideCaution] : [])
  }

  private var rho: Double? { estimate.rhoPlace.map { estimate.coefficients[$0] } }

  // MARK: Tests

  private func all(_ tests: InstrumentTests) throws -> [TestResult] {
    tests.firstStages(\.classicalF) + tests.identification + (try overidentification(tests))
      + [tests.andersonRubin] + [try estimate.endogeneity(tests), lagTest].compactMap(\.self)
  }

  /// Wald's test that an SDM is an SAR: all spatial lags of regressors are zero.
  private var lagTest: TestResult? {
    let places = linear.parameters.indices.filter { place in
      if case .spatialLag = linear.parameters[place].role { true } else { false }
    }
    guard specification.model == .sdm, !places.isEmpty else { return nil }
    let form = WaldForm(
      places.map { estimate.coefficients[$0] }, estimate.covariance.matrix.selecting(places))
    guard !form.isSingular else {
      return TestResult(
        "wald_sar", WaldTests.toLag,
        notComputed: Phrase("the restrictions' covariance is not positive definite", zh: "约束的协方差矩阵非正定"))
    }
    return TestResult(
      "wald_sar", WaldTests.toLag,
      form.statistic(degreesOfFreedom: estimate.covariance.summary.degreesOfFreedom))
  }

  /// Sargan's test as other programs print it and as it holds its size, of classical errors; Hansen's of all others.
  private func overidentification(_ tests: InstrumentTests) throws -> [TestResult] {
    guard estimate.setting.rule == .classical,
      let plain = try tests.sargan(
        Phrase("Sargan: the instruments are valid", zh: "Sargan检验：工具变量有效"), countingEffects: false),
      let corrected = try tests.sargan(
        key: "sargan_corrected",
        Phrase("Sargan, corrected for the fixed effects", zh: "Sargan检验（按固定效应修正自由度）"),
        countingEffects: true)
    else { return [tests.hansen] }
    return [plain, corrected]
  }

  // MARK: Fit

  private func statistics(isInside: Bool) throws -> SpatialFitStatistics {
    let rss = linear.residualSumOfSquares
    return SpatialFitStatistics(
      logLikelihood: .nan, kind: nil, parameterCount: linear.parameterCount + 1, aic: .nan, bic: .nan,
      rSquared: 1 - rss / sample.outcome.centredSumOfSquares,
      rSquaredWithin: 1 - rss / estimate.problem.outcome.centredSumOfSquares,
      squaredCorrelation: isInside ? try squaredCorrelation() : .nan, bounds: estimate.system.bounds,
      score: .nan, maxima: nil, weightsFingerprint: fingerprint, unitVariance: nil, largestRoot: nil,
      meanAbsoluteCorrelation: nil)
  }

  /// That of the demeaned outcome and (I − ρW)⁻¹Zb.
  private func squaredCorrelation() throws -> Double {
    let outcome = estimate.problem.outcome
    var fitted = [Double](repeating: 0, count: outcome.count)
    for (place, column) in linear.kept.enumerated() where estimate.columns[column] != nil {
      fitted.add(estimate.problem.columns[column], scale: estimate.coefficients[place])
    }
    if let rho { fitted = try estimate.system.solve(fitted, rho: rho) }
    return SpatialFitStatistics.squaredCorrelation(
      fitted, outcome, centred: !PanelEffects(specification.effects).isCentred)
  }

  // MARK: What the reader must know

  private var errors: SpatialErrorSummary {
    let summary = estimate.covariance.summary
    let rule = specification.standardError ?? .cluster
    return SpatialErrorSummary(
      rule: rule, groups: rule == .cluster ? summary.clusters.first : nil,
      groupColumn: specification.clusters?.column, lags: summary.lags, conley: summary.conley,
      disagreement: nil, notes: [errorNote(summary)])
  }

  private func errorNote(_ summary: LinearErrorSummary) -> Phrase {
    let t = "t(\(summary.degreesOfFreedom))"
    switch summary.rule {
    case .classical:
      return Phrase(
        "Standard errors: classical, of independent errors of one variance; \(t).",
        zh: "标准误：常规（误差独立同方差）；\(t)。")
    case .robust:
      return Phrase(
        "Standard errors: robust to errors of unequal variance, each independent of all others; \(t).",
        zh: "标准误：异方差稳健（各观测误差相互独立）；\(t)。")
    case .driscollKraay:
      return Phrase(
        "Standard errors: Driscoll and Kraay, \(summary.lags ?? 0) lags; \(t).",
        zh: "标准误：Driscoll–Kraay，滞后\(summary.lags ?? 0)期；\(t)。")
    case .conley:
      let cutoff = RoundTripNumber.text(summary.conley?.cutoff ?? 0)
      let isSquared = summary.conley?.kernel == .squared
      return Phrase(
        "Standard errors: Conley, \(isSquared ? "kernel (1 − d/c)² (the Bartlett kernel gave a negative variance)" : "Bartlett kernel")"
          + " up to \(cutoff) km, any dependence over time within a unit; \(t).",
        zh: "标准误：Conley，\(isSquared ? "核函数(1 − d/c)²（Bartlett核给出负方差）" : "Bartlett核")，截断距离\(cutoff)公里，"
          + "个体内任意时序相关；\(t)。")
    case .cluster, .twoWayCluster, .bootstrap:
      let column = specification.clusters?.column
      let count = summary.clusters.first ?? 0
      return Phrase(
        "Standard errors: clustered by \(column ?? "unit"), \(count) clusters, without a factor for small samples; \(t).",
        zh: "标准误：按\(column ?? "个体")聚类（\(count)个聚类），未乘小样本系数；\(t)。")
    }
  }

  private func ownNotes(_ instruments: InstrumentSummary) -> [Phrase] {
    let names = instruments.stages.map(\.name)
    var notes = [
      Phrase(
        "Endogenous: \(listed(names)). Instruments beside the exogenous regressors: \(listed(instruments.instruments, most: 20))."
          + (rho == nil ? "" : " rho is the coefficient of the neighbours' outcome, Wy."),
        zh:
          "内生变量：\(listed(names, in: .chinese))。除外生解释变量外的工具变量：\(listed(instruments.instruments, most: 20, in: .chinese))。"
          + (rho == nil ? "" : "rho为邻居被解释变量Wy的系数。"))
    ]
    if !instruments.dropped.isEmpty {
      notes.append(
        Phrase(
          "Instruments left out, for the effects or other columns determine them: \(listed(instruments.dropped, most: 20)).",
          zh: "因共线而剔除的工具变量：\(listed(instruments.dropped, most: 20, in: .chinese))。"))
    }
    let dropped = linear.dropped.map(\.name)
    if !dropped.isEmpty {
      notes.append(
        Phrase(
          "Left out because the fixed effects or other terms determine them: \(listed(dropped)).",
          zh: "因被固定效应或其他变量完全决定而剔除：\(listed(dropped, in: .chinese))。"))
    }
    return notes + [SpatialDurbinResult.withoutLikelihoodNote]
  }

  private var outsideCaution: Phrase {
    let (low, high) = (estimate.system.bounds.lowerBound, estimate.system.bounds.upperBound)
    let shown = [rho ?? .nan, low, high].map { FixedDecimals.text($0, decimals: 3) }
    return Phrase(
      "rho = \(shown[0]) lies outside (\(shown[1]), \(shown[2])), the range in which (I − ρW)⁻¹ adds up what spills over: there are no"
        + " effects. Weak instruments of Wy, or a spatial trend that the model lacks, are the usual causes.",
      zh: "rho = \(shown[0])超出(\(shown[1]), \(shown[2]))，(I − ρW)⁻¹不再是溢出效应之和，故不报告效应。常见原因是Wy的工具变量偏弱，或模型遗漏空间趋势。"
    )
  }
}

extension SpatialFitStatistics {
  /// The squared correlation of two series, of which demeaned ones are taken as they are, as in Elhorst's programs.
  static func squaredCorrelation(_ fitted: [Double], _ outcome: [Double], centred: Bool) -> Double {
    let (meanFit, meanOutcome) = centred ? (fitted.mean, outcome.mean) : (0, 0)
    let (x, y) = (fitted.map { $0 - meanFit }, outcome.map { $0 - meanOutcome })
    let product = x.innerProduct(with: y)
    return product * product / (x.innerProduct(with: x) * y.innerProduct(with: y))
  }
}
