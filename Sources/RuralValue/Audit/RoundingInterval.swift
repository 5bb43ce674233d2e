/// A closed interval of numbers: what a printed number may have been before rounding, and what follows.
public struct RoundingInterval: Sendable, Equatable {
  /// The smallest value.
  public let lower: Double
  /// The largest value.
  public let upper: Double

  /// The interval between two bounds, which may be infinite.
  public init(_ lower: Double, _ upper: Double) {
    precondition(lower <= upper, "An interval's lower bound is above its upper bound.")
    self.lower = lower
    self.upper = upper
  }

  /// Whether the two have a point in common; bounds that differ by rounding in the last binary digits touch.
  ///
  /// What counts as rounding goes with the size of the bounds, so that 2e-14 is not taken for 7e-14.
  public func overlaps(_ other: RoundingInterval) -> Bool {
    let size = [lower, upper, other.lower, other.upper].map(abs).filter(\.isFinite).max() ?? 0
    func isAtMost(_ a: Double, _ b: Double) -> Bool { a <= b || a - b <= 1e-10 * size }
    return isAtMost(lower, other.upper) && isAtMost(other.lower, upper)
  }

  /// The points of both, or nil where there is none.
  public func intersection(_ other: RoundingInterval) -> RoundingInterval? {
    let (low, high) = (max(lower, other.lower), min(upper, other.upper))
    return low <= high ? RoundingInterval(low, high) : nil
  }

  /// Whether a number lies in the interval.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// The middle.
  public var middle: Double { 0.5 * (lower + upper) }

  /// Half the length.
  public var radius: Double { 0.5 * (upper - lower) }

  /// All |x|.
  public var magnitude: RoundingInterval {
    if lower >= 0 { return self }
    if upper <= 0 { return RoundingInterval(-upper, -lower) }
    return RoundingInterval(0, max(-lower, upper))
  }

  /// All x + y.
  public static func + (x: RoundingInterval, y: RoundingInterval) -> RoundingInterval {
    RoundingInterval(x.lower + y.lower, x.upper + y.upper)
  }

  /// All x / y with y > 0; where y may be next to zero, the quotient is unbounded on the side of x.
  public func divided(byPositive y: RoundingInterval) -> RoundingInterval {
    let least = max(y.lower, 0)
    func quotient(_ x: Double, _ y: Double) -> Double {
      if y > 0 { return x / y }
      return x == 0 ? 0 : x > 0 ? .infinity : -.infinity
    }
    return RoundingInterval(
      lower >= 0 ? quotient(lower, y.upper) : quotient(lower, least),
      upper <= 0 ? quotient(upper, y.upper) : quotient(upper, least))
  }
}
