/// The instruments of a model whose user names none.
///
/// The outcome's lags 2 to 4, and of every other regressor, predetermined, lags 1 to 3 in the transformed equation;
/// all collapsed. Of the sets that were simulated it is the smallest that keeps its coverage where regressors hold the
/// units' effects and answer to past outcomes, as flows of counties do; it takes no lag or change of the outcome, and
/// no regressor, for its own instrument. What it takes on trust is that the outcome has settled about its path
/// before the first period (the level equation), and that no regressor answers to the outcome of the same year.
///
/// Source: the Monte Carlo in Fixtures/reference/gmm-default; Blundell and Bond (1998); Roodman (2009).
struct DefaultInstruments: Sendable {
  /// The most lags of a regressor.
  static let mostLags = 3

  /// Lags of the outcome, where the model has any.
  private let outcome: GMMInstruments?
  /// The terms that are no lag or change of the outcome, each as a variable and the lag at which it enters.
  private let others: [(term: FormulaTerm, lag: Int)]

  init(_ formula: FormulaSpecification, terms: [FormulaTerm]) {
    let core = formula.outcome.core
    let own = terms.filter { $0.isLagOrChange(of: core) }
    let isGrowth = own.contains { $0.factors[0].lagged.inner == core } && formula.outcome != core
    let deepest = own.map { $0.factors[0].deepestLag }.max() ?? 0
    outcome =
      own.isEmpty
      ? nil
      : GMMInstruments(
        [FormulaTerm([isGrowth ? core : formula.outcome])], firstLag: 2, lastLag: max(4, deepest + 2),
        isCollapsed: true)
    others = terms.filter { !own.contains($0) }.map { term in
      guard term.factors.count == 1 else { return (term, 0) }
      let (inner, steps) = term.factors[0].lagged
      return (FormulaTerm([inner]), steps)
    }
  }

  /// The sets with so many lags of each regressor: the outcome's, and one a variable or product, so that each is tested.
  func sets(lags: Int) -> [GMMInstruments] {
    let sets = others.map(\.term).firstAppearances.flatMap { term in
      ranges(of: term, lags: lags).map { range in
        GMMInstruments(
          [term], firstLag: range.lowerBound, lastLag: range.upperBound, equation: .transformed,
          isCollapsed: true)
      }
    }
    return (outcome.map { [$0] } ?? []) + sets
  }

  /// The lags of a variable that stands in the model at one lag or several: 1 to 3 before each, joined where they
  /// meet. A lead answers to the outcome before it, so that its own first value is none.
  private func ranges(of term: FormulaTerm, lags: Int) -> [ClosedRange<Int>] {
    let lagsOfTerm = others.filter { $0.term == term }.map(\.lag).sorted()
    return lagsOfTerm.reduce(into: []) { ranges, lag in
      let range = max(1, lag + 1)...max(1, lag + lags)
      if let last = ranges.last, range.lowerBound <= last.upperBound + 1 {
        ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
  }
}

extension FormulaFactor {
  /// What a factor is a lag of, and the lag; itself at lag 0 where it is none.
  fileprivate var lagged: (inner: FormulaFactor, steps: Int) {
    guard case .lag(let inner, let steps) = self else { return (self, 0) }
    let (core, deeper) = inner.lagged
    return (core, steps + deeper)
  }

  /// What is left without lags and changes: y of diff(lag(y)), log(y) of lag(log(y)) and log(lag(y)).
  fileprivate var core: FormulaFactor {
    switch self {
    case .lag(let inner, _), .difference(let inner, _): inner.core
    case .logarithm(let inner): .logarithm(inner.lagged.inner)
    default: self
    }
  }

  /// How many periods back the earliest value lies that it holds.
  fileprivate var deepestLag: Int {
    switch self {
    case .lag(let inner, let steps), .difference(let inner, let steps): inner.deepestLag + steps
    case .logarithm(let inner), .centred(let inner), .scaled(let inner): inner.deepestLag
    case .ratio(let dividend, let divisor): max(dividend.deepestLag, divisor.deepestLag)
    case .variable, .levels, .level: 0
    }
  }
}

extension FormulaTerm {
  /// Whether the term is nothing but a lag or a change of a factor.
  fileprivate func isLagOrChange(of core: FormulaFactor) -> Bool {
    factors.count == 1 && factors[0].core == core
  }
}

/// What was assumed where no instruments were named.
public struct AssumedInstruments: Sendable, Equatable {
  /// How many lags each regressor has, 3 unless the sample is too small for them.
  public let lags: Int
  /// The instruments without the constant and the dummies of periods.
  public let count: Int
  /// The units or clusters, of which instruments should be no more than half.
  public let groups: Int

  /// Whether there are fewer lags than there would be in a larger sample.
  public var isShortened: Bool { lags < DefaultInstruments.mostLags }
  /// Whether even one lag a regressor makes more instruments than half the units or clusters.
  public var isTooMany: Bool { 2 * count > groups }
}
