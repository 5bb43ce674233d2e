internal import RuralValueNumerics

/// Instrumental variables on columns without their effects.
///
///     b = (X′PX)⁻¹ X′Py,   P the projection on W = [exogenous regressors, instruments]
///
/// Efficient GMM: b = (X′W S⁻¹ W′X)⁻¹ X′W S⁻¹ W′y, S the variance of Σ w_i e_i with residuals of two-stage least
/// squares, by the rule of the standard errors.
///
/// Sources: Wooldridge (2010), chapters 5 and 8; Baum, Schaffer and Stillman (2007); methods/fixed-effects.md.
struct InstrumentalFit: Sendable {
  /// The estimate.
  let fit: LinearFit
  /// y, the regressors X, W and the endogenous regressors, times √w.
  let outcome: [Double]
  let regressors: Matrix
  let allInstruments: Matrix
  /// The exogenous regressors that were kept, n × K2.
  let exogenous: Matrix
  /// The instruments that were kept, n × L1, and their names.
  let excluded: Matrix
  let instrumentNames: [String]
  /// Instruments that the effects and other columns determine.
  let droppedInstruments: [String]
  /// The endogenous regressors, n × K1, and their names.
  let endogenous: Matrix
  let endogenousNames: [String]
  /// Which of the fit's parameters are endogenous.
  let endogenousPlaces: [Int]
  /// J = e′W S⁻¹ W′e, or the reason why there is none.
  let hansen: Overidentification
  /// The residuals of two-stage least squares, times √w.
  let weightedResiduals: [Double]
  let setting: LinearCovariance.Setting

  /// Hansen's J.
  enum Overidentification: Sendable {
    case exact
    case statistic(Double, degreesOfFreedom: Int)
    case absent(Phrase)
  }

