import RuralValueNumerics
import TestSupport
import Testing

@Suite struct ProductTests {
  /// Ending OpenBLAS's workers while another test uses them would hang it: `make test` starts none.
  static let hasOneThread = BLASThreads.count == 1

  let a = Matrix.random(7, 4, seed: 1)
  let b = Matrix.random(4, 5, seed: 2)

  /// The product by its definition.
  private func defined(_ a: Matrix, _ b: Matrix) -> Matrix {
    var result = Matrix(rowCount: a.rowCount, columnCount: b.columnCount)
    for i in 0..<a.rowCount {
      for j in 0..<b.columnCount { result[i, j] = zip(a.row(i), b.column(j)).map(*).reduce(0, +) }
    }
    return result
  }

  @Test func `products equal their definition`() {
    let expected = defined(a, b)
    expectClose(a * b, expected, absolute: 1e-14, from: "definition")
    expectClose(a.transposed.transposedTimes(b), expected, absolute: 1e-14, from: "definition")
    expectClose(a.timesTransposed(b.transposed), expected, absolute: 1e-14, from: "definition")
    expectClose(a.crossProduct, defined(a.transposed, a), absolute: 1e-14, from: "definition")
  }

  @Test func `a cross product is exactly symmetric`() {
    #expect(a.crossProduct == a.crossProduct.transposed)
  }

  @Test func `matrix–vector products are products with one column`() {
    let x = b.column(0)
    expectClose(
      Matrix(columns: [a * x]), defined(a, Matrix(columns: [x])), absolute: 1e-14, from: "definition")
    let y = a.transposedTimes(a.column(0))
    expectClose(
      Matrix(columns: [y]), a.crossProduct.selectingColumns([0]), absolute: 1e-14, from: "definition")
  }

  @Test func `quadratic forms and outer products`() {
    let square = Matrix(rows: [[2, 1], [0, 3]])
    #expect(square.quadraticForm([1, 2]) == 16)
    var sum = square
    sum.addOuterProduct([1, 2], [3, 4], scale: -1)
    #expect(sum == Matrix(rows: [[-1, -3], [-6, -5]]))
  }

  @Test func `sums, differences and multiples`() {
    let square = Matrix(rows: [[2, 1], [0, 3]])
    #expect(square + square == 2 * square)
    #expect(square - square == Matrix(rowCount: 2, columnCount: 2))
    var sum = square
    sum += square
    sum.add(square, scale: 0.5)
    #expect(sum == 2.5 * square)
  }

  @Test func `products with an empty matrix are empty or zero`() {
    let empty = Matrix(rowCount: 3, columnCount: 0)
    #expect(empty * Matrix(rowCount: 0, columnCount: 2) == Matrix(rowCount: 3, columnCount: 2))
    #expect(empty * [Double]() == [0, 0, 0])
    #expect(empty.crossProduct == Matrix(rowCount: 0, columnCount: 0))
  }

  @Test func `vectors have inner products, norms, sums and differences`() {
    #expect([1.0, 2].innerProduct(with: [3, 4]) == 11)
    expectClose([3e200, 4e200].euclideanNorm, 5e200, relative: 1e-15, from: "Pythagoras")
    #expect([1.0, 2].plus([3, 4]) == [4, 6])
    #expect([1.0, 2].minus([3, 4]) == [-2, -2])
    #expect([1.0, 2].scaled(by: 3) == [3, 6])
  }

  @Test(.enabled(if: hasOneThread)) func `the library is named and runs on as many threads as asked for`() {
    #expect(BLASLibrary.description.contains("OpenBLAS"))
    BLASThreads.use(1)
    #expect(BLASThreads.count == 1)
  }
}
