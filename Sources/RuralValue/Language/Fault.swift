/// Whose move it is after an error; the command line turns it into an exit code.
public enum FaultKind: Sendable, Equatable {
  /// The call is off: an unknown option, a value out of range.
  case usage
  /// The data are off: an unreadable number, a duplicated county-year.
  case data
  /// A file cannot be read or written.
  case file
  /// The numbers do not permit an answer: singular, not identified, no convergence.
  case numerical
}

/// An error for the person who made the input.
///
/// Its description is one sentence or two that say what was found, where, what was expected and what to do.
public protocol Fault: Error, Sendable, Equatable, CustomStringConvertible {
  /// Whose move it is.
  var kind: FaultKind { get }
}
