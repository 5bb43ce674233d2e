extension SpatialDurbinResult {
  /// The tables in the order in which they are shown.
  public var parts: [ResultDocument.Part] {
    var parts: [ResultDocument.Part] = [
      .init(coefficientTable, jsonKey: "coefficients"), .init(effectTable, jsonKey: "effects"),
    ]
    if let simulationTable { parts.append(.init(simulationTable, jsonKey: "effects_simulated")) }
    if let orderTable { parts.append(.init(orderTable, jsonKey: "effects_by_order")) }
    if !tests.isEmpty { parts.append(.init(testTable, jsonKey: "tests")) }
    parts.append(.init(fitTable, jsonKey: nil))
    return parts
  }

  /// What JSON records besides the tables: fit, and the decision in words.
  public var values: [JSONMember] {
    [
      JSONMember(
        "fit",
        .object([
          JSONMember("log_likelihood", .number(fit.logLikelihood)),
          JSONMember("log_likelihood_kind", .string(fit.kind.rawValue)),
          JSONMember("parameters", .integer(fit.parameterCount)),
          JSONMember("aic", .number(fit.aic)), JSONMember("bic", .number(fit.bic)),
          JSONMember("r2", .number(fit.rSquared)), JSONMember("r2_within", .number(fit.rSquaredWithin)),
          JSONMember("corr2", .number(fit.squaredCorrelation)),
          JSONMember("rho_low", .number(fit.bounds.lowerBound)),
          JSONMember("rho_high", .number(fit.bounds.upperBound)),
          JSONMember("weights_fingerprint", .string(fit.weightsFingerprint)),
          JSONMember("score", .number(fit.score)), JSONMember("local_maxima", .integer(fit.maxima)),
          JSONMember("random_effects_variance", JSONValue(fit.unitVariance)),
          JSONMember("largest_root", JSONValue(fit.largestRoot)),
        ])),
      JSONMember("decision", JSONValue(decision.map(\.english))),
    ]
  }
}

/// One model under several weights, side by side as journals print robustness checks.
public struct WeightsComparison: Sendable, Equatable {
  /// The weights' names and what the model found under each.
  public let models: [Model]

  /// One of the weights.
  public struct Model: Sendable, Equatable {
    /// What the column is called.
    public let name: String
    /// The result.
    public let result: SpatialDurbinResult

    /// A model under one of the weights.
    public init(name: String, result: SpatialDurbinResult) {
      self.name = name
      self.result = result
    }
  }

  /// A comparison of results.
  public init(_ models: [Model]) {
    self.models = models
  }

  /// The journal table: coefficients, then effects, with standard errors beneath; a column for each of the weights.
  public var table: ResultTable {
    CoefficientLayout(models.enumerated().map { column($0.element, number: $0.offset + 1) }).table(
      name: "weights_comparison", title: Phrase("The model under each of the weights", zh: "不同空间权重矩阵下的估计结果"),
      notes: models.enumerated().map { number, model in
        let text = "(\(number + 1)) \(model.name): \(model.result.fit.weightsFingerprint)"
        return Phrase("Weights \(text).", zh: "权重\(text)。")
      })
  }

  private func column(_ model: Model, number: Int) -> CoefficientLayout.Model {
    let result = model.result
    let coefficients = result.coefficients.map {
      CoefficientLayout.Estimate(
        term: $0.term, estimate: $0.estimate, standardError: $0.standardError,
        pValue: $0.term == "sigma2" ? .nan : $0.pValue)
    }
    let effects = result.effects.map { effect in
      CoefficientLayout.Estimate(
        term:
          "\(effect.horizon.map { "\($0.rawValue) run " } ?? "")\(effect.kind.rawValue) \(effect.estimate.term)",
        estimate: effect.estimate.estimate, standardError: effect.estimate.standardError,
        pValue: effect.estimate.pValue)
    }
    return CoefficientLayout.Model(
      name: "weights_\(number)", heading: Phrase(verbatim: model.name), estimates: coefficients + effects,
      statistics: [
        .init(Phrase("Observations", zh: "样本量"), count: result.sample.observations),
        .init(Phrase("Units", zh: "个体数"), count: result.sample.units),
        .init(Phrase("Periods", zh: "时期数"), count: result.sample.periods),
        .init(result.logLikelihoodLabel, result.fit.logLikelihood),
        .init(Phrase("Within R²", zh: "组内R²"), result.fit.rSquaredWithin),
      ])
  }
}
