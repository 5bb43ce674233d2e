import RuralValue
import RuralValueFormats

/// What a study file asks for: its steps in their order, and how they are delivered.
struct StudyPlan {
  /// The study file as the call names it.
  let source: String
  let output: StudyOutput
  /// What comparisons call variables.
  let labels: VariableLabels
  /// What the report calls units, besides their codes.
  let units: UnitLabels
  /// The panel's file as the study names it.
  let panelPath: String
  let steps: [StudyStep]
  /// What the study asks, in its order.
  let questions: [StudyQuestion]
  /// The paper's tables and figures in its order.
  let exhibits: [StudyExhibit]
  /// The models, without their variants.
  let models: [Model]
  /// The files that the study names, as it names them.
  let inputs: [String]

  /// A model, the step that estimates it, and its formula where it can be read.
  struct Model {
    let name: String
    let step: String
    let formula: FormulaSpecification?
  }

  /// The variants of a model's step.
  func variants(of step: String) -> [StudyStep.ComparedModel] {
    for other in steps {
      if case .comparison(let models) = other.action, models.first?.step == step {
        return Array(models.dropFirst())
      }
    }
    return []
  }

  /// The title of the report.
  var title: String {
    output.title ?? Phrase("Study", zh: "研究报告").text(in: output.language)
  }

  /// How tables that are no verb's answer are delivered.
  var deliveryOptions: DeliveryOptions {
    var options = DeliveryOptions()
    (options.directory, options.formats, options.isQuiet) = (output.folder, output.formats, true)
    options.isSpreadsheetSafe = output.isSpreadsheetSafe
    (options.figures, options.figureWidth) = (output.figures, output.figureWidth)
    options.rendering = RenderOptions(
      language: output.language, digits: output.digits ?? 3,
      starLevels: output.stars ?? StarMarks.defaultLevels)
    return options
  }
}

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
    /// A call of a verb.
    case call(Call)
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

  /// The step with its heading in the words that people have for variables.
  func worded(by labels: VariableLabels) -> StudyStep {
    StudyStep(
      name: name, path: path, chapter: chapter, title: title.worded(by: labels), action: action, needs: needs)
  }

  /// The step with another call.
  func calling(_ call: Call) -> StudyStep {
    StudyStep(name: name, path: path, chapter: chapter, title: title, action: .call(call), needs: needs)
  }

  /// The call, where there is one.
  var call: Call? { if case .call(let call) = action { call } else { nil } }

  /// The verb.
  var command: String { call?.verb.definition.name ?? "robustness" }
}

/// A table that steps read: the panel, the scores, or the panel for the models.
struct StudyTable {
  /// Its path as calls name it.
  var path = ""
  /// The step that writes it; nil for the study's own input.
  var step: String? = nil
  /// How it is read: its keys, and more where it is the study's own file.
  var given: [Call.Given] = []
  /// Its columns, where they are known before anything runs.
  var columns: [String]? = nil

  /// The steps that must come before one that reads it.
  var needs: [String] { step.map { [$0] } ?? [] }

  /// Whether it certainly has no such column.
  func lacks(_ column: String) -> Bool { columns.map { !$0.contains(column) } ?? false }

  /// Its keys, and how its file is read; not which rows.
  var reading: [Call.Given] {
    let names = Set(TableInput.reading.map(\.name))
    return given.filter { names.contains($0.name) }
  }

  /// What a step reads that prepared this table: the keys alone.
  var keys: [Call.Given] {
    let names = Set(TableInput.keys.map(\.definition.name))
    return given.filter { names.contains($0.name) }
  }
}
