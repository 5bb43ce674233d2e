import Synchronization

/// Threads that carry out one piece of work side by side.
///
/// They are the C library's and not Dispatch's, which ends the process where it cannot open a file descriptor for
/// itself, and whose threads have stacks of half a megabyte. Threads that the system does not grant are done without.
enum WorkerThreads {
  /// The stack of a thread, in bytes: as much as the first thread of a process usually has.
  private static let stackSize = 8 << 20

  /// What a thread is handed.
  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Carries out the work on so many threads, the calling one among them; returns when all are done.
  static func run(_ count: Int, _ body: @Sendable () -> Void) {
    withoutActuallyEscaping(body) { body in
      let work = Work(body)
      var threads: [pthread_t] = []
      for _ in 1..<max(1, count) {
        guard let thread = start(work) else { break }
        threads.append(thread)
      }
      work.body()
      for thread in threads { pthread_join(thread, nil) }
    }
  }

  /// What a body answers on a stack that nothing written in a file or a call is nested too deeply for: the calling
  /// thread's where that is large enough, else a new thread's.
  static func withDeepStack<Answer: Sendable>(_ body: @Sendable () -> Answer) -> Answer {
    var limit = rlimit()
    let isKnown = unsafe getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit) == 0
    guard isKnown, limit.rlim_cur < rlim_t(stackSize) else { return body() }
    let answer = Mutex<Answer?>(nil)
    withoutActuallyEscaping(body) { body in
      let thread = start(Work { answer.withLock { $0 = body() } })
      if let thread { pthread_join(thread, nil) }
    }
    return answer.withLock { $0 } ?? body()
  }

  private static func start(_ work: Work) -> pthread_t? {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, stackSize)
    var thread = pthread_t()
    let handed = unsafe Unmanaged.passRetained(work)
    let code = unsafe pthread_create(
      &thread, &attributes,
      { handed in
        CrashReport.useOwnStack()
        unsafe Unmanaged<Work>.fromOpaque(handed!).takeRetainedValue().body()
        return nil
      }, handed.toOpaque())
    guard code == 0 else {
      unsafe handed.release()
      return nil
    }
    return thread
  }
}
