/// How a panel's periods count.
///
/// A period is a whole number. Years and numbered waves stand for themselves. A quarter is written as its year
/// and its number (2012Q3 is 20123), a half-year and a month likewise (March 2012 is 201203), so that periods sort, are legible and
/// read back; distances and lags count quarters and months.
public enum PeriodFrequency: Sendable, Equatable {
  /// Years, or whole numbers of any other meaning.
  case whole
  /// Half-years, two a year.
  case halfYear
  /// Quarters, four a year.
  case quarter
  /// Months, twelve a year.
  case month

  private var perYear: Int {
    switch self {
    case .whole: 1
    case .halfYear: 2
    case .quarter: 4
    case .month: 12
    }
  }

  private var base: Int { self == .month ? 100 : 10 }

  /// The period of a year's part, counted from one.
  func period(year: Int, part: Int) -> Int { self == .whole ? year : year * base + part }

  /// Where a period stands in a count without gaps: 20124 is followed by 20131.
  func ordinal(of period: Int) -> Int {
    self == .whole ? period : period / base * perYear + period % base - 1
  }

  /// The period that stands there.
  func period(ordinal: Int) -> Int {
    guard self != .whole else { return ordinal }
    let (year, part) = (ordinal / perYear, ordinal % perYear)
    return year * base + part + 1
  }

  /// What a call means by a year, a quarter or a month that bounds periods: of another kind its first or last part.
  public func bound(_ period: Int, isUpper: Bool) -> Int {
    guard self != .whole else { return PeriodSet.isYearAndMonth(period) ? period / 100 : period }
    if YearHeader.years.contains(period) {
      return self.period(year: period, part: isUpper ? perYear : 1)
    }
    guard self != .month, PeriodSet.isYearAndMonth(period) else { return period }
    return self.period(year: period / 100, part: (period % 100 - 1) / (12 / perYear) + 1)
  }

  /// The period as tables write it: `2012`, `2012Q3`, `2012-03`.
  public func label(_ period: Int) -> String {
    let (year, part) = period.quotientAndRemainder(dividingBy: base)
    return switch self {
    case .whole: "\(period)"
    case .halfYear: "\(year)H\(part)"
    case .quarter: "\(year)Q\(part)"
    case .month: "\(year)-\(part < 10 ? "0" : "")\(part)"
    }
  }
}

/// A panel's periods on a calendar: how they count, and how far one step goes.
struct PanelCalendar: Sendable, Equatable {
  let frequency: PeriodFrequency
  /// The distance of one step, in the units of the frequency.
  let step: Int

  /// How many units of the frequency lie between two periods.
  func distance(from first: Int, to second: Int) -> Int {
    frequency.ordinal(of: second) - frequency.ordinal(of: first)
  }

  /// The period so many steps later, or earlier for fewer than none; nil beyond the integers.
  func period(_ period: Int, movedBy steps: Int) -> Int? {
    let (way, isTooFar) = steps.multipliedReportingOverflow(by: step)
    let (place, isBeyond) = frequency.ordinal(of: period).addingReportingOverflow(way)
    return isTooFar || isBeyond ? nil : frequency.period(ordinal: place)
  }

  /// Every period from one to another, step by step.
  func periods(from first: Int, through last: Int) -> [Int] {
    stride(from: frequency.ordinal(of: first), through: frequency.ordinal(of: last), by: step)
      .map(frequency.period(ordinal:))
  }

  /// The greatest common divisor of the distances between neighbouring periods; 1 for a single period.
  static func commonStep(of periods: [Int], _ frequency: PeriodFrequency) -> Int {
    var step = 0
    for (earlier, later) in zip(periods, periods.dropFirst()) {
      var (a, b) = (step, frequency.ordinal(of: later) - frequency.ordinal(of: earlier))
      while b != 0 { (a, b) = (b, a % b) }
      step = a
    }
    return max(step, 1)
  }
}
