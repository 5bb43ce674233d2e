/// A panel whose estimates are its parameters.
public struct ExactPanel: Sendable {
  /// The panel with the outcome that was made.
  public let panel: Panel
  /// The outcome's column, in row order.
  public let outcome: [Double]
  /// The errors from which it was made, in row order.
  public let errors: [Double]
  /// The number of estimates that it took.
  public let iterations: Int
  /// The largest distance of an estimate from its true value, over 1 or the true value's size where that is larger.
  public let largestMiss: Double
}

/// What can keep a panel from being made whose estimates are its parameters.
public enum ExactPanelError: Fault {
  /// The truth has no value for one of the model's terms.
  case noTruth(term: String, given: [String])
  /// The truth names a coefficient that the model does not have.
  case unknownTruth(name: String, coefficients: [String])
  /// A term of the outcome that needs the outcome's present or all of its values.
  case termNeedsPresentOutcome(term: String, outcome: String)
  /// An outcome that is neither a column nor the logarithm of one.
  case outcomeNotInvertible(outcome: String)
  /// An estimator for which no panel can be made, in a sentence.
  case notOffered(String)
  /// More conditions than errors that could meet them.
  case tooFewObservations(conditions: Int, observations: Int)
  /// Errors that move one coefficient move another in the same way.
  case dependentConditions(conditions: Int, rank: Int)
  /// The outcome grew beyond all bounds.
  case explosive(unit: String, period: Int)
  /// The estimates did not come to the truth.
  case notConverged(iterations: Int, coefficient: String, truth: Double, estimate: Double)

  /// What was asked is a matter of the call; all else of the numbers.
  public var kind: FaultKind {
    switch self {
    case .noTruth, .unknownTruth, .termNeedsPresentOutcome, .outcomeNotInvertible, .notOffered: .usage
    default: .numerical
    }
  }

  /// What was found and what to do.
  public var description: String {
    switch self {
    case .noTruth(let term, let given):
      return "The true coefficients have no value for \(term)."
        + NearestName.question(for: term, among: given) + " Given are: \(listed(given))."
    case .unknownTruth(let name, let coefficients):
      return "The true coefficients name \"\(name)\", which the estimated model does not have or, as it"
        + " depends on other terms, has left out."
        + NearestName.question(for: name, among: coefficients)
        + " Its coefficients are: \(listed(coefficients))."
    case .termNeedsPresentOutcome(let term, let outcome):
      return
        "\(term) needs \(outcome) of the same or a later period, so that \(outcome) cannot be made from it"
        + " period by period. Use lags of the outcome, and no centring or scaling of it."
    case .outcomeNotInvertible(let outcome):
      return
        "The outcome \(outcome) cannot be turned back into a column; expected a column such as V or log(V)."
    case .notOffered(let sentence):
      return sentence
    case .tooFewObservations(let conditions, let observations):
      return
        "An exact panel has to meet \(conditions) conditions with \(observations) errors, which cannot be."
        + " Take more units or periods, or fewer coefficients."
    case .dependentConditions(let conditions, let rank):
      return "The \(conditions) conditions of an exact panel are not independent (rank \(rank)): errors that"
        + " move one coefficient move another in the same way. Take more units, or fewer coefficients."
    case .explosive(let unit, let period):
      return
        "The simulated outcome of \"\(unit)\" is beyond all bounds in \(period); take smaller coefficients,"
        + " above all of the lagged outcome, smaller standard deviations, or fewer periods."
    case .notConverged(let iterations, let coefficient, let truth, let estimate):
      return
        "No exact panel was found in \(iterations) iterations: \(coefficient) is estimated at \(estimate),"
        + " its true value is \(truth). The estimator answers too unsteadily to the errors: take more units,"
        + " fewer or collapsed instruments, or another seed."
    }
  }
}
