/// Standard input, output and error, and what they are connected to.
protocol Console: AnyObject {
  /// All of standard input.
  func readInput() throws -> [UInt8]
  /// Writes to standard output.
  func write(_ bytes: [UInt8])
  /// Writes to standard error.
  func writeError(_ text: String)
}

extension Console {
  /// Writes text to standard output.
  func write(_ text: String) { write(Array(text.utf8)) }
}
