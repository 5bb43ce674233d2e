import RuralValue
import RuralValueFormats

extension StudyTemplate {
  /// Writes the template's files into a folder that has none of them. Throws `StudyTemplateError`.
  func write(to folder: String, language: Language) throws -> CommandAnswer {
    let files: [(name: String, bytes: [UInt8], about: Phrase)] =
      [
        (
          "study.json", Array(text(language).utf8),
          Phrase("the study, each block with a comment", zh: "研究文件，各部分均有注释")
        ),
        (
          "indicators.csv", CSVWriter.bytes(of: system.table),
          Phrase("the indicator system, for a spreadsheet", zh: "指标体系，可用电子表格编辑")
        ),
      ]
      + companions.map { ($0.name, Array($0.text.text(in: language).utf8), $0.about) } + [
        (
          "README.txt", Array(readme(language).utf8),
          Phrase("which columns the panel must have", zh: "面板数据须有哪些列")
        )
      ]
    let taken = files.map(\.name).filter {
      FileStatus(at: FileName.path(folder, $0), behindLinks: false) != nil
    }
    guard taken.isEmpty else { throw StudyTemplateError.inTheWay(folder: folder, names: taken) }
    for file in files { try OutputFile.write(file.bytes, to: FileName.path(folder, file.name)) }
    return CommandAnswer(document: document(files.map { ($0.name, $0.about) }, folder: folder))
  }

  private func document(_ files: [(name: String, about: Phrase)], folder: String) -> ResultDocument {
    let next = Phrase(
      "Put your data beside them (README.txt says which), then: ruralvalue study \(folder)/study.json --check",
      zh: "将数据文件放入同一文件夹（要求见README.txt），然后运行：ruralvalue study \(folder)/study.json --check")
    let table = ResultTable(
      name: "files", title: Phrase("A new study in \(folder)", zh: "新研究：\(folder)"),
      columns: [
        ResultColumn("file", Phrase("File", zh: "文件"), .text(files.map(\.name))),
        ResultColumn("about", Phrase("What it is", zh: "内容"), .phrase(files.map(\.about))),
      ], notes: [next])
    return ResultDocument(
      command: "study", sample: nil,
      parts: [.init(table, jsonKey: "files")])
  }
}

/// What can keep a template from being written.
enum StudyTemplateError: Fault {
  case inTheWay(folder: String, names: [String])

  var kind: FaultKind { .file }

  var description: String {
    switch self {
    case .inTheWay(let folder, let names):
      "\(folder) already has \(names.joined(separator: ", ")); nothing was written. Name another folder, or move"
        + " \(names.count == 1 ? "it" : "them") away first."
    }
  }
}
