import RuralValueFormats
import Synchronization

/// The digests of all files that a study ever wrote into its folder, one a line, each with the key's code.
///
/// A digest is written down before its file takes its name, so that after a kill the file is still known as the
/// study's own. A line that a kill cut off, or that another key signed, is no digest, and costs no more than a copy
/// that was not needed. Without a key the journal lasts as long as the run.
final class StudyJournal: Sendable {
  private let known: Mutex<Set<String>>
  private let key: RecordKey?
  private let file: SystemFile?

  private static let name = "written"

  /// The journal in the folder of records, begun if it is missing.
  init(in folder: HeldFolder, key: RecordKey?) {
    self.key = key
    guard let key else {
      known = Mutex([])
      file = nil
      return
    }
    let lines = String(decoding: folder.bytes(of: Self.name) ?? [], as: UTF8.self).split(separator: "\n")
    let own = lines.compactMap { line -> String? in
      let digest = String(line.prefix { $0 != " " })
      return line == Self.line(digest, key) ? digest : nil
    }
    // A file that has another name elsewhere is somebody's; nothing is written into it.
    let isShared = (folder.status(of: Self.name)?.names ?? 1) > 1
    if isShared { folder.remove(Self.name) }
    known = Mutex(Set(own))
    file = folder.file(Self.name, appending: true)
    if isShared { for digest in own { _ = file?.write(Self.bytes(digest, key)) } }
  }

  deinit { file?.close() }

  /// Whether a study wrote such a file here.
  func contains(_ digest: String) -> Bool { known.withLock { $0.contains(digest) } }

  /// Writes a digest down, unless it stands there.
  func add(_ digest: String) {
    known.withLock { known in
      guard known.insert(digest).inserted, let key else { return }
      // Where the disk is full, the file that is written next will say so.
      _ = file?.write(Self.bytes(digest, key))
    }
  }

  private static func line(_ digest: String, _ key: RecordKey) -> String {
    "\(digest) \(key.code(of: Array(digest.utf8), for: "written"))"
  }

  private static func bytes(_ digest: String, _ key: RecordKey) -> [UInt8] {
    Array("\n\(line(digest, key))\n".utf8)
  }
}
