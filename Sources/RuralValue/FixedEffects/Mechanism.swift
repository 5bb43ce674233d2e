internal import RuralValueNumerics

/// How the regressors act on mediators: a regression of each mediator on the same regressors and effects.
///
/// The three steps of Baron and Kenny are not offered: the mediator's coefficient beside the regressors is the answer to no
/// question where what moves the mediator moves the outcome as well, which nothing here rules out. Theory or evidence from
/// elsewhere must carry the way from the mediator to the outcome.
///
/// Source: Jiang Ting (2022), Mediating effects and moderating effects in causal inference, China Industrial Economics.
public struct Mechanism: Sendable, Equatable {
  /// The model of the outcome, then that of each mediator.
  public let models: [Model]
  /// The products of the two ways, where a bootstrap was asked for.
  public let indirect: [Indirect]

  /// One regression.
  public struct Model: Sendable, Equatable {
    /// Its outcome.
    public let outcome: String
    /// Its coefficients.
    public let estimates: [Estimate]
    /// What stands below the rule.
    public let statistics: [FitStatistic]
    /// The regression as a column of a table of models, which says what it is no proof of.
    public let column: ModelColumn
  }

  /// The product of a regressor's coefficient for a mediator and the mediator's for the outcome.
  public struct Indirect: Sendable, Equatable {
    /// The regressor.
    public let term: String
    /// The mediator.
    public let mediator: String
    /// The product.
    public let value: Double
    /// The standard deviation over draws.
    public let standardError: Double
    /// The lower end of the middle share of the draws.
    public let low: Double
    /// The upper end.
    public let high: Double
    /// The draws.
    public let draws: Int
  }

  /// The warning that stands below its tables.
  static let warning = Phrase(
    "Columns show how the regressors move each mediator. The third step, the outcome on regressors and mediator, is advised"
      + " against (Jiang 2022): what moves both would pass for mediation. That the mediator moves the outcome must be argued"
      + " from theory or other evidence.",
    zh: "各列给出解释变量对机制变量的影响。不建议采用“三步法”的第三步（江艇，2022）：同时影响机制变量与被解释变量的因素会被误作中介效应；"
      + "机制变量对被解释变量的作用应由理论或其他证据支持。")

  init(
    _ panel: Panel, _ specification: FixedEffectsSpecification, outcome: (name: String, FixedEffectsResult)
  ) throws {
    func model(_ name: String, _ result: FixedEffectsResult) -> Model {
      Model(
        outcome: name, estimates: result.estimates,
        statistics: result.statistics.selected(result.statistics.journal),
        column: result.column.adding(cautions: [Self.warning]))
    }
    var models = [model(outcome.name, outcome.1)]
    for mediator in specification.mediators {
      let own = try specification.regressing(mediator)
      models.append(model(mediator.name, try FixedEffectsEstimator.fit(panel, own)))
    }
    self.models = models
    guard case .bootstrap(let draws) = specification.resolvedErrors(panel) else {
      indirect = []
      return
    }
    indirect = try specification.mediators.flatMap {
      try Self.indirect(panel, specification, mediator: $0, draws: draws)
    }
  }

