import RuralValueNumerics
import TestSupport
import Testing

@Suite struct GeneralizedInverseTests {
  /// The four conditions of Penrose, of which the sweep inverse fulfils the first two.
  private func expectInverse(_ g: Matrix, of a: Matrix, moorePenrose: Bool, absolute: Double = 1e-11) {
    expectClose(a * g * a, a, absolute: absolute, from: "A")
    expectClose(g * a * g, g, absolute: absolute, from: "G")
    if moorePenrose {
      expectClose(a * g, (a * g).transposed, absolute: absolute, from: "AG is symmetric")
      expectClose(g * a, (g * a).transposed, absolute: absolute, from: "GA is symmetric")
    }
  }

  @Test func `a rank deficient matrix has a Moore–Penrose inverse`() throws {
    let matrix = Matrix.random(7, 3) * Matrix.random(3, 5, seed: 2)
    let result = try GeneralizedInverse(matrix)
    #expect(result.rank == 3)
    expectInverse(result.inverse, of: matrix, moorePenrose: true)
  }

  @Test func `a symmetric matrix has a symmetric Moore–Penrose inverse`() throws {
    let matrix = Matrix.randomSemidefinite(6, rank: 4)
    let result = try GeneralizedInverse(symmetric: matrix)
    #expect(result.rank == 4)
    #expect(result.inverse == result.inverse.transposed)
    expectInverse(result.inverse, of: matrix, moorePenrose: true)
    let general = try GeneralizedInverse(matrix, relativeTolerance: 1e-12)
    expectClose(result.inverse, general.inverse, absolute: 1e-11, from: "by singular values")
  }

  @Test func `the inverse of zero is zero`() throws {
    let result = try GeneralizedInverse(symmetric: Matrix(rowCount: 3, columnCount: 3))
    #expect(result.rank == 0 && result.inverse.maxAbs == 0)
  }

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
    expectInverse(result.inverse, of: matrix, moorePenrose: false)
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
