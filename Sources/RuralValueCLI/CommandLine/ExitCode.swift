import RuralValue

/// What the shell is told; the numbers are a promise to scripts.
enum ExitCode: Int32 {
  case done = 0
  case internalError = 1
  case usage = 2
  case data = 3
  case file = 4
  case numerical = 5
  /// `audit` found decision errors or hand edits, `compare` a required cell that differs, or `study` other results than a
  /// package's.
  case decisionErrors = 6
  case interrupted = 130

  /// The exit code for an error.
  init(_ error: any Error) {
    switch (error as? any Fault)?.kind {
    case .usage: self = .usage
    case .data: self = .data
    case .file: self = .file
    case .numerical: self = .numerical
    case nil: self = .internalError
    }
  }
}

/// The words of an error for the person who made the call.
enum Message {
  /// The error's sentence, in which options stand as one types them and nothing commands a terminal.
  ///
  /// Further lines of its own, such as a formula with a mark below it, are indented: a line break before
  /// anything else came with a name, and what follows it is not to pass for another message.
  static func text(_ error: any Error, spelling: (String) -> String = option) -> String {
    let lines = VisibleText.of(RowWord.spelled(in: Setting.spelled(in: "\(error)", spelling)))
      .split(separator: "\n", omittingEmptySubsequences: false)
    return lines.dropFirst().reduce(into: String(lines.first ?? "")) { text, line in
      text += (line.hasPrefix(" ") ? "\n" : VisibleText.line("\n")) + line
    }
  }

  /// The sentence of what went wrong in a step of a study, where steps of preparation are keys of the study file.
  static func inStudy(_ error: any Error) -> String {
    error is PreparationError || error is FormulaError ? text(error, spelling: key) : text(error)
  }

  /// A setting as one types it: `--lee-yu`.
  static func option(_ setting: String) -> String { "--\(setting)" }

  /// A setting as a study file has it: `log: "T;add=0.01"`.
  private static func key(_ setting: String) -> String { "\(setting):" }
}
