/// A column header that names a period, and perhaps a variable: `2012`, `2012年`, `y2012`, `gdp_2012`,
/// `2012年GDP`, `GDP（2012年）`, `2012 [YR2012]`, `2012Q1`, `2012/13`.
struct YearHeader: Equatable {
  /// What is left of the header without the period; empty where it names nothing else.
  let stem: String
  /// The period as it is written; nil where the header names several years that are no plain period.
  let period: PeriodText?
  /// Years that headers may name; other numbers are codes or numbers of columns.
  static let years = 1800...2200

  /// The period in a header, or nil where there is none.
  init?(_ header: String) {
    let text = YearHeader.withoutRepeatedYear(CellText.halfWidth(CellText.trimmed(header)))
    if let whole = PeriodText(text), YearHeader.isPeriod(whole) {
      (stem, period) = ("", whole)
      return
    }
    let found = YearHeader.yearRuns(in: text)
    guard let first = found.first else { return nil }
    guard found.count == 1 else {
      // Two years say a span or a comparison, which no year and name can hold.
      (stem, period) = (text, nil)
      return
    }
    let (range, written) = YearHeader.extended(first.range, in: text)
    period = written ?? .whole(first.year)
    let before = text[..<range.lowerBound]
    var after = text[range.upperBound...]
    for suffix in ["年度", "年末", "年底", "年"] where after.hasPrefix(suffix) {
      after.removeFirst(suffix.count)
      break
    }
    stem = YearHeader.stem(before: before, after: after)
  }

  /// The stem without a word for the census or the sample by which a year was counted.
  var stemWithoutSurvey: String {
    guard let word = YearHeader.surveys.first(where: { stem.contains($0) }) else { return stem }
    return YearHeader.trimmed(stem.split(separator: word, omittingEmptySubsequences: false).joined()[...])
  }

  /// Whether the stem is nothing but a mark such as e for an estimate and p for a provisional value.
  var isMark: Bool { YearHeader.marks.contains(stem.lowercased()) }

  private static let marks: Set<String> = [
    "e", "p", "f", "r", "b", "est", "prov", "预", "估", "预计", "初步", "修订",
  ]

  /// The year that the header names, if it names one.
  var year: Int? {
    switch period {
    case .whole(let year)?, .month(let year, _)?, .day(let year, _)?, .half(let year, _)?,
      .quarter(let year, _)?:
      year
    case .monthOrSpan, .span, nil: nil
    }
  }

  /// Whether a header that is nothing but a period can be one: its year is none of a code's digits.
  private static func isPeriod(_ period: PeriodText) -> Bool {
    switch period {
    case .whole(let number): years.contains(number) || PeriodSet.isYearAndMonth(number)
    case .half(let year, _), .quarter(let year, _), .month(let year, _), .day(let year, _),
      .monthOrSpan(let year, _),
      .span(let year, _):
      years.contains(year)
    }
  }

  /// `2012 [YR2012]`, as the World Bank heads years, without the second.
  private static func withoutRepeatedYear(_ text: String) -> String {
    let runs = yearRuns(in: text)
    guard runs.count == 2, runs[0].year == runs[1].year, let bracket = text.firstIndex(of: "["),
      bracket > runs[0].range.lowerBound, text.hasSuffix("]")
    else { return text }
    return CellText.trimmed(String(text[..<bracket]))
  }

  /// The longest period that begins with this year: `2012Q1` in `2012Q1_gdp`, `2012年3月`.
  private static func extended(
    _ year: Range<String.Index>, in text: String
  ) -> (Range<String.Index>, PeriodText?) {
    var end = text.index(year.upperBound, offsetBy: 12, limitedBy: text.endIndex) ?? text.endIndex
    while end > year.upperBound {
      let isCut = end < text.endIndex && text[end].isNumber
      if !isCut, let last = text[..<end].last, last.isNumber || last.isLetter,
        let period = PeriodText(String(text[year.lowerBound..<end]))
      {
        switch period {
        case .half, .quarter, .month, .day: return (year.lowerBound..<end, period)
        // gdp_2012_3 is no month, and 2012-3 beside a name need not be one.
        case .monthOrSpan where text[..<end].suffix(2).allSatisfy(\.isNumber):
          return (year.lowerBound..<end, period)
        default: break
        }
      }
      end = text.index(before: end)
    }
    return (year, nil)
  }

  /// The years that stand in a text: runs of exactly four digits.
  static func yearRuns(in text: String) -> [(range: Range<String.Index>, year: Int)] {
    var runs: [(Range<String.Index>, Int)] = []
    var next = text.startIndex
    while next < text.endIndex {
      let end = text[next...].firstIndex { !("0"..."9").contains($0) } ?? text.endIndex
      if text[next..<end].count == 4, let year = Int(text[next..<end]), years.contains(year) {
        runs.append((next..<end, year))
      }
      next = end < text.endIndex ? text.index(after: end) : end
    }
    return runs
  }

  /// The variable's name from what stood around the year, without what only joined them.
  private static func stem(before: Substring, after: Substring) -> String {
    let left = trimmed(before)
    let right = trimmed(after)
    if left.isEmpty || right.isEmpty {
      let stem = left + right
      return ["y", "x", "v", "yr", "year", "fy", "t", "年份", "财年"].contains(stem.lowercased()) ? "" : stem
    }
    let wasParted = left.count < before.count || right.count < after.count
    return left + (wasParted ? "_" : "") + right
  }

  /// A part without joiners, and without the bracket that opened or closed around the year.
  private static func trimmed(_ part: Substring) -> String {
    var part = part
    while let last = part.last, joiners.contains(last) || last == "(" || last == "[" { part.removeLast() }
    while let first = part.first, joiners.contains(first) || first == ")" || first == "]" {
      part.removeFirst()
    }
    return String(part)
  }

  private static let joiners: Set<Character> = [" ", "_", "-", ".", ":", "/", ",", "\u{3000}", "\u{A0}"]

  /// Words that say how a year's count was made, not what was counted; the longest first.
  private static let surveys = [
    "第七次全国人口普查", "第六次全国人口普查", "第五次全国人口普查", "全国人口普查", "人口普查", "1%抽样调查", "1%人口抽样", "1%抽样",
    "抽样调查", "七普", "六普", "五普", "四普", "普查", "抽样", "census", "Census",
  ]
}
