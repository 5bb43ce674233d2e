/// A Stata file of release 118 or 117, written for one test: variables with their types, formats and stored bytes.
public struct StataBytes {
  /// A variable: its type's code, and the bytes of each observation.
  public struct Variable {
    /// The name.
    public let name: String
    let code: UInt16
    let format: String
    let values: [[UInt8]]
  }

  /// The release.
  public var release = 118
  private let variables: [Variable]

  /// A file of these variables.
  public init(variables: [Variable]) {
    self.variables = variables
  }

  /// A variable of doubles.
  public static func double(_ name: String, _ format: String = "%10.0g", _ values: [Double]) -> Variable {
    Variable(name: name, code: 65526, format: format, values: values.map { little($0.bitPattern, 8) })
  }

  /// A variable of fixed texts.
  public static func text(_ name: String, _ length: Int, _ values: [[UInt8]]) -> Variable {
    Variable(
      name: name, code: UInt16(length), format: "%9s",
      values: values.map { $0 + [UInt8](repeating: 0, count: length - $0.count) })
  }

  private static func little(_ value: UInt64, _ length: Int) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }

  private func field(_ text: String, _ length: Int) -> [UInt8] {
    Array(text.utf8) + [UInt8](repeating: 0, count: length - text.utf8.count)
  }

  /// The file.
  public var bytes: [UInt8] {
    let isOld = release == 117
    let (count, rows) = (UInt64(variables.count), UInt64(variables.first?.values.count ?? 0))
    let head =
      Array("<stata_dta><header><release>\(release)</release><byteorder>LSF</byteorder><K>".utf8)
      + Self.little(count, 2) + Array("</K><N>".utf8) + Self.little(rows, isOld ? 4 : 8)
      + Array("</N><label>".utf8) + Self.little(0, isOld ? 1 : 2)
      + Array("</label><timestamp>".utf8) + [0] + Array("</timestamp></header>".utf8)
    let (name, format, label) = isOld ? (33, 49, 81) : (129, 57, 321)
    let sections: [(String, [UInt8])] = [
      ("variable_types", variables.flatMap { Self.little(UInt64($0.code), 2) }),
      ("varnames", variables.flatMap { field($0.name, name) }),
      ("sortlist", [UInt8](repeating: 0, count: 2 * (variables.count + 1))),
      ("formats", variables.flatMap { field($0.format, format) }),
      ("value_label_names", variables.flatMap { _ in field("", name) }),
      ("variable_labels", variables.flatMap { _ in field("", label) }), ("characteristics", []),
      ("data", (0..<Int(rows)).flatMap { row in variables.flatMap { $0.values[row] } }), ("strls", []),
      ("value_labels", []),
    ]
    var offsets = [0, head.count]
    var body: [UInt8] = []
    let start = head.count + "<map></map>".utf8.count + 14 * 8
    for (tag, content) in sections {
      offsets.append(start + body.count)
      body += Array("<\(tag)>".utf8) + content + Array("</\(tag)>".utf8)
    }
    offsets += [start + body.count, start + body.count + "</stata_dta>".utf8.count]
    return head + Array("<map>".utf8) + offsets.flatMap { Self.little(UInt64($0), 8) } + Array("</map>".utf8)
      + body + Array("</stata_dta>".utf8)
  }
}
