/// The folder of `--out`.
struct OutputFolder {
  let path: String

  /// The folder, made with those above it if it is missing.
  init(_ path: String) throws {
    self.path = path
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError.cannotMakeFolder(path: path, reason: reason(error))
    }
  }

  /// Writes a file whole or not at all: to a file beside it, which then takes its name.
  func write(_ bytes: [UInt8], to name: String) throws {
    try OutputFile.write(bytes, to: path.hasSuffix("/") ? path + name : path + "/" + name)
  }
}

/// A file that is written whole or not at all.
enum OutputFile {
  /// Writes to a file beside it, which then takes its name; folders above it are made if they are missing.
  static func write(_ bytes: [UInt8], to path: String) throws {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      _ = try OutputFolder(String(path[..<slash]))
    }
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw FileError.cannotWrite(path: path, reason: reason(error))
    }
  }
}
