import RuralValue

/// Remarks below the data of statistical exports: `数据来源：国家统计局`, `注：…`, `Source: …`.
struct FooterRows {
  private let records: CSVRecords

  init(_ records: CSVRecords) {
    self.records = records
  }

  /// The first row of the footer, or the end of the rows where there is none.
  ///
  /// A footer begins with a row whose first cell begins with such a word; below it stand rows with a first
  /// cell only.
  func first(in rows: Range<Int>, width: Int) -> Int {
    var row = rows.upperBound
    var first = rows.upperBound
    while row > rows.lowerBound {
      row -= 1
      let isRemark = isRemark(row, width: width)
      if isRemark { first = row }
      guard isRemark || isLone(row) else { break }
    }
    return first
  }

  private func isLone(_ row: Int) -> Bool {
    records.filledCells(of: row) == 1 && !records.isEmpty(records.firstCells[row])
  }

  /// Whether a row begins with a word of remarks, and is no row of data: it has one cell, or, if the remark
  /// holds separators, not as many as the header.
  private func isRemark(_ row: Int, width: Int) -> Bool {
    guard isLone(row) || records.width(of: row) != width else { return false }
    let text = CellText.halfWidth(records.text(records.firstCells[row])).lowercased()
    return FooterRows.words.contains { word in
      guard text.hasPrefix(word) else { return false }
      let rest = text.dropFirst(word.count).drop { $0.isWhitespace || ("0"..."9").contains($0) }
      return rest.isEmpty ? word.count > 1 : rest.first.map { ":.、(;".contains($0) } == true
    }
  }

  /// Words that a remark begins with, before a colon.
  static let words = [
    "数据来源", "资料来源", "来源", "注释", "附注", "备注", "说明", "注", "sources", "source", "data source",
    "notes", "note",
  ]
}
