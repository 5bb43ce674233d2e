import RuralValue

/// The cells of a sheet as rows and columns: its rows with values times its columns with values.
///
/// From here on a sheet is read as a text is: header rows, footers, missing markers and signs about numbers are
/// `CSVLayout`'s.
struct SheetTable {
  private let sheet: ExcelError.SheetName
  private var cells: SheetCells
  /// The rows of the sheet that have values, from zero, in order.
  private(set) var rows: [Int] = []
  /// The columns of the sheet that have values, from zero, in order.
  private(set) var columns: [Int] = []
  /// The columns of the sheet between these, or with nothing but errors.
  private(set) var emptyColumns: [Int] = []
  /// The position in `columns` of each column of the sheet.
  private var positions = [Int](repeating: -1, count: ArchiveLimits.columns)
  private var starts: [UInt32] = []
  private var ends: [UInt32] = []

  /// The table of the cells below the first few rows of the sheet. Throws `ExcelError` where it would be too large.
  init(_ cells: SheetCells, of sheet: ExcelError.SheetName, skipping skipped: Int) throws(ExcelError) {
    self.sheet = sheet
    self.cells = cells
    if skipped > 0 { self.cells.cells.removeAll { $0.row < skipped } }
    removeBlanks()
    findRowsAndColumns()
    let (rowCount, columnCount) = (rows.count, columns.count)
    guard rowCount * columnCount <= ArchiveLimits.cells else {
      throw .tooManyCells(sheet, rows: rowCount, columns: columnCount)
    }
    padCodes()
    place()
  }

  /// Takes out texts of nothing but white space: a row of such is none.
  private mutating func removeBlanks() {
    let bytes = cells.bytes
    cells.cells.removeAll { cell in
      cell.kind == .text && bytes[Int(cell.start)] <= 0xE3
        && CellText.trimmedRange(of: bytes.span, from: Int(cell.start), to: Int(cell.end)).isEmpty
    }
  }

  private mutating func findRowsAndColumns() {
    var last: UInt32?
    for cell in cells.cells {
      if cell.row != last { rows.append(Int(cell.row)) }
      last = cell.row
      // A column of nothing but errors has neither a name nor values.
      if cell.kind.isValue { positions[Int(cell.column)] = 0 }
    }
    for column in positions.indices where positions[column] == 0 {
      positions[column] = columns.count
      columns.append(column)
    }
    let touched = cells.cells.map { Int($0.column) }
    guard let first = touched.min(), let last = touched.max() else { return }
    emptyColumns = (first...last).filter { positions[$0] < 0 }
  }

  /// Puts the texts in their places, without the white space around them; errors are missing.
  private mutating func place() {
    var starts = [UInt32](repeating: 0, count: rows.count * columns.count)
    var ends = starts
    defer { (self.starts, self.ends) = (starts, ends) }
    var row = -1
    var last: UInt32?
    let bytes = cells.bytes.span
    for cell in cells.cells {
      if cell.row != last { row += 1 }
      last = cell.row
      let position = positions[Int(cell.column)]
      guard cell.kind.isValue, position >= 0 else { continue }
      let place = row * columns.count + position
      var (start, end) = (cell.start, cell.end)
      if cell.kind == .text {
        let range = CellText.trimmedRange(of: bytes, from: Int(start), to: Int(end))
        (start, end) = (UInt32(range.lowerBound), UInt32(range.upperBound))
      }
      (starts[place], ends[place]) = (start, end)
    }
  }

  // MARK: - Codes

  /// Columns of codes: some of whose numbers are shown with zeros before them, and all as if they were.
  private(set) var paddedColumns: [Int] = []

