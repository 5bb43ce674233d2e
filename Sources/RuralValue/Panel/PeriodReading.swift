/// Reads periods as statistical tables write them.
public enum PeriodReading {
  /// The period in a text: a whole number, or the year of `2012年`, `2012年度`, `2012.0`, `2012-12-31`,
  /// `2012/12`; full-width digits count as digits. Nil where the text says nothing of the kind.
  public static func period(_ text: String) -> Int? {
    if let plain = Int(text) { return inRange(plain) }
    var word = CellText.halfWidth(CellText.trimmed(text))
    for suffix in ["年度", "年末", "年"] where word.hasSuffix(suffix) {
      word.removeLast(suffix.count)
      break
    }
    if word.hasSuffix(".0") { word.removeLast(2) }
    word = CellText.trimmed(word)
    if let whole = Int(word) { return inRange(whole) }
    let parts = word.split(whereSeparator: { $0 == "-" || $0 == "/" }).map(String.init)
    guard (2...3).contains(parts.count), parts[0].count == 4, let year = Int(parts[0]),
      let month = Int(parts[1]), (1...12).contains(month)
    else { return nil }
    if parts.count == 3 {
      // A time of day may follow the day.
      guard let day = Int(parts[2].prefix(while: \.isWholeNumber)), (1...31).contains(day) else { return nil }
    }
    return year
  }

  /// A period that calendars can count with; distances between larger ones would leave the integers.
  private static func inRange(_ period: Int) -> Int? {
    (-1_000_000_000_000...1_000_000_000_000).contains(period) ? period : nil
  }
}
