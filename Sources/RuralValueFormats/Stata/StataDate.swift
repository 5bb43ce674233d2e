/// What a display format makes of a whole number: a day, a month, a quarter, …, counted from 1960.
enum StataDate: Equatable {
  /// Days since 1 January 1960.
  case day
  /// Milliseconds since the beginning of 1960.
  case clock
  /// Weeks, 52 a year.
  case week
  case month
  case quarter
  case halfYear
  /// The year itself.
  case year

  /// The date of a format; nil for one of numbers or texts.
  init?(format: String) {
    var letters = format.utf8.drop { $0 == UInt8(ascii: "%") }
    letters = letters.drop { $0 == UInt8(ascii: "-") }
    if letters.first == UInt8(ascii: "d") {
      self = .day
      return
    }
    guard letters.first == UInt8(ascii: "t"), let kind = letters.dropFirst().first else { return nil }
    switch kind {
    case UInt8(ascii: "d"): self = .day
    case UInt8(ascii: "c"): self = .clock
    case UInt8(ascii: "w"): self = .week
    case UInt8(ascii: "m"): self = .month
    case UInt8(ascii: "q"): self = .quarter
    case UInt8(ascii: "h"): self = .halfYear
    case UInt8(ascii: "y"): self = .year
    default: return nil
    }
  }

  /// The parts of a year, for those that have such.
  private var partsOfYear: Int {
    switch self {
    case .week: 52
    case .month: 12
    case .quarter: 4
    case .halfYear: 2
    default: 1
    }
  }

  /// Whether a number is a date of a year with four digits.
  func holds(_ value: Double) -> Bool {
    switch self {
    // The first day of the year 1 and the last of the year 9999.
    case .day: value == value.rounded() && (-715_509...2_936_549).contains(value)
    case .clock: (-715_509 * 86_400_000...2_936_550 * 86_400_000 - 1).contains(value.rounded())
    case .year: value == value.rounded() && (0...9999).contains(value)
    default:
      value == value.rounded() && ((1 - 1960) * partsOfYear...8040 * partsOfYear - 1).contains(Int(value))
    }
  }

  /// Appends the date as ISO 8601 has it, quarters and half-years as `2012Q1`, `2012H1`.
  func append(_ number: Double, to bytes: inout [UInt8]) {
    let value = Int(number.rounded())
    switch self {
    case .day: StataDate.append(day: value, to: &bytes)
    case .clock:
      let (day, time) = StataDate.floored(value, 86_400_000)
      StataDate.append(day: day, to: &bytes)
      for (mark, part, digits) in [
        ("T", time / 3_600_000, 2), (":", time / 60_000 % 60, 2), (":", time / 1000 % 60, 2),
      ] {
        StataDate.append(mark, part, digits: digits, to: &bytes)
      }
      if time % 1000 > 0 { StataDate.append(".", time % 1000, digits: 3, to: &bytes) }
    case .year: bytes.append(contentsOf: String(value).utf8)
    default:
      let (years, part) = StataDate.floored(value, partsOfYear)
      StataDate.append("", 1960 + years, digits: 4, to: &bytes)
      switch self {
      case .week: StataDate.append("W", part + 1, digits: 2, to: &bytes)
      case .month: StataDate.append("-", part + 1, digits: 2, to: &bytes)
      case .quarter: StataDate.append("Q", part + 1, digits: 1, to: &bytes)
      default: StataDate.append("H", part + 1, digits: 1, to: &bytes)
      }
    }
  }

  private static func append(day: Int, to bytes: inout [UInt8]) {
    let (year, month, dayOfMonth) = CivilDay.date(daysSince1970: day - 3653)
    append("", year, digits: 4, to: &bytes)
    append("-", month, digits: 2, to: &bytes)
    append("-", dayOfMonth, digits: 2, to: &bytes)
  }

  private static func append(_ mark: String, _ number: Int, digits: Int, to bytes: inout [UInt8]) {
    let text = String(number)
    bytes.append(contentsOf: mark.utf8)
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, digits - text.utf8.count)))
    bytes.append(contentsOf: text.utf8)
  }

  /// Quotient and remainder, which is not negative.
  private static func floored(_ value: Int, _ divisor: Int) -> (Int, Int) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

/// Days as dates of the Gregorian calendar.
enum CivilDay {
  /// The date so many days after 1970-01-01.
  ///
  /// Years are counted from March, so that the day that is not always there is the last one.
  static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }
}
