/// A folder that is held open, in which no name leads anywhere else.
///
/// Names are looked up in this very folder, whatever becomes of its path meanwhile, and a symbolic link is never
/// followed: it is a name like others, which can be moved or removed. So nothing outside is read, written or
/// deleted, also where links are put in while a run goes on.
final class HeldFolder: Sendable {
  /// The path under which it was opened, for messages and for lists of names.
  let path: String
  private let folder: SystemFile

  /// A folder that is there, also behind a link; nil where it cannot be opened, and `systemReason()` then says why.
  init?(_ path: String) {
    guard let folder = SystemFile(path, for: .listing) else { return nil }
    self.path = path
    self.folder = folder
  }

  private init(_ path: String, _ folder: SystemFile) {
    self.path = path
    self.folder = folder
  }

  deinit { folder.close() }

  /// A folder inside this one, made if that is wanted; nil where there is none or it cannot be opened.
  func folder(_ name: String, isMade: Bool = false) -> HeldFolder? {
    if isMade { _ = unsafe give(name, to: { unsafe mkdirat($0, $1, 0o777) }) }
    return open(name, O_RDONLY | O_DIRECTORY).map { HeldFolder("\(path)/\(name)", $0) }
  }

  /// What stands under a name itself; nil where nothing does.
  func status(of name: String) -> FileStatus? {
    var status = stat()
    let answer = unsafe give(name, to: { unsafe fstatat($0, $1, &status, AT_SYMLINK_NOFOLLOW) })
    return answer == 0 ? FileStatus(status) : nil
  }

  /// The names inside, in their order.
  var names: [String] { SystemFile.names(in: path) }

  /// A file's bytes; nil where there is none, or a link or something else that is no file.
  func bytes(of name: String) -> [UInt8]? {
    // A pipe without a writer would wait for one.
    guard let file = openFile(name, O_RDONLY | O_NONBLOCK) else { return nil }
    defer { file.close() }
    return file.bytes
  }

  /// Opens a file, made if it is missing; nil where that fails or something stands there that is no file.
  func file(_ name: String, appending: Bool = false) -> SystemFile? {
    openFile(name, O_CREAT | O_NONBLOCK | (appending ? O_WRONLY | O_APPEND : O_RDWR))
  }

  /// Makes a file that was not there, with the mode of another if that is wanted; false where that fails, also half-way.
  func make(_ name: String, _ bytes: [UInt8], like other: FileStatus? = nil) -> Bool {
    guard let file = openFile(name, O_CREAT | O_EXCL | O_WRONLY) else { return false }
    if let other { file.take(modeOf: other) }
    let isWritten = file.write(bytes)
    let reason = errno
    // Some disks say only now that the bytes did not reach them.
    guard file.close() else { return false }
    errno = reason
    return isWritten
  }

  /// Gives what stands under a name another one in one step, here or elsewhere, over whatever file had it.
  func move(_ name: String, to other: HeldFolder, as newName: String) -> Bool {
    let answer = unsafe give(name) { folder, old in
      unsafe other.give(newName) { newFolder, new in unsafe renameat(folder, old, newFolder, new) }
    }
    return answer == 0
  }

  /// Removes a file, or a link itself.
  func remove(_ name: String) { _ = unsafe give(name, to: { unsafe unlinkat($0, $1, 0) }) }

  /// Removes a folder if nothing is in it.
  func removeEmpty(_ name: String) { _ = unsafe give(name, to: { unsafe unlinkat($0, $1, AT_REMOVEDIR) }) }

  private func openFile(_ name: String, _ flags: Int32) -> SystemFile? {
    guard let file = open(name, flags) else { return nil }
    guard file.status?.kind == .file else {
      file.close()
      errno = EINVAL
      return nil
    }
    return file
  }

  private func open(_ name: String, _ flags: Int32) -> SystemFile? {
    let file = unsafe give(name, to: { unsafe openat($0, $1, flags | O_NOFOLLOW | O_CLOEXEC, 0o666) })
    return file < 0 ? nil : SystemFile(descriptor: file)
  }

  /// Calls the system with the folder and the name, if it names something inside and nowhere else; -1 otherwise.
  private func give(_ name: String, to body: (Int32, UnsafePointer<CChar>) -> Int32) -> Int32 {
    guard !["", ".", ".."].contains(name), !name.utf8.contains(UInt8(ascii: "/")) else {
      errno = EINVAL
      return -1
    }
    return unsafe FileName.give(name, to: { unsafe body(folder.descriptor, $0) }, failing: -1)
  }
}
