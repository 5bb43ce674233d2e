/// Bytes on their way to a file: written whole beside it, and given its name in one step.
///
/// What cannot be replaced, a pipe, a device or a file that this process has open, is written straight into. A file
/// that waits for its name is locked; one that nobody holds any more is of a run that was killed, and goes.
struct OutputFile {
  /// The file as the call names it.
  let name: String
  private let way: Way

  private enum Way {
    case renamed(temporary: String, target: String, lock: SystemFile?)
    case straight(bytes: [UInt8], descriptor: Int32?)
  }

  /// Writes a file whole or not at all; folders above it are made if they are missing.
  static func write(_ bytes: [UInt8], to name: String) throws(FileError) {
    try OutputFile(bytes, for: name).takeItsPlace()
  }

  /// Writes the bytes beside the file, or to another folder of the same disk, and the file's name stays as it is.
  ///
  /// The mode and the owner are those of the file that is there, behind a link too; a new file follows the umask.
  /// A link that is not followed is replaced itself.
  init(_ bytes: [UInt8], for name: String, temporary: String? = nil, followsLinks: Bool = true)
    throws(FileError)
  {
    self.name = name
    guard !FileName.last(of: name).isEmpty else {
      throw .cannotWrite(path: name, reason: "a folder's name ends so; expected a file's")
    }
    try Self.makeFolder(FileName.folder(of: name))
    let target = followsLinks ? try Self.behindLinks(name) : name
    let status = FileStatus(at: target)
    let descriptor = Self.ownDescriptor(target)
    guard descriptor == nil, status == nil || status?.kind == .file else {
      guard status?.kind != .folder else { throw .cannotWrite(path: name, reason: systemReason(EISDIR)) }
      way = .straight(bytes: bytes, descriptor: descriptor)
      return
    }
    // A link may lead to another disk, where only a file beside its target can take the target's name in one step.
    let isBeside = FileName.isSame(target, name)
    let (given, folder) = (isBeside ? temporary : nil, FileName.folder(of: target))
    let mode: mode_t = status == nil ? 0o666 : 0o600
    if given == nil { Self.removeForsaken(in: folder) }
    let waiting =
      given.map { name in SystemFile(name, for: .making, mode: mode).map { (name, $0) } }
      ?? Self.lockedFile(in: folder, mode: mode)
    guard let (temporary, file) = waiting else { throw .cannotWrite(path: name, reason: systemReason()) }
    // The lock is that of all copies, and lasts until the file has its name; closing tells whether the disk took it.
    let lock = given == nil ? file.copy : nil
    if let status { file.take(modeOf: status) }
    let isWritten = file.write(bytes)
    let reason = systemReason()
    guard file.close(), isWritten else {
      let reason = isWritten ? systemReason() : reason
      SystemFile.remove(temporary)
      lock?.close()
      throw .cannotWrite(path: name, reason: reason)
    }
    way = .renamed(temporary: temporary, target: target, lock: lock)
  }

  /// Gives the bytes the file's name.
  func takeItsPlace() throws(FileError) {
    switch way {
    case .renamed(let temporary, let target, let lock):
      guard SystemFile.move(temporary, to: target) else {
        let reason = systemReason()
        discard()
        throw .cannotWrite(path: name, reason: reason)
      }
      lock?.close()
    case .straight(let bytes, let descriptor):
      let file = descriptor.map { SystemFile(descriptor: $0).copy } ?? SystemFile(name, for: .streaming)
      guard let file else { throw .cannotWrite(path: name, reason: systemReason()) }
      let isWritten = file.write(bytes)
      let reason = systemReason()
      guard file.close(), isWritten else {
        throw .cannotWrite(path: name, reason: isWritten ? systemReason() : reason)
      }
    }
  }

  /// Leaves the file as it was.
  func discard() {
    guard case .renamed(let temporary, _, let lock) = way else { return }
    SystemFile.remove(temporary)
    lock?.close()
  }

  private static let waitingPrefix = ".ruralvalue-"

  /// Makes a file that this process alone holds until it is closed; on a disk without locks, an unlocked one.
  ///
  /// nil where that fails, and `errno` then says why.
  private static func lockedFile(in folder: String, mode: mode_t) -> (name: String, file: SystemFile)? {
    while true {
      let name = folder + waitingPrefix + randomName()
      guard let file = SystemFile(name, for: .making, mode: mode) else { return nil }
      // Whoever took it for a forsaken file before the lock was there has removed it by now.
      if !file.lock(waiting: true) || file.status?.names != 0 { return (name, file) }
      file.close()
    }
  }

  /// Removes the files that runs left which were killed before their bytes got a name.
  private static func removeForsaken(in folder: String) {
    for name in SystemFile.names(in: folder) where isWaitingName(name) {
      let path = folder + name
      guard FileStatus(at: path, behindLinks: false)?.kind == .file,
        let file = SystemFile(path, for: .reading)
      else { continue }
      if file.lock() { SystemFile.remove(path) }
      file.close()
    }
  }

  private static func isWaitingName(_ name: String) -> Bool {
    let number = name.utf8.dropFirst(waitingPrefix.utf8.count)
    return name.hasPrefix(waitingPrefix) && number.count == 16
      && number.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
  }

  /// Makes a folder and those above it.
  static func makeFolder(_ name: String) throws(FileError) {
    guard name.isEmpty || SystemFile.makeFolder(name) else {
      throw .cannotMakeFolder(path: name, reason: systemReason())
    }
  }

  /// A name that nobody can guess.
  static func randomName() -> String {
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - number.count) + number
  }

  /// The number of a file that this process has open, where the path is that of one, as /dev/stdout is.
  static func ownDescriptor(_ path: String) -> Int32? {
    let streams = ["/dev/stdin": STDIN_FILENO, "/dev/stdout": STDOUT_FILENO, "/dev/stderr": STDERR_FILENO]
    if let stream = streams[path] { return stream }
    guard let number = Int32(FileName.last(of: path)) else { return nil }
    let folder = SystemFile.realPath(FileName.folder(of: path))
    return ["/dev/fd", "/proc/\(getpid())/fd"].contains(folder) ? number : nil
  }

  /// Where the links that begin at a name lead, whether or not a file stands there.
  private static func behindLinks(_ name: String) throws(FileError) -> String {
    var path = name
    for _ in 0..<40 {
      guard ownDescriptor(path) == nil, let target = SystemFile.destination(ofLink: path) else { return path }
      path = FileName.isAbsolute(target) ? target : FileName.folder(of: path) + target
    }
    throw .cannotWrite(path: name, reason: systemReason(ELOOP))
  }
}
