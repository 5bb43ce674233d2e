import RuralValue
import RuralValueFormats

/// The files that an answer becomes in the folder of `--out`.
struct AnswerFiles {
  var options: DeliveryOptions
  let inputs: InputReader

  /// The answer's document, which says of simulated data that they are.
  func document(of answer: CommandAnswer) -> ResultDocument {
    inputs.hasSimulatedData ? answer.document.markedAsSimulated : answer.document
  }

  /// The names of the files of `tables`, in their order.
  func tableNames(_ document: ResultDocument) -> [String] {
    var names = document.parts.filter(\.isWritten).flatMap { part in
      options.formats.filter { $0 != .json }.map { "\(part.table.name).\($0.rawValue)" }
    }
    if options.formats.contains(.json) { names.append("\(document.command).json") }
    return names
  }

  /// Each table in each format that was asked for.
  func tables(_ document: ResultDocument) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    for part in document.parts where part.isWritten {
      for format in options.formats where format != .json {
        files.append(("\(part.table.name).\(format.rawValue)", bytes(of: part.table, as: format)))
      }
    }
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

  /// An answer's first table in one format, or the whole answer as JSON.
  func bytes(of document: ResultDocument, as format: OutputFormat) -> [UInt8] {
    guard format != .json, let part = document.parts.first else { return json(document) }
    return bytes(of: part.table, as: format)
  }

  private func bytes(of table: ResultTable, as format: OutputFormat) -> [UInt8] {
    switch format {
    case .csv, .json: options.csv(table)
    case .md: Array(MarkdownRenderer().render(table, options: options.rendering).utf8)
    case .tex: Array(LaTeXRenderer().render(table, options: options.rendering).utf8)
    case .html: Array(HTMLRenderer().page(table, options: options.rendering).utf8)
    }
  }
}
