/// What can keep a dynamic panel model from being estimated.
public enum DynamicPanelError: Fault {
  /// An instrument option that cannot be read.
  case unreadableInstruments(option: Setting, text: String, expected: String)
  /// An instrument option with a suffix that is not known.
  case unknownSuffix(option: Setting, text: String, found: String, known: [String])
  /// A linear combination, a sum or a margin names a coefficient that is not there.
  case noSuchCoefficient(name: String, option: Setting, known: [String])
  /// A linear combination that cannot be read.
  case unreadableCombination(text: String)
  /// A test that cannot be read.
  case unreadableTest(text: String)
  /// Continuously updated GMM with as many instruments as units or clusters.
  case noContinuousUpdating(instruments: Int, clusters: Int)
  /// Doubly corrected errors of steps that have none.
  case doubleCorrectionOfSteps(String)
  /// Doubly corrected errors of an estimate that has no derivative.
  case noDoubleCorrection(instruments: Int, independent: Int, clusters: Int)
  /// A variable without a single value.
  case allMissing(variable: String, source: String, calendar: String? = nil)
  /// A panel with one unit only.
  case oneUnit(unit: String, source: String)
  /// No row has all of the model's variables.
  case noCompleteRow(source: String, variables: [String])
  /// No unit is long enough to be transformed.
  case tooFewPeriods(periods: Int, needed: Int, source: String)
  /// Periods so far apart, on so small a step, that their calendar cannot be laid out.
  case calendarTooLong(source: String, timeColumn: String, first: Int, last: Int, step: Int, most: Int)
  /// Regressors that the others determine, all of them.
  case collinear([DependentRegressor])
  /// Regressors without an instrument among the default's, and the call that names one for each.
  case noDefaultInstrument(regressors: [String], call: String)
  /// Fewer instruments than coefficients.
  case tooFewInstruments(instruments: Int, coefficients: Int)
  /// More instruments than memory could hold.
  case tooManyInstruments(instruments: Int, most: Int)
  /// The instruments do not tell the coefficients apart.
  case notIdentified(weightRank: Int, coefficients: Int, suspects: [String])
  /// Iterated GMM did not settle.
  case notConverged(iterations: Int, change: Double)
  /// A variable whose marginal effect is wanted also stands inside a function of it.
  case marginOfFunction(variable: String, function: String)
  /// Something would be more than the memory holds.
  case tooLarge(MemoryLimitError)
  /// A number became infinite on the way.
  case overflow(what: String)

  /// Whose move it is.
  public var kind: FaultKind {
    switch self {
    case .unreadableInstruments, .unknownSuffix, .noSuchCoefficient, .unreadableCombination, .unreadableTest,
      .doubleCorrectionOfSteps,
      .marginOfFunction:
      .usage
    case .allMissing, .oneUnit, .noContinuousUpdating, .noCompleteRow, .tooFewPeriods, .calendarTooLong,
      .tooLarge:
      .data
    default: .numerical
    }
  }

