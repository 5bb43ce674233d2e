import RuralValue
import RuralValueFormats

/// Brings a command's answer to standard output, to files and to standard error.
struct Delivery {
  let options: DeliveryOptions
  let inputs: InputReader
  let console: any Console

  private var files: AnswerFiles { AnswerFiles(options: options, inputs: inputs) }

  /// Delivers an answer: files first, so that what stands on standard output is complete.
  func deliver(_ answer: CommandAnswer) throws {
    let document = files.document(of: answer)
    if let directory = options.directory {
      let folder = try OutputFolder(directory)
      for file in files.tables(document) { try folder.write(file.bytes, to: file.name) }
      for drawing in answer.drawings { try folder.write(Array(drawing.svg.utf8), to: drawing.name) }
    }
    if let product = answer.product, product.path != "-" {
      try OutputFile.write(product.bytes, to: product.path)
    }
    if let product = answer.product, product.path == "-" {
      console.write(product.bytes)
      if !options.isQuiet { console.writeError(text(document)) }
    } else if options.isJSON {
      console.write(files.json(document))
    } else if let piped = answer.piped, options.directory == nil {
      console.write(CSVWriter.bytes(of: piped))
      if !options.isQuiet { console.writeError(text(document)) }
    } else {
      console.write(answer.text ?? text(document))
      for line in answer.closing { console.write(line.text(in: options.rendering.language) + "\n") }
    }
    for complaint in answer.complaints { console.writeError("\(complaint)\n") }
    guard !options.isQuiet else { return }
    for note in document.notes {
      console.writeError("\(noteMark)\(note.text(in: options.rendering.language))\n")
    }
    if let product = answer.product, product.path != "-" {
      console.writeError(
        options.rendering.language == .chinese ? "已写入 \(product.path)\n" : "Written to \(product.path)\n")
    }
    if let directory = options.directory {
      let names = files.tableNames(document).joined(separator: ", ")
      console.writeError(
        options.rendering.language == .chinese
          ? "已写入 \(directory)：\(names)\n" : "Written to \(directory): \(names)\n")
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
}
