internal import RuralValueNumerics

/// The moments of a model, from which every step is computed.
struct GMMProblem: Sendable {
  let sample: TransformedSample
  let instruments: InstrumentMatrix
  /// For each unit its cluster.
  let clusterOfUnit: [Int]
  /// The number of clusters, used or not.
  let clusterCount: Int
  /// What S is multiplied with: C/(C − 1) under an explicit cluster and small-sample correction, else 1.
  let covarianceScale: Double
  /// Z′X, j × k.
  let instrumentRegressors: Matrix
  /// Z′y, j.
  let instrumentOutcome: [Double]

  init(
    sample: TransformedSample, instruments: InstrumentMatrix, clusterOfUnit: [Int], covarianceScale: Double
  ) {
    self.sample = sample
    self.instruments = instruments
    self.clusterOfUnit = clusterOfUnit
    self.covarianceScale = covarianceScale
    clusterCount = (clusterOfUnit.max() ?? -1) + 1
    instrumentRegressors = instruments.transposedTimesRegressors(of: sample)
    instrumentOutcome = instruments.transposedTimes(sample.blocks.map(\.outcome))
  }

  /// Zᵢ′eᵢ summed within clusters, C × j.
  func scores(_ residuals: [[Double]]) -> Matrix {
    clusterSums(instruments.unitProducts(residuals))
  }

  /// S = ΣZ_c′e_c e_c′Z_c, j × j.
  func covariance(ofScores scores: Matrix) -> Matrix {
    let product = scores.crossProduct
    return covarianceScale == 1 ? product : covarianceScale * product
  }

  /// Whether clusters are wider than units.
  var isClustered: Bool { clusterOfUnit.indices.contains { clusterOfUnit[$0] != $0 } }

  /// Rows of units summed within clusters.
  func clusterSums(_ units: Matrix) -> Matrix {
    guard isClustered else { return units }
    var sums = [Double](repeating: 0, count: clusterCount * units.columnCount)
    let elements = units.elements
    for column in 0..<units.columnCount {
      for unit in 0..<units.rowCount {
        sums[column * clusterCount + clusterOfUnit[unit]] += elements[column * units.rowCount + unit]
      }
    }
    return Matrix(rowCount: clusterCount, columnCount: units.columnCount, columnMajor: sums)
  }

  /// Numbers of units summed within clusters.
  func clusterSums(_ units: [Double]) -> [Double] {
    clusterSums(Matrix(rowCount: units.count, columnCount: 1, columnMajor: units)).elements
  }
}

/// Z_c′y_c and Z_c′X_c of every cluster, from which the moments Z_c′(y_c − X_c b) of any b follow.
struct ClusterMoments: Sendable {
  /// Z_c′y_c, C × j.
  let outcome: Matrix
  /// Z_c′x_c of each regressor, C × j.
  let regressors: [Matrix]

  init(_ problem: GMMProblem) {
    outcome = problem.scores(problem.sample.blocks.map(\.outcome))
    regressors = (0..<problem.sample.coefficientCount).map { place in
      problem.scores(problem.sample.blocks.map { $0.regressors.column(place) })
    }
  }

  private init(outcome: Matrix, regressors: [Matrix]) {
    self.outcome = outcome
    self.regressors = regressors
  }

  /// Those of some instruments.
  func selecting(_ instruments: [Int]) -> ClusterMoments {
    ClusterMoments(
      outcome: outcome.selectingColumns(instruments),
      regressors: regressors.map { $0.selectingColumns(instruments) })
  }

  /// Z_c′(y_c − X_c b), C × j.
  func rows(_ coefficients: [Double]) -> Matrix {
    var rows = outcome
    for (part, value) in zip(regressors, coefficients) { rows.add(part, scale: -value) }
    return rows
  }
}

/// One step of GMM: the coefficients that a weight matrix gives.
///
///     b = V X′Z A Z′y,   V = (X′Z A Z′X)⁻¹
///
/// Source: Hansen (1982); Roodman (2009).
struct GMMStep: Sendable {
  /// A, j × j.
  let weight: WeightMatrix
  /// b, k.
  let coefficients: [Double]
  /// V, k × k.
  let bread: Matrix
  /// A Z′X V, j × k, through which moments move coefficients.
  let influence: Matrix
  /// e = y − Xb, block by block.
  let residuals: [[Double]]
  /// Z′e, j.
  let moments: [Double]

  /// A step from its parts.
  init(
    weight: WeightMatrix, coefficients: [Double], bread: Matrix, influence: Matrix, residuals: [[Double]],
    moments: [Double]
  ) {
    self.weight = weight
    self.coefficients = coefficients
    self.bread = bread
    self.influence = influence
    self.residuals = residuals
    self.moments = moments
  }

  /// Throws `DynamicPanelError.notIdentified` where X′Z A Z′X is singular.
  init(_ problem: GMMProblem, weight: WeightMatrix) throws(DynamicPanelError) {
    self.weight = weight
    let weighted = weight.times(problem.instrumentRegressors)
    let names = problem.sample.coefficientNames
    bread = try GMMStep.inverse(
      problem.instrumentRegressors.transposedTimes(weighted).symmetrised, rank: weight.rank, names: names)
    influence = weighted.times(bread)
    let first = influence.transposedTimes(problem.instrumentOutcome)
    // One pass of refinement takes away what the normal equations lost.
    let rest = problem.instrumentOutcome.minus(problem.instrumentRegressors.times(first))
    coefficients = first.plus(influence.transposedTimes(rest))
    guard coefficients.allSatisfy(\.isFinite) else { throw .overflow(what: "A coefficient") }
    residuals = problem.sample.residuals(coefficients)
    moments = problem.instrumentOutcome.minus(problem.instrumentRegressors.times(coefficients))
  }

  /// (Z′e)′A(Z′e).
  var criterion: Double { weight.quadraticForm(moments) }

  /// The inverse of a symmetric matrix whose variables may differ in scale by many orders.
  static func inverse(_ matrix: Matrix, rank: Int, names: [String]) throws(DynamicPanelError) -> Matrix {
    let lengths = matrix.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    let scaled = matrix.scaledOnBothSides(by: lengths)
    do {
      let inverse = try Cholesky(scaled, relativeTolerance: 1e-13).inverse
      return inverse.scaledOnBothSides(by: lengths).symmetrised
    } catch FactorizationError.notPositiveDefinite(let minor) {
      throw .notIdentified(weightRank: rank, coefficients: names.count, suspects: [names[minor - 1]])
    } catch {
      throw .overflow(what: "The information about the coefficients")
    }
  }
}
