public import RuralValue

/// Reads a plain list of links piece by piece, so that neither the file nor its cells are ever held.
///
/// Plain is a list in UTF-8 whose columns are called what links' ends are called, with a decimal of ASCII digits for
/// every weight, the same number of cells in every line, and quotes only around whole cells. Whatever else stands in a
/// file ends the scan: it is then read as any other table, which knows what to say of it. What the scan makes of a
/// file is what a table makes of it.
///
/// A list of 8.1 million links, 260 MB, takes as a table 24 million places of cells, 200 MB beside the file.
public struct LinkListScanner {
  /// The fewest bytes for which a scan is worth while.
  public static let worthwhileSize = 1 << 20
  /// How many rows show what the file is.
  private static let sampleSize = 300

  private let source: String
  private let size: Int
  private var layout: Layout?
  private var ids = LinkIds()
  private var links = LinkColumns()
  /// The beginning of a line whose end has not come yet.
  private var rest: [UInt8] = []
  private var lastUnit: Int32 = -1
  private var lastNeighbour: Int32 = -1

  /// Where the cells of a line stand and what they are.
  private struct Layout {
    let separator: UInt8
    let columnCount: Int
    let from: Int
    let to: Int
    let weight: Int?
    let sample: Table
  }

  /// A scan of a file of so many bytes.
  public init(source: String, size: Int) {
    self.source = source
    self.size = size
  }

  /// Takes in the next bytes; false where the file is not plain. Throws `MemoryLimitError`.
  public mutating func take(_ piece: [UInt8]) throws(MemoryLimitError) -> Bool {
    var start = 0
    if layout == nil {
      guard let begun = try begin(piece) else { return false }
      start = begun
    }
    guard let last = piece.lastIndex(of: UInt8(ascii: "\n")), last >= start else {
      rest += piece[start...]
      return rest.count < 1 << 16
    }
    if !rest.isEmpty, let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest + piece[start...end]
      rest = []
      guard scan(line.span, from: 0, to: line.count) else { return false }
      start = end + 1
    }
    guard start > last || scan(piece.span, from: start, to: last + 1) else { return false }
    rest += piece[(max(start, last + 1))...]
    return true
  }

  /// The weights, once all bytes are in; nil where the file is not plain. Throws `WeightsError`.
  public mutating func finish(_ options: WeightsOptions) throws -> WeightsReading? {
    guard let layout else { return nil }
    if !rest.isEmpty {
      let line = rest + [UInt8(ascii: "\n")]
      guard scan(line.span, from: 0, to: line.count) else { return nil }
    }
    links.units = ids.units
    let list = links
    links = LinkColumns()
    return try WeightsReading(plainList: list, named: layout.sample, options)
  }

  // MARK: The head of the file

  /// Finds out what the columns are; returns where the rows begin, or nil where the file is not plain.
  private mutating func begin(_ piece: [UInt8]) throws(MemoryLimitError) -> Int? {
    var (count, end) = (0, 0)
    while count <= LinkListScanner.sampleSize,
      let next = piece[end...].firstIndex(of: UInt8(ascii: "\n"))
    {
      (count, end) = (count + 1, next + 1)
    }
    guard count > LinkListScanner.sampleSize || piece.count >= size else { return nil }
    if count <= LinkListScanner.sampleSize { end = piece.count }
    var options = CSVOptions()
    options.keepsUnnamedFirstColumn = true
    guard let document = try? CSVReader.read(Array(piece[..<end]), source: source, options: options),
      document.encoding == .utf8, document.notes.isEmpty, document.table.headerLine == 1,
      document.table.lines.first == 2, document.table.rowCount >= 10,
      !document.table.columnNames.contains(where: { $0.contains("\\") }),
      let columns = WeightsReading.plainColumns(document.table)
    else { return nil }
    let table = document.table
    layout = Layout(
      separator: document.separator, columnCount: table.columnCount, from: columns.from, to: columns.to,
      weight: columns.weight, sample: table)
    let expected = Int(Double(size) / Double(end) * Double(count)) + 16
    try MemoryLimit.require(
      bytes: 48 * Double(expected), for: "\(source): about \(expected) links",
      remedy: "Take weights with fewer links")
    links.reserveCapacity(expected + expected / 50, hasWeights: columns.weight != nil)
    return piece.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
  }

  // MARK: Lines

  /// Takes in whole lines; false where one is not plain.
  private mutating func scan(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    guard let layout else { return false }
    var next = start
    while next < end {
      if bytes[next] == UInt8(ascii: "\n") {
        next += 1
        continue
      }
      if bytes[next] == UInt8(ascii: "\r") {
        guard bytes[next + 1] == UInt8(ascii: "\n") else { return false }
        next += 2
        continue
      }
      guard let after = row(of: bytes, from: next, layout) else { return false }
      next = after
    }
    return true
  }

  /// Takes in one line, and returns where the next begins.
  @inline(__always)
  private mutating func row(of bytes: Span<UInt8>, from start: Int, _ layout: Layout) -> Int? {
    var next = start
    var (from, to, weight) = (0..<0, 0..<0, 0..<0)
    for column in 0..<layout.columnCount {
      let cell: Range<Int>
      if bytes[next] == UInt8(ascii: "\"") {
        let first = next + 1
        next = first
        while bytes[next] != UInt8(ascii: "\"") {
          if bytes[next] == UInt8(ascii: "\n") || bytes[next] == UInt8(ascii: "\r") { return nil }
          next += 1
        }
        cell = first..<next
        next += 1
      } else {
        let first = next
        while bytes[next] != layout.separator, bytes[next] != UInt8(ascii: "\n"),
          bytes[next] != UInt8(ascii: "\r")
        {
          next += 1
        }
        cell = first..<next
      }
      if column == layout.from {
        from = cell
      } else if column == layout.to {
        to = cell
      } else {
        weight = cell
      }
      guard column + 1 < layout.columnCount else { break }
      guard bytes[next] == layout.separator else { return nil }
      next += 1
    }
    if bytes[next] == UInt8(ascii: "\r") { next += 1 }
    guard bytes[next] == UInt8(ascii: "\n"), append(bytes, from, to, weight, layout) else { return nil }
    return next + 1
  }

  @inline(__always)
  private mutating func append(
    _ bytes: Span<UInt8>, _ from: Range<Int>, _ to: Range<Int>, _ weight: Range<Int>, _ layout: Layout
  ) -> Bool {
    let unit = ids.position(of: bytes, from, guess: lastUnit)
    // Lists run through the units in one order, and leave out the unit itself.
    let neighbour = ids.position(of: bytes, to, guess: lastNeighbour + 1)
    guard unit >= 0, neighbour >= 0 else { return false }
    if unit != lastUnit { links.begin(unit) }
    lastUnit = unit
    lastNeighbour = neighbour
    guard layout.weight != nil else {
      links.append(neighbour)
      return true
    }
    guard let value = PlainDecimal.value(of: bytes, from: weight.lowerBound, to: weight.upperBound),
      value >= 0
    else { return false }
    links.append(neighbour, value)
    return true
  }
}

