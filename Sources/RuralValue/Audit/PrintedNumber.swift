internal import RuralValueNumerics

/// A number as a paper printed it, whose decimals tell what it may have been before rounding.
public struct PrintedNumber: Sendable, Equatable {
  /// The cell's text.
  public let text: String
  /// How many decimals it has; below zero where an exponent moved the point to the right.
  public let decimals: Int
  /// What it may have been: 0.064 is [0.0635, 0.0645], `<0.001` is [0, 0.001].
  public let interval: RoundingInterval
  /// Whether it is printed as an upper bound: `<0.001`.
  public let isBound: Bool

  /// Reads a cell; nil where it holds no number.
  ///
  /// Numbers of more than fifteen digits before the point, or of three hundred decimals, stand in no table and are
  /// refused; a program's own tables have seventeen digits, which may begin far behind the point.
  /// Parentheses or brackets around the number, as papers set standard errors, are left aside.
  public init?(_ text: String) {
    var word = CellText.halfWidth(CellText.trimmed(text))
    for (open, close) in [("(", ")"), ("[", "]")] where word.hasPrefix(open) && word.hasSuffix(close) {
      word = CellText.trimmed(String(word.dropFirst().dropLast()))
    }
    isBound = word.hasPrefix("<")
    if isBound { word = CellText.trimmed(String(word.dropFirst())) }
    guard case .number(let value) = NumberReading(word), abs(value) < 1e15 else { return nil }
    let parts = word.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    let point = parts[0].firstIndex(of: ".")
    let places = point.map { parts[0].distance(from: $0, to: parts[0].endIndex) - 1 } ?? 0
    self.text = CellText.trimmed(text)
    decimals = places - (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    guard decimals >= -15, decimals < 300 else { return nil }
    let half = 0.5 * pow(10, Double(-decimals))
    if isBound {
      guard value > 0 else { return nil }
      interval = RoundingInterval(0, value)
    } else {
      interval = RoundingInterval(value - half, value + half)
    }
  }

  /// One unit of the last printed digit: 0.001 for 0.064.
  public var unit: Double { pow(10, Double(-decimals)) }

  /// The interval of a number that cannot be negative, such as a p value or a standard error.
  public var nonNegative: RoundingInterval {
    RoundingInterval(max(0, interval.lower), max(0, interval.upper))
  }

  /// The interval of a p value.
  public var probability: RoundingInterval {
    RoundingInterval(min(1, max(0, interval.lower)), min(1, max(0, interval.upper)))
  }

  /// Whether every digit is zero, as in a p value of 0.000.
  public var isPrintedAsZero: Bool { interval.middle == 0 }
}

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
