internal import RuralValueNumerics

/// What lies between units where their random effects do not depend on those of the neighbours, but the errors do.
///
/// With c = Tσ²_μ/σ² = 1/θ² − 1, B = I − λW and u the units' mean residuals times √T, Var u = σ²(cI + (B′B)⁻¹), so that
/// L⁻¹Bu has the variance σ²I, LL′ = K = I + cBB′, and the likelihood has −½ log|K| where the form of Kapoor, Kelejian
/// and Prucha, in which effects are filtered like errors, has N log θ. The time at one point is that of N³ multiplications.
///
/// Sources: Anselin (1988), ch. 10; Baltagi, Song and Koh (2003), Journal of Econometrics 117.
final class IndependentEffects {
  /// The columns at one point.
  struct Filtered {
    /// L⁻¹B of the columns of Z, and of y.
    let columns: Matrix
    /// −½ log|K| and its derivatives in λ and c.
    let determinant: (value: Double, lambda: Double, c: Double)
    fileprivate let factor: Cholesky
  }

  private let weights: SparseMatrix
  /// Z and y between units, N × (k + 1), and their lags.
  private let columns: Matrix
  private let laggedColumns: Matrix
  /// W + W′, WW′.
  private let linear: Matrix
  private let square: Matrix
  private var known: [(lambda: Double, theta: Double, filtered: Filtered)] = []

  /// Z and y, and WZ and Wy, between units. Throws `SpatialDurbinError.tooLarge`.
  init(_ columns: [[Double]], lagged: [[Double]], _ weights: SparseMatrix) throws(SpatialDurbinError) {
    try MemoryLimit.require(
      bytes: 48 * Double(weights.size) * Double(weights.size),
      for: "Random effects of \(grouped(weights.size)) units that do not depend on their neighbours'",
      remedy: "Take \(Setting("effects")) random", orThrow: SpatialDurbinError.tooLarge)
    self.columns = Matrix(columns: columns)
    laggedColumns = Matrix(columns: lagged)
    self.weights = weights
    let dense = weights.dense
    linear = dense + dense.transposed
    square = dense.timesTransposed(dense)
  }

  /// 1/θ² − 1.
  static func c(_ theta: Double) -> Double { 1 / (theta * theta) - 1 }

  /// The columns at a point; those of the last few are kept.
  func callAsFunction(_ point: SpatialPoint) throws -> Filtered {
    if let found = known.first(where: { $0.lambda == point.lambda && $0.theta == point.theta }) {
      return found.filtered
    }
    let (lambda, c) = (point.lambda, IndependentEffects.c(point.theta))
    // BB′ = I − λ(W + W′) + λ²WW′, and K = I + cBB′.
    var product = lambda * lambda * square
    product.add(linear, scale: -lambda)
    for i in 0..<weights.size { product[i, i] += 1 }
    var k = c * product
    for i in 0..<weights.size { k[i, i] += 1 }
    let factor = try Cholesky(k)
    let inverse = factor.inverse
    // tr K⁻¹(WB′ + BW′) = tr K⁻¹(W + W′ − 2λWW′).
    let slope =
      inverse.elements.innerProduct(with: linear.elements)
      - 2 * lambda * inverse.elements.innerProduct(with: square.elements)
    let spread = inverse.elements.innerProduct(with: product.elements)
    var filtered = columns
    filtered.add(laggedColumns, scale: -lambda)
    let result = Filtered(
      columns: try factor.solveLower(filtered),
      determinant: (-0.5 * factor.logDeterminant, 0.5 * c * slope, -0.5 * spread), factor: factor)
    known = known.suffix(5) + [(point.lambda, point.theta, result)]
    return result
  }

  /// m = K⁻¹Bu from L⁻¹Bu, and B′m.
  private func weighted(_ residuals: [Double], _ point: SpatialPoint) throws -> (m: [Double], back: [Double])
  {
    let m = try self(point).factor.solveLowerTransposed(residuals)
    var back = m
    back.add(weights.transposed.times(m), scale: -point.lambda)
    return (m, back)
  }

  /// Minus half the derivative of ‖L⁻¹Bu‖² in λ, as a vector whose product with L⁻¹Bu it is: L⁻¹W(u − cB′m).
  func slope(_ b: [Double], _ residuals: [Double], _ point: SpatialPoint) throws -> [Double] {
    var u = columns.column(b.count)
    for (term, value) in b.enumerated() { u.add(columns.column(term), scale: -value) }
    u.add(try weighted(residuals, point).back, scale: -IndependentEffects.c(point.theta))
    return try self(point).factor.solveLower(Matrix(columns: [weights.times(u)])).elements
  }

  /// The derivative of ‖L⁻¹Bu‖² in c, −‖B′m‖².
  func spread(_ residuals: [Double], _ point: SpatialPoint) throws -> Double {
    let back = try weighted(residuals, point).back
    return -back.innerProduct(with: back)
  }
}
