import RuralValueNumerics
import TestSupport
import Testing

@Suite struct SparseMatrixTests {
  /// Rows (0, 2, 0), (1, 0, 3) and (0, 0, 0).
  private let matrix = SparseMatrix(rowStarts: [0, 1, 3, 3], columns: [1, 0, 2], values: [2, 1, 3])

  @Test func `sums, products and transposes are those of the dense matrix`() {
    #expect(matrix.rowSums == [2, 4, 0])
    #expect(matrix.columnSums == [1, 2, 3])
    #expect(matrix.times([1, 10, 100]) == matrix.dense * [1, 10, 100])
    #expect(matrix.transposed.dense == matrix.dense.transposed)
  }

  @Test func `mirror images, unions and products with the transpose are those of the dense matrix`() {
    let dense = matrix.dense
    var images: [Double] = []
    matrix.visitWithMirror { place, i, j, image in
      images.append(image)
      return matrix.values[place] == dense[i, j] && image == dense[j, i]
    }
    #expect(images == [1, 2, 0])
    #expect(!matrix.isSymmetric && matrix.unitedWithTranspose.dense[2, 1] == 3)
    #expect(matrix.unitedWithTranspose.dense[0, 1] == 2 && matrix.unitedWithTranspose.dense[1, 0] == 1)
    #expect(matrix.transposedTimes([1, 10, 100]) == dense.transposed * [1, 10, 100])
    #expect(matrix.tracesOfSquares == (dense * dense).trace + (dense * dense.transposed).trace)
    #expect(matrix.denseTransposed == dense.transposed)
    #expect(matrix.mapValues { row, value in value + Double(row) }.values == [2, 2, 4])
  }

  @Test func `a block of a longer vector is multiplied in its place`() {
    var result = [7.0, 0, 0, 0, 7]
    matrix.multiply([9, 1, 10, 100, 9], at: 1, into: &result)
    #expect(result == [7, 20, 301, 0, 7])
  }

  @Test func `elements are replaced or left out, and the rows stay`() {
    let kept = matrix.compactMap { row, column, value in column > row ? value + 1 : nil }
    #expect(kept == SparseMatrix(rowStarts: [0, 1, 2, 2], columns: [1, 2], values: [3, 4]))
  }
}
