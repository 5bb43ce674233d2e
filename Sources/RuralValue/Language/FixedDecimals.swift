/// Writes a number with so many decimals: the one way in which tables, notes, plots, maps and audits round.
///
/// A computed number is rounded from its exact binary value, as C's `printf("%.*f")` rounds it and with it R,
/// Stata and gretl (2.675, stored as 2.67499…, becomes 2.67; exact ties go to the even digit), but for one
/// thing: a number that rounds to zero has no minus sign. A number that somebody wrote, such as a printed
/// coefficient or a break of a map, stands for its decimal digits and is rounded as people round these.
public enum FixedDecimals {
  /// The text of a computed number; `nan`, `inf` and `-inf` for what is not finite.
  public static func text(_ value: Double, decimals: Int) -> String {
    precondition(decimals >= 0, "A number cannot have \(decimals) decimals.")
    guard value.isFinite else { return value.description }
    let magnitude = abs(value)
    let digits =
      scaled(magnitude, decimals: decimals).map(String.init)
      ?? ExactDecimal.digits(of: magnitude, decimals: decimals)
    return placed(digits, decimals: decimals, isNegative: value < 0)
  }

  /// The text of a computed number without the zeros at its end: `0.5`, `12`.
  public static func text(_ value: Double, atMost decimals: Int) -> String {
    let text = text(value, decimals: decimals)
    guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
    return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
  }

  /// The text of a number that somebody wrote, or of a sum of such numbers: 2.675 becomes 2.68.
  ///
  /// x · 10^d is rounded half away from zero; that product's own rounding takes up what binary digits and a
  /// few sums have left of the decimal number. From 9 · 10^15 on, where it would not, as `text(_:decimals:)`.
  public static func text(written value: Double, decimals: Int) -> String {
    let scaled = decimals < powers.count ? (abs(value) * Double(powers[decimals])).rounded() : .infinity
    guard scaled < 9e15 else { return text(value, decimals: decimals) }
    return placed(String(Int(scaled)), decimals: decimals, isNegative: value < 0)
  }

  /// round(x · 10^d), ties to even, or nil where 128 bits do not hold what it takes.
  ///
  /// x is significand · 2^−k, so that the answer is significand · 10^d, at most 53 + 74 bits, shifted right by
  /// k; the bits shifted out decide the rounding. Nothing is approximated, and no libm is needed.
  private static func scaled(_ magnitude: Double, decimals: Int) -> UInt64? {
    let (significand, exponent) = BinaryParts.of(magnitude)
    guard decimals < powers.count, exponent <= 0 else { return nil }
    let product = UInt128(significand) * powers[decimals]
    guard exponent > -128 else { return 0 }
    guard exponent < 0 else { return UInt64(exactly: product) }
    let half = UInt128(1) << UInt128(-exponent - 1)
    guard let whole = UInt64(exactly: product >> UInt128(-exponent)), whole < .max else { return nil }
    let rest = product & (half << 1 &- 1)
    if rest == half { return whole.isMultiple(of: 2) ? whole : whole + 1 }
    return rest < half ? whole : whole + 1
  }

  /// The powers of ten below 2^75.
  private static let powers: [UInt128] = (0...22).map { decimals in
    (0..<decimals).reduce(1) { power, _ in power * 10 }
  }

  /// The digits of a whole number with the decimal point put before the last `decimals` of them.
  private static func placed(_ digits: String, decimals: Int, isNegative: Bool) -> String {
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    let sign = isNegative && padded.utf8.contains { $0 != UInt8(ascii: "0") } ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}

/// A Double as a whole number times a power of two.
private enum BinaryParts {
  static func of(_ magnitude: Double) -> (significand: UInt64, exponent: Int) {
    let isSubnormal = magnitude.exponentBitPattern == 0
    return (
      magnitude.significandBitPattern | (isSubnormal ? 0 : 1 << 52),
      (isSubnormal ? 1 : Int(magnitude.exponentBitPattern)) - 1075
    )
  }
}

/// The decimal digits of a Double in numbers of any length, for what is too large or too fine for 128 bits.
private enum ExactDecimal {
  /// The digits of x · 10^d rounded half to even, where x is not negative.
  static func digits(of magnitude: Double, decimals: Int) -> String {
    // x = significand · 2^exponent, and x · 10^d = significand · 5^d · 2^(exponent + d).
    let (significand, exponent) = BinaryParts.of(magnitude)
    var limbs = [UInt32(truncatingIfNeeded: significand), UInt32(significand >> 32)]
    for _ in 0..<decimals { multiply(&limbs, by: 5) }
    let shift = exponent + decimals
    if shift >= 0 {
      for _ in 0..<shift / 16 { multiply(&limbs, by: 1 << 16) }
      multiply(&limbs, by: 1 << UInt32(shift % 16))
    } else {
      shiftRight(&limbs, by: -shift)
    }
    return decimal(limbs)
  }

  /// Multiplies a number of 32-bit limbs, lowest first.
  private static func multiply(_ limbs: inout [UInt32], by factor: UInt32) {
    var carry: UInt64 = 0
    for i in limbs.indices {
      carry += UInt64(limbs[i]) * UInt64(factor)
      limbs[i] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  /// Divides by 2^bits, rounding half to even.
  private static func shiftRight(_ limbs: inout [UInt32], by bits: Int) {
    let (words, rest) = bits.quotientAndRemainder(dividingBy: 32)
    func bit(_ place: Int) -> Bool {
      place / 32 < limbs.count && limbs[place / 32] >> UInt32(place % 32) & 1 == 1
    }
    let isHalf = bit(bits - 1)
    let isMore = (0..<max(0, bits - 1)).contains { bit($0) }
    let isOdd = bit(bits)
    var result = [UInt32]()
    for i in words..<max(words, limbs.count) {
      let above = i + 1 < limbs.count ? UInt64(limbs[i + 1]) << 32 : 0
      result.append(UInt32(truncatingIfNeeded: (above | UInt64(limbs[i])) >> UInt64(rest)))
    }
    limbs = result
    if isHalf, isMore || isOdd { increment(&limbs) }
  }

  private static func increment(_ limbs: inout [UInt32]) {
    for i in limbs.indices {
      limbs[i] &+= 1
      if limbs[i] != 0 { return }
    }
    limbs.append(1)
  }

  private static func decimal(_ number: [UInt32]) -> String {
    var limbs = number
    var groups = [UInt64]()
    while limbs.contains(where: { $0 != 0 }) {
      var remainder: UInt64 = 0
      for i in limbs.indices.reversed() {
        let dividend = remainder << 32 | UInt64(limbs[i])
        limbs[i] = UInt32(dividend / 1_000_000_000)
        remainder = dividend % 1_000_000_000
      }
      groups.append(remainder)
    }
    guard let leading = groups.popLast() else { return "0" }
    return groups.reversed().reduce(into: String(leading)) { text, group in
      let digits = String(group)
      text += String(repeating: "0", count: 9 - digits.utf8.count) + digits
    }
  }
}
