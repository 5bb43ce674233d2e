import RuralValue

/// What a study file asks for: its steps in their order, and how they are delivered.
struct StudyPlan {
  /// The study file as the call names it.
  let source: String
  let output: StudyOutput
  /// The panel's file as the study names it.
  let panelPath: String
  let steps: [StudyStep]

  /// The title of the report.
  var title: String {
    output.title ?? Term("Study", zh: "研究报告").text(in: output.language)
  }
}
