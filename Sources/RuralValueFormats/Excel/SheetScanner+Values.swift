import RuralValue

/// What the cells of a sheet hold, as the texts of a table.
extension SheetScanner {
  /// Adds a cell whose value stands in a range of bytes.
  mutating func add(_ head: CellHead, _ bytes: Span<UInt8>, _ range: Range<Int>) throws(ExcelError) {
    switch head.type {
    case .number: try addNumber(head, bytes, SheetScanner.trimmed(range, bytes))
    case .shared: try addShared(head, bytes, SheetScanner.trimmed(range, bytes))
    case .text, .inline: try addText(.text, head, bytes, range)
    case .error: try addText(.error, head, bytes, range)
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
    if found.longNumber == nil, value >= 1e15, value == value.rounded(), value < 1e20 {
      found.longNumber = head.reference
    }
    switch format {
    case .decimals(let count) where showsDecimals && abs(value) < 1e15:
      found.bytes.removeSubrange(start...)
      found.bytes.append(contentsOf: FixedDecimals.text(value, decimals: min(count, 15)).utf8)
      append(head, .number, from: start)
    case .plain, .decimals:
      if format == .plain { found.unformatted = found.unformatted ?? head.reference }
      append(head, .number, from: start)
    case .percent:
      append(head, .number, from: start)
      found.percentages[head.reference.column, default: (head.reference, 0)].count += 1
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
    try requireRoom(for: Int(end - start), in: head)
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
  ) throws(ExcelError) {
    guard !range.isEmpty else { return }
    try requireRoom(for: range.count, in: head)
    let start = found.bytes.count
    for place in range { found.bytes.append(bytes[place]) }
    append(head, kind, from: start)
  }

  private func requireRoom(for count: Int, in head: CellHead) throws(ExcelError) {
    guard count <= ArchiveLimits.text else {
      throw .cell(sheet, cell: head.reference.text, .tooLong(count))
    }
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
}
