import RuralValue

/// Another program, run once: no shell reads its words, nothing stands on its standard input, and it ends in time.
struct ChildProcess {
  /// The program's file.
  let program: String
  /// The words behind its name.
  let words: [String]
  /// What it finds in its environment beside what this process has.
  var environment: [String: String] = [:]
  /// The most seconds that it may take.
  var limit = 120.0

  /// How it ended.
  enum End: Equatable {
    case code(Int32)
    case signal(Int32)
    /// It took longer than it may, and was ended.
    case late
  }

  /// Runs the program; what it says on standard error goes to a file. Throws `FileError` where it cannot be begun.
  func run(complaints: String) throws(FileError) -> End {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    unsafe posix_spawn_file_actions_addopen(
      &actions, STDERR_FILENO, complaints, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // This process ignores some signals, and what it ignores its children would.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGPIPE, SIGXFSZ, SIGINT] { unsafe sigaddset(&signals, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    var child = pid_t()
    let fault = unsafe Self.withPointers([program] + words) { arguments in
      unsafe Self.withPointers(setting) { environment in
        unsafe FileName.give(
          program,
          to: { unsafe posix_spawn(&child, $0, &actions, &attributes, arguments, environment) },
          failing: ENOENT)
      }
    }
    guard fault == 0 else { throw .cannotRun(program: program, reason: systemReason(fault)) }
    return wait(for: child)
  }

  /// This process's environment with what is added.
  private var setting: [String] {
    ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0.key)=\($0.value)" }.sorted()
  }

  /// Waits until the child has ended, and ends it where that takes too long.
  private func wait(for child: pid_t) -> End {
    var status: Int32 = 0
    var waited = 0.0
    var pause = 0.002
    while true {
      let answer = unsafe waitpid(child, &status, WNOHANG)
      if answer == child { return Self.end(status) }
      if answer < 0, errno != EINTR { return .late }
      if waited >= limit { break }
      usleep(UInt32(pause * 1_000_000))
      waited += pause
      pause = min(2 * pause, 0.05)
    }
    kill(child, SIGKILL)
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    return .late
  }

  /// What wait(2) says: the low seven bits are a signal, or none and the next byte is a code.
  private static func end(_ status: Int32) -> End {
    let signal = status & 0x7F
    return signal == 0 ? .code(status >> 8 & 0xFF) : .signal(signal)
  }

  /// Texts as the system takes lists of them: pointers, and a last one that is none.
  private static func withPointers<Answer>(
    _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Answer
  ) -> Answer {
    let copies = unsafe texts.map { text in
      unsafe FileName.give(text, to: { unsafe strdup($0) }, failing: nil)
    }
    defer { unsafe copies.forEach { unsafe free($0) } }
    var list = unsafe copies.compactMap(\.self) + [nil]
    return unsafe list.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress!) }
  }
}
