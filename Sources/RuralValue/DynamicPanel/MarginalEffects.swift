internal import RuralValueNumerics

/// The effect of one variable on the outcome where the variables that it is multiplied with stand at given
/// quantiles: ∂y/∂P = Σ b_term · m P^(m−1) · Π(other factors of the term), with m the power of P in the term: a
/// linear combination of coefficients, so that its standard error by the delta method is exact. Of a variable whose
/// square is in the model, the variable itself is a moderator.
public struct MarginalEffect: Sendable, Equatable {
  /// The variable whose effect it is.
  public let variable: String
  /// The moderator that varies; nil where all stand at one quantile.
  public let moderator: String?
  /// The quantile of the moderator, or of all of them, as a fraction; NaN where levels alone tell the rows apart.
  public let quantile: Double
  /// The level at which each column of levels stands, as a dummy's name; none where no moderator is a level.
  public let levels: [String]
  /// The moderators' values in the data's units, in the order in which the formula names them.
  public let values: [Value]
  /// The effect with its inference.
  public let effect: Estimate

  /// What tables call the moderator, and the levels at which the effect stands.
  var moderatorLabel: Phrase {
    let moved = moderator.map { Phrase(verbatim: $0) } ?? Phrase("all", zh: "全部")
    guard !levels.isEmpty else { return moved }
    guard quantile.isFinite else { return Phrase(verbatim: levels.joined(separator: ", ")) }
    return Phrase(
      "\(moved.english), \(levels.joined(separator: ", "))",
      zh: "\(moved.chinese)，\(levels.joined(separator: "，"))")
  }

  /// A moderator's value.
  public struct Value: Sendable, Equatable {
    /// The moderator.
    public let name: String
    /// Where it stands, before any centring.
    public let value: Double
  }
}

/// Marginal effects of interactions: each moderator in turn at every quantile with the others at their
/// medians, and all moderators together at every quantile. A unit is in one level of a column at a time, so that
/// dummies take no quantiles: there is one set of rows a level, the base among them.
///
/// Source: Brambor, Clark and Golder (2006), Political Analysis 14; Aiken and West (1991).
struct MarginalEffects {
  let all: [MarginalEffect]

  init(
    _ model: PreparedModel, coefficients: [Double], covariance: Matrix, _ reference: ReferenceDistribution
  ) throws {
    var all: [MarginalEffect] = []
    for name in model.specification.marginVariables {
      let variable = try MarginalVariable(name, model)
      for point in variable.points(quantiles: model.specification.marginQuantiles) {
        let weights = variable.weights(at: point)
        let effect = Estimate(
          Parameter("d/d\(name)", .marginalEffect), coefficients.innerProduct(with: weights),
          standardError: max(covariance.quadraticForm(weights), 0).squareRoot(), reference: reference)
        all.append(
          MarginalEffect(
            variable: name, moderator: point.moderator, quantile: point.quantile, levels: point.levels.names,
            values: variable.values(at: point), effect: effect))
      }
    }
    self.all = all
  }
}

/// A variable with the terms that hold it and the moderators in them.
private struct MarginalVariable {
  struct Point {
    let moderator: String?
    let quantile: Double
    /// For each moderator the fraction at which it stands; levels have none.
    let fractions: [Double]
    let levels: LevelPlace
  }

  private let factor: FormulaFactor
  private let moderators: [FormulaFactor]
  /// Each coefficient's term, nil for time dummies and the constant.
  private let terms: [FormulaTerm?]
  /// The moderators' sorted values over the usable rows, as they enter the products and as the data have them.
  private let entering: [[Double]]
  private let raw: [[Double]]
  /// The levels at which the effect is asked for.
  private let levelPlaces: [LevelPlace]

  init(_ name: String, _ model: PreparedModel) throws {
    terms = model.regressors.indices.map { position in
      model.regressors[position].parameter.isSlope
        ? model.frame.regressors[model.positions[position]].term : nil
    }
    let factors = terms.compactMap { $0?.factors }.flatMap { $0 }.firstAppearances
    guard let factor = factors.first(where: { $0.name == name }) else {
      throw DynamicPanelError.noSuchCoefficient(
        name: name, option: Setting("margins"), known: factors.map(\.name))
    }
    if case .variable(let column) = factor,
      let other = factors.first(where: { $0 != factor && $0.restsOnPresent(column) })
    {
      throw DynamicPanelError.marginOfFunction(variable: name, function: other.name)
    }
    let moderators = terms.compactMap { $0?.derivative(by: factor)?.factors }.flatMap(\.self).firstAppearances
    let complete = model.frame.completeRows
    func sorted(_ evaluator: FormulaEvaluator) throws -> [[Double]] {
      try moderators.map { moderator in
        zip(try evaluator.values(of: moderator), complete).filter(\.1).map(\.0).sorted()
      }
    }
    entering = try sorted(PreparedModel.evaluator(model.panel, model.specification))
    raw = try sorted(FormulaEvaluator(model.panel))
    levelPlaces = try LevelPlace.all(of: moderators, model, complete: complete)
    self.factor = factor
    self.moderators = moderators
  }

