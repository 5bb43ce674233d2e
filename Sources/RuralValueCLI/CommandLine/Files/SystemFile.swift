/// A file that is open, by the system's own calls: Foundation takes names for UTF-8 and knows no pipes.
struct SystemFile: Sendable {
  let descriptor: Int32

  /// What a file is opened for.
  enum Purpose {
    case reading
    /// Making a file that is not there yet, for its owner alone.
    case making
    /// Writing into a pipe or a device.
    case streaming
    case listing

    fileprivate var flags: Int32 {
      switch self {
      case .reading: O_RDONLY
      case .making: O_WRONLY | O_CREAT | O_EXCL
      case .streaming: O_WRONLY
      case .listing: O_RDONLY | O_DIRECTORY
      }
    }
  }

  /// An open file of this process.
  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Opens a file; nil where that fails, and `errno` then says why. A new one has the mode, as the umask allows.
  init?(_ name: String, for purpose: Purpose, mode: mode_t = 0o666) {
    let flags = purpose.flags | O_CLOEXEC | O_NOCTTY
    while true {
      let file = unsafe FileName.give(name, to: { unsafe open($0, flags, mode) }, failing: -1)
      if file < 0 && errno == EINTR { continue }
      guard file >= 0 else { return nil }
      descriptor = file
      return
    }
  }

  /// The same file once more, for it is closed on its own; nil where it is none.
  var copy: SystemFile? {
    let file = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    return file < 0 ? nil : SystemFile(descriptor: file)
  }

  var status: FileStatus? { FileStatus(of: descriptor) }

  /// Locks the file, now or not at all unless the call may wait; the system lets go of the lock when the process ends,
  /// however it ends.
  func lock(waiting: Bool = false) -> Bool {
    while true {
      if flock(descriptor, waiting ? LOCK_EX : LOCK_EX | LOCK_NB) == 0 { return true }
      guard errno == EINTR else { return false }
    }
  }

  /// The next bytes, none at the end; nil where the system fails, and `errno` then says why.
  func next(_ chunk: inout [UInt8]) -> Int? {
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && mayGoOn(once: POLLIN) { continue }
      return count < 0 ? nil : count
    }
  }

  /// All bytes up to the end; nil where the system fails, and `errno` then says why.
  var bytes: [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      guard let count = next(&chunk) else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Writes all bytes; false where the system fails, and `errno` then says why.
  func write(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress! + sent, buffer.count - sent)
      }
      if count < 0 && mayGoOn(once: POLLOUT) { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Whether a call that failed may be made again: after an interruption, and where whoever opened the file does not let
  /// it wait, once it is ready.
  private func mayGoOn(once event: Int32) -> Bool {
    if errno == EINTR { return true }
    guard errno == EAGAIN else { return false }
    var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    return unsafe poll(&entry, 1, -1) > 0 || errno == EINTR
  }

  /// Gives the file a mode and, where the system allows it, an owner.
  func take(modeOf status: FileStatus) {
    if self.status?.owner != status.owner || self.status?.group != status.group {
      _ = fchown(descriptor, status.owner, status.group)
    }
    _ = fchmod(descriptor, status.mode)
  }

  /// Closes the file; false where the system says only now that the bytes did not reach it.
  @discardableResult
  func close() -> Bool { closeDescriptor(descriptor) }
}

/// Folders and names, by the system's own calls.
extension SystemFile {
  /// Gives a file another name in one step, over whatever had it.
  static func move(_ old: String, to new: String) -> Bool {
    unsafe FileName.give(
      old, to: { from in unsafe FileName.give(new, to: { unsafe rename(from, $0) == 0 }, failing: false) },
      failing: false)
  }

  /// Gives a file a second name; false where the disk knows none, or something has that name.
  static func link(_ old: String, to new: String) -> Bool {
    unsafe FileName.give(
      old,
      to: { from in unsafe FileName.give(new, to: { unsafe Glibc.link(from, $0) == 0 }, failing: false) },
      failing: false)
  }

  /// Takes a file or a link away.
  @discardableResult
  static func remove(_ name: String) -> Bool {
    unsafe FileName.give(name, to: { unsafe unlink($0) == 0 }, failing: false)
  }

  /// Makes a folder and those above it that are missing; false where that fails, and `errno` then says why.
  static func makeFolder(_ name: String) -> Bool {
    if unsafe FileName.give(name, to: { unsafe mkdir($0, 0o777) == 0 }, failing: false) { return true }
    switch errno {
    case EEXIST:
      if FileStatus(at: name)?.kind == .folder { return true }
      errno = ENOTDIR
      return false
    case ENOENT:
      var above = name
      while above.utf8.last == UInt8(ascii: "/") { above.removeLast() }
      above = FileName.folder(of: above)
      guard !above.isEmpty, !FileName.isSame(above, name), makeFolder(above) else { return false }
      return unsafe FileName.give(name, to: { unsafe mkdir($0, 0o777) == 0 }, failing: false)
        || errno == EEXIST
    default: return false
    }
  }

  /// The names in a folder, sorted by their bytes; none where it cannot be listed.
  static func names(in folder: String) -> [String] {
    guard let file = SystemFile(folder.isEmpty ? "." : folder, for: .listing) else { return [] }
    guard let entries = unsafe fdopendir(file.descriptor) else {
      file.close()
      return []
    }
    defer { unsafe closedir(entries) }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(entries) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.map(FileName.text)
  }

  /// Where a link leads, as it says itself; nil where it is none.
  static func destination(ofLink name: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe FileName.give(
      name,
      to: { path in
        unsafe bytes.withUnsafeMutableBytes { buffer in
          unsafe readlink(path, buffer.baseAddress!.assumingMemoryBound(to: CChar.self), buffer.count)
        }
      }, failing: -1)
    return count < 0 ? nil : FileName.text(Array(bytes[..<count]))
  }

  /// The path from the root without links and dots. What is missing at its end stays as it is named.
  static func realPath(_ name: String) -> String {
    let whole = unsafe FileName.give(
      name.isEmpty ? "." : name,
      to: { path -> String? in
        guard let real = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe FileName.text(Array(UnsafeRawBufferPointer(start: real, count: strlen(real))))
      }, failing: nil)
    if let whole { return whole }
    var path = name
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    let folder = FileName.folder(of: path)
    guard !FileName.isSame(folder, path) else { return path }
    return FileName.path(realPath(folder), FileName.last(of: path))
  }
}

/// What the system says of the call that failed last, in a few words.
func systemReason(_ number: Int32 = errno) -> String {
  switch number {
  case EACCES, EPERM: "permission denied"
  case ENOENT: "no such file or folder"
  case ENOTDIR: "a file stands in the way"
  case EISDIR: "a folder of that name is in the way"
  case EEXIST: "a file of that name is in the way"
  case ENOSPC: "the disk is full"
  case EDQUOT: "the disk quota is used up"
  case EFBIG: "it would be larger than a file may be (ulimit -f)"
  case EROFS: "the disk is read-only"
  case EIO: "the disk reports an error"
  case ENAMETOOLONG: "the name is too long"
  case ELOOP: "its symbolic links lead in a circle"
  case EMFILE, ENFILE: "too many files are open (ulimit -n)"
  case ENXIO: "it is a socket, or nobody reads there; expected a file or a pipe"
  case EBADF: "it is closed"
  case EPIPE: "whoever read there has gone"
  default: unsafe String(cString: strerror(number))
  }
}
