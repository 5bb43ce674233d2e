public import RuralValue

/// The plots that a step's tables call for: which ones is read from the command and from the columns.
///
/// A table that is absent, of another shape, or without a finite number gives no plot.
public enum StepFigures {
  /// The plots of what a command answered, with words in one language.
  public static func figures(for document: ResultDocument, language: Language = .english) -> [ReportFigure] {
    let figures = StepPlots(document, language: language)
    return switch document.command {
    case "gmm": figures.coefficients + figures.combinations + figures.marginalEffects
    case "sdm": figures.effects + figures.coefficients
    case "moran": figures.moran
    case "entropy": figures.weights
    case "robustness": figures.robustness
    default: []
    }
  }
}
