import RuralValue
import RuralValueFormats
import RuralValueNumerics

extension StudyCommand {
  /// What would be run, as calls that one can also make by hand.
  func check(_ plan: StudyPlan, _ reach: StudyReach) throws -> CommandAnswer {
    try plan.deliveryOptions.pictures.requireProgram()
    let summary = StudySummary(plan: plan)
    var answer = answer(summary.plannedTable, values: [reach.member])
    answer.text = summary.script(reach)
    return answer
  }

  /// A study that can be run.
  struct Ready {
    let plan: StudyPlan
    let files: StudyFiles
    let reach: StudyReach
    /// The study file's bytes.
    let bytes: [UInt8]
  }

  /// Reads a study file of some bytes. Throws for whatever keeps the study from being run, or with `--check` is wrong in
  /// any of its steps.
  func ready(_ path: String, bytes: [UInt8]) throws -> Ready {
    let text = try StudyText(bytes, source: InputReader.name(of: path))
    let place = StudyFiles.folder(ofStudy: path)
    let compiled = StudyFiles(studyFolder: place)
    let plan = StudyCompiler.compile(text, files: compiled, as: call)
    try text.requireNoProblem(butInOneStep: !checksOnly)
    let files = try files(of: plan, studyPath: path, studyFolder: place, after: compiled)
    return Ready(
      plan: plan, files: files, reach: StudyReach(plan.inputs, files: files, studyFolder: place), bytes: bytes
    )
  }

  /// Where a study reads and writes. Throws where it would write over what it reads.
  private func files(of plan: StudyPlan, studyPath: String, studyFolder: String, after compiled: StudyFiles)
    throws
    -> StudyFiles
  {
    let output =
      outputPath
      ?? (plan.output.folder.hasPrefix("/") || studyFolder.isEmpty
        ? plan.output.folder : "\(studyFolder)/\(plan.output.folder)")
    let files = StudyFiles(
      studyFolder: studyFolder, outputName: plan.output.folder, outputFolder: output,
      steps: Set(plan.steps.map(\.name)), after: compiled)
    try files.requireApart(plan.inputs + (studyPath == "-" ? [] : [FileName.last(of: studyPath)]))
    try StudyFolder.requireOwn(output, steps: plan.steps.map(\.name))
    return files
  }

  /// The key by which the run knows what earlier ones wrote; without one, why there is none.
  ///
  /// Throws `RecordKeyError` for a key that the call names. A run that finds no place for its own key goes on, for
  /// all that it loses is time.
  func key(_ inputs: InputReader) throws -> (key: RecordKey?, reason: RecordKeyError?) {
    if let keyPath { return (try RecordKey(file: keyPath), nil) }
    do throws(RecordKeyError) {
      return (try RecordKey(inStateFolder: inputs.stateFolder), nil)
    } catch {
      return (nil, error)
    }
  }

  /// What came of a run, which has written its report and its manifest.
  struct Finished {
    let statuses: [StepStatus]
    let folder: StudyFolder
    let delivery: StudyDelivery
    let delivered: (manifest: StudyManifest, kept: [String], unknown: Int?)

    /// What failed, and what was not run because of it.
    var failures: StudyFailures { StudyFailures(delivery.plan, statuses) }
  }

  /// Runs all steps; the key is the one by which records of earlier runs are believed.
  func carryOut(_ ready: Ready, key: RecordKey?, _ inputs: InputReader) throws -> Finished {
    let (plan, files) = (ready.plan, ready.files)
    try plan.deliveryOptions.pictures.requireProgram()
    let folder = try StudyFolder(files.outputFolder, key: key)
    let runner = StudyRunner(
      plan: plan,
      runner: StepRunner(
        plan: plan, files: files, folder: folder, program: StudyProgram.stamp, isFresh: isFresh),
      // As many as the process may have buffers for; results do not depend on it.
      jobs: (1...jobs).last { BLASLibrary.hasRoom(forThreads: $0) } ?? 1,
      progress: inputs.progress(isQuiet: call.delivery.isQuiet))
    let statuses = runner.run()
    let delivery = StudyDelivery(
      plan: plan, statuses: statuses, files: files, folder: folder, studyBytes: ready.bytes,
      ownFiles: (plan.inputs.map(files.location) + [path ?? ""]))
    return Finished(
      statuses: statuses, folder: folder, delivery: delivery, delivered: try delivery.deliver())
  }

