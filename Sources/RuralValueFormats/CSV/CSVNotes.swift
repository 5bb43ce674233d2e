import RuralValue

/// What a reader of CSV left out, in words.
struct CSVNotes {
  private let source: String
  private let places: LayoutPlaces
  private(set) var terms: [Phrase] = []

  init(source: String, places: LayoutPlaces = .text) {
    self.source = source
    self.places = places
  }

  mutating func add(bareRows lines: [Int]) {
    guard !lines.isEmpty else { return }
    add("skipped rows without text on \(english(lines))", zh: "已跳过\(chinese(lines))的空行")
  }

  mutating func add(footer lines: [Int]) {
    guard !lines.isEmpty else { return }
    add("skipped the footer on \(english(lines))", zh: "已跳过\(chinese(lines))的表尾说明")
  }

  mutating func add(droppedColumns columns: [Int]) {
    guard !columns.isEmpty else { return }
    let list = columns.map(places.column).joined(separator: ", ")
    if case .sheet = places {
      add(
        "left out column \(list), which has neither a name nor cells",
        zh: "已略去 \(list) 列：该列无列名且无数据")
    } else {
      add(
        "left out column \(list), which has neither a name nor cells (a separator ends every line)",
        zh: "已略去第 \(list) 列：该列无列名且无数据（每行末尾多一个分隔符）")
    }
  }

  mutating func add(groupedNumber text: String?) {
    guard let text else { return }
    add(
      "the comma in numbers such as \"\(text)\" is read as parting thousands; if it is the decimal sign, write"
        + " points", zh: "“\(text)”等数字中的逗号按千位分隔符读取；如为小数点请改用“.”")
  }

  mutating func add(rowNumberColumn isThere: Bool) {
    guard isThere else { return }
    add(
      "the first column has no name and counts the rows; it is left out", zh: "第一列无列名且仅为行号，已略去")
  }

  mutating func add(decimalComma example: String) {
    add(
      "the comma in numbers such as \"\(example)\" is read as the decimal sign, a point as parting thousands",
      zh: "“\(example)”等数字中的逗号按小数点读取，句点按千位分隔符读取")
  }

  mutating func add(percent columns: [(column: String, example: String)]) {
    guard let first = columns.first else { return }
    let names = columns.map { "\"\($0.column)\"" }.joined(separator: ", ")
    add(
      "the per cent signs of \(names) are left out: \(first.example) is \(first.example.dropLast())",
      zh: "\(names)中的百分号已略去：\(first.example)读作\(first.example.dropLast())")
  }

  mutating func add(markers: [(marker: String, count: Int)]) {
    let list = markers.map { "\"\($0.marker)\" (\($0.count))" }
    add(
      "cells that hold \(list.joined(separator: ", ")) are taken as missing, as \(Setting("missing-as")) says",
      zh: "按\(Setting("missing-as"))，下列内容视为缺失：\(list.joined(separator: "、"))")
  }

  mutating func add(eurostat flags: Int, constants: [String]) {
    let same =
      constants.isEmpty ? "" : "; left out, the same in every row: \(constants.joined(separator: ", "))"
    let sameChinese = constants.isEmpty ? "" : "；各行相同而略去：\(constants.joined(separator: "、"))"
    add(
      "read as Eurostat writes tables: \(flags) flag\(flags == 1 ? "" : "s") behind numbers left out\(same)",
      zh: "按Eurostat格式读取：略去数字后的标记\(flags)处\(sameChinese)")
  }

  private mutating func add(_ english: String, zh chinese: String) {
    terms.append(Phrase("\(source): \(english).", zh: "\(source)：\(chinese)。"))
  }

  private func english(_ lines: [Int]) -> String {
    "\(places.row)\(lines.count == 1 ? "" : "s") \(runs(lines))"
  }

  private func chinese(_ lines: [Int]) -> String { "第 \(runs(lines)) 行" }

  /// `3–5, 9`: lines that follow each other are joined.
  private func runs(_ lines: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for line in lines {
      if let last = runs.last, last.upperBound + 1 == line {
        runs[runs.count - 1] = last.lowerBound...line
      } else {
        runs.append(line...line)
      }
    }
    let shown = runs.prefix(8).map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)"
    }
    return shown.joined(separator: ", ") + (runs.count > 8 ? ", …" : "")
  }
}

/// What the rows and columns of a table are called where people have it: the lines of a text, or the rows and letters of
/// a sheet.
enum LayoutPlaces {
  /// Lines and columns, counted from one.
  case text
  /// Rows of a sheet, and for each column of the table that of the sheet, from zero.
  case sheet(columns: [Int])

  /// The word for a row.
  var row: String {
    if case .sheet = self { "row" } else { "line" }
  }

  /// What a column of the table is called, by its position from zero.
  func column(_ position: Int) -> String {
    guard case .sheet(let columns) = self, columns.indices.contains(position) else {
      return "\(position + 1)"
    }
    return CellReference.letters(ofColumn: columns[position])
  }

  /// What messages call columns of these names, which stand at these positions; nil where it is no more than the names.
  func labels(_ names: [String], of positions: [Int]) -> [String]? {
    guard case .sheet = self, names.count == positions.count else { return nil }
    return zip(names, positions).map { RowWord.label($0, letters: column($1)) }
  }
}
