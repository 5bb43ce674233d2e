import RuralValueNumerics
import TestSupport
import Testing

@Suite struct LeastSquaresTests {
  let regressors = Matrix(columns: [[Double](repeating: 1, count: 40)]).appendingColumns(.random(40, 3))
  let outcome = Matrix.random(40, 1, seed: 9).elements

  @Test func `residuals are orthogonal to the regressors`() throws {
    let result = try LeastSquares(regressors).regress(outcome)
    for value in regressors.transposedTimes(result.residuals) {
      expectClose(value, 0, absolute: 1e-13, from: "the normal equations")
    }
    let fitted = regressors.times(result.coefficients)
    for (a, b) in zip(fitted, result.fittedValues(outcome: outcome)) {
      expectClose(a, b, absolute: 1e-14, from: "y − e")
    }
  }

  @Test func `the inverse cross product inverts the cross product`() throws {
    let problem = try LeastSquares(regressors)
    let product = problem.crossProductInverse * regressors.crossProduct
    expectClose(product, .identity(4), absolute: 1e-13, from: "identity")
  }

  @Test func `standard errors are the roots of the covariance's diagonal`() throws {
    let result = try LeastSquares(regressors).regress(outcome)
    #expect(result.degreesOfFreedom == 36)
    for (error, variance) in zip(result.standardErrors, result.covariance.diagonal) {
      expectClose(error * error, variance, relative: 1e-14, from: "σ² (XᵀX)⁻¹")
    }
  }

  @Test func `rescaling a column rescales its coefficient`() throws {
    let first = try LeastSquares(regressors).regress(outcome)
    var scaled = regressors
    for i in 0..<40 { scaled[i, 2] *= 1e-9 }
    let second = try LeastSquares(scaled).regress(outcome)
    expectClose(second.coefficients[2] * 1e-9, first.coefficients[2], relative: 1e-14, from: "the first")
    expectClose(second.standardErrors[2] * 1e-9, first.standardErrors[2], relative: 1e-13, from: "the first")
    expectClose(second.rSquared, first.rSquared, relative: 1e-13, from: "the first")
  }

  @Test func `of two collinear columns the later one is dropped and named`() throws {
    let sum = regressors.column(1).plus(regressors.column(2))
    let matrix = regressors.selectingColumns([0, 1, 2]).appendingColumn(sum)
      .appendingColumn(regressors.column(3))
    let problem = try LeastSquares(matrix, columnNames: ["constant", "income", "land", "both", "road"])
    #expect(problem.columns.dropped == [3])
    #expect(problem.droppedColumnNames == ["both"])
    let result = try problem.regress(outcome)
    let without = try LeastSquares(regressors).regress(outcome)
    #expect(result.rank == 4)
    #expect(result.droppedColumns == [3] && result.droppedColumnNames == ["both"])
    #expect(result.coefficients[3] == 0 && result.standardErrors[3] == 0)
    expectClose(result.coefficients[4], without.coefficients[3], relative: 1e-14, from: "without it")
    expectClose(result.rSquared, without.rSquared, relative: 1e-14, from: "without it")
  }

  @Test func `a full set of dummies beside a constant loses its last`() throws {
    let dummies = Matrix(columns: (0..<3).map { g in (0..<12).map { $0 % 3 == g ? 1.0 : 0 } })
    let matrix = Matrix(columns: [[Double](repeating: 1, count: 12)]).appendingColumns(dummies)
    #expect(try IndependentColumns(of: matrix).dropped == [3])
  }

  @Test func `a column of zeros is dropped`() throws {
    let matrix = Matrix(columns: [[0, 0, 0], [1, 2, 4]])
    #expect(try IndependentColumns(of: matrix).dropped == [0])
  }

  @Test func `what demeaning leaves of a constant column is dropped by its former length`() throws {
    let matrix = Matrix(columns: [[1, 2, 4, 3], [2e-13, -1e-13, -2e-13, 1e-13]])
    #expect(try IndependentColumns(of: matrix).dropped == [])
    #expect(try IndependentColumns(of: matrix, scales: [5, 2000]).dropped == [1])
    #expect(try LeastSquares(matrix, columnScales: [5, 2000]).rank == 1)
  }

  @Test func `more columns than rows keep the first independent ones`() throws {
    let matrix = Matrix.random(3, 5)
    #expect(try IndependentColumns(of: matrix).kept == [0, 1, 2])
    let result = try LeastSquares(matrix).regress([1, 2, 3])
    #expect(result.degreesOfFreedom == 0)
    #expect(result.residualVariance.isNaN)
    for residual in result.residuals { expectClose(residual, 0, absolute: 1e-14, from: "an exact fit") }
  }

  @Test func `without regressors the outcome is its own residual`() throws {
    let result = try LeastSquares(Matrix(rowCount: 3, columnCount: 0)).regress([1, 2, 3], centred: false)
    #expect(result.residuals == [1, 2, 3])
    #expect(result.rSquared == 0)
  }

  @Test func `a constant outcome has no R squared`() throws {
    let result = try LeastSquares(Matrix(columns: [[1, 1, 1]])).regress([2, 2, 2])
    #expect(result.rSquared.isNaN)
  }

  @Test func `what is not finite or has another length is refused`() throws {
    let problem = try LeastSquares(regressors)
    #expect(throws: FactorizationError.notFinite(row: 1, column: 1)) {
      try LeastSquares(Matrix(rows: [[1, 2], [3, .nan]]))
    }
    #expect(throws: FactorizationError.notFinite(row: 39, column: 0)) {
      try problem.regress(Array(outcome.dropLast()) + [.infinity])
    }
    #expect(
      throws: FactorizationError.shapeMismatch(expectedRows: 40, expectedColumns: 1, rows: 2, columns: 1)
    ) {
      try problem.regress([1, 2])
    }
  }
}
