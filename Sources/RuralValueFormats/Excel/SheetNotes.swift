import RuralValue

/// What reading a sheet decided, in words.
struct SheetNotes {
  private let sheet: ExcelError.SheetName
  private(set) var terms: [Phrase] = []

  init(_ sheet: ExcelError.SheetName) { self.sheet = sheet }

  private mutating func add(_ english: String, zh chinese: String) {
    let source = "\(sheet.source)，工作表“\(sheet.sheet)”"
    terms.append(Phrase("\(sheet.words): \(english).", zh: "\(source)：\(chinese)。"))
  }

  mutating func add(chosen: Workbook.Sheet, others: [String]) {
    guard !others.isEmpty else { return }
    let names =
      others.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ") + (others.count > 12 ? ", …" : "")
    let chinese = others.prefix(12).map { "“\($0)”" }.joined(separator: "、") + (others.count > 12 ? "等" : "")
    add(
      "the first\(chosen.isVisible ? " visible" : "") sheet is read; \(Setting("sheet")) names another: \(names)",
      zh: "读取第一个\(chosen.isVisible ? "可见" : "")工作表；其他工作表用\(Setting("sheet"))指定：\(chinese)")
  }

  mutating func add(headerRows rows: [Int]) {
    let list = SheetNotes.runs(rows)
    add(
      "rows \(list) are joined as the header, for cells are merged there", zh: "第 \(list) 行含合并单元格，合并为表头")
  }

  /// Errors, truth values, and numbers that a format makes days.
  mutating func add(_ cells: SheetCells, below skipped: Int) {
    var errors = CellCounts()
    var noDays = CellCounts()
    var truths: (first: CellReference, count: Int)?
    for cell in cells.cells where cell.row >= skipped {
      switch cell.kind {
      case .error: errors.add(cell, cells)
      case .noDay: noDays.add(cell, cells)
      case .truth: truths = (truths?.first ?? cell.reference, (truths?.count ?? 0) + 1)
      default: break
      }
    }
    if !errors.isEmpty {
      add("cells with errors are missing: \(errors.english)", zh: "含错误值的单元格按缺失处理：\(errors.chinese)")
    }
    if !noDays.isEmpty {
      add(
        "numbers in a format of dates that are no day are missing: \(noDays.english); days run from 1 (1900-01-01) to the"
          + " year 9999, and 60 would be 1900-02-29, which never was",
        zh: "日期格式下不对应任何日期的数按缺失处理：\(noDays.chinese)；日期自 1（1900-01-01）起至 9999 年，60 对应并不存在的 1900-02-29")
    }
    if let (first, count) = truths {
      add(
        "TRUE and FALSE are read as 1 and 0: \(count) cell\(count == 1 ? "" : "s"), the first is \(first.text)",
        zh: "TRUE 和 FALSE 读作 1 和 0：共 \(count) 个单元格，首个为 \(first.text)")
    }
    if let (first, year, count) = cells.yearAsDay {
      let others = count == 1 ? "" : ", and \(count - 1) more"
      add(
        "\(first.text)\(others) holds \(year) in a format of dates, which makes it a day of 1905, as Excel shows it; if it"
          + " is a year, give the cells the format General",
        zh:
          "\(first.text)\(count == 1 ? "" : " 等 \(count) 个单元格")为日期格式的数 \(year)，按 Excel 读作 1905 年的某日；如为年份，请将格式改为“常规”"
      )
    }
  }

  mutating func add(padded columns: [Int]) {
    guard !columns.isEmpty else { return }
    let list = columns.map(CellReference.letters).joined(separator: ", ")
    add(
      "the numbers of column \(list) are read with the zeros that their format shows before them",
      zh: "\(list) 列的数按其格式保留前导零")
  }

