/// A sparse square matrix, n × n, in compressed rows: row i has the columns
/// `columns[rowStarts[i]..<rowStarts[i + 1]]`, ascending, and the values beside them.
public struct SparseMatrix: Sendable, Equatable {
  /// The number of rows and of columns, n.
  public let size: Int
  /// Where each row begins; n + 1 elements.
  public let rowStarts: [Int]
  /// The columns of the elements.
  public let columns: [Int32]
  /// The elements.
  public let values: [Double]

  /// A matrix from its compressed rows.
  public init(rowStarts: [Int], columns: [Int32], values: [Double]) {
    precondition(
      rowStarts.last == columns.count && columns.count == values.count, "The rows do not fit the elements.")
    size = rowStarts.count - 1
    self.rowStarts = rowStarts
    self.columns = columns
    self.values = values
  }

  /// The places of row i in `columns` and `values`.
  @inlinable
  public func row(_ i: Int) -> Range<Int> { rowStarts[i]..<rowStarts[i + 1] }

  /// The vector Ax.
  public func times(_ x: [Double]) -> [Double] {
    precondition(x.count == size, "A·x needs as many elements of x as A has columns.")
    var result = x
    multiply(x, at: 0, into: &result)
    return result
  }

  /// Puts Ax into the places of x, where x is the block of a longer vector that begins at `start`.
  public func multiply(_ vector: [Double], at start: Int, into result: inout [Double]) {
    for i in 0..<size {
      var sum = 0.0
      for place in rowStarts[i]..<rowStarts[i + 1] {
        sum += values[place] * vector[start + Int(columns[place])]
      }
      result[start + i] = sum
    }
  }

  /// The vector Aᵀx, without the transpose itself.
  public func transposedTimes(_ x: [Double]) -> [Double] {
    precondition(x.count == size, "Aᵀ·x needs as many elements of x as A has rows.")
    var result = [Double](repeating: 0, count: size)
    for i in 0..<size {
      let factor = x[i]
      for place in rowStarts[i]..<rowStarts[i + 1] { result[Int(columns[place])] += values[place] * factor }
    }
    return result
  }

  /// The sums of the rows, A1.
  public var rowSums: [Double] {
    (0..<size).map { i in row(i).reduce(0) { $0 + values[$1] } }
  }

  /// The sums of the columns, A′1.
  public var columnSums: [Double] {
    var sums = [Double](repeating: 0, count: size)
    for place in columns.indices { sums[Int(columns[place])] += values[place] }
    return sums
  }

  /// The matrix with each stored element replaced, or left out where the replacement is nil.
  @inlinable
  public func compactMap(
    _ replacement: (_ row: Int, _ column: Int, _ value: Double) -> Double?
  ) -> SparseMatrix {
    var starts = [0]
    var kept: [Int32] = []
    var elements: [Double] = []
    kept.reserveCapacity(columns.count)
    elements.reserveCapacity(columns.count)
    for i in 0..<size {
      for place in row(i) {
        guard let element = replacement(i, Int(columns[place]), values[place]) else { continue }
        kept.append(columns[place])
        elements.append(element)
      }
      starts.append(kept.count)
    }
    return SparseMatrix(rowStarts: starts, columns: kept, values: elements)
  }

  /// The matrix with each stored element replaced by another that is not zero either.
  @inlinable
  public func mapValues(_ replacement: (_ row: Int, _ value: Double) -> Double) -> SparseMatrix {
    var elements = values
    for i in 0..<size {
      for place in row(i) { elements[place] = replacement(i, elements[place]) }
    }
    return SparseMatrix(rowStarts: rowStarts, columns: columns, values: elements)
  }

  /// Visits every stored element with its mirror image, the element (j, i), zero where none is stored; ends early, and
  /// returns false, where `visit` does.
  ///
  /// Rows come in order, so that the place of the image only ever moves on: one pass, where a search for each element
  /// took a second for eight million.
  @inlinable
  @discardableResult
  public func visitWithMirror(
    _ visit: (_ place: Int, _ row: Int, _ column: Int, _ mirror: Double) -> Bool
  ) -> Bool {
    var next = rowStarts
    for i in 0..<size {
      for place in row(i) {
        let j = Int(columns[place])
        let end = rowStarts[j + 1]
        var image = next[j]
        while image < end, columns[image] < Int32(i) { image += 1 }
        next[j] = image
        let mirror = image < end && columns[image] == Int32(i) ? values[image] : 0
        guard visit(place, i, j, mirror) else { return false }
      }
    }
    return true
  }

  /// Whether the matrix is its own transpose, exactly.
  public var isSymmetric: Bool {
    visitWithMirror { place, _, _, mirror in values[place] == mirror }
  }

  /// tr AA + tr AAᵀ.
  public var tracesOfSquares: Double {
    var trace = 0.0
    visitWithMirror { place, _, _, mirror in
      trace += values[place] * (values[place] + mirror)
      return true
    }
    return trace
  }

