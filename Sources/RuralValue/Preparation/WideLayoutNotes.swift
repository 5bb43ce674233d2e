/// What was left out or taken for granted when a table was turned, in words.
struct WideLayoutNotes {
  private let table: Table
  private(set) var terms: [Phrase] = []

  init(_ table: Table) {
    self.table = table
  }

  /// Rows that have no data, such as the headings of groups.
  mutating func add(rowsWithoutData rows: [Int]) {
    guard !rows.isEmpty else { return }
    let shown = rows.prefix(8).map { row in
      "\(table.lines[row]) (\(table.trimmedText(row: row, column: 0)))"
    }
    let list = shown.joined(separator: ", ") + (rows.count > shown.count ? ", …" : "")
    add(
      "left out what has no data: \(rows.count == 1 ? "line" : "lines") \(list)",
      zh: "已略去 \(rows.count) 个无数据的行（行号：\(list)）")
  }

  /// Columns that were not read, and why.
  mutating func add(columns: [Int], because reason: Phrase) {
    guard !columns.isEmpty else { return }
    let list = listed(columns.map { "\"\(table.columnNames[$0])\"" })
    add("left out the columns \(list): \(reason.english)", zh: "已略去列 \(list)：\(reason.chinese)")
  }

  /// Units that look like the sum of the others.
  mutating func add(totals columns: [Int]) {
    guard !columns.isEmpty else { return }
    let list = listed(columns.map { "\"\(table.columnNames[$0])\"" })
    add(
      "\(list) looks like a total and is kept as a unit; remove the column if it is one",
      zh: "列 \(list) 可能为合计数，仍按一个个体保留；如确为合计请删除该列")
  }

  /// The variable got a name of ours.
  mutating func add(defaultVariable name: String) {
    add(
      "nothing names the variable, so that it is called \"\(name)\"; --variable names it",
      zh: "表中未给出变量名，命名为“\(name)”；可用 --variable 指定")
  }

  /// A year that was read above the table.
  mutating func add(yearOfPreamble year: Int) {
    add("the year \(year) is taken from the lines above the table", zh: "年份 \(year) 取自表头上方的说明行")
  }

  /// A variable that lacks years that others have.
  mutating func add(variable: String, hasOnly years: [Int]) {
    add(
      "\"\(variable)\" has only the years \(listed(years.map(String.init), most: 6)); its other cells are empty",
      zh: "“\(variable)”仅有 \(listed(years.map(String.init), most: 6, in: .chinese)) 年，其余单元格为空")
  }

  private mutating func add(_ english: String, zh chinese: String) {
    terms.append(Phrase("\(table.source): \(english).", zh: "\(table.source)：\(chinese)。"))
  }
}
