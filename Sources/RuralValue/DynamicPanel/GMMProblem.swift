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

  /// Rows of units summed within clusters.
  func clusterSums(_ units: Matrix) -> Matrix {
    guard clusterOfUnit.indices.contains(where: { clusterOfUnit[$0] != $0 }) else { return units }
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
