import RuralValueNumerics
import Testing

@Suite struct MatrixTests {
  @Test func `a matrix stores its elements column by column`() {
    let matrix = Matrix(rows: [[1, 2, 3], [4, 5, 6]])
    #expect(matrix.elements == [1, 4, 2, 5, 3, 6])
    #expect(matrix.column(1) == [2, 5])
    #expect(matrix.row(1) == [4, 5, 6])
    #expect(matrix.transposed == Matrix(rows: [[1, 4], [2, 5], [3, 6]]))
  }
}
