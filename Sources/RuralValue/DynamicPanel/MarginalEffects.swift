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
  /// The quantile of the moderator, or of all of them, as a fraction.
  public let quantile: Double
  /// The moderators' values in the data's units, in the order in which the formula names them.
  public let values: [Value]
  /// The effect with its inference.
  public let effect: Estimate

  /// What tables call the moderator.
  var moderatorLabel: Phrase { moderator.map { Phrase(verbatim: $0) } ?? Phrase("all", zh: "全部") }

  /// A moderator's value.
  public struct Value: Sendable, Equatable {
    /// The moderator.
    public let name: String
    /// Where it stands, before any centring.
    public let value: Double
  }
}

/// Marginal effects of interactions: each moderator in turn at every quantile with the others at their
/// medians, and all moderators together at every quantile.
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
            variable: name, moderator: point.moderator, quantile: point.quantile,
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
    /// For each moderator the fraction at which it stands.
    let fractions: [Double]
  }

  private let factor: FormulaFactor
  private let moderators: [FormulaFactor]
  /// Each coefficient's term, nil for time dummies and the constant.
  private let terms: [FormulaTerm?]
  /// The moderators' sorted values over the usable rows, as they enter the products and as the data have them.
  private let entering: [[Double]]
  private let raw: [[Double]]

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
    self.factor = factor
    self.moderators = moderators
  }

  func points(quantiles: [Double]) -> [Point] {
    guard !moderators.isEmpty else { return [Point(moderator: nil, quantile: .nan, fractions: [])] }
    let single = moderators.indices.flatMap { index in
      quantiles.map { quantile in
        var fractions = [Double](repeating: 0.5, count: moderators.count)
        fractions[index] = quantile
        return Point(moderator: moderators[index].name, quantile: quantile, fractions: fractions)
      }
    }
    guard moderators.count > 1 else { return single }
    return single
      + quantiles.map { quantile in
        Point(
          moderator: nil, quantile: quantile,
          fractions: [Double](repeating: quantile, count: moderators.count))
      }
  }

  /// What each coefficient is multiplied with in the effect.
  func weights(at point: Point) -> [Double] {
    terms.map { term in
      guard let derivative = term?.derivative(by: factor) else { return 0 }
      return derivative.factors.reduce(Double(derivative.power)) { product, other in
        let index = moderators.firstIndex(of: other)!
        return product * Quantile.value(at: point.fractions[index], ofSorted: entering[index])
      }
    }
  }

  func values(at point: Point) -> [MarginalEffect.Value] {
    moderators.indices.map { index in
      .init(
        name: moderators[index].name,
        value: Quantile.value(at: point.fractions[index], ofSorted: raw[index]))
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
