import RuralValue
import RuralValueFormats
import Synchronization

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
  /// The folder of outputs on the disk.
  let outputFolder: String
  private let steps: Set<String>
  private let entries: Mutex<[[UInt8]: Entry]>
  private let names = Mutex<[String]>([])

  /// The files that were required so far, each once.
  var required: [String] { names.withLock { $0 } }

  /// The files of a study that stands in a folder and writes into another; what was read before is not read again,
  /// for a pipe gives its bytes once.
  init(
    studyFolder: String, outputName: String = "", outputFolder: String = "", steps: Set<String> = [],
    after earlier: StudyFiles? = nil
  ) {
    entries = Mutex(earlier?.entries.withLock { $0 } ?? [:])
    self.studyFolder = studyFolder
    self.outputName = outputName
    self.outputFolder = outputFolder
    self.steps = steps
  }

  /// The folder of a study file; of one at the root of the disk /. rather than /, which a cut would lose.
  static func folder(ofStudy path: String) -> String {
    let folder = String(FileName.folder(of: path).dropLast())
    return FileName.isAbsolute(path) && folder.isEmpty ? "/." : folder
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

  func status(of name: String) -> FileStatus? { FileStatus(at: location(of: name)) }

  /// The file of a name that may name a sheet, too.
  private func file(of name: String) -> String {
    SheetPath.parts(of: name) { status(of: $0) != nil }.file
  }

  /// The file's bytes and digest.
  func entry(_ name: String) throws -> Entry {
    let name = file(of: name)
    let key = FileName.bytes(name)
    if let known = entries.withLock({ $0[key] }) { return known }
    let bytes = try InputFile.bytes(at: location(of: name), calledBy: name)
    let entry = Entry(bytes: bytes, sha256: SHA256.hexadecimal(bytes))
    entries.withLock { $0[key] = entry }
    return entry
  }

  /// Remembers what a step has just written, so that steps after it need not read it.
  func remember(_ name: String, _ entry: Entry) { entries.withLock { $0[FileName.bytes(name)] = entry } }

  /// Throws `FileError` where there is no such file, without reading it.
  func require(_ name: String) throws {
    let name = file(of: name)
    names.withLock { names in if !names.contains(name) { names.append(name) } }
    try InputFile.require(location(of: name), calledBy: name)
  }

  /// Throws `FileError.overwritesInput` where one of these files stands where the study writes.
  ///
  /// Only a step's own folder, the report, the manifest and the records are the study's; other files may well stand
  /// in the folder of outputs.
  func requireApart(_ inputs: [String]) throws(FileError) {
    func writes(_ what: String) -> String { "\(what) would write in the folder of outputs, \(outputFolder)" }
    try InputGuard(reader: "The study").requireApart(
      inputs.map { .init(name: $0, place: location(of: $0), status: status(of: $0)) },
      from: ["report.html", "manifest.json", AnswerFiles.allTables].map {
        .file("\(outputFolder)/\($0)", writer: writes($0))
      }
        + steps.sorted().map { .folder("\(outputFolder)/\($0)", writer: writes("the step \($0)")) }
        + [.folder("\(outputFolder)/.study", writer: writes("the study's record"))])
  }
}
