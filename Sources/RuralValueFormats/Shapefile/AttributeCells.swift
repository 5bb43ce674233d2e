import RuralValue

/// The cells of a dBASE table as texts: numbers as the shortest decimals, days as ISO 8601 has them.
struct AttributeCells {
  private(set) var bytes: [UInt8]
  private(set) var starts: [UInt32] = []
  private(set) var ends: [UInt32] = []
  /// For each field, by position, how many cells hold something that its type does not allow, and the first.
  private(set) var odd: [Int: (count: Int, record: Int, found: String)] = [:]
  /// How many texts are `None`, as Python's writers put it where they have nothing.
  private(set) var absent = 0

  init(_ table: AttributeTable, _ texts: AttributeTexts) throws(ShapefileError) {
    bytes = texts.texts.bytes
    starts.reserveCapacity(texts.records.count * table.fields.count)
    ends.reserveCapacity(texts.records.count * table.fields.count)
    for (row, record) in texts.records.enumerated() {
      for (position, field) in table.fields.enumerated() {
        let range: Range<Int>
        if let slot = texts.slots[position] {
          let text = texts.cell(row: row, slot: slot)
          let isAbsent = bytes[text].elementsEqual("None".utf8)
          range = isAbsent ? text.lowerBound..<text.lowerBound : text
          if isAbsent { absent += 1 }
        } else {
          let start = bytes.count
          let raw = AttributeCells.trimmed(table.file.bytes, table.range(of: field, in: record))
          if !append(table.file.bytes[raw], field.kind) {
            let found = odd[position] ?? (0, record + 1, table.file.words(raw))
            odd[position] = (found.count + 1, found.record, found.found)
          }
          range = start..<bytes.count
        }
        guard range.upperBound <= Int(UInt32.max) else {
          throw .tooLarge(source: table.source, bytes: range.upperBound)
        }
        starts.append(UInt32(range.lowerBound))
        ends.append(UInt32(range.upperBound))
      }
    }
  }

  private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }

  /// Appends a cell's text; returns whether it is what the type of its field allows.
  private mutating func append(_ cell: ArraySlice<UInt8>, _ kind: AttributeTable.Kind) -> Bool {
    guard !cell.isEmpty else { return true }
    switch kind {
    case .text: bytes += cell
    case .number: return append(number: cell)
    case .logical:
      switch cell.first! {
      case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "Y"), UInt8(ascii: "y"): bytes += "TRUE".utf8
      case UInt8(ascii: "F"), UInt8(ascii: "f"), UInt8(ascii: "N"), UInt8(ascii: "n"): bytes += "FALSE".utf8
      case UInt8(ascii: "?"): break
      default: return false
      }
    case .day:
      guard cell.contains(where: { $0 != UInt8(ascii: "0") }) else { return true }
      let digits = cell.map { Int($0) - 48 }
      guard digits.count == 8, digits.allSatisfy({ (0...9).contains($0) }),
        (1...12).contains(digits[4] * 10 + digits[5]), (1...31).contains(digits[6] * 10 + digits[7])
      else { return false }
      bytes += cell.prefix(4) + [UInt8(ascii: "-")] + cell.dropFirst(4).prefix(2) + [UInt8(ascii: "-")]
      bytes += cell.suffix(2)
    }
    return true
  }

  /// Appends a number; stars fill a field whose number does not fit.
  private mutating func append(number cell: ArraySlice<UInt8>) -> Bool {
    if cell.allSatisfy({ $0 == UInt8(ascii: "*") }) { return true }
    let digits = cell.first == UInt8(ascii: "-") ? cell.dropFirst() : cell
    if !digits.isEmpty, digits.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }), digits.count > 15 {
      // Longer than doubles can tell apart: a code.
      let kept = digits.drop { $0 == UInt8(ascii: "0") }
      bytes += (digits.count < cell.count ? [UInt8(ascii: "-")] : []) + (kept.isEmpty ? [48] : Array(kept))
      return true
    }
    if let value = PlainDecimal.value(of: cell.span, from: 0, to: cell.count) {
      RoundTripNumber.append(value, to: &bytes)
      return true
    }
    let word = String(decoding: cell, as: UTF8.self).lowercased()
    return ["nan", "-nan", "+nan", "null", "(null)"].contains(word)
  }
}
