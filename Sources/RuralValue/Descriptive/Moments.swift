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
    let scale = Double(sign: .plus, exponent: min(max(Int(largest.exponent), -1000), 1000), significand: 1)
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
