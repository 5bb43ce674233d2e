import RuralValue

/// A table that steps read: the panel, the scores, or the panel for the models.
struct StudyTable {
  /// Its path as calls name it.
  let path: String
  /// The step that writes it; nil for the study's own input.
  let step: String?
  /// How it is read: the options of keys, and of a CSV file where it is the study's own.
  let words: [String]
  /// Its columns, where they are known before anything runs.
  let columns: [String]?

  /// The steps that must come before one that reads it.
  var needs: [String] { step.map { [$0] } ?? [] }

  /// Whether it certainly has no such column.
  func lacks(_ column: String) -> Bool { columns.map { !$0.contains(column) } ?? false }
}
