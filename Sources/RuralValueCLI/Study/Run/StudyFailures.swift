import RuralValue

/// What a study could not do, and what it did not run because of that.
struct StudyFailures {
  /// A step that failed, or columns that it could not make.
  struct Failure: Equatable {
    let step: String
    /// The columns that the step could not make; none where all of it failed.
    var columns: [String]
    let reason: String
    let code: ExitCode
    /// The steps that were not run because of it.
    var stopped: [String] = []
  }

  /// What went wrong, in the order of the study.
  private(set) var failures: [Failure] = []

  /// What the shell is told.
  var exitCode: ExitCode { failures.first?.code ?? .done }

  /// What became of a study's steps, told by its causes.
  init(_ plan: StudyPlan, _ statuses: [StepStatus]) {
    let names = plan.steps.map(\.name)
    for (step, status) in zip(names, statuses) {
      if case .failed(let code, let reason) = status {
        failures.append(Failure(step: step, columns: [], reason: reason, code: code))
      }
      // Columns that rest on one that is missing are missing for its reason.
      for missing in status.record?.leftOut ?? [] {
        if let place = failures.firstIndex(where: { $0.step == step && $0.reason == missing.reason }) {
          failures[place].columns.append(missing.column)
        } else {
          failures.append(
            Failure(step: step, columns: [missing.column], reason: missing.reason, code: .data))
        }
      }
    }
    let status = Dictionary(zip(names, statuses)) { first, _ in first }
    for step in names {
      guard let cause = Self.cause(of: step, status),
        let place = failures.firstIndex(where: { failure in
          failure.step == cause.step
            && (cause.column.map(failure.columns.contains) ?? failure.columns.isEmpty)
        })
      else { continue }
      failures[place].stopped.append(step)
    }
  }

  /// What a step that was not run waited for in the end; nil for one that was run.
  private static func cause(of step: String, _ status: [String: StepStatus]) -> MissingNeed? {
    guard case .notRun(let need, _) = status[step] else { return nil }
    return need.column == nil ? cause(of: need.step, status) ?? need : need
  }
}

extension StudyFailures.Failure {
  /// For standard error.
  var complaint: String {
    let what = columns.isEmpty ? "failed" : "could not make \(columns.joined(separator: ", "))"
    return "ruralvalue study: \(step) \(what): \(reason)"
      + (stopped.isEmpty ? "" : " Not run because of it: \(stopped.joined(separator: ", ")).")
  }

  /// For the report.
  var note: Phrase {
    let names = columns.joined(separator: "、")
    let rest =
      stopped.isEmpty
      ? Phrase(verbatim: "")
      : Phrase(
        " Not run because of it: \(stopped.joined(separator: ", ")).",
        zh: "因此未运行：\(stopped.joined(separator: "、"))。")
    return Phrase(
      "The step \(step) \(columns.isEmpty ? "failed" : "could not make \(columns.joined(separator: ", "))"): \(reason)\(rest.english)",
      zh: "步骤\(step)\(columns.isEmpty ? "失败" : "未能生成\(names)")：\(reason)\(rest.chinese)")
  }
}

extension StepRecord.LeftOut {
  /// For the step's own section of the report.
  var note: Phrase {
    Phrase(
      "\(column) could not be made and is not in the panel: \(reason)", zh: "\(column)无法生成，面板中无此列：\(reason)")
  }
}
