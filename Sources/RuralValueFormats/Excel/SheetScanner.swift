import RuralValue

/// Reads the cells of a sheet.
///
/// Most of a workbook is cells as `<c r="B2" s="1"><v>12.5</v></c>`, which are read without the general scanner;
/// whatever deviates is read by it. Places, lengths and hints (`dimension`, `spans`) are believed of nobody.
/// Source: ECMA-376, part 1, section 18.3.1.
struct SheetScanner {
  /// What the attributes of a cell say.
  struct CellHead {
    var reference: CellReference
    var style = 0
    var type = CellType.number
  }

  /// What kind of value a cell says it holds.
  enum CellType {
    case number, shared, text, inline, truth, error, day
  }

  var found = SheetCells()
  let sheet: ExcelError.SheetName
  let part: String
  let bounds: [UInt32]
  let formats: [NumberFormat]
  let dates: SerialDate
  /// Whether numbers are read with the decimals that their formats show.
  let showsDecimals: Bool
  var scanner: XMLScanner
  /// The next row and the next column, for rows and cells that do not say where they are.
  var (nextRow, nextColumn) = (0, 0)
  /// A text that had to be put together.
  var scratch: [UInt8] = []

  /// The cells of a sheet's part.
  static func cells(
    of bytes: Span<UInt8>, sheet: ExcelError.SheetName, part: String, strings: SharedStrings,
    styles: CellStyles,
    dates: SerialDate, showsDecimals: Bool
  ) throws(ExcelError) -> SheetCells {
    var scanner = SheetScanner(
      bytes, sheet: sheet, part: part, strings: strings, styles: styles, dates: dates,
      showsDecimals: showsDecimals)
    try scanner.scan(bytes)
    return scanner.found
  }

  init(
    _ bytes: Span<UInt8>, sheet: ExcelError.SheetName, part: String, strings: SharedStrings,
    styles: CellStyles,
    dates: SerialDate, showsDecimals: Bool
  ) {
    (self.sheet, self.part, self.dates, self.showsDecimals) = (sheet, part, dates, showsDecimals)
    (bounds, formats) = (strings.bounds, styles.formats)
    found.bytes = strings.bytes
    scanner = XMLScanner(bytes)
  }

  // MARK: - The sheet

  mutating func scan(_ bytes: Span<UInt8>) throws(ExcelError) {
    while true {
      switch try next(bytes) {
      case .finished: return
      case .start where scanner.depth == 1:
        guard scanner.isElement("worksheet", bytes) else { throw wrongRoot(bytes) }
      case .start: try scanPart(bytes)
      case .end, .text: break
      }
    }
  }

  /// One of the elements right below the sheet.
  mutating func scanPart(_ bytes: Span<UInt8>) throws(ExcelError) {
    if scanner.isElement("sheetData", bytes) {
      try scanChildren(bytes) { scanner, bytes throws(ExcelError) in
        if scanner.scanner.isElement("row", bytes) {
          try scanner.scanRow(bytes)
        } else {
          try scanner.skip(bytes)
        }
      }
    } else if scanner.isElement("mergeCells", bytes) {
      try scanChildren(bytes) { scanner, bytes throws(ExcelError) in
        scanner.addMerge(bytes)
        try scanner.skip(bytes)
      }
    } else if scanner.isElement("cols", bytes) {
      try scanChildren(bytes) { scanner, bytes throws(ExcelError) in
        scanner.addHiddenColumns(bytes)
        try scanner.skip(bytes)
      }
    } else {
      try skip(bytes)
    }
  }

  /// Hands over each element within the one that was just begun; `read` reads it to its end.
  mutating func scanChildren(
    _ bytes: Span<UInt8>, _ read: (inout SheetScanner, Span<UInt8>) throws(ExcelError) -> Void
  ) throws(ExcelError) {
    let outside = scanner.depth - 1
    while scanner.depth > outside {
      if try next(bytes) == .start { try read(&self, bytes) }
    }
  }

  mutating func addMerge(_ bytes: Span<UInt8>) {
    guard scanner.isElement("mergeCell", bytes), let range = scanner.attribute("ref", bytes),
      let merge = CellRange(bytes, range)
    else { return }
    found.merges.append(merge)
  }

  mutating func addHiddenColumns(_ bytes: Span<UInt8>) {
    guard scanner.isElement("col", bytes), isTrue("hidden", bytes),
      let first = scanner.attribute("min", bytes).flatMap({ Int(XMLScanner.text($0, bytes)) }),
      let last = scanner.attribute("max", bytes).flatMap({ Int(XMLScanner.text($0, bytes)) }),
      first >= 1, last >= first
    else { return }
    found.hiddenColumns.append((first - 1)...min(last, ArchiveLimits.columns) - 1)
  }

  func isTrue(_ name: StaticString, _ bytes: Span<UInt8>) -> Bool {
    scanner.attribute(name, bytes).map { ["1", "true"].contains(XMLScanner.text($0, bytes)) } ?? false
  }

  // MARK: - Rows

