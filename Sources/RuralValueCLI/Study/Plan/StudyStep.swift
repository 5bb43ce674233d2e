import RuralValue
import RuralValueFormats

/// One step of a study: a call of a verb, or a comparison of models that other steps estimated.
struct StudyStep: Sendable {
  /// The name, which is the folder of its files and its place in the report.
  let name: String
  /// The block of the study file that it comes from.
  let path: String
  /// The part of the report that it belongs to.
  let chapter: ReportChapter
  /// Its heading in the report.
  let title: Phrase
  let action: Action
  /// The names of the steps whose files it reads.
  let needs: [String]

  /// What a step does.
  enum Action: Sendable {
    /// A call of a verb, without `ruralvalue`.
    case call([String])
    /// A table that sets models side by side, the first being the one that the others vary.
    case comparison([ComparedModel])
  }

  /// A model of a comparison.
  struct ComparedModel: Sendable, Equatable {
    /// The heading of its column.
    let name: String
    /// The step that estimates it.
    let step: String
    /// What its terms are called in the table where they vary those of the first model, as lags do.
    var renamed: [String: String] = [:]
  }

  /// The verb.
  var command: String {
    switch action {
    case .call(let words): words.first ?? ""
    case .comparison: "robustness"
    }
  }

  /// The words of the call behind the verb; none where there is no call.
  var arguments: [String] {
    switch action {
    case .call(let words): Array(words.dropFirst())
    case .comparison: []
    }
  }

  /// The call as one would type it.
  var call: String? {
    guard case .call(let words) = action else { return nil }
    return (["ruralvalue"] + words).map(ShellText.quoted).joined(separator: " ")
  }
}
