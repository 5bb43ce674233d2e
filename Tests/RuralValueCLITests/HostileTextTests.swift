import Foundation
import RuralValue
@testable import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Names and texts of strangers in every format for people, in messages and on a terminal: nothing in them commands
/// a terminal, is markup, or breaks a row.
@Suite struct HostileTextTests {
  private static func scalar(_ code: UInt32) -> String { String(Unicode.Scalar(code)!) }

  /// Every control character, mark of direction and kind of noncharacter inside a word.
  static let controls: [String] = {
    let codes =
      Array(0...0x1F) + Array(0x7F...0x9F) + [0x061C, 0x200E, 0x200F, 0x2028, 0x2029] + Array(0x202A...0x202E)
      + Array(0x2066...0x2069) + [0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, 0x10FE80, 0x10FEC4]
    return codes.map { "x\(scalar(UInt32($0)))y" }
  }()

  /// What is markup somewhere, also with a mark behind its sign that joins the two to one character.
  static let markup = [
    "\\input{/etc/passwd}", "\\write18{id}", "{", "}", "$x$", "50%", "a&b", "#1", "a_b^c~d",
    "<script>alert(1)</script>",
    "]]>", "<!--rv:table-->", "-->", "&amp;", "a|b", "`x`", "**x**", "[x](javascript:alert(1))",
    "\" onmouseover=\"x",
    "' onload='x", "javascript:alert(1)", "a\nb", "a\r\nb", "a\n\nb", "\\\u{301}input{x}", "<\u{338}script>",
    "\"\u{301} onload=\"x", "|\u{301}b", "&\u{301}b", "$\u{301}x", "`\u{200D}x", "a\u{2060}collapse\u{2060}b",
    "*", "[x", "\\",
    "ends with \\",
  ]

  static let texts = controls + markup

  /// A document in which every text is one of these.
  private static func document(_ texts: [String]) -> ResultDocument {
    let phrases = texts.map { Phrase(verbatim: $0) }
    // A heading with a line break has two lines, which is no matter of hostility.
    let columns = texts.map { $0.contains(where: \.isNewline) ? "line" : $0 }
    let table = ResultTable(
      name: "names", title: Phrase(verbatim: texts.joined(separator: " ")),
      columns: [
        ResultColumn("unit", Phrase(verbatim: "unit"), .text(texts)),
        ResultColumn("term", Phrase(verbatim: "term"), .phrase(phrases)),
        ResultColumn("remark", Phrase(verbatim: "remark"), .remark(phrases)),
      ]
        + columns.enumerated().map { place, name in
          ResultColumn("n\(place)", Phrase(verbatim: name), .number(texts.map { _ in 1.5 }))
        }, sections: [.init(firstRow: 0, title: phrases[0]), .init(firstRow: 1, title: phrases[1])],
      notes: phrases)
    return ResultDocument(
      command: "describe", specification: [], sample: nil, parts: [.init(table, jsonKey: "rows")],
      notes: phrases)
  }

  private static func file(_ format: OutputFormat, _ texts: [String]) -> String {
    let files = AnswerFiles(
      options: DeliveryOptions(directory: nil, formats: [format]), inputs: InputReader(SilentConsole()))
    let bytes = files.tables(document(texts))[0].bytes
    return String(decoding: format == .docx ? content(ofWord: bytes) : bytes, as: UTF8.self)
  }

  /// The text's part of a Word file, without the XML declaration.
  private static func content(ofWord bytes: [UInt8]) -> [UInt8] {
    guard var archive = try? ZipArchive(bytes, source: "names.docx"),
      let entry = archive["word/document.xml"],
      let part = try? archive.unpack(entry), let start = part.firstIndex(of: 0x0A)
    else { return [] }
    return Array(part[start...])
  }

  private func hidden(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { VisibleText.isHidden($0) && $0 != "\n" && $0 != "\t" }
  }

