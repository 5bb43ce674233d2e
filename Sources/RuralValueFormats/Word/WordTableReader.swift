import RuralValue

/// Reads the tables of a Word document, `.docx`, with the paragraphs around them.
///
/// Of the text what a reader sees counts: insertions do, deletions and fallbacks of drawings do not. A table inside a
/// cell is a table of its own. Source: ECMA-376, part 1, section 17.4.
struct WordTableReader {
  /// The tables of a file's bytes. Throws `ArchiveError`, or `PrintedTableError` where a part is damaged or there is no
  /// table.
  static func grids(_ bytes: [UInt8], source: String) throws -> [PrintedGrid] {
    var archive = try ZipArchive(bytes, source: source)
    let named = archive["word/document.xml"]
    let other = archive.entries.first { $0.name.hasPrefix("word/document") && $0.name.hasSuffix(".xml") }
    guard let entry = named ?? other else {
      throw PrintedTableError.damaged(
        source: source, part: "word/document.xml", reason: "it is not in the archive")
    }
    let content = try archive.unpack(entry)
    var reader = WordTableReader()
    do throws(XMLFault) {
      let text = try XMLText.utf8(content)
      try reader.read(text.span)
    } catch {
      throw PrintedTableError.damaged(source: source, part: entry.name, reason: error.words)
    }
    return try PrintedTableReader.grids(
      reader.finished.sorted { $0.order < $1.order }.map(\.builder), .word, source: source, countsRows: true)
  }

  /// A table that is open.
  private struct Open {
    var builder = GridBuilder()
    let order: Int
    var row: [GridBuilder.Span] = []
    var cell = GridBuilder.Span(text: "")
    var rowNumber = 0
    var isHead = false
  }

  private var open: [Open] = []
  private var finished: [Open] = []
  private var count = 0
  private var paragraph = ""
  private var lastParagraph = ""
  private var isText = false
  /// Since the last table no other table and no heading has come.
  private var notesEnd = true
  private var isHeading = false

  private mutating func read(_ bytes: Span<UInt8>) throws(XMLFault) {
    var scanner = XMLScanner(bytes)
    while true {
      switch try scanner.next(bytes) {
      case .finished:
        endParagraph()
        return
      case .start:
        let name = XMLScanner.text(scanner.localName, bytes)
        if name == "Fallback" || name == "del" || name == "moveFrom" || name == "instrText" {
          try scanner.skipElement(bytes)
        } else {
          try begin(name, scanner, bytes)
        }
      case .end: end(XMLScanner.text(scanner.localName, bytes))
      case .text:
        guard isText else { continue }
        var text: [UInt8] = []
        try XMLText.append(scanner.text, of: bytes, isLiteral: scanner.isLiteral, to: &text)
        append(String(decoding: text, as: UTF8.self))
      }
    }
  }

  private mutating func begin(
    _ name: String, _ scanner: XMLScanner, _ bytes: Span<UInt8>
  ) throws(XMLFault) {
    func value() throws(XMLFault) -> String? {
      for attribute in scanner.attributes {
        let name = XMLScanner.text(attribute.name, bytes)
        if name == "val" || name.hasSuffix(":val") { return try XMLText.value(attribute.value, bytes) }
      }
      return nil
    }
    let last = open.indices.last
    switch name {
    case "t": isText = true
    case "tab", "br", "cr": append(" ")
    case "noBreakHyphen": append("-")
    case "tbl":
      endParagraph()
      var table = Open(order: count)
      if open.isEmpty, GridBuilder.mayBeCaption(lastParagraph) { table.builder.caption = lastParagraph }
      open.append(table)
      count += 1
    case "tr":
      if let last { (open[last].row, open[last].isHead) = ([], false) }
    case "tc":
      if let last { open[last].cell = GridBuilder.Span(text: "") }
    case "tblHeader":
      if let last { open[last].isHead = try value().map { $0 != "0" && $0 != "false" } ?? true }
    case "gridSpan":
      if let last {
        open[last].cell.columns = min(max(1, Int(try value() ?? "") ?? 1), GridBuilder.mostColumns)
      }
    case "gridBefore":
      if let last, let columns = Int(try value() ?? ""), columns > 0 {
        open[last].row.append(GridBuilder.Span(text: "", columns: min(columns, GridBuilder.mostColumns)))
      }
    case "vMerge":
      if let last { open[last].cell.continuesAbove = try value() != "restart" }
    case "pStyle":
      isHeading = try value()?.lowercased().hasPrefix("heading") ?? false
    default: break
    }
  }

  private mutating func end(_ name: String) {
    let last = open.indices.last
    switch name {
    case "t": isText = false
    case "p":
      if open.isEmpty { endParagraph() } else { append(" ") }
    case "tc":
      guard let last else { return }
      open[last].cell.text = GridBuilder.oneLine(open[last].cell.text)
      open[last].row.append(open[last].cell)
    case "tr":
      guard let last else { return }
      open[last].rowNumber += 1
      open[last].builder.add(open[last].row, line: open[last].rowNumber)
      let isNext = open[last].builder.headRows ?? 0 == open[last].builder.rows.count - 1
      if open[last].isHead, isNext { open[last].builder.headRows = open[last].builder.rows.count }
    case "tbl":
      guard let table = open.popLast() else { return }
      if !table.builder.rows.isEmpty { finished.append(table) }
      (notesEnd, lastParagraph) = (false, "")
    default: break
    }
  }

  private mutating func append(_ text: String) {
    if let last = open.indices.last {
      open[last].cell.text += text
    } else {
      paragraph += text
    }
  }

  private mutating func endParagraph() {
    let text = GridBuilder.oneLine(paragraph)
    (paragraph, notesEnd) = ("", notesEnd || isHeading)
    isHeading = false
    guard !text.isEmpty else { return }
    lastParagraph = text
    if !notesEnd, let last = finished.indices.last, finished[last].builder.notes.count < 8 {
      finished[last].builder.notes.append(text)
    }
  }
}
