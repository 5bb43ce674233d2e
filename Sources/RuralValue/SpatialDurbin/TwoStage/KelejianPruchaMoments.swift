internal import RuralValueNumerics

/// The moments of errors u = λWu + ε with ε of random effects, and the λ, σ² and σ²₁ = σ² + Tσ²_μ that they give.
///
/// With ε(λ) = u − λWu, ε̄ = Wε, Q₀ what means of units leave and Q₁ the means:
///
///     m_k(λ) = [ε′Q_kε, ε̄′Q_kε̄, ε̄′Q_kε]/N_k,   E m_k = σ²_k c,   c = [1, tr V/N, 0],   V = W′W
///
/// with σ²₀ = σ², N₀ = N(T − 1), N₁ = N. Given λ the σ²_k are least squares, so that what is to be minimised is a quartic in
/// λ: its minimum is exact, where a search stops early. First k = 0 alone and unweighted, and σ²₁ = ε′Q₁ε/N; then all six
/// moments with the inverse of diag(σ⁴/(T − 1), σ⁴₁) ⊗ T_W.
///
/// Source: Kapoor, Kelejian and Prucha (2007), eq. 13 to 19; methods/spatial-corrections.md, 4.1.
struct KelejianPruchaMoments {
  /// λ and the two variances.
  struct Estimate: Equatable {
    let lambda: Double
    let sigma2: Double
    /// σ²₁.
    let between: Double
  }

  /// For k = 0 and 1 the coefficients of m_k in λ⁰, λ, λ².
  private let moments: [[[Double]]]
  private let expected: [Double]
  /// T_W.
  private let variance: Matrix
  private let periodCount: Double
  private let bounds: ClosedRange<Double>

  /// The moments of residuals in period-major order.
  init(_ residuals: [Double], _ system: SpatialSystem) {
    let lagged = system.lag(residuals)
    let twice = system.lag(lagged)
    let traces = WeightTraces(system.lag)
    let (n, t) = (Double(system.unitCount), Double(system.lag.periodCount))
    let units = Grouping.units(unitCount: system.unitCount, periodCount: system.lag.periodCount)
    let series = [residuals, lagged, twice]
    let within = series.map { values in
      var result = values
      units.demean(&result)
      return result
    }
    let means = series.map { units.means($0) }
    func products(_ parts: [[Double]], scale: Double) -> [[Double]] {
      func p(_ i: Int, _ j: Int) -> Double { scale * parts[i].innerProduct(with: parts[j]) }
      return [
        [p(0, 0), p(1, 1), p(0, 1)], [-2 * p(0, 1), -2 * p(1, 2), -p(0, 2) - p(1, 1)],
        [p(1, 1), p(2, 2), p(1, 2)],
      ]
    }
    // The means stand for T values each.
    moments = [products(within, scale: 1 / (n * (t - 1))), products(means, scale: t / n)]
    expected = [1, traces.v / n, 0]
    let mixed = 2 * traces.vw / n
    variance = Matrix(rows: [
      [2, 2 * traces.v / n, 0], [2 * traces.v / n, 2 * traces.vSquared / n, mixed],
      [0, mixed, (traces.wSquared + traces.v) / n],
    ])
    periodCount = t
    bounds = system.bounds
  }

  /// From the moments within units alone, unweighted. Throws `SpatialDurbinError.noMoments`.
  func initial() throws -> Estimate {
    let form = Form(.identity(3), expected)
    let lambda = try minimum(of: form.quartic(moments[0]))
    let sigma2 = form.sigma2(at(lambda, moments[0]))
    return try positive(lambda, sigma2, at(lambda, moments[1])[0])
  }

  /// From all moments with the weights that an estimate gives them. Throws `SpatialDurbinError.noMoments`.
  func weighted(by first: Estimate) throws -> Estimate {
    let form = Form(try Cholesky(variance).inverse, expected)
    let weights = [
      (periodCount - 1) / (first.sigma2 * first.sigma2), 1 / (first.between * first.between),
    ]
    var quartic = [Double](repeating: 0, count: 5)
    for (weight, moments) in zip(weights, moments) { quartic.add(form.quartic(moments), scale: weight) }
    let lambda = try minimum(of: quartic)
    return try positive(
      lambda, form.sigma2(at(lambda, moments[0])), form.sigma2(at(lambda, moments[1])))
  }

  private func at(_ lambda: Double, _ moments: [[Double]]) -> [Double] {
    var result = moments[0]
    result.add(moments[1], scale: lambda)
    result.add(moments[2], scale: lambda * lambda)
    return result
  }

