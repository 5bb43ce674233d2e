/// A console that nobody sees, for calls that a study carries out.
final class SilentConsole: Console {
  func readInput() throws -> [UInt8] {
    throw FileError.cannotRead(path: "standard input", reason: "a study reads files only")
  }

  func write(_ bytes: [UInt8]) {}
  func writeError(_ text: String) {}
}
