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

  /// A file that was opened otherwise.
  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Locks the file without waiting; the system lets go of the lock when the process ends, however it ends.
  func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  /// Writes bytes at the end, in one call where the system takes them at once; false where the disk does not.
  @discardableResult
  func append(_ bytes: [UInt8]) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress! + written, $0.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }

  /// What stands in the file from where it was read last; nil where it cannot be read.
  var bytes: [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Says who may read and write the file.
  @discardableResult
  func setMode(_ mode: mode_t) -> Bool { fchmod(descriptor, mode) == 0 }

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
