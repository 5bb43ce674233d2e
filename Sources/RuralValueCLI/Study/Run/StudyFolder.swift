import RuralValue
import RuralValueFormats
import Synchronization

/// The folder that a study writes into.
///
/// Every file is written into `.study/tmp` and then takes its name in one step, so that whatever kills the run
/// leaves whole files only. `.study/records` holds what each step left behind, `.study/written` the digest of
/// everything that a study ever wrote here: a file that is not among it is somebody's own or was changed by hand,
/// and is kept under another name instead of being overwritten. Both are believed as far as the key has signed them.
/// All folders are held open and no link in them is followed, so that nothing outside is ever written or removed.
final class StudyFolder: Sendable {
  /// The folder as the call names it.
  let path: String
  private let root: HeldFolder
  private let records: HeldFolder
  private let temporaries: HeldFolder
  private let key: RecordKey?
  private let count = Mutex(0)
  private let lock: SystemFile
  private let journal: StudyJournal
  private let keptFiles = Mutex<[OutputFolder.KeptFile]>([])

  /// The folder, made if it is missing, with the leftovers of a killed run swept away.
  ///
  /// Without a key nothing of earlier runs is believed, and nothing is left for later ones to believe.
  ///
  /// Throws `FileError` where it cannot be made, `StudyFolderError.isInTheWay` for what is no folder of the study's
  /// own, and `StudyFolderError.isBusy` while another run writes there.
  init(_ path: String, key: RecordKey?) throws {
    self.path = path
    self.key = key
    try OutputFile.makeFolder(path)
    root = try Self.opened(HeldFolder(path), path)
    let own = try Self.folder(Self.ownName, in: root)
    guard let lock = own.file("lock") else {
      throw FileError.cannotWrite(path: own.path + "/lock", reason: systemReason())
    }
    self.lock = lock
    guard lock.lock() else {
      let (isBusy, reason) = (errno == EWOULDBLOCK, systemReason())
      lock.close()
      guard isBusy else { throw FileError.cannotWrite(path: own.path + "/lock", reason: reason) }
      throw StudyFolderError.isBusy(path: path)
    }
    records = try Self.folder("records", in: own)
    temporaries = try Self.folder("tmp", in: own)
    for name in temporaries.names { temporaries.remove(name) }
    journal = StudyJournal(in: own, key: key)
  }

  deinit { lock.close() }

  /// The folder of records inside the folder of outputs.
  static let ownName = ".study"

  /// Throws `StudyFolderError.isInTheWay` where something stands in the place of a folder or file that the study needs
  /// for itself: a symbolic link above all, through which it would write and delete elsewhere.
  ///
  /// The folder of outputs itself may be a link, for its user named it. A report or an output that is a link is put
  /// aside as other files are, without a look at what it points to.
  static func requireOwn(_ path: String, steps: [String]) throws(StudyFolderError) {
    guard let root = HeldFolder(path) else { return }
    func require(_ name: String, in folder: HeldFolder, _ expected: FileStatus.Kind) throws(StudyFolderError)
    {
      guard let kind = folder.status(of: name)?.kind, kind != expected else { return }
      throw .isInTheWay(
        path: "\(folder.path)/\(name)", isLink: kind == .link,
        expected: expected == .folder ? "folder" : "file")
    }
    for name in [ownName] + steps { try require(name, in: root, .folder) }
    guard let own = root.folder(ownName) else { return }
    for name in ["records", "tmp"] { try require(name, in: own, .folder) }
    for name in ["lock", "written"] { try require(name, in: own, .file) }
  }

  private static func folder(_ name: String, in folder: HeldFolder) throws -> HeldFolder {
    try opened(folder.folder(name, isMade: true), "\(folder.path)/\(name)")
  }

  private static func opened(_ folder: HeldFolder?, _ path: String) throws -> HeldFolder {
    guard let folder else { throw FileError.cannotMakeFolder(path: path, reason: systemReason()) }
    return folder
  }

  /// The files that were put aside, in the order of their names.
  var kept: [OutputFolder.KeptFile] { keptFiles.withLock { $0 }.sorted { $0.name < $1.name } }

  /// Writes a file of the study whole or not at all.
  func write(_ bytes: [UInt8], to name: String) throws {
    try write([(name, StudyFiles.Entry(bytes: bytes, sha256: SHA256.hexadecimal(bytes)))])
  }

  /// Writes the files of a step, whose folder is made, and what the step leaves behind.
  func write(_ files: [(name: String, entry: StudyFiles.Entry)], _ record: StepRecord, of step: String) throws
  {
    guard let key else {
      try write(files)
      return forget(step)
    }
    let name = Self.recordName(step)
    let place = (folder: records, file: name, name: "\(Self.ownName)/records/\(name)")
    try write(files, then: (place, record.bytes(of: step, signedWith: key)))
  }

