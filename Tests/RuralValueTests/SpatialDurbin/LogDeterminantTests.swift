import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

@Suite struct LogDeterminantTests {
  /// log|I − rW| and its derivatives from all eigenvalues, for a W that is similar to a symmetric S.
  private func reference(_ weights: SpatialWeights, _ r: Double) throws -> [Double] {
    let similarity = try #require(SymmetricSimilarity(weights.sparseMatrix))
    let values = try SymmetricEigen.values(of: similarity.matrix.dense)
    let determinant = try Cholesky(Matrix.identity(weights.unitCount) - r * similarity.matrix.dense)
      .logDeterminant
    let ratios = values.map { $0 / (1 - r * $0) }
    return [determinant, -ratios.reduce(0, +), -ratios.reduce(0) { $0 + $1 * $1 }]
  }

  @Test func `interpolated pieces agree with eigenvalues`() throws {
    let weights = try TestWeights.grid(21, 24)
    let determinant = try LogDeterminant(weights, similarity: SymmetricSimilarity(weights.sparseMatrix))
    #expect(determinant.eigenvalues == nil)
    for r in [-0.99, -0.8, -0.4, 0, 0.05, 1.0 / 3, 0.334, 0.45, 0.7, 0.9, 0.97, 0.995] {
      let expected = try reference(weights, r)
      let found = try determinant(r)
      let scale = max(1, abs(expected[0]))
      expectClose(
        found.value, expected[0], absolute: 1e-12 * scale, from: "Cholesky and eigenvalues", "L(\(r))")
      expectClose(found.first, expected[1], relative: 1e-10, absolute: 1e-10, from: "eigenvalues", "L′(\(r))")
      // Pieces shrink towards the bounds, and the second derivative divides rounding by their length squared.
      let tolerance = abs(r) < 0.95 ? 3e-9 : 1e-7
      expectClose(
        found.second, expected[2], relative: tolerance, absolute: 1e-8, from: "eigenvalues", "L″(\(r))")
    }
  }

  @Test func `a few units take eigenvalues, and they agree with the dense determinant`() throws {
    let weights = try TestWeights.grid(7, 8)
    let determinant = try LogDeterminant(weights, similarity: SymmetricSimilarity(weights.sparseMatrix))
    #expect(determinant.eigenvalues?.count == 56)
    for r in [-0.9, 0.3, 0.95] {
      let expected = try reference(weights, r)
      expectClose(try determinant(r).value, expected[0], relative: 1e-12, from: "dense Cholesky")
      expectClose(try determinant(r).second, expected[2], relative: 1e-12, from: "eigenvalues")
    }
  }

  @Test func `weights without a symmetric similarity take banded LU`() throws {
    let weights = try TestWeights.ring(90)
    #expect(SymmetricSimilarity(weights.sparseMatrix) == nil)
    let determinant = try LogDeterminant(weights, similarity: nil)
    for r in [-0.7, 0.2, 0.5, 0.85] {
      let dense = Matrix.identity(90) - r * weights.sparseMatrix.dense
      let lu = try LU(dense)
      let g = weights.sparseMatrix.dense * lu.inverse
      expectClose(
        try determinant(r).value, lu.logAbsoluteDeterminant, absolute: 1e-12, from: "dense LU", "L(\(r))")
      expectClose(-(try determinant(r).first), g.trace, relative: 1e-9, absolute: 1e-9, from: "dense inverse")
      expectClose(
        -(try determinant(r).second), (g * g).trace, relative: 1e-7, absolute: 1e-7, from: "dense inverse")
    }
  }

  @Test func `pieces of separate networks count a pole each`() throws {
    // Two grids side by side without a link: W has the eigenvalue one twice.
    let one = try TestWeights.grid(17, 17)
    let links = one.links + one.links.map { .init(from: $0.from + 289, to: $0.to + 289, weight: $0.weight) }
    let both = try SpatialWeights(units: (0..<578).map { "u\($0)" }, links: links)
    let determinant = try LogDeterminant(both, similarity: SymmetricSimilarity(both.sparseMatrix))
    let single = try LogDeterminant(one, similarity: SymmetricSimilarity(one.sparseMatrix))
    for r in [0.3, 0.8, 0.99] {
      expectClose(
        try determinant(r).value, 2 * (try single(r).value), relative: 1e-12, from: "twice one grid")
    }
  }

  @Test func `totals of weights that are not standardised agree with the dense inverse`() throws {
    let binary = try SpatialFixtures.states()
    let weights = binary.standardised(.spectral)
    let system = try SpatialSystem([weights], matrixOfPeriod: [0])
    #expect(!system.isRowStochastic)
    for r in [-0.5, 0.2, 0.7, 0.95] {
      let inverse = try LU(Matrix.identity(46) - r * weights.sparseMatrix.dense).inverse
      let mean = inverse.elements.reduce(0, +) / 46
      expectClose(
        try system.meanTotal(r).value, mean, relative: 1e-10, from: "dense inverse", "total at \(r)")
    }
  }
}
