import RuralValue
import RuralValueFormats

/// What a study writes besides its steps: the report, the manifest, and nothing that is out of date.
struct StudyDelivery {
  let plan: StudyPlan
  let statuses: [StepStatus]
  let files: StudyFiles
  let folder: StudyFolder
  let studyBytes: [UInt8]
  /// The study file and all files that it names, which are never removed.
  let ownFiles: [String]

  /// Writes the report and the manifest. Returns the manifest, the files that were left where they are because somebody
  /// changed them, and how many were because the manifest that lists them is not known to be this program's.
  func deliver() throws -> (manifest: StudyManifest, kept: [String], unknown: Int?) {
    let old = folder.bytes(of: "manifest.json") ?? []
    let listed = EarlierManifest.outputs(old)
    let isOwn = folder.isOwn(old)
    let kept = sweep(isOwn ? listed : [])
    let current = Set(statuses.flatMap { $0.record?.outputs ?? [] }.map(\.place))
    let unknown =
      isOwn
      ? 0
      : Set(listed.compactMap(\.place)).subtracting(current.compactMap(\.self))
        .count { folder.bytes(of: $0) != nil }
    let told = report
    let report = Array(told.page.utf8)
    if folder.bytes(of: "report.html") != report { try folder.write(report, to: "report.html") }
    let tables = plan.output.formats.contains(.docx) ? told.tables : nil
    if let tables, folder.bytes(of: AnswerFiles.allTables) != tables {
      try folder.write(tables, to: AnswerFiles.allTables)
    }
    if tables == nil { folder.removeOwn(AnswerFiles.allTables) }
    let manifest = StudyManifest(
      plan: plan, statuses: statuses, studySHA256: SHA256.hexadecimal(studyBytes), inputs: try inputs(),
      reportSHA256: SHA256.hexadecimal(report), tablesSHA256: tables.map { SHA256.hexadecimal($0) })
    let bytes = manifest.bytes
    if folder.bytes(of: "manifest.json") != bytes { try folder.write(bytes, to: "manifest.json") }
    return (manifest, kept, unknown == 0 ? nil : unknown)
  }

  /// Removes what an earlier run of the study wrote and this one did not.
  ///
  /// Only files that a manifest of this program's, `listed`, or a record lists, and only as they were written: a file that somebody
  /// changed since then is left alone, and its name returned.
  private func sweep(_ listed: [StepRecord.File]) -> [String] {
    let current = Set(statuses.flatMap { $0.record?.outputs ?? [] }.map(\.place))
    let steps = Set(plan.steps.map(\.name))
    let keeping = Set(zip(plan.steps, statuses).filter { $0.1.keepsEarlierFiles }.map(\.0.name))
    var old = listed.filter { file in !keeping.contains { file.place?.hasPrefix("\($0)/") ?? false } }
    for step in folder.recordedSteps where !steps.contains(step) {
      old += folder.record(of: step)?.outputs ?? []
      folder.forget(step)
    }
    let inputs = Set(ownFiles.compactMap { FileStatus(at: $0)?.identity })
    var kept: [String] = []
    for file in old where !current.contains(file.place) {
      guard let name = file.place, let bytes = folder.bytes(of: name),
        let identity = FileStatus(at: "\(folder.path)/\(name)")?.identity, !inputs.contains(identity)
      else { continue }
      if SHA256.hexadecimal(bytes) == file.sha256 {
        folder.remove(name)
      } else if !kept.contains(name) {
        kept.append(name)
      }
    }
    return kept
  }

  /// The files that the steps read and no step wrote, each once.
  private func inputs() throws -> [StepRecord.File] {
    let written = Set(statuses.flatMap { $0.record?.outputs ?? [] }.map(\.path))
    var inputs: [StepRecord.File] = []
    for file in statuses.flatMap({ $0.record?.inputs ?? [] })
    where !written.contains(file.path) && !inputs.contains(where: { $0.path == file.path }) {
      inputs.append(file)
    }
    return inputs
  }

  /// What the study tells, as a page and as a document.
  var report: StudyReport {
    StudyReport(plan: plan, statuses: statuses, files: files, folder: folder)
  }

  /// The note that names the steps whose files are of an earlier run, if there are any.
  var earlierFilesNote: Phrase? { report.earlierFilesNote }
}
