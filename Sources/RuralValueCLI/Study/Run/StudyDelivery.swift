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
    let report = Array(page.utf8)
    if folder.bytes(of: "report.html") != report { try folder.write(report, to: "report.html") }
    let tables = plan.output.formats.contains(.docx) ? self.tables : nil
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

  /// The steps in the order in which they are told: a comparison says in one table what the variants behind it say in
  /// many.
  var told: [(StudyStep, StepStatus)] {
    let steps = Array(zip(plan.steps, statuses))
    return steps.filter { $0.0.command == "robustness" } + steps.filter { $0.0.command != "robustness" }
  }

  /// The tables of the report as one Word document, under the titles of their steps in the report's order.
  private var tables: [UInt8] {
    var document = WordDocument(plan.deliveryOptions.rendering)
    document.append(heading: plan.title, level: 1)
    for chapter in ReportChapter.allCases {
      for (step, status) in told where step.chapter == chapter {
        guard let record = status.record, !record.tables.isEmpty else { continue }
        document.append(heading: step.title.text(in: plan.output.language), level: 2)
        for table in record.tables {
          guard let whole = table.whole else {
            document.append(note: place(of: table, step).text(in: plan.output.language))
            continue
          }
          document.append(whole)
        }
        for note in record.notes { document.append(note: note.text(in: plan.output.language)) }
      }
    }
    return document.bytes
  }

  /// What stands in the place of a table that is too long to print.
  private func place(of table: ReportTable, _ step: StudyStep) -> Phrase {
    let file = "\(step.name)/\(table.name).csv"
    return Phrase(
      "A table of \(table.rowCount) rows stands in \(file).", zh: "\(table.rowCount)行的表见\(file)。")
  }

  private var page: String {
    let options = plan.deliveryOptions.rendering
    let fragments = told.map { fragment(of: $0, $1, options) }
    return ReportPage.render(
      title: plan.title, facts: facts, fragments: fragments, notes: notes, options: options)
  }

  /// A step's section. What the plan knows comes from there, results and notes from what the step left behind, and
  /// drawings from its files, as they are known to be.
  private func fragment(of step: StudyStep, _ status: StepStatus, _ options: RenderOptions) -> ReportFragment
  {
    let record = status.record
    let section = ReportSection(
      anchor: step.name, chapter: step.chapter, title: step.title, call: step.call?.line,
      tables: record?.tables ?? [],
      figures: (record?.figures ?? []).map { figure in
        ReportFigure(svg: drawing(figure.file, of: record), caption: figure.caption)
      },
      notes: (record?.sentence.map { [$0] } ?? []) + (record?.notes ?? [])
        + (hasEarlierFiles(step, status) ? [earlierFilesNote([step])] : []),
      failure: status.failure(in: plan.output.language))
    return ReportFragment(section, options: options)
  }

  /// The note that names the steps whose files are of an earlier run, if there are any.
  var earlierFilesNote: Phrase? {
    let steps = zip(plan.steps, statuses).filter(hasEarlierFiles).map(\.0)
    return steps.isEmpty ? nil : earlierFilesNote(steps)
  }

  private func hasEarlierFiles(_ step: StudyStep, _ status: StepStatus) -> Bool {
    status.keepsEarlierFiles && folder.record(of: step.name) != nil
  }

  private func earlierFilesNote(_ steps: [StudyStep]) -> Phrase {
    let names = steps.map(\.name)
    return Phrase(
      "What an earlier run wrote stays: \(names.joined(separator: ", ")).",
      zh: "保留先前运行的结果：\(names.joined(separator: "、"))。")
  }

  private func drawing(_ name: String, of record: StepRecord?) -> String {
    let file = record?.outputs.first { $0.path.hasSuffix("/\(name)") }
    return String(decoding: file.flatMap { try? files.bytes(of: $0.path) } ?? [], as: UTF8.self)
  }

  private var facts: [(label: Phrase, value: String)] {
    let done = statuses.count { $0.record != nil }
    var facts: [(label: Phrase, value: String)] = [
      (Phrase("Panel", zh: "面板数据"), plan.panelPath),
      (
        Phrase("Steps", zh: "步骤"),
        done == statuses.count
          ? "\(done)"
          : Phrase(
            "\(done) of \(statuses.count); the others have no results", zh: "\(statuses.count)个中完成\(done)个"
          )
          .text(in: plan.output.language)
      ),
    ]
    if let seed = plan.output.seed { facts.append((Phrase("Seed", zh: "随机种子"), "\(seed)")) }
    facts.append((Phrase("Program", zh: "程序"), "ruralvalue \(ToolVersion.number)"))
    return facts
  }

  private var notes: [Phrase] {
    [
      Phrase(
        "Each call is made in the study file's folder; \(plan.output.folder)/ is the folder of the outputs.",
        zh: "各命令均在研究文件所在文件夹运行，\(plan.output.folder)/为输出文件夹。")
    ]
  }
}
