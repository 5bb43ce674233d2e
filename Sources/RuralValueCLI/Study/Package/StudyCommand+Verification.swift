import RuralValue
import RuralValueFormats

extension StudyCommand {
  /// The package that an input names, by its folder or by its list of contents; nil where it names a study file.
  ///
  /// Throws `PackageError` for a folder that is none.
  static func package(at path: String) throws(PackageError) -> String? {
    if FileName.last(of: path) == PackageContents.name,
      let bytes = try? InputFile.bytes(at: path, calledBy: path),
      (try? PackageContents(bytes, source: path)) != nil
    {
      let folder = FileName.folder(of: path)
      return folder.isEmpty ? "." : String(folder.dropLast())
    }
    guard FileStatus(at: path)?.kind == .folder else { return nil }
    guard FileStatus(at: FileName.path(path, PackageContents.name)) != nil else {
      throw .isFolder(path: path, hasStudy: FileStatus(at: FileName.path(path, PackagedStudy.name)) != nil)
    }
    return path
  }

  /// Runs the study of a package again, and says what differs from the package; with `--check`, looks at what is there.
  func verify(_ package: String, _ inputs: InputReader) throws -> CommandAnswer {
    func path(_ name: String) -> String { FileName.path(package, name) }
    func bytes(_ name: String) throws -> [UInt8] { try InputFile.bytes(at: path(name), calledBy: path(name)) }
    let contents = try PackageContents(
      try bytes(PackageContents.name), source: path(PackageContents.name))
    let missing = contents.data.filter { FileStatus(at: path($0.path)) == nil }
    guard missing.isEmpty || checksOnly && contents.hasData == false else {
      throw PackageError.dataMissing(package: package, files: missing)
    }
    let data = try contents.data.filter { file in !missing.contains(file) }.map {
      PackageVerification.DataFile(file: $0, found: SHA256.hexadecimal(try bytes($0.path)))
    }
    let manifest = try bytes(contents.manifest)
    guard let before = ManifestListing(manifest) else {
      throw PackageError.noManifest(path: path(contents.manifest))
    }
    let study = try bytes(PackagedStudy.name)
    var changed: [String] = []
    if SHA256.hexadecimal(study) != before.study.sha256 { changed.append(PackagedStudy.name) }
    if SHA256.hexadecimal(manifest) != contents.manifestSHA256 { changed.append(contents.manifest) }
    func held(_ place: String) -> [UInt8]? { try? bytes("\(contents.results)/\(place)") }
    guard !checksOnly else {
      let whole = PackageComparison(before, before, old: held, new: held)
      return answer(
        PackageVerification(
          contents: contents, data: data, comparison: nil, changed: changed + whole.changed), missing: missing
      )
    }
    var inside = StudyCommand.standard()
    for option in contents.options { inside = try inside.with(option.name, option.text) }
    (inside.outputPath, inside.jobs, inside.isFresh) = (
      outputPath ?? path("\(contents.results)-new"), jobs, isFresh
    )
    inside.keyPath = keyPath
    inside.call.delivery.isQuiet = call.delivery.isQuiet
    inside.call.inputs = [path(PackagedStudy.name)]
    let ready = try inside.ready(path(PackagedStudy.name), bytes: study)
    // A package has all that it reads; one that does not is somebody's attempt to read more.
    guard ready.reach.reads.isEmpty else {
      throw PackageError.readsElsewhere(package: package, files: ready.reach.reads)
    }
    let (key, reason) = try inside.key(inputs)
    let finished = try inside.carryOut(ready, key: key, inputs)
    guard let after = ManifestListing(finished.delivered.manifest.bytes) else {
      throw PackageError.noManifest(path: ready.files.outputFolder)
    }
    let comparison = PackageComparison(before, after, old: held, new: finished.folder.bytes)
    var answer = answer(
      PackageVerification(
        contents: contents, data: data, comparison: comparison, changed: changed + comparison.changed),
      missing: [],
      notes: [reason.map(keylessNote)].compactMap(\.self))
    answer.complaints = finished.failures.failures.map(\.complaint)
    answer.closing.append(
      Phrase("What was made: \(ready.files.outputFolder)", zh: "本次结果：\(ready.files.outputFolder)"))
    return answer
  }

  private func answer(
    _ verification: PackageVerification, missing: [PackagedFile], notes: [Phrase] = []
  ) -> CommandAnswer {
    var answer = CommandAnswer(
      document: ResultDocument(
        command: "study", sample: nil, parts: verification.parts,
        values: [
          JSONMember("same", .boolean(verification.holds)),
          JSONMember("missing", JSONValue(missing.map(\.path))),
          JSONMember("changed", JSONValue(verification.changed)),
        ], notes: notes),
      exitCode: verification.holds ? .done : .decisionErrors)
    answer.closing = verification.sentences
    if !missing.isEmpty {
      let names = missing.map(\.path).joined(separator: ", ")
      answer.closing.append(Phrase("Still to be got: \(names)", zh: "尚待获取：\(names)"))
    }
    return answer
  }
}
