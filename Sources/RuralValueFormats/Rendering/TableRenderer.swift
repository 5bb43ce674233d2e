public import RuralValue

/// Writes results for people in one format.
public protocol TableRenderer: Sendable {
  /// One table with its title and notes.
  func render(_ table: ResultTable, options: RenderOptions) -> String
  /// The tables of a result that are to be shown, the size of the sample and the notes.
  func render(_ document: ResultDocument, options: RenderOptions) -> String
}

/// Words that stand around tables.
enum Wording {
  /// What introduces notes.
  static func notesLabel(_ language: Language) -> String {
    Phrase("Notes:", zh: "注：").text(in: language)
  }

  /// What stands between sentences, and between the label and the notes.
  static func space(_ language: Language) -> String {
    Phrase(" ", zh: "").text(in: language)
  }

  /// The notes as one paragraph.
  static func paragraph(_ notes: [String], _ language: Language) -> String {
    notes.joined(separator: space(language))
  }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// What stands for rows that a text table leaves out.
  static func omitted(_ count: Int, _ language: Language) -> String {
    Phrase("... \(counted(count, "row")) more ...", zh: "... 另有\(count)行 ...").text(in: language)
  }
}
