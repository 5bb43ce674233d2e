import RuralValue
import RuralValueFormats

/// The files that an answer becomes in the folder of `--out`.
struct AnswerFiles {
  var options: DeliveryOptions
  let inputs: InputReader
  /// The step whose tables these are, where its name is not that of the folder.
  var step: String? = nil

  /// The most rows of a table that is written for people where it stands among others.
  static let longest = 300
  /// The Word document with all tables.
  static let allTables = "tables.docx"
  /// The most cells of a table in Word, which a document of 35 MB holds; nobody turns its pages.
  static let mostCells = 100_000

  /// The answer's document, which says of simulated data that they are.
  func document(of answer: CommandAnswer) -> ResultDocument {
    inputs.hasSimulatedData ? answer.document.markedAsSimulated : answer.document
  }

  /// The names of the files of `tables`, in their order.
  func tableNames(_ document: ResultDocument) -> [String] {
    var names = document.parts.filter(\.isWritten).flatMap { part in
      formats(of: part.table).map { "\(part.table.name).\($0.rawValue)" }
    }
    if hasDocument(document) { names.append(Self.allTables) }
    if options.formats.contains(.json) { names.append("\(document.command).json") }
    return names
  }

  /// Each table in each format that was asked for.
  func tables(_ document: ResultDocument) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    for part in document.parts where part.isWritten {
      for format in formats(of: part.table) {
        files.append(
          ("\(part.table.name).\(format.rawValue)", bytes(of: part.table, as: format, rendering(document))))
      }
    }
    if hasDocument(document) { files.append((Self.allTables, allTables(document))) }
    if options.formats.contains(.json) { files.append(("\(document.command).json", json(document))) }
    return files
  }

  /// The JSON document.
  func json(_ document: ResultDocument) -> [UInt8] {
    JSONRenderer(layout: .pretty).bytes(
      document, version: ToolVersion.number,
      inputs: inputs.inputs.map(\.digest),
      language: options.rendering.language
    )
  }

  /// The formats of a table's own files.
  private func formats(of table: ResultTable) -> [OutputFormat] {
    options.formats.filter { $0 != .json && ($0 != .docx || table.isForWord) }
  }

  /// What is to be known of tables that are too large for Word.
  func notes(on document: ResultDocument) -> [Phrase] {
    guard options.formats.contains(.docx) else { return [] }
    return document.parts.filter { $0.isWritten && !$0.table.isForWord }.map { part in
      let (name, rows) = (part.table.name, part.table.rowCount)
      return Phrase(
        "\(name).docx is not written: a table of \(rows) rows and \(part.table.columns.count) columns is none for Word;"
          + " take --format csv for it.",
        zh: "未写出\(name).docx：\(rows)行\(part.table.columns.count)列的表不宜用Word，请用--format csv。")
    }
  }

  private func hasDocument(_ document: ResultDocument) -> Bool {
    options.formats.contains(.docx) && document.parts.contains(where: \.isWritten)
  }

  /// How the tables look to people, and whose they are: the verb's, and with the name of the step or the folder those of
  /// one call of it. A study's step and the same call by hand, whose folder has the step's name, agree.
  private func rendering(_ document: ResultDocument) -> RenderOptions {
    var rendering = options.rendering
    var folder = options.directory ?? ""
    while folder.utf8.last == UInt8(ascii: "/") { folder.removeLast() }
    let name = step ?? FileName.last(of: folder)
    let verb = document.command
    rendering.scope = name.isEmpty || name == verb ? verb : StudyNames.step(verb, name)
    return rendering
  }

  /// All tables in one Word document, each once; of one that is too long to print, its name.
  private func allTables(_ document: ResultDocument) -> [UInt8] {
    let tables = document.parts.filter { $0.isWritten && !$0.isRepeated }.map(\.table)
    let long = tables.filter { $0.rowCount > Self.longest && $0.isForWord }.map { "\($0.name).docx" }
    let language = options.rendering.language
    let leftOut = Phrase(
      "Tables of more than \(Self.longest) rows are in files of their own: \(long.joined(separator: ", ")).",
      zh: "超过\(Self.longest)行的表另存为单独文件：\(long.joined(separator: "、"))。")
    return WordDocument(
      tables.filter { $0.rowCount <= Self.longest },
      notes: document.remarks(in: language) + (long.isEmpty ? [] : [leftOut.text(in: language)])
        + notes(on: document).map { $0.text(in: language) },
      options.rendering
    ).bytes
  }

  /// An answer's first table in one format, or the whole answer as JSON.
  func bytes(of document: ResultDocument, as format: OutputFormat) -> [UInt8] {
    guard format != .json, let part = document.parts.first else { return json(document) }
    return bytes(of: part.table, as: format, rendering(document))
  }

  private func bytes(of table: ResultTable, as format: OutputFormat, _ rendering: RenderOptions) -> [UInt8] {
    switch format {
    case .csv, .json: options.csv(table)
    case .md: Array(MarkdownRenderer().render(table, options: rendering).utf8)
    case .tex: Array(LaTeXRenderer().render(table, options: rendering).utf8)
    case .html: Array(HTMLRenderer().page(table, options: rendering).utf8)
    case .docx: WordDocument(table, rendering).bytes
    }
  }
}

extension ResultTable {
  /// Whether Word can hold the table.
  fileprivate var isForWord: Bool { rowCount * columns.count <= AnswerFiles.mostCells }
}
