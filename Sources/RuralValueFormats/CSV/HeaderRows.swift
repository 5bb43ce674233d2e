import RuralValue

/// The column names at the top of a CSV file, in one row or in several.
struct HeaderRows {
  private let records: CSVRecords

  init(_ records: CSVRecords) {
    self.records = records
  }

  /// The names of the columns when so many rows are joined.
  func names(rows: Int) -> [String] {
    let width = (0..<rows).map { records.width(of: $0) }.max() ?? 0
    let texts = (0..<rows).map { row in (0..<width).map { name(row: row, column: $0) } }
    return (0..<width).map { column in
      var parts: [String] = []
      for row in 0..<rows {
        let part = texts[row][HeaderRows.spanningColumn(in: texts, row: row, column: column)]
        if !part.isEmpty, parts.last != part { parts.append(part) }
      }
      return parts.joined(separator: " ")
    }
  }

  /// The column whose name in this row also holds for this column: itself, or one to its left with a name
  /// that spans it.
  ///
  /// A name spans the empty cells to its right as long as these columns have a name below and none above.
  private static func spanningColumn(in texts: [[String]], row: Int, column: Int) -> Int {
    var left = column
    while left > 0, texts[row][left].isEmpty,
      texts[..<row].allSatisfy({ $0[left].isEmpty }),
      texts[(row + 1)...].contains(where: { !$0[left].isEmpty })
    {
      left -= 1
    }
    return texts[row][left].isEmpty ? column : left
  }

  /// The error that the header has several rows, where it seems so.
  ///
  /// It seems so where the second row has a text under an empty name, or has names of columns but none of
  /// its own first column, and is not data: none of its cells is a number, years excepted.
  func error(source: String) -> CSVError? {
    guard records.count > 2, !isData(1) else { return nil }
    let first = records.cells(of: 0)
    let second = records.cells(of: 1)
    let fillsGaps = zip(first, second).contains { records.isEmpty($0) && !records.isEmpty($1) }
    let lacksKey = records.isEmpty(second.lowerBound) && records.filledCells(of: 1) > 0
    guard fillsGaps || lacksKey, let data = (2..<min(records.count, 12)).first(where: isData) else {
      return nil
    }
    let names = names(rows: data)
    let example = zip(names, first).first { name, cell in name != records.text(cell) }?.0
    return .severalHeaderRows(
      source: source, firstLine: records.lines[0], lastLine: records.lines[data - 1], rows: data,
      example: example ?? names[0])
  }

  /// Whether a row has a number other than a year.
  func isData(_ row: Int) -> Bool {
    records.cells(of: row).contains { cell in
      guard case .number(let value) = records.reading(cell) else { return false }
      return !(1900...2100).contains(value) || value != value.rounded()
    }
  }

  /// A name with its line breaks as spaces.
  private func name(row: Int, column: Int) -> String {
    guard column < records.width(of: row) else { return "" }
    let text = records.text(records.cells(of: row).lowerBound + column)
    guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return text }
    // CRLF is one Character, so that it becomes one space.
    return String(text.map { $0.isNewline ? " " : $0 })
  }
}

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
    "notes", "note", "data from database", "last updated", "last update", "数据更新", "更新时间",
  ]
}