  func points(quantiles: [Double]) -> [Point] {
    let measured = moderators.indices.filter { moderators[$0].levelColumn == nil }
    let medians = [Double](repeating: 0.5, count: moderators.count)
    return levelPlaces.flatMap { levels -> [Point] in
      guard !measured.isEmpty else {
        return [Point(moderator: nil, quantile: .nan, fractions: medians, levels: levels)]
      }
      let single = measured.flatMap { index in
        quantiles.map { quantile in
          var fractions = medians
          fractions[index] = quantile
          return Point(
            moderator: moderators[index].name, quantile: quantile, fractions: fractions, levels: levels)
        }
      }
      guard measured.count > 1 else { return single }
      return single
        + quantiles.map { quantile in
          Point(
            moderator: nil, quantile: quantile, fractions: medians.map { _ in quantile }, levels: levels)
        }
    }
  }

  /// What each coefficient is multiplied with in the effect.
  func weights(at point: Point) -> [Double] {
    terms.map { term in
      guard let derivative = term?.derivative(by: factor) else { return 0 }
      return derivative.factors.reduce(Double(derivative.power)) { product, other in
        product * value(of: moderators.firstIndex(of: other)!, at: point, among: entering)
      }
    }
  }

  func values(at point: Point) -> [MarginalEffect.Value] {
    moderators.indices.map { index in
      .init(name: moderators[index].name, value: value(of: index, at: point, among: raw))
    }
  }

  private func value(of index: Int, at point: Point, among sorted: [[Double]]) -> Double {
    point.levels.dummy(moderators[index])
      ?? Quantile.value(at: point.fractions[index], ofSorted: sorted[index])
  }
}

/// One level of each column of levels: its dummy is 1 and those of the column's other levels are 0.
private struct LevelPlace {
  /// The level of a column; several where the model does not tell them apart.
  private struct Level {
    let column: String
    let levels: [String]

    var name: String {
      levels.map { FormulaFactor.level(of: column, $0).name }.joined(separator: ", ")
    }
  }

  private let levels: [Level]

  /// What the place is called.
  var names: [String] { levels.map(\.name) }

  /// The value of a level's dummy; nil for a factor that is none.
  func dummy(_ factor: FormulaFactor) -> Double? {
    guard case .level(let column, let level) = factor else { return nil }
    return levels.contains { $0.column == column && $0.levels == [level] } ? 1 : 0
  }

  /// More rows than this are not all combined: then one column moves, and the others stand at their first level.
  private static let mostPlaces = 200

  /// The places that usable rows have: every level of every column with every one of the others.
  static func all(
    of moderators: [FormulaFactor], _ model: PreparedModel, complete: [Bool]
  ) throws -> [LevelPlace] {
    let columns = moderators.compactMap(\.levelColumn).firstAppearances
    let levels = try columns.map { column -> [Level] in
      let present = try FormulaLevels.levels(of: column, in: model.panel).filter { level in
        let dummy = try model.panel.values(of: FormulaLevels.variable(of: column, level: level))
        return zip(dummy, complete).contains { $0 == 1 && $1 }
      }
      // The dummies of all terms, for one that was left out as dependent is no base.
      let told = model.frame.regressors.flatMap(\.term.factors).filter { $0.levelColumn == column }
      let base = present.filter { !told.contains(.level(of: column, $0)) }
      let others = present.filter { !base.contains($0) }.map { Level(column: column, levels: [$0]) }
      return base.isEmpty ? others : [Level(column: column, levels: base)] + others
    }
    let count = levels.reduce(1) { min($0 * $1.count, mostPlaces + 1) }
    guard count > mostPlaces else {
      return levels.reduce([[]]) { places, column in places.flatMap { place in column.map { place + [$0] } } }
        .map(LevelPlace.init)
    }
    return levels.indices.flatMap { moved in
      levels[moved].map { level in
        LevelPlace(levels: levels.indices.map { $0 == moved ? level : levels[$0][0] })
      }
    }
  }
}

extension FormulaTerm {
  /// The derivative by a factor x: of xᵐ z it is m times the factors xᵐ⁻¹ z; nil where it does not hold x.
  fileprivate func derivative(by factor: FormulaFactor) -> (power: Int, factors: [FormulaFactor])? {
    guard let place = factors.firstIndex(of: factor) else { return nil }
    var others = factors
    others.remove(at: place)
    return (exponent(of: factor), others)
  }
}
