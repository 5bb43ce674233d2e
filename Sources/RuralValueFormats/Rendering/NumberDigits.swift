/// How many digits people see of a number that has no number of decimals of its own.
public enum NumberDigits: Sendable, Equatable, ExpressibleByIntegerLiteral {
  /// So many decimals.
  case decimals(Int)
  /// So many digits from the first that is not zero; digits before the point are never rounded away.
  case significant(Int)

  /// So many decimals.
  public init(integerLiteral decimals: Int) { self = .decimals(decimals) }

  /// Digits as a call writes them, `3` for decimals and `3s` for significant digits; nil for anything else.
  public init?(_ text: String) {
    let isSignificant = text.hasSuffix("s")
    guard let count = Int(isSignificant ? String(text.dropLast()) : text),
      (isSignificant ? 1...15 : 0...15).contains(count)
    else { return nil }
    self = isSignificant ? .significant(count) : .decimals(count)
  }

  /// The digits as a call writes them.
  public var text: String {
    switch self {
    case .decimals(let count): "\(count)"
    case .significant(let count): "\(count)s"
    }
  }

  /// The number of digits, whatever they are.
  var count: Int {
    switch self {
    case .decimals(let count), .significant(let count): count
    }
  }

  /// The same with more decimals where there are fewer; significant digits stay as they are.
  func atLeast(decimals: Int) -> NumberDigits {
    if case .decimals(let count) = self { .decimals(max(count, decimals)) } else { self }
  }
}
