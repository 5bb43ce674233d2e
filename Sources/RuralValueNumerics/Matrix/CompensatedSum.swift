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
