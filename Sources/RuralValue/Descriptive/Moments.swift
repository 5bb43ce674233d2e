/// The mean and the standard deviation of a sample, computed in two passes.
///
/// The second pass corrects the mean by the mean of what is left, and the sum of squares by the square of
/// that: a column of large numbers close together keeps its digits. Source: Chan, Golub and LeVeque
/// (1983), Algorithms for computing the sample variance, The American Statistician 37, eq. 1.7.
public struct Moments: Sendable, Equatable {
  /// The number of values.
  public let count: Int
  /// The arithmetic mean; NaN without values.
  public let mean: Double
  /// Σ (x − x̄)².
  public let sumOfSquares: Double

  /// The moments of values that are all known.
  public init(_ values: [Double]) {
    count = values.count
    guard let start = values.first else {
      mean = .nan
      sumOfSquares = 0
      return
    }
    // Of equal values the mean is that value and their variation is zero, to the last bit.
    guard values.contains(where: { $0 != start }) else {
      mean = start
      sumOfSquares = 0
      return
    }
    let size = Double(values.count)
    let rough = values.reduce(0, +) / size
    let rest = values.reduce(0) { $0 + ($1 - rough) } / size
    let mean = rough + rest
    var squares = 0.0
    var deviations = 0.0
    for value in values {
      squares += (value - mean) * (value - mean)
      deviations += value - mean
    }
    self.mean = mean
    sumOfSquares = max(0, squares - deviations * deviations / size)
  }

  /// The standard deviation with the divisor n − 1; NaN for fewer than two values.
  public var standardDeviation: Double {
    count > 1 ? (sumOfSquares / Double(count - 1)).squareRoot() : .nan
  }
}
