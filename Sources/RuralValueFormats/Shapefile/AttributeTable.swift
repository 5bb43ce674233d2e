import RuralValue

/// The header of a dBASE table and where its records stand.
/// Source: dBASE III and IV file headers, as in ESRI's shapefile paper, page 25.
struct AttributeTable {
  let source: String
  let file: BinaryBytes
  private(set) var fields: [Field] = []
  let recordCount: Int
  let recordLength: Int
  /// Where the records begin.
  let start: Int
  /// The language driver.
  let driver: UInt8

  struct Field {
    let name: TextField
    let kind: Kind
    /// Where it begins in a record.
    let offset: Int
    let length: Int
  }

  /// What a field holds.
  enum Kind: Equatable {
    case text, number, logical, day
  }

  init(_ bytes: [UInt8], source: String) throws(ShapefileError) {
    self.source = source
    file = BinaryBytes(bytes: bytes)
    guard bytes.count >= 33, bytes[0] & 7 != 0 else { throw .notTable(source: source) }
    guard bytes.count <= Int(UInt32.max) else { throw .tooLarge(source: source, bytes: bytes.count) }
    (recordCount, recordLength, start) = (
      file.size(4, at: 4), file.size(2, at: 10), file.size(2, at: 8)
    )
    driver = bytes[29]
    guard start >= 65, start <= bytes.count else {
      throw .tableHeader(source: source, length: start, bytes: bytes.count)
    }
    try readFields()
    guard recordLength > 0, recordCount <= (bytes.count - start) / recordLength else {
      throw .truncatedTable(
        source: source, announced: recordCount, whole: (bytes.count - start) / max(recordLength, 1))
    }
    guard recordCount > 0 else {
      throw .noRecords(source: source, fields: fields.map { file.words($0.name.range) })
    }
  }

  private mutating func readFields() throws(ShapefileError) {
    var places: [Int] = []
    var place = 32
    while place + 32 <= start, file.bytes[place] != 0x0D {
      places.append(place)
      place += 32
    }
    guard !places.isEmpty else { throw .tableHeader(source: source, length: start, bytes: file.count) }
    let plain = places.map { Int(file.bytes[$0 + 16]) }
    // Of texts longer than 255 bytes some writers put the length's high byte where decimals stand.
    let long = zip(places, plain).map { place, length in
      file.bytes[place + 11] == UInt8(ascii: "C") ? length + 256 * Int(file.bytes[place + 17]) : length
    }
    let lengths = 1 + long.reduce(0, +) == recordLength ? long : plain
    let needed = 1 + lengths.reduce(0, +)
    guard needed <= recordLength else {
      throw .recordLength(source: source, length: recordLength, fields: places.count, needed: needed)
    }
    var offset = 1
    for (position, place) in places.enumerated() {
      let name = file.upToZero(place..<place + 11)
      guard !name.isEmpty else { throw .unnamedField(source: source, position: position + 1) }
      guard let kind = AttributeTable.kind(file.bytes[place + 11]) else {
        throw .fieldType(
          source: source, field: file.words(name), position: position + 1,
          type: file.words(place + 11..<place + 12))
      }
      fields.append(
        Field(
          name: TextField(range: name, isFull: name.count >= 10), kind: kind, offset: offset,
          length: lengths[position]))
      offset += lengths[position]
    }
  }

  private static func kind(_ type: UInt8) -> Kind? {
    switch type {
    case UInt8(ascii: "C"): .text
    case UInt8(ascii: "N"), UInt8(ascii: "F"): .number
    case UInt8(ascii: "L"): .logical
    case UInt8(ascii: "D"): .day
    default: nil
    }
  }

  /// Whether a record is marked as deleted.
  func isDeleted(_ record: Int) -> Bool {
    file.bytes[start + record * recordLength] == UInt8(ascii: "*")
  }

  /// The bytes of a field in a record.
  func range(of field: Field, in record: Int) -> Range<Int> {
    let first = start + record * recordLength + field.offset
    return first..<first + field.length
  }

  /// The text in a field of texts: up to the first zero, without the blanks that fill it up.
  func text(of field: Field, in record: Int) -> TextField {
    let range = range(of: field, in: record)
    var end = range.lowerBound
    while end < range.upperBound, file.bytes[end] != 0 { end += 1 }
    let isFull = end == range.upperBound
    while end > range.lowerBound, file.bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return TextField(range: range.lowerBound..<end, isFull: isFull && end == range.upperBound)
  }
}