  private func positive(_ lambda: Double, _ sigma2: Double, _ between: Double) throws -> Estimate {
    guard sigma2 > 0, between > 0 else { throw SpatialDurbinError.noMoments(lambda: lambda) }
    return Estimate(lambda: lambda, sigma2: sigma2, between: between)
  }

  /// m′Om less what σ²c takes of it, and the σ² that takes most.
  private struct Form {
    let weight: Matrix
    let expected: [Double]
    /// Oc and c′Oc.
    private let direction: [Double]
    private let length: Double

    init(_ weight: Matrix, _ expected: [Double]) {
      self.weight = weight
      self.expected = expected
      direction = weight * expected
      length = direction.innerProduct(with: expected)
    }

    func sigma2(_ m: [Double]) -> Double { direction.innerProduct(with: m) / length }

    private func product(_ a: [Double], _ b: [Double]) -> Double {
      a.innerProduct(with: weight * b)
        - direction.innerProduct(with: a) * direction.innerProduct(with: b) / length
    }

    /// The coefficients of the form in λ⁰ to λ⁴.
    func quartic(_ m: [[Double]]) -> [Double] {
      [
        product(m[0], m[0]), 2 * product(m[0], m[1]), 2 * product(m[0], m[2]) + product(m[1], m[1]),
        2 * product(m[1], m[2]), product(m[2], m[2]),
      ]
    }
  }

  /// The lowest point of a quartic inside the bounds: between two turning points of its slope the slope is monotone, so that
  /// halving finds its root. Throws `SpatialDurbinError.noMoments` where the quartic falls up to a bound.
  private func minimum(of quartic: [Double]) throws -> Double {
    let slope = [quartic[1], 2 * quartic[2], 3 * quartic[3], 4 * quartic[4]]
    let bend = [slope[1], 2 * slope[2], 3 * slope[3]]
    let (low, high) = (bounds.lowerBound, bounds.upperBound)
    let root = (bend[1] * bend[1] - 4 * bend[0] * bend[2]).squareRoot()
    let turns = [-1, 1].map { (-bend[1] + $0 * root) / (2 * bend[2]) }.filter { $0 > low && $0 < high }
    let ends = ([low] + turns.sorted() + [high])
    let found = zip(ends, ends.dropFirst()).compactMap { start, end -> Double? in
      guard Self.value(slope, start) < 0, Self.value(slope, end) > 0 else { return nil }
      var (a, b) = (start, end)
      for _ in 0..<200 where a < b {
        let middle = 0.5 * (a + b)
        if middle == a || middle == b { break }
        if Self.value(slope, middle) < 0 { a = middle } else { b = middle }
      }
      return 0.5 * (a + b)
    }
    guard let best = found.min(by: { Self.value(quartic, $0) < Self.value(quartic, $1) }) else {
      throw SpatialDurbinError.noMoments(
        lambda: Self.value(quartic, low) < Self.value(quartic, high) ? low : high)
    }
    return best
  }

  private static func value(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }
}

/// Traces of products of weights that do not change over time.
private struct WeightTraces {
  /// tr V, V = W′W.
  let v: Double
  /// tr V².
  let vSquared: Double
  /// tr VW, which is tr VW′.
  let vw: Double
  /// tr W².
  let wSquared: Double

  init(_ lag: SpatialLag) {
    if let transposed = lag.dense?.transposed {
      let square = transposed.timesTransposed(transposed)
      v = square.trace
      vSquared = square.elements.innerProduct(with: square.elements)
      vw = square.elements.innerProduct(with: transposed.elements)
      wSquared = transposed.elements.innerProduct(with: transposed.transposed.elements)
      return
    }
    let weights = lag.matrices[0]
    let transposed = weights.transposed
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: 4)
    for j in 0..<weights.size {
      // Column j of W, and W and W′ times it.
      var column = [Double](repeating: 0, count: weights.size)
      for place in transposed.row(j) { column[Int(transposed.columns[place])] = transposed.values[place] }
      let (twice, square) = (weights.times(column), transposed.times(column))
      sums[0].add(column.innerProduct(with: column))
      sums[1].add(square.innerProduct(with: square))
      sums[2].add(column.innerProduct(with: twice))
      sums[3].add(twice[j])
    }
    (v, vSquared, vw, wSquared) = (sums[0].value, sums[1].value, sums[2].value, sums[3].value)
  }
}
