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
  /// What chosen values are called, `C = p50`; nil where quantiles move.
  public let place: String?
  /// The effect with its inference.
  public let effect: Estimate
  /// What each coefficient is multiplied with in it.
  let weights: [Double]

  /// What tables call the moderator, and the levels at which the effect stands.
  var moderatorLabel: Phrase {
    let moved = moderator.map { Phrase(WordedName($0, .term)) } ?? Phrase("all", zh: "全部")
    guard !levels.isEmpty else { return moved }
    let levels = levels.map(\.asTerm)
    guard quantile.isFinite || place != nil else {
      return Phrase(verbatim: levels.joined(separator: ", "))
    }
    return Phrase(
      "\(moved.signedEnglish), \(levels.joined(separator: ", "))",
      zh: "\(moved.signedChinese)，\(levels.joined(separator: "，"))")
  }

  /// A moderator's value.
  public struct Value: Sendable, Equatable {
    /// The moderator.
    public let name: String
    /// Where it stands, before any centring.
    public let value: Double
  }
}

/// The effect of a variable over the whole range of one moderator, the others where they were placed first.
public struct MarginalBand: Sendable, Equatable {
  /// The variable whose effect it is.
  public let variable: String
  /// The moderator, from its least value to its greatest.
  public let moderator: String
  /// The moderator's values in the data's units.
  public let values: [Double]
  /// The effect at each.
  public let effects: [Estimate]
}

/// Marginal effects of interactions: each moderator in turn at every quantile with the others at their
/// medians, and all moderators together at every quantile. A unit is in one level of a column at a time, so that
/// dummies take no quantiles: there is one set of rows a level, the base among them.
///
/// Source: Brambor, Clark and Golder (2006), Political Analysis 14; Aiken and West (1991).
struct MarginalEffects {
  let all: [MarginalEffect]
  let bands: [MarginalBand]

  init(
    _ model: PreparedModel, coefficients: [Double], covariance: Matrix, _ reference: ReferenceDistribution
  ) throws {
    var all: [MarginalEffect] = []
    func effect(_ name: String, _ weights: [Double]) -> Estimate {
      Estimate(
        Parameter("d/d\(name)", .marginalEffect), coefficients.innerProduct(with: weights),
        standardError: max(covariance.quadraticForm(weights), 0).squareRoot(), reference: reference)
    }
    let places = model.specification.moderatorValues
    let variables = try Self.variables(model).map { try MarginalVariable($0, model) }
    for place in places where !variables.contains(where: { $0.moderatorNames.contains(place.variable) }) {
      let own = variables.flatMap(\.moderatorNames).firstAppearances
      throw ModeratorValuesError.noSuchModerator(
        variable: place.variable, known: own.isEmpty ? Self.factorsOfProducts(model) : own)
    }
    for variable in variables {
      let name = variable.name
      for point in variable.points(quantiles: model.specification.marginQuantiles, at: places) {
        let weights = variable.weights(at: point)
        all.append(
          MarginalEffect(
            variable: name, moderator: point.moderator, quantile: point.quantile, levels: point.levels.names,
            values: variable.values(at: point), place: point.place, effect: effect(name, weights),
            weights: weights))
      }
    }
    self.all = all
    bands = variables.flatMap { variable in
      places.compactMap { place in
        variable.path(of: place.variable, at: places).map { path in
          MarginalBand(
            variable: variable.name, moderator: place.variable, values: path.map(\.value),
            effects: path.map { effect(variable.name, variable.weights(at: $0.point)) })
        }
      }
    }
  }

  /// The variables that stand in products.
  private static func factorsOfProducts(_ model: PreparedModel) -> [String] {
    model.specification.formula.terms.filter(\.isProduct).flatMap(\.factors).map(\.name).firstAppearances
  }

