import RuralValue

/// Standard input, output and error, and what they are connected to.
protocol Console: AnyObject {
  /// All of standard input.
  func readInput() throws -> [UInt8]
  /// The file behind standard input, or nil where nobody can know.
  var inputStatus: FileStatus? { get }
  /// Writes to standard output.
  func write(_ bytes: [UInt8])
  /// Why standard output did not take all that was written, or nil where it did.
  var outputFailure: String? { get }
  /// Writes to standard error.
  func writeError(_ text: String)
  /// The terminal behind standard output, or nil where it is a file or a pipe.
  var terminal: Terminal? { get }
  /// Where progress is shown, or nil where standard error is no terminal.
  var progressLine: (any ProgressLine)? { get }
  /// The user's folder for what this program must remember from one call to the next, whether it is there yet or not;
  /// nil where there is no place for one.
  var stateFolder: String? { get }
}

/// A terminal that shows results.
struct Terminal: Equatable {
  /// The number of columns, where the terminal says it.
  let width: Int?
  /// Whether text may carry ANSI sequences; not with NO_COLOR, and not on a dumb terminal.
  let takesColour: Bool
}

extension Console {
  /// Writes text to standard output.
  func write(_ text: String) { write(Array(text.utf8)) }

  var outputFailure: String? { nil }

  /// Writes what is a file of its own to standard output: exact where that is a file or a pipe, and without
  /// anything that commands it where it is a terminal.
  func show(_ bytes: [UInt8]) {
    write(terminal == nil ? bytes : Array(VisibleText.of(String(decoding: bytes, as: UTF8.self)).utf8))
  }

  /// Writes a message, which has been made visible, as a line of standard error.
  func writeMessage(_ text: String) { writeError(text + "\n") }

  var inputStatus: FileStatus? { nil }

  var terminal: Terminal? { nil }

  var progressLine: (any ProgressLine)? { nil }

  var stateFolder: String? { nil }
}