  @Test(arguments: OutputFormat.allCases) func `no text of a table is more than text`(format: OutputFormat)
    throws
  {
    let file = Self.file(format, Self.texts)
    let plain = Self.file(format, Self.texts.map { _ in "plain" })
    // JSON has its own way of writing what is hidden, and data of CSV are what they are.
    if format != .csv { #expect(hidden(in: file).filter { format != .json || $0.value <= 0xFFFF } == []) }
    switch format {
    case .csv:
      for text in Self.texts { #expect(file.utf8.contains(text.replacing("\"", with: "\"\"").utf8)) }
    case .json:
      let document = try #require(try JSONSerialization.jsonObject(with: Data(file.utf8)) as? [String: Any])
      let rows = try #require(document["rows"] as? [[String: Any]])
      #expect(
        rows.compactMap { $0["unit"] as? String }.map { Array($0.unicodeScalars) }
          == Self.texts.map { Array($0.unicodeScalars) })
    case .md: #expect(MarkdownShape(file) == MarkdownShape(plain))
    case .tex:
      #expect(LaTeXShape(file) == LaTeXShape(plain))
      #expect(!file.contains("\\input") && !file.contains("\\write"))
    case .html:
      #expect(try elements(file) == elements(plain))
    case .docx:
      #expect(try elements(file).filter { $0 != "w:br" } == elements(plain))
      #expect(file.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && file.contains("x␛y"))
    }
  }

  @Test func `no text is more than text on a terminal`() {
    let options = RenderOptions()
    let text = TextRenderer().render(Self.document(Self.texts), options: options)
    let plain = TextRenderer().render(Self.document(Self.texts.map { _ in "plain" }), options: options)
    #expect(hidden(in: text) == [])
    func rows(_ text: String) -> Int { text.split(separator: "\n").prefix { !$0.hasPrefix("Notes") }.count }
    #expect(text.split(separator: "\n").count { $0.hasPrefix("===") } == 2)
    #expect(
      text.split(separator: "\n").count { $0.hasSuffix("1.500") }
        == plain.split(separator: "\n").count { $0.hasSuffix("1.500") })
  }

  @Test func `the report and its drawings are well-formed whatever a study's names are`() throws {
    let document = Self.document(Self.texts)
    let all = Phrase(verbatim: Self.texts.joined(separator: " "))
    let figure = try #require(
      ReportFigure(
        .intervals(
          IntervalFigure(
            title: all, caption: all, labels: Self.texts.map { Phrase(verbatim: $0) },
            panels: [
              .init(heading: all, intervals: Self.texts.map { _ in .init(estimate: 1, low: 0, high: 2) })
            ], confidenceLevel: 0.95))))
    _ = try elements(figure.svg)
    #expect(hidden(in: figure.svg) == [])
    let section = ReportSection(
      anchor: all.english, chapter: .data, title: all, call: all.english,
      tables: document.parts.map { ReportTable($0.table) },
      figures: [figure], notes: document.notes, failure: all.english)
    let fragment = ReportFragment(section, options: RenderOptions())
    #expect(try !elements(fragment.html).contains { $0.hasPrefix("script") || $0.contains(" on") })
    let page = ReportPage.render(
      title: all.english, facts: [(all, all.english)], fragments: [fragment], notes: document.notes,
      options: RenderOptions())
    #expect(hidden(in: page) == [])
    #expect(!page.contains("<script"))
  }

  @Test func `a map with such names is well-formed`() throws {
    let names = Self.texts
    let features = names.enumerated().map { place, name in
      let x = place % 8
      let y = place / 8
      let text = String(decoding: JSONWriter.bytes(.string(name), layout: .compact), as: UTF8.self)
      return
        "{\"id\":\(place),\"properties\":{\"name\":\(text)},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        + "[[[\(x),\(y)],[\(x + 1),\(y)],[\(x + 1),\(y + 1)],[\(x),\(y + 1)],[\(x),\(y)]]]}}"
    }
    let map = "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    let outcome = ruralvalue(
      ["map", "-", "--labels", "name", "--title", names.joined(separator: " "), "--out", "-"],
      input: Array(map.utf8))
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(hidden(in: outcome.output) == [])
    #expect(try elements(outcome.output).contains("title id"))
  }

  @Test func `a message is one line however a file is called`() {
    let name = "no\u{1B}[2J\u{9B}31m file\nruralvalue: done\u{202E}\r.csv"
    let outcome = ruralvalue(["describe", name])
    #expect(outcome.code == .file)
    #expect(outcome.errors.hasSuffix("\n") && !outcome.errors.dropLast().contains(where: \.isNewline))
    #expect(hidden(in: outcome.errors) == [])
    #expect(outcome.errors.contains("no␛[2J‹U+009B›31m file␊ruralvalue: done‹U+202E›␍.csv"))
  }

  @Test func `a message keeps the lines of its own`() {
    let outcome = ruralvalue(
      ["gmm", ProjectFiles.fixture("data/small/panel.csv").path, "--formula", "V ~ + -\u{1B} P"])
    #expect(outcome.errors.contains("\n  V ~ + -␛ P\n"), "\(outcome.errors)")
  }

  @Test func `CSV is exact in a pipe and commands nothing on a terminal`() {
    let call = ["prepare", "-", "--log", "v"]
    let input = Array("unit,year,v,n\na,2015,1,x\na,2016,2,\"y\u{1B}]0;title\u{7}\"\n".utf8)
    let terminal = TerminalConsole(input: input)
    #expect(CommandLineTool(console: terminal).run(call) == .done)
    let piped = ruralvalue(call, input: input).output
    #expect(piped.contains("y\u{1B}]0;title\u{7}"))
    #expect(terminal.output.contains("y␛]0;title␇") && hidden(in: terminal.output) == [])
    #expect(terminal.output == VisibleText.of(piped))
  }

  @Test func `every CSV of a call is safe for a spreadsheet where that is wanted`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "safe-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let panel = Array("unit,year,=v\n=a,2015,1\n=a,2016,-2\n@b,2015,3\n@b,2016,4\n".utf8)
    let links = Array("from,to\n=a,@b\n".utf8)
    func calls(_ more: [String]) -> [String] {
      [
        ruralvalue(["prepare", "-"] + more, input: panel).output,
        ruralvalue(["weights", "-", "--rule", "file", "--out", "-"] + more, input: links).output,
        ruralvalue(
          ["weights", "-", "--layout", "matrix", "--rule", "file", "--out", "-"] + more, input: links
        ).output,
      ]
    }
    let (exact, safe) = (calls([]), calls(["--spreadsheet-safe"]))
    for (exact, safe) in zip(exact, safe) {
      #expect(exact.contains("=a") && !exact.contains("'"))
      #expect(
        safe == exact.replacing("=a", with: "'=a").replacing("@b", with: "'@b").replacing("=v", with: "'=v"))
    }
    for mark in [[], ["--spreadsheet-safe"]] {
      let outcome = ruralvalue(
        ["describe", "-", "--out", folder.path, "--format", "csv,json", "--quiet"] + mark, input: panel)
      #expect(outcome.code == .done, "\(outcome.errors)")
      let file = try String(contentsOf: folder.appending(path: "descriptives.csv"), encoding: .utf8)
      #expect(file.contains(mark.isEmpty ? "\n=v," : "\n'=v,"), "\(file)")
      let json = try String(contentsOf: folder.appending(path: "describe.json"), encoding: .utf8)
      #expect(json.contains("\"=v\"") && !json.contains("'=v"))
    }
  }

  /// The elements of a text as XML with the names of their attributes, each once. Throws where it is not well-formed.
  private func elements(_ html: String) throws -> [String] {
    var body = html
    if let start = html.firstRange(of: "<body>"), let end = html.firstRange(of: "</body>") {
      body = String(html[start.upperBound..<end.lowerBound])
    }
    for word in ["br", "wbr"] { body = body.replacing("<\(word)>", with: "<\(word)/>") }
    let parser = XMLParser(data: Data("<root>\(body)</root>".utf8))
    let collector = ElementCollector()
    parser.delegate = collector
    let isWellFormed = parser.parse()
    try #require(isWellFormed, "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    return collector.elements.subtracting(["br", "wbr"]).sorted()
  }
}