  /// The variables that were asked for; else, where moderators are placed, all that are multiplied with these.
  private static func variables(_ model: PreparedModel) -> [String] {
    let asked = model.specification.marginVariables
    let placed = Set(model.specification.moderatorValues.map(\.variable))
    guard asked.isEmpty, !placed.isEmpty else { return asked }
    let factors = model.regressors.indices.compactMap { position -> [FormulaFactor]? in
      guard model.regressors[position].parameter.isSlope else { return nil }
      let factors = model.frame.regressors[model.positions[position]].term.factors
      return factors.contains { placed.contains($0.name) } && factors.count > 1 ? factors : nil
    }.flatMap(\.self).firstAppearances
    return factors.filter { factor in
      factor.levelColumn == nil
        && model.regressors.indices.contains { position in
          model.regressors[position].parameter.isSlope
            && model.frame.regressors[model.positions[position]].term.derivative(by: factor)?.factors
              .contains { placed.contains($0.name) } == true
        }
    }.map(\.name)
  }
}

extension TurningPoint {
  /// The turning point of every variable that stands in a model with its square, the variables that it is multiplied with at
  /// their medians.
  static func all(
    of model: PreparedModel, coefficients: [Double], covariance: Matrix, _ reference: ReferenceDistribution
  ) -> [TurningPoint] {
    let terms = model.regressors.indices.compactMap { position in
      model.regressors[position].parameter.isSlope
        ? model.frame.regressors[model.positions[position]].term : nil
    }
    let names = terms.filter { $0.factors.count == 2 && Set($0.factors).count == 1 }.map(\.factors[0].name)
    return names.compactMap { name in
      guard let variable = try? MarginalVariable(name, model),
        let slope = variable.linearSlope, let own = variable.ownValues
      else { return nil }
      let square = slope.change.scaled(by: 0.5)
      let value = coefficients.innerProduct(with: square)
      guard value != 0 else { return nil }
      let cross = slope.start.innerProduct(with: covariance.times(square))
      return TurningPoint(
        variable: name, linear: coefficients.innerProduct(with: slope.start), square: value,
        variance: (covariance.quadraticForm(slope.start), cross, covariance.quadraticForm(square)),
        range: (own.low, own.high, true), shift: own.shift, reference: reference,
        level: model.specification.confidenceLevel)
    }
  }
}

/// A variable with the terms that hold it and the moderators in them.
private struct MarginalVariable {
  struct Point {
    let moderator: String?
    let quantile: Double
    /// For each moderator where it stands; levels stand nowhere.
    let places: [ModeratorValues.Value]
    /// What named places are called.
    var place: String?
    let levels: LevelPlace
  }

