import RuralValue

/// The table of a study's steps, for standard output.
struct StudySummary {
  let plan: StudyPlan

  /// What became of each step.
  func table(_ statuses: [StepStatus]) -> ResultTable {
    table(
      name: "steps", title: Phrase("Steps of \(plan.title)", zh: "\(plan.title)：各步骤"),
      columns: [
        ResultColumn("result", Phrase("Result", zh: "结果"), .phrase(statuses.map(outcome))),
        ResultColumn(
          "observations", Phrase("Observations", zh: "样本量"),
          .integer(statuses.map { $0.record?.sample.first }),
          missing: .blank),
        ResultColumn(
          "files", Phrase("Files", zh: "文件数"), .integer(statuses.map { $0.record?.outputs.count }),
          missing: .blank),
      ])
  }

  /// What would be done, without doing it.
  var plannedTable: ResultTable {
    table(
      name: "steps", title: Phrase("What \(plan.title) would run", zh: "\(plan.title)：将运行的步骤"),
      columns: [ResultColumn("call", Phrase("Call", zh: "命令"), .text(plan.steps.map { $0.call?.line }))])
  }

  /// The calls below each other, as one would type them in the study file's folder, and what they reach outside it.
  func script(_ reach: StudyReach) -> String {
    let head = Phrase(
      "\(plan.source) is in order: \(plan.steps.count) steps. Nothing was run. Made in the study file's folder,"
        + " these calls give the same tables.",
      zh: "\(plan.source)检查通过：共\(plan.steps.count)个步骤，未运行。在研究文件所在文件夹依次运行下列命令，可得到相同的表。")
    let language = plan.output.language
    let lines = plan.steps.map { step in
      ShellText.comment("\(step.name): \(step.title.text(in: language))") + "\n"
        + (step.call?.line ?? ShellText.comment(comparison(step)?.text(in: language) ?? "")) + "\n"
    }
    let top = [head] + reach.sentences
    return top.map { ShellText.comment($0.text(in: language)) + "\n" }.joined() + "\n"
      + lines.joined(separator: "\n")
  }

  private func table(name: String, title: Phrase, columns: [ResultColumn]) -> ResultTable {
    ResultTable(
      name: name, title: title,
      columns: [
        ResultColumn("step", Phrase("Step", zh: "步骤"), .text(plan.steps.map(\.name))),
        ResultColumn("command", Phrase("Command", zh: "命令"), .text(plan.steps.map(\.command))),
      ] + columns)
  }

  private func outcome(_ status: StepStatus) -> Phrase {
    switch status {
    case .done(let record, _) where !record.leftOut.isEmpty:
      Phrase(
        "done but for \(record.leftOut.map(\.column).joined(separator: ", "))",
        zh: "完成，但缺\(record.leftOut.map(\.column).joined(separator: "、"))")
    case .done(_, isReused: false): Phrase("done", zh: "完成")
    case .done(_, isReused: true): Phrase("reused", zh: "沿用")
    case .failed: Phrase("failed", zh: "失败")
    case .notRun(let need, _):
      Phrase("not run: needs \(need.name.english)", zh: "未运行：依赖\(need.name.chinese)")
    }
  }

  private func comparison(_ step: StudyStep) -> Phrase? {
    guard case .comparison(let models) = step.action else { return nil }
    let names = models.map(\.name)
    return Phrase(
      "sets side by side: \(names.joined(separator: "; "))", zh: "并列比较：\(names.joined(separator: "；"))")
  }
}
