import RuralValue
import RuralValueFormats
import RuralValueNumerics

/// What a study read, did and wrote, with the digest of every file.
///
/// It has no clock, no absolute path and no word about reuse or the number of jobs: the same study gives the
/// same bytes.
struct StudyManifest {
  let plan: StudyPlan
  let statuses: [StepStatus]
  /// The study file's digest.
  let studySHA256: String
  /// The digests of inputs by the names that the study gives them.
  let inputs: [StepRecord.File]
  let reportSHA256: String
  /// The digest of the Word document with all tables, where it is asked for.
  var tablesSHA256: String? = nil

  /// The members of the document.
  var members: [JSONMember] {
    [
      JSONMember("schema", .string("ruralvalue.manifest/1")),
      JSONMember("version", .string(ToolVersion.number)),
      JSONMember("blas", .string(BLASLibrary.description)), JSONMember("title", .string(plan.title)),
      JSONMember("study", .object(file(name, studySHA256))),
      JSONMember("seed", plan.output.seed.map { .integer($0) } ?? .null), JSONMember("options", options),
      JSONMember("inputs", files(inputs)),
      JSONMember("steps", .array(zip(plan.steps, statuses).map { .object(step($0, $1)) })),
      JSONMember("report", .object(file("\(plan.output.folder)/report.html", reportSHA256))),
    ]
      + (tablesSHA256.map {
        [JSONMember("tables", .object(file("\(plan.output.folder)/\(AnswerFiles.allTables)", $0)))]
      } ?? [])
  }

  /// The document as bytes.
  var bytes: [UInt8] { JSONWriter.bytes(.object(members)) }

  /// The study file without its folders, for they differ from machine to machine.
  private var name: String { plan.source.split(separator: "/").last.map(String.init) ?? plan.source }

  private var options: JSONValue {
    .object([
      JSONMember("language", .string(plan.output.language.rawValue)),
      JSONMember("folder", .string(plan.output.folder)),
      JSONMember("formats", JSONValue(plan.output.formats.map(\.rawValue))),
      JSONMember("figures", JSONValue(plan.output.figures.map(\.rawValue))),
      JSONMember("width", plan.output.figureWidth.map { .string($0.text) } ?? .null),
      JSONMember("digits", plan.deliveryOptions.rendering.digits.json),
      JSONMember("stars", .array(plan.deliveryOptions.rendering.starLevels.map { .number($0) })),
    ])
  }

  private func step(_ step: StudyStep, _ status: StepStatus) -> [JSONMember] {
    var members = [
      JSONMember("name", .string(step.name)), JSONMember("command", .string(step.command)),
      JSONMember("arguments", JSONValue(step.call?.words ?? [])), JSONMember("needs", JSONValue(step.needs)),
      JSONMember("status", .string(status.key)),
    ]
    if let failure = status.failure(in: plan.output.language) {
      members.append(JSONMember("reason", .string(failure)))
    }
    members += [
      JSONMember("inputs", files(status.record?.inputs ?? [])),
      JSONMember("outputs", files(status.record?.outputs ?? [])),
      JSONMember("notes", JSONValue((status.record?.notes ?? []).map { $0.text(in: plan.output.language) })),
    ]
    return members
  }

  private func files(_ files: [StepRecord.File]) -> JSONValue {
    .array(files.map { .object(file($0.path, $0.sha256)) })
  }

  private func file(_ path: String, _ sha256: String) -> [JSONMember] {
    [JSONMember("path", .string(path)), JSONMember("sha256", .string(sha256))]
  }
}

/// The files that an earlier manifest lists, for those that no step of the study makes any more.
enum EarlierManifest {
  /// The names and digests of all outputs, or none where the bytes are no manifest.
  static func outputs(_ bytes: [UInt8]) -> [StepRecord.File] {
    (manifest(bytes)?["steps"]?.value.elements ?? []).flatMap { $0["outputs"]?.value.elements ?? [] }
      .compactMap(StepRecord.File.init)
  }

  /// The document of a manifest; nil where the bytes are none.
  static func manifest(_ bytes: [UInt8]) -> JSONNode? {
    guard let node = try? JSONReader.read(bytes), node["schema"]?.text == "ruralvalue.manifest/1" else {
      return nil
    }
    return node
  }
}

extension StepRecord.File {
  /// A file as a manifest names it.
  init?(_ node: JSONNode) {
    guard let path = node["path"]?.text, let sha256 = node["sha256"]?.text else { return nil }
    self.init(path: path, sha256: sha256)
  }
}