  let name: String
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
    self.name = name
    self.factor = factor
    self.moderators = moderators
  }

  /// The moderators that take values.
  var moderatorNames: [String] { moderators.filter { $0.levelColumn == nil }.map(\.name) }

  func points(quantiles: [Double], at placed: [ModeratorValues]) -> [Point] {
    let measured = moderators.indices.filter { moderators[$0].levelColumn == nil }
    let medians = [ModeratorValues.Value](repeating: .quantile(0.5), count: moderators.count)
    guard placed.isEmpty else { return placedPoints(placed, medians) }
    return levelPlaces.flatMap { levels -> [Point] in
      guard !measured.isEmpty else {
        return [Point(moderator: nil, quantile: .nan, places: medians, levels: levels)]
      }
      let single = measured.flatMap { index in
        quantiles.map { quantile in
          var places = medians
          places[index] = .quantile(quantile)
          return Point(
            moderator: moderators[index].name, quantile: quantile, places: places, levels: levels)
        }
      }
      guard measured.count > 1 else { return single }
      return single
        + quantiles.map { quantile in
          Point(
            moderator: nil, quantile: quantile, places: medians.map { _ in .quantile(quantile) },
            levels: levels)
        }
    }
  }

  /// A moderator's way from its least value to its greatest, the others where they were placed first, else at their medians;
  /// nil where it is none or where levels move the effect.
  func path(of name: String, at placed: [ModeratorValues]) -> [(value: Double, point: Point)]? {
    guard let index = moderators.firstIndex(where: { $0.name == name }), let low = raw[index].first,
      let high = raw[index].last, low < high, levelPlaces.count == 1, let levels = levelPlaces.first
    else { return nil }
    let places = moderators.map { moderator in
      placed.first { $0.variable == moderator.name }?.values.first?.value ?? .quantile(0.5)
    }
    return (0...60).map { step in
      let value = low + (high - low) * Double(step) / 60
      var own = places
      own[index] = .number(value)
      return (value, Point(moderator: name, quantile: .nan, places: own, levels: levels))
    }
  }

  /// Every place of every moderator that is placed with every one of the others; the rest at their medians.
  private func placedPoints(_ placed: [ModeratorValues], _ medians: [ModeratorValues.Value]) -> [Point] {
    let own = placed.compactMap { places in
      moderators.firstIndex { $0.name == places.variable }.map { (index: $0, places: places) }
    }
    let start = [(names: [String](), places: medians, fractions: [Double]())]
    let all = own.reduce(start) { points, next in
      points.flatMap { point in
        next.places.values.map { name, value in
          var places = point.places
          places[next.index] = value
          let fraction: Double = if case .quantile(let share) = value { share } else { .nan }
          return (
            names: point.names + ["\(next.places.variable) = \(name)"], places: places,
            fractions: point.fractions + [fraction]
          )
        }
      }
    }
    let moderator = own.isEmpty ? nil : own.map(\.places.variable).joined(separator: ", ")
    return levelPlaces.flatMap { levels in
      all.map { point in
        Point(
          moderator: moderator, quantile: point.fractions.count == 1 ? point.fractions[0] : .nan,
          places: point.places, place: own.isEmpty ? nil : point.names.joined(separator: ", "),
          levels: levels)
      }
    }
  }

  /// What each coefficient is multiplied with in the effect.
  func weights(at point: Point) -> [Double] {
    terms.map { term in
      guard let derivative = term?.derivative(by: factor) else { return 0 }
      return derivative.factors.reduce(Double(derivative.power)) { product, other in
        let index = moderators.firstIndex(of: other)!
        // What is centred enters less its mean.
        let shift = (raw[index].first ?? 0) - (entering[index].first ?? 0)
        return product * value(of: index, at: point, among: entering, less: shift)
      }
    }
  }

  /// The range of the variable in the data's units and what centring subtracts; nil where it is no moderator of itself.
  var ownValues: (low: Double, high: Double, shift: Double)? {
    guard let index = moderators.firstIndex(of: factor), let low = raw[index].first,
      let high = raw[index].last
    else { return nil }
    return (low, high, low - (entering[index].first ?? 0))
  }

  /// The weights of the slope where the variable enters as zero, and how they change with it; nil where that is no line or
  /// where levels move the slope.
  var linearSlope: (start: [Double], change: [Double])? {
    guard let index = moderators.firstIndex(of: factor), let shift = ownValues?.shift,
      levelPlaces.allSatisfy({ $0.names.isEmpty }), let levels = levelPlaces.first
    else { return nil }
    let slopes = [0.0, 1, 2].map { value in
      var places = [ModeratorValues.Value](repeating: .quantile(0.5), count: moderators.count)
      places[index] = .number(value + shift)
      return weights(at: Point(moderator: nil, quantile: .nan, places: places, levels: levels))
    }
    let (first, second) = (slopes[1].minus(slopes[0]), slopes[2].minus(slopes[1]))
    guard zip(first, second).allSatisfy({ abs($0 - $1) <= 1e-9 * (1 + abs($0)) }) else { return nil }
    return (slopes[0], first)
  }

  func values(at point: Point) -> [MarginalEffect.Value] {
    moderators.indices.map { index in
      .init(name: moderators[index].name, value: value(of: index, at: point, among: raw))
    }
  }

  private func value(
    of index: Int, at point: Point, among sorted: [[Double]], less shift: Double = 0
  ) -> Double {
    if let dummy = point.levels.dummy(moderators[index]) { return dummy }
    switch point.places[index] {
    case .number(let value): return value - shift
    case .mean: return sorted[index].mean
    case .quantile(let fraction): return Quantile.value(at: fraction, ofSorted: sorted[index])
    }
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
