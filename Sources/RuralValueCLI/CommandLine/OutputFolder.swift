#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

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
    let file = path.hasSuffix("/") ? path + name : path + "/" + name
    do {
      try Data(bytes).write(to: URL(filePath: file), options: .atomic)
    } catch {
      throw FileError.cannotWrite(path: file, reason: reason(error))
    }
  }
}
