internal import RuralValueNumerics

/// What a change in a variable does that stands in a product or in a square: to the unit itself, to the others, in all.
///
/// Of y_t = A⁻¹((b_x I + θ_x W)x_t + (b_xz I + θ_xz W)(x_t z_t) + …) the derivative in x_t is
/// A⁻¹((b_x I + θ_x W) + (b_xz I + θ_xz W)diag(z_t)): where z is c everywhere, effect_x + c·effect_xz; over the sample, with
/// z as it is, column j counts z_jt times. Of a square it is 2x that stands for z. Errors by the delta method.
///
/// Source: methods/spatial-corrections.md, 4.6.
public struct SpatialMargin: Sendable, Equatable {
  /// The variable that changes.
  public let variable: String
  /// The moderator that moves; nil for the mean over the sample.
  public let moderator: String?
  /// What its place is called: p10, mean, or a number.
  public let place: String?
  /// Where it stands, in the data's units.
  public let value: Double?
  /// The effect.
  public let estimate: Estimate
  /// Whom the change reaches.
  public let kind: EffectKind
}

/// Where the effect of a variable changes its sign as one moderator moves.
public struct SignChange: Sendable, Equatable {
  /// The variable that changes.
  public let variable: String
  /// The moderator that moves.
  public let moderator: String
  /// Whom the change reaches.
  public let kind: EffectKind
  /// The moderator's value at which the effect is zero.
  public let value: Double
  /// The share of unit-periods whose moderator lies below it.
  public let shareBelow: Double
}

/// The marginal effects of all variables of a model's products.
struct SpatialMargins {
  let margins: [SpatialMargin]
  let signChanges: [SignChange]

  /// A term that holds the variable: its place among `ImpactEffects.terms` and the factors that are left.
  private struct Part {
    let term: Int
    let power: Double
    let others: [FormulaFactor]
  }

  /// The variables with which others are multiplied, as factors; levels are no variables.
  static func variables(_ terms: [FormulaTerm]) -> [FormulaFactor] {
    terms.filter { $0.factors.count > 1 }.flatMap(\.factors).firstAppearances.filter { $0.levelColumn == nil }
  }

  /// The margins of a static model. Throws `ModeratorValuesError.noSuchModerator`.
  init(
    _ fit: SpatialFit, _ impacts: ImpactEffects, terms: [FormulaTerm], factors: [FormulaFactor: [Double]],
    at placed: [ModeratorValues], _ covariance: Matrix
  ) throws {
    var (margins, changes) = ([SpatialMargin](), [SignChange]())
    let variables = Self.variables(terms)
    if let unknown = placed.first(where: { place in !variables.contains { $0.name == place.variable } }) {
      throw ModeratorValuesError.noSuchModerator(variable: unknown.variable, known: variables.map(\.name))
    }
    let names = impacts.terms.map(\.name)
    guard let values = try impacts.values(at: fit.values, .short) else {
      self.init(margins: [], signChanges: [])
      return
    }
    let columns = try AverageMultipliers(fit)
    for variable in variables {
      let parts = terms.compactMap { term -> Part? in
        guard let place = names.firstIndex(of: term.name), let rest = term.derivative(by: variable) else {
          return nil
        }
        return Part(term: place, power: Double(rest.power), others: rest.factors)
      }
      let moderators = parts.flatMap(\.others).firstAppearances
      guard !moderators.isEmpty else { continue }
      /// The weights of the terms with each moderator somewhere.
      func weights(_ place: (FormulaFactor) -> Double) -> [Double] {
        var result = [Double](repeating: 0, count: names.count)
        for part in parts { result[part.term] += part.others.reduce(part.power) { $0 * place($1) } }
        return result
      }
      let sorted = Dictionary(
        uniqueKeysWithValues: moderators.map { ($0, (factors[$0] ?? []).sorted()) })
      func middle(_ factor: FormulaFactor) -> Double {
        placed.first { $0.variable == factor.name }.flatMap { $0.values.first?.value }
          .map { $0.number(ofSorted: sorted[factor]!) } ?? Quantile.value(at: 0.5, ofSorted: sorted[factor]!)
      }
      for moderator in moderators {
        let own = placed.first { $0.variable == moderator.name }
        if !placed.isEmpty, own == nil { continue }
        let places = own?.values ?? Self.quantiles
        for (name, place) in places {
          let value = place.number(ofSorted: sorted[moderator]!)
          let found = Self.kinds(values, weights: weights { $0 == moderator ? value : middle($0) })
          for (kind, effect) in zip(EffectKind.allCases, found) {
            margins.append(
              SpatialMargin(
                variable: variable.name, moderator: moderator.name, place: name, value: value,
                estimate: effect.estimate(variable.name, kind, covariance), kind: kind))
          }
        }
        changes += Self.changes(
          variable.name, moderator.name, sorted[moderator]!,
          at: { value in
            let found = Self.kinds(values, weights: weights { $0 == moderator ? value : middle($0) })
            return zip(EffectKind.allCases, found).map { ($0, $1.value) }
          })
      }
      guard placed.isEmpty, let columns else { continue }
      let means = parts.map { part in
        columns.means(
          part.others.reduce([Double](repeating: part.power, count: columns.cellCount)) { product, factor in
            zip(product, factors[factor]!).map { $0 * $1 }
          })
      }
      for (kind, value) in columns.effects(fit, impacts, zip(parts.map(\.term), means).map { ($0, $1) }) {
        margins.append(
          SpatialMargin(
            variable: variable.name, moderator: nil, place: nil, value: nil,
            estimate: value.estimate(variable.name, kind, covariance), kind: kind)
        )
      }
    }
    self.init(margins: margins, signChanges: changes)
  }

