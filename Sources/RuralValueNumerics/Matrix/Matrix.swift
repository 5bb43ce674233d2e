/// A dense real matrix, stored column by column, with value semantics.
///
/// Element (i, j) stands at `elements[i + j * rowCount]`, as LAPACK has it.
public struct Matrix: Sendable, Equatable {
  /// The number of rows, n.
  public let rowCount: Int
  /// The number of columns, k.
  public let columnCount: Int
  /// The elements, column by column; its count is n · k.
  public var elements: [Double]

  /// An n × k matrix whose elements all have one value.
  public init(rowCount: Int, columnCount: Int, repeating value: Double = 0) {
    precondition(rowCount >= 0 && columnCount >= 0, "A matrix cannot have a negative size.")
    self.rowCount = rowCount
    self.columnCount = columnCount
    elements = [Double](repeating: value, count: rowCount * columnCount)
  }

  /// An n × k matrix from its elements in column order.
  public init(rowCount: Int, columnCount: Int, columnMajor elements: [Double]) {
    precondition(elements.count == rowCount * columnCount, "The elements do not fill the matrix.")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  /// A matrix from its columns, which must be of one length.
  public init(columns: [[Double]]) {
    let rowCount = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rowCount }, "The columns differ in length.")
    self.init(rowCount: rowCount, columnCount: columns.count, columnMajor: columns.flatMap { $0 })
  }

  /// A matrix from its rows, which must be of one length.
  public init(rows: [[Double]]) {
    let columnCount = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columnCount }, "The rows differ in length.")
    self.init(rowCount: rows.count, columnCount: columnCount)
    for (i, row) in rows.enumerated() {
      for (j, value) in row.enumerated() { self[i, j] = value }
    }
  }

  /// The k × k identity.
  public static func identity(_ size: Int) -> Matrix {
    var result = Matrix(rowCount: size, columnCount: size)
    for i in 0..<size { result[i, i] = 1 }
    return result
  }

  /// The element in row i and column j, both counted from zero.
  @inlinable
  public subscript(i: Int, j: Int) -> Double {
    get { elements[i + j * rowCount] }
    set { elements[i + j * rowCount] = newValue }
  }

  /// Column j as a vector of n elements.
  public func column(_ j: Int) -> [Double] {
    Array(elements[j * rowCount..<(j + 1) * rowCount])
  }

  /// Row i as a vector of k elements.
  public func row(_ i: Int) -> [Double] {
    (0..<columnCount).map { self[i, $0] }
  }

  /// The k × n transpose.
  public var transposed: Matrix {
    var result = Matrix(rowCount: columnCount, columnCount: rowCount)
    for j in 0..<columnCount {
      for i in 0..<rowCount { result.elements[j + i * columnCount] = elements[i + j * rowCount] }
    }
    return result
  }

  /// tr AB = Σ_ij a_ij b_ji of two n × n matrices, by square tiles that stay in the cache.
  public func traceOfProduct(with other: Matrix) -> Double {
    precondition(
      rowCount == columnCount && other.rowCount == rowCount && other.columnCount == rowCount,
      "tr AB needs square matrices of one size.")
    var sum = CompensatedSum()
    let tile = 32
    for firstColumn in stride(from: 0, to: columnCount, by: tile) {
      for firstRow in stride(from: 0, to: rowCount, by: tile) {
        var part = 0.0
        for j in firstColumn..<min(columnCount, firstColumn + tile) {
          for i in firstRow..<min(rowCount, firstRow + tile) { part += self[i, j] * other[j, i] }
        }
        sum.add(part)
      }
    }
    return sum.value
  }

  /// I − ρA of a square A.
  public func subtractedFromIdentity(_ rho: Double) -> Matrix {
    precondition(rowCount == columnCount, "I − ρA needs a square A.")
    var result = self
    for place in result.elements.indices { result.elements[place] *= -rho }
    for i in 0..<rowCount { result[i, i] += 1 }
    return result
  }

  /// The matrix with √(a_ij a_ji) in the places (i, j) and (j, i), of a square matrix with no negative element.
  public var geometricMeanWithTranspose: Matrix {
    precondition(rowCount == columnCount, "The transpose needs the same shape.")
    var result = self
    let tile = 32
    for firstColumn in stride(from: 0, to: columnCount, by: tile) {
      for firstRow in stride(from: firstColumn, to: rowCount, by: tile) {
        for j in firstColumn..<min(columnCount, firstColumn + tile) {
          for i in max(firstRow, j)..<max(j, min(rowCount, firstRow + tile)) {
            let mean = (result[i, j] * result[j, i]).squareRoot()
            result[i, j] = mean
            result[j, i] = mean
          }
        }
      }
    }
    return result
  }
}
