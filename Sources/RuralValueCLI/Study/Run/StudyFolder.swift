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
  private let lock: SystemFile
  private let journal: StudyJournal
  private let files: OutputFolder

  /// The folder, made if it is missing, with the leftovers of a killed run swept away.
  ///
  /// Throws `FileError` where it cannot be made, and `StudyFolderError.isBusy` while another run writes there.
  init(_ path: String) throws {
    self.path = path
    try OutputFile.makeFolder(path + "/.study/records")
    guard let lock = SystemFile(path + "/.study/lock", for: .locking) else {
      throw FileError.cannotWrite(path: path + "/.study/lock", reason: systemReason())
    }
    self.lock = lock
    guard lock.lock() else {
      let (isBusy, reason) = (errno == EWOULDBLOCK, systemReason())
      lock.close()
      guard isBusy else { throw FileError.cannotWrite(path: path + "/.study/lock", reason: reason) }
      throw StudyFolderError.isBusy(path: path)
    }
    for name in SystemFile.names(in: path + "/.study/tmp") { SystemFile.remove("\(path)/.study/tmp/\(name)") }
    try OutputFile.makeFolder(path + "/.study/tmp")
    let journal = StudyJournal(path + "/.study/written")
    self.journal = journal
    files = OutputFolder(path, temporaries: ".study/tmp/") { journal.contains($1) }
    journal.know(EarlierManifest.digests(bytes(of: "manifest.json") ?? []))
  }

  deinit { lock.close() }

  /// The files that were put aside, in the order of their names.
  var kept: [OutputFolder.KeptFile] { files.kept }

  /// Writes a file whole or not at all; folders above it are made.
  func write(_ bytes: [UInt8], to name: String) throws {
    journal.add(SHA256.hexadecimal(bytes))
    try files.write(bytes, to: name)
  }

  /// A file's bytes, or nil where there is none.
  func bytes(of name: String) -> [UInt8]? { files.bytes(of: name) }

  /// Removes a file, unless it is not as a study wrote it.
  func removeOwn(_ name: String) { files.removeOwn(name) }

  /// Removes a file, and its folder if it was the last one there.
  func remove(_ name: String) { files.remove(name) }

  /// What a step left behind, if anything.
  func record(of step: String) -> StepRecord? { bytes(of: Self.recordName(step)).flatMap(StepRecord.init) }

  /// Keeps what a step leaves behind.
  func keep(_ record: StepRecord, of step: String) throws {
    try files.replace(Self.recordName(step), with: record.bytes())
  }

  /// Forgets a step. The folder of records stays, for other steps may be about to write there.
  func forget(_ step: String) {
    SystemFile.remove(files.place(of: Self.recordName(step)))
  }

  /// The steps that left something behind, in the order of their names.
  var recordedSteps: [String] {
    SystemFile.names(in: path + "/.study/records").filter { $0.hasSuffix(".json") }.map {
      String($0.dropLast(5))
    }
  }

  private static func recordName(_ step: String) -> String { ".study/records/\(step).json" }
}

/// What can keep a study from its folder.
enum StudyFolderError: Fault {
  case isBusy(path: String)

  var kind: FaultKind { .file }

  var description: String {
    switch self {
    case .isBusy(let path):
      "Another run of a study is writing to \(path); wait until it ends, or name another folder with --out."
    }
  }
}
