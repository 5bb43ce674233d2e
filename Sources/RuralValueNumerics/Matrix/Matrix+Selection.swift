extension Matrix {
  /// A square matrix with these numbers on its diagonal and zeros elsewhere.
  public init(diagonal: [Double]) {
    self.init(rowCount: diagonal.count, columnCount: diagonal.count)
    for (i, value) in diagonal.enumerated() { self[i, i] = value }
  }

  /// The rows with these indices, in this order.
  public func selectingRows(_ indices: [Int]) -> Matrix {
    var result = Matrix(rowCount: indices.count, columnCount: columnCount)
    for j in 0..<columnCount {
      for (i, source) in indices.enumerated() { result[i, j] = self[source, j] }
    }
    return result
  }

  /// The columns with these indices, in this order.
  public func selectingColumns(_ indices: [Int]) -> Matrix {
    var selected: [Double] = []
    selected.reserveCapacity(rowCount * indices.count)
    for j in indices { selected.append(contentsOf: elements[j * rowCount..<(j + 1) * rowCount]) }
    return Matrix(rowCount: rowCount, columnCount: indices.count, columnMajor: selected)
  }

  /// This n × k matrix with the m columns of another n × m matrix at its right.
  public func appendingColumns(_ other: Matrix) -> Matrix {
    precondition(rowCount == other.rowCount, "The matrices differ in their number of rows.")
    return Matrix(
      rowCount: rowCount, columnCount: columnCount + other.columnCount,
      columnMajor: elements + other.elements)
  }

  /// This n × k matrix with one more column at its right.
  public func appendingColumn(_ column: [Double]) -> Matrix {
    appendingColumns(Matrix(rowCount: column.count, columnCount: 1, columnMajor: column))
  }

  /// This n × k matrix with the m rows of another m × k matrix below it.
  public func appendingRows(_ other: Matrix) -> Matrix {
    precondition(columnCount == other.columnCount, "The matrices differ in their number of columns.")
    return Matrix(columns: (0..<columnCount).map { column($0) + other.column($0) })
      .withColumnsIfEmpty(rowCount: rowCount + other.rowCount)
  }

  /// The elements (i, i), min(n, k) of them.
  public var diagonal: [Double] {
    (0..<min(rowCount, columnCount)).map { self[$0, $0] }
  }

  /// The sum of the diagonal of a square matrix.
  public var trace: Double {
    precondition(rowCount == columnCount, "Only a square matrix has a trace.")
    return diagonal.compensatedSum
  }

  /// The symmetric part (A + Aᵀ) / 2 of a square matrix.
  public var symmetrised: Matrix {
    precondition(rowCount == columnCount, "Only a square matrix has a symmetric part.")
    var result = self
    for j in 0..<columnCount {
      for i in 0..<j {
        let value = 0.5 * (self[i, j] + self[j, i])
        result[i, j] = value
        result[j, i] = value
      }
    }
    return result
  }

  /// The matrix D A D with D = diag(scales), for a square A.
  public func scaledOnBothSides(by scales: [Double]) -> Matrix {
    precondition(rowCount == scales.count && columnCount == scales.count, "The scales do not fit.")
    var result = self
    for j in 0..<columnCount {
      for i in 0..<rowCount { result[i, j] = self[i, j] * scales[i] * scales[j] }
    }
    return result
  }

  /// Whether every element is a finite number.
  public var isFinite: Bool { elements.allSatisfy(\.isFinite) }

  private func withColumnsIfEmpty(rowCount: Int) -> Matrix {
    columnCount == 0 ? Matrix(rowCount: rowCount, columnCount: 0) : self
  }
}
