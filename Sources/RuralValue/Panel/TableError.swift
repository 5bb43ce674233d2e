/// What can be wrong with a table's columns and cells.
public enum TableError: Fault {
  /// A column that was asked for is not there.
  case noSuchColumn(name: String, source: String, columns: [String])
  /// A cell that must hold a number holds something else.
  case notANumber(found: String, source: String, line: Int, column: String, advice: String?)

  /// The input is off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noSuchColumn(let name, let source, let columns):
      let question = NearestName.question(for: name, among: columns)
      return "\(source): there is no column \"\(name)\".\(question) The columns are: \(listed(columns))."
    case .notANumber(let found, let source, let line, let column, let advice):
      return "\(source), line \(line), column \"\(column)\": found \"\(found)\", expected a number"
        + " or a missing marker (empty, NA, -, …).\(advice.map { " \($0)" } ?? "")"
    }
  }
}

/// Names in a row, the list cut where it would fill the screen.
func listed(_ names: [String], most: Int = 30, in language: Language = .english) -> String {
  let isEnglish = language == .english
  let shown = names.prefix(most).joined(separator: isEnglish ? ", " : "、")
  guard names.count > most else { return shown }
  return isEnglish ? "\(shown), … (\(names.count) in all)" : "\(shown)等（共\(names.count)个）"
}
