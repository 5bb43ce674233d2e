import RuralValueNumerics
import TestSupport
import Testing

@Suite struct SparseCholeskyTests {
  /// I − ρS as a dense matrix.
  private func dense(_ s: SparseMatrix, rho: Double) -> Matrix {
    Matrix.identity(s.size) - rho * s.dense
  }

  private let lanes = SparseCholesky.Lanes(-0.95, -0.5, -0.1, 0.1, 0.4, 0.7, 0.9, 0.98)

  @Test(arguments: [(1, 1), (1, 9), (4, 5), (11, 11), (17, 13)])
  func `sparse, banded, eigen and dense log-determinants agree`(rows: Int, columns: Int) throws {
    let s = GridGraph.symmetric(rows: rows, columns: columns, shuffleSeed: 3)
    let sparse = try SparseCholesky(s).factor(lanes).logDeterminants
    let eigenvalues = try SymmetricEigen.values(of: s.dense)
    let layout = BandedLU.Layout(s)
    for lane in 0..<SparseCholesky.lanes {
      let rho = lanes[lane]
      let reference = try LU(dense(s, rho: rho)).logAbsoluteDeterminant
      // A determinant near one has a logarithm near zero, whose digits are those of 1 − log.
      let scale = max(1, abs(reference))
      expectClose(sparse[lane], reference, absolute: 1e-12 * scale, from: "dense LU", "sparse at \(rho)")
      let banded = try BandedLU(identityMinus: rho, times: s, layout: layout).logDeterminant
      expectClose(banded.logarithm, reference, absolute: 1e-12 * scale, from: "dense LU", "banded at \(rho)")
      #expect(banded.isPositive)
      let spectral = eigenvalues.map { 1 - rho * $0 }.reduce(1, *)
      expectClose(
        try Cholesky(dense(s, rho: rho)).logDeterminant, reference, absolute: 1e-12 * scale, from: "dense LU")
      if s.size <= 121 {
        expectClose(
          eigenvalues.reduce(0) { $0 + logOfOneMinus(rho * $1) }, reference, absolute: 1e-12 * scale,
          from: "dense LU")
        #expect(spectral > 0)
      }
    }
  }

  private func logOfOneMinus(_ x: Double) -> Double {
    // log(1 − x) without a mathematics library: det of a 1 × 1 matrix.
    (try? Cholesky(Matrix(rows: [[1 - x]])).logDeterminant) ?? .nan
  }

  @Test func `solving and multiplying back gives the right-hand side`() throws {
    let s = GridGraph.symmetric(rows: 9, columns: 14, shuffleSeed: 8)
    var generator = CounterBasedGenerator(seed: 5)
    let b = (0..<s.size).map { _ in SparseCholesky.Lanes((0..<8).map { _ in generator.normal() }) }
    let x = try SparseCholesky(s).factor(lanes).solve(b)
    for lane in 0..<8 {
      let column = x.map { $0[lane] }
      let image = column.minus(s.times(column).scaled(by: lanes[lane]))
      for i in b.indices { expectClose(image[i], b[i][lane], absolute: 1e-12, from: "the right-hand side") }
    }
  }

  @Test func `the order of rows does not change the determinant`() throws {
    let plain = GridGraph.symmetric(rows: 15, columns: 15)
    let shuffled = GridGraph.symmetric(rows: 15, columns: 15, shuffleSeed: 12)
    let (a, b) = (
      try SparseCholesky(plain).factor(lanes).logDeterminants,
      try SparseCholesky(shuffled).factor(lanes).logDeterminants
    )
    for lane in 0..<8 { expectClose(a[lane], b[lane], relative: 1e-12, from: "the other order") }
  }

  @Test func `many values at once are the values one by one`() throws {
    let analysis = SparseCholesky(GridGraph.symmetric(rows: 5, columns: 6))
    let values = (0..<11).map { -0.9 + 0.17 * Double($0) }
    let together = try analysis.logDeterminants(values)
    for (value, found) in zip(values, together) {
      expectClose(found, try analysis.logDeterminants([value])[0], relative: 1e-15, from: "one by one")
    }
  }

  @Test func `an indefinite matrix is refused`() {
    let s = GridGraph.symmetric(rows: 4, columns: 4)
    #expect(throws: FactorizationError.self) { try SparseCholesky(s).factor(.init(repeating: 1.2)) }
  }

  @Test func `nested dissection keeps the factor sparser than a band`() {
    let s = GridGraph.symmetric(rows: 60, columns: 60, shuffleSeed: 2)
    let band = BandedLU.Layout(s).bandwidth * s.size
    #expect(SparseCholesky(s).factorCount < band / 2)
  }
}
