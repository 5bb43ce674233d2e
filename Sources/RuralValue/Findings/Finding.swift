/// A number that answers what a study asked: of which model it is, and what variants of the model make of it.
public struct Finding: Sendable, Equatable {
  /// What answers.
  public enum Number: Sendable, Equatable {
    /// An estimate, which has an interval.
    case estimate(Estimate)
    /// A test, which has a p value alone.
    case test(TestResult)
    /// Nothing, and why.
    case none(name: String, reason: Phrase)
  }

  /// Which of the questions it answers, from 0 on.
  public let question: Int
  /// What the model is called.
  public let model: Phrase
  /// The number.
  public let number: Number
  /// The level of its interval.
  public let confidenceLevel: Double
  /// The number of observations behind it.
  public let observations: Int?
  /// How many variants of the model have the number.
  public let compared: Int
  /// Those that give it another sign or stand on the other side of the 5 per cent level.
  public let differing: [Phrase]

  /// A number that is not there.
  public init(question: Int, model: Phrase, missing name: String, reason: Phrase) {
    self.question = question
    self.model = model
    number = .none(name: name, reason: reason)
    confidenceLevel = 0.95
    observations = nil
    compared = 0
    differing = []
  }

  /// The number of a name among those of a model; nil where the model has none of the name.
  public init?(_ name: String, question: Int, of model: FindingSource, variants: [FindingSource]) {
    self.question = question
    self.model = model.name
    confidenceLevel = model.confidenceLevel
    observations = model.observations
    if let estimate = model.estimate(name) {
      number = .estimate(estimate)
      let table = RobustnessTable(base: model.compared, variants: variants.map(\.compared))
      let verdict = table.verdicts.first { $0.base == estimate }
      compared = verdict?.compared ?? 0
      differing = verdict?.differing ?? []
    } else if let test = model.test(name) {
      number = .test(test)
      let others = variants.compactMap { variant in
        variant.test(name)?.rejects.map { (variant.name, $0 == test.rejects) }
      }
      compared = test.rejects == nil ? 0 : others.count
      differing = test.rejects == nil ? [] : others.filter { !$0.1 }.map(\.0)
    } else {
      return nil
    }
  }

  /// What people call the number.
  var words: Phrase {
    switch number {
    case .estimate(let estimate): return Phrase(WordedName(estimate.parameter, full: true, typeset: true))
    case .test(let test):
      let statistic = test.clause
      return Phrase(
        "Test: \(test.hypothesis.signedEnglish)\(statistic.map { " (\($0))" } ?? "")",
        zh: "检验：\(test.hypothesis.signedChinese)\(statistic.map { "（\($0)）" } ?? "")")
    case .none(let name, _): return Phrase(verbatim: name)
    }
  }

  /// The estimate, where it is one.
  var estimate: Estimate? { if case .estimate(let estimate) = number { estimate } else { nil } }

  /// The p value; NaN where there is none.
  var pValue: Double {
    switch number {
    case .estimate(let estimate): estimate.significance
    case .test(let test): test.pValue ?? .nan
    case .none: .nan
    }
  }

  /// The name that a study gives it: `total ln_P`, `wald_products`.
  var key: String {
    switch number {
    case .estimate(let estimate): estimate.parameter.fullName
    case .test(let test): test.key
    case .none(let name, _): name
    }
  }
}

/// A model as findings are taken from it: its estimates and effects, and its tests.
public struct FindingSource: Sendable, Equatable {
  /// What the model is called.
  public let name: Phrase
  /// Coefficients, then effects.
  public let estimates: [Estimate]
  /// The tests.
  public let tests: [TestResult]
  /// The level of the intervals.
  public let confidenceLevel: Double
  /// The number of observations.
  public let observations: Int?

  /// A model from its parts.
  public init(
    name: Phrase, estimates: [Estimate], tests: [TestResult], confidenceLevel: Double, observations: Int?
  ) {
    self.name = name
    self.estimates = estimates
    self.tests = tests
    self.confidenceLevel = confidenceLevel
    self.observations = observations
  }

  /// The names of all its numbers, for whoever misspelt one.
  public var names: [String] { estimates.map(\.parameter.fullName) + tests.map(\.key) }

  /// The names of what it answers with where nobody says: total effects and ρ; where there are none products of the highest
  /// order, then the other slopes.
  public var standardNames: [String] {
    let horizon =
      estimates.contains { $0.parameter.role == .effect(.total, .long) } ? EffectHorizon.long : nil
    let totals = estimates.filter { $0.parameter.role == .effect(.total, horizon) }
    if !totals.isEmpty {
      return (totals + estimates.filter { $0.parameter.role == .rho }).map(\.parameter.fullName)
    }
    let slopes = estimates.filter(\.parameter.isSlope)
    let products = slopes.filter { $0.parameter.role == .product }
    let highest = products.max { $0.order < $1.order }
    let others = slopes.filter { $0.parameter.role == .variable }
    let lags = slopes.filter { $0.parameter.role == .laggedOutcome }
    return ((highest.map { [$0] } ?? []) + others + lags).map(\.name)
  }

  /// The estimate of a name as results have it, or as formulas write it: `lag(V)` is `lag(V, 1)`.
  func estimate(_ name: String) -> Estimate? {
    func named(_ name: String) -> Estimate? {
      estimates.first { $0.parameter.fullName == name || ($0.name == name && !$0.isEffect) }
    }
    let terms = (try? FormulaSpecification.terms(name)) ?? []
    return named(name) ?? (terms.count == 1 ? named(terms[0].name) : nil)
  }

  func test(_ key: String) -> TestResult? { tests.first { $0.key == key } }

  fileprivate var compared: RobustnessTable.Model {
    .init(
      name: name, estimates: estimates, confidenceLevel: confidenceLevel, observations: observations ?? 0)
  }
}

extension Estimate {
  fileprivate var isEffect: Bool { if case .effect = parameter.role { true } else { false } }

  /// How many variables a product has.
  fileprivate var order: Int { (try? FormulaSpecification.terms(name))?.first?.factors.count ?? 1 }
}

extension TestResult {
  /// `F(11, 62) = 1.98`; nil where nothing was computed.
  var clause: String? {
    guard case .statistic(let statistic) = outcome else { return nil }
    let number = FixedDecimals.text(statistic.value, decimals: 2)
    return switch statistic.distribution {
    case .normal: "z = \(number)"
    case .t(let degrees): "t(\(degrees)) = \(number)"
    case .chiSquared(let degrees): "χ²(\(degrees)) = \(number)"
    case .f(let numerator, let denominator): "F(\(numerator), \(denominator)) = \(number)"
    case .permutations, .ruleOfThumb: number
    }
  }
}