  /// What was found and what to do.
  public var description: String {
    switch self {
    case .unreadableInstruments(let option, let text, let expected):
      return "\(option) is \"\(text)\"; expected \(expected)."
    case .unknownSuffix(let option, let text, let found, let known):
      return "\(option) \"\(text)\": there is no suffix \";\(found)\"."
        + "\(NearestName.question(for: found, among: known)) The suffixes are \(known.joined(separator: ", "))."
    case .noSuchCoefficient(let name, let option, let known):
      return
        "\(option): the model has no coefficient \"\(name)\".\(NearestName.question(for: name, among: known))"
        + " The coefficients are \(listed(known))."
    case .unreadableTest(let text):
      return
        "\(Setting("test")) is \"\(text)\"; expected coefficients that are zero, such as \"P:C,P:I\" or \"P:*\", or an equation such"
        + " as \"P = C\"."
    case .noContinuousUpdating(let instruments, let clusters):
      return
        "\(Setting("steps")) cue needs more units or clusters than independent instruments; found \(clusters) units or clusters"
        + " and \(instruments) instruments. Take fewer instruments, or \(Setting("steps")) 2."
    case .doubleCorrectionOfSteps(let steps):
      return
        "\(Setting("se")) doubly-corrected is for one step and two; found \(Setting("steps")) \(steps). Take"
        + " \(Setting("se")) robust."
    case .noDoubleCorrection(let instruments, let independent, let clusters):
      return
        "Doubly corrected errors need independent instruments and more units or clusters than these; found \(instruments)"
        + " instruments, \(independent) of them independent, and \(clusters) units or clusters. Take fewer instruments, or"
        + " \(Setting("se")) robust."
    case .unreadableCombination(let text):
      return
        "\(Setting("lincom")) is \"\(text)\"; expected coefficients joined by + and -, with factors in front if wanted,"
        + " such as \"P+C\" or \"2*P - 0.5*P:C\"; names with spaces or signs stand in backticks, as in tables."
    case .allMissing(let variable, let source, let calendar?):
      return "\(source): \(variable) has not a single value over this panel. \(calendar)"
    case .allMissing(let variable, let source, nil):
      return
        "\(source): \(variable) has not a single value over this panel, so that no row can be used. Drop it"
        + " from the formula, or fill it with ruralvalue prepare."
    case .oneUnit(let unit, let source):
      return
        "\(source): the panel has one unit only (\"\(unit)\"); GMM needs many units, and as a rule more of"
        + " them than instruments. Check \(Setting("unit"))."
    case .noCompleteRow(let source, let variables):
      return "\(source): no row has all of \(listed(variables)); ruralvalue describe shows where values are"
        + " missing, ruralvalue prepare interpolates them."
    case .tooFewPeriods(let periods, let needed, let source):
      return
        "\(source): no unit has \(needed) consecutive periods with all of the model's variables, which the"
        + " transformed equation and its lags need (the calendar has \(periods)). Take fewer lags, or fill gaps"
        + " with ruralvalue prepare."
    case .calendarTooLong(let source, let timeColumn, let first, let last, let step, let most):
      return
        "\(source), column \"\(timeColumn)\": from \(first) to \(last) in steps of \(step) are too many"
        + " periods for a dynamic panel; expected at most \(most). Check the periods, or number them 1, 2, 3, …"
    case .collinear(let regressors):
      let written = regressors.map { FormulaLevels.written($0.parameter.name) }.firstAppearances
      let drops = written.map { "- \($0)" }.joined(separator: " ")
      let causes = Set(regressors.map { "\($0.cause)" })
      return
        "Not identified: \(regressors.map(\.phrase.english).joined(separator: "; ")). Drop"
        + " \(regressors.count == 1 ? "it" : "them") from the formula with \"\(drops)\", or have"
        + " \(regressors.count == 1 ? "it" : "them") left out with \(Setting("collinear")) drop"
        + (causes.contains("constantOverTime")
          ? "; \(Setting("estimator")) system can have what does not vary over time" : "")
        + (causes.contains("periods") ? "; \(Setting("time-effects")) none has no dummies in its way" : "")
        + "."
    case .noDefaultInstrument(let regressors, let call):
      return
        "\(listed(regressors)) \(regressors.count == 1 ? "does" : "do") not vary over time within any unit, so that no"
        + " lag instruments \(regressors.count == 1 ? "it" : "them"): the default has no instrument. Name instruments; with the default's for the"
        + " others: \(call), which takes \(regressors.count == 1 ? "it" : "them") for uncorrelated with the unit effects."
    case .marginOfFunction(let variable, let function):
      return
        "\(Setting("margins")) \(variable): the model also holds \(function), which changes with \(variable), so that the"
        + " products alone are not its effect; expected \(variable) by itself, in powers and in products. Write the model in"
        + " these, or ask for the effect of \(function)."
    case .tooFewInstruments(let instruments, let coefficients):
      return
        "The model has \(coefficients) coefficients but only \(instruments) independent instruments. Give each"
        + " regressor at least one: itself with \(Setting("exogenous")), or its lags with \(Setting("predetermined")) or \(Setting("endogenous"))."
    case .tooManyInstruments(let instruments, let most):
      return
        "The model has \(instruments) instruments, more than the \(most) that this program takes on. Limit"
        + " their lags (\(Setting("gmm")) \"V,2:4\") or collapse them (\(Setting("collapse")))."
    case .notIdentified(let rank, let coefficients, let suspects):
      return "The \(coefficients) coefficients are not identified: with a weight matrix of rank \(rank) the"
        + " instruments do not tell them apart\(suspects.isEmpty ? "" : "; suspect: \(listed(suspects, most: 6))")."
        + (rank < coefficients
          ? " There are too few clusters or units for this model: take fewer regressors, or drop \(Setting("cluster"))."
          : " Add instruments, or drop a regressor.")
    case .notConverged(let iterations, let change):
      // After so many iterations further digits differ between processors.
      let moved = change < 0.001 ? "less than 0.001" : FixedDecimals.text(change, decimals: 3)
      return
        "Iterated GMM did not settle within \(iterations) iterations (the last one moved a coefficient by"
        + " \(moved) of its standard error). Use \(Setting("steps")) 2, or fewer instruments."
    case .tooLarge(let error): return error.description
    case .overflow(let what):
      return
        "\(what) became infinite or not a number: the variables' scales are too far apart. Rescale them with"
        + " log(), scale() or ruralvalue prepare."
    }
  }
}
