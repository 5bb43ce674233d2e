internal import Glibc

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
  /// Numbers of more than fifteen digits before or after the point stand in no paper and are refused.
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
    guard abs(decimals) <= 15 else { return nil }
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
