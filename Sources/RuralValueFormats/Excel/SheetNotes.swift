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
      "the first\(chosen.isVisible ? " visible" : "") sheet is read; \(Setting("sheet")) names another: \(names), as does FILE#SHEET in"
        + " the place of FILE",
      zh: "读取第一个\(chosen.isVisible ? "可见" : "")工作表；其他工作表用\(Setting("sheet"))或“文件#工作表”指定：\(chinese)")
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
    if let long = cells.longNumber {
      add(
        "\(long.text) holds a whole number of more than 15 digits, of which a spreadsheet keeps 15; codes so long must be"
          + " text",
        zh: "\(long.text) 为超过15位的整数，电子表格只保留15位；这样长的代码须存为文本")
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

  /// Numbers that are shown as percentages: how many of a column's, where others are not.
  mutating func add(percentagesOf cells: SheetCells, below skipped: Int) {
    var numbers: [Int: Int] = [:]
    for cell in cells.cells where cell.kind == .number && cell.row >= skipped {
      numbers[Int(cell.column), default: 0] += 1
    }
    for (column, (first, count)) in cells.percentages.sorted(by: { $0.key < $1.key }) {
      let others = (numbers[column] ?? count) - count
      guard others > 0 else { continue }
      add(
        "in column \(CellReference.letters(ofColumn: column)) \(count) number\(count == 1 ? " is" : "s are") shown as"
          + " \(count == 1 ? "a percentage" : "percentages") (the first in \(first.text)) and \(others) \(others == 1 ? "is" : "are")"
          + " not; all are read as they are stored, 0.055 where 5.5% is shown",
        zh:
          "\(CellReference.letters(ofColumn: column)) 列有 \(count) 个数以百分比显示（首个为 \(first.text)），另有 \(others) 个不是；均按存储值读取（显示为"
          + "5.5%的即0.055）")
    }
    let whole = cells.percentages.keys.filter { numbers[$0] == cells.percentages[$0]?.count }.sorted()
    guard !whole.isEmpty else { return }
    let list = whole.map(CellReference.letters).joined(separator: ", ")
    add(
      "the percentages of column \(list) are read as they are stored, 0.055 where 5.5% is shown",
      zh: "\(list) 列的百分比按存储值读取（显示为5.5%的即0.055）")
  }

  /// Formulas whose values a program wrote and no spreadsheet computed.
  mutating func add(computed: (first: CellReference, count: Int, areZero: Bool)?) {
    guard let computed else { return }
    let count = computed.count
    add(
      "the file asks to be computed when it is opened; the stored value\(count == 1 ? "" : "s") of \(count)"
        + " formula\(count == 1 ? "" : "s"), the first in \(computed.first.text), may be old: save it once in a spreadsheet",
      zh: "该文件要求打开时重新计算；\(count) 个公式的存储值（首个为 \(computed.first.text)）可能已过时，请先用电子表格软件保存一次")
  }

  /// Numbers of a printed table whose decimals are not known.
  mutating func add(unformatted: CellReference?) {
    guard let unformatted else { return }
    add(
      "numbers in the format General, the first in \(unformatted.text), count as they are stored, 0.01 where 0.010 was"
        + " printed; give the cells a format such as 0.000, or their texts",
      zh: "“常规”格式的数（首个为 \(unformatted.text)）按存储值计（印为0.010者作0.01）；请设为0.000等格式，或改为文本")
  }

  mutating func add(padded columns: [Int]) {
    guard !columns.isEmpty else { return }
    let list = columns.map(CellReference.letters).joined(separator: ", ")
    add(
      "the numbers of column \(list) are read as codes, with the zeros that their format shows before them; if they are"
        + " no codes, give them the format General",
      zh: "\(list) 列的数按代码读取，并按其格式保留前导零；如非代码，请将格式改为“常规”")
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
