import RuralValueNumerics
import TestSupport
import Testing

@Suite struct CholeskyTests {
  let matrix = Matrix.randomSemidefinite(6, rank: 9)

  @Test func `L times its transpose is the matrix`() throws {
    let factor = try Cholesky(matrix)
    expectClose(factor.lower.timesTransposed(factor.lower), matrix, absolute: 1e-13, from: "A")
    #expect(factor.smallestRelativePivot > 0.001 && factor.smallestRelativePivot <= 1)
  }

  @Test func `solutions solve and the inverse inverts`() throws {
    let factor = try Cholesky(matrix)
    let x = try factor.solve([1, 2, 3, 4, 5, 6])
    for (value, expected) in zip(matrix * x, [1.0, 2, 3, 4, 5, 6]) {
      expectClose(value, expected, absolute: 1e-11, from: "Ax = b")
    }
    expectClose(factor.inverse * matrix, .identity(6), absolute: 1e-11, from: "identity")
    #expect(factor.inverse == factor.inverse.transposed)
    expectClose(try factor.solve(matrix), .identity(6), absolute: 1e-11, from: "identity")
  }

  @Test func `the log determinant is the one of LU`() throws {
    let lu = try LU(matrix)
    expectClose(try Cholesky(matrix).logDeterminant, lu.logAbsoluteDeterminant, relative: 1e-12, from: "LU")
    #expect(lu.determinantSign == 1)
  }

  @Test func `an indefinite matrix names the failing minor`() {
    #expect(throws: FactorizationError.notPositiveDefinite(minor: 2)) {
      try Cholesky(Matrix(rows: [[1, 2, 0], [2, 1, 0], [0, 0, 1]]))
    }
    #expect(throws: FactorizationError.notPositiveDefinite(minor: 1)) {
      try Cholesky(Matrix(rows: [[-1]]))
    }
  }

  @Test func `a near singular matrix is refused by its relative pivot, whatever its scale`() throws {
    let scales = [1e6, 1, 1e-6]
    let matrix = Matrix(rows: [[1, 0.5, 0.5], [0.5, 1, 1 - 1e-13], [0.5, 1 - 1e-13, 1]])
      .scaledOnBothSides(by: scales)
    #expect(try Cholesky(matrix).smallestRelativePivot < 1e-12)
    #expect(throws: FactorizationError.notPositiveDefinite(minor: 3)) {
      try Cholesky(matrix, relativeTolerance: 1e-12)
    }
  }

  @Test func `the empty matrix has determinant one`() throws {
    #expect(try Cholesky(Matrix(rowCount: 0, columnCount: 0)).logDeterminant == 0)
  }
}

@Suite struct PivotedCholeskyTests {
  @Test(arguments: [1, 4, 7]) func `the rank is found, and equations in the range are solved`(rank: Int)
    throws
  {
    let matrix = Matrix.randomSemidefinite(7, rank: rank)
    let factor = try PivotedCholesky(matrix, tolerance: 1e-10)
    #expect(factor.rank == rank)
    let right = matrix * [1, -2, 3, 0, 1, 0.5, 4]
    let solution = factor.solve(right)
    for (value, expected) in zip(matrix * solution, right) {
      expectClose(value, expected, absolute: 1e-10, from: "Ax = b")
    }
    #expect(solution.count { $0 != 0 } <= rank)
  }

  @Test func `a matrix of zeros has no rank, and one that is not square is refused`() throws {
    #expect(try PivotedCholesky(Matrix(rowCount: 3, columnCount: 3), tolerance: 1e-10).rank == 0)
    #expect(throws: FactorizationError.self) {
      try PivotedCholesky(Matrix(rowCount: 2, columnCount: 3), tolerance: 1e-10)
    }
  }
}

@Suite struct LUTests {
  @Test func `solutions solve and the inverse inverts`() throws {
    let matrix = Matrix.random(5, 5)
    let lu = try LU(matrix)
    expectClose(lu.inverse * matrix, .identity(5), absolute: 1e-13, from: "identity")
    expectClose(try lu.solve(matrix), .identity(5), absolute: 1e-13, from: "identity")
    let x = try lu.solve([1, 2, 3, 4, 5])
    expectClose((matrix * x)[4], 5, relative: 1e-13, from: "Ax = b")
    let z = try lu.solveTransposed([1, 2, 3, 4, 5])
    expectClose(matrix.transposedTimes(z)[4], 5, relative: 1e-13, from: "Aᵀx = b")
  }

