/// What Foundation has no words for: files that are held open, locked, appended to, and moved in one step.
struct SystemFile: Sendable {
  private let descriptor: Int32

  /// Opens a file, made if it is missing; nil where that fails, and `systemReason()` then says why.
  init?(_ path: String, appending: Bool = false) {
    let flags = O_CREAT | O_CLOEXEC | (appending ? O_WRONLY | O_APPEND : O_RDWR)
    let file = unsafe open(path, flags, 0o644)
    guard file >= 0 else { return nil }
    descriptor = file
  }

  /// Locks the file without waiting; the system lets go of the lock when the process ends, however it ends.
  func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  /// Writes bytes at the end, in one call.
  func append(_ bytes: [UInt8]) {
    // Where the disk is full, the file that the caller writes next will say so.
    _ = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
  }

  /// Closes the file.
  func close() {
    closeDescriptor(descriptor)
  }

  /// Gives a file another name in one step, over whatever had it.
  static func move(_ old: String, to new: String) -> Bool { unsafe rename(old, new) == 0 }
}

/// What the system says of the call that failed last.
func systemReason(_ number: Int32 = errno) -> String {
  number == EBADF ? "it is closed" : unsafe String(cString: strerror(number))
}
