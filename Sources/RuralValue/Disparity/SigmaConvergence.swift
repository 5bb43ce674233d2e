internal import RuralValueNumerics

/// Whether dispersion fell between two periods, on the same units: Pitman and Morgan's test.
///
/// r = corr(x₁ + x_T, x₁ − x_T), t = r √((n − 2)/(1 − r²)) with n − 2 degrees of freedom; r > 0 where dispersion fell. Carree
/// and Klomp's T₂ = −(n − 2.5) ln(1 − r²) is the same test. Neighbours are no independent units, so that p is too small.
///
/// Source: Pitman (1939); Morgan (1939); methods/evaluation.md, 1.6.
struct PitmanMorganTest: Sendable, Equatable {
  let correlation: Double
  let statistic: Double
  let degreesOfFreedom: Int

  /// The two-sided p.
  var pValue: Double {
    2 * StudentT(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(at: abs(statistic))
  }

  /// Carree and Klomp's T₂, χ² with one degree of freedom.
  var carreeKlomp: Double {
    -(Double(degreesOfFreedom) - 0.5) * log((1 - correlation) * (1 + correlation))
  }

  /// Nil with fewer than four units, or where sums or differences do not vary or are proportional to each other.
  init?(first: [Double], last: [Double]) {
    guard first.count > 3 else { return nil }
    let (sums, differences) = (first.plus(last), first.minus(last))
    let (meanSum, meanDifference) = (sums.mean, differences.mean)
    let (a, b) = (sums.map { $0 - meanSum }, differences.map { $0 - meanDifference })
    let (one, other) = (a.euclideanNorm, b.euclideanNorm)
    // What rounding leaves of values that moved alike is no change.
    guard one > 0, other > 1e-12 * one, one > 1e-12 * other else { return nil }
    let r = a.innerProduct(with: b) / (one * other)
    guard 1 - abs(r) > 1e-12 else { return nil }
    correlation = r
    degreesOfFreedom = first.count - 2
    statistic = r * (Double(degreesOfFreedom) / ((1 - r) * (1 + r))).squareRoot()
  }
}

/// The trend of a dispersion over the years by least squares, which describes and hardly tests: the years are few and no
/// independent draws.
///
/// slope = Σ (t − t̄)(σ_t − σ̄)/Σ (t − t̄)², its t with T − 2 degrees of freedom.
struct DispersionTrend: Sendable, Equatable {
  /// The change per period.
  let slope: Double
  let standardError: Double
  let degreesOfFreedom: Int

  var statistic: Double { slope / standardError }
  /// The two-sided p.
  var pValue: Double {
    2 * StudentT(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(at: abs(statistic))
  }

  /// Nil with fewer than three periods, or where the line leaves nothing.
  init?(times: [Double], values: [Double]) {
    guard values.count > 2 else { return nil }
    let (meanTime, meanValue) = (times.mean, values.mean)
    let (x, y) = (times.map { $0 - meanTime }, values.map { $0 - meanValue })
    let squares = x.innerProduct(with: x)
    let slope = x.innerProduct(with: y) / squares
    let left = zip(x, y).map { $1 - slope * $0 }
    let residual = left.innerProduct(with: left)
    guard residual.squareRoot() > 1e-12 * (values.map(abs).max() ?? 0) else { return nil }
    self.slope = slope
    degreesOfFreedom = values.count - 2
    standardError = (residual / Double(degreesOfFreedom) / squares).squareRoot()
  }
}
