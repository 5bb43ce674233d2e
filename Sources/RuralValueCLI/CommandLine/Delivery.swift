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
      console.show(product.bytes)
      if !options.isQuiet { console.writeError(text(document)) }
    } else if options.isJSON {
      console.write(files.json(document))
    } else if let piped = answer.piped, options.directory == nil {
      console.show(CSVWriter.bytes(of: piped, isSpreadsheetSafe: options.isSpreadsheetSafe))
      if !options.isQuiet { console.writeError(text(document)) }
    } else {
      if let text = answer.text { console.show(Array(text.utf8)) } else { console.write(text(document)) }
      for line in answer.closing { console.show(Array((line.text(in: language) + "\n").utf8)) }
    }
    for complaint in answer.complaints { console.writeMessage(VisibleText.of(complaint)) }
    guard !options.isQuiet else { return }
    for note in document.notes {
      console.writeMessage(VisibleText.line("\(noteMark)\(note.text(in: language))"))
    }
    if let product = answer.product, product.path != "-" {
      let written = Phrase("Written to \(product.path)", zh: "已写入 \(product.path)")
      console.writeMessage(VisibleText.line(written.text(in: language)))
    }
    if let directory = options.directory {
      let names = files.tableNames(document).joined(separator: ", ")
      let written = Phrase("Written to \(directory): \(names)", zh: "已写入 \(directory)：\(names)")
      console.writeMessage(VisibleText.line(written.text(in: language)))
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

  private var language: Language { options.rendering.language }

  private var noteMark: String { language == .chinese ? "注：" : "Note: " }
}