  /// Writes the numbers of such columns as they are shown: with zeros up to the number of digits that a format gives.
  ///
  /// A column has codes where one format of zeros stands in it and every number is whole and has no more digits. Cells
  /// without the format, as of rows that were added, get the same digits, since one unit is not to be two.
  private mutating func padCodes() {
    var widths = [Int](repeating: 0, count: ArchiveLimits.columns)
    for cell in cells.cells where cell.kind == .number && cell.digits > 0 {
      let column = Int(cell.column)
      widths[column] = widths[column] == 0 || widths[column] == Int(cell.digits) ? Int(cell.digits) : -1
    }
    guard widths.contains(where: { $0 > 0 }) else { return }
    for cell in cells.cells where cell.kind == .number && widths[Int(cell.column)] > 0 {
      let text = cells.bytes[Int(cell.start)..<Int(cell.end)]
      if text.count > widths[Int(cell.column)] || !text.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }) {
        widths[Int(cell.column)] = -1
      }
    }
    var padded: Set<Int> = []
    for (place, cell) in cells.cells.enumerated() where cell.kind == .number {
      let missing = widths[Int(cell.column)] - Int(cell.end - cell.start)
      guard missing > 0 else { continue }
      padded.insert(Int(cell.column))
      let start = UInt32(cells.bytes.count)
      cells.bytes += [UInt8](repeating: UInt8(ascii: "0"), count: missing)
      cells.bytes += cells.bytes[Int(cell.start)..<Int(cell.end)]
      cells.cells[place] = SheetCells.Cell(
        row: cell.row, start: start, end: UInt32(cells.bytes.count), column: cell.column, kind: .number,
        digits: cell.digits)
    }
    paddedColumns = padded.sorted()
  }

  // MARK: - Records

  /// The rows and cells as the reader of texts has them.
  var records: CSVRecords {
    var records = CSVRecords(bytes: cells.bytes)
    (records.starts, records.ends) = (starts, ends)
    records.firstCells = rows.indices.map { $0 * columns.count }
    records.lines = rows.map { $0 + 1 }
    return records
  }

  // MARK: - Merged cells

  /// What was done with merged cells.
  struct Merges {
    /// Ranges whose text was repeated in every cell.
    var repeated: [CellRange] = []
    /// Ranges whose number stands in the first cell only.
    var left: [CellRange] = []
  }

  /// Repeats what merged cells hold over their ranges: names and texts, years and codes, but no other numbers, which
  /// count once, and no title that has its row for itself.
  mutating func repeatMerged() throws(ExcelError) -> Merges {
    var merges = Merges()
    let leads = cells.merges.sorted { $0.first < $1.first }.compactMap { range in
      lead(of: range).map { (range, $0) }
    }
    let keys = keyColumns(leads)
    var room = starts.count
    for (range, cell) in leads {
      let (rowPlaces, columnPlaces) = (places(range.first.row...range.last.row), places(ofColumns: range))
      guard rowPlaces.count * columnPlaces.count > 1 else { continue }
      room -= rowPlaces.count * columnPlaces.count
      guard room >= 0 else { throw .cell(sheet, cell: range.first.text, .merge(range.text)) }
      if isTitle(rowPlaces, columnPlaces) { continue }
      guard cell.kind == .text || cell.kind == .date || keys.contains(range.first.column) else {
        merges.left.append(range)
        continue
      }
      merges.repeated.append(range)
      let lead = rowPlaces.lowerBound * columns.count + columnPlaces.lowerBound
      let (start, end) = (starts[lead], ends[lead])
      for row in rowPlaces {
        for place in row * columns.count + columnPlaces.lowerBound..<row * columns.count
          + columnPlaces.upperBound
        where starts[place] == ends[place] {
          starts[place] = start
          ends[place] = end
        }
      }
    }
    return merges
  }

  /// How many rows the header has where merged cells stand in it; nil where none says that it is more than one.
  var mergedHeaderRows: Int? {
    guard case .severalHeaderRows(_, _, _, let count, _)? = HeaderRows(records).error(source: "") else {
      return nil
    }
    let header = rows[0]...rows[count - 1]
    let isMerged = cells.merges.contains { range in
      header.contains(range.first.row) && lead(of: range) != nil
        && !isTitle(places(range.first.row...range.last.row), places(ofColumns: range))
    }
    return isMerged ? count : nil
  }

  /// The cell that holds what a merged range shows.
  private func lead(of range: CellRange) -> SheetCells.Cell? {
    let wanted = (UInt32(range.first.row), UInt16(range.first.column))
    var (low, high) = (0, cells.cells.count)
    while low < high {
      let middle = (low + high) / 2
      if (cells.cells[middle].row, cells.cells[middle].column) < wanted {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < cells.cells.count, (cells.cells[low].row, cells.cells[low].column) == wanted,
      cells.cells[low].kind.isValue, positions[range.first.column] >= 0
    else { return nil }
    return cells.cells[low]
  }

  /// The positions of rows of the sheet among those with values.
  private func places(_ range: ClosedRange<Int>) -> Range<Int> {
    func position(of row: Int) -> Int {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if rows[middle] < row { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return position(of: range.lowerBound)..<position(of: range.upperBound + 1)
  }

  private func places(ofColumns range: CellRange) -> Range<Int> {
    let first = positions[range.first.column]
    let end = columns.firstIndex { $0 > range.last.column } ?? columns.count
    return first..<max(first, end)
  }

  /// Whether a range has its rows for itself, over several columns: a title or a remark.
  private func isTitle(_ rowPlaces: Range<Int>, _ columnPlaces: Range<Int>) -> Bool {
    guard columnPlaces.count > 1 else { return false }
    return rowPlaces.allSatisfy { row in
      let cells = row * columns.count..<(row + 1) * columns.count
      return cells.count { starts[$0] < ends[$0] } <= (row == rowPlaces.lowerBound ? 1 : 0)
    }
  }

  /// The columns whose merged numbers are years, or codes of one length.
  private func keyColumns(_ leads: [(range: CellRange, cell: SheetCells.Cell)]) -> Set<Int> {
    var texts: [Int: [String]] = [:]
    for (range, cell) in leads where cell.kind == .number {
      texts[range.first.column, default: []].append(cells.text(cell))
    }
    let keys = texts.filter { _, numbers in
      guard numbers.allSatisfy({ $0.utf8.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 } }) else { return false }
      let isCode = numbers[0].utf8.count >= 6 && numbers.allSatisfy { $0.utf8.count == numbers[0].utf8.count }
      return isCode || numbers.allSatisfy { (1900...2100).contains(Int($0) ?? 0) }
    }
    return Set(keys.keys)
  }
}
