import Foundation
import RuralValue
import RuralValueFormats

/// Brings a command's answer to standard output, to files and to standard error.
struct Delivery {
  let call: Call
  let inputs: InputReader
  let console: any Console

  private var options: DeliveryOptions { call.command.call.delivery }
  private var files: AnswerFiles { AnswerFiles(options: options, inputs: inputs) }

  /// Delivers an answer: files first, so that what stands on standard output is complete.
  func deliver(_ answer: CommandAnswer) throws {
    var document = files.document(of: answer)
    let product = answer.product ?? answer.tableFile.map { tableProduct(document, $0) }
    // The file first: what is refused there leaves no folder behind, nor the folder the file.
    var newFile: String?
    let others = options.directory == nil ? [] : try answer.otherFiles(options.pictures)
    if let product, product.path != "-" {
      try inputs.requireApart(from: [product.path])
      if FileStatus(at: product.path) == nil { newFile = product.path }
      try OutputFile.write(product.bytes, to: product.path)
    }
    if let directory = options.directory {
      do {
        // What became of files that were there is no part of the results, which are the same a second time.
        document = document.adding(
          notes: files.notes(on: document) + (try write(document, others, into: directory)))
      } catch {
        if let newFile { try? FileManager.default.removeItem(atPath: newFile) }
        throw error
      }
    }
    if let product, product.path == "-" {
      console.show(product.bytes)
      if !options.isQuiet { console.writeError(text(document)) }
    } else if options.isJSON {
      console.write(files.json(document))
    } else if let piped = answer.piped, options.directory == nil {
      console.show(options.csv(piped))
      if !options.isQuiet { console.writeError(text(document)) }
    } else {
      if let text = answer.text { console.show(Array(text.utf8)) } else { console.write(text(document)) }
      for line in answer.closing { console.write(VisibleText.line(line.text(in: language)) + "\n") }
    }
    for complaint in answer.complaints { console.writeMessage(VisibleText.of(complaint)) }
    guard !options.isQuiet else { return }
    for note in document.notes {
      console.writeMessage(VisibleText.line("\(noteMark)\(note.text(in: language))"))
    }
    if let product, product.path != "-" {
      let written = Phrase("Written to \(product.path)", zh: "已写入 \(product.path)")
      console.writeMessage(VisibleText.line(written.text(in: language)))
    }
    if let directory = options.directory {
      let names = files.tableNames(document).joined(separator: ", ")
      let written = Phrase("Written to \(directory): \(names)", zh: "已写入 \(directory)：\(names)")
      console.writeMessage(VisibleText.line(written.text(in: language)))
    }
  }

  /// The file of the answer itself; labels in LaTeX begin with its name, as those of a folder's tables do with the folder's.
  private func tableProduct(_ document: ResultDocument, _ file: CommandAnswer.TableFile)
    -> CommandAnswer.Product
  {
    var named = files
    named.step = FileName.last(of: file.path).split(separator: ".").first.map(String.init)
    return .init(bytes: named.bytes(of: document, as: file.format), path: file.path)
  }

  /// Writes the tables, the drawings, the pages and the record of the call. Returns what to know of files that were there.
  private func write(
    _ document: ResultDocument, _ others: [(name: String, bytes: [UInt8])], into directory: String
  ) throws -> [Phrase] {
    let written = files.tables(document) + others
    let names = written.map(\.name) + ResultFolder.ownNames
    try inputs.requireApart(from: names.map { FileName.path(directory, $0) })
    let folder = try ResultFolder(directory)
    defer { folder.close() }
    let record = CallRecord(
      call, specification: document.specification, inputs: inputs.inputs.map(\.digest), files: written)
    return try folder.write(
      written, of: record, reading: inputs.inputs.compactMap { $0.status?.identity })
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
