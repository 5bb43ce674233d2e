import RuralValue

/// A folder for files on their way, which only this user may enter.
///
/// A file in it is locked while the process lives, so that folders of runs that were killed are known and go.
struct PictureFolder {
  let path: String
  private let lock: SystemFile?

  private static let prefix = "ruralvalue-picture-"
  private static let lockName = "held"

  /// Makes a new folder in that of temporary files. Throws `FileError`.
  init() throws(FileError) {
    let place = ProcessInfo.processInfo.environment["TMPDIR"] ?? ""
    let parent = FileName.isAbsolute(place) ? place : "/tmp"
    Self.removeForsaken(in: parent)
    path = FileName.path(parent, Self.prefix + OutputFile.randomName())
    guard unsafe FileName.give(path, to: { unsafe mkdir($0, 0o700) == 0 }, failing: false) else {
      throw .cannotMakeFolder(path: path, reason: systemReason())
    }
    // Locked before it has the name under which others look for it.
    let waiting = FileName.path(path, "new")
    lock = SystemFile(waiting, for: .making, mode: 0o600)
    if lock?.lock() == true { _ = SystemFile.move(waiting, to: FileName.path(path, Self.lockName)) }
  }

  /// Removes the folder and what is in it.
  func remove() {
    try? FileManager.default.removeItem(atPath: path)
    lock?.close()
  }

  /// Removes the folders of runs that were killed: this user's own, whose locked file nobody holds any more.
  private static func removeForsaken(in parent: String) {
    for name in SystemFile.names(in: parent) where name.hasPrefix(prefix) {
      let folder = FileName.path(parent, name)
      guard let status = FileStatus(at: folder, behindLinks: false), status.kind == .folder,
        status.owner == geteuid(), let held = SystemFile(FileName.path(folder, lockName), for: .reading)
      else { continue }
      if held.lock() { try? FileManager.default.removeItem(atPath: folder) }
      held.close()
    }
  }
}