  /// Writes files and perhaps a record, each whole or not at all: all bytes are on the disk before the first file takes
  /// its name, so that a disk without room for them leaves everything as it was.
  private func write(
    _ files: [(name: String, entry: StudyFiles.Entry)], then record: (Place, bytes: [UInt8])? = nil
  ) throws {
    var written: [(temporary: String, place: Place)] = []
    do {
      for (name, entry) in files {
        let place = try self.place(of: name, isMade: true)
        journal.add(entry.sha256)
        let temporary = try self.temporary(entry.bytes, for: name, like: place.folder.status(of: place.file))
        written.append((temporary, place))
      }
      if let (place, bytes) = record { written.append((try temporary(bytes, for: place.name), place)) }
    } catch {
      for (temporary, place) in written {
        temporaries.remove(temporary)
        removeEmptyFolder(of: place)
      }
      throw error
    }
    for (temporary, place) in written {
      if place.folder !== records { try keepForeign(place) }
      try move(temporary, in: temporaries, to: place)
    }
  }

  /// A name and the folder in which it stands.
  private typealias Place = (folder: HeldFolder, file: String, name: String)

  private func place(of name: String, isMade: Bool) throws -> Place {
    let step = Self.step(of: name)
    guard !step.isEmpty else { return (root, name, name) }
    let folder = try Self.opened(root.folder(step, isMade: isMade), "\(path)/\(step)")
    return (folder, FileName.last(of: name), name)
  }

  /// The folder of a step's file; empty for the study's own files.
  private static func step(of name: String) -> String { String(FileName.folder(of: name).dropLast()) }

  /// Writes bytes under a name that nothing else has. Throws `FileError` for the file that they are to become.
  private func temporary(_ bytes: [UInt8], for name: String, like other: FileStatus? = nil) throws -> String {
    while true {
      let number = count.withLock { count in
        count += 1
        return count
      }
      if temporaries.make("\(number)", bytes, like: other?.kind == .file ? other : nil) { return "\(number)" }
      guard errno == EEXIST else {
        let reason = systemReason()
        // Half a file would take up the room that others may still need.
        temporaries.remove("\(number)")
        throw FileError.cannotWrite(path: "\(path)/\(name)", reason: reason)
      }
    }
  }

  /// Gives a file that no study wrote, or that was changed since, another name; a link too, itself.
  private func keepForeign(_ place: Place) throws {
    guard let kind = place.folder.status(of: place.file)?.kind, kind != .folder, !isOwn(place) else { return }
    let free = OutputFolder.keptName(of: place.file) { place.folder.status(of: $0) == nil }
    let step = place.name.dropLast(place.file.count)
    try move(place.file, in: place.folder, to: (place.folder, free, "\(step)\(free)"))
    keptFiles.withLock { $0.append(OutputFolder.KeptFile(name: place.name, newName: "\(step)\(free)")) }
  }

  private func isOwn(_ place: Place) -> Bool {
    place.folder.bytes(of: place.file).map(isOwn) ?? false
  }

  /// Whether a study wrote these bytes here.
  func isOwn(_ bytes: [UInt8]) -> Bool { journal.contains(SHA256.hexadecimal(bytes)) }

  private func move(_ old: String, in folder: HeldFolder, to place: Place) throws {
    guard folder.move(old, to: place.folder, as: place.file) else {
      throw FileError.cannotWrite(path: "\(path)/\(place.name)", reason: systemReason())
    }
  }

  /// A file's bytes, or nil where there is none, or a link.
  func bytes(of name: String) -> [UInt8]? {
    (try? place(of: name, isMade: false)).flatMap { $0.folder.bytes(of: $0.file) }
  }

  /// Removes a file, unless it is not as a study wrote it.
  func removeOwn(_ name: String) {
    if let bytes = bytes(of: name), isOwn(bytes) { remove(name) }
  }

  /// Removes a file, and its folder if it was the last one there.
  func remove(_ name: String) {
    guard let place = try? place(of: name, isMade: false) else { return }
    place.folder.remove(place.file)
    removeEmptyFolder(of: place)
  }

  /// Removes the folder of a step's file if nothing stands in it.
  private func removeEmptyFolder(of place: Place) {
    let step = Self.step(of: place.name)
    if place.folder !== root, !step.isEmpty { root.removeEmpty(step) }
  }

  /// What a step left behind, if anything that can be believed.
  func record(of step: String) -> StepRecord? {
    key.flatMap { key in
      records.bytes(of: Self.recordName(step)).flatMap { StepRecord($0, of: step, signedWith: key) }
    }
  }

  /// Forgets a step. The folder of records stays, for other steps may be about to write there.
  func forget(_ step: String) { records.remove(Self.recordName(step)) }

  /// The steps that left something behind, in the order of their names.
  var recordedSteps: [String] {
    records.names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
  }

  /// The name of a step's record.
  static func recordName(_ step: String) -> String { "\(step).json" }
}

/// What can keep a study from its folder.
enum StudyFolderError: Fault {
  case isBusy(path: String)
  /// Something stands where the study needs a folder or a file for itself alone.
  case isInTheWay(path: String, isLink: Bool, expected: String)

  var kind: FaultKind { .file }

  var description: String {
    switch self {
    case .isBusy(let path):
      "Another run of a study is writing to \(path); wait until it ends, or name another folder with --out."
    case .isInTheWay(let path, isLink: true, let expected):
      "\(path) is a symbolic link; expected a \(expected) of the study's own, for through a link it would write and"
        + " delete elsewhere. Nothing was done: remove the link, or name another folder with --out."
    case .isInTheWay(let path, isLink: false, let expected):
      "\(path) is in the way: expected a \(expected) of the study's own. Move it elsewhere, or name another folder with"
        + " --out."
    }
  }
}
