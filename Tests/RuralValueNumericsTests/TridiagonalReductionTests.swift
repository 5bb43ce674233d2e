import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@Suite struct TridiagonalReductionTests {
  private let matrix = Matrix.random(9, 9).symmetrised

  @Test func `the eigenvalues are those of the matrix`() throws {
    let expected = try SymmetricEigen.values(of: matrix)
    let values = try TridiagonalReduction(matrix).tridiagonal.eigenvalues()
    for (value, other) in zip(values, expected) { expectClose(value, other, absolute: 1e-13, from: "dsyevd") }
  }

  @Test func `rotated vectors and a tridiagonal solution give what a factor of the whole gives`() throws {
    let reduction = try TridiagonalReduction(matrix)
    let rho = 0.9 / (try SymmetricEigen.values(of: matrix).last ?? 1)
    let (x, y) = (Matrix.random(9, 1, seed: 2), Matrix.random(9, 1, seed: 3))
    let solution = try reduction.tridiagonal.solve(identityMinus: rho, reduction.rotated(x).elements)
    let found = reduction.rotated(y).elements.innerProduct(with: reduction.tridiagonal.times(solution))
    let whole = try LU(matrix.subtractedFromIdentity(rho)).solve(x.elements)
    expectClose(found, y.elements.innerProduct(with: matrix * whole), relative: 1e-11, from: "LU")
  }

  @Test func `a factor that is not positive definite names its minor`() {
    let matrix = SymmetricTridiagonal(diagonal: [0, 2], beside: [0])
    #expect(throws: FactorizationError.notPositiveDefinite(minor: 2)) {
      try matrix.solve(identityMinus: 1, [1, 1])
    }
  }

  @Test func `matrices of one element and of none are reduced as they stand`() throws {
    #expect(try TridiagonalReduction(Matrix(rows: [[3]])).tridiagonal.eigenvalues() == [3])
    #expect(try TridiagonalReduction(Matrix(rowCount: 0, columnCount: 0)).tridiagonal.eigenvalues() == [])
  }

  @Test func `general eigenvalues have the trace, the determinant and conjugates`() throws {
    let matrix = Matrix.random(7, 7)
    let values = try GeneralEigenvalues(matrix)
    expectClose(values.real.reduce(0, +), matrix.trace, absolute: 1e-12, from: "the trace")
    expectClose(values.imaginary.reduce(0, +), 0, absolute: 1e-13, from: "conjugates")
    let moduli = zip(values.real, values.imaginary).map { ($0 * $0 + $1 * $1).squareRoot() }
    let lu = try LU(matrix)
    expectClose(
      moduli.reduce(1, *), exp(lu.logAbsoluteDeterminant), relative: 1e-11,
      from: "|det|")
  }

  @Test func `a trace of a product and means with the transpose are those of their definition`() {
    let (a, b) = (Matrix.random(40, 40), Matrix.random(40, 40, seed: 2))
    expectClose(a.traceOfProduct(with: b), (a * b).trace, absolute: 1e-11, from: "the product")
    let squares = Matrix(rowCount: 40, columnCount: 40, columnMajor: a.elements.map { $0 * $0 })
    let mean = squares.geometricMeanWithTranspose
    #expect(mean == mean.transposed)
    expectClose(mean[3, 37], abs(a[3, 37] * a[37, 3]), relative: 1e-14, from: "√(a²b²)")
    expectClose(
      a.subtractedFromIdentity(0.3), Matrix.identity(40) - 0.3 * a, absolute: 1e-15, from: "I − ρA")
  }
}
