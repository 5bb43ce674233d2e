import RuralValue

/// The plots of one document.
struct StepPlots {
  let document: ResultDocument
  let language: Language

  init(_ document: ResultDocument, language: Language) {
    self.document = document
    self.language = language
  }

  /// The table of this name, if it is there and has rows.
  func table(_ name: String) -> ResultTable? {
    document.parts.first { $0.table.name == name && $0.table.rowCount > 0 }?.table
  }

  func words(_ term: Phrase) -> String { term.text(in: language) }
}
