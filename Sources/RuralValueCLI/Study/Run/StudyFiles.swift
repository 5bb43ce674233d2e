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
  private let entries = Mutex<[String: Entry]>([:])
  private let names = Mutex<[String]>([])

  /// The files that were required so far, each once.
  var required: [String] { names.withLock { $0 } }

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
  func require(_ name: String) throws {
    names.withLock { names in if !names.contains(name) { names.append(name) } }
    try DiskFiles.require(location(of: name), calledBy: name)
  }

  /// Throws `StudyFolderError.overwritesInput` where one of these files stands where the study writes.
  ///
  /// Only a step's own folder, the report, the manifest and the records are the study's; other files may well stand
  /// in the folder of outputs.
  func requireApart(_ inputs: [String]) throws(StudyFolderError) {
    for input in inputs {
      let step = steps.sorted().first { input.hasPrefix("\(outputName)/\($0)/") }
      guard let writer = step.map({ "the step \($0)" }) ?? writer(at: location(of: input)) else { continue }
      throw .overwritesInput(input: input, by: writer, folder: outputFolder)
    }
  }

  /// What writes to a place on the disk, if the study does.
  private func writer(at location: String) -> String? {
    let place = Self.real(location)
    for name in ["report.html", "manifest.json"] where place == Self.real("\(outputFolder)/\(name)") {
      return name
    }
    return (steps.sorted() + [".study"]).first { place.hasPrefix(Self.real("\(outputFolder)/\($0)") + "/") }
      .map { $0 == ".study" ? "the study's record" : "the step \($0)" }
  }

  /// The path without symbolic links, as far as it is there.
  static func real(_ path: String) -> String {
    var place = URL(filePath: path)
    var rest: [String] = []
    while true {
      if let real = unsafe realpath(place.path, nil) {
        defer { unsafe free(real) }
        let found = unsafe String(cString: real)
        // What is missing will be made as named, and a step back undoes one of these.
        return rest.reduce(URL(filePath: found)) { place, name in
          name == ".." ? place.deletingLastPathComponent() : name == "." ? place : place.appending(path: name)
        }.path
      }
      guard place.path != "/" else { return path }
      rest.insert(place.lastPathComponent, at: 0)
      place.deleteLastPathComponent()
    }
  }
}