  private init(margins: [SpatialMargin], signChanges: [SignChange]) {
    self.margins = margins
    self.signChanges = signChanges
  }

  /// Where moderators stand unless a call says it.
  private static let quantiles: [(name: String, value: ModeratorValues.Value)] = [
    ("p10", .quantile(0.1)), ("p50", .quantile(0.5)), ("p90", .quantile(0.9)),
  ]

  /// Σ w·effect over the terms, kind by kind.
  private static func kinds(_ values: ImpactEffects.Values, weights: [Double]) -> [EffectValue] {
    func sum(_ first: Int) -> EffectValue {
      var result = EffectValue(parameterCount: values.gradients[0].count)
      for (term, weight) in weights.enumerated() where weight != 0 {
        result.value += weight * values.effects[first + term]
        result.gradient.add(values.gradients[first + term], scale: weight)
      }
      return result
    }
    return EffectValue.threeKinds(direct: sum(0), total: sum(weights.count))
  }

  /// Where a line in the moderator is zero, kind by kind; none where the effect is no line in it, or level.
  private static func changes(
    _ variable: String, _ moderator: String, _ sorted: [Double], at effect: (Double) -> [(EffectKind, Double)]
  ) -> [SignChange] {
    let (zero, one, two) = (effect(0), effect(1), effect(2))
    return zero.indices.compactMap { place in
      let slope = one[place].1 - zero[place].1
      let bend = two[place].1 - one[place].1 - slope
      guard slope != 0, abs(bend) <= 1e-9 * (abs(slope) + abs(zero[place].1)) else { return nil }
      let value = -zero[place].1 / slope
      let below = sorted.count { $0 < value }
      return SignChange(
        variable: variable, moderator: moderator, kind: zero[place].0, value: value,
        shareBelow: Double(below) / Double(sorted.count))
    }
  }
}

/// What each unit's column of A⁻¹ and of A⁻¹W adds up to and has on its diagonal, with derivatives in ρ.
private struct AverageMultipliers {
  private let size: Int
  let cellCount: Int
  /// (A⁻¹)_jj, (A⁻¹W)_jj and the column sums of both, then their derivatives.
  private let level, slope: [[Double]]

  /// Nil with weights that change over time, and where WX has its own.
  init?(_ fit: SpatialFit) throws {
    let system = fit.system
    guard system.lag.isConstant, system.regressorWeights == nil else { return nil }
    size = system.unitCount
    cellCount = size * system.lag.periodCount
    let weights = system.lag.matrices[0]
    let ones = [Double](repeating: 1, count: size)
    guard fit.process.hasLag else {
      level = [ones, ones.map { _ in 0 }, ones, weights.transposedTimes(ones)]
      slope = level.map { $0.map { _ in 0 } }
      return
    }
    let rho = fit.point.rho
    let columns = try MultiplierColumns(system, rho: rho, lambda: rho)
    let inverse = try system.inverse(rho)
    let sums = inverse.solve([ones], transposed: true)[0]
    let lagged = weights.transposedTimes(sums)
    let slopes = inverse.solve([lagged], transposed: true)[0]
    let (g, squares) = (columns.diagonal, columns.productDiagonal)
    level = [g.map { 1 + rho * $0 }, g, sums, lagged]
    slope = [zip(g, squares).map { $0 + rho * $1 }, squares, slopes, weights.transposedTimes(slopes)]
  }

  /// The means over time of values by unit and period.
  func means(_ values: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: size)
    for (place, value) in values.enumerated() { result[place % size] += value }
    return result.scaled(by: Double(size) / Double(cellCount))
  }

  /// Σ over the terms of the column means weighted with a moderator's means, by kind.
  func effects(
    _ fit: SpatialFit, _ impacts: ImpactEffects, _ terms: [(term: Int, means: [Double])]
  ) -> [(EffectKind, EffectValue)] {
    func sum(_ own: Int) -> EffectValue {
      var result = EffectValue(parameterCount: fit.parameterCount)
      for (term, means) in terms {
        let place = impacts.terms[term]
        for (coefficient, column) in [(place.b, own), (place.theta, own + 1)] {
          guard let coefficient else { continue }
          let multiplier = means.innerProduct(with: level[column]) / Double(size)
          result.value += fit.coefficients[coefficient] * multiplier
          result.gradient[coefficient] += multiplier
          if let rho = impacts.rho {
            result.gradient[rho] +=
              fit.coefficients[coefficient] * means.innerProduct(with: slope[column]) / Double(size)
          }
        }
      }
      return result
    }
    return Array(zip(EffectKind.allCases, EffectValue.threeKinds(direct: sum(0), total: sum(2))))
  }
}
