/// What a least squares regression found.
///
/// Vectors over the k columns of X have a zero for each dropped column.
public struct LeastSquaresResult: Sendable, Equatable {
  /// β̂, k elements.
  public let coefficients: [Double]
  /// The residuals y − Xβ̂, n elements.
  public let residuals: [Double]
  /// (XᵀX)⁻¹ on the kept columns, k × k.
  public let crossProductInverse: Matrix
  /// The residual sum of squares, Σ eᵢ².
  public let residualSumOfSquares: Double
  /// The total sum of squares, Σ (yᵢ − ȳ)², or Σ yᵢ² where R² is uncentred.
  public let totalSumOfSquares: Double
  /// The rank r of X, the number of kept columns.
  public let rank: Int
  /// The indices of the dropped columns, ascending.
  public let droppedColumns: [Int]
  /// The names of the dropped columns; empty where no names were given.
  public let droppedColumnNames: [String]

  init(
    _ problem: LeastSquares, outcome: [Double], coefficients kept: [Double], residuals: [Double],
    centred: Bool
  ) {
    var coefficients = [Double](repeating: 0, count: problem.regressors.columnCount)
    for (index, value) in zip(problem.columns.kept, kept) { coefficients[index] = value }
    self.coefficients = coefficients
    self.residuals = residuals
    crossProductInverse = problem.crossProductInverse
    residualSumOfSquares = residuals.map { $0 * $0 }.compensatedSum
    totalSumOfSquares = centred ? outcome.centredSumOfSquares : outcome.map { $0 * $0 }.compensatedSum
    rank = problem.rank
    droppedColumns = problem.columns.dropped
    droppedColumnNames = problem.droppedColumnNames
  }

  /// The number of observations, n.
  public var observationCount: Int { residuals.count }

  /// The residual degrees of freedom, n − r.
  public var degreesOfFreedom: Int { observationCount - rank }

  /// σ̂² = Σ eᵢ² / (n − r); NaN without degrees of freedom.
  public var residualVariance: Double {
    degreesOfFreedom > 0 ? residualSumOfSquares / Double(degreesOfFreedom) : .nan
  }

  /// σ̂, the residual standard deviation.
  public var residualStandardDeviation: Double { residualVariance.squareRoot() }

  /// The covariance of the coefficients under homoskedastic errors, σ̂² (XᵀX)⁻¹, k × k.
  public var covariance: Matrix { residualVariance * crossProductInverse }

  /// The coefficients' standard errors under homoskedastic errors; zero for dropped columns.
  public var standardErrors: [Double] {
    crossProductInverse.diagonal.map { residualStandardDeviation * $0.squareRoot() }
  }

  /// R² = 1 − Σ eᵢ² / total sum of squares; NaN for a constant outcome.
  public var rSquared: Double {
    totalSumOfSquares > 0 ? 1 - residualSumOfSquares / totalSumOfSquares : .nan
  }

  /// The fitted values Xβ̂ = y − e, given the outcome that was regressed.
  public func fittedValues(outcome: [Double]) -> [Double] { outcome.minus(residuals) }
}
