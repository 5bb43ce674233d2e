/// A column of texts in which units that became one have different ones, of which one alone stays.
struct MergedTexts {
  private let column: String
  /// How many merged rows had parts with different texts.
  private let count: Int
  private let first: MergeGroups.Group
  /// The text that stays in the first of them.
  private let kept: String
  /// Its other texts, each with its unit.
  private let others: [(text: String, unit: String)]

  /// Nil where the parts have the same text everywhere.
  init?(_ table: Table, column: Int, _ groups: [MergeGroups.Group]) {
    func text(_ row: Int) -> String { CellText.trimmed(table.text(row: row, column: column)) }
    let differing = groups.filter { group in group.rows.contains { text($0) != text(group.rows[0]) } }
    guard let first = differing.first else { return nil }
    self.column = table.columnNames[column]
    count = differing.count
    self.first = first
    let kept = text(first.main)
    self.kept = kept
    others = zip(first.rows, first.units).map { (text: text($0), unit: $1) }.filter { $0.text != kept }
  }

  /// What the reader must know.
  var note: Phrase {
    let lost = others.map { "\"\($0.text)\" (\($0.unit))" }
    let lostChinese = others.map { "“\($0.text)”（\($0.unit)）" }
    return Phrase(
      "\(column): in \(count) merged \(count == 1 ? "row" : "rows") the parts have different texts, and the one of the unit"
        + " whose code stays, else of the first, was taken; the first is \"\(first.newest)\" in \(first.period), which has"
        + " \"\(kept)\" and not \(listed(lost, most: 4)).",
      zh: "\(column)：\(count)个合并后的行中各组成部分文本不同，取代码保留者（否则取首个）的文本；首处为“\(first.newest)”\(first.period)年，"
        + "取“\(kept)”，未取\(listed(lostChinese, most: 4, in: .chinese))。")
  }
}
