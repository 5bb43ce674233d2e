import RuralValue
import RuralValueFormats
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files of a study by the names that its calls use, each read once a run.
///
/// Calls name the study's inputs as the study file does, from the folder where it stands, and the files of
/// steps from the folder of outputs as the study file names it. So calls, results and the manifest are the
/// same wherever the study lies and wherever it writes.
final class StudyFiles: InputFiles {
  /// A file's bytes and their digest.
  struct Entry: Sendable {
    let bytes: [UInt8]
    let sha256: String
  }

  private let studyFolder: String
  private let outputName: String
  private let outputFolder: String
  private let steps: Set<String>
  private let entries = Mutex<[String: Entry]>([:])

  /// The files of a study that stands in a folder and writes into another.
  init(studyFolder: String, outputName: String = "", outputFolder: String = "", steps: Set<String> = []) {
    self.studyFolder = studyFolder
    self.outputName = outputName
    self.outputFolder = outputFolder
    self.steps = steps
  }

  /// Where a file stands that calls name so.
  func location(of name: String) -> String {
    if name.hasPrefix(outputName + "/") {
      let rest = name.dropFirst(outputName.count + 1)
      if let step = rest.split(separator: "/").first, steps.contains(String(step)) {
        return outputFolder + "/" + rest
      }
    }
    return name.hasPrefix("/") || studyFolder.isEmpty ? name : studyFolder + "/" + name
  }

  /// The file's bytes. Throws `FileError`, which names it as the call did.
  func bytes(of name: String) throws -> [UInt8] { try entry(name).bytes }

  /// The file's bytes and digest.
  func entry(_ name: String) throws -> Entry {
    if let known = entries.withLock({ $0[name] }) { return known }
    let bytes = try DiskFiles.bytes(at: location(of: name), calledBy: name)
    let entry = Entry(bytes: bytes, sha256: SHA256.hexadecimal(bytes))
    entries.withLock { $0[name] = entry }
    return entry
  }

  /// Remembers what a step has just written, so that steps after it need not read it.
  func remember(_ name: String, _ entry: Entry) { entries.withLock { $0[name] = entry } }

  /// Throws `FileError` where there is no such file, without reading it.
  func require(_ name: String) throws { try DiskFiles.require(location(of: name), calledBy: name) }
}