  @Test func `the determinant of a triangle is the product of its diagonal`() throws {
    let lu = try LU(Matrix(rows: [[0, -3], [2, 5]]))
    expectClose(lu.logAbsoluteDeterminant, 1.791759469228055, relative: 1e-15, from: "log 6")
    #expect(lu.determinantSign == 1)
    #expect(try LU(Matrix(rows: [[-2, 1], [0, 3]])).determinantSign == -1)
  }

  @Test func `a singular matrix names the zero pivot`() {
    #expect(throws: FactorizationError.singular(pivot: 2)) { try LU(Matrix(rows: [[1, 2], [2, 4]])) }
  }

  @Test func `the reciprocal condition warns of a nearly singular matrix`() throws {
    let nearly = try LU(Matrix(rows: [[1, 1], [1, 1 + 1e-12]]))
    #expect(nearly.reciprocalCondition < 1e-12)
    #expect(try LU(.identity(3)).reciprocalCondition == 1)
  }
}

@Suite struct SpectrumTests {
  @Test func `eigenvalues and vectors put a symmetric matrix together again`() throws {
    let matrix = Matrix.random(6, 6).symmetrised
    let eigen = try SymmetricEigen(matrix)
    let v = eigen.vectors
    expectClose(v * Matrix(diagonal: eigen.values) * v.transposed, matrix, absolute: 1e-13, from: "A")
    expectClose(v.crossProduct, .identity(6), absolute: 1e-13, from: "identity")
    #expect(eigen.values == eigen.values.sorted())
    for j in 0..<6 { #expect(v.column(j).max()! == v.column(j).map(abs).max()!) }
    let alone = try SymmetricEigen.values(of: matrix)
    for (a, b) in zip(alone, eigen.values) { expectClose(a, b, absolute: 1e-14, from: "with vectors") }
  }

  @Test func `an empty matrix has no eigenvalues`() throws {
    #expect(try SymmetricEigen.values(of: Matrix(rowCount: 0, columnCount: 0)) == [])
  }

  @Test(arguments: [(7, 4), (4, 7), (3, 3)])
  func `singular values and vectors put a matrix together again`(_ n: Int, _ k: Int) throws {
    let matrix = Matrix.random(n, k)
    let svd = try SingularValues(matrix)
    let again = svd.left * Matrix(diagonal: svd.values) * svd.right.transposed
    expectClose(again, matrix, absolute: 1e-13, from: "A")
    #expect(svd.values == svd.values.sorted(by: >))
    #expect(svd.condition == svd.values[0] / svd.values[min(n, k) - 1])
  }

  @Test func `an empty matrix has no singular values`() throws {
    let svd = try SingularValues(Matrix(rowCount: 3, columnCount: 0))
    #expect(svd.values == [] && svd.condition == 1)
  }
}

@Suite struct FactorizationErrorTests {
  @Test func `what is not square is refused with both sizes`() {
    let matrix = Matrix(rowCount: 2, columnCount: 3)
    let error = FactorizationError.shapeMismatch(expectedRows: 2, expectedColumns: 2, rows: 2, columns: 3)
    #expect(throws: error) { try Cholesky(matrix) }
    #expect(throws: error) { try LU(matrix) }
    #expect(throws: error) { try SymmetricEigen(matrix) }
    #expect(throws: error) { try SymmetricSweepInverse(matrix) }
  }

  @Test func `a right-hand side of another length is refused`() throws {
    let error = FactorizationError.shapeMismatch(expectedRows: 2, expectedColumns: 1, rows: 3, columns: 1)
    #expect(throws: error) { try Cholesky(.identity(2)).solve([1, 2, 3]) }
    #expect(throws: error) { try LU(.identity(2)).solve([1, 2, 3]) }
  }

  @Test(arguments: [
    (FactorizationError.notPositiveDefinite(minor: 3), "order 3"),
    (.singular(pivot: 2), "pivot 2"),
    (.notConverged(routine: "dsyevd", info: 1), "dsyevd"),
    (.notFinite(row: 0, column: 4), "row 1, column 5"),
    (.shapeMismatch(expectedRows: 2, expectedColumns: 2, rows: 2, columns: 3), "2 × 3 where 2 × 2"),
  ])
  func `an error is one sentence with its numbers`(_ error: FactorizationError, _ words: String) {
    #expect(error.description.contains(words))
    #expect(error.description.hasSuffix("."))
  }
}
