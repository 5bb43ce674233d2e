/// Where the bytes of named input files come from.
protocol InputFiles: Sendable {
  /// A file's bytes. Throws `FileError`.
  func bytes(of name: String) throws -> [UInt8]
}

/// The files of the disk under their own names.
struct DiskFiles: InputFiles {
  func bytes(of name: String) throws -> [UInt8] { try Self.bytes(at: name, calledBy: name) }

  /// The bytes of a file that messages call by another name.
  static func bytes(at path: String, calledBy name: String) throws -> [UInt8] {
    try require(path, calledBy: name)
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw FileError.cannotRead(path: name, reason: reason(error))
    }
  }

  /// Throws `FileError`, with the nearest name in the same folder, where there is no such file.
  static func require(_ path: String, calledBy name: String) throws {
    let manager = FileManager.default
    var isFolder = false
    guard manager.fileExists(atPath: path, isDirectory: &isFolder) else {
      let neighbours =
        (try? manager.contentsOfDirectory(atPath: folder(of: path).isEmpty ? "." : folder(of: path)))
      throw FileError.noSuchFile(
        path: name, neighbours: (neighbours ?? []).sorted().map { folder(of: name) + $0 })
    }
    guard !isFolder else { throw FileError.isFolder(path: name) }
  }

  /// A path up to its last slash.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