  /// The product a·b and its distribution over draws of clusters, for each regressor.
  private static func indirect(
    _ panel: Panel, _ specification: FixedEffectsSpecification, mediator: FormulaTerm, draws: Int
  ) throws -> [Indirect] {
    let both = specification.adding(mediator)
    // One sample serves both regressions.
    let second = try LinearSample(panel, both)
    let rows = Set(second.rows)
    let first = try LinearSample(panel, try specification.regressing(mediator)) { rows.contains($0) }
    guard first.rows == second.rows else {
      throw FixedEffectsError.regression("The mediator's regression has other rows than the outcome's.")
    }
    func products(_ one: LinearSample, _ other: LinearSample) -> [String: Double]? {
      guard let a = try? LinearProblem.within(one).fit(), let b = try? LinearProblem.within(other).fit(),
        let place = b.parameters.firstIndex(where: { $0.name == mediator.name })
      else { return nil }
      return Dictionary(
        zip(a.parameters, a.coefficients).filter { $0.0.role != .constant }
          .map { ($0.name, $1 * b.coefficients[place]) }, uniquingKeysWith: { first, _ in first })
    }
    guard let estimate = products(first, second) else { return [] }
    var drawn: [String: [Double]] = [:]
    for draw in 0..<draws {
      guard
        let own = products(
          ClusterBootstrap.draw(first, seed: specification.seed, draw),
          ClusterBootstrap.draw(second, seed: specification.seed, draw))
      else { continue }
      for (name, value) in own { drawn[name, default: []].append(value) }
    }
    let tail = 0.5 * (1 - specification.confidenceLevel)
    return first.regressors.map(\.parameter.name).compactMap { name in
      guard let value = estimate[name], let values = drawn[name]?.sorted(), values.count > 1 else {
        return nil
      }
      return Indirect(
        term: name, mediator: mediator.name, value: value, standardError: values.sampleStandardDeviation,
        low: Quantile.value(at: tail, ofSorted: values),
        high: Quantile.value(at: 1 - tail, ofSorted: values), draws: values.count)
    }
  }

  /// The regressions side by side.
  var table: ResultTable {
    CoefficientLayout(
      models.enumerated().map { number, model in
        CoefficientLayout.Model(
          name: "model_\(number + 1)", heading: Phrase(WordedName(model.outcome, .term, typeset: true)),
          estimates: model.estimates,
          statistics: model.statistics)
      }
    ).table(
      name: "mechanism", title: Phrase("Mechanism: the regressors and the mediators", zh: "机制检验：解释变量与机制变量"),
      notes: [Self.warning])
  }

  /// The products of the two ways; nil where none was asked for.
  func indirectTable(level: Double) -> ResultTable? {
    guard !indirect.isEmpty else { return nil }
    return ResultTable(
      name: "indirect_effects",
      title: Phrase("Products of the two ways, by bootstrap", zh: "中介路径系数乘积（Bootstrap）"),
      columns: [
        .terms("term", Phrase("Term", zh: "变量"), indirect.map(\.term)),
        .terms("mediator", Phrase("Mediator", zh: "机制变量"), indirect.map(\.mediator)),
        ResultColumn(
          "estimate", Phrase("Product", zh: "乘积"), .number(indirect.map(\.value)),
          display: .inference(.estimate)),
        ResultColumn(
          "std_error", Phrase("Std. error", zh: "标准误"), .number(indirect.map(\.standardError)),
          display: .inference(.error)),
        .low(level, indirect.map(\.low)), .high(level, indirect.map(\.high)),
        ResultColumn("draws", Phrase("Draws", zh: "抽样次数"), .integer(indirect.map(\.draws))),
      ], keyColumns: 2,
      notes: [
        Phrase(
          "Percentile intervals over draws of whole clusters. A product far from zero is no proof of mediation.",
          zh: "以聚类为单位抽样的百分位区间。乘积显著并不能证明中介效应。"), Self.warning,
      ])
  }
}

extension FixedEffectsSpecification {
  /// The regression of a mediator on the same regressors.
  func regressing(_ mediator: FormulaTerm) throws(FixedEffectsError) -> FixedEffectsSpecification {
    let isRegressor = formula.terms.contains { $0.hasSameFactors(as: mediator) }
    guard mediator.factors.count == 1, mediator.factors != [formula.outcome], !isRegressor else {
      throw .notOffered(
        "\(Setting("mechanism")) names \(mediator.name), \(isRegressor ? "which the formula has as a regressor" : "which is no variable of its own"); expected a variable"
          + " that the regressors move and that does not stand in the formula.")
    }
    var own = self
    own.formula = formula.replacing(outcome: mediator.factors[0])
    own.mediators = []
    own.ranges = []
    return own
  }

  /// The regression of the outcome with a mediator beside the regressors, by least squares.
  func adding(_ mediator: FormulaTerm) -> FixedEffectsSpecification {
    var own = self
    own.formula = formula.appending(mediator)
    own.mediators = []
    return own
  }
}
