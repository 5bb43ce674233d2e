public import RuralValue

/// Writes JSON straight into bytes: members in the order given, numbers that round-trip, null for NaN and
/// infinities, strings escaped as RFC 8259 demands and otherwise left as UTF-8.
///
/// Large tables are written from their columns without a tree of values in between.
public struct JSONWriter: Sendable {
  /// How the text is laid out.
  public enum Layout: Sendable, Equatable {
    /// Without any white space.
    case compact
    /// Indented by two blanks a level, but each row of a table on one line, so that a table reads as one and
    /// line tools such as diff and grep see rows.
    case pretty
  }

  /// The text so far, UTF-8.
  public private(set) var bytes: [UInt8] = []

  private let layout: Layout
  private var depth = 0
  private var needsComma = false
  private var followsKey = false

  /// A writer of an empty text.
  public init(layout: Layout = .pretty) {
    self.layout = layout
  }

  /// The text of one value; in the pretty layout a line break ends it.
  public static func bytes(_ value: JSONValue, layout: Layout = .pretty) -> [UInt8] {
    var writer = JSONWriter(layout: layout)
    writer.write(value)
    writer.finish()
    return writer.bytes
  }

  /// Ends the text; the pretty layout, being a text file, ends in a line break.
  public mutating func finish() {
    if layout == .pretty { bytes.append(UInt8(ascii: "\n")) }
  }

  /// Writes a member of the object that is open.
  public mutating func write(_ member: JSONMember) {
    writeKey(member.key)
    write(member.value)
  }

  /// Writes a value: the document itself, the value of the key before it, or the next of an array.
  public mutating func write(_ value: JSONValue) {
    switch value {
    case .object(let members): writeObject { writer in members.forEach { writer.write($0) } }
    case .array(let values): writeArray { writer in values.forEach { writer.write($0) } }
    default:
      beginValue()
      JSONText.append(scalar: value, to: &bytes)
    }
  }

  /// Writes a key; its value must follow.
  public mutating func writeKey(_ key: String) {
    beginValue()
    JSONText.append(key, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    if layout == .pretty { bytes.append(UInt8(ascii: " ")) }
    followsKey = true
  }

  /// Writes an object, whose members the body writes.
  public mutating func writeObject(_ body: (inout JSONWriter) throws -> Void) rethrows {
    open("{")
    try body(&self)
    close("}")
  }

  /// Writes an array, whose values the body writes.
  public mutating func writeArray(_ body: (inout JSONWriter) throws -> Void) rethrows {
    open("[")
    try body(&self)
    close("]")
  }

  /// Writes a table as an array of one object a row; columns with a group stand together in a nested object.
  public mutating func writeRows(of table: ResultTable) {
    let row = JSONRowLayout(table.columns, isSpaced: layout == .pretty)
    writeArray { writer in
      for index in 0..<table.rowCount {
        writer.beginValue()
        row.append(row: index, to: &writer.bytes)
      }
    }
  }

  private mutating func open(_ bracket: Unicode.Scalar) {
    beginValue()
    bytes.append(UInt8(ascii: bracket))
    depth += 1
    needsComma = false
  }

  private mutating func close(_ bracket: Unicode.Scalar) {
    depth -= 1
    // An empty object or array stays on its line.
    if needsComma { beginLine() }
    bytes.append(UInt8(ascii: bracket))
    needsComma = true
  }

  /// Puts what separates the next value from the one before it.
  private mutating func beginValue() {
    defer {
      needsComma = true
      followsKey = false
    }
    if followsKey { return }
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    if depth > 0 { beginLine() }
  }

  private mutating func beginLine() {
    guard layout == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<2 * depth { bytes.append(UInt8(ascii: " ")) }
  }
}