  mutating func add(_ merges: SheetTable.Merges) {
    if let (list, count) = listed(merges.repeated) {
      add(
        "what merged cells hold is repeated over their \(count) range\(count == 1 ? "" : "s"): \(list)",
        zh: "合并单元格的内容已填入其全部 \(count) 个区域：\(list)")
    }
    if let (list, count) = listed(merges.left) {
      add(
        "the number of \(count == 1 ? "a merged range stands" : "\(count) merged ranges stands") in the first cell only, the"
          + " others are empty: \(list)",
        zh: "\(count) 个合并区域的数值只计入首个单元格，其余为空：\(list)")
    }
  }

  private func listed(_ ranges: [CellRange]) -> (list: String, count: Int)? {
    guard !ranges.isEmpty else { return nil }
    return (
      ranges.prefix(6).map(\.text).joined(separator: ", ") + (ranges.count > 6 ? ", …" : ""), ranges.count
    )
  }

  mutating func add(hiddenIn cells: SheetCells, rows: [Int], columns: [Int]) {
    let hiddenRows = rows.filter(cells.hiddenRows.contains).map { $0 + 1 }
    let hiddenColumns = columns.filter { column in cells.hiddenColumns.contains { $0.contains(column) } }
    var (english, chinese): ([String], [String]) = ([], [])
    if !hiddenRows.isEmpty {
      english.append("row\(hiddenRows.count == 1 ? "" : "s") \(SheetNotes.runs(hiddenRows))")
      chinese.append("第 \(SheetNotes.runs(hiddenRows)) 行")
    }
    if !hiddenColumns.isEmpty {
      let list = hiddenColumns.prefix(12).map(CellReference.letters).joined(separator: ", ")
      english.append(
        "column\(hiddenColumns.count == 1 ? "" : "s") \(list)\(hiddenColumns.count > 12 ? ", …" : "")")
      chinese.append("\(list)\(hiddenColumns.count > 12 ? " 等" : "") 列")
    }
    guard !english.isEmpty else { return }
    add(
      "hidden cells are read, too: \(english.joined(separator: " and "))",
      zh: "隐藏的单元格同样读取：\(chinese.joined(separator: "、"))")
  }

  mutating func add(emptyColumns columns: [Int]) {
    guard !columns.isEmpty else { return }
    let list = SheetNotes.runs(columns, CellReference.letters)
    add("left out columns without values: \(list)", zh: "已略去无数据的列：\(list)")
  }

  /// `3–5, 9`: numbers that follow each other are joined.
  static func runs(_ numbers: [Int], _ text: (Int) -> String = String.init) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    let shown = runs.prefix(8).map {
      $0.count == 1 ? text($0.lowerBound) : "\(text($0.lowerBound))–\(text($0.upperBound))"
    }
    return shown.joined(separator: ", ") + (runs.count > 8 ? ", …" : "")
  }
}

/// Which texts stand in how many cells, and in which first: the first eight.
private struct CellCounts {
  private var counts: [(text: String, first: CellReference, count: Int)] = []
  private var others = 0

  var isEmpty: Bool { counts.isEmpty }

  mutating func add(_ cell: SheetCells.Cell, _ cells: SheetCells) {
    let text = cells.text(cell)
    if let place = counts.firstIndex(where: { $0.text == text }) {
      counts[place].count += 1
    } else if counts.count < 8 {
      counts.append((text, cell.reference, 1))
    } else {
      others += 1
    }
  }

  /// `#N/A (A1, 3 in all), #REF! (B2)`.
  var english: String {
    counts.map { "\($0.text) (\($0.first.text)\($0.count > 1 ? ", \($0.count) in all" : ""))" }.joined(
      separator: ", ")
      + (others > 0 ? ", and \(others) more" : "")
  }

  var chinese: String {
    counts.map { "\($0.text)（\($0.first.text)\($0.count > 1 ? "，共 \($0.count) 个" : "")）" }.joined(
      separator: "、")
      + (others > 0 ? "，另有 \(others) 个" : "")
  }
}
