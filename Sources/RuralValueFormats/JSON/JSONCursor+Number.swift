extension JSONCursor {
  /// Reads a number, correctly rounded, or nil where there is none; infinite where it is too large.
  ///
  /// Up to 19 digits and a decimal exponent from −19 to 0, as coordinates have, take one division of 128
  /// by 64 bits; all others take the C library's way.
  @inline(__always)
  mutating func number() throws(Obstacle) -> Double? {
    _ = try peek()
    let start = position
    var place = position
    let count = bytes.count
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    while place < count {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      digits += mantissa == 0 ? 0 : 1
      place += 1
    }
    guard place > start + (isNegative ? 1 : 0) else { return nil }
    var decimals = 0
    if place < count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      let point = place
      while place < count {
        let digit = bytes[place] &- UInt8(ascii: "0")
        guard digit < 10 else { break }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        digits += mantissa == 0 ? 0 : 1
        place += 1
      }
      decimals = place - point
    }
    position = place
    let hasExponent = place < count && bytes[place] | 0x20 == UInt8(ascii: "e")
    guard digits <= 19, decimals <= 19, !hasExponent else {
      position = start
      return try Double(literal())
    }
    let magnitude = Self.quotient(mantissa, decimals: decimals)
    return isNegative ? -magnitude : magnitude
  }

  /// mantissa / 10^decimals, rounded once to the nearest double, ties to even.
  @inline(__always)
  static func quotient(_ mantissa: UInt64, decimals: Int) -> Double {
    if mantissa < 1 << 53 {
      // Both are exact doubles where the power is at most 10²²: one correctly rounded division.
      return Double(mantissa) / doublePowers[decimals]
    }
    let power = powers[decimals]
    let (mantissaShift, powerShift) = (mantissa.leadingZeroBitCount, power.leadingZeroBitCount)
    // Normalised, and halved where needed so that the quotient fits: 2⁶³ ≤ quotient < 2⁶⁴.
    let numerator = mantissa << UInt64(mantissaShift)
    let divisor = power << UInt64(powerShift)
    let halved: UInt64 = numerator >= divisor ? 1 : 0
    let (quotient, remainder) = divisor.dividingFullWidth(
      (high: numerator >> halved, low: halved == 1 ? numerator << 63 : 0))
    // The lowest eleven bits round; a remainder keeps a half from being a tie.
    let sticky: UInt64 = remainder == 0 ? 0 : 1
    let significand = Double((quotient | sticky))
    let exponent = powerShift - mantissaShift - 64 + Int(halved)
    return significand * Double(bitPattern: UInt64(1023 + exponent) << 52)
  }

  private static let powers: [UInt64] = {
    var powers: [UInt64] = [1]
    for _ in 0..<19 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  private static let doublePowers: [Double] = powers.map { Double($0) }
}
