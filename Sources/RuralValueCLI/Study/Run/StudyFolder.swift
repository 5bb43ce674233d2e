import RuralValue
import RuralValueFormats
import Synchronization

/// The folder that a study writes into.
///
/// Every file is written into `.study/tmp` and then takes its name in one step, so that whatever kills the run
/// leaves whole files only. `.study/records` holds what each step left behind, `.study/written` the digest of
/// everything that a study ever wrote here: a file that is not among it is somebody's own or was changed by hand,
/// and is kept under another name instead of being overwritten.
final class StudyFolder: Sendable {
  /// The folder as the call names it.
  let path: String
  private let count = Mutex(0)
  private let lock: SystemFile
  private let journal: StudyJournal
  private let keptFiles = Mutex<[KeptFile]>([])

  /// A file that stood where the study writes one of its own.
  struct KeptFile: Sendable {
    let name: String
    /// What it is called now.
    let newName: String
  }

  /// The folder, made if it is missing, with the leftovers of a killed run swept away.
  ///
  /// Throws `FileError` where it cannot be made, and `StudyFolderError.isBusy` while another run writes there.
  init(_ path: String) throws {
    self.path = path
    _ = try OutputFolder(path)
    _ = try OutputFolder(path + "/.study/records")
    guard let lock = SystemFile(path + "/.study/lock") else {
      throw FileError.cannotWrite(path: path + "/.study/lock", reason: systemReason())
    }
    self.lock = lock
    guard lock.lock() else {
      let (isBusy, reason) = (errno == EWOULDBLOCK, systemReason())
      lock.close()
      guard isBusy else { throw FileError.cannotWrite(path: path + "/.study/lock", reason: reason) }
      throw StudyFolderError.isBusy(path: path)
    }
    try? FileManager.default.removeItem(atPath: path + "/.study/tmp")
    _ = try OutputFolder(path + "/.study/tmp")
    journal = StudyJournal(path + "/.study/written")
    journal.know(EarlierManifest.digests(Self.bytes(at: path + "/manifest.json") ?? []))
  }

  deinit { lock.close() }

  /// The files that were put aside, in the order of their names.
  var kept: [KeptFile] { keptFiles.withLock { $0 }.sorted { $0.name < $1.name } }

  /// Writes a file whole or not at all; folders above it are made.
  func write(_ bytes: [UInt8], to name: String) throws {
    let number = count.withLock { count in
      count += 1
      return count
    }
    let temporary = "\(path)/.study/tmp/\(number)"
    let target = "\(path)/\(name)"
    if let slash = target.lastIndex(of: "/") { _ = try OutputFolder(String(target[..<slash])) }
    let isOwnAffair = name.hasPrefix(".study/")
    if !isOwnAffair { journal.add(SHA256.hexadecimal(bytes)) }
    do {
      try Data(bytes).write(to: URL(filePath: temporary))
    } catch {
      throw FileError.cannotWrite(path: target, reason: reason(error))
    }
    if !isOwnAffair { try keepForeign(name) }
    try move(temporary, to: target)
  }

  /// Gives a file that no study wrote, or that was changed since, another name.
  private func keepForeign(_ name: String) throws {
    guard let bytes = bytes(of: name), !journal.contains(SHA256.hexadecimal(bytes)) else { return }
    let free = (1...).lazy.map { $0 == 1 ? "\(name).kept" : "\(name).kept-\($0)" }
      .first { !FileManager.default.fileExists(atPath: "\(self.path)/\($0)") }
    guard let free else { return }
    try move("\(path)/\(name)", to: "\(path)/\(free)")
    keptFiles.withLock { $0.append(KeptFile(name: name, newName: free)) }
  }

  private func move(_ old: String, to new: String) throws {
    guard SystemFile.move(old, to: new) else {
      throw FileError.cannotWrite(path: new, reason: systemReason())
    }
  }

  /// A file's bytes, or nil where there is none.
  func bytes(of name: String) -> [UInt8]? { Self.bytes(at: "\(path)/\(name)") }

  private static func bytes(at path: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(filePath: path))).map { [UInt8]($0) }
  }

  /// Removes a file, unless it is not as a study wrote it.
  func removeOwn(_ name: String) {
    guard let bytes = bytes(of: name), journal.contains(SHA256.hexadecimal(bytes)) else { return }
    remove(name)
  }

  /// Removes a file, and its folder if it was the last one there.
  func remove(_ name: String) {
    let manager = FileManager.default
    try? manager.removeItem(atPath: "\(path)/\(name)")
    guard let slash = name.lastIndex(of: "/") else { return }
    let folder = "\(path)/\(name[..<slash])"
    if (try? manager.contentsOfDirectory(atPath: folder))?.isEmpty == true {
      try? manager.removeItem(atPath: folder)
    }
  }

  /// What a step left behind, if anything.
  func record(of step: String) -> StepRecord? { bytes(of: Self.recordName(step)).flatMap(StepRecord.init) }

  /// Keeps what a step leaves behind.
  func keep(_ record: StepRecord, of step: String) throws {
    try write(record.bytes(), to: Self.recordName(step))
  }

  /// Forgets a step. The folder of records stays, for other steps may be about to write there.
  func forget(_ step: String) {
    try? FileManager.default.removeItem(atPath: "\(path)/\(Self.recordName(step))")
  }

  /// The steps that left something behind, in the order of their names.
  var recordedSteps: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/.study/records")) ?? []
    return names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  private static func recordName(_ step: String) -> String { ".study/records/\(step).json" }
}

/// What can keep a study from its folder.
enum StudyFolderError: Fault {
  case isBusy(path: String)
  /// The study reads a file that stands where it writes.
  case overwritesInput(input: String, by: String, folder: String)

  var kind: FaultKind {
    switch self {
    case .isBusy: .file
    case .overwritesInput: .usage
    }
  }

  var description: String {
    switch self {
    case .isBusy(let path):
      "Another run of a study is writing to \(path); wait until it ends, or name another folder with --out."
    case .overwritesInput(let input, let writer, let folder):
      "The study reads \(input), which stands where \(writer) would write in the folder of outputs, \(folder)."
        + " Move the file, or name another folder with --out."
    }
  }
}
