/// What fills the empty cells of merged ones: a spreadsheet leaves all but the first of them empty.
public enum FillDownError: Fault {
  /// The first row's cell is empty, and none stands above it.
  case nothingAbove(source: String, line: Int, column: String)

  /// The data are off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .nothingAbove(let source, let line, let column):
      return
        "\(source), line \(line), column \"\(column)\": the first cell is empty, so that none stands above it to fill it"
        + " down from; expected a text there. Write it in, or take the column out of \(Setting("fill-down"))."
    }
  }
}

extension Table {
  /// The table in which the empty cells of some columns hold the last text above them, and what was filled.
  ///
  /// Cells of white space are empty; a marker such as NA or - is not. Keys may be among the columns. Throws
  /// `TableError.noSuchColumn` and `FillDownError`.
  public func fillingDown(_ columns: [String]) throws -> (table: Table, notes: [Phrase]) {
    var (starts, ends) = (starts, ends)
    var notes: [Phrase] = []
    for name in columns.firstAppearances {
      let column = try self.column(named: name)
      var filled: [Int] = []
      for row in 0..<rowCount where isBlank(row: row, column: column) {
        guard row > 0 else {
          throw FillDownError.nothingAbove(
            source: source(ofRow: row), line: line(row: row, column: column), column: name)
        }
        let cell = row * columnCount + column
        (starts[cell], ends[cell]) = (starts[cell - columnCount], ends[cell - columnCount])
        filled.append(line(row: row, column: column))
      }
      notes.append(Self.filledNote(name, lines: filled, source: source))
      if !filled.isEmpty, columnKinds([column]) == [.numeric] { notes.append(Self.numberNote(name)) }
    }
    let table = Table(
      source: source, columnNames: columnNames, headerLine: headerLine, lines: lines, bytes: bytes,
      starts: starts, ends: ends, origins: origins, sourceOfRow: sourceOfRow)
    return (table, notes)
  }

  private func isBlank(row: Int, column: Int) -> Bool {
    isEmpty(row: row, column: column) || CellText.trimmed(text(row: row, column: column)).isEmpty
  }

  /// A number that was missing and now is that of another row must not pass unseen.
  private static func numberNote(_ column: String) -> Phrase {
    Phrase(
      "Column \"\(column)\" holds numbers: cells that were missing rather than merged now have the number of the row above."
        + " If any was, take the column out of \(Setting("fill-down")).",
      zh: "“\(column)”列为数值：若有单元格本为缺失而非合并，现已取上一行的数值；如有，请勿对该列使用\(Setting("fill-down"))。")
  }

  private static func filledNote(_ column: String, lines: [Int], source: String) -> Phrase {
    guard !lines.isEmpty else {
      return Phrase(
        "\(source), column \"\(column)\": no cell is empty, none was filled down.",
        zh: "\(source)的“\(column)”列没有空单元格，未作向下填充。")
    }
    let places = listed(lines.map(String.init), most: 8)
    let chinese = listed(lines.map(String.init), most: 8, in: .chinese)
    return lines.count == 1
      ? Phrase(
        "\(source), column \"\(column)\": 1 empty cell was filled with the text above it, on line \(places).",
        zh: "\(source)的“\(column)”列：第\(chinese)行的1个空单元格以其上方的文字填充。")
      : Phrase(
        "\(source), column \"\(column)\": \(lines.count) empty cells were filled with the text above them, on lines"
          + " \(places).",
        zh: "\(source)的“\(column)”列：\(lines.count)个空单元格以其上方的文字填充，位于第\(chinese)行。")
  }
}
