internal import RuralValueNumerics

/// The descriptive statistics of one variable of a panel.
public struct VariableSummary: Sendable, Equatable {
  /// The variable.
  public let name: String
  /// The rows in which it is known, N.
  public let count: Int
  /// The rows in which it is missing.
  public let missing: Int
  /// The units in which it is known at least once, n.
  public let units: Int
  /// Σ x / N; this and all that follow are NaN where they do not exist, and `notes` say why.
  public let mean: Double
  /// The standard deviation with the divisor N − 1.
  public let standardDeviation: Double
  /// The quantiles at 0, ¼, ½, ¾ and 1, of type 7.
  public let minimum: Double, lowerQuartile: Double, median: Double, upperQuartile: Double, maximum: Double
  /// The standard deviation of the units' means x̄_i, with the divisor n − 1. Source: Stata, `xtsum`.
  public let between: Double
  /// The standard deviation of x_it − x̄_i + x̄, with the divisor N − 1. Source: Stata, `xtsum`.
  public let within: Double
  /// Whether all known values are the same.
  public let isConstant: Bool

  /// The statistics of a variable's values, given in the panel's row order.
  init(_ name: String, values: [Double], panel: Panel) {
    let known = values.filter { !$0.isNaN }.sorted()
    let moments = Moments(known)
    let unitMeans = panel.unitMeans(values).filter { !$0.isNaN }
    // The grand mean shifts all values alike and so leaves the within deviation as it is.
    let deviations = panel.demeaned(values, removing: .unit).filter { !$0.isNaN }
    self.name = name
    count = known.count
    missing = values.count - known.count
    units = unitMeans.count
    mean = moments.mean
    standardDeviation = moments.standardDeviation
    minimum = Quantile.value(at: 0, ofSorted: known)
    lowerQuartile = Quantile.value(at: 0.25, ofSorted: known)
    median = Quantile.value(at: 0.5, ofSorted: known)
    upperQuartile = Quantile.value(at: 0.75, ofSorted: known)
    maximum = Quantile.value(at: 1, ofSorted: known)
    between = Moments(unitMeans).standardDeviation
    within = Moments(deviations).standardDeviation
    isConstant = !known.isEmpty && known.first == known.last
  }

  /// Whether the variable varies, without which it has no correlations.
  public var varies: Bool { count > 0 && !isConstant }

  /// Why statistics are missing, if any are.
  var notes: [Phrase] {
    if count == 0 {
      return [Phrase("\(name): no value is known.", zh: "\(name)：没有有效值。")]
    }
    var notes: [Phrase] = []
    if count == 1 {
      notes.append(
        Phrase(
          "\(name): one value is known, which has no standard deviation.",
          zh: "\(name)：仅有一个有效值，无标准差。"))
    } else if isConstant {
      notes.append(
        Phrase(
          "\(name): all \(count) values are \(minimum); it has no correlation and no VIF.",
          zh: "\(name)：\(count)个值均为\(minimum)，无相关系数与VIF。"))
    }
    if units == 1, count > 1 {
      notes.append(
        Phrase(
          "\(name): it is known in one unit only, so that there is no deviation between units.",
          zh: "\(name)：仅在一个个体中有值，无组间标准差。"))
    }
    return notes
  }
}

/// The mean and the standard deviation of a sample, computed in two passes.
///
/// The second pass corrects the mean by the mean of what is left, and the sum of squares by the square of
/// that: a column of large numbers close together keeps its digits. Source: Chan, Golub and LeVeque
/// (1983), Algorithms for computing the sample variance, The American Statistician 37, eq. 1.7.
public struct Moments: Sendable, Equatable {
  /// The number of values.
  public let count: Int
  /// The arithmetic mean x̄; NaN without values.
  public let mean: Double
  /// √(Σ (x − x̄)² / (n − 1)); NaN for fewer than two values.
  public let standardDeviation: Double

  /// The moments of values that are all known.
  public init(_ values: [Double]) {
    count = values.count
    guard let start = values.first else {
      (mean, standardDeviation) = (.nan, .nan)
      return
    }
    // Of equal values the mean is that value and their variation is zero, to the last bit.
    guard values.contains(where: { $0 != start }) else {
      (mean, standardDeviation) = (start, values.count > 1 ? 0 : .nan)
      return
    }
    // A power of two brings the largest value near one without rounding: no sum or square overflows.
    let largest = values.reduce(0) { max($0, abs($1)) }
    let scale = PowerOfTwo.below(largest)
    let size = Double(values.count)
    let rough = values.reduce(0) { $0 + $1 / scale } / size
    let rest = values.reduce(0) { $0 + ($1 / scale - rough) } / size
    let mean = rough + rest
    var squares = 0.0
    var deviations = 0.0
    for value in values {
      let deviation = value / scale - mean
      squares += deviation * deviation
      deviations += deviation
    }
    self.mean = mean * scale
    let variance = max(0, squares - deviations * deviations / size) / (size - 1)
    standardDeviation = variance.squareRoot() * scale
  }
}