  /// The y with y = x + ρAy, or nil where the sweeps do not settle.
  ///
  /// Each sweep sets every row of y from the newest values of the others, in the order of the rows, until no
  /// element moves by more than a unit or two in the last place of the largest. That converges wherever
  /// |ρ| · |A| has a spectral radius below one; elsewhere y may end up infinite.
  /// Source: Gauss and Seidel, in Varga (2000), Matrix Iterative Analysis, sec. 3.
  public func fixedPoint(from x: [Double], scale rho: Double) -> [Double]? {
    var y = x
    for _ in 0..<1_000_000 {
      var (movement, largest) = (0.0, 0.0)
      for i in 0..<size {
        var sum = 0.0
        for place in row(i) { sum += values[place] * y[Int(columns[place])] }
        let value = x[i] + rho * sum
        movement = max(movement, abs(value - y[i]))
        largest = max(largest, abs(value))
        y[i] = value
      }
      if movement <= 0x1p-51 * largest { return y }
    }
    return nil
  }

  /// The transpose Aᵀ.
  public var transposed: SparseMatrix {
    var starts = [Int](repeating: 0, count: size + 1)
    for column in columns { starts[Int(column) + 1] += 1 }
    for i in 0..<size { starts[i + 1] += starts[i] }
    var next = starts
    var rows = [Int32](repeating: 0, count: columns.count)
    var elements = [Double](repeating: 0, count: columns.count)
    for i in 0..<size {
      for place in row(i) {
        let target = next[Int(columns[place])]
        next[Int(columns[place])] += 1
        rows[target] = Int32(i)
        elements[target] = values[place]
      }
    }
    return SparseMatrix(rowStarts: starts, columns: rows, values: elements)
  }

  /// The matrix with every element of its transpose where it has none itself.
  public var unitedWithTranspose: SparseMatrix {
    let other = transposed
    var starts = [0]
    var united: [Int32] = []
    var elements: [Double] = []
    united.reserveCapacity(2 * columns.count)
    elements.reserveCapacity(2 * columns.count)
    for i in 0..<size {
      var (a, b) = (rowStarts[i], other.rowStarts[i])
      let (endA, endB) = (rowStarts[i + 1], other.rowStarts[i + 1])
      while a < endA || b < endB {
        let isOwn = a < endA && (b == endB || columns[a] <= other.columns[b])
        if b < endB, a < endA, columns[a] == other.columns[b] { b += 1 }
        united.append(isOwn ? columns[a] : other.columns[b])
        elements.append(isOwn ? values[a] : other.values[b])
        if isOwn { a += 1 } else { b += 1 }
      }
      starts.append(united.count)
    }
    return SparseMatrix(rowStarts: starts, columns: united, values: elements)
  }

  /// The element (i, j), zero where none is stored.
  public func element(_ i: Int, _ j: Int) -> Double {
    var (low, high) = (rowStarts[i], rowStarts[i + 1])
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < Int32(j) { low = middle + 1 } else { high = middle }
    }
    return low < rowStarts[i + 1] && columns[low] == Int32(j) ? values[low] : 0
  }

  /// The matrix with all its zeros; 8n² bytes.
  public var dense: Matrix {
    var result = Matrix(rowCount: size, columnCount: size)
    for i in 0..<size {
      for place in row(i) { result[i, Int(columns[place])] = values[place] }
    }
    return result
  }

  /// The transpose with all its zeros: its columns are the rows of A, which are copied one after another.
  public var denseTransposed: Matrix {
    var result = Matrix(rowCount: size, columnCount: size)
    for i in 0..<size {
      for place in row(i) { result.elements[Int(columns[place]) + i * size] = values[place] }
    }
    return result
  }

  /// The graph of A + Aᵀ without loops: row i lists the neighbours of i, ascending.
  public var symmetricPattern: SparsePattern {
    let transposed = transposed
    var starts = [0]
    var neighbours: [Int32] = []
    neighbours.reserveCapacity(columns.count)
    for i in 0..<size {
      var (a, b) = (rowStarts[i], transposed.rowStarts[i])
      let (endA, endB) = (rowStarts[i + 1], transposed.rowStarts[i + 1])
      while a < endA || b < endB {
        let left = a < endA ? columns[a] : Int32.max
        let right = b < endB ? transposed.columns[b] : Int32.max
        let next = min(left, right)
        if left == next { a += 1 }
        if right == next { b += 1 }
        if next != Int32(i) { neighbours.append(next) }
      }
      starts.append(neighbours.count)
    }
    return SparsePattern(starts: starts, neighbours: neighbours)
  }
}

/// An undirected graph: vertex i has the neighbours `neighbours[starts[i]..<starts[i + 1]]`.
public struct SparsePattern: Sendable, Equatable {
  /// Where each vertex begins; n + 1 elements.
  public let starts: [Int]
  /// The neighbours, ascending within a vertex.
  public let neighbours: [Int32]

  /// A graph from its compressed lists of neighbours.
  public init(starts: [Int], neighbours: [Int32]) {
    self.starts = starts
    self.neighbours = neighbours
  }

  /// The number of vertices, n.
  public var size: Int { starts.count - 1 }

  /// The neighbours of a vertex.
  @inlinable
  public func neighbours(of vertex: Int) -> ArraySlice<Int32> {
    neighbours[starts[vertex]..<starts[vertex + 1]]
  }

  /// The number of neighbours of a vertex.
  @inlinable
  public func degree(of vertex: Int) -> Int { starts[vertex + 1] - starts[vertex] }
}