private final class ElementCollector: NSObject, XMLParserDelegate {
  private(set) var elements: Set<String> = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    elements.insert(([name] + attributes.keys.sorted()).joined(separator: " "))
  }
}

/// What of a Markdown file is no text: its lines, and the bars that part the cells of each.
private struct MarkdownShape: Equatable {
  let bars: [Int]

  init(_ text: String) {
    bars = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let marks = line.unicodeScalars.reduce(into: (count: 0, isEscaped: false)) { state, scalar in
        if scalar == "|", !state.isEscaped { state.count += 1 }
        state.isEscaped = scalar == "\\" && !state.isEscaped
      }
      return marks.count
    }
  }
}

/// What of a LaTeX file is no text: its lines, the signs that part cells, and whether groups and formulas close.
private struct LaTeXShape: Equatable {
  let cells: [Int]
  let depth: Int
  let isFormulaOpen: Bool

  init(_ text: String) {
    var (depth, isFormulaOpen) = (0, false)
    cells = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var count = 0
      var isEscaped = false
      for scalar in line.unicodeScalars {
        if !isEscaped {
          switch scalar {
          case "&": count += 1
          case "{": depth += 1
          case "}": depth -= 1
          case "$": isFormulaOpen.toggle()
          default: break
          }
        }
        isEscaped = scalar == "\\" && !isEscaped
      }
      return count
    }
    (self.depth, self.isFormulaOpen) = (depth, isFormulaOpen)
  }
}

/// A terminal that keeps what is written to it.
private final class TerminalConsole: Console {
  private(set) var output = ""
  private let input: [UInt8]

  init(input: [UInt8]) { self.input = input }

  var terminal: Terminal? { Terminal(width: nil, takesColour: false) }
  func readInput() throws -> [UInt8] { input }
  func write(_ bytes: [UInt8]) { output += String(decoding: bytes, as: UTF8.self) }
  func writeError(_ text: String) {}
}
