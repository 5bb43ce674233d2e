/// The day and the time of day that a number of a spreadsheet stands for.
///
/// In the 1900 system day 1 is 1900-01-01 and day 60 the 29th of February that 1900 did not have, so that from day 61
/// on the count runs from 1899-12-30; in the 1904 system day 0 is 1904-01-01.
/// Source: ECMA-376, part 1, section 18.17.4.
struct SerialDate {
  /// Whether days are counted from 1904-01-01.
  var countsFrom1904 = false

  private static let millisecondsOfDay = 86_400_000

  /// Appends a day, a time of day or both as ISO 8601: `2020-01-01`, `2020-01-01T18:00:00`, `00:01:26.400`; false where
  /// the number is no day: below 0, beyond the year 9999, or the day that never was.
  func append(_ serial: Double, to text: inout [UInt8]) -> Bool {
    guard serial >= 0, serial < 3_000_000 else { return false }
    let total = Int((serial * Double(SerialDate.millisecondsOfDay)).rounded())
    let (day, time) = total.quotientAndRemainder(dividingBy: SerialDate.millisecondsOfDay)
    if day == 0, !countsFrom1904 {
      SerialDate.append(time: time, to: &text)
      return true
    }
    guard countsFrom1904 || day != 60 else { return false }
    // Days since 1970-01-01.
    let civil = countsFrom1904 ? day - 24_107 : day > 60 ? day - 25_569 : day - 25_568
    guard civil <= 2_932_896 else { return false }
    SerialDate.append(day: civil, to: &text)
    guard time > 0 else { return true }
    text.append(UInt8(ascii: "T"))
    SerialDate.append(time: time, to: &text)
    return true
  }

  /// Appends a number of days as hours, minutes and seconds, which may be more than a day's: `36:00:00`; false where
  /// they are more than the years to 9999 have.
  static func append(duration serial: Double, to text: inout [UInt8]) -> Bool {
    guard abs(serial) < 3_000_000 else { return false }
    if serial < 0 { text.append(UInt8(ascii: "-")) }
    append(time: Int((abs(serial) * Double(millisecondsOfDay)).rounded()), to: &text)
    return true
  }

  /// Appends a day by its number since 1970-01-01.
  /// Source: Hinnant, chrono-compatible low-level date algorithms, civil_from_days.
  private static func append(day: Int, to text: inout [UInt8]) {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    append(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), digits: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    append(month, digits: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    append(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, digits: 2, to: &text)
  }

  private static func append(time milliseconds: Int, to text: inout [UInt8]) {
    let seconds = milliseconds / 1000
    append(seconds / 3600, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds / 60 % 60, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds % 60, digits: 2, to: &text)
    guard milliseconds % 1000 > 0 else { return }
    text.append(UInt8(ascii: "."))
    append(milliseconds % 1000, digits: 3, to: &text)
  }

  private static func append(_ number: Int, digits: Int, to text: inout [UInt8]) {
    let written = String(number).utf8
    for _ in written.count..<max(digits, written.count) { text.append(UInt8(ascii: "0")) }
    text.append(contentsOf: written)
  }
}

/// A day, with or without a time of day, or a time alone as ISO 8601 writes it: `2020-01-31T12:00:00`.
struct ISODay {
  /// The text; midnight is not written.
  let text: String
  /// Whether there is no day in it.
  let isTime: Bool

  /// Nil for anything else.
  init?(_ text: String) {
    let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let first = halves.first else { return nil }
    if halves.count == 1, ISODay.isClock(first) {
      (self.text, isTime) = (text, true)
      return
    }
    let numbers = first.split(separator: "-", omittingEmptySubsequences: false)
    guard numbers.map(\.utf8.count) == [4, 2, 2],
      numbers.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }),
      let month = Int(numbers[1]), let day = Int(numbers[2]), (1...12).contains(month),
      (1...31).contains(day),
      halves.count == 1 || ISODay.isClock(halves[1])
    else { return nil }
    let isMidnight = halves.count == 2 && halves[1].allSatisfy { "0:.Z".contains($0) }
    (self.text, isTime) = (isMidnight ? first : text, false)
  }

  /// Whether a text is hours, minutes and perhaps seconds, which may have a fraction, in UTC or in no zone.
  private static func isClock(_ text: String) -> Bool {
    let clock = text.hasSuffix("Z") ? text.dropLast() : text[...]
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count) else { return false }
    return zip(parts, [24, 59, 60.999_999]).allSatisfy { part, most in
      part.prefix(2).utf8.count == 2 && part.allSatisfy { ("0"..."9").contains($0) || $0 == "." }
        && (Double(part).map { $0 <= most } ?? false)
    }
  }
}
