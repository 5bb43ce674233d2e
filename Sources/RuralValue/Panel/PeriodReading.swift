/// Reads periods as statistical tables write them.
public enum PeriodReading {
  /// The period in a text: a whole number, or the year of `2012年`, `2012年度`, `2012.0`, `2012-12-31`,
  /// `2012/12`, `2012-12-31 00:00:00`, `2012年12月`; full-width digits count as digits. Nil where the text
  /// says nothing of the kind.
  public static func period(_ text: String) -> Int? {
    if let plain = Int(text) { return inRange(plain) }
    var word = CellText.halfWidth(CellText.trimmed(text))
    for suffix in ["年度", "年末", "年底", "年"] where word.hasSuffix(suffix) {
      word.removeLast(suffix.count)
      break
    }
    if word.hasSuffix(".0") { word.removeLast(2) }
    word = CellText.trimmed(word)
    return Int(word).flatMap(inRange) ?? yearOfDate(word)
  }

  /// The year of a date: year, month and perhaps day, parted by -, /, . or 年 and 月, and perhaps a time.
  private static func yearOfDate(_ word: String) -> Int? {
    let date = word.prefix { $0 != " " && $0 != "T" }
    let parts = date.split { "-/.年月日".contains($0) }
    guard (2...3).contains(parts.count), parts[0].utf8.count == 4, let year = Int(parts[0]),
      let month = Int(parts[1]), (1...12).contains(month),
      // Text such as 2012.5 is a number; with points only a whole date is a date.
      parts.count == 3 || !date.contains("."),
      parts.count == 2 || (1...31).contains(Int(parts[2]) ?? 0)
    else { return nil }
    return year
  }

  /// A period that calendars can count with; distances between larger ones would leave the integers.
  private static func inRange(_ period: Int) -> Int? {
    (-1_000_000_000_000...1_000_000_000_000).contains(period) ? period : nil
  }
}
