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

  /// Nil with fewer than four units, or where sums or differences do not vary.
  init?(first: [Double], last: [Double]) {
    guard first.count > 3 else { return nil }
    let (sums, differences) = (first.plus(last), first.minus(last))
    let (a, b) = (sums.map { $0 - sums.mean }, differences.map { $0 - differences.mean })
    let (one, other) = (a.euclideanNorm, b.euclideanNorm)
    guard one > 0, other > 0 else { return nil }
    let r = a.innerProduct(with: b) / (one * other)
    correlation = r
    degreesOfFreedom = first.count - 2
    statistic = r * (Double(degreesOfFreedom) / ((1 - r) * (1 + r))).squareRoot()
  }
}
