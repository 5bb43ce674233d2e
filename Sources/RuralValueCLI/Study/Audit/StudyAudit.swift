import RuralValue
import RuralValueFormats

/// A finished study held to its manifest: whether every file is as the study wrote it.
///
/// What a step left behind, where the user's own key signed it, tells more than a digest: the table itself, so that the
/// cell is named that somebody changed, and digests that nobody can have changed with the file.
struct StudyAudit {
  /// A file that is not as it was.
  struct Finding {
    enum Kind {
      case changed, missing
      /// An input, whose results are then of other data.
      case otherInput
      /// The study file, whose results are then of another study.
      case otherStudy
      /// The list itself, against what steps left behind.
      case otherManifest
    }

    let path: String
    let kind: Kind
    var difference: FileDifference? = nil
  }

  let listing: ManifestListing
  /// What is not as it was, in the manifest's order.
  let findings: [Finding]
  /// Whether inputs and the study file were looked at: only the study file says where they are.
  let knowsInputs: Bool

  /// The study that an input names by its file or by its manifest; nil where it names neither.
  ///
  /// Throws `StudyAuditError` for a study that is not finished.
  init?(at path: String, _ inputs: InputReader) throws {
    guard path != "-", path.lowercased().hasSuffix(".json"), let bytes = try? inputs.bytes(of: path) else {
      return nil
    }
    let folder = FileName.folder(of: path)
    if let listing = ManifestListing(bytes) {
      let results = StudyResults(
        folder.isEmpty ? "." : String(folder.dropLast()), listing, key: Self.key(inputs))
      self.init(listing, results.findings(manifest: FileName.last(of: path)), knowsInputs: false)
      return
    }
    guard let text = try? StudyText(bytes, source: InputReader.name(of: path)),
      text.root.value.members.contains(where: { $0.key == "panel" })
    else { return nil }
    let output = StudyOutput(text.root.members(known: StudyCompiler.keys, in: text), in: text)
    let place = FileName.isAbsolute(output.folder) ? output.folder : folder + output.folder
    let manifest = FileName.path(place, "manifest.json")
    guard let listed = try? InputFile.bytes(at: manifest, calledBy: manifest),
      let listing = ManifestListing(listed)
    else { throw StudyAuditError.notFinished(study: path, manifest: manifest) }
    let files = StudyFiles(studyFolder: StudyFiles.folder(ofStudy: path))
    let study: [Finding] =
      SHA256.hexadecimal(bytes) == listing.study.sha256
      ? [] : [Finding(path: FileName.last(of: path), kind: .otherStudy)]
    let data = listing.inputs.compactMap { input -> Finding? in
      guard let entry = try? files.entry(input.path) else { return Finding(path: input.path, kind: .missing) }
      return entry.sha256 == input.sha256 ? nil : Finding(path: input.path, kind: .otherInput)
    }
    let results = StudyResults(place, listing, key: Self.key(inputs))
    self.init(listing, results.findings(manifest: manifest) + study + data, knowsInputs: true)
  }

  private init(_ listing: ManifestListing, _ findings: [Finding], knowsInputs: Bool) {
    (self.listing, self.findings, self.knowsInputs) = (listing, findings, knowsInputs)
  }

  /// The user's own key, if there is one by now: an audit makes none.
  private static func key(_ inputs: InputReader) -> RecordKey? {
    guard let folder = inputs.stateFolder, FileStatus(at: RecordKey.file(inStateFolder: folder)) != nil else {
      return nil
    }
    return try? RecordKey(inStateFolder: folder)
  }

  /// The answer: what was looked at, what was found, and the exit code of `audit` for findings.
  var answer: CommandAnswer {
    var answer = CommandAnswer(
      document: ResultDocument(
        command: "audit", sample: nil,
        parts: [.init(stepTable, jsonKey: "steps")]
          + (findings.isEmpty ? [] : [.init(findingTable, jsonKey: "findings")]),
        notes: knowsInputs
          ? []
          : [
            Phrase(
              "A manifest does not say where the study file and its data are; they were not looked at.",
              zh: "清单未说明研究文件与数据的位置，故未核对。")
          ]), exitCode: findings.isEmpty ? .done : .decisionErrors)
    answer.closing = [verdict]
    return answer
  }

