import RuralValue

/// What is wrong with a study file: one problem, or all of them at once.
struct StudyError: Fault {
  /// One problem and its place.
  struct Problem: Equatable, Sendable {
    /// The key it is about: `models.gmm[0]`; empty for the whole file.
    let path: String
    /// Its line, where it is known.
    let line: Int?
    /// What was found, what was expected and what to do.
    let message: String
    let kind: FaultKind
    /// Whether it lies in the data, so that a run meets it in one step and can do the others.
    var concernsOneStep = false

    var text: String {
      [line.map { "line \($0)" }, path.isEmpty ? nil : path].compactMap(\.self).joined(separator: ", ")
        + (line == nil && path.isEmpty ? "" : ": ") + message
    }
  }

  /// The study file as the call names it.
  let source: String
  let problems: [Problem]

  /// The first problem decides.
  var kind: FaultKind { problems.first?.kind ?? .usage }

  var description: String {
    guard problems.count > 1 else {
      guard let problem = problems.first else { return source }
      return problem.line == nil && problem.path.isEmpty
        ? "\(source): \(problem.message)" : "\(source), \(problem.text)"
    }
    return "\(source) has \(problems.count) problems.\n"
      + problems.map { "  \(VisibleText.line($0.text))" }.joined(separator: "\n")
  }
}
