/// Bytes on their way to a file: written whole beside it, and given its name in one step.
///
/// What cannot be replaced, a pipe, a device or a file that this process has open, is written straight into.
struct OutputFile {
  /// The file as the call names it.
  let name: String
  private let way: Way

  private enum Way {
    case renamed(temporary: String, target: String)
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
    let beside = FileName.folder(of: target) + ".ruralvalue-" + Self.randomName()
    let temporary = isBeside ? temporary ?? beside : beside
    guard let file = SystemFile(temporary, for: .making, mode: status == nil ? 0o666 : 0o600) else {
      throw .cannotWrite(path: name, reason: systemReason())
    }
    if let status { file.take(modeOf: status) }
    let isWritten = file.write(bytes)
    let reason = systemReason()
    guard file.close(), isWritten else {
      let reason = isWritten ? systemReason() : reason
      SystemFile.remove(temporary)
      throw .cannotWrite(path: name, reason: reason)
    }
    way = .renamed(temporary: temporary, target: target)
  }

  /// Gives the bytes the file's name.
  func takeItsPlace() throws(FileError) {
    switch way {
    case .renamed(let temporary, let target):
      guard SystemFile.move(temporary, to: target) else {
        let reason = systemReason()
        discard()
        throw .cannotWrite(path: name, reason: reason)
      }
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
    if case .renamed(let temporary, _) = way { SystemFile.remove(temporary) }
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
