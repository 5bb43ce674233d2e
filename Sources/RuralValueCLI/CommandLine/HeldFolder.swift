/// A folder that is held open, in which no name leads anywhere else.
///
/// Names are looked up in this very folder, whatever becomes of its path meanwhile, and a symbolic link is never
/// followed: it is a name like others, which can be moved or removed. So nothing outside is read, written or
/// deleted, also where links are put in while a run goes on.
final class HeldFolder: Sendable {
  /// What stands under a name.
  enum Kind {
    case file, folder, link, other

    init(_ mode: mode_t) {
      switch mode & S_IFMT {
      case S_IFREG: self = .file
      case S_IFDIR: self = .folder
      case S_IFLNK: self = .link
      default: self = .other
      }
    }
  }

  /// The path under which it was opened, for messages and for lists of names.
  let path: String
  private let descriptor: Int32

  /// A folder that is there, also behind a link; nil where it cannot be opened, and `systemReason()` then says why.
  convenience init?(_ path: String) {
    self.init(path, unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
  }

  private init?(_ path: String, _ descriptor: Int32) {
    guard descriptor >= 0 else { return nil }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { closeDescriptor(descriptor) }

  /// A folder inside this one, made if that is wanted; nil where there is none or it cannot be opened.
  func folder(_ name: String, isMade: Bool = false) -> HeldFolder? {
    guard Self.isName(name) else { return nil }
    if isMade { _ = unsafe mkdirat(descriptor, name, 0o777) }
    return HeldFolder(
      "\(path)/\(name)",
      unsafe openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
  }

  /// What stands under a name itself; nil where nothing does.
  func kind(of name: String) -> Kind? { status(of: name).map { Kind($0.st_mode) } }

  /// Whether the file under this name has other names too.
  func hasOtherNames(_ name: String) -> Bool { (status(of: name)?.st_nlink ?? 1) > 1 }

  /// The names inside, in their order.
  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

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

  /// Makes a file that was not there, with a mode if it is not to have the usual one; false where that fails, also
  /// half-way.
  func make(_ name: String, _ bytes: [UInt8], mode: mode_t? = nil) -> Bool {
    guard let file = openFile(name, O_CREAT | O_EXCL | O_WRONLY) else { return false }
    defer { file.close() }
    if let mode { file.setMode(mode) }
    return file.append(bytes)
  }

  /// Who may read and write the file under a name; nil where there is none.
  func mode(of name: String) -> mode_t? {
    status(of: name).flatMap { Kind($0.st_mode) == .file ? $0.st_mode & 0o777 : nil }
  }

  /// Gives what stands under a name another one in one step, here or elsewhere, over whatever file had it.
  func move(_ name: String, to folder: HeldFolder, as newName: String) -> Bool {
    guard Self.isName(name), Self.isName(newName) else { return false }
    return unsafe renameat(descriptor, name, folder.descriptor, newName) == 0
  }

  /// Removes a file, or a link itself.
  func remove(_ name: String) {
    if Self.isName(name) { _ = unsafe unlinkat(descriptor, name, 0) }
  }

  /// Removes a folder if nothing is in it.
  func removeEmpty(_ name: String) {
    if Self.isName(name) { _ = unsafe unlinkat(descriptor, name, AT_REMOVEDIR) }
  }

  private func openFile(_ name: String, _ flags: Int32) -> SystemFile? {
    guard Self.isName(name) else { return nil }
    let file = unsafe openat(descriptor, name, flags | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard file >= 0 else { return nil }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, Kind(status.st_mode) == .file else {
      closeDescriptor(file)
      errno = EINVAL
      return nil
    }
    return SystemFile(descriptor: file)
  }

  private func status(of name: String) -> stat? {
    guard Self.isName(name) else { return nil }
    var status = stat()
    return unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
  }

  /// Whether a text names something inside a folder and nowhere else.
  private static func isName(_ name: String) -> Bool {
    let isName = !name.isEmpty && name != "." && name != ".." && !name.utf8.contains { $0 == 0x2F || $0 == 0 }
    if !isName { errno = EINVAL }
    return isName
  }
}
