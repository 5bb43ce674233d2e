internal import RuralValueNumerics

/// Difference and system GMM for dynamic panels.
///
///     y_it = α y_i,t−1 + x_it′β + η_i + ε_it
///
/// The equation is transformed to remove η, and instrumented with lagged levels; system GMM stacks the
/// equation in levels under it, instrumented with lagged differences. With unit i's stacked y, X and Z:
///
///     b = (X′Z A Z′X)⁻¹ X′Z A Z′y,   A₁ = (ΣZᵢ′HZᵢ)⁻,   A₂ = (ΣZᵢ′e₁e₁′Zᵢ)⁻
///
/// Conventions are those of xtabond2 3.7.2. Source: Arellano and Bond (1991); Arellano and Bover (1995);
/// Blundell and Bond (1998); Roodman (2009), "How to do xtabond2", The Stata Journal 9(1).
public enum DynamicPanelEstimator {
  /// Estimates a model on a panel.
  ///
  /// Throws `DynamicPanelError` where the numbers do not permit an estimate, and `FormulaError`, `PanelError`.
  public static func fit(_ panel: Panel, _ specification: DynamicPanelSpecification) throws
    -> DynamicPanelResult
  {
    let model = try PreparedModel(panel, specification)
    let steps = try GMMSteps(model)
    var result = try DynamicPanelResult(
      model, steps, difference: DifferenceComparison(beside: model, steps, panel))
    result.nonlinear = specification.nonlinearMoments.map {
      NonlinearEstimate(beside: model, panel, $0)
    }
    return result
  }
}

extension DynamicPanelResult {
  /// The result of a model's steps.
  init(_ model: PreparedModel, _ steps: GMMSteps, difference: DifferenceComparison?) throws {
    let specification = model.specification
    let covariance = steps.covariance.scaled(by: DynamicPanelResult.smallSampleFactor(model))
    let residualDegrees =
      specification.isSmallSample ? DynamicPanelResult.residualDegrees(model) : nil
    let reference = residualDegrees.map { ReferenceDistribution.t(degreesOfFreedom: $0) } ?? .normal
    let b = steps.reported.coefficients

    self.specification = specification
    assumed = model.assumed
    self.difference = difference
    estimates = DynamicPanelResult.estimates(model, b, covariance, reference)
    self.covariance = (0..<b.count).map { covariance.row($0) }
    self.reference = reference
    let tests = DynamicPanelTests(model, steps, covariance: covariance, residualDegrees: residualDegrees)
    self.tests = tests.all
    criteria = AndrewsLuCriteria(
      hansen: tests.hansen, excess: model.instrumentRank - b.count, units: model.usedUnits)
    ledger = InstrumentLedger(
      model.problem.instruments, dropped: model.firstWeight.dropped,
      units: specification.clusterOfUnit == nil ? model.usedUnits : model.usedClusters)
    bounds = model.laggedOutcomeBounds
    counts = model.counts
    errorVariance = steps.errorVariance
    stepCount = steps.stepCount
    weightRank = (steps.last ?? steps.first).weight.rank
    droppedTimes = model.droppedTimes
    dependent = model.omitted
    unusedUnits = model.unusedUnits
    weakestDirection = tests.underidentification.direction
    twoStepIdentification = tests.underidentification.twoStep
    serialCorrelationByUnit = tests.serialCorrelationByUnit
    regressorLengths = model.problem.sample.crossProduct.diagonal.map { $0.squareRoot() }
    inflation = specification.isCentred ? try CentringInflation(model) : nil
    let margins = try MarginalEffects(model, coefficients: b, covariance: covariance, reference)
    marginalEffects = margins.all
    marginalBands = margins.bands
    turningPoints = TurningPoint.all(of: model, coefficients: b, covariance: covariance, reference)
    updating = steps.updating
    residuals = specification.keepsResiduals ? PanelResiduals(model, steps.reported) : nil
    let products = productTests
    if let place = self.tests.lastIndex(where: { $0.key.hasPrefix("wald") }) {
      self.tests.insert(contentsOf: products, at: place + 1)
    }
  }

  static func estimates(
    _ model: PreparedModel, _ coefficients: [Double], _ covariance: Matrix, _ reference: ReferenceDistribution
  ) -> [Estimate] {
    model.regressors.indices.map { position in
      Estimate(
        model.regressors[position].parameter, coefficients[position],
        standardError: covariance[position, position].squareRoot(), reference: reference)
    }
  }

  /// One classical step: n/(n − k). Else (N − 1)/(N − k) · G/(G − 1), the second factor standing in S
  /// already under an explicit cluster. Source: Roodman (2009), option small; xtabond2 3.7.2.
  static func smallSampleFactor(_ model: PreparedModel) -> Double {
    let specification = model.specification
    guard specification.isSmallSample else { return 1 }
    let k = Double(model.regressors.count)
    if specification.steps == .one && specification.standardErrors == .classical {
      let isLevel = specification.initialWeight == 1 && specification.isSystem
      let rows = Double(model.problem.sample.observationCount(isLevel ? .level : .transformed))
      return rows / (rows - k)
    }
    let (n, units) = (Double(model.observations), Double(model.usedUnits))
    let clustering = specification.clusterOfUnit == nil ? units / (units - 1) : 1
    return (n - 1) / (n - k) * clustering
  }

  /// t's degrees of freedom: groups or clusters, less one where there is a constant's equation.
  static func residualDegrees(_ model: PreparedModel) -> Int {
    let groups = model.specification.clusterOfUnit == nil ? model.usedUnits : model.usedClusters
    return model.specification.isSystem ? groups - 1 : groups
  }
}

extension AndrewsLuCriteria {
  fileprivate init?(hansen: TestResult, excess: Int, units: Int) {
    guard let j = hansen.statistic else { return nil }
    let (c, n) = (Double(excess), Double(units))
    aic = j - 2 * c
    bic = j - c * log(n)
    hqic = j - 2.1 * c * log(log(n))
  }
}

extension Matrix {
  func scaled(by factor: Double) -> Matrix { factor == 1 ? self : factor * self }
}

extension PreparedModel {
  /// The equation in levels, whichever equations are estimated.
  var levels: TransformedSample { TransformedSample.levels(cells).selecting(positions) }

  var laggedOutcomeBounds: LaggedOutcomeBounds? {
    guard let lagPosition else { return nil }
    return LaggedOutcomeBounds(
      levels: levels, lagPosition: lagPosition,
      constantPosition: regressors.firstIndex { $0.parameter.role == .constant })
  }

  var counts: DynamicPanelResult.Counts {
    let sample = problem.sample
    let isUnused = Set(unusedUnits)
    return .init(
      observations: observations, transformed: sample.observationCount(.transformed),
      level: specification.isSystem ? sample.observationCount(.level) : nil, units: usedUnits,
      clusters: specification.clusterOfUnit == nil ? nil : usedClusters, periods: panel.periods.count,
      unusedRows: unusedRows(isUnused))
  }

  /// Rows in which one of the formula's columns is missing, and all rows of units that are not used.
  private func unusedRows(_ isUnused: Set<String>) -> Int {
    let columns = specification.formula.variables.compactMap { try? panel.values(of: $0) }
    return (0..<panel.rowCount).count { row in
      isUnused.contains(panel.unit(ofRow: row)) || columns.contains { $0[row].isNaN }
    }
  }
}
