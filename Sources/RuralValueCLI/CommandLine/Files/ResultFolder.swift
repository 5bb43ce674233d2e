import RuralValue

/// The folder of `--out`, where results of two calls never mix.
///
/// Where a call and an earlier one have no file name in common, both stay. Where they have any, the earlier call's
/// files go: those that are as it wrote them are removed, those that were changed since become NAME.kept. So does a
/// file under one of the call's names that no call recorded. `call.json` tells which calls' results stand there.
///
/// Every digest is written down before a file takes its name, and a lock keeps other calls out, so that whatever ends
/// a call, every file is whole and the next call knows whose it is.
struct ResultFolder {
  private let folder: OutputFolder
  private let lock: SystemFile?
  private let earlier: CallDocument
  /// Whether somebody else's file stands in the place of the record.
  private let meetsForeignRecord: Bool

  private static let temporaries = ".ruralvalue-out-"

  /// The names of everything that is written besides a call's files.
  static let ownNames = [CallDocument.name]

  /// Opens a folder, made if it is missing, and waits until no other call writes there.
  init(_ path: String) throws(FileError) {
    try OutputFile.makeFolder(path)
    // A disk that knows no locks is written to without one.
    lock = SystemFile(path, for: .listing)
    _ = lock?.lock(waiting: true)
    for name in SystemFile.names(in: path) where name.hasPrefix(Self.temporaries) {
      SystemFile.remove(FileName.path(path, name))
    }
    let record = FileName.path(path, CallDocument.name)
    let bytes =
      FileStatus(at: record)?.kind == .file ? try? InputFile.bytes(at: record, calledBy: record) : nil
    let document = bytes.flatMap { CallDocument($0) }
    meetsForeignRecord = document == nil && FileStatus(at: record, behindLinks: false) != nil
    let earlier = document ?? CallDocument()
    self.earlier = earlier
    folder = OutputFolder(path, temporaries: Self.temporaries) { earlier.knows($0, $1) }
  }

  /// Lets other calls in.
  func close() { lock?.close() }

  /// Writes a call's files. Returns what the person must know of files that were there.
  ///
  /// Files that the call read, known by their identities, stay in any case.
  func write(
    _ files: [(name: String, bytes: [UInt8])], of call: CallRecord, reading inputs: [FileStatus.Identity]
  ) throws(FileError) -> [Phrase] {
    func meets(_ other: CallRecord) -> Bool {
      other.outputs.contains { !call.digests(of: $0.name).isEmpty }
    }
    let replaced = earlier.calls.filter(meets)
    var document = earlier
    let position = document.calls.firstIndex(where: meets) ?? document.calls.count
    document.calls.removeAll(where: meets)
    document.calls.insert(call, at: min(position, document.calls.count))

    // What is written again as it stands there needs no digest.
    let same = files.filter { folder.holds($0.bytes, under: $0.name) }.map(\.name)
    let departures = replaced.map { Departure($0, in: folder, for: call, besides: same, reading: inputs) }
    let waiting = try prepare(files, besides: same)
    do throws(FileError) {
      if meetsForeignRecord { try folder.putAside(CallDocument.name) }
      if !call.outputs.allSatisfy({ earlier.knows($0.name, $0.sha256) }) {
        var both = earlier
        both.calls.append(call)
        try folder.replace(CallDocument.name, with: both.bytes)
      }
      for file in waiting { try folder.put(file) }
      for departure in departures {
        departure.removed.forEach(folder.remove)
        for name in departure.changed { try folder.putAside(name) }
      }
      try folder.replace(CallDocument.name, with: document.bytes)
    } catch {
      waiting.forEach { $0.discard() }
      throw error
    }
    return departures.compactMap { $0.note(in: folder.path) } + folder.kept.map(keptNote)
  }

  /// All bytes beside the files, so that a disk that is too full for them is found before anything is changed.
  private func prepare(
    _ files: [(name: String, bytes: [UInt8])], besides same: [String]
  ) throws(FileError) -> [OutputFolder.Waiting] {
    var waiting: [OutputFolder.Waiting] = []
    for file in files {
      do throws(FileError) {
        waiting.append(
          try folder.prepare(
            file.bytes, for: file.name, isThere: same.contains { FileName.isSame($0, file.name) }))
      } catch {
        waiting.forEach { $0.discard() }
        throw error
      }
    }
    return waiting
  }

  private func keptNote(_ file: OutputFolder.KeptFile) -> Phrase {
    Phrase(
      "In \(VisibleText.line(folder.path)), \(file.name) was not as a call had written it; it is kept as"
        + " \(file.newName).",
      zh: "\(VisibleText.line(folder.path))中的\(file.name)与先前命令写出的不同，已另存为\(file.newName)。")
  }
}

/// What becomes of an earlier call's files when another call writes some of their names.
private struct Departure {
  let call: CallRecord
  /// Files that the new call does not write, and that are as the earlier one wrote them.
  var removed: [String] = []
  /// Files that the new call does not write, and that were changed since.
  var changed: [String] = []
  /// Files as the earlier call wrote them in whose place the new call writes other bytes.
  private var overwritten: [String] = []

  init(
    _ call: CallRecord, in folder: OutputFolder, for new: CallRecord, besides same: [String],
    reading inputs: [FileStatus.Identity]
  ) {
    self.call = call
    for file in call.outputs where !same.contains(where: { FileName.isSame($0, file.name) }) {
      guard let status = FileStatus(at: folder.place(of: file.name)), !inputs.contains(status.identity),
        let digest = folder.digest(of: file.name)
      else { continue }
      let written = new.digests(of: file.name)
      if written.isEmpty {
        if folder.isOwn(file.name, digest) { removed.append(file.name) } else { changed.append(file.name) }
      } else if folder.isOwn(file.name, digest), !written.contains(digest), call.words != new.words {
        overwritten.append(file.name)
      }
    }
  }

  /// Which files went.
  func note(in folder: String) -> Phrase? {
    let gone = (overwritten + removed).joined(separator: ", ")
    guard !gone.isEmpty else { return nil }
    let folder = VisibleText.line(folder)
    return Phrase(
      "In \(folder), the results of an earlier call went, for it and this call have file names in common: \(gone)."
        + " It was: \(call.line)",
      zh: "\(folder)中先前命令的结果已移除，因其与本次命令有同名文件：\(gone)。先前的命令：\(call.line)")
  }
}
