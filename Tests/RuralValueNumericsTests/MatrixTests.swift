import RuralValueNumerics
import TestSupport
import Testing

@Suite struct MatrixTests {
  @Test func `a matrix stores its elements column by column`() {
    let matrix = Matrix(rows: [[1, 2, 3], [4, 5, 6]])
    #expect(matrix.elements == [1, 4, 2, 5, 3, 6])
    #expect(matrix.column(1) == [2, 5])
    #expect(matrix.row(1) == [4, 5, 6])
    #expect(matrix.transposed == Matrix(rows: [[1, 4], [2, 5], [3, 6]]))
    #expect(Matrix(columns: [[1, 4], [2, 5], [3, 6]]) == matrix)
  }

  @Test func `rows and columns are selected in the order asked for`() {
    let matrix = Matrix(rows: [[1, 2, 3], [4, 5, 6]])
    #expect(matrix.selectingColumns([2, 0]) == Matrix(rows: [[3, 1], [6, 4]]))
    #expect(matrix.selectingRows([1, 1, 0]) == Matrix(rows: [[4, 5, 6], [4, 5, 6], [1, 2, 3]]))
  }

  @Test func `matrices are joined beside and below each other`() {
    let matrix = Matrix(rows: [[1, 2], [3, 4]])
    #expect(matrix.appendingColumn([5, 6]) == Matrix(rows: [[1, 2, 5], [3, 4, 6]]))
    #expect(matrix.appendingColumns(matrix).columnCount == 4)
    #expect(matrix.appendingRows(Matrix(rows: [[5, 6]])) == Matrix(rows: [[1, 2], [3, 4], [5, 6]]))
    #expect(
      Matrix(rowCount: 2, columnCount: 0).appendingRows(Matrix(rowCount: 3, columnCount: 0)).rowCount == 5)
  }

  @Test func `diagonals, traces and symmetric parts`() {
    let matrix = Matrix(rows: [[1, 2], [4, -7]])
    #expect(matrix.diagonal == [1, -7])
    #expect(matrix.trace == -6)
    #expect(matrix.symmetrised == Matrix(rows: [[1, 3], [3, -7]]))
    #expect(Matrix(diagonal: [2, 3]) == Matrix(rows: [[2, 0], [0, 3]]))
    #expect(matrix.scaledOnBothSides(by: [2, 3]) == Matrix(rows: [[4, 12], [24, -63]]))
  }

  @Test func `a matrix is finite where every element is`() {
    #expect(Matrix(rows: [[1, -9], [3, 2]]).isFinite && Matrix(rowCount: 0, columnCount: 3).isFinite)
    #expect(!Matrix(rows: [[1, .infinity]]).isFinite && !Matrix(rows: [[1, .nan], [3, 2]]).isFinite)
  }
}