  private var verdict: Phrase {
    let count = listing.files.count
    guard !findings.isEmpty else {
      return Phrase("All \(count) files are as the study wrote them.", zh: "全部\(count)个文件均与研究写出时一致。")
    }
    let names = findings.prefix(5).map(\.path).joined(separator: ", ")
    return Phrase(
      "Not as the study left them: \(names)\(findings.count > 5 ? ", …" : "") (\(findings.count) in all). Run the study again for its"
        + " own files; what was changed is then kept beside them.",
      zh: "与研究写出时不一致：\(names)\(findings.count > 5 ? "……" : "")（共\(findings.count)项）。重新运行研究即可恢复，被修改的文件另存保留。")
  }

  private var stepTable: ResultTable {
    let names = listing.files.map { $0.step ?? "" }.firstAppearances
    let changed = Set(findings.map(\.path))
    let own = names.map { name in listing.files.filter { ($0.step ?? "") == name } }
    return ResultTable(
      name: "steps", title: Phrase("Files of the study, held to its manifest", zh: "研究文件与清单核对"),
      columns: [
        ResultColumn(
          "step", Phrase("Step", zh: "步骤"),
          .phrase(names.map { $0.isEmpty ? Phrase("(report)", zh: "（报告）") : Phrase(verbatim: $0) })),
        ResultColumn("command", Phrase("Command", zh: "命令"), .text(names.map { listing.commands[$0] })),
        ResultColumn("files", Phrase("Files", zh: "文件数"), .integer(own.map(\.count))),
        ResultColumn(
          "changed", Phrase("Not the same", zh: "不一致"),
          .integer(own.map { files in files.count { changed.contains($0.path) } })),
      ])
  }

  private var findingTable: ResultTable {
    let places = findings.map { $0.difference?.first }
    func column(_ name: String, _ heading: Phrase, _ value: (FileDifference.Place) -> String) -> ResultColumn
    {
      ResultColumn(name, heading, .text(places.map { $0.map(value) }))
    }
    return ResultTable(
      name: "findings", title: Phrase("Files that are not as they were", zh: "不一致的文件"),
      columns: [
        ResultColumn("file", Phrase("File", zh: "文件"), .text(findings.map(\.path))),
        ResultColumn("result", Phrase("Result", zh: "结果"), .phrase(findings.map(\.kind.phrase))),
        ResultColumn(
          "values", Phrase("Values", zh: "数值"), .integer(findings.map { $0.difference?.count }),
          missing: .blank),
        column("row", Phrase("First row", zh: "首处行"), \.row),
        column("column", Phrase("Column", zh: "列"), \.column),
        column("written", Phrase("The study wrote", zh: "研究写出"), \.before),
        column("found", Phrase("Found", zh: "现为"), \.after),
      ])
  }
}

extension StudyAudit.Finding.Kind {
  fileprivate var phrase: Phrase {
    switch self {
    case .changed: Phrase("changed by hand", zh: "被手工修改")
    case .missing: Phrase("not there", zh: "不存在")
    case .otherInput: Phrase("other data than the study read", zh: "与研究所读数据不同")
    case .otherStudy: Phrase("another study file than was run", zh: "与所运行的研究文件不同")
    case .otherManifest: Phrase("not what the steps left behind", zh: "与各步骤记录不符")
    }
  }
}

/// What can keep a study from being audited.
enum StudyAuditError: Fault {
  case notFinished(study: String, manifest: String)

  var kind: FaultKind { .file }

  var description: String {
    switch self {
    case .notFinished(let study, let manifest):
      "The study has no results yet: there is no manifest \(manifest). Run it first, with ruralvalue study \(study); where"
        + " it was run with --out DIR, audit DIR/manifest.json."
    }
  }
}
