import RuralValue
import RuralValueFormats

/// What a study file asks for: its steps in their order, and how they are delivered.
struct StudyPlan {
  /// The study file as the call names it.
  let source: String
  let output: StudyOutput
  /// The panel's file as the study names it.
  let panelPath: String
  let steps: [StudyStep]
  /// The files that the study names, as it names them.
  let inputs: [String]

  /// The title of the report.
  var title: String {
    output.title ?? Phrase("Study", zh: "研究报告").text(in: output.language)
  }

  /// How tables that are no verb's answer are delivered.
  var deliveryOptions: DeliveryOptions {
    DeliveryOptions(
      directory: output.folder, formats: output.formats,
      rendering: RenderOptions(
        language: output.language, digits: output.digits ?? 3,
        starLevels: output.stars ?? StarMarks.defaultLevels))
  }
}
