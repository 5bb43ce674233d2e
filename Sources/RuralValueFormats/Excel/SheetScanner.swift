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

  private(set) var found = SheetCells()
  private let sheet: ExcelError.SheetName
  private let part: String
  private let bounds: [UInt32]
  private let formats: [NumberFormat]
  private let dates: SerialDate
  private var scanner: XMLScanner
  /// The next row and the next column, for rows and cells that do not say where they are.
  private var (nextRow, nextColumn) = (0, 0)
  /// A text that had to be put together.
  private var scratch: [UInt8] = []

  /// The cells of a sheet's part.
  static func cells(
    of bytes: Span<UInt8>, sheet: ExcelError.SheetName, part: String, strings: SharedStrings,
    styles: CellStyles,
    dates: SerialDate
  ) throws(ExcelError) -> SheetCells {
    var scanner = SheetScanner(
      bytes, sheet: sheet, part: part, strings: strings, styles: styles, dates: dates)
    try scanner.scan(bytes)
    return scanner.found
  }

  private init(
    _ bytes: Span<UInt8>, sheet: ExcelError.SheetName, part: String, strings: SharedStrings,
    styles: CellStyles,
    dates: SerialDate
  ) {
    (self.sheet, self.part, self.dates) = (sheet, part, dates)
    (bounds, formats) = (strings.bounds, styles.formats)
    found.bytes = strings.bytes
    scanner = XMLScanner(bytes)
  }

  // MARK: - The sheet

  private mutating func scan(_ bytes: Span<UInt8>) throws(ExcelError) {
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
  private mutating func scanPart(_ bytes: Span<UInt8>) throws(ExcelError) {
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
  private mutating func scanChildren(
    _ bytes: Span<UInt8>, _ read: (inout SheetScanner, Span<UInt8>) throws(ExcelError) -> Void
  ) throws(ExcelError) {
    let outside = scanner.depth - 1
    while scanner.depth > outside {
      if try next(bytes) == .start { try read(&self, bytes) }
    }
  }

  private mutating func addMerge(_ bytes: Span<UInt8>) {
    guard scanner.isElement("mergeCell", bytes), let range = scanner.attribute("ref", bytes),
      let merge = CellRange(bytes, range)
    else { return }
    found.merges.append(merge)
  }

  private mutating func addHiddenColumns(_ bytes: Span<UInt8>) {
    guard scanner.isElement("col", bytes), isTrue("hidden", bytes),
      let first = scanner.attribute("min", bytes).flatMap({ Int(XMLScanner.text($0, bytes)) }),
      let last = scanner.attribute("max", bytes).flatMap({ Int(XMLScanner.text($0, bytes)) }),
      first >= 1, last >= first
    else { return }
    found.hiddenColumns.append((first - 1)...min(last, ArchiveLimits.columns) - 1)
  }

  private func isTrue(_ name: StaticString, _ bytes: Span<UInt8>) -> Bool {
    scanner.attribute(name, bytes).map { ["1", "true"].contains(XMLScanner.text($0, bytes)) } ?? false
  }

  // MARK: - Rows

  private mutating func scanRow(_ bytes: Span<UInt8>) throws(ExcelError) {
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

  private mutating func scanCell(_ bytes: Span<UInt8>) throws(ExcelError) {
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
    let text = scratch
    try add(head, text.span, 0..<text.count)
  }

  /// What the attributes of the cell that was just begun say.
  private mutating func head(_ bytes: Span<UInt8>) throws(ExcelError) -> CellHead {
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

  private static func type(_ bytes: Span<UInt8>, _ range: Range<Int>) -> CellType? {
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

  // MARK: - Plain cells

  /// Reads a cell such as `<c r="B2" s="1" t="s"><v>12</v></c>` that begins right here; false, with nothing read, for
  /// anything else.
  private mutating func scanPlainCell(_ bytes: Span<UInt8>) throws(ExcelError) -> Bool {
    let count = bytes.count
    var place = scanner.position
    guard scanner.isInSpreadsheet, place + 16 < count, bytes[place] == UInt8(ascii: "<"),
      bytes[place + 1] == UInt8(ascii: "c"), bytes[place + 2] == UInt8(ascii: " ")
    else { return false }
    place &+= 2
    var head = CellHead(reference: CellReference(row: nextRow, column: nextColumn))
    while place + 4 < count, bytes[place] == UInt8(ascii: " ") {
      let name = bytes[place + 1]
      guard bytes[place + 2] == UInt8(ascii: "="), bytes[place + 3] == UInt8(ascii: "\"") else {
        return false
      }
      let start = place &+ 4
      place = start
      while place < count, bytes[place] != UInt8(ascii: "\"") { place &+= 1 }
      guard place < count, take(bytes, start..<place, as: name, &head) else { return false }
      place &+= 1
    }
    guard head.reference.column < ArchiveLimits.columns, place + 4 < count else { return false }
    if bytes[place] == UInt8(ascii: "/"), bytes[place + 1] == UInt8(ascii: ">") {
      nextColumn = head.reference.column + 1
      scanner.move(to: place + 2)
      return true
    }
    guard bytes[place] == UInt8(ascii: ">"), bytes[place + 1] == UInt8(ascii: "<"),
      bytes[place + 2] == UInt8(ascii: "v"), bytes[place + 3] == UInt8(ascii: ">")
    else { return false }
    let start = place + 4
    place = start
    // Of what a plain value ends with, nothing is above `<`.
    while place < count, bytes[place] > UInt8(ascii: "<") || SheetScanner.isPlain(bytes[place]) {
      place &+= 1
    }
    guard place + 8 < count, SheetScanner.ends(bytes, place) else { return false }
    nextColumn = head.reference.column + 1
    try add(head, bytes, start..<place)
    scanner.move(to: place + 8)
    return true
  }

  /// Takes what an attribute of a plain cell says; false where it is not plain.
  @inline(__always)
  private func take(_ bytes: Span<UInt8>, _ range: Range<Int>, as name: UInt8, _ head: inout CellHead) -> Bool
  {
    switch name {
    case UInt8(ascii: "r"):
      guard let reference = CellReference(bytes, range), reference.row == nextRow else { return false }
      head.reference = reference
    case UInt8(ascii: "s"):
      guard range.count <= 6 else { return false }
      head.style = 0
      for place in range {
        let digit = bytes[place] &- UInt8(ascii: "0")
        guard digit <= 9 else { return false }
        head.style = head.style &* 10 &+ Int(digit)
      }
    case UInt8(ascii: "t"):
      guard range.count == 1 else { return false }
      switch bytes[range.lowerBound] {
      case UInt8(ascii: "s"): head.type = .shared
      case UInt8(ascii: "n"): head.type = .number
      case UInt8(ascii: "b"): head.type = .truth
      default: return false
      }
    default: return false
    }
    return true
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "<") && byte != UInt8(ascii: "&") && byte > 0x20
  }

  /// Whether `</v></c>` stands here.
  @inline(__always)
  private static func ends(_ bytes: Span<UInt8>, _ place: Int) -> Bool {
    bytes[place] == UInt8(ascii: "<") && bytes[place + 1] == UInt8(ascii: "/")
      && bytes[place + 2] == UInt8(ascii: "v") && bytes[place + 3] == UInt8(ascii: ">")
      && bytes[place + 4] == UInt8(ascii: "<") && bytes[place + 5] == UInt8(ascii: "/")
      && bytes[place + 6] == UInt8(ascii: "c") && bytes[place + 7] == UInt8(ascii: ">")
  }

  // MARK: - Values

  /// Adds a cell whose value stands in a range of bytes.
  private mutating func add(_ head: CellHead, _ bytes: Span<UInt8>, _ range: Range<Int>) throws(ExcelError) {
    switch head.type {
    case .number: try addNumber(head, bytes, SheetScanner.trimmed(range, bytes))
    case .shared: try addShared(head, bytes, SheetScanner.trimmed(range, bytes))
    case .text, .inline: addText(.text, head, bytes, range)
    case .error: addText(.error, head, bytes, range)
    case .truth: try addTruth(head, bytes, SheetScanner.trimmed(range, bytes))
    case .day: try addDay(head, bytes, SheetScanner.trimmed(range, bytes))
    }
  }

  private mutating func addNumber(
    _ head: CellHead, _ bytes: Span<UInt8>, _ range: Range<Int>
  ) throws(ExcelError) {
    guard !range.isEmpty else { return }
    let format = head.style < formats.count ? formats[head.style] : .plain
    let start = found.bytes.count
    guard let value = SheetNumber.append(bytes, range, to: &found.bytes) else {
      throw .cell(sheet, cell: head.reference.text, .number(shortened(range, bytes)))
    }
    switch format {
    case .plain: append(head, .number, from: start)
    case .padded(let digits): append(head, .number, from: start, digits: UInt8(clamping: digits))
    case .date, .duration:
      found.bytes.removeSubrange(start...)
      addDate(head, value, isDuration: format == .duration)
    }
  }

  private mutating func addDate(_ head: CellHead, _ value: Double, isDuration: Bool) {
    let start = found.bytes.count
    let isDay =
      isDuration
      ? SerialDate.append(duration: value, to: &found.bytes) : dates.append(value, to: &found.bytes)
    guard isDay else {
      RoundTripNumber.append(value, to: &found.bytes)
      return append(head, .noDay, from: start)
    }
    guard !isDuration else { return append(head, .duration, from: start) }
    let isTime = found.bytes[start + 2] == UInt8(ascii: ":")
    append(head, isTime ? .time : .date, from: start)
    if value == value.rounded(), (1900...2100).contains(value) {
      let before = found.yearAsDay
      found.yearAsDay = (
        before?.first ?? head.reference, before?.year ?? Int(value), (before?.count ?? 0) + 1
      )
    }
  }

  private mutating func addShared(
    _ head: CellHead, _ bytes: Span<UInt8>, _ range: Range<Int>
  ) throws(ExcelError) {
    var index = 0
    for place in range {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit <= 9, index < 1 << 40 else { throw badString(head, bytes, range) }
      index = index &* 10 &+ Int(digit)
    }
    guard !range.isEmpty, index < bounds.count - 1 else { throw badString(head, bytes, range) }
    let (start, end) = (bounds[index], bounds[index + 1])
    guard start < end else { return }
    found.cells.append(
      SheetCells.Cell(
        row: UInt32(truncatingIfNeeded: head.reference.row), start: start, end: end,
        column: UInt16(truncatingIfNeeded: head.reference.column), kind: .text, digits: 0))
  }

  private func badString(_ head: CellHead, _ bytes: Span<UInt8>, _ range: Range<Int>) -> ExcelError {
    .cell(sheet, cell: head.reference.text, .string(shortened(range, bytes), count: bounds.count - 1))
  }

  private mutating func addText(
    _ kind: SheetCells.Kind, _ head: CellHead, _ bytes: Span<UInt8>, _ range: Range<Int>
  ) {
    guard !range.isEmpty else { return }
    let start = found.bytes.count
    for place in range { found.bytes.append(bytes[place]) }
    append(head, kind, from: start)
  }

  private mutating func addTruth(
    _ head: CellHead, _ bytes: Span<UInt8>, _ range: Range<Int>
  ) throws(ExcelError) {
    guard !range.isEmpty else { return }
    let start = found.bytes.count
    switch XMLScanner.text(range, bytes) {
    case "1", "true", "TRUE": found.bytes.append(UInt8(ascii: "1"))
    case "0", "false", "FALSE": found.bytes.append(UInt8(ascii: "0"))
    default: throw .cell(sheet, cell: head.reference.text, .truth(shortened(range, bytes)))
    }
    append(head, .truth, from: start)
  }

  /// A day that stands in the file as ISO 8601 writes it; midnight is not written.
  private mutating func addDay(_ head: CellHead, _ bytes: Span<UInt8>, _ range: Range<Int>) throws(ExcelError)
  {
    guard !range.isEmpty else { return }
    let text = XMLScanner.text(range, bytes)
    guard let day = ISODay(text) else {
      throw .cell(sheet, cell: head.reference.text, .day(shortened(range, bytes)))
    }
    let start = found.bytes.count
    found.bytes.append(contentsOf: day.text.utf8)
    append(head, day.isTime ? .time : .date, from: start)
  }

  @inline(__always)
  private mutating func append(_ head: CellHead, _ kind: SheetCells.Kind, from start: Int, digits: UInt8 = 0)
  {
    found.cells.append(
      SheetCells.Cell(
        row: UInt32(truncatingIfNeeded: head.reference.row), start: UInt32(truncatingIfNeeded: start),
        end: UInt32(truncatingIfNeeded: found.bytes.count),
        column: UInt16(truncatingIfNeeded: head.reference.column), kind: kind, digits: digits))
  }

  // MARK: - XML

  @inline(__always)
  private mutating func next(_ bytes: Span<UInt8>) throws(ExcelError) -> XMLScanner.Piece {
    do throws(XMLFault) { return try scanner.next(bytes) } catch { throw damaged(error) }
  }

  private mutating func skip(_ bytes: Span<UInt8>) throws(ExcelError) {
    do throws(XMLFault) { try scanner.skipElement(bytes) } catch { throw damaged(error) }
  }

  private mutating func inXML(
    _ read: (inout XMLScanner, inout [UInt8]) throws(XMLFault) -> Void
  ) throws(ExcelError) {
    do throws(XMLFault) { try read(&scanner, &scratch) } catch { throw damaged(error) }
  }

  private func damaged(_ fault: XMLFault) -> ExcelError {
    .damagedPart(source: sheet.source, part: part, reason: "byte \(fault.byte): \(fault.words)")
  }

  private func wrongRoot(_ bytes: Span<UInt8>) -> ExcelError {
    let found = "<\(XMLScanner.text(scanner.localName, bytes))>"
    return damaged(XMLFault(reason: .unexpected(found: found, expected: "<worksheet>"), byte: 1))
  }

  /// A range without white space around it.
  @inline(__always)
  private static func trimmed(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] <= 0x20 { start &+= 1 }
    while end > start, bytes[end - 1] <= 0x20 { end &-= 1 }
    return start..<end
  }

  /// A range as text, short enough for a message.
  private func shortened(_ range: Range<Int>, _ bytes: Span<UInt8>) -> String {
    CSVScanner.shortened(
      XMLScanner.text(range.lowerBound..<min(range.upperBound, range.lowerBound + 200), bytes))
  }
}
