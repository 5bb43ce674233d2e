import RuralValue
import RuralValueFormats

/// The report of a study, as a page and as a Word document: the first page, the paper's tables and figures, and the steps.
///
/// What the plan knows comes from there, results and notes from what the steps left behind, and drawings from their files.
struct StudyReport {
  let plan: StudyPlan
  let statuses: [StepStatus]
  let files: StudyFiles
  let folder: StudyFolder

  private var options: RenderOptions { plan.deliveryOptions.rendering }
  private var language: Language { plan.output.language }

  /// The page.
  var page: String {
    let exhibits = StudyExhibits(plan, statuses, drawing: drawing)
    let fragments = told.map { fragment(of: $0, $1, exhibits) }
    return ReportPage.render(
      title: plan.title, summary: summary, exhibits: exhibits.shown, facts: facts, fragments: fragments,
      notes: notes, options: options)
  }

  private var summary: ReportSummary { StudyFindings(plan: plan, statuses: statuses).summary }

  /// The tables of the report as one Word document in the report's order: the first page, the paper's tables with their
  /// numbers, and the others under the titles of their steps.
  var tables: [UInt8] {
    var document = WordDocument(options)
    document.append(heading: plan.title, level: 1)
    append(summary, to: &document)
    let exhibits = StudyExhibits(plan, statuses, drawing: { _, _ in "" })
    for exhibit in exhibits.shown {
      guard case (.table(let number), .table(let table)) = (exhibit.place, exhibit.content),
        let whole = table.whole
      else { continue }
      document.append(whole, number: number)
    }
    let isAppendix = !exhibits.shown.isEmpty
    for (chapter, number) in chapters(isAppendix: isAppendix) {
      let lead = isAppendix ? number : ""
      for (step, status) in told where step.chapter == chapter {
        guard let record = status.record else { continue }
        let own = record.tables.filter { exhibits.tables[step.name]?[$0.name] == nil }
          .map { $0.naming(units: plan.units) }
        guard !own.isEmpty else { continue }
        document.append(heading: step.title.text(in: language), level: 2)
        for table in own {
          guard let whole = table.whole else {
            document.skipNumber(lead: lead)
            document.append(note: place(of: table, step).text(in: language))
            continue
          }
          document.append(whole, lead: lead)
        }
        for note in record.notes { document.append(note: plan.units.naming(note).text(in: language)) }
      }
    }
    return document.bytes
  }

  private func append(_ summary: ReportSummary, to document: inout WordDocument) {
    func words(_ phrase: Phrase) -> String { phrase.text(in: language) }
    if !summary.questions.isEmpty {
      document.append(heading: words(ReportSummary.asked), level: 2)
      for (number, question) in summary.questions.enumerated() {
        let by = question.answeredBy.map { " (\(words($0)))" } ?? ""
        document.append(note: "\(number + 1). \(words(question.words))\(by)")
      }
    }
    if let findings = summary.findings { document.append(unnumbered: findings) }
    document.append(heading: words(ReportSummary.against), level: 2)
    for objection in summary.objections.isEmpty ? [ReportSummary.nothingAgainst] : summary.objections {
      document.append(note: words(objection))
    }
  }

  /// The steps in the order in which they are told: a comparison says in one table what the variants behind it say in
  /// many.
  var told: [(StudyStep, StepStatus)] {
    let steps = Array(zip(plan.steps, statuses))
    return steps.filter { $0.0.command == "robustness" } + steps.filter { $0.0.command != "robustness" }
  }

  /// The chapters with their numbers.
  func chapters(isAppendix: Bool) -> [(chapter: ReportChapter, number: String)] {
    ReportChapter.numbered(Set(told.map(\.0.chapter)), isAppendix: isAppendix)
  }

  /// What stands in the place of a table that is too long to print.
  private func place(of table: ReportTable, _ step: StudyStep) -> Phrase {
    let file = "\(step.name)/\(table.name).csv"
    return Phrase(
      "A table of \(table.rowCount) rows stands in \(file).", zh: "\(table.rowCount)行的表见\(file)。")
  }

  private func fragment(of step: StudyStep, _ status: StepStatus, _ exhibits: StudyExhibits) -> ReportFragment
  {
    let record = status.record
    let section = ReportSection(
      anchor: step.name, chapter: step.chapter, title: step.title, call: step.call?.line,
      tables: (record?.tables ?? []).map { $0.naming(units: plan.units) },
      figures: (record?.figures ?? []).map { figure in
        ReportFigure(svg: record.map { drawing(figure.file, of: $0) } ?? "", caption: figure.caption)
      },
      tablesElsewhere: exhibits.tables[step.name] ?? [:],
      figuresElsewhere: exhibits.figures[step.name] ?? [:],
      notes: (record?.sentence.map { [$0] } ?? []) + (record?.notes ?? []).map(plan.units.naming)
        + (hasEarlierFiles(step, status) ? [earlierFilesNote([step])] : []),
      failure: status.failure(in: language).map { plan.units.naming(Phrase(verbatim: $0)).text(in: language) }
    )
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

  private func drawing(_ name: String, of record: StepRecord) -> String {
    let file = record.outputs.first { $0.path.hasSuffix("/\(name)") }
    return plan.units.naming(
      drawing: String(decoding: file.flatMap { try? files.bytes(of: $0.path) } ?? [], as: UTF8.self))
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
          .text(in: language)
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