  mutating func scanRow(_ bytes: Span<UInt8>) throws(ExcelError) {
    if let range = scanner.attribute("r", bytes) {
      guard let row = CellReference.row(bytes, range) else {
        throw .row(sheet, shortened(range, bytes))
      }
      nextRow = row
    }
    guard nextRow < ArchiveLimits.rows else { throw .row(sheet, "\(nextRow + 1)") }
    if isTrue("hidden", bytes) { found.hiddenRows.insert(nextRow) }
    nextColumn = 0
    let outside = scanner.depth - 1
    while scanner.depth > outside {
      while try scanPlainCell(bytes) {}
      switch try next(bytes) {
      case .start: if scanner.isElement("c", bytes) { try scanCell(bytes) } else { try skip(bytes) }
      case .end, .text, .finished: break
      }
    }
    nextRow += 1
  }

  // MARK: - Cells that need a closer look

  mutating func scanCell(_ bytes: Span<UInt8>) throws(ExcelError) {
    let head = try head(bytes)
    var (hasFormula, hasValue) = (false, false)
    scratch.removeAll(keepingCapacity: true)
    let outside = scanner.depth - 1
    while scanner.depth > outside {
      guard try next(bytes) == .start else { continue }
      if scanner.isElement("f", bytes) {
        hasFormula = true
        try skip(bytes)
      } else if scanner.isElement("v", bytes), head.type != .inline {
        hasValue = true
        try inXML { scanner, text throws(XMLFault) in try RichText.appendContent(&scanner, bytes, to: &text) }
      } else if scanner.isElement("is", bytes), head.type == .inline {
        hasValue = true
        try inXML { scanner, text throws(XMLFault) in try RichText.append(&scanner, bytes, to: &text) }
      } else {
        try skip(bytes)
      }
    }
    let isText = head.type == .text || head.type == .inline
    if hasFormula, isText ? !hasValue : scratch.isEmpty {
      found.uncomputed = (found.uncomputed?.first ?? head.reference, (found.uncomputed?.count ?? 0) + 1)
      return
    }
    if hasFormula {
      let isZero = scratch == [UInt8(ascii: "0")]
      let before = found.computed
      found.computed = (
        before?.first ?? head.reference, (before?.count ?? 0) + 1, (before?.areZero ?? true) && isZero
      )
    }
    let text = scratch
    try add(head, text.span, 0..<text.count)
  }

  /// What the attributes of the cell that was just begun say.
  mutating func head(_ bytes: Span<UInt8>) throws(ExcelError) -> CellHead {
    var head = CellHead(reference: CellReference(row: nextRow, column: nextColumn))
    if let range = scanner.attribute("r", bytes) {
      guard let reference = CellReference(bytes, range), reference.row == nextRow else {
        throw .cell(sheet, cell: shortened(range, bytes), .reference)
      }
      head.reference = reference
    }
    guard head.reference.column < ArchiveLimits.columns else {
      throw .cell(sheet, cell: head.reference.text, .reference)
    }
    nextColumn = head.reference.column + 1
    if let range = scanner.attribute("s", bytes) { head.style = Int(XMLScanner.text(range, bytes)) ?? 0 }
    if let range = scanner.attribute("t", bytes) {
      guard let type = SheetScanner.type(bytes, range) else {
        throw .cell(sheet, cell: head.reference.text, .type(shortened(range, bytes)))
      }
      head.type = type
    }
    return head
  }

  static func type(_ bytes: Span<UInt8>, _ range: Range<Int>) -> CellType? {
    switch XMLScanner.text(range, bytes) {
    case "n": .number
    case "s": .shared
    case "str": .text
    case "inlineStr": .inline
    case "b": .truth
    case "e": .error
    case "d": .day
    default: nil
    }
  }

  // MARK: - XML

  @inline(__always)
  mutating func next(_ bytes: Span<UInt8>) throws(ExcelError) -> XMLScanner.Piece {
    do throws(XMLFault) { return try scanner.next(bytes) } catch { throw damaged(error) }
  }

  mutating func skip(_ bytes: Span<UInt8>) throws(ExcelError) {
    do throws(XMLFault) { try scanner.skipElement(bytes) } catch { throw damaged(error) }
  }

  mutating func inXML(
    _ read: (inout XMLScanner, inout [UInt8]) throws(XMLFault) -> Void
  ) throws(ExcelError) {
    do throws(XMLFault) { try read(&scanner, &scratch) } catch { throw damaged(error) }
  }

  func damaged(_ fault: XMLFault) -> ExcelError {
    .damagedPart(source: sheet.source, part: part, reason: "byte \(fault.byte): \(fault.words)")
  }

  func wrongRoot(_ bytes: Span<UInt8>) -> ExcelError {
    let found = "<\(XMLScanner.text(scanner.localName, bytes))>"
    return damaged(XMLFault(reason: .unexpected(found: found, expected: "<worksheet>"), byte: 1))
  }

  /// A range without white space around it.
  @inline(__always)
  static func trimmed(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] <= 0x20 { start &+= 1 }
    while end > start, bytes[end - 1] <= 0x20 { end &-= 1 }
    return start..<end
  }

  /// A range as text, short enough for a message.
  func shortened(_ range: Range<Int>, _ bytes: Span<UInt8>) -> String {
    CSVScanner.shortened(
      XMLScanner.text(range.lowerBound..<min(range.upperBound, range.lowerBound + 200), bytes))
  }
}
