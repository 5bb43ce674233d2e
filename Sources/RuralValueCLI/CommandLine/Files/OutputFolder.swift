import RuralValueFormats
import Synchronization

/// A folder of outputs in which nobody loses a file: one gives way only where it is as this program wrote it, and
/// is kept under another name where it is not.
///
/// Every file is written under a name of its own and then takes its place in one step, so that whatever kills the run
/// leaves whole files only.
final class OutputFolder: Sendable {
  /// The folder as the call names it.
  let path: String
  /// What the names of files on their way begin with, from the folder on.
  private let temporaries: String
  /// Whether this program wrote a file of this digest under this name.
  let isOwn: @Sendable (_ name: String, _ digest: String) -> Bool
  private let keptFiles = Mutex<[KeptFile]>([])

  /// A file that was put aside.
  struct KeptFile: Sendable {
    let name: String
    /// What it is called now.
    let newName: String
  }

  /// A file that waits for its place.
  struct Waiting {
    let name: String
    fileprivate let file: OutputFile
    fileprivate let meetsForeign: Bool

    /// Leaves the folder as it was.
    func discard() { file.discard() }
  }

  /// A folder; `isOwn` says whether this program wrote a file of such a digest under a name.
  init(
    _ path: String, temporaries: String,
    isOwn: @escaping @Sendable (_ name: String, _ digest: String) -> Bool
  ) {
    self.path = path
    self.temporaries = temporaries
    self.isOwn = isOwn
  }

  /// The files that were put aside, in the order of their names.
  var kept: [KeptFile] { keptFiles.withLock { $0 }.sorted { $0.name < $1.name } }

  /// Where a file of the folder stands.
  func place(of name: String) -> String { FileName.path(path, name) }

  /// Writes bytes that take a file's place only when they are put there.
  ///
  /// A link of somebody's own is put aside itself: what it leads to is not touched. `isThere` says that exactly these
  /// bytes stand there.
  func prepare(_ bytes: [UInt8], for name: String, isThere: Bool) throws(FileError) -> Waiting {
    let meetsForeign = !isThere && standsForeign(name)
    let file = try OutputFile(
      bytes, for: place(of: name), temporary: place(of: temporaries + OutputFile.randomName()),
      followsLinks: !meetsForeign)
    return Waiting(name: name, file: file, meetsForeign: meetsForeign)
  }

  /// Puts a file in its place; somebody's own that stands there gets another name.
  func put(_ waiting: Waiting) throws(FileError) {
    if waiting.meetsForeign { try keepAside(waiting.name) }
    try waiting.file.takeItsPlace()
  }

  /// Writes a file of which no copy is ever kept, whatever stands there.
  func replace(_ name: String, with bytes: [UInt8]) throws(FileError) {
    try OutputFile(
      bytes, for: place(of: name), temporary: place(of: temporaries + OutputFile.randomName())
    ).takeItsPlace()
  }

  /// Gives a file a name that is free: NAME.kept, NAME.kept-2 and so on.
  func putAside(_ name: String) throws(FileError) {
    let free = Self.keptName(of: name) { FileStatus(at: place(of: $0), behindLinks: false) == nil }
    guard SystemFile.move(place(of: name), to: place(of: free)) else {
      throw .cannotWrite(path: place(of: name), reason: "what stands there cannot be kept: \(systemReason())")
    }
    keptFiles.withLock { $0.append(KeptFile(name: name, newName: free)) }
  }

  /// Gives a file that is about to be replaced a second name, NAME.kept and so on, so that its own is never free.
  ///
  /// A disk that knows one name only for a file sees it moved.
  private func keepAside(_ name: String) throws(FileError) {
    let own = FileStatus(at: place(of: name), behindLinks: false)?.identity
    // A run that was killed at this point has given it the second name already.
    let free = Self.keptName(of: name) {
      let status = FileStatus(at: place(of: $0), behindLinks: false)
      return status == nil || status?.identity == own
    }
    let isNamed =
      FileStatus(at: place(of: free), behindLinks: false) != nil
      || SystemFile.link(place(of: name), to: place(of: free))
    guard isNamed else { return try putAside(name) }
    keptFiles.withLock { $0.append(KeptFile(name: name, newName: free)) }
  }

  /// The first of the names NAME.kept, NAME.kept-2 and so on that is free.
  static func keptName(of name: String, where isFree: (String) -> Bool) -> String {
    var number = 1
    while true {
      let kept = number == 1 ? "\(name).kept" : "\(name).kept-\(number)"
      if isFree(kept) { return kept }
      number += 1
    }
  }

  /// Whether a file stands under the name that this program did not write there, or that was changed since.
  private func standsForeign(_ name: String) -> Bool {
    guard let entry = FileStatus(at: place(of: name), behindLinks: false) else { return false }
    guard entry.kind == .file || entry.kind == .link else { return false }
    return digest(of: name).map { !isOwn(name, $0) } ?? true
  }

  /// Whether exactly these bytes stand under a name, which is told more quickly than by digests.
  func holds(_ bytes: [UInt8], under name: String) -> Bool {
    let path = place(of: name)
    guard let status = FileStatus(at: path), status.kind == .file, status.size == bytes.count else {
      return false
    }
    guard let file = SystemFile(path, for: .reading) else { return false }
    defer { file.close() }
    var chunk = [UInt8](repeating: 0, count: InputFile.first)
    var place = 0
    while let count = file.next(&chunk), count > 0 {
      guard count <= bytes.count - place else { return false }
      let isSame = unsafe chunk.withUnsafeBytes { found in
        unsafe bytes.withUnsafeBytes {
          unsafe memcmp(found.baseAddress!, $0.baseAddress! + place, count) == 0
        }
      }
      guard isSame else { return false }
      place += count
    }
    return place == bytes.count
  }

  /// The digest of a file's bytes, or nil where there is no file that can be read.
  func digest(of name: String) -> String? {
    let place = place(of: name)
    guard FileStatus(at: place)?.kind == .file else { return nil }
    return (try? InputFile.bytes(at: place, calledBy: name)).map { SHA256.hexadecimal($0) }
  }

  /// Removes a file.
  func remove(_ name: String) { SystemFile.remove(place(of: name)) }
}
