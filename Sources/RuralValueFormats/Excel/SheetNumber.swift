import RuralValue

/// Numbers as a workbook writes them, as a table shows them: the shortest decimal of the double.
enum SheetNumber {
  /// Appends a number's text; returns its value, or nil for what is no finite decimal number.
  @inline(__always)
  static func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to text: inout [UInt8]) -> Double? {
    guard let value = PlainDecimal.value(of: bytes, from: range.lowerBound, to: range.upperBound) else {
      return nil
    }
    if isShortest(bytes, range) {
      for place in range { text.append(bytes[place]) }
    } else {
      append(value, to: &text)
    }
    return value
  }

  /// Whether a decimal number is written as its double would be.
  ///
  /// Two decimals of up to 15 digits are never the same double, so that one of these without idle zeros is its double's
  /// shortest; between 1e-4 and 1e15 it is written without an exponent.
  @inline(__always)
  private static func isShortest(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= 16 else { return false }
    var place = range.lowerBound
    if bytes[place] == UInt8(ascii: "-") { place &+= 1 }
    let first = place
    while place < range.upperBound, bytes[place] &- UInt8(ascii: "0") <= 9 { place &+= 1 }
    let whole = place - first
    guard whole > 0, whole == 1 || bytes[first] != UInt8(ascii: "0") else { return false }
    guard place < range.upperBound else {
      // A zero with a sign is zero.
      return whole <= 15 && (bytes[first] != UInt8(ascii: "0") || first == range.lowerBound)
    }
    guard bytes[place] == UInt8(ascii: ".") else { return false }
    place &+= 1
    let fraction = place
    while place < range.upperBound, bytes[place] &- UInt8(ascii: "0") <= 9 { place &+= 1 }
    guard place == range.upperBound, place > fraction, bytes[place - 1] != UInt8(ascii: "0"),
      whole + place - fraction <= 15
    else { return false }
    if bytes[first] != UInt8(ascii: "0") { return true }
    var zeros = fraction
    while bytes[zeros] == UInt8(ascii: "0") { zeros &+= 1 }
    return zeros - fraction <= 3
  }

  /// Appends a number's shortest decimal; whole numbers below 10^18, codes among them, have no exponent.
  private static func append(_ value: Double, to text: inout [UInt8]) {
    // Adding zero makes −0 a plain 0.
    let value = value + 0
    guard value.magnitude >= 9_007_199_254_740_992, value.magnitude < 1e18 else {
      return RoundTripNumber.append(value, to: &text)
    }
    var written: [UInt8] = []
    RoundTripNumber.append(value, to: &written)
    let mantissa = written.prefix { $0 != UInt8(ascii: "e") }
    guard mantissa.count < written.count,
      let exponent = Int(
        String(decoding: written[(mantissa.count + 1)...].drop { $0 == UInt8(ascii: "+") }, as: UTF8.self))
    else {
      text += written
      return
    }
    let decimals = mantissa.drop { $0 != UInt8(ascii: ".") }.dropFirst()
    text += mantissa.filter { $0 != UInt8(ascii: ".") }
    // `1e+17` and `1.0e+17` have no decimals to speak of.
    text += [UInt8](repeating: UInt8(ascii: "0"), count: max(0, exponent - decimals.count))
  }
}
