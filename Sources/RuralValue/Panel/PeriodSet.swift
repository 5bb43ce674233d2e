/// The periods that a column of texts, or a row of headers, means when all of them are taken together.
///
/// One text alone cannot say whether `2008-12` is a month or a span, nor whether `2012-12-31` is a year's end or one of
/// its months: the others beside it do.
struct PeriodSet {
  /// How the periods count.
  private(set) var frequency = PeriodFrequency.whole
  /// The period of each text.
  private(set) var periods: [PeriodText: Int] = [:]
  /// What was taken for granted.
  private(set) var note: Phrase?

  /// Why texts are no periods.
  struct Failure: Error {
    /// The text that does not go with the others.
    let text: PeriodText
    let reason: Reason
  }

  /// What is wrong with a text.
  enum Reason: Sendable, Equatable {
    /// Neither a month nor a span that goes with the others.
    case unclear
    /// It overlaps another span.
    case overlaps
    /// Years, quarters and months stand together.
    case mixed
    /// It is the number of a day, counted from 1900, as spreadsheets keep dates.
    case serialDay(date: String)
  }

  /// The periods of different texts, in their order. Throws `Failure`.
  init(_ texts: [PeriodText]) throws(Failure) {
    var wholes: [Int] = []
    var (halves, quarters, months, spans) = (false, false, false, false)
    for text in texts {
      switch text {
      case .whole(let number): wholes.append(number)
      case .half: halves = true
      case .quarter: quarters = true
      case .month, .day, .monthOrSpan: months = true
      case .span: spans = true
      }
    }
    if !wholes.isEmpty, months, !quarters, !halves, !spans, readYearsAndDates(texts) { return }
    if let odd = PeriodSet.oddOne(texts, [!wholes.isEmpty, halves, quarters, months, spans]) {
      throw Failure(text: odd, reason: .mixed)
    }
    if spans {
      try readSpans(texts)
    } else if quarters || halves {
      readParts(texts)
    } else if months {
      try readMonths(texts)
    } else {
      try readWholes(texts, wholes)
    }
  }

  /// The first text of a kind that another kind stands beside; nil where all are of one kind.
  private static func oddOne(
    _ texts: [PeriodText], _ kinds: [Bool]
  ) -> PeriodText? {
    guard kinds.count(where: { $0 }) > 1 else { return nil }
    // Spans may be written short or long: 2000-2004, 2005-09.
    let isOfSpans =
      kinds[4] && !kinds[..<3].contains(true)
      && texts.allSatisfy {
        switch $0 {
        case .span, .monthOrSpan: true
        default: false
        }
      }
    guard !isOfSpans else { return nil }
    func kind(_ text: PeriodText) -> Int {
      switch text {
      case .whole: 0
      case .half: 4
      case .quarter: 1
      case .month, .day, .monthOrSpan: 2
      case .span: 3
      }
    }
    let first = texts.first.map(kind)
    return texts.first { kind($0) != first }
  }

  /// Years beside dates of which no year has two: all of them are years. Returns whether they are.
  private mutating func readYearsAndDates(_ texts: [PeriodText]) -> Bool {
    var monthOfYear: [Int: Int] = [:]
    var read: [PeriodText: Int] = [:]
    for text in texts {
      if case .whole(let year) = text {
        guard YearHeader.years.contains(year) else { return false }
        read[text] = year
      } else {
        guard let (year, month) = PeriodSet.month(text), monthOfYear[year] ?? month == month else {
          return false
        }
        monthOfYear[year] = month
        read[text] = year
      }
    }
    periods = read
    return true
  }

  // MARK: - Whole numbers

  private mutating func readWholes(_ texts: [PeriodText], _ numbers: [Int]) throws(Failure) {
    if !numbers.isEmpty, numbers.allSatisfy(PeriodSet.isYearAndMonth) {
      frequency = .month
      note = PeriodSet.monthNote
    } else if numbers.count > 1, numbers.allSatisfy(PeriodSet.isYearAndQuarter) {
      // Years of which none has a third or fourth part have halves.
      let areHalves = Set(numbers.map { $0 / 10 }).count > 1 && numbers.allSatisfy { $0 % 10 <= 2 }
      (frequency, note) =
        areHalves ? (.halfYear, PeriodSet.halfYearNote) : (.quarter, PeriodSet.quarterNote)
    } else if let first = numbers.first, numbers.allSatisfy({ (22_000...80_000).contains($0) }) {
      throw Failure(text: .whole(first), reason: .serialDay(date: PeriodSet.date(ofSerial: first)))
    }
    for case .whole(let number) in texts { periods[.whole(number)] = number }
  }

  /// Whether a number is a year and a month, 201203. Codes of counties are not: those of the mainland that begin as
  /// such numbers do begin with 21 and more.
  static func isYearAndMonth(_ number: Int) -> Bool {
    (1900...2099).contains(number / 100) && (1...12).contains(number % 100)
  }

  /// Whether a number is a year and a part of it, 201203 or 20121.
  static func isYearAndPart(_ number: Int) -> Bool { isYearAndMonth(number) || isYearAndQuarter(number) }

  /// Whether a number is a year and a quarter, 20121.
  private static func isYearAndQuarter(_ number: Int) -> Bool {
    (1900...2099).contains(number / 10) && (1...4).contains(number % 10)
  }

