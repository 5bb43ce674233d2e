import RuralValue
import RuralValueFormats

/// Brings a command's answer to standard output, to files and to standard error.
struct Delivery {
  let options: DeliveryOptions
  let inputs: InputReader
  let console: any Console

  /// Delivers an answer: files first, so that what stands on standard output is complete.
  func deliver(_ answer: CommandAnswer) throws {
    let document = inputs.hasSimulatedData ? answer.document.markedAsSimulated : answer.document
    if let directory = options.directory { try write(document, to: directory) }
    if let product = answer.product, product.path != "-" {
      try OutputFile.write(product.bytes, to: product.path)
    }
    if let product = answer.product, product.path == "-" {
      console.write(product.bytes)
      if !options.isQuiet { console.writeError(text(document)) }
    } else if options.isJSON {
      console.write(json(document))
    } else if let piped = answer.piped, options.directory == nil {
      console.write(CSVWriter.bytes(of: piped))
      if !options.isQuiet { console.writeError(text(document)) }
    } else {
      console.write(text(document))
    }
    guard !options.isQuiet else { return }
    for note in document.notes {
      console.writeError("\(noteMark)\(note.text(in: options.rendering.language))\n")
    }
    if let product = answer.product, product.path != "-" {
      console.writeError(
        options.rendering.language == .chinese ? "已写入 \(product.path)\n" : "Written to \(product.path)\n")
    }
    if let directory = options.directory {
      let files = fileNames(document).joined(separator: ", ")
      console.writeError(
        options.rendering.language == .chinese
          ? "已写入 \(directory)：\(files)\n" : "Written to \(directory): \(files)\n")
    }
  }

  /// The tables that people are to see; the document's notes go to standard error instead.
  private func text(_ document: ResultDocument) -> String {
    let results = ResultDocument(
      command: document.command, specification: document.specification, sample: document.sample,
      parts: document.parts)
    var rendering = options.rendering
    if let terminal = console.terminal {
      rendering.usesColour = terminal.takesColour
      rendering.width = terminal.width
    }
    return TextRenderer().render(results, options: rendering)
  }

  private var noteMark: String { options.rendering.language == .chinese ? "注：" : "Note: " }

  private func fileNames(_ document: ResultDocument) -> [String] {
    var names = document.parts.filter(\.isWritten).flatMap { part in
      options.formats.filter { $0 != .json }.map { "\(part.table.name).\($0.rawValue)" }
    }
    if options.formats.contains(.json) { names.append("\(document.command).json") }
    return names
  }

  private func write(_ document: ResultDocument, to directory: String) throws {
    let folder = try OutputFolder(directory)
    for part in document.parts where part.isWritten {
      for format in options.formats where format != .json {
        try folder.write(bytes(of: part.table, as: format), to: "\(part.table.name).\(format.rawValue)")
      }
    }
    if options.formats.contains(.json) { try folder.write(json(document), to: "\(document.command).json") }
  }

  private func bytes(of table: ResultTable, as format: OutputFormat) -> [UInt8] {
    switch format {
    case .csv, .json: CSVWriter.bytes(of: table)
    case .md: Array(MarkdownRenderer().render(table, options: options.rendering).utf8)
    case .tex: Array(LaTeXRenderer().render(table, options: options.rendering).utf8)
    case .html: Array(HTMLRenderer().page(table, options: options.rendering).utf8)
    }
  }

  private func json(_ document: ResultDocument) -> [UInt8] {
    JSONRenderer(layout: .pretty).bytes(
      document, version: ToolVersion.number,
      inputs: inputs.inputs.map { InputDigest(path: $0.path, bytes: $0.bytes) },
      language: options.rendering.language
    )
  }
}
