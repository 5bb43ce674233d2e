/// The symbolic half of sparse Cholesky factorizations of I − ρS and its like, for one symmetric S, n × n.
///
/// Everything that depends on the pattern alone is done once: a fill-reducing order, the elimination tree
/// and the sizes of the factor's columns. A numeric factorization then treats `lanes` values of ρ at
/// once: the walk through the pattern, which costs more than the arithmetic, is shared by all of them.
///
/// Source: Davis (2006), Direct Methods for Sparse Linear Systems, ch. 4 (up-looking), in the form LDLᵀ.
public struct SparseCholesky: Sendable {
  /// The number of matrices that are factored together.
  public static let lanes = 8
  /// One number for each of the matrices.
  public typealias Lanes = SIMD8<Double>

  /// The number of rows, n.
  public let size: Int
  /// The old index of each row of the factor.
  let order: [Int32]
  /// The new index of each old row.
  let position: [Int32]
  /// The strict lower triangle of the reordered S, by rows.
  let lowerRowStarts: [Int]
  let lowerColumns: [Int32]
  let lowerValues: [Double]
  /// The reordered diagonal of S.
  let diagonal: [Double]
  let tree: EliminationTree

  /// Analyses a symmetric S, of which both triangles are stored.
  public init(_ matrix: SparseMatrix) {
    let order = NestedDissection.order(matrix.symmetricPattern)
    var position = [Int32](repeating: 0, count: matrix.size)
    for (new, old) in order.enumerated() { position[Int(old)] = Int32(new) }
    var starts = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    var diagonal = [Double](repeating: 0, count: matrix.size)
    for (new, old) in order.enumerated() {
      for place in matrix.row(Int(old)) {
        let column = position[Int(matrix.columns[place])]
        if column < Int32(new) {
          columns.append(column)
          values.append(matrix.values[place])
        } else if column == Int32(new) {
          diagonal[new] = matrix.values[place]
        }
      }
      starts.append(columns.count)
    }
    size = matrix.size
    self.order = order
    self.position = position
    lowerRowStarts = starts
    lowerColumns = columns
    lowerValues = values
    self.diagonal = diagonal
    tree = EliminationTree(lowerRowStarts: starts, lowerColumns: columns)
  }

  /// The number of elements of the factor below its diagonal.
  public var factorCount: Int { tree.columnStarts[size] }

  /// Σ_j c²_j over the columns of the factor, c_j the elements of one: the multiplications of one factorization.
  public var operationCount: Double {
    (0..<size).reduce(0) { sum, j in
      let count = Double(tree.columnStarts[j + 1] - tree.columnStarts[j])
      return sum + count * count
    }
  }

  /// log det (I − ρS) for any number of values of ρ.
  ///
  /// Throws `notPositiveDefinite` as `factor` does.
  public func logDeterminants(_ values: [Double]) throws(FactorizationError) -> [Double] {
    var kernel = UpLookingKernel(self)
    var result: [Double] = []
    for first in stride(from: 0, to: values.count, by: SparseCholesky.lanes) {
      let batch = values[first..<min(values.count, first + SparseCholesky.lanes)]
      var rho = Lanes.zero
      for (lane, value) in batch.enumerated() { rho[lane] = value }
      kernel.restart()
      for k in 0..<size {
        guard kernel.eliminate(row: k, pivot: 1 - rho * diagonal[k], rho: rho) else {
          throw .notPositiveDefinite(minor: k + 1)
        }
      }
      result += SparseFactor.logDeterminants(kernel.pivots).prefix(batch.count)
    }
    return result
  }

  /// Factors I − ρS for eight values of ρ.
  ///
  /// Throws `notPositiveDefinite` with the first pivot that is not positive in some lane.
  public func factor(_ rho: Lanes) throws(FactorizationError) -> SparseFactor {
    var kernel = UpLookingKernel(self)
    for k in 0..<size {
      guard kernel.eliminate(row: k, pivot: 1 - rho * diagonal[k], rho: rho) else {
        throw .notPositiveDefinite(minor: k + 1)
      }
    }
    return SparseFactor(analysis: self, rows: kernel.rows, elements: kernel.elements, pivots: kernel.pivots)
  }
}

/// The state of an up-looking factorization: the rows of the factor that are done.
private struct UpLookingKernel {
  private let analysis: SparseCholesky
  private(set) var rows: [Int32]
  private(set) var elements: [SparseCholesky.Lanes]
  private(set) var pivots: [SparseCholesky.Lanes]
  /// The end of what is filled of each column.
  private var ends: [Int]
  private var work: [SparseCholesky.Lanes]
  private var reached: [Int32]
  private var path: [Int32]
  private var pattern: [Int32]

  init(_ analysis: SparseCholesky) {
    self.analysis = analysis
    let size = analysis.size
    rows = [Int32](repeating: 0, count: analysis.factorCount)
    elements = [SparseCholesky.Lanes](repeating: .zero, count: analysis.factorCount)
    pivots = [SparseCholesky.Lanes](repeating: .zero, count: size)
    ends = Array(analysis.tree.columnStarts.prefix(size))
    work = [SparseCholesky.Lanes](repeating: .zero, count: size)
    reached = [Int32](repeating: -1, count: size)
    path = [Int32](repeating: 0, count: size)
    pattern = [Int32](repeating: 0, count: size)
  }

  /// Forgets what is done, but keeps the memory.
  mutating func restart() {
    ends = Array(analysis.tree.columnStarts.prefix(analysis.size))
    for i in reached.indices { reached[i] = -1 }
    for i in work.indices { work[i] = .zero }
  }

