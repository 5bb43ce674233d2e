internal import RuralValueNumerics

/// Wald's form d′V⁻¹d of estimates d, r × 1, with their covariance V, r × r, and the rank of V.
///
/// V is scaled to a diagonal of one first, so that the units of the estimates do not matter. Of a V without full rank the
/// form is that of the estimates that are independent.
struct WaldForm {
  let value: Double
  let rank: Int
  /// Whether V has not the rank of its size, or an estimate has no variance.
  let isSingular: Bool

  init(_ estimates: [Double], _ covariance: Matrix, tolerance: Double = 1e-13) {
    let scales = covariance.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    guard scales.allSatisfy({ $0 > 0 }),
      let factor = try? PivotedCholesky(covariance.scaledOnBothSides(by: scales), tolerance: tolerance),
      factor.rank > 0
    else {
      (value, rank, isSingular) = (.nan, 0, true)
      return
    }
    let scaled = zip(estimates, scales).map(*)
    value = scaled.innerProduct(with: factor.solve(scaled))
    rank = factor.rank
    isSingular = factor.rank < estimates.count
  }

  /// The form over its rank as F, where the estimates are held against t; else χ².
  func statistic(degreesOfFreedom: Int?) -> TestResult.Statistic {
    degreesOfFreedom.map { .init(value / Double(rank), .f(rank, $0)) } ?? .init(value, .chiSquared(rank))
  }
}
