import RuralValue
import RuralValueFormats

/// The process's own standard streams.
///
/// FoundationEssentials has no file handles, so that this calls read(2) and write(2); it is the command
/// line's only use of memory by address.
final class SystemConsole: Console {
  private let input = SystemFile(descriptor: STDIN_FILENO)
  /// Why standard output took no more, once it did not; whatever comes after is dropped.
  private var outputFault: Int32?

  /// A stream that whoever called had closed stays closed for everything, so that no file that is opened later takes
  /// its number, and results go into it.
  static func takePlacesOfClosedStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      // The lowest number that is free is this one; reading from it, or writing to it, fails as before.
      _ = unsafe open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  func readInput() throws -> [UInt8] {
    try InputFile.bytes(of: input, calledBy: InputReader.name(of: "-"))
  }

  func write(_ bytes: [UInt8]) {
    guard outputFault == nil else { return }
    outputFault = Self.send(bytes, to: STDOUT_FILENO)
  }

  var inputStatus: FileStatus? { input.status }

  /// A reader that went away, as `head` does, has what it wanted: that is no failure.
  var outputFailure: String? { outputFault.flatMap { $0 == EPIPE ? nil : systemReason($0) } }

  /// Where nobody can be told, the exit code says it; whoever stopped reading the answer wants no notes to it.
  func writeError(_ text: String) {
    guard outputFault != EPIPE else { return }
    _ = Self.send(Array(text.utf8), to: CrashReport.errorStream)
  }

  var progressLine: (any ProgressLine)? { isatty(CrashReport.errorStream) == 1 ? ErrorLine() : nil }

  /// The last line of the terminal behind standard error.
  private struct ErrorLine: ProgressLine {
    func show(_ text: String) {
      let width = SystemConsole.width(of: CrashReport.errorStream) ?? 80
      let short = DisplayWidth.prefix(text, width: width - 1)
      _ = SystemConsole.send(Array("\r\u{1B}[K\(short)".utf8), to: CrashReport.errorStream)
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

  /// Writes all bytes; returns what the system says where it takes them no more.
  private static func send(_ bytes: [UInt8], to file: Int32) -> Int32? {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(file, buffer.baseAddress! + sent, buffer.count - sent)
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN {
        wait(for: file)
        continue
      }
      guard count > 0 else { return errno }
      sent += count
    }
    return nil
  }

  /// Waits until a stream that whoever called does not let wait takes bytes again.
  private static func wait(for file: Int32) {
    var entry = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
    _ = unsafe poll(&entry, 1, -1)
  }
}