  /// Computes row k of L and pivot k of D; false where a lane's pivot is not positive.
  mutating func eliminate(row k: Int, pivot: SparseCholesky.Lanes, rho: SparseCholesky.Lanes) -> Bool {
    var top = analysis.size
    reached[k] = Int32(k)
    for place in analysis.lowerRowStarts[k]..<analysis.lowerRowStarts[k + 1] {
      let column = Int(analysis.lowerColumns[place])
      work[column] = -rho * analysis.lowerValues[place]
      top = climb(from: column, to: k, above: top)
    }
    var pivot = pivot
    let columnStarts = analysis.tree.columnStarts
    for index in top..<analysis.size {
      let i = Int(pattern[index])
      let y = work[i]
      work[i] = .zero
      subtract(y, columnStarts[i]..<ends[i])
      let element = y / pivots[i]
      pivot -= element * y
      rows[ends[i]] = Int32(k)
      elements[ends[i]] = element
      ends[i] += 1
    }
    pivots[k] = pivot
    return pivot.min() > 0
  }

  /// Adds the columns on the way up the tree to the row's pattern, which grows downwards in topological order.
  private mutating func climb(from column: Int, to k: Int, above top: Int) -> Int {
    var length = 0
    var i = column
    while reached[i] != Int32(k) {
      path[length] = Int32(i)
      length += 1
      reached[i] = Int32(k)
      i = Int(analysis.tree.parents[i])
    }
    var top = top
    while length > 0 {
      top -= 1
      length -= 1
      pattern[top] = path[length]
    }
    return top
  }

  /// work −= y · L(:, i) for what is filled of column i; the hot loop.
  private mutating func subtract(_ y: SparseCholesky.Lanes, _ places: Range<Int>) {
    unsafe work.withUnsafeMutableBufferPointer { work in
      unsafe rows.withUnsafeBufferPointer { rows in
        unsafe elements.withUnsafeBufferPointer { elements in
          for place in places { unsafe work[Int(rows[place])] -= elements[place] * y }
        }
      }
    }
  }
}

/// Eight sparse factorizations LDLᵀ that share one pattern.
public struct SparseFactor: Sendable {
  let analysis: SparseCholesky
  let rows: [Int32]
  let elements: [SparseCholesky.Lanes]
  let pivots: [SparseCholesky.Lanes]

  /// log det of each of the eight matrices, Σ log dⱼ.
  public var logDeterminants: [Double] { SparseFactor.logDeterminants(pivots) }

  /// Σ log dⱼ, lane by lane.
  static func logDeterminants(_ pivots: [SparseCholesky.Lanes]) -> [Double] {
    // Pivots are gathered into products that keep clear of underflow, so that few logarithms are taken.
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: SparseCholesky.lanes)
    var product = SparseCholesky.Lanes(repeating: 1)
    func flush() {
      for lane in 0..<SparseCholesky.lanes { sums[lane].add(log(product[lane])) }
    }
    for (count, pivot) in pivots.enumerated() {
      product *= pivot
      if count % 8 == 7 || product.min() < 1e-30 || product.max() > 1e30 {
        flush()
        product = .init(repeating: 1)
      }
    }
    flush()
    return sums.map(\.value)
  }

  /// Solves with each of the eight matrices for its own right-hand side; element i of `b` has the eight
  /// elements of row i.
  public func solve(_ b: [SparseCholesky.Lanes]) -> [SparseCholesky.Lanes] {
    precondition(b.count == analysis.size, "A right-hand side needs an element a row.")
    var x = analysis.order.map { b[Int($0)] }
    let starts = analysis.tree.columnStarts
    for j in x.indices {
      let value = x[j]
      for place in starts[j]..<starts[j + 1] { x[Int(rows[place])] -= elements[place] * value }
    }
    for j in x.indices.reversed() {
      var value = x[j] / pivots[j]
      for place in starts[j]..<starts[j + 1] { value -= elements[place] * x[Int(rows[place])] }
      x[j] = value
    }
    return analysis.position.map { x[Int($0)] }
  }
}

/// The elimination tree of a symmetric sparse matrix: the parent of column j is the row of the first
/// element below the diagonal of column j of its Cholesky factor, −1 at a root.
///
/// Source: Liu (1990), "The role of elimination trees in sparse factorization".
struct EliminationTree: Sendable, Equatable {
  /// The parent of each column.
  let parents: [Int32]
  /// Where each column of the factor begins, its diagonal not counted; n + 1 elements.
  let columnStarts: [Int]

  /// The tree of a matrix whose row k has these columns below k (the strict lower triangle).
  init(lowerRowStarts: [Int], lowerColumns: [Int32]) {
    let size = lowerRowStarts.count - 1
    var parents = [Int32](repeating: -1, count: size)
    var counts = [Int](repeating: 0, count: size)
    var reached = [Int32](repeating: -1, count: size)
    for k in 0..<size {
      reached[k] = Int32(k)
      for place in lowerRowStarts[k]..<lowerRowStarts[k + 1] {
        // Row k of the factor has an element in every column on the way up from i to k.
        var i = Int(lowerColumns[place])
        while reached[i] != Int32(k) {
          if parents[i] < 0 { parents[i] = Int32(k) }
          counts[i] += 1
          reached[i] = Int32(k)
          i = Int(parents[i])
        }
      }
    }
    self.parents = parents
    var starts = [0]
    starts.reserveCapacity(size + 1)
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    columnStarts = starts
  }
}
