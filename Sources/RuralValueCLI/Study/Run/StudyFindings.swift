import RuralValue
import RuralValueFormats

/// What a study found, in one page: the questions, the numbers that answer them, and what speaks against these.
struct StudyFindings {
  let plan: StudyPlan
  let statuses: [StepStatus]

  /// How many objections a page holds beside questions and numbers.
  private static let most = 9

  private var records: [String: StepRecord] {
    Dictionary(
      zip(plan.steps, statuses).compactMap { step, status in status.record.map { (step.name, $0) } }
    ) { first, _ in first }
  }

  /// The report's first page.
  var summary: ReportSummary {
    let findings = table
    return ReportSummary(
      questions: questions,
      findings: findings.findings.isEmpty ? nil : findings.table.worded(by: plan.labels),
      objections: failures + shown(warnings + findings.disagreements) + otherWarnings)
  }

  /// As many as fit on the page, and how many more there are.
  private func shown(_ objections: [Phrase]) -> [Phrase] {
    let objections = objections.map { $0.worded(by: plan.labels) }
    guard objections.count > Self.most else { return objections }
    let more = objections.count - Self.most + 1
    return objections.prefix(Self.most - 1) + [
      Phrase(
        "\(more) further objections stand below the tables of the appendix.", zh: "另有\(more)项见附录各表下。")
    ]
  }

  // MARK: What was asked

  /// The study's questions; where it asks none, what its models are.
  private var questions: [(words: Phrase, answeredBy: Phrase?)] {
    guard plan.questions.isEmpty else {
      return plan.questions.map { question in
        (question.words, question.model.flatMap { answer(of: $0.step, named: $0.name) })
      }
    }
    return plan.models.map { model in
      let title = plan.steps.first { $0.name == model.step }?.title ?? Phrase(verbatim: model.name)
      return (asked(model) ?? title, answer(of: model.step, named: model.name))
    }
  }

  /// `How does V go with P, C?`
  private func asked(_ model: StudyPlan.Model) -> Phrase? {
    guard let formula = model.formula else { return nil }
    let outcomes = Set(formula.outcome.variables)
    let names = formula.terms.flatMap(\.factors).flatMap(\.variables).filter { !outcomes.contains($0) }
      .firstAppearances
    guard !names.isEmpty, let outcome = formula.outcome.variables.first else { return nil }
    func words(_ name: String, _ language: Language) -> String {
      plan.labels.phrase(of: name).text(in: language)
    }
    return Phrase(
      "How does \(words(outcome, .english)) go with \(names.prefix(8).map { words($0, .english) }.joined(separator: ", "))?",
      zh:
        "\(words(outcome, .chinese))与\(names.prefix(8).map { words($0, .chinese) }.joined(separator: "、"))有何关系？"
    )
  }

  private func answer(of step: String, named name: String) -> Phrase? {
    guard let record = records[step], let sample = record.sentence else {
      return Phrase("Model \(name): no result", zh: "模型\(name)：没有结果")
    }
    return Phrase("Model \(name). \(sample.english)", zh: "模型\(name)。\(sample.chinese)")
  }

  // MARK: What answers

  private var table: FindingTable {
    FindingTable(
      questions: questions.map(\.words),
      findings: plan.questions.contains { $0.model != nil } ? askedFindings : standardFindings)
  }

  private var askedFindings: [Finding] {
    plan.questions.enumerated().flatMap { place, question -> [Finding] in
      guard let model = question.model else { return [] }
      guard let source = source(model) else {
        let reason = Phrase("the model has no result.", zh: "该模型没有结果。")
        return question.numbers.map {
          Finding(question: place, model: Phrase(verbatim: model.name), missing: $0, reason: reason)
        }
      }
      let names = question.numbers.isEmpty ? Array(source.standardNames.prefix(2)) : question.numbers
      return names.map { finding($0, question: place, source, variants: variants(of: model.step)) }
    }
  }

  /// Where the study names no numbers, those that stand first in each of its models.
  private var standardFindings: [Finding] {
    let found = plan.models.compactMap { model in
      source(.init(name: model.name, step: model.step)).map { (model.step, $0) }
    }
    return FindingTable.standard(found.map(\.1)).map { number in
      let (step, source) = found[number.source]
      let question = plan.models.firstIndex { $0.step == step } ?? 0
      return finding(number.name, question: question, source, variants: variants(of: step))
    }
  }

  private func finding(
    _ name: String, question: Int, _ source: FindingSource, variants: [FindingSource]
  ) -> Finding {
    Finding(name, question: question, of: source, variants: variants)
      ?? Finding(
        question: question, model: source.name, missing: name,
        reason: Phrase(
          "the model has no such number.\(NearestName.question(for: name, among: source.names))",
          zh: "该模型没有此数值。\(NearestName.question(for: name, among: source.names))"))
  }

  private func source(_ model: StudyStep.ComparedModel) -> FindingSource? {
    guard let record = records[model.step] else { return nil }
    return FindingSource(
      name: Phrase(verbatim: model.name),
      estimates: (record.estimates + record.effects).map { $0.renamed(model.renamed) }, tests: record.tests,
      confidenceLevel: record.confidenceLevel, observations: record.sample.first)
  }

  private func variants(of step: String) -> [FindingSource] { plan.variants(of: step).compactMap(source) }

  // MARK: What speaks against it

  /// What failed, and what was not run because of it.
  private var failures: [Phrase] {
    StudyFailures(plan, statuses).failures.map { plan.units.naming($0.note) }
  }

  /// Cautions and tests that speak against steps on which the numbers rest, each sentence once with the steps that it is of.
  private var warnings: [Phrase] {
    let steps = plan.steps.filter { $0.chapter.bearsFindings }
    let names = Dictionary(plan.models.map { ($0.step, Phrase(verbatim: $0.name)) }) { first, _ in first }
    let said = steps.flatMap { step in
      (records[step.name].map { $0.cautions + $0.objections } ?? []).map {
        (names[step.name] ?? step.title, $0)
      }
    }
    return said.map(\.1).firstAppearances.map { warning in
      let of = said.filter { $0.1 == warning }.map(\.0).firstAppearances
      return plan.units.naming(warning).said(
        of: Phrase(
          of.map(\.english).joined(separator: ", "), zh: of.map(\.chinese).joined(separator: "、")))
    }
  }

  /// How many cautions there are of steps on which no number of the first page rests.
  private var otherWarnings: [Phrase] {
    let steps = plan.steps.filter {
      !$0.chapter.bearsFindings && $0.chapter != .robustness && $0.chapter != .comparison
    }
    let counts = steps.compactMap { step in
      records[step.name].flatMap { $0.cautions.isEmpty ? nil : (step.title, $0.cautions.count) }
    }
    guard !counts.isEmpty else { return [] }
    let english = counts.map { "\($0.0.english) (\($0.1))" }.joined(separator: "; ")
    let chinese = counts.map { "\($0.0.chinese)（\($0.1)）" }.joined(separator: "；")
    return [
      Phrase(
        "What is to be known of measurements on which none of these numbers rests stands below their tables: \(english).",
        zh: "与上述数值无关的测度，其注意事项见各表下：\(chinese)。")
    ]
  }
}

extension ReportChapter {
  /// Whether numbers of the first page rest on its steps: data, indices, models and what space has to do with them.
  fileprivate var bearsFindings: Bool {
    switch self {
    case .data, .indices, .association, .linearPanel, .dynamicPanel, .space, .spatialModel: true
    case .comparison, .robustness, .evaluation, .maps: false
    }
  }
}
