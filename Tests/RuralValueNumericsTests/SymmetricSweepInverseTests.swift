import RuralValueNumerics
import TestSupport
import Testing

@Suite struct SymmetricSweepInverseTests {
  @Test func `sweeping a positive definite matrix inverts it`() throws {
    let matrix = Matrix.randomSemidefinite(8, rank: 12)
    let result = try SymmetricSweepInverse(matrix)
    #expect(result.rank == 8 && result.dropped == [])
    expectClose(result.inverse, try Cholesky(matrix).inverse, absolute: 1e-11, from: "Cholesky")
    #expect(result.inverse == result.inverse.transposed)
  }

  @Test func `sweeping a singular matrix leaves rows of zeros`() throws {
    let matrix = Matrix.randomSemidefinite(8, rank: 5)
    let result = try SymmetricSweepInverse(matrix)
    #expect(result.rank == 5 && result.dropped.count == 3)
    let inverse = result.inverse
    expectClose(matrix * inverse * matrix, matrix, absolute: 1e-11, from: "A")
    expectClose(inverse * matrix * inverse, inverse, absolute: 1e-11, from: "G")
    for index in result.dropped { #expect(result.inverse.column(index).allSatisfy { $0 == 0 }) }
  }

  @Test func `sweeping takes the largest remaining diagonal first`() throws {
    // Rows 0 and 2 are one variable in two units; the larger is swept, the smaller dropped.
    let matrix = Matrix(rows: [[1, 0, 10], [0, 4, 0], [10, 0, 100]])
    let result = try SymmetricSweepInverse(matrix)
    #expect(result.dropped == [0])
    expectClose(result.inverse, Matrix(diagonal: [0, 0.25, 0.01]), absolute: 1e-17, from: "by hand")
  }

  @Test func `a small variable is not dropped for the rounding error of a large one`() throws {
    let large = Matrix(rows: [[1e12, 1e12 - 1e-3], [1e12 - 1e-3, 1e12]])
    let matrix = Matrix(rows: [large.row(0) + [0], large.row(1) + [0], [0, 0, 1e-9]])
    let result = try SymmetricSweepInverse(matrix)
    #expect(result.dropped == [1])
    expectClose(result.inverse[2, 2], 1e9, relative: 1e-15, from: "by hand")
  }

  @Test func `sweeping zero drops everything`() throws {
    #expect(try SymmetricSweepInverse(Matrix(rowCount: 2, columnCount: 2)).dropped == [0, 1])
  }
}
