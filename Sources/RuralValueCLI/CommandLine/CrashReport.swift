/// A fault of the program itself ends in one sentence and exit code 1, never in a trap's trace.
///
/// While it is installed, what the runtime and the C library say on their own goes into a pipe instead of standard
/// error; a crash takes the first line of it for its sentence. Everything here is made before a crash, for a
/// signal's handler may call nothing but read(2), write(2) and _exit(2).
enum CrashReport {
  /// Where errors are told: the standard error that the process was given.
  static var errorStream: Int32 { unsafe errors }

  private typealias Bytes = UnsafeMutableBufferPointer<UInt8>

  // Written once, before there is a second thread.
  nonisolated(unsafe) private static var errors = STDERR_FILENO
  /// The pipe's end with what the runtime said, or -1.
  nonisolated(unsafe) private static var said: Int32 = -1
  nonisolated(unsafe) private static var line = unsafe kept(String(repeating: " ", count: 400))
  nonisolated(unsafe) private static var fault = unsafe kept("")
  nonisolated(unsafe) private static var unsaid = unsafe kept("the program met a fault and was ended")
  nonisolated(unsafe) private static var request = unsafe kept(
    ". Please report it with the call and its input.\n")
  nonisolated(unsafe) private static var shortage = unsafe kept("")
  /// How the runtime begins where there is no more memory.
  nonisolated(unsafe) private static var shortageSign = unsafe kept("Fatal error: failed to allocate")

  /// Takes the signals of faults; `verb` begins the sentence.
  static func install(verb: String?) {
    let name = verb.map { "ruralvalue \($0)" } ?? "ruralvalue"
    unsafe fault = kept("\(name): internal error: ")
    unsafe shortage = kept(
      "\(name): there is no more memory. Give the process more, or state with --max-memory what it may need, so that"
        + " the message says what needs it.\n")
    // Named once, they are made before a handler needs them.
    unsafe _ = (line.count, unsaid.count, request.count, shortageSign.count)
    listen()
    useOwnStack()
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in CrashReport.tell() }
    action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_RESETHAND))
    // A fault whose signal whoever started the process had blocked would end it without a word.
    var faults = sigset_t()
    unsafe sigemptyset(&faults)
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS] {
      unsafe sigaction(signal, &action, nil)
      unsafe sigaddset(&faults, signal)
    }
    unsafe pthread_sigmask(SIG_UNBLOCK, &faults, nil)
  }

  /// Gives the thread a stack for the handler, which a stack that has run out is not.
  static func useOwnStack() {
    var stack = unsafe stack_t()
    let size = 1 << 16
    unsafe stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    unsafe stack.ss_size = size
    _ = unsafe sigaltstack(&stack, nil)
  }

  private static func kept(_ text: String) -> Bytes {
    let buffer = Bytes.allocate(capacity: text.utf8.count)
    _ = unsafe buffer.initialize(from: text.utf8)
    return unsafe buffer
  }

  /// Puts a pipe in the place of standard error; where there are no descriptors left, all stays as it is.
  private static func listen() {
    let error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard error >= 0 else { return }
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return close([error]) }
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    guard dup2(ends[1], STDERR_FILENO) >= 0 else { return close([error] + ends) }
    close([ends[1]])
    unsafe (errors, said) = (error, ends[0])
  }

  private static func close(_ descriptors: [Int32]) {
    for descriptor in descriptors { _ = closeDescriptor(descriptor) }
  }

  /// Says what happened, and ends the process.
  private static func tell() {
    let count = unsafe said < 0 ? 0 : read(said, line.baseAddress, line.count)
    var end = 0
    while end < count, unsafe line[end] >= 0x20 { end += 1 }
    if unsafe begins(end, with: shortageSign) {
      unsafe send(shortage, shortage.count)
      _exit(ExitCode.data.rawValue)
    }
    unsafe send(fault, fault.count)
    if end > 0 { unsafe send(line, end) } else { unsafe send(unsaid, unsaid.count) }
    unsafe send(request, request.count)
    _exit(ExitCode.internalError.rawValue)
  }

  private static func begins(_ count: Int, with sign: Bytes) -> Bool {
    guard count >= sign.count else { return false }
    var place = 0
    while place < sign.count {
      guard unsafe line[place] == sign[place] else { return false }
      place += 1
    }
    return true
  }

  private static func send(_ bytes: Bytes, _ count: Int) {
    _ = unsafe write(errors, bytes.baseAddress, count)
  }
}
