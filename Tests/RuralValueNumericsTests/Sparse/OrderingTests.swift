import RuralValueNumerics
import TestSupport
import Testing

@Suite struct OrderingTests {
  /// Two grids and three islands in one graph.
  private var disconnected: SparsePattern {
    var lists = [[Int]](repeating: [], count: 43)
    for (offset, side) in [(0, 5), (25, 3), (34, 2)] {
      for r in 0..<side {
        for c in 0..<side {
          if c + 1 < side {
            lists[offset + r * side + c].append(offset + r * side + c + 1)
            lists[offset + r * side + c + 1].append(offset + r * side + c)
          }
          if r + 1 < side {
            lists[offset + r * side + c].append(offset + (r + 1) * side + c)
            lists[offset + (r + 1) * side + c].append(offset + r * side + c)
          }
        }
      }
    }
    return GridGraph.matrix(lists) { _, _ in 1 }.symmetricPattern
  }

  @Test func `orders are permutations, of disconnected graphs too`() {
    for graph in [disconnected, GridGraph.symmetric(rows: 20, columns: 31, shuffleSeed: 1).symmetricPattern] {
      #expect(NestedDissection.order(graph).sorted() == (0..<Int32(graph.size)).map { $0 })
      #expect(ReverseCuthillMcKee.order(graph).sorted() == (0..<Int32(graph.size)).map { $0 })
    }
  }

  @Test func `a shuffled grid gets back a band not much wider than its side`() {
    let shuffled = GridGraph.symmetric(rows: 40, columns: 12, isQueen: false, shuffleSeed: 4)
    #expect(BandedLU.Layout(shuffled).bandwidth <= 2 * 12)
  }
}

@Suite struct BandedLUTests {
  @Test func `an asymmetric matrix and its transpose are solved`() throws {
    // Each unit leans on the next three, as with nearest neighbours.
    let w = GridGraph.matrix((0..<40).map { i in [(i + 1) % 40, (i + 2) % 40, (i + 7) % 40] }) { i, j in
      1.0 / Double(3 + (i + j) % 2)
    }
    let factor = try BandedLU(identityMinus: 0.7, times: w, layout: BandedLU.Layout(w))
    let dense = Matrix.identity(40) - 0.7 * w.dense
    let b = Matrix(columns: [(0..<40).map { Double($0 % 5) - 2 }, (0..<40).map { Double(($0 * 7) % 11) }])
    let difference = dense * factor.solve(b) - b
    let transposedDifference = dense.transposed * factor.solve(b, transposed: true) - b
    #expect(difference.maxAbs < 1e-12)
    #expect(transposedDifference.maxAbs < 1e-12)
    let reference = try LU(dense)
    expectClose(
      factor.logDeterminant.logarithm, reference.logAbsoluteDeterminant, absolute: 1e-12, from: "dense LU")
    #expect(factor.logDeterminant.isPositive == (reference.determinantSign > 0))
  }
}

@Suite struct FixedPointTests {
  @Test(arguments: [0.4, -0.7, 0.99]) func `sweeps find what the banded factor finds`(rho: Double) throws {
    let w = GridGraph.matrix((0..<40).map { i in [(i + 1) % 40, (i + 2) % 40, (i + 7) % 40] }) { _, _ in
      1.0 / 3
    }
    let x = (0..<40).map { Double(($0 * 7) % 11) - 5 }
    let y = try #require(w.fixedPoint(from: x, scale: rho))
    let factor = try BandedLU(identityMinus: rho, times: w, layout: BandedLU.Layout(w))
    for (swept, solved) in zip(y, factor.solve(Matrix(columns: [x])).column(0)) {
      expectClose(swept, solved, absolute: 1e-14 / (1 - abs(rho)), from: "banded LU")
    }
  }

  @Test func `what has no fixed point is nil where it creeps away, and infinite where it flees`() {
    let loop = GridGraph.matrix([[0]]) { _, _ in 1 }
    #expect(loop.fixedPoint(from: [1], scale: 1) == nil)
    #expect(loop.fixedPoint(from: [1], scale: 2) == [.infinity])
  }
}

@Suite struct ChebyshevInterpolantTests {
  @Test func `a polynomial and its derivatives are met exactly`() {
    let interval = -0.5...2.0
    let nodes = ChebyshevInterpolant.nodes(6, in: interval)
    let p = ChebyshevInterpolant(values: nodes.map { 3 + $0 * ($0 * ($0 - 2) + 1) }, in: interval)
    for x in [-0.5, 0, 0.3, 1.9, 2] {
      expectClose(p.derivative(at: x), 3 + x * (x * (x - 2) + 1), absolute: 1e-13, from: "the polynomial")
      expectClose(p.derivative(1, at: x), 3 * x * x - 4 * x + 1, absolute: 1e-12, from: "its derivative")
      expectClose(p.derivative(2, at: x), 6 * x - 4, absolute: 1e-11, from: "its second derivative")
    }
  }

  @Test func `sixteen nodes give a smooth function and two derivatives`() {
    // 1/(3 − x) has its pole where a piece of the log-determinant has its nearest one.
    let interval = -1.0...1.0
    let p = ChebyshevInterpolant(
      values: ChebyshevInterpolant.nodes(16, in: interval).map { 1 / (3 - $0) }, in: interval)
    for x in stride(from: -1, through: 1, by: 0.125) {
      expectClose(p.derivative(at: x), 1 / (3 - x), absolute: 2e-12, from: "1/(3 − x)")
      expectClose(
        p.derivative(2, at: x), 2 / ((3 - x) * (3 - x) * (3 - x)), absolute: 3e-8, from: "2/(3 − x)³")
    }
  }
}

@Suite struct OrthogonalCompressionTests {
  @Test func `a regression among compressed columns is that among the data`() throws {
    var generator = CounterBasedGenerator(seed: 2)
    let x = Matrix(columns: (0..<4).map { _ in generator.normals(300) })
    let y = generator.normals(300)
    let triangle = x.appendingColumn(y).orthogonalCompression
    #expect(triangle.rowCount == 5)
    let b = try triangle.selectingColumns([0, 1, 2, 3]).leastSquaresSolution(triangle.column(4))
    let reference = try LeastSquares(x).regress(y).coefficients
    for (one, other) in zip(b, reference) { expectClose(one, other, relative: 1e-12, from: "QR of the data") }
  }
}
