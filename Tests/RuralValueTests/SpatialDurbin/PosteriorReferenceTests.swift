import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// Every number of bayes-us.json and bayes-weights.json, which two quadratures and importance sampling confirmed.
@Suite struct PosteriorReferenceTests {
  /// One panel of bayes-us.json under one kind of effects.
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let data: String
    let effects: String
    let log_marginal_flat_prior: [String: Double]
    let log_marginal_g_prior: [String: Double]
    let probability_flat_prior_same_regressors: [String: [String: Double]]
    let probability_g_prior_all: [String: Double]

    var testDescription: String { "\(data) \(effects)" }
    var isProduction: Bool { data.contains("produc") }
  }

  private struct Cases: Decodable { let cases: [Case] }

  /// One kind of effects and prior of bayes-weights.json.
  struct Choice: Decodable, Sendable {
    let log_marginal: [String: Double]
    let posterior_probability_all: [String: Double]
    let posterior_probability_of_weights: [String: [String: Double]]
    let posterior_probability_of_model_under_queen: [String: Double]
  }

  private struct Choices: Decodable { let cases: [String: Choice] }

  private static func text(_ name: String) -> Data {
    Data(((try? ProjectFiles.fixtureText("reference/spatial-corrections/\(name).json")) ?? "").utf8)
  }

  static let cases = (try? JSONDecoder().decode(Cases.self, from: text("bayes-us")).cases) ?? []
  static let choices = (try? JSONDecoder().decode(Choices.self, from: text("bayes-weights")).cases) ?? [:]

  @Test func `all cases are read`() {
    #expect(Self.cases.count == 4)
    #expect(Self.choices.count == 4)
  }

  private func probabilities(_ entry: Case, _ prior: CoefficientPrior) throws -> ModelProbabilities {
    let isProduction = entry.isProduction
    let panel =
      isProduction
      ? try Panel(SpatialFixtures.table("produc.csv"), variables: ["gsp", "pcap", "pc", "emp", "unemp"])
      : try SpatialFixtures.cigarettes()
    let formula =
      isProduction
      ? "log(gsp) ~ log(pcap) + log(pc) + log(emp) + unemp" : "logc ~ logp + logy"
    let weights =
      isProduction
      ? try WeightsReading(SpatialFixtures.table("produc-borders.csv")).weights : try SpatialFixtures.states()
    let specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification(formula), model: .sar, effects: .init(rawValue: entry.effects)!,
      draws: 0, isTested: false, prior: prior)
    let result = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
    return ModelProbabilities([("W", try #require(result.candidates))])
  }

  @Test(arguments: cases, CoefficientPrior.allCases)
  func `log marginal likelihoods and probabilities are those of two quadratures`(
    entry: Case, prior: CoefficientPrior
  ) throws {
    let rows = try probabilities(entry, prior).rows
    let source = "bayes-us.json \(entry.testDescription) \(prior)"
    let marginals = prior == .g ? entry.log_marginal_g_prior : entry.log_marginal_flat_prior
    #expect(rows.count == marginals.count)
    for row in rows {
      let name = row.model.kind.rawValue
      expectClose(
        try #require(row.model.logMarginal), try #require(marginals[name]), absolute: 2e-8, from: source, name
      )
      switch prior {
      case .g:
        expectClose(
          try #require(row.probability), try #require(entry.probability_g_prior_all[name]), relative: 1e-7,
          from: source, name)
      case .flat:
        let group = row.model.kind.hasDurbinTerms ? "sdm_sdem_slx" : "ols_sar_sem"
        let expected = entry.probability_flat_prior_same_regressors[group]?[name]
        expectClose(
          try #require(row.amongSameRegressors), try #require(expected), relative: 1e-7, from: source, name)
        #expect(row.probability == nil)
      }
    }
  }

  @Test(arguments: ["unit", "twoways"], CoefficientPrior.allCases)
  func `probabilities of models and weights are those of two quadratures`(
    effects: String, prior: CoefficientPrior
  ) throws {
    let choice = try #require(Self.choices["\(effects), \(prior) prior"])
    let panel = try Panel(
      SpatialFixtures.table("../spatial-corrections/panel-queen.csv"), variables: ["y", "x1", "x2"])
    // The model itself has a maximum under all three; the SDM has none under the dense weights.
    let specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification("y ~ x1 + x2"), model: .slx, effects: .init(rawValue: effects)!,
      draws: 0,
      isTested: false, prior: prior)
    let found = ModelProbabilities(
      try ["queen", "knn4", "inverse"].map { name in
        let links = try WeightsReading(SpatialFixtures.table("../spatial-corrections/links-\(name).csv"))
          .weights
        let result = try SpatialDurbinEstimator.fit(panel, weights: links, specification)
        return (name, try #require(result.candidates))
      })
    let source = "bayes-weights.json \(effects) \(prior)"
    #expect(found.rows.count == choice.log_marginal.count)
    for row in found.rows {
      let kind = row.model.kind
      let name = row.weights.map { "\($0) \(kind)" } ?? "no weights: ols"
      expectClose(
        try #require(row.model.logMarginal), try #require(choice.log_marginal[name]), absolute: 2e-8,
        from: source, name)
      if prior == .g {
        expectClose(
          try #require(row.probability), try #require(choice.posterior_probability_all[name]), relative: 1e-7,
          from: source, name)
        if row.weights == "queen" {
          expectClose(
            try #require(row.amongModels),
            try #require(choice.posterior_probability_of_model_under_queen[kind.rawValue]), relative: 1e-7,
            from: source, name)
        }
      } else {
        #expect(row.probability == nil)
        #expect(row.amongModels == nil)
      }
      // Under a flat prior WX of other weights is another regressor.
      if let weights = row.weights, prior == .g || !kind.hasDurbinTerms {
        expectClose(
          try #require(row.amongWeights),
          try #require(choice.posterior_probability_of_weights[kind.rawValue]?[weights]), relative: 1e-7,
          from: source, name)
      } else {
        #expect(row.amongWeights == nil)
      }
    }
    // Without effects of periods the dense weights imitate them, which the table says.
    #expect(found.table.cautions.isEmpty == (effects == "twoways"))
  }
}
