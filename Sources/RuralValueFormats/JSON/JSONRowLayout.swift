import RuralValue

/// How one row of a table is written as an object: each column behind the bytes that precede it.
///
/// The keys, braces and commas are the same in every row, so that they are made once a table.
struct JSONRowLayout {
  private let cells: [Cell]
  private let end: [UInt8]

  /// A column's cells and what stands before each of them.
  private struct Cell {
    let prefix: [UInt8]
    let values: ResultValues
  }

  /// The layout of rows with these columns; a group stands in the place of its first column.
  init(_ columns: [ResultColumn], isSpaced: Bool) {
    var text = JSONRowText(isSpaced: isSpaced)
    var cells: [Cell] = []
    var groupsDone: Set<String> = []
    text.open()
    for column in columns {
      guard let group = column.group else {
        cells.append(Cell(prefix: text.prefix(key: column.name), values: column.values))
        continue
      }
      guard groupsDone.insert(group.key).inserted else { continue }
      text.key(group.key)
      text.open()
      for other in columns where other.group?.key == group.key {
        cells.append(Cell(prefix: text.prefix(key: other.group?.member ?? ""), values: other.values))
      }
      text.close()
    }
    text.close()
    self.cells = cells
    end = text.bytes
  }

  /// Appends one row.
  func append(row: Int, to bytes: inout [UInt8]) {
    for cell in cells {
      bytes.append(contentsOf: cell.prefix)
      switch cell.values {
      case .number(let numbers): JSONText.append(numbers[row], to: &bytes)
      case .text(let texts):
        if let text = texts[row] {
          JSONText.append(text, to: &bytes)
        } else {
          JSONText.appendNull(to: &bytes)
        }
      case .phrase(let terms): JSONText.append(terms[row].english, to: &bytes)
      case .remark(let terms):
        if let term = terms[row] {
          JSONText.append(term.english, to: &bytes)
        } else {
          JSONText.appendNull(to: &bytes)
        }
      case .integer(let numbers):
        if let number = numbers[row] {
          bytes.append(contentsOf: String(number).utf8)
        } else {
          JSONText.appendNull(to: &bytes)
        }
      }
    }
    bytes.append(contentsOf: end)
  }
}

/// The text between the values of a row, as it grows from one value to the next.
private struct JSONRowText {
  var bytes: [UInt8] = []
  let isSpaced: Bool
  private var needsComma = false

  init(isSpaced: Bool) {
    self.isSpaced = isSpaced
  }

  mutating func open() {
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  mutating func close() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  mutating func key(_ key: String) {
    if needsComma { bytes += Array((isSpaced ? ", " : ",").utf8) }
    JSONText.append(key, to: &bytes)
    bytes += Array((isSpaced ? ": " : ":").utf8)
    needsComma = true
  }

  /// The text up to the value of this key; what follows the value begins anew.
  mutating func prefix(key: String) -> [UInt8] {
    self.key(key)
    defer { bytes = [] }
    return bytes
  }
}
