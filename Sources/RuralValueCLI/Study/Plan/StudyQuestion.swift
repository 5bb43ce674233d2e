import RuralValue

/// What a study asks, and the numbers that answer it.
struct StudyQuestion {
  /// The question, or the hypothesis.
  let words: Phrase
  /// The model whose numbers answer it; nil where the study does not say.
  let model: StudyStep.ComparedModel?
  /// The names of the numbers; none where the study does not say.
  let numbers: [String]
}

/// A table or figure of the paper: its number there, and the step that makes it.
struct StudyExhibit {
  /// What it is.
  enum Kind: Hashable {
    case table
    case figure
  }

  /// Where it comes from.
  enum Source: Equatable {
    /// What the models' variables are.
    case variables
    /// A step's table or figure of this name; its first where no name is given.
    case step(String, name: String?)
  }

  let kind: Kind
  /// Its number in the paper; nil for the next, where the study leaves it to the program what a paper shows.
  let number: Int?
  let source: Source
  /// The rows of a table by the values of some of its columns; all where there are none.
  var rows: [(column: String, values: [String])] = []
  /// The title, where the study gives one.
  var title: Phrase? = nil
}