  /// The date of a spreadsheet's day, counted from 30 December 1899.
  private static func date(ofSerial serial: Int) -> String {
    // Days since 1 March of the year 0, after which leap days fall at a year's end (Howard Hinnant's algorithm).
    let days = serial + 693_899
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + 400 * era + (month <= 2 ? 1 : 0)
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  // MARK: - Quarters and months

  private mutating func readParts(_ texts: [PeriodText]) {
    for text in texts {
      switch text {
      case .quarter(let year, let part):
        (frequency, note) = (.quarter, PeriodSet.quarterNote)
        periods[text] = frequency.period(year: year, part: part)
      case .half(let year, let part):
        (frequency, note) = (.halfYear, PeriodSet.halfYearNote)
        periods[text] = frequency.period(year: year, part: part)
      default: break
      }
    }
  }

  private mutating func readMonths(_ texts: [PeriodText]) throws(Failure) {
    if try readShortSpans(texts) { return }
    var years: Set<Int> = []
    var months: Set<Int> = []
    var parts: Set<Int> = []
    for text in texts {
      guard let (year, month) = PeriodSet.month(text) else { throw Failure(text: text, reason: .unclear) }
      years.insert(year)
      months.insert(month)
      parts.insert(year * 100 + month)
    }
    // One date a year is the year, as 31 December is.
    let areYears = parts.count == years.count
    if !areYears { (frequency, note) = (.month, PeriodSet.monthNote) }
    if areYears, months.count > 1 {
      note = Phrase(
        "Every year has one month among the periods: they are taken as years.",
        zh: "每年仅有一个月份，按年份处理。")
    }
    for text in texts {
      guard let (year, month) = PeriodSet.month(text) else { continue }
      periods[text] = areYears ? year : frequency.period(year: year, part: month)
    }
  }

  private static func month(_ text: PeriodText) -> (year: Int, month: Int)? {
    switch text {
    case .month(let year, let month), .day(let year, let month): (year, month)
    case .monthOrSpan(let year, let number) where (1...12).contains(number): (year, number)
    default: nil
    }
  }

  // MARK: - Spans of years

  /// `2012/13, 2013/14`: two-figure numbers that are as far from each text's year, or that no month has.
  private mutating func readShortSpans(_ texts: [PeriodText]) throws(Failure) -> Bool {
    var lengths: Set<Int> = []
    var isBeyondMonths = false
    for text in texts {
      guard case .monthOrSpan(let year, let number) = text else { return false }
      lengths.insert(((number - year) % 100 + 100) % 100)
      if !(1...12).contains(number) { isBeyondMonths = true }
    }
    guard let length = lengths.first, lengths.count == 1, (1...20).contains(length),
      texts.count > 1 || isBeyondMonths
    else { return false }
    try readSpans(texts)
    return true
  }

  private mutating func readSpans(_ texts: [PeriodText]) throws(Failure) {
    var ranges: [(text: PeriodText, first: Int, last: Int)] = []
    for text in texts {
      switch text {
      case .span(let first, let last): ranges.append((text, first, last))
      case .monthOrSpan(let year, let number):
        let last = year / 100 * 100 + number
        ranges.append((text, year, last > year ? last : last + 100))
      default: throw Failure(text: text, reason: .mixed)
      }
    }
    ranges.sort { $0.first < $1.first }
    // 2012/13 and 2013/14 meet; a span of more years may not.
    for (one, next) in zip(ranges, ranges.dropFirst()) {
      let isFiscal = one.last - one.first == 1 && next.last - next.first == 1
      guard next.first > one.last || (isFiscal && next.first == one.last) else {
        throw Failure(text: next.text, reason: .overlaps)
      }
    }
    for range in ranges { periods[range.text] = range.first }
    let example = ranges.first.map { "\($0.first)–\($0.last)" } ?? ""
    note = Phrase(
      "Periods such as \(example) span several years; each stands under its first.",
      zh: "\(example)等时期跨越多年，以起始年份表示。")
  }

  private static let halfYearNote = Phrase(
    "Periods are half-years; where a number stands for one, it is year and half (20122 is 2012H2). Lags count"
      + " half-years.",
    zh: "时期为半年；以数字表示时为“年份+半年”（20122即2012年下半年）。滞后按半年计。")
  private static let quarterNote = Phrase(
    "Periods are quarters; where a number stands for one, it is year and quarter (20123 is 2012Q3). Lags count"
      + " quarters.",
    zh: "时期为季度；以数字表示时为“年份+季度”（20123即2012年第三季度）。滞后按季度计。")
  private static let monthNote = Phrase(
    "Periods are months; where a number stands for one, it is year and month (201203 is March 2012). Lags count"
      + " months.",
    zh: "时期为月份；以数字表示时为“年份+月份”（201203即2012年3月）。滞后按月计。")
}

extension PeriodSet.Reason {
  /// What is expected in place of the text, and what to do.
  var advice: String {
    switch self {
    case .unclear: "a month such as 2012-03, or spans of years of one length such as 2012/13"
    case .overlaps:
      "periods that do not overlap. Name each by one year (2012), or leave out what overlaps"
    case .mixed: "periods of one kind: years, quarters (2012Q3) or months (2012-03), not several"
    case .serialDay(let date):
      "a year. It looks like a spreadsheet's day number, \(date): format the column as a date or a year there and"
        + " save again"
    }
  }
}
