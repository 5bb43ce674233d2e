import RuralValue
import RuralValueNumerics
import Synchronization

/// Carries out the steps of a study, side by side where they do not build on each other.
struct StudyRunner: Sendable {
  let plan: StudyPlan
  let runner: StepRunner
  let jobs: Int
  let progress: Progress

  /// Carries out all steps. A step that fails is a status; the others go on.
  func run() -> [StepStatus] {
    let steps = plan.steps
    let places = Dictionary(steps.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let needs = steps.map { step in step.needs.compactMap { places[$0] } }
    let statuses = Mutex([StepStatus?](repeating: nil, count: steps.count))
    let running = Mutex<[String]>([])
    StepQueue(needs: needs, workers: max(1, min(jobs, steps.count))).run { place in
      let step = steps[place]
      let before = statuses.withLock { $0 }
      progress.show(
        message(
          running.withLock { names in
            names.append(step.name)
            return names
          }, done: before.count { $0 != nil }))
      let status = status(of: step, needs: needs[place].map { (steps[$0].name, before[$0]) })
      statuses.withLock { $0[place] = status }
      running.withLock { names in names.removeAll { $0 == step.name } }
    }
    progress.clear()
    return statuses.withLock { $0 }.map {
      $0 ?? .notRun(because: MissingNeed(step: ""), keepsEarlierFiles: false)
    }
  }

  private func message(_ running: [String], done: Int) -> String {
    let names = running.joined(separator: ", ")
    return Phrase(
      "\(done) of \(plan.steps.count) steps: \(names)", zh: "\(done)/\(plan.steps.count)：\(names)"
    )
    .text(in: plan.output.language)
  }

  private func status(of step: StudyStep, needs: [(name: String, status: StepStatus?)]) -> StepStatus {
    let missing = needs.filter { $0.status?.record == nil }
    // A comparison shows the models that there are beside its first; a call needs every file that it reads.
    let isComparison = if case .comparison = step.action { true } else { false }
    if let first = missing.first, !isComparison || first.name == needs[0].name {
      let isKept = first.status?.keepsEarlierFiles ?? false
      if !isKept { runner.discard(step.name) }
      return .notRun(because: MissingNeed(step: first.name), keepsEarlierFiles: isKept)
    }
    if let column = missingColumn(step, needs) {
      runner.discard(step.name)
      return .notRun(because: column, keepsEarlierFiles: false)
    }
    let language = plan.output.language
    let records = needs.compactMap { need in need.status?.record.map { (need.name, $0) } }
    let failures = needs.compactMap { need in need.status?.failure(in: language).map { (need.name, $0) } }
    do {
      let result = try runner.run(
        step, done: Dictionary(records) { $1 }, failed: Dictionary(failures) { $1 })
      return .done(result.record, isReused: result.isReused)
    } catch {
      let code = ExitCode(error)
      return .failed(
        code,
        reason: code == .internalError
          ? "Internal error: \(error). Please report it." : Message.inStudy(error))
    }
  }

  /// The first column that a step's call names and that a step before it was to make and could not.
  private func missingColumn(
    _ step: StudyStep, _ needs: [(name: String, status: StepStatus?)]
  ) -> MissingNeed? {
    let columns = step.call?.mentions.compactMap(\.what.column) ?? []
    return needs.flatMap { $0.status?.record?.said.lacking ?? [] }
      .first { $0.column.map(columns.contains) == true }
  }
}

/// What a step that was not run has need of: the results of another step, or one column of them.
struct MissingNeed: Sendable, Hashable, Codable {
  let step: String
  /// The column, where the step has its other results.
  var column: String? = nil

  /// The step, or the column and the step.
  var name: Phrase {
    column.map { Phrase("\($0) of \(step)", zh: "\(step)的\($0)") } ?? Phrase(verbatim: step)
  }

  /// Why the step was not run.
  var sentence: Phrase {
    guard let column else {
      return Phrase(
        "It was not run, for it builds on the step \(step), which has no results.",
        zh: "未运行：所依赖的步骤\(step)没有结果。")
    }
    return Phrase(
      "It was not run, for it needs \(column), which the step \(step) could not make.",
      zh: "未运行：所需的\(column)，步骤\(step)未能生成。")
  }
}

/// How a step ended.
enum StepStatus: Sendable {
  /// It has its results, made now or by an earlier run.
  case done(StepRecord, isReused: Bool)
  case failed(ExitCode, reason: String)
  /// A step that it builds on has no results, or not the column that it needs; what an earlier run wrote stays where that is
  /// so for the step before it.
  case notRun(because: MissingNeed, keepsEarlierFiles: Bool)

  /// What it left behind, if it has its results.
  var record: StepRecord? {
    if case .done(let record, _) = self { record } else { nil }
  }

  /// Whether it has no results through a fault of the machine's, so that those of an earlier run stay.
  var keepsEarlierFiles: Bool {
    switch self {
    case .done: false
    case .failed(let code, _): code == .file
    case .notRun(_, let keepsEarlierFiles): keepsEarlierFiles
    }
  }

  /// The key in the manifest.
  var key: String {
    switch self {
    case .done: "done"
    case .failed: "failed"
    case .notRun: "not run"
    }
  }

  /// Why it has no results; what went wrong in a step is English, as all messages are.
  func failure(in language: Language) -> String? {
    switch self {
    case .done: nil
    case .failed(_, let reason): reason
    case .notRun(let need, _): need.sentence.text(in: language)
    }
  }
}

/// What results depend on besides the study: the program and its linear algebra.
enum StudyProgram {
  /// A text that changes with the program's version, its file and the library for linear algebra.
  static var stamp: String {
    let file = FileStatus(at: "/proc/self/exe") ?? CommandLine.arguments.first.flatMap { FileStatus(at: $0) }
    let (size, time) = (file.map { "\($0.size)" } ?? "", file.map { "\($0.modified)" } ?? "")
    return [ToolVersion.number, size, time, BLASLibrary.description].joined(separator: "\u{0}")
  }
}