/// The ids of a list in the order of their first appearance, found again by their bytes.
private struct LinkIds {
  private(set) var units: [String] = []
  private var positions: [String: Int32] = [:]
  /// The bytes of all spellings of ids, and where each ends.
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]
  /// The unit of each spelling: as texts, two of them may be one id.
  private var unitOfSpelling: [Int32] = []
  /// An open table of spellings by the hash of their bytes; −1 where it is free.
  private var table = [Int32](repeating: -1, count: 1 << 12)

  /// The position of an id, −1 for one that a table would read in another way.
  @inline(__always)
  mutating func position(of text: Span<UInt8>, _ cell: Range<Int>, guess: Int32) -> Int32 {
    // As a rule the units are the spellings, in the same order.
    for spelling in guess..<(guess + 2) where spelling >= 0 && Int(spelling) < unitOfSpelling.count {
      if isSame(spelling, text, cell) { return unitOfSpelling[Int(spelling)] }
    }
    return found(text, cell)
  }

  @inline(__always)
  private func isSame(_ spelling: Int32, _ text: Span<UInt8>, _ cell: Range<Int>) -> Bool {
    let start = starts[Int(spelling)]
    guard starts[Int(spelling) + 1] - start == cell.count else { return false }
    for offset in 0..<cell.count where bytes[start + offset] != text[cell.lowerBound + offset] {
      return false
    }
    return true
  }

  private mutating func found(_ text: Span<UInt8>, _ cell: Range<Int>) -> Int32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for place in cell { hash = (hash ^ UInt64(text[place])) &* 0x100_0000_01B3 }
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & (table.count - 1)
    while table[slot] >= 0 {
      if isSame(table[slot], text, cell) { return unitOfSpelling[Int(table[slot])] }
      slot = (slot + 1) & (table.count - 1)
    }
    let unit = added(cell.map { text[$0] })
    guard unit >= 0 else { return -1 }
    table[slot] = Int32(unitOfSpelling.count - 1)
    if 2 * unitOfSpelling.count > table.count { grow() }
    return unit
  }

  private mutating func added(_ cell: [UInt8]) -> Int32 {
    guard let id = String(validating: cell, as: UTF8.self), WeightsReading.isPlain(id: id) else { return -1 }
    let unit = positions[id] ?? Int32(units.count)
    if unit == units.count {
      positions[id] = unit
      units.append(id)
    }
    bytes += cell
    starts.append(bytes.count)
    unitOfSpelling.append(unit)
    return unit
  }

  private mutating func grow() {
    table = [Int32](repeating: -1, count: 4 * table.count)
    for spelling in unitOfSpelling.indices {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in bytes[starts[spelling]..<starts[spelling + 1]] {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      }
      var slot = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & (table.count - 1)
      while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
      table[slot] = Int32(spelling)
    }
  }
}
