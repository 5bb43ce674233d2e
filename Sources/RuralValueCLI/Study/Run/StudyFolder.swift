import RuralValue
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder that a study writes into.
///
/// Every file is written into `.study/tmp` and then takes its name in one step, so that whatever kills the run
/// leaves whole files only. `.study/records` holds what each step left behind.
final class StudyFolder: Sendable {
  /// The folder as the call names it.
  let path: String
  private let count = Mutex(0)
  private let lock: Int32

  /// The folder, made if it is missing, with the leftovers of a killed run swept away.
  ///
  /// Throws `FileError` where it cannot be made, and `StudyFolderError.isBusy` while another run writes there.
  init(_ path: String) throws {
    self.path = path
    _ = try OutputFolder(path)
    _ = try OutputFolder(path + "/.study/records")
    lock = unsafe open(path + "/.study/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard lock >= 0 else { throw FileError.cannotWrite(path: path, reason: "the folder takes no files") }
    // The system lets go of the lock when the process ends, however it ends.
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw StudyFolderError.isBusy(path: path)
    }
    try? FileManager.default.removeItem(atPath: path + "/.study/tmp")
    _ = try OutputFolder(path + "/.study/tmp")
  }

  deinit { close(lock) }

  /// Writes a file whole or not at all; folders above it are made.
  func write(_ bytes: [UInt8], to name: String) throws {
    let number = count.withLock { count in
      count += 1
      return count
    }
    let temporary = "\(path)/.study/tmp/\(number)"
    let target = "\(path)/\(name)"
    if let slash = target.lastIndex(of: "/") { _ = try OutputFolder(String(target[..<slash])) }
    do {
      try Data(bytes).write(to: URL(filePath: temporary))
    } catch {
      throw FileError.cannotWrite(path: target, reason: reason(error))
    }
    guard unsafe rename(temporary, target) == 0 else {
      let reason = unsafe String(cString: strerror(errno))
      throw FileError.cannotWrite(path: target, reason: reason)
    }
  }

  /// A file's bytes, or nil where there is none.
  func bytes(of name: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(filePath: "\(path)/\(name)"))).map { [UInt8]($0) }
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

  /// Forgets a step.
  func forget(_ step: String) { remove(Self.recordName(step)) }

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

  var kind: FaultKind { .file }

  var description: String {
    switch self {
    case .isBusy(let path):
      "Another run of a study is writing to \(path); wait until it ends, or name another folder with --out."
    }
  }
}
