import RuralValue

/// What a study reaches outside the folder of its file.
///
/// A study can read any file that its user can, and put it into a report; it writes its steps' folders, the report and
/// the manifest into one folder of its choice, where it keeps every file that is not its own. It runs nothing. So whoever
/// gets a study from elsewhere must be told which files and which folder these are.
struct StudyReach {
  /// The folder of outputs, where it lies elsewhere; behind all links.
  let writes: String?
  /// The files that it reads elsewhere, as it names them and, where a link leads to them, as they are.
  let reads: [String]

  /// What a study reaches whose file stands in a folder.
  init(_ inputs: [String], files: StudyFiles, studyFolder: String) {
    // Behind what is there, a step back undoes a folder that would be made.
    func real(_ path: String) -> String { URL(filePath: SystemFile.realPath(path)).standardized.path }
    let home = real(studyFolder)
    func isOutside(_ place: String) -> Bool {
      home != "/" && place != home && !place.hasPrefix("\(home)/")
    }
    let folder = real(files.outputFolder)
    writes = isOutside(folder) ? folder : nil
    reads = inputs.compactMap { name in
      let place = real(files.location(of: name))
      guard isOutside(place), !place.hasPrefix("\(folder)/") else { return nil }
      let plain = URL(filePath: FileName.isAbsolute(name) ? name : FileName.path(home, name)).standardized
        .path
      return place == plain ? name : "\(name) (\(place))"
    }
  }

  /// That it writes elsewhere.
  var writingNote: Phrase? {
    writes.map {
      Phrase("The study writes outside the folder of its file, into \($0).", zh: "本研究写入其文件所在文件夹之外：\($0)。")
    }
  }

  /// What is to be known before it is run.
  var sentences: [Phrase] {
    let list = reads.joined(separator: ", ")
    let reading = Phrase(
      "The study reads outside the folder of its file: \(list).", zh: "本研究读取其文件所在文件夹之外的文件：\(list)。")
    return (writingNote.map { [$0] } ?? []) + (reads.isEmpty ? [] : [reading])
  }

  /// The same for programs.
  var member: JSONMember {
    JSONMember(
      "outside",
      .object([
        JSONMember("writes", writes.map { .string($0) } ?? .null), JSONMember("reads", JSONValue(reads)),
      ]))
  }
}
