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

  /// The answer's document, which says of simulated data that they are.
  func document(of answer: CommandAnswer) -> ResultDocument {
    inputs.hasSimulatedData ? answer.document.markedAsSimulated : answer.document
  }

  /// The names of the files of `tables`, in their order.
  func tableNames(_ document: ResultDocument) -> [String] {
    var names = document.parts.filter(\.isWritten).flatMap { part in
      options.formats.filter { $0 != .json }.map { "\(part.table.name).\($0.rawValue)" }
    }
    if hasDocument(document) { names.append(Self.allTables) }
    if options.formats.contains(.json) { names.append("\(document.command).json") }
    return names
  }

  /// Each table in each format that was asked for.
  func tables(_ document: ResultDocument) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    for part in document.parts where part.isWritten {
      for format in options.formats where format != .json {
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

  /// All tables in one Word document; of one that is too long to print, its name.
  private func allTables(_ document: ResultDocument) -> [UInt8] {
    let tables = document.parts.filter(\.isWritten).map(\.table)
    let long = tables.filter { $0.rowCount > Self.longest }.map { "\($0.name).docx" }
    let language = options.rendering.language
    let leftOut = Phrase(
      "Tables of more than \(Self.longest) rows are in files of their own: \(long.joined(separator: ", ")).",
      zh: "超过\(Self.longest)行的表另存为单独文件：\(long.joined(separator: "、"))。")
    return WordDocument(
      tables.filter { $0.rowCount <= Self.longest },
      notes: document.remarks(in: language) + (long.isEmpty ? [] : [leftOut.text(in: language)]),
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
