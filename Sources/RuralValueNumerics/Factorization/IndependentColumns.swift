/// Which columns of a matrix are linearly independent of the columns before them.
///
/// Columns are scaled to unit length. In order, each is made orthogonal to the columns kept so far;
/// what remains of it has a length between 0 and 1, the sine of its angle to their span. A column is
/// dropped where that sine is at most the tolerance. So of two collinear columns the later one is
/// dropped, as Stata and R do.
///
/// The default tolerance is 10⁻¹⁰. Rounding leaves a sine of about 10⁻¹⁵ in a column that is exactly
/// collinear, 10⁻¹³ where the columns were themselves computed; the tenth power in NIST's Filip, a
/// column that must stay, has a sine of 5·10⁻⁸, so that R's tolerance of 10⁻⁷ drops it.
///
/// Source: the rule is that of LINPACK's dqrdc2 (R's `lm`), here applied to R of a Householder QR.
public struct IndependentColumns: Sendable, Equatable {
  /// The tolerance on the sine of a column's angle to the span of the columns before it.
  public static let defaultTolerance = 1e-10

  /// The indices of the independent columns, ascending.
  public let kept: [Int]
  /// The indices of the columns that depend on earlier ones, ascending.
  public let dropped: [Int]

  /// Decides for an n × k matrix.
  ///
  /// `scales` gives, where the columns are what a transformation left (a demeaned variable), the
  /// columns' lengths before it: what is left of a column that does not vary within units is rounding
  /// error, and is dropped as shorter than tolerance · scale. Throws `notFinite`, `shapeMismatch`.
  public init(
    of matrix: Matrix, tolerance: Double = defaultTolerance, scales: [Double]? = nil
  ) throws(FactorizationError) {
    try matrix.requireFinite()
    try scales?.requireCount(matrix.columnCount)
    let lengths = matrix.columnLengths
    let unit = HouseholderReflectors(matrix.scalingColumns(by: lengths.map(reciprocalOrZero)))
    self.init(unit: unit, lengths: lengths, tolerance: tolerance, scales: scales)
  }

  /// Decides from the QR factorization of the columns scaled to unit length, and their lengths.
  init(unit: HouseholderReflectors, lengths: [Double], tolerance: Double, scales: [Double]?) {
    self.init(
      triangle: unit.upper, tolerance: tolerance,
      vanished: lengths.indices.filter { lengths[$0] <= tolerance * (scales?[$0] ?? 0) })
  }

  /// Decides from R.
  private init(triangle: Matrix, tolerance: Double, vanished: [Int]) {
    var kept: [Int] = []
    var dropped: [Int] = []
    var basis: [[Double]] = []
    for j in 0..<triangle.columnCount {
      var rest = triangle.column(j)
      // Twice is enough: after a second pass the rest is orthogonal to working precision.
      for _ in 0..<2 {
        for direction in basis { rest.add(direction, scale: -direction.innerProduct(with: rest)) }
      }
      let sine = rest.euclideanNorm
      if sine > tolerance && !vanished.contains(j) {
        kept.append(j)
        basis.append(rest.scaled(by: 1 / sine))
      } else {
        dropped.append(j)
      }
    }
    self.kept = kept
    self.dropped = dropped
  }
}

/// 1 / x, or 0 for x = 0.
func reciprocalOrZero(_ x: Double) -> Double { x == 0 ? 0 : 1 / x }

extension Matrix {
  /// The Euclidean length of each column.
  var columnLengths: [Double] { (0..<columnCount).map { column($0).euclideanNorm } }

  /// The matrix A·diag(factors).
  public func scalingColumns(by factors: [Double]) -> Matrix {
    var result = self
    for j in 0..<columnCount {
      for i in 0..<rowCount { result.elements[i + j * rowCount] *= factors[j] }
    }
    return result
  }
}
