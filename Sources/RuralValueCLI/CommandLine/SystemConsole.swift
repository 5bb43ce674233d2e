import RuralValue
import RuralValueFormats

/// The process's own standard streams.
///
/// FoundationEssentials has no file handles, so that this calls read(2) and write(2); it is the command
/// line's only use of memory by address.
final class SystemConsole: Console {
  func readInput() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileError.cannotRead(path: "standard input", reason: systemReason()) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  func write(_ bytes: [UInt8]) { Self.send(bytes, to: STDOUT_FILENO) }

  func writeError(_ text: String) { Self.send(Array(text.utf8), to: STDERR_FILENO) }

  var progressLine: (any ProgressLine)? { isatty(STDERR_FILENO) == 1 ? ErrorLine() : nil }

  /// The last line of the terminal behind standard error.
  private struct ErrorLine: ProgressLine {
    func show(_ text: String) {
      let width = SystemConsole.width(of: STDERR_FILENO) ?? 80
      let short = DisplayWidth.prefix(text, width: width - 1)
      SystemConsole.send(Array("\r\u{1B}[K\(short)".utf8), to: STDERR_FILENO)
    }
  }

  private static func width(of file: Int32) -> Int? {
    var size = winsize()
    return unsafe ioctl(file, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }

  var terminal: Terminal? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    let environment = ProcessInfo.processInfo.environment
    return Terminal(
      width: Self.width(of: STDOUT_FILENO),
      takesColour: environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb")
  }

  var stateFolder: String? {
    let environment = ProcessInfo.processInfo.environment
    // Relative paths are to be ignored, says the XDG base directory specification.
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/ruralvalue" }
    return environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.local/state/ruralvalue" : nil }
  }

  private static func send(_ bytes: [UInt8], to file: Int32) {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(file, buffer.baseAddress! + sent, buffer.count - sent)
      }
      if count < 0 && errno == EINTR { continue }
      // Whoever reads has gone, as with `| head`: nobody is left to tell.
      guard count > 0 else { exit(file == STDOUT_FILENO && errno != EPIPE ? ExitCode.file.rawValue : 0) }
      sent += count
    }
  }
}
