/// What can keep a linear panel model from being estimated.
public enum FixedEffectsError: Fault {
  /// A combination of options that has no estimator.
  case notOffered(String)
  /// A range that cannot be read.
  case unreadableRange(text: String)
  /// A range of a variable without a square in the formula.
  case rangeWithoutSquare(variable: String, squares: [String])
  /// No row has all that the model needs.
  case noCompleteRow(source: String, emptiest: String, effects: FixedEffectsSpecification.Effects)
  /// Every row is alone in one of its groups.
  case onlySingletons(source: String, rows: Int)
  /// No regressor is left.
  case noRegressors(dropped: [String], effects: String)
  /// There are fewer observations than coefficients and effects.
  case tooFewObservations(observations: Int, parameters: Int)
  /// Fewer than two clusters.
  case oneCluster(column: String)
  /// Lags of Driscoll and Kraay's errors that are no fewer than the periods.
  case tooManyLags(lags: Int, periods: Int)
  /// A weight below zero.
  case negativeWeight(
    column: String, value: Double, unit: String, unitColumn: String, line: Int, source: String)
  /// An outcome that does not vary once the effects are out.
  case constantOutcome(name: String, effects: String)
  /// Regressors and effects that leave nothing of the outcome.
  case exactFit(name: String)
  /// A number became infinite on the way.
  case overflow(what: String)
  /// Something would be more than the memory holds.
  case tooLarge(MemoryLimitError)
  /// A regression failed; the text says why.
  case regression(String)

  /// Options are a matter of the call, missing values of the data, all else of the numbers.
  public var kind: FaultKind {
    switch self {
    case .notOffered, .unreadableRange, .rangeWithoutSquare, .tooManyLags: .usage
    case .noCompleteRow, .onlySingletons, .oneCluster, .negativeWeight, .tooLarge:
      .data
    default: .numerical
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .notOffered(let sentence): return sentence
    case .unreadableRange(let text):
      return "\(Setting("range")) is \"\(text)\"; expected a variable and its range, such as \"P=0.1:0.9\"."
    case .rangeWithoutSquare(let variable, let squares):
      let found =
        squares.isEmpty
        ? "no variable stands there with its square" : "those with one are: \(listed(squares))"
      return
        "\(Setting("range")) names \(variable), which has no square beside it in the formula; \(found). Expected such as"
        + " \"V ~ P + I(P^2)\"."
    case .noCompleteRow(let source, let emptiest, let effects):
      let difference =
        effects == .difference
        ? " In differences every row needs the row one period earlier; check \(Setting("time-step"))." : ""
      return
        "\(source): no row has a value of the outcome, of every regressor and of what else the model needs; \(emptiest) has"
        + " the fewest.\(difference)"
    case .onlySingletons(let source, let rows):
      return
        "\(source): each of the \(grouped(rows)) complete rows is the only one of its unit, period or group, so that its effect"
        + " takes up all of it. Take \(Setting("effects")) none, or more periods."
    case .noRegressors(let dropped, let effects):
      return
        "No regressor is left: \(listed(dropped)) \(dropped.count == 1 ? "does" : "do") not vary once the \(effects) are taken"
        + " out. Take fewer effects, or regressors that change over time within units."
    case .tooFewObservations(let observations, let parameters):
      return
        "There are \(grouped(observations)) observations for \(grouped(parameters)) coefficients and effects; expected more"
        + " observations than these."
    case .oneCluster(let column):
      return
        "All rows are in one cluster of \(column); at least two are needed, and thirty are better. Take another"
        + " \(Setting("cluster"))."
    case .tooManyLags(let lags, let periods):
      return
        "\(Setting("lags")) is \(lags), but there are \(periods) periods; expected fewer lags than periods."
    case .negativeWeight(let column, let value, let unit, let unitColumn, let line, let source):
      return
        "\(source), line \(line): the weight \(column) of \(unitColumn) \"\(unit)\" is \(RoundTripNumber.text(value)); expected no"
        + " number below zero."
    case .constantOutcome(let name, let effects):
      return
        "The outcome \(name) does not vary once the \(effects) \(effects == "constant" ? "is" : "are") taken out, so that there"
        + " is nothing to explain. Take another outcome, or fewer effects."
    case .exactFit(let name):
      return
        "The regressors and effects determine \(name) entirely: what is left is rounding, and there is no error to judge by."
        + " Most likely the outcome is made of a regressor; take that one out."
    case .overflow(let what):
      return
        "\(what) became infinite or not a number: the variables' scales are too far apart. Rescale them with log(),"
        + " scale() or ruralvalue prepare."
    case .tooLarge(let error): return error.description
    case .regression(let reason): return "The regressors cannot be told apart. \(reason)"
    }
  }
}
