internal import RuralValueNumerics

/// A = S⁻, the weight matrix: the inverse of a symmetric S of moments' covariances, j × j.
///
/// Where S has full rank it is kept as its Cholesky factor and never inverted. Where it has not, as with
/// more instruments than units, it is inverted by Stata's symmetric sweep, so that results are those of
/// xtabond2; other programs use the Moore–Penrose inverse there and get other numbers. Neither is right:
/// the estimate then rests on an arbitrary choice among equivalent weights.
struct WeightMatrix: Sendable {
  private enum Form {
    case factored(Cholesky)
    case swept(Matrix)
  }

  private let form: Form
  /// The rank of S.
  let rank: Int
  /// The columns that the sweep dropped, ascending.
  let dropped: [Int]

  /// Inverts S. Throws `DynamicPanelError.overflow` where S is not finite.
  init(of covariance: Matrix) throws(DynamicPanelError) {
    if let cholesky = WeightMatrix.safeFactor(of: covariance) {
      form = .factored(cholesky)
      rank = covariance.rowCount
      dropped = []
    } else {
      guard let sweep = try? SymmetricSweepInverse(covariance) else {
        throw .overflow(what: "The covariance of the moments")
      }
      form = .swept(sweep.inverse)
      rank = sweep.rank
      dropped = sweep.dropped
    }
  }

  /// The factor where the sweep would find full rank too, in whatever order it takes its pivots; else nil.
  ///
  /// A variable's share that all others leave unexplained, 1/(Sⱼⱼ(S⁻¹)ⱼⱼ), bounds its pivot in any order from
  /// below. Where no pivot in the given order is small, none of these shares is in practice.
  private static func safeFactor(of covariance: Matrix) -> Cholesky? {
    guard let cholesky = try? Cholesky(covariance, relativeTolerance: 1e-8) else { return nil }
    guard cholesky.smallestRelativePivot < 1e-4 else { return cholesky }
    let shares = zip(covariance.diagonal, cholesky.inverse.diagonal).map { 1 / ($0 * $1) }
    return shares.allSatisfy { $0 > 10 * SymmetricSweepInverse.defaultTolerance } ? cholesky : nil
  }

  /// AB, for a B of j rows.
  func times(_ matrix: Matrix) -> Matrix {
    switch form {
    case .factored(let cholesky):
      guard let product = try? cholesky.solve(matrix) else { preconditionFailure("B has j rows.") }
      return product
    case .swept(let inverse): return inverse.times(matrix)
    }
  }

  /// Av.
  func times(_ vector: [Double]) -> [Double] {
    times(Matrix(rowCount: vector.count, columnCount: 1, columnMajor: vector)).elements
  }

  /// v′Av.
  func quadraticForm(_ vector: [Double]) -> Double { vector.innerProduct(with: times(vector)) }

  /// The columns that were kept, ascending.
  var independent: [Int] {
    let dropped = Set(dropped)
    return (0..<rank + dropped.count).filter { !dropped.contains($0) }
  }

  /// Whether S had full rank, so that A is its inverse.
  var isInverse: Bool { dropped.isEmpty }
}

/// H, the covariance of a unit's stacked errors that the first step supposes, up to a factor.
///
/// h = 3: [D; I][D; I]′, that is [[DD′, D], [D′, I]]. h = 2: DD′ and I on the diagonal, zero between the
/// equations. h = 1: the identity. Source: Roodman (2009), option h().
struct InitialCovariance: Sendable, Equatable {
  private let transformOperator: [[Double]]
  private let transformedCovariance: [[Double]]
  private let kind: Int

  /// The identity, h = 1.
  static let identity = InitialCovariance(transformOperator: [], transformedCovariance: [], kind: 1)

  private init(transformOperator: [[Double]], transformedCovariance: [[Double]], kind: Int) {
    self.transformOperator = transformOperator
    self.transformedCovariance = transformedCovariance
    self.kind = kind
  }

  init(_ specification: DynamicPanelSpecification, periodCount: Int) {
    kind = specification.initialWeight
    transformOperator = specification.transform.operatorRows(periodCount: periodCount)
    let rows = transformOperator
    transformedCovariance = rows.map { a in
      rows.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    }
  }

  /// The element of H for two stacked rows.
  subscript(_ a: EquationRow, _ b: EquationRow) -> Double {
    if kind == 1 { return a == b ? 1 : 0 }
    switch (a.equation, b.equation) {
    case (.transformed, .transformed): return transformedCovariance[a.period][b.period]
    case (.level, .level): return a.period == b.period ? 1 : 0
    case (.transformed, .level): return kind == 3 ? transformOperator[a.period][b.period] : 0
    case (.level, .transformed): return kind == 3 ? transformOperator[b.period][a.period] : 0
    }
  }
}

/// One of a unit's stacked rows: an equation and a period.
struct EquationRow: Sendable, Hashable {
  enum Equation: Sendable { case transformed, level }

  let equation: Equation
  let period: Int
}
