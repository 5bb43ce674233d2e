/// The number formats of a workbook's cell styles, by the number by which cells name them.
struct CellStyles {
  private(set) var formats: [NumberFormat] = []

  /// None: every number is plain.
  init() {}

  /// The styles of a part: `cellXfs` refers to built-in formats and to those of `numFmts`.
  init(_ part: Span<UInt8>) throws(XMLFault) {
    var own: [Int: NumberFormat] = [:]
    var ids: [Int] = []
    var isInCells = false
    var scanner = XMLScanner(part)
    while true {
      let piece = try scanner.next(part)
      if piece == .finished { break }
      if scanner.isElement("cellXfs", part) { isInCells = piece == .start }
      guard piece == .start else { continue }
      if scanner.isElement("numFmt", part) {
        guard let id = try CellStyles.number("numFmtId", scanner, part),
          let code = scanner.attribute("formatCode", part)
        else { continue }
        own[id] = NumberFormat(code: try XMLText.value(code, part))
      } else if isInCells, scanner.isElement("xf", part) {
        ids.append(try CellStyles.number("numFmtId", scanner, part) ?? 0)
      }
    }
    formats = ids.map { own[$0] ?? NumberFormat(builtIn: $0) }
  }

  private static func number(
    _ name: StaticString, _ scanner: XMLScanner, _ part: Span<UInt8>
  ) throws(XMLFault) -> Int? {
    guard let range = scanner.attribute(name, part) else { return nil }
    return Int(try XMLText.value(range, part))
  }

  /// The format of a style; plain where there is no such style.
  func format(_ style: Int) -> NumberFormat { formats.indices.contains(style) ? formats[style] : .plain }
}