  init(
    _ problem: LinearProblem, _ setting: LinearCovariance.Setting,
    _ estimator: FixedEffectsSpecification.InstrumentalEstimator
  ) throws {
    let roots = problem.weights.map { $0.map { $0.squareRoot() } }
    func weighted(_ values: [Double]) -> [Double] { roots.map { zip($0, values).map(*) } ?? values }
    let exogenousPlaces = problem.columns.indices.filter { !problem.endogenous[$0] }
    let endogenousPlaces = problem.columns.indices.filter { problem.endogenous[$0] }
    let candidates = Matrix(
      columns: exogenousPlaces.map { weighted(problem.columns[$0]) } + problem.instruments.map(weighted))
    let first = try LeastSquares(
      candidates, columnScales: exogenousPlaces.map { problem.lengths[$0] } + problem.instrumentLengths)
    let kept = first.columns.kept
    let keptExogenous = kept.filter { $0 < exogenousPlaces.count }
    let keptInstruments = kept.filter { $0 >= exogenousPlaces.count }.map { $0 - exogenousPlaces.count }
    instrumentNames = keptInstruments.map { problem.instrumentNames[$0] }
    droppedInstruments = problem.instrumentNames.indices.filter { !keptInstruments.contains($0) }
      .map { problem.instrumentNames[$0] }
    // An endogenous regressor may vanish with the effects as any other.
    let varying = endogenousPlaces.filter {
      problem.columns[$0].euclideanNorm > IndependentColumns.defaultTolerance * problem.lengths[$0]
    }
    guard !varying.isEmpty else {
      throw FixedEffectsError.noRegressors(
        dropped: endogenousPlaces.map { problem.parameters[$0].name }, effects: problem.effectsName)
    }
    endogenousNames = varying.map { problem.parameters[$0].name }
    guard keptInstruments.count >= varying.count else {
      throw InstrumentError.tooFew(
        instruments: instrumentNames, endogenous: endogenousNames, dropped: droppedInstruments)
    }
    exogenous = candidates.selectingColumns(keptExogenous)
    excluded = candidates.selectingColumns(keptInstruments.map { $0 + exogenousPlaces.count })
    endogenous = Matrix(columns: varying.map { weighted(problem.columns[$0]) })
    allInstruments = exogenous.appendingColumns(excluded)
    outcome = weighted(problem.outcome)

    // Columns of X and of its projection in the formula's order.
    var (own, projected) = ([[Double]](), [[Double]]())
    let used = (keptExogenous.map { exogenousPlaces[$0] } + varying).sorted()
    for place in used {
      let column = weighted(problem.columns[place])
      own.append(column)
      guard problem.endogenous[place] else {
        projected.append(column)
        continue
      }
      projected.append(column.minus(try first.regress(column, centred: false, refinementSteps: 2).residuals))
    }
    regressors = Matrix(columns: own)
    let design = Matrix(columns: projected)
    let second = try LeastSquares(design, columnNames: used.map { problem.parameters[$0].name })
    guard second.columns.dropped.isEmpty else {
      throw FixedEffectsError.regression(
        "The instruments do not tell \(listed(second.droppedColumnNames)) from the other regressors.")
    }
    let b = try second.regress(outcome, centred: false, refinementSteps: 2).coefficients
    let residuals = outcome.minus(regressors * b)
    weightedResiduals = residuals
    self.setting = setting
    self.endogenousPlaces = used.indices.filter { problem.endogenous[used[$0]] }

    let weighting = try? Weighting(allInstruments, residuals, setting)
    let excess = allInstruments.columnCount - used.count
    let (x, y, w) = (regressors, outcome, allInstruments)
    let gmm = try weighting.map { try $0.estimate(x, y, w) }
    if excess == 0 {
      hansen = .exact
    } else if let weighting, let gmm {
      let error = outcome.minus(regressors * gmm.coefficients)
      hansen = .statistic(
        try weighting.form(allInstruments.transposedTimes(error)), degreesOfFreedom: excess)
    } else {
      hansen = .absent(
        Phrase(
          "the instruments are as many as the clusters, or their moments dependent",
          zh: "工具变量数不少于聚类数，或矩条件线性相关"))
    }
    let parameters = problem.parameters
    switch estimator {
    case .twoStage:
      fit = LinearFit(
        kept: used, parameters: parameters, coefficients: b, weightedResiduals: residuals, roots: roots,
        design: design, bread: second.crossProductInverse, outcome: outcome)
    case .gmm:
      guard let weighting, let gmm else {
        throw FixedEffectsError.notOffered(
          "Efficient GMM needs more clusters than instruments; found \(setting.clusterCounts.min() ?? 0) clusters and"
            + " \(allInstruments.columnCount) instruments, exogenous regressors included. Take"
            + " \(RuralValue.Setting("estimator")) 2sls.")
      }
      fit = LinearFit(
        kept: used, parameters: parameters, coefficients: gmm.coefficients,
        weightedResiduals: outcome.minus(regressors * gmm.coefficients), roots: roots,
        design: try weighting.combined(allInstruments, regressors), scoredWith: residuals, bread: gmm.bread,
        outcome: outcome)
    }
  }

  /// S⁻¹, by the rule of the standard errors.
  private struct Weighting {
    private let factor: Cholesky

    init(_ instruments: Matrix, _ residuals: [Double], _ setting: LinearCovariance.Setting) throws {
      if let count = setting.clusterCounts.min(), count <= instruments.columnCount {
        throw FactorizationError.notPositiveDefinite(minor: count)
      }
      let meat =
        setting.rule == .classical
        ? residuals.map { $0 * $0 }.compensatedSum / Double(residuals.count) * instruments.crossProduct
        : try LinearCovariance.meat(instruments.scalingRows(by: residuals), setting)
      factor = try Cholesky(meat, relativeTolerance: 1e-12)
    }

    /// v′S⁻¹v.
    func form(_ v: [Double]) throws -> Double { v.innerProduct(with: try factor.solve(v)) }

    /// b and (X′W S⁻¹ W′X)⁻¹.
    func estimate(
      _ regressors: Matrix, _ outcome: [Double], _ instruments: Matrix
    ) throws -> (coefficients: [Double], bread: Matrix) {
      let cross = instruments.transposedTimes(regressors)
      let weighted = try factor.solve(cross)
      let bread = try Cholesky(cross.transposedTimes(weighted).symmetrised).inverse
      return (bread * weighted.transposedTimes(instruments.transposedTimes(outcome)), bread)
    }

    /// W S⁻¹ W′X, whose rows times residuals are the scores of GMM.
    func combined(_ instruments: Matrix, _ regressors: Matrix) throws -> Matrix {
      instruments * (try factor.solve(instruments.transposedTimes(regressors)))
    }
  }
}
