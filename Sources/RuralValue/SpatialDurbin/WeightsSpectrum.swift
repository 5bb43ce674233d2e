internal import RuralValueNumerics

/// The eigenvalues ω of W, all real or some in conjugate pairs: log|I − rW| and all traces are sums over them.
struct WeightsSpectrum: Sendable {
  /// Re ω; ascending where all are real.
  let real: [Double]
  /// Im ω, nil where all are real.
  let imaginary: [Double]?
  /// What gives 1′G1 beside the sums, of dense symmetric weights.
  let totals: TridiagonalTotals?

  /// The largest N for which the eigenvalues of a W without symmetry are computed.
  ///
  /// They take 8.7 s at N = 2,850, twenty factorizations; two pieces of Chebyshev nodes would take 32.
  static let generalLimit = 3000

  /// Real eigenvalues, in any order.
  init(real: [Double], totals: TridiagonalTotals? = nil) {
    self.init(real: real.sorted(), imaginary: nil, totals: totals)
  }

  /// The spectrum of any weights, through a dense copy. Throws `FactorizationError` where it does not converge.
  init(_ weights: SparseMatrix) throws {
    if let similarity = SymmetricSimilarity(weights) {
      self.init(real: try SymmetricEigen.values(of: similarity.matrix.dense))
    } else {
      let values = try GeneralEigenvalues(weights.dense)
      self.init(real: values.real, imaginary: values.imaginary, totals: nil)
    }
  }

  /// The eigenvalues as complex numbers.
  var values: [ComplexNumber] {
    guard let imaginary else { return real.map { ComplexNumber($0) } }
    return zip(real, imaginary).map { ComplexNumber($0, $1) }
  }

  private init(real: [Double], imaginary: [Double]?, totals: TridiagonalTotals?) {
    self.real = real
    self.imaginary = imaginary
    self.totals = totals
  }

  /// The spectrum of dense weights; nil where it does not converge, or is that of too many units without symmetry, or
  /// does not agree with a factorization.
  ///
  /// With S it comes from its tridiagonal form. Eigenvalues of a W without symmetry may be ill-conditioned, so that the
  /// determinant they give is held against that of an LU in the middle of the positive bounds.
  init?(_ weights: DenseWeights) {
    if let symmetric = weights.symmetric, let scales = weights.scales {
      guard let reduction = try? TridiagonalReduction(symmetric),
        let values = try? reduction.tridiagonal.eigenvalues()
      else { return nil }
      self.init(real: values, totals: TridiagonalTotals(reduction, scales: scales))
      return
    }
    guard weights.transposed.rowCount <= WeightsSpectrum.generalLimit,
      let values = try? GeneralEigenvalues(weights.transposed)
    else { return nil }
    self.init(real: values.real, imaginary: values.imaginary, totals: nil)
    guard let radius = realValues.last, radius > 0 else { return nil }
    let r = 0.5 / radius
    guard let known = try? weights.factor(r).logDeterminant,
      abs(known - logDeterminant(r).value) <= 1e-8 * max(1, abs(known))
    else { return nil }
  }

  /// The real eigenvalues, ascending.
  var realValues: [Double] {
    guard let imaginary else { return real }
    return zip(real, imaginary).filter { $0.1 == 0 }.map(\.0).sorted()
  }

  /// log|I − rW| and its first two derivatives: Σ log(1 − rω), −Σ ω/(1 − rω), −Σ (ω/(1 − rω))².
  func logDeterminant(_ r: Double) -> (value: Double, first: Double, second: Double) {
    var (value, first, second) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    guard let imaginary else {
      for omega in real {
        let ratio = omega / (1 - r * omega)
        value.add(log1p(-r * omega))
        first.add(-ratio)
        second.add(-ratio * ratio)
      }
      return (value.value, first.value, second.value)
    }
    for (a, b) in zip(real, imaginary) {
      // |1 − rω|² = 1 + s, and ω/(1 − rω) = ω(1 − rω̄)/(1 + s).
      let s = r * (r * (a * a + b * b) - 2 * a)
      let (x, y) = ((a - r * (a * a + b * b)) / (1 + s), b / (1 + s))
      value.add(0.5 * log1p(s))
      first.add(-x)
      second.add(y * y - x * x)
    }
    return (value.value, first.value, second.value)
  }

  /// tr W^q for q from 0 to `highest`, the sums of powers.
  func powerSums(upTo highest: Int) -> [Double] {
    let beside = imaginary ?? [Double](repeating: 0, count: real.count)
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: highest + 1)
    for (a, b) in zip(real, beside) {
      var (x, y) = (1.0, 0.0)
      for q in 0...highest {
        sums[q].add(x)
        (x, y) = (x * a - y * b, x * b + y * a)
      }
    }
    return sums.map(\.value)
  }

  /// The largest |(τ + ηω)/(1 − ρω)|.
  func largestRoot(tau: Double, eta: Double, rho: Double) -> Double {
    let beside = imaginary ?? [Double](repeating: 0, count: real.count)
    return zip(real, beside).map { a, b in
      let above = (tau + eta * a) * (tau + eta * a) + eta * eta * b * b
      let below = (1 - rho * a) * (1 - rho * a) + rho * rho * b * b
      return (above / below).squareRoot()
    }.max() ?? 0
  }
}

/// 1′G1 and 1′G²1 at any r from the tridiagonal form S = QTQ′ of a symmetric S = Δ^½WΔ^−½.
///
/// 1′G1 = u′T(I − rT)⁻¹v with u = Q′Δ^−½1, v = Q′Δ^½1: a solution costs O(N), where a factorization of I − rS costs N³/3.
struct TridiagonalTotals: Sendable {
  private let tridiagonal: SymmetricTridiagonal
  /// Tu and v.
  private let left: [Double]
  private let right: [Double]

  init(_ reduction: TridiagonalReduction, scales: [Double]) {
    let rotated = reduction.rotated(Matrix(columns: [scales.map { 1 / $0 }, scales]))
    tridiagonal = reduction.tridiagonal
    left = tridiagonal.times(rotated.column(0))
    right = rotated.column(1)
  }

  /// 1′G1 and its derivative in r, 1′G²1. Throws `FactorizationError` outside the bounds.
  func callAsFunction(_ r: Double) throws(FactorizationError) -> (value: Double, derivative: Double) {
    let solution = try tridiagonal.solve(identityMinus: r, right)
    let other = try tridiagonal.solve(identityMinus: r, left)
    return (left.innerProduct(with: solution), other.innerProduct(with: tridiagonal.times(solution)))
  }
}
