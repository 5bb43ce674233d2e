internal import RuralValueNumerics

/// What a change in a variable that lasts adds up to, and what keeps it from being known.
///
///     θ = Σ b_x/(1 − Σλ)
///
/// over all lags of x and all lags λ of the outcome; in the growth form, diff(y) on lag(y), −b_x over the lag's
/// coefficient. Errors by the delta method: the gradient is 1/(1 − Σλ) by each b_x and θ/(1 − Σλ) by each λ. Where 1 − Σλ is
/// within two of its errors of zero, these mean nothing, and Fieller's set of the ratio stands beside.
///
/// Source: methods/gmm-inference.md, section 4; Fieller (1954).
public struct LongRunEffect: Sendable, Equatable {
  /// The effect with its delta-method error.
  public let estimate: Estimate
  /// Fieller's set, where 1 − Σλ is near zero.
  public let fieller: ConfidenceSet?

  /// 1 − Σλ with the weights of the coefficients in it; nil without a lag of the outcome.
  struct Denominator {
    let value: Double
    let standardError: Double
    /// d(1 − Σλ)/db, −1 at each lag.
    let gradient: [Double]
  }
}

extension DynamicPanelResult {
  /// 1 − Σλ; nil where the model has no lag of the outcome.
  var longRunDenominator: LongRunEffect.Denominator? {
    let lags = estimates.map { lagWeight($0.parameter) }
    guard lags.contains(where: { $0 != 0 }) else { return nil }
    let sum = zip(lags, estimates).map { $0 * $1.value }.reduce(0, +)
    let gradient = lags.map { -$0 }
    let variance = Matrix(rows: covariance).quadraticForm(gradient)
    return .init(
      value: isGrowthForm ? -sum : 1 - sum, standardError: max(variance, 0).squareRoot(), gradient: gradient)
  }

  /// Whether the outcome is a change and its level a period earlier stands among the regressors.
  private var isGrowthForm: Bool {
    growthLag.map { term in estimates.contains { $0.name == term.name } } ?? false
  }

  /// lag(y) of an outcome diff(y).
  private var growthLag: FormulaTerm? {
    guard case .difference(let level, steps: 1) = specification.formula.outcome else { return nil }
    return FormulaTerm([.lag(level, steps: 1)])
  }

  /// Whether the coefficient is a lag of the outcome: what it counts in Σλ.
  func lagWeight(_ parameter: Parameter) -> Double {
    if isGrowthForm { return parameter.name == growthLag?.name ? 1 : 0 }
    return parameter.role == .laggedOutcome ? 1 : 0
  }

  /// The long-run effect of every regressor, its lags added up; none without a lag of the outcome.
  public var longRunEffects: [LongRunEffect] {
    guard let denominator = longRunDenominator else { return [] }
    let terms = specification.formula.terms
    var bases: [(name: String, places: [Int])] = []
    for (place, estimate) in estimates.enumerated() where estimate.parameter.isSlope {
      guard denominator.gradient[place] == 0, estimate.parameter.role != .laggedOutcome,
        let term = terms.first(where: { $0.name == estimate.name })
      else { continue }
      let base = FormulaTerm(term.factors.map(\.withoutLag)).name
      if let known = bases.firstIndex(where: { $0.name == base }) {
        bases[known].places.append(place)
      } else {
        bases.append((base, [place]))
      }
    }
    let matrix = Matrix(rows: covariance)
    return bases.map { base in
      var numerator = [Double](repeating: 0, count: estimates.count)
      for place in base.places { numerator[place] = 1 }
      let value = base.places.map { estimates[$0].value }.reduce(0, +)
      return longRun(base.name, value, numerator, denominator, matrix)
    }
  }

  /// A combination of coefficients over 1 − Σλ.
  func longRun(
    _ name: String, _ value: Double, _ weights: [Double], _ denominator: LongRunEffect.Denominator,
    _ matrix: Matrix
  ) -> LongRunEffect {
    let d = denominator.value
    let theta = value / d
    let gradient = weights.scaled(by: 1 / d).plus(denominator.gradient.scaled(by: -theta / d))
    let isNear = abs(d) < 2 * denominator.standardError
    let cross = weights.innerProduct(with: matrix.times(denominator.gradient))
    return LongRunEffect(
      estimate: Estimate(
        Parameter(name, .longRun), theta, standardError: max(matrix.quadraticForm(gradient), 0).squareRoot(),
        reference: reference),
      fieller: isNear
        ? ConfidenceSet(
          ratioOf: value, to: d,
          variance: (
            matrix.quadraticForm(weights), cross, denominator.standardError * denominator.standardError
          ), reference: reference, level: confidenceLevel) : nil)
  }

  /// The long-run effects, a row each; nil where none were asked for or the outcome has no lag.
  public var longRunTable: ResultTable? {
    guard specification.reportsLongRun else { return nil }
    let effects = longRunEffects
    guard let denominator = longRunDenominator, !effects.isEmpty else { return nil }
    let isNear = effects.contains { $0.fieller != nil }
    let level = Percentage.text(confidenceLevel)
    let d = FixedDecimals.text(denominator.value, decimals: 3)
    let error = FixedDecimals.text(denominator.standardError, decimals: 3)
    return ResultTable(
      name: "long_run", title: Phrase("Long-run effects", zh: "长期效应"),
      columns: estimateColumns(effects.map(\.estimate))
        + (isNear
          ? [
            ResultColumn(
              "fieller", Phrase("Fieller \(level)%", zh: "Fieller \(level)%"),
              .phrase(effects.map { $0.fieller?.words ?? Phrase(verbatim: "") }))
          ] : []),
      notes: [
        Phrase(
          "Coefficients over all lags, divided by 1 − Σλ = \(d) (\(error)); errors by the delta method.",
          zh: "各阶滞后系数之和除以1 − Σλ＝\(d)（\(error)）；标准误由Delta法得到。")
      ]
        + (isNear
          ? [
            Phrase(
              "1 − Σλ is within two standard errors of zero: the delta method's errors mean nothing here. Read Fieller's sets.",
              zh: "1 − Σλ距零不足两个标准误：Delta法标准误在此无意义，请看Fieller集。")
          ] : [])
    ).adding(cautions: cautions)
  }
}

extension FormulaFactor {
  /// The factor without the lag at which it stands.
  var withoutLag: FormulaFactor {
    if case .lag(let inner, _) = self { inner } else { self }
  }
}
