import RuralValue

/// What a reader of CSV left out, in words.
struct CSVNotes {
  private let source: String
  private(set) var terms: [Phrase] = []

  init(source: String) {
    self.source = source
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
    let list = columns.map { String($0 + 1) }.joined(separator: ", ")
    add(
      "left out column \(list), which has neither a name nor cells (a separator ends every line)",
      zh: "已略去第 \(list) 列：该列无列名且无数据（每行末尾多一个分隔符）")
  }

  mutating func add(groupedNumber text: String?) {
    guard let text else { return }
    add(
      "the comma in numbers such as \"\(text)\" is read as parting thousands; if it is the decimal sign, write"
        + " points", zh: "“\(text)”等数字中的逗号按千位分隔符读取；如为小数点请改用“.”")
  }

  private mutating func add(_ english: String, zh chinese: String) {
    terms.append(Phrase("\(source): \(english).", zh: "\(source)：\(chinese)。"))
  }

  private func english(_ lines: [Int]) -> String {
    lines.count == 1 ? "line \(lines[0])" : "lines \(runs(lines))"
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
