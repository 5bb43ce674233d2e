import RuralValue

/// Writes a number with so many digits from the first that is not zero.
enum SignificantDigits {
  /// From so many decimals on a number stands in scientific notation.
  static let mostDecimals = 15

  /// The text of a number: `0.0058`, `266537`, `1.2e-20`; digits before the point all stand.
  static func text(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : value.description }
    let decimals = decimals(value, digits: digits)
    guard decimals <= mostDecimals else { return scientific(value, digits: digits) }
    let text = FixedDecimals.text(value, decimals: decimals)
    // 0.9996 rounds to 1.000, which has a digit too many.
    return decimals > 0 && count(text) > digits ? FixedDecimals.text(value, decimals: decimals - 1) : text
  }

  /// The text of a quantity: a whole number as it is, another with the decimals that a reader wants, fewer of them from
  /// ten on and more below a tenth: `266,537`, `14.22`, `0.573`, `0.00581`.
  static func quantity(_ value: Double, digits: NumberDigits) -> String {
    if value == value.rounded() { return FixedDecimals.text(value, decimals: 0) }
    guard case .decimals(let decimals) = digits else { return text(value, digits: digits.count) }
    let exponent = exponent(value)
    return exponent == -1
      ? FixedDecimals.text(value, decimals: decimals)
      : text(value, digits: exponent < 0 ? max(1, decimals) : decimals + 1)
  }

  /// The decimals with which so many digits of a number that is neither zero nor infinite stand.
  static func decimals(_ value: Double, digits: Int) -> Int { max(0, digits - 1 - exponent(value)) }

  /// A number as digits and a power of ten: `1.2e-20`.
  static func scientific(_ value: Double, digits: Int) -> String {
    guard value != 0 else { return "0" }
    let fixed = FixedDecimals.text(value, decimals: decimals(value, digits: digits))
    let all = fixed.drop { $0 == "-" || $0 == "0" || $0 == "." }.filter { $0 != "." }
    // Where the digits carry, as of 9.96, there is one more of them, and the power is one more.
    let power = exponent(value) + (all.count > digits ? 1 : 0)
    let shown = all.prefix(digits)
    return (value < 0 ? "-" : "") + shown.prefix(1) + (shown.count > 1 ? "." : "") + shown.dropFirst()
      + "e\(power)"
  }

  /// A whole number's digits in groups of three: `266,537`.
  static func grouped(_ whole: String) -> String {
    let digits = whole.drop { $0 == "-" }
    guard digits.count > 3, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return whole }
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return whole.prefix(whole.count - digits.count) + text
  }

  /// The power of ten of the first digit that is not zero: 2 of 266, −3 of 0.0058.
  private static func exponent(_ value: Double) -> Int {
    let magnitude = abs(value)
    func power(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? .infinity }
    // log10 2 is 0.30103, so that the guess is at most one too low; subnormal numbers may need more.
    var exponent = Int((Double(magnitude.exponent) * 0.30103).rounded(.down)) - 1
    while power(exponent + 1) <= magnitude { exponent += 1 }
    return exponent
  }

  /// The digits of a text from the first that is not zero.
  private static func count(_ text: String) -> Int {
    text.drop { $0 == "-" || $0 == "0" || $0 == "." }.count { $0 != "." }
  }
}
