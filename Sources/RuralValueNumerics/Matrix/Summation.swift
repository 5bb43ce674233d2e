extension Sequence where Element == Double {
  /// The sum, as if accumulated in twice the working precision.
  @inlinable
  public var compensatedSum: Double {
    var sum = CompensatedSum()
    for term in self { sum.add(term) }
    return sum.value
  }
}

extension [Double] {
  /// The sum by halving; its error grows with log₂ n only.
  ///
  /// Source: Higham (1993), "The accuracy of floating point summation".
  public var pairwiseSum: Double { pairwiseSum(0..<count) }

  /// The arithmetic mean x̄; NaN for an empty vector.
  public var mean: Double { compensatedSum / Double(count) }

  /// The sum of squared deviations Σ (xᵢ − x̄)², by the corrected two-pass formula.
  ///
  /// Source: Chan, Golub and LeVeque (1983), eq. 1.7.
  public var centredSumOfSquares: Double {
    let centre = mean
    var squares = CompensatedSum()
    var deviations = CompensatedSum()
    for value in self {
      let deviation = value - centre
      squares.add(product: deviation, deviation)
      deviations.add(deviation)
    }
    squares.add(-deviations.value * deviations.value / Double(count))
    return squares.value
  }

  /// The sample variance Σ (xᵢ − x̄)² / (n − 1); NaN for fewer than two numbers.
  public var sampleVariance: Double {
    count < 2 ? .nan : centredSumOfSquares / Double(count - 1)
  }

  /// The sample standard deviation, the root of the sample variance.
  public var sampleStandardDeviation: Double { sampleVariance.squareRoot() }

  private func pairwiseSum(_ range: Range<Int>) -> Double {
    guard range.count > 128 else { return self[range].reduce(0, +) }
    let middle = range.lowerBound + range.count / 2
    return pairwiseSum(range.lowerBound..<middle) + pairwiseSum(middle..<range.upperBound)
  }
}

/// A running sum that carries the rounding error of every addition beside it.
///
/// Its error does not grow with the number of terms: it is as if summed in twice the working
/// precision and rounded once.
///
/// Source: Neumaier (1974); for products, Ogita, Rump and Oishi (2005), algorithm Dot2.
@frozen
public struct CompensatedSum: Sendable, Equatable {
  @usableFromInline var high: Double
  @usableFromInline var low: Double

  /// A sum that starts at a value.
  @inlinable
  public init(_ start: Double = 0) {
    high = start
    low = 0
  }

  /// The sum so far, rounded once; infinite or NaN as the plain sum would be.
  @inlinable
  public var value: Double {
    let rounded = high + low
    return rounded.isFinite || !low.isNaN ? rounded : high
  }

  /// Adds a term.
  @inlinable
  public mutating func add(_ term: Double) {
    let total = high + term
    low += abs(high) >= abs(term) ? (high - total) + term : (term - total) + high
    high = total
  }

  /// Adds the exact product of two numbers.
  @inlinable
  public mutating func add(product a: Double, _ b: Double) {
    let product = a * b
    add(product)
    low += (-product).addingProduct(a, b)
  }
}

/// Powers of two that bring numbers to a size at which their squares and sums neither overflow nor vanish;
/// dividing by one rounds nothing.
public enum PowerOfTwo {
  /// The power of two just below a magnitude, itself within 2^±1000; one for zero.
  public static func below(_ magnitude: Double) -> Double {
    guard magnitude > 0 else { return 1 }
    let exponent = magnitude.isFinite ? min(max(Int(magnitude.exponent), -1000), 1000) : 1000
    return Double(sign: .plus, exponent: exponent, significand: 1)
  }

  /// The power of two just below a magnitude, or one where it is between 2^−exponent and 2^exponent.
  public static func below(_ magnitude: Double, unlessWithin exponent: Int) -> Double {
    let power = below(magnitude)
    return abs(Int(power.exponent)) <= exponent ? 1 : power
  }
}
