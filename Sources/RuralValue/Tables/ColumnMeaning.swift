/// What a column is whose name does not say it: a `ln_T` that is ln(T + 0.01).
///
/// It goes wherever the column goes, so that no table shows a coefficient of it without the constant behind it.
public struct ColumnMeaning: Sendable, Hashable, Codable {
  /// The column.
  public let column: String
  /// The sentence below tables that rest on it.
  public let note: Phrase

  /// A column and what stands below tables that rest on it.
  public init(column: String, note: Phrase) {
    self.column = column
    self.note = note
  }
}

extension ResultDocument {
  /// The document with what columns are below each table that names one of them, in terms and spatial lags too; where no
  /// table does but the call names the column, among the notes.
  public func adding(meanings: [ColumnMeaning], named: Set<String>) -> ResultDocument {
    guard !meanings.isEmpty else { return self }
    var shown: Set<String> = []
    let document = mapping(
      tables: { table in
        let names = table.wordedNames
        let own = meanings.filter { names.contains($0.column) && !table.notes.contains($0.note) }
        shown.formUnion(own.map(\.column))
        return table.adding(notes: own.map(\.note))
      }, figures: { $0 })
    return document.adding(
      notes: meanings.filter { named.contains($0.column) && !shown.contains($0.column) }.map(\.note))
  }
}
