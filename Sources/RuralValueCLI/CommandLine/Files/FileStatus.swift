/// What the system knows of a file besides its bytes.
struct FileStatus: Sendable {
  enum Kind: Sendable {
    case file, folder, link, pipe, socket, device
  }

  /// What two names of one file have in common, whatever links lead there.
  struct Identity: Hashable, Sendable {
    let device: UInt64
    let number: UInt64
  }

  let kind: Kind
  let identity: Identity
  /// Who may do what, without the kind.
  let mode: mode_t
  let owner: uid_t
  let group: gid_t
  let size: Int
  /// How many names it has.
  let names: Int
  /// When it was last written, in nanoseconds.
  let modified: Int

  /// The file of a name, or of what a link of that name leads to; nil where there is none, and `errno` says why.
  init?(at name: String, behindLinks: Bool = true) {
    var status = stat()
    let answer = unsafe FileName.give(
      name, to: { unsafe behindLinks ? stat($0, &status) : lstat($0, &status) }, failing: -1)
    guard answer == 0 else { return nil }
    self.init(status)
  }

  /// The open file.
  init?(of descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  /// What the system says.
  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      default: .device
      }
    identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
    mode = status.st_mode & 0o7777
    (owner, group) = (status.st_uid, status.st_gid)
    size = Int(status.st_size)
    names = Int(status.st_nlink)
    modified = status.modified
  }
}
