import RuralValue

@testable import RuralValueFormats

/// A small table as the five formats have it, for tests.
struct PrintedSample {
  var caption = "Estimates"
  var head: [String]
  var rows: [[String]]
  var note = ""

  enum Form: String, CaseIterable, Sendable {
    case latex, html, markdown, csv, word
  }

  func bytes(_ form: Form) -> [UInt8] {
    switch form {
    case .latex: Array(latex.utf8)
    case .html: Array(html.utf8)
    case .markdown: Array(markdown.utf8)
    case .csv: Array(csv.utf8)
    case .word: word
    }
  }

  private func tex(_ text: String) -> String {
    let stars = text.reversed().prefix { "*+†".contains($0) }
    let rest = String(text.dropLast(stars.count))
    return (rest.hasPrefix("-") ? "$-$" + rest.dropFirst() : rest)
      + (stars.isEmpty ? "" : "$^{\(String(stars))}$")
  }

  private var latex: String {
    """
    \\begin{table}
    \\caption{\(caption)}
    \\begin{tabular}{l\(String(repeating: "c", count: head.count - 1))}
    \\toprule
    \(head.joined(separator: " & ")) \\\\
    \\midrule
    \(rows.map { $0.map(tex).joined(separator: " & ") + " \\\\" }.joined(separator: "\n"))
    \\bottomrule
    \\end{tabular}
    \\begin{tablenotes}\\item \(note.replacing("<", with: "$<$").replacing("%", with: "\\%"))\\end{tablenotes}
    \\end{table}
    """
  }

  private func escaped(_ text: String) -> String { text.replacing("<", with: "&lt;") }

  private var html: String {
    func cell(_ text: String) -> String {
      let stars = String(text.reversed().prefix { "*+†".contains($0) })
      return
        "<td>\(escaped(String(text.dropLast(stars.count))))\(stars.isEmpty ? "" : "<sup>\(stars)</sup>")</td>"
    }
    return
      "<table><caption>\(caption)</caption><thead><tr>\(head.map { "<th>\($0)</th>" }.joined())</tr></thead>"
      + rows.map { "<tr>\($0.map(cell).joined())</tr>" }.joined() + "</table><p>\(escaped(note))</p>"
  }

  private var markdown: String {
    func escaped(_ text: String) -> String { text.replacing("*", with: "\\*").replacing("<", with: "&lt;") }
    func line(_ cells: [String]) -> String { "| " + cells.map(escaped).joined(separator: " | ") + " |" }
    return
      (["**\(caption)**", "", line(head), "|" + String(repeating: " --- |", count: head.count)]
      + rows.map(line)
      + ["", escaped(note), ""]).joined(separator: "\n")
  }

  private var csv: String {
    func line(_ cells: [String]) -> String { cells.map { "\"\($0)\"" }.joined(separator: ",") }
    return ([line(head)] + rows.map(line) + ["\"\(note)\""]).joined(separator: "\n") + "\n"
  }

  private var word: [UInt8] {
    func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(escaped(text))</w:t></w:r></w:p>" }
    func row(_ cells: [String], _ properties: String = "") -> String {
      "<w:tr>\(properties)\(cells.map { "<w:tc>\(paragraph($0))</w:tc>" }.joined())</w:tr>"
    }
    return Self.word(
      paragraph(caption) + "<w:tbl>"
        + row(head, "<w:trPr><w:tblHeader/></w:trPr>") + rows.map { row($0) }.joined() + "</w:tbl>"
        + paragraph(note))
  }

  /// A document of a body.
  static func word(_ body: String) -> [UInt8] {
    let document =
      "<w:document xmlns:w=\"\(WordPackage.namespace)\"><w:body>\(body)</w:body></w:document>"
    return ZipWriter.bytes(of: [
      ("[Content_Types].xml", Array(WordPackage.contentTypes.utf8)),
      ("word/document.xml", Array(document.utf8)),
    ])
  }

  /// The tables of estimates in a file's bytes.
  static func published(_ bytes: [UInt8], source: String = "t") throws -> [PublishedTable] {
    switch try PrintedTableReader.read(bytes, source: source) {
    case .table(let reading): [try PublishedTable(reading.table)]
    case .grids(let grids, _): try grids.map { try PublishedTable($0) }
    }
  }
}
