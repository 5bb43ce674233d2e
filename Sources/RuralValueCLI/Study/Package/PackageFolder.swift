import RuralValue

/// The new folder of a package: made beside its place, and given its name in one step once all of it stands.
struct PackageFolder {
  /// Where the package will stand.
  let path: String
  /// Where it is made.
  let temporary: String

  /// A place for a package. Throws `PackageError` where something stands there, and `FileError` where no folder can be
  /// made; a folder that is empty gives way.
  init(_ path: String) throws {
    let real = SystemFile.realPath(path)
    if let status = FileStatus(at: real, behindLinks: false) {
      guard status.kind == .folder else { throw PackageError.isNoFolder(path: path) }
      // Whoever stands in a folder that gives way to another stands nowhere.
      guard status.identity != FileStatus(at: ".")?.identity else { throw PackageError.isCurrent(path: path) }
      let names = SystemFile.names(in: real)
      guard names.isEmpty else { throw PackageError.isTaken(path: path, names: names) }
    }
    self.path = real
    temporary = "\(FileName.folder(of: real)).ruralvalue-package-\(OutputFile.randomName())"
    try OutputFile.makeFolder(temporary)
  }

  /// Writes a file of the package.
  func write(_ bytes: [UInt8], to name: String) throws(FileError) {
    try OutputFile.write(bytes, to: FileName.path(temporary, name))
  }

  /// Takes a folder of the package away with all that is in it.
  func remove(_ name: String) { Self.remove(FileName.path(temporary, name)) }

  /// Takes a file away.
  func removeFile(_ name: String) { SystemFile.remove(FileName.path(temporary, name)) }

  /// Gives the package its place. Throws `FileError` where something stands there by now.
  func takeItsPlace() throws(FileError) {
    guard SystemFile.move(temporary, to: path) else {
      throw .cannotWrite(path: path, reason: systemReason())
    }
  }

  /// Leaves the place as it was.
  func discard() { Self.remove(temporary) }

  private static func remove(_ path: String) {
    HeldFolder(path)?.empty()
    HeldFolder(FileName.folder(of: path))?.removeEmpty(FileName.last(of: path))
  }
}

extension HeldFolder {
  /// Takes away everything inside; a link goes itself, and not what it leads to.
  fileprivate func empty() {
    for name in names {
      if status(of: name)?.kind == .folder {
        folder(name)?.empty()
        removeEmpty(name)
      } else {
        remove(name)
      }
    }
  }
}
