import RuralValueNumerics
import TestSupport
import Testing

extension Matrix {
  /// Independent standard normal elements.
  static func random(_ rowCount: Int, _ columnCount: Int, seed: UInt64 = 1) -> Matrix {
    var generator = CounterBasedGenerator(seed: seed)
    return Matrix(
      rowCount: rowCount, columnCount: columnCount, columnMajor: generator.normals(rowCount * columnCount))
  }

  /// A symmetric positive semidefinite matrix of this rank.
  static func randomSemidefinite(_ size: Int, rank: Int, seed: UInt64 = 1) -> Matrix {
    random(rank, size, seed: seed).crossProduct
  }

  /// The largest absolute value of an element; zero for an empty matrix, NaN where an element is NaN.
  var maxAbs: Double { elements.reduce(0) { $1.isNaN || $0.isNaN ? .nan : max($0, abs($1)) } }
}

/// Holds every element of a matrix to another's, as an identity demands.
func expectClose(
  _ actual: Matrix, _ expected: Matrix, absolute: Double, from source: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual.rowCount == expected.rowCount, sourceLocation: sourceLocation)
  #expect(actual.columnCount == expected.columnCount, sourceLocation: sourceLocation)
  guard actual.elements.count == expected.elements.count else { return }
  expectClose(
    (actual - expected).maxAbs, 0, absolute: absolute, from: source, "the largest difference",
    sourceLocation: sourceLocation)
}
