internal import COpenBLAS

/// The factorization PA = LU of a sparse matrix whose elements an order gathers near the diagonal, n × n.
///
/// Source: LAPACK dgbtrf, on the order of `ReverseCuthillMcKee`.
public struct BandedLU: Sendable {
  /// The number of diagonals below, and above, the main one.
  public let bandwidth: Int
  private let position: [Int32]
  private let order: [Int32]
  private var band: [Double]
  private var pivots: [Int32]

  /// A matrix's place in a band: the order and the bandwidth, which serve every I − ρA.
  public struct Layout: Sendable, Equatable {
    let order: [Int32]
    let position: [Int32]
    /// The largest |i − j| of an element in the new order.
    public let bandwidth: Int

    /// The layout for a matrix, whichever is narrower: the order given or reverse Cuthill–McKee's.
    public init(_ matrix: SparseMatrix) {
      let natural = (0..<Int32(matrix.size)).map { $0 }
      let narrow = ReverseCuthillMcKee.order(matrix.symmetricPattern)
      let widths = [natural, narrow].map { Layout.bandwidth(of: matrix, order: $0) }
      order = widths[0] <= widths[1] ? natural : narrow
      position = Layout.inverse(order)
      bandwidth = min(widths[0], widths[1])
    }

    static func inverse(_ order: [Int32]) -> [Int32] {
      var position = [Int32](repeating: 0, count: order.count)
      for (new, old) in order.enumerated() { position[Int(old)] = Int32(new) }
      return position
    }

    private static func bandwidth(of matrix: SparseMatrix, order: [Int32]) -> Int {
      let position = inverse(order)
      var width = 0
      for i in 0..<matrix.size {
        for place in matrix.row(i) {
          width = max(width, abs(Int(position[i]) - Int(position[Int(matrix.columns[place])])))
        }
      }
      return width
    }
  }

  /// Factors I − ρA. Throws `singular` at a pivot that is exactly zero.
  public init(identityMinus rho: Double, times matrix: SparseMatrix, layout: Layout)
    throws(FactorizationError)
  {
    let width = layout.bandwidth
    let rows = 3 * width + 1
    var band = [Double](repeating: 0, count: rows * matrix.size)
    for i in 0..<matrix.size {
      let row = Int(layout.position[i])
      band[2 * width + row * rows] = 1
    }
    for i in 0..<matrix.size {
      let row = Int(layout.position[i])
      for place in matrix.row(i) {
        let column = Int(layout.position[Int(matrix.columns[place])])
        band[2 * width + row - column + column * rows] -= rho * matrix.values[place]
      }
    }
    var size = Int32(matrix.size)
    var diagonals = Int32(width)
    var leading = Int32(rows)
    var pivots = [Int32](repeating: 0, count: matrix.size)
    var info: Int32 = 0
    unsafe dgbtrf_(&size, &size, &diagonals, &diagonals, &band, &leading, &pivots, &info)
    if info > 0 { throw .singular(pivot: Int(info)) }
    bandwidth = width
    position = layout.position
    order = layout.order
    self.band = band
    self.pivots = pivots
  }

  /// log |det|, and whether the determinant is positive.
  public var logDeterminant: (logarithm: Double, isPositive: Bool) {
    var sum = CompensatedSum()
    var isPositive = true
    for j in pivots.indices {
      let pivot = band[2 * bandwidth + j * (3 * bandwidth + 1)]
      sum.add(log(abs(pivot)))
      if (pivot < 0) != (Int(pivots[j]) != j + 1) { isPositive.toggle() }
    }
    return (sum.value, isPositive)
  }

  /// Solves AX = B, or AᵀX = B, for the m columns of B.
  public func solve(_ b: Matrix, transposed: Bool = false) -> Matrix {
    var x = b.selectingRows(order.map(Int.init))
    var size = Int32(pivots.count)
    var diagonals = Int32(bandwidth)
    var columns = Int32(b.columnCount)
    var leading = Int32(3 * bandwidth + 1)
    var info: Int32 = 0
    unsafe dgbtrs_(
      transposed ? "T" : "N", &size, &diagonals, &diagonals, &columns, band, &leading, pivots, &x.elements,
      &size, &info)
    return x.selectingRows(position.map(Int.init))
  }
}