  func run(_ ready: Ready, _ inputs: InputReader) throws -> CommandAnswer {
    let (key, reason) = try key(inputs)
    let finished = try carryOut(ready, key: key, inputs)
    let (plan, statuses, delivered) = (ready.plan, finished.statuses, finished.delivered)
    var answer = answer(
      StudySummary(plan: plan).table(statuses),
      values: [JSONMember("manifest", .object(delivered.manifest.members))],
      notes: labelNotes(plan, statuses) + finished.folder.kept.map(asideNote) + delivered.kept.map(keptNote)
        + [
          finished.delivery.earlierFilesNote, outputPath == nil ? ready.reach.writingNote : nil,
          reason.map(keylessNote),
          delivered.unknown.map(unknownNote),
        ]
        .compactMap(\.self))
    answer.closing = whereToLook(ready.files.outputFolder, hasTables: plan.output.formats.contains(.docx))
    answer.complaints += finished.failures.failures.map { failure in
      plan.units.naming(Phrase(verbatim: failure.complaint)).english
    }
    answer.exitCode = finished.failures.exitCode
    return answer
  }

  /// Which labels of the study are of nothing in any of its steps; with a step undone nobody knows.
  private func labelNotes(_ plan: StudyPlan, _ statuses: [StepStatus]) -> [Phrase] {
    let records = statuses.compactMap(\.record)
    guard records.count == plan.steps.count, !plan.labels.isEmpty else { return [] }
    let labels = LabelOptions(texts: plan.output.labels.texts, files: plan.output.labels.files.map(\.path))
    return labels.notes(plan.labels, known: Set(records.flatMap(\.names)), options: ("labels", "labels"))
  }

  private func whereToLook(_ folder: String, hasTables: Bool) -> [Phrase] {
    let tables = "\(folder)/\(AnswerFiles.allTables)"
    return [
      Phrase(
        "The report, which opens with what was found: \(folder)/report.html",
        zh: "研究报告（首页为研究发现）：\(folder)/report.html")
    ]
      + (hasTables ? [Phrase("Its tables for Word: \(tables)", zh: "全部表格（Word）：\(tables)")] : [])
      + [
        Phrase(
          "Every file with its digest: \(folder)/manifest.json", zh: "全部文件及摘要：\(folder)/manifest.json")
      ]
  }

  private func asideNote(_ file: OutputFolder.KeptFile) -> Phrase {
    Phrase(
      "\(file.name) was not as the study had written it; it is kept as \(file.newName), and the study's own stands"
        + " in its place.",
      zh: "\(file.name)与研究先前写出的不同，已另存为\(file.newName)，原处换为本次研究的结果。")
  }

  private func keptNote(_ file: String) -> Phrase {
    Phrase(
      "\(file) is of an earlier run and was changed since; it is left where it is.",
      zh: "\(file)出自先前的运行且之后被修改，保留不动。")
  }

  private func unknownNote(_ count: Int) -> Phrase {
    Phrase(
      "Files that the folder's manifest.json listed are left where they are (\(count)), for nothing shows that this"
        + " program wrote them here: the study's steps do not make them any more.",
      zh: "原manifest.json所列的\(count)个文件已不由本研究的步骤生成；因无从确认系本程序在此写出，保留不动。")
  }

  func keylessNote(_ reason: RecordKeyError) -> Phrase {
    Phrase(
      "Nothing of an earlier run was used, nor can a later one use anything of this: \(reason) --record-key FILE names"
        + " another file for the key.",
      zh: "未沿用先前运行的结果，以后的运行也无法沿用本次结果：\(reason) 可用--record-key FILE另行指定密钥文件。")
  }

  private func answer(_ table: ResultTable, values: [JSONMember], notes: [Phrase] = []) -> CommandAnswer {
    // Which of the labels serve is a matter of its steps.
    return CommandAnswer(
      document: ResultDocument(
        command: "study",
        sample: nil, parts: [.init(table, jsonKey: "steps")], values: values,
        notes: notes), labelledNames: Set(call.labels.names))
  }
}
