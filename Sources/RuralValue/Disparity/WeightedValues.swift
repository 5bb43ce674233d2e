internal import RuralValueNumerics

/// Values per head of one period, with the shares of the population that they stand for.
///
/// p_i = w_i/Σw, or 1/n without weights; μ = Σ p_i y_i; s_i = p_i y_i/μ. A weight of zero is a unit that is not there.
///
/// Source: methods/evaluation.md, section 0.
struct WeightedValues: Sendable, Equatable {
  /// y, without units of weight zero.
  let values: [Double]
  /// p, which add up to one.
  let shares: [Double]
  /// μ.
  let mean: Double
  /// Whether weights were given.
  let isWeighted: Bool
  /// Whether all values are equal.
  let isConstant: Bool

  /// Values and weights, which are not negative and not all zero.
  init(_ values: [Double], weights: [Double]? = nil) {
    let kept = values.indices.filter { place in weights.map { $0[place] > 0 } ?? true }
    self.values = kept.map { values[$0] }
    isWeighted = weights != nil
    let own = weights.map { weights in kept.map { weights[$0] } } ?? kept.map { _ in 1.0 }
    let total = own.compensatedSum
    shares = own.map { $0 / total }
    // The mean of values that are all equal is that value, whatever the shares round to.
    let first = self.values.first ?? 0
    let isConstant = self.values.allSatisfy { $0 == first }
    self.isConstant = isConstant
    mean = isConstant ? first : zip(self.values, shares).map { $0 * $1 }.compensatedSum
  }

  var count: Int { values.count }
  /// Whether inequality has a meaning: a mean above zero.
  var hasPositiveMean: Bool { mean > 0 }
  var hasNegative: Bool { values.contains { $0 < 0 } }
  var hasZero: Bool { values.contains(0) }

  /// The parts of some members, with shares among themselves.
  func members(_ places: [Int]) -> WeightedValues {
    WeightedValues(places.map { values[$0] }, weights: places.map { shares[$0] })
  }
}

/// Measures of inequality of one period; nil where undefined.
///
/// Source: methods/evaluation.md, 1.3, 1.4 and 1.6.
extension WeightedValues {
  /// Gini's coefficient Σ_i p_i y_i (2F_i − p_i)/μ − 1 with F the cumulative shares of ascending values; nil where μ ≤ 0.
  var gini: Double? {
    guard hasPositiveMean else { return nil }
    if isConstant { return 0 }
    let order = values.indices.sorted { values[$0] < values[$1] }
    var (cumulative, sum) = (CompensatedSum(), CompensatedSum())
    for place in order {
      cumulative.add(shares[place])
      sum.add(shares[place] * values[place] / mean * (2 * cumulative.value - shares[place]))
    }
    return max(sum.value - 1, 0)
  }

  /// The same times n/(n − 1), of values without weights.
  var sampleGini: Double? {
    guard !isWeighted, count > 1 else { return nil }
    return gini.map { $0 * Double(count) / Double(count - 1) }
  }

  /// Theil's T, Σ s_i ln(s_i/p_i), 0 ln 0 = 0; nil where a value is negative or μ ≤ 0.
  var theilT: Double? {
    guard hasPositiveMean, !hasNegative else { return nil }
    return zip(values, shares).map { $0 > 0 ? $1 * $0 / mean * portableLogarithm($0 / mean) : 0 }
      .compensatedSum
  }

  /// Theil's L, the mean logarithmic deviation Σ p_i ln(μ/y_i); nil where a value is zero or negative.
  var theilL: Double? {
    guard hasPositiveMean, !hasNegative, !hasZero else { return nil }
    return zip(values, shares).map { -$1 * portableLogarithm($0 / mean) }.compensatedSum
  }

  /// The coefficient of variation √(Σ p_i (y_i − μ)²)/μ (Williamson's where weighted); nil where μ ≤ 0.
  var variation: Double? {
    guard hasPositiveMean else { return nil }
    // Relative to the mean, so that no square leaves the range of numbers.
    return zip(values, shares).map { ($0 / mean - 1) * ($0 / mean - 1) * $1 }.compensatedSum.squareRoot()
  }

  /// The same with n − 1, of values without weights.
  var sampleVariation: Double? {
    guard !isWeighted, count > 1, let variation else { return nil }
    return variation * (Double(count) / Double(count - 1)).squareRoot()
  }

  /// The standard deviation of ln y with n − 1, each unit counting once; nil where a value is not above zero.
  var logDeviation: Double? {
    guard count > 1, values.allSatisfy({ $0 > 0 }) else { return nil }
    return values.map(portableLogarithm).sampleStandardDeviation
  }
}
