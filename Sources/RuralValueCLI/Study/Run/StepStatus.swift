import RuralValue

/// How a step ended.
enum StepStatus: Sendable {
  /// It has its results, made now or by an earlier run.
  case done(StepRecord, isReused: Bool)
  case failed(ExitCode, reason: String)
  /// A step that it builds on has no results.
  case notRun(because: String)

  /// What it left behind, if it has its results.
  var record: StepRecord? {
    if case .done(let record, _) = self { record } else { nil }
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
    case .notRun(let step):
      Phrase(
        "It was not run, for it builds on the step \(step), which has no results.",
        zh: "未运行：所依赖的步骤\(step)没有结果。"
      ).text(in: language)
    }
  }
}
