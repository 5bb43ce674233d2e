import RuralValue
import RuralValueFormats

extension StudyCommand {
  /// What would be run, as calls that one can also make by hand.
  func check(_ plan: StudyPlan) -> CommandAnswer {
    let summary = StudySummary(plan: plan)
    var answer = answer(summary.plannedTable, values: [])
    answer.text = summary.script
    return answer
  }

  func run(
    _ plan: StudyPlan, studyFolder: String, bytes: [UInt8], _ inputs: InputReader
  ) throws -> CommandAnswer {
    let output =
      outputPath
      ?? (plan.output.folder.hasPrefix("/") || studyFolder.isEmpty
        ? plan.output.folder : "\(studyFolder)/\(plan.output.folder)")
    let folder = try StudyFolder(output)
    let files = StudyFiles(
      studyFolder: studyFolder, outputName: plan.output.folder, outputFolder: output,
      steps: Set(plan.steps.map(\.name)))
    let runner = StudyRunner(
      plan: plan,
      runner: StepRunner(
        plan: plan, files: files, folder: folder, program: StudyProgram.stamp, isFresh: isFresh),
      jobs: jobs, progress: inputs.progress(isQuiet: isQuiet))
    let statuses = runner.run()
    let delivered = try StudyDelivery(
      plan: plan, statuses: statuses, files: files, folder: folder, studyBytes: bytes
    ).deliver()
    var answer = answer(
      StudySummary(plan: plan).table(statuses), values: delivered.manifest.members,
      notes: delivered.kept.map(keptNote))
    answer.closing = whereToLook(output)
    for (step, status) in zip(plan.steps, statuses) {
      guard case .failed(let code, let reason) = status else { continue }
      answer.complaints.append("ruralvalue study: \(step.name) failed: \(reason)")
      if answer.exitCode == .done { answer.exitCode = code }
    }
    return answer
  }

  private func whereToLook(_ folder: String) -> [Term] {
    [
      Term("The report: \(folder)/report.html", zh: "研究报告：\(folder)/report.html"),
      Term("Every file with its digest: \(folder)/manifest.json", zh: "全部文件及摘要：\(folder)/manifest.json"),
    ]
  }

  private func keptNote(_ file: String) -> Term {
    Term(
      "\(file) is of an earlier run and was changed since; it is left where it is.",
      zh: "\(file)出自先前的运行且之后被修改，保留不动。")
  }

  private func answer(_ table: ResultTable, values: [JSONMember], notes: [Term] = []) -> CommandAnswer {
    let manifest = values.isEmpty ? [] : [JSONMember("manifest", .object(values))]
    return CommandAnswer(
      document: ResultDocument(
        command: "study",
        specification: [JSONMember("out", JSONValue(outputPath)), JSONMember("check", .boolean(checksOnly))],
        sample: nil, parts: [.init(table, jsonKey: "steps")], values: manifest,
        notes: notes))
  }
}
