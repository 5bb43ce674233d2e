/// What can be wrong with a request for descriptive statistics.
public enum DescriptiveError: Fault {
  /// No variable was named.
  case noVariables(source: String, candidates: [String])
  /// A variable was named twice.
  case repeatedVariable(name: String)

  /// The call is off.
  public var kind: FaultKind { .usage }

  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .noVariables(let source, let candidates):
      "\(source): no variable is named; expected at least one of its columns: \(listed(candidates))."
    case .repeatedVariable(let name):
      "The variable \"\(name)\" is named twice; expected each once. Remove one of the two."
    }
  }
}
