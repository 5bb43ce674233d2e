/// Decimals in plain ASCII, `-12.5e-3`, straight from their bytes and correctly rounded.
///
/// This is where most of the time goes when a large panel is read. Up to 19 digits are gathered in one
/// integer m and the number is m · 10^e, which is rounded once and exactly:
/// for m ≤ 2^53 and |e| ≤ 22 by one multiplication or division of exact doubles;
/// for |e| ≤ 27 by one 64-bit integer multiplication or division, since 5^27 < 2^64;
/// else by the standard library.
/// Source: Clinger (1990), How to read floating point numbers accurately, for the first case.
public enum PlainDecimal {
  /// The finite number that a text is, or nil: no white space, hexadecimal digits, `inf` or `nan`.
  public static func value(of text: some StringProtocol) -> Double? {
    let bytes = Array(text.utf8)
    return value(of: bytes.span, from: 0, to: bytes.count)
  }

  /// The finite number in these bytes, or nil where they are not one plain decimal.
  @inline(__always)
  public static func value(of bytes: Span<UInt8>, from start: Int, to end: Int) -> Double? {
    guard let (value, last) = prefix(of: bytes, from: start, to: end), last == end else { return nil }
    return value
  }

  /// The finite number with which these bytes begin and where it ends, or nil where they begin with none.
  @inline(__always)
  public static func prefix(
    of bytes: Span<UInt8>, from start: Int, to end: Int
  ) -> (value: Double, end: Int)? {
    var next = start
    guard next < end else { return nil }
    let isNegative = bytes[next] == UInt8(ascii: "-")
    if isNegative || bytes[next] == UInt8(ascii: "+") { next += 1 }
    var mantissa: UInt64 = 0
    let whole = digits(of: bytes, from: next, to: end, into: &mantissa)
    var count = whole - next
    var exponent = 0
    next = whole
    if next < end, bytes[next] == UInt8(ascii: ".") {
      let fraction = digits(of: bytes, from: next + 1, to: end, into: &mantissa)
      exponent = next + 1 - fraction
      count -= exponent
      next = fraction
    }
    guard count > 0 else { return nil }
    if next < end, let power = self.exponent(of: bytes, from: next, to: end) {
      exponent += power.value
      next = power.end
    }
    // More than 19 digits overflow the mantissa, unless the first ones are zeros.
    guard count <= 19, let magnitude = scaled(mantissa, byPowerOfTen: exponent) else {
      return standardValue(of: bytes, from: start, to: next).map { ($0, next) }
    }
    return (isNegative ? -magnitude : magnitude, next)
  }

  /// m · 10^e, correctly rounded, or nil where e is out of reach.
  @inline(__always)
  private static func scaled(_ mantissa: UInt64, byPowerOfTen exponent: Int) -> Double? {
    if mantissa <= 1 << 53, (-22...22).contains(exponent) {
      let exact = Double(mantissa)
      return exponent < 0 ? exact / powersOfTen[-exponent] : exact * powersOfTen[exponent]
    }
    if (-27..<0).contains(exponent) { return quotient(of: mantissa, byPowerOfTen: -exponent) }
    if (0...27).contains(exponent) { return product(of: mantissa, byPowerOfTen: exponent) }
    return nil
  }

  /// m / (5^n · 2^n) for 1 ≤ n ≤ 27.
  ///
  /// With a and b, m and 5^n shifted so that their highest bits are set, ⌊a · 2^63 / b⌋ has 63 or 64 bits.
  /// Its lowest bit is far below the last one kept, so that it can stand for the whole remainder, and the
  /// conversion of that integer rounds as the true quotient would.
  private static func quotient(of mantissa: UInt64, byPowerOfTen n: Int) -> Double {
    let power = powersOfFive[n]
    let shiftOfMantissa = mantissa.leadingZeroBitCount
    let shiftOfPower = power.leadingZeroBitCount
    let a = mantissa << UInt64(shiftOfMantissa)
    let (quotient, remainder) = (power << UInt64(shiftOfPower)).dividingFullWidth((a >> 1, a << 63))
    let sticky: UInt64 = remainder == 0 ? 0 : 1
    return Double(quotient | sticky) * powerOfTwo(shiftOfPower - shiftOfMantissa - 63 - n)
  }

