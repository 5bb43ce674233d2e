/// Doubles in the fewest digits that read back as the same double.
enum ShortestDecimal {
  /// Appends a number's digits, 17 at most; nothing for NaN.
  static func append(_ number: Double, to text: inout String) {
    if number.isNaN { return }
    // A whole number below 2^53 is written as an integer: shorter, and no year becomes 2012.0.
    if number.magnitude < 9_007_199_254_740_992, number == number.rounded(.towardZero) {
      text += String(Int(number))
    } else {
      // `description` would make a string of its own for every number, which costs more than the digits.
      number.write(to: &text)
    }
  }
}
