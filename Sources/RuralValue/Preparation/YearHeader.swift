/// A column header that names a year, and perhaps a variable: `2012`, `2012年`, `y2012`, `gdp_2012`,
/// `2012年GDP`, `GDP（2012年）`.
struct YearHeader: Equatable {
  /// What is left of the header without the year; empty where it names nothing else.
  let stem: String
  /// The year.
  let year: Int

  /// Years that headers may name; other numbers are codes or numbers of columns.
  static let years = 1800...2200

  /// The year in a header, or nil where there is none or more than one.
  init?(_ header: String) {
    let text = CellText.halfWidth(CellText.trimmed(header))
    if let year = PeriodReading.period(text), YearHeader.years.contains(year) {
      (stem, self.year) = ("", year)
      return
    }
    let found = YearHeader.yearRuns(in: text)
    guard found.count == 1, let (range, year) = found.first else { return nil }
    let before = text[..<range.lowerBound]
    var after = text[range.upperBound...]
    for suffix in ["年度", "年末", "年底", "年"] where after.hasPrefix(suffix) {
      after.removeFirst(suffix.count)
      break
    }
    self.year = year
    stem = YearHeader.stem(before: before, after: after)
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
      return ["y", "x", "v", "yr", "year", "t", "年份"].contains(stem.lowercased()) ? "" : stem
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
}