  /// m · 5^n · 2^n for 0 ≤ n ≤ 27, the bits below the highest 64 of the product gathered in the lowest.
  private static func product(of mantissa: UInt64, byPowerOfTen n: Int) -> Double {
    let (high, low) = mantissa.multipliedFullWidth(by: powersOfFive[n])
    if high == 0 { return Double(low) * powerOfTwo(n) }
    let shift = high.leadingZeroBitCount
    let top = high << UInt64(shift) | (shift == 0 ? 0 : low >> UInt64(64 - shift))
    let sticky: UInt64 = low << UInt64(shift) == 0 ? 0 : 1
    return Double(top | sticky) * powerOfTwo(64 - shift + n)
  }

  /// 2^k for a k that leads to a normal number.
  private static func powerOfTwo(_ k: Int) -> Double {
    Double(bitPattern: UInt64(1023 + k) << 52)
  }

  /// Gathers the digits that begin here and returns where they end.
  @inline(__always)
  private static func digits(
    of bytes: Span<UInt8>, from start: Int, to end: Int, into mantissa: inout UInt64
  ) -> Int {
    var next = start
    var gathered = mantissa
    while next < end {
      let digit = bytes[next] &- UInt8(ascii: "0")
      if digit > 9 { break }
      gathered = gathered &* 10 &+ UInt64(digit)
      next += 1
    }
    mantissa = gathered
    return next
  }

  /// The power of ten after `e` and where its digits end; nil where there is none.
  private static func exponent(
    of bytes: Span<UInt8>, from start: Int, to end: Int
  ) -> (value: Int, end: Int)? {
    guard bytes[start] | 0x20 == UInt8(ascii: "e"), start + 1 < end else { return nil }
    var next = start + 1
    let isNegative = bytes[next] == UInt8(ascii: "-")
    if isNegative || bytes[next] == UInt8(ascii: "+") { next += 1 }
    let first = next
    var power = 0
    while next < end {
      let digit = bytes[next] &- UInt8(ascii: "0")
      if digit > 9 { break }
      // Beyond any double; the standard library decides between zero and too large.
      if power < 100_000 { power = power * 10 + Int(digit) }
      next += 1
    }
    return next > first ? (isNegative ? -power : power, next) : nil
  }

  /// The standard library's conversion, for bytes that are known to be a plain decimal.
  private static func standardValue(of bytes: Span<UInt8>, from start: Int, to end: Int) -> Double? {
    let digits = (start..<end).map { bytes[$0] }
    guard let value = Double(String(decoding: digits, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
  ]

  /// 5^0 to 5^27, the highest that 64 bits hold.
  private static let powersOfFive: [UInt64] = (0...27).map { n in
    (0..<n).reduce(1) { power, _ in power * 5 }
  }
}

extension PlainDecimal {
  /// What a cell looks like to somebody who does not need its value.
  enum Shape {
    /// A whole number without sign that begins with a zero and goes on: `0430102`.
    case code
    /// A whole number.
    case wholeNumber
    /// A number with a point or an exponent.
    case decimal
    /// Something that needs a closer look.
    case notPlain
  }

  /// What these bytes look like.
  static func shape(of bytes: Span<UInt8>, from start: Int, to end: Int) -> Shape {
    var next = start
    if bytes[next] == UInt8(ascii: "-") || bytes[next] == UInt8(ascii: "+") { next += 1 }
    let first = next
    while next < end, bytes[next] &- UInt8(ascii: "0") <= 9 { next += 1 }
    if next == end, next > first {
      return first == start && next > first + 1 && bytes[first] == UInt8(ascii: "0") ? .code : .wholeNumber
    }
    var digits = next - first
    guard next < end, bytes[next] == UInt8(ascii: ".") else { return .notPlain }
    next += 1
    while next < end, bytes[next] &- UInt8(ascii: "0") <= 9 {
      next += 1
      digits += 1
    }
    return next == end && digits > 0 ? .decimal : .notPlain
  }
}
