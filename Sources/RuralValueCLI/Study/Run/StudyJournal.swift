import RuralValueFormats
import Synchronization

/// The digests of all files that a study ever wrote into its folder, one a line.
///
/// A digest is written down before its file takes its name, so that after a kill the file is still known as the
/// study's own. A line that a kill cut off is no digest, and costs no more than a copy that was not needed.
final class StudyJournal: Sendable {
  private let known: Mutex<Set<String>>
  private let file: SystemFile?

  /// The journal of a folder, begun if it is missing.
  init(_ path: String) {
    let bytes = (try? InputFile.bytes(at: path, calledBy: path)) ?? []
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    known = Mutex(Set(lines.filter { $0.utf8.count == SHA256.hexadecimal([]).utf8.count }))
    file = SystemFile(path, for: .appending)
  }

  deinit { file?.close() }

  /// Whether a study wrote such a file here.
  func contains(_ digest: String) -> Bool { known.withLock { $0.contains(digest) } }

  /// Takes digests that are written down elsewhere.
  func know(_ digests: [String]) { known.withLock { $0.formUnion(digests) } }

  /// Writes a digest down, unless it stands there.
  func add(_ digest: String) {
    known.withLock { known in
      guard known.insert(digest).inserted else { return }
      // Where the disk is full, the file that is written next will say so.
      _ = file?.write(Array("\n\(digest)\n".utf8))
    }
  }
}
