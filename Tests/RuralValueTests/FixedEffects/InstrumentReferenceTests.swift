import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// All 16 specifications of iv.json: coefficients to 1e-10, errors to 1e-9, tests to 1e-8.
@Suite struct InstrumentReferenceTests {
  typealias Reference = FixedEffectsFixtures.Specification

  static let all = FixedEffectsFixtures.specifications("iv")

  @Test func `all specifications are read`() { #expect(Self.all.count == 16) }

  /// `L1.logp` is lag(logp, 1).
  static func term(_ name: String) -> String {
    guard name.hasPrefix("L"), let dot = name.firstIndex(of: "."),
      let steps = Int(name[name.index(after: name.startIndex)..<dot])
    else { return name }
    return "lag(\(name[name.index(after: dot)...]), \(steps))"
  }

  static func fit(
    _ reference: Reference, _ rule: FixedEffectsSpecification.StandardError, isTested: Bool = true
  ) throws -> FixedEffectsResult {
    let endogenous = reference.texts("endogenous")
    let instruments = reference.texts("instruments").map(term)
    let regressors = endogenous + reference.texts("exogenous")
    let columns =
      [reference.text("outcome")] + regressors
      + reference.texts("instruments").map { $0.split(separator: ".").last.map(String.init) ?? $0 }
    var seen: Set<String> = []
    let panel = try FixedEffectsFixtures.panel(
      reference.data, variables: columns.filter { seen.insert($0).inserted })
    return try FixedEffectsEstimator.fit(
      panel,
      FixedEffectsSpecification(
        formula: try FormulaSpecification(
          "\(reference.text("outcome")) ~ \(regressors.joined(separator: " + "))"),
        effects: reference.model == "2sls_unit" ? .unit : .twoways, standardError: rule,
        instruments: try InstrumentedRegressors(
          "\(endogenous.joined(separator: " + ")) ~ \(instruments.joined(separator: " + "))"),
        keepsSingletons: true, isTested: isTested))
  }

  private static let rules: [(String, FixedEffectsSpecification.StandardError)] = [
    ("classical", .classical), ("hc1", .robust), ("cluster:unit", .cluster),
  ]

  @Test(arguments: all) func `estimates and errors are numpy's`(reference: Reference) throws {
    let source = "iv.json \(reference.name)"
    for (key, rule) in Self.rules {
      let result = try Self.fit(reference, rule, isTested: false)
      #expect(Double(result.sample.observations) == reference.number("n"))
      #expect(Double(result.fit.absorbedRank) == reference.number("absorbed"))
      for estimate in result.estimates {
        expectClose(
          estimate.value, reference.number("coef", estimate.name), relative: 1e-10, absolute: 1e-12,
          from: source, estimate.name)
        expectClose(
          estimate.standardError, reference.number("se", key, estimate.name), relative: 1e-9, from: source,
          "\(key) \(estimate.name)")
      }
      expectClose(result.fit.residualSumOfSquares, reference.number("rss"), relative: 1e-10, from: source)
    }
  }

  @Test(arguments: all) func `first stages are numpy's`(reference: Reference) throws {
    let source = "iv.json \(reference.name)"
    for (key, rule) in Self.rules {
      let result = try Self.fit(reference, rule)
      for stage in try #require(result.instruments).stages {
        expectClose(
          stage.f.value, reference.number("first_stage", stage.name, key), relative: 1e-8, from: source,
          "F \(key)")
        guard case .f(let l, let degrees) = stage.f.distribution else { continue }
        #expect(Double(l) == reference.number("first_stage", stage.name, "df1"))
        #expect(Double(degrees) == reference.number("first_stage", stage.name, "df2", key))
        expectClose(
          stage.partialRSquared, reference.number("first_stage", stage.name, "partial_r2"), relative: 1e-9,
          from: source, "partial R²")
        if let conditional = stage.conditionalF {
          expectClose(
            conditional.value, reference.number("first_stage", stage.name, "sw_F_classical"), relative: 1e-8,
            from: source, "Sanderson–Windmeijer")
          #expect(
            Double(conditional.degreesOfFreedom ?? 0)
              == reference.number("first_stage", stage.name, "sw_df1"))
        }
      }
    }
  }

  /// The statistics of two endogenous regressors with robust weights, and the LM form, are the reference's own.
  @Test(arguments: all) func `rank statistics are numpy's`(reference: Reference) throws {
    let source = "iv.json \(reference.name)"
    let isSingle = reference.texts("endogenous").count == 1
    for (rule, f, lm) in [
      (FixedEffectsSpecification.StandardError.cluster, "rk_wald_F_cluster", "rk_lm_cluster"),
      (.robust, "rk_wald_F_hc", "rk_lm_hc"),
    ] {
      let result = try Self.fit(reference, rule)
      let tolerance = isSingle ? 1e-8 : 1e-7
      expectClose(
        try #require(result.test("kleibergen_paap_f")?.statistic), reference.number("kleibergen_paap", f),
        relative: tolerance, from: source, f)
      let test = try #require(result.test("kleibergen_paap_lm"))
      expectClose(
        try #require(test.statistic), reference.number("kleibergen_paap", lm), relative: tolerance,
        from: source, lm)
      #expect(Double(test.degreesOfFreedom ?? 0) == reference.number("kleibergen_paap", "df"))
      expectClose(
        try #require(result.instruments).craggDonald, reference.number("kleibergen_paap", "cragg_donald_F"),
        relative: 1e-8, from: source, "Cragg–Donald")
    }
    // With the weight of independent errors the rank F is Cragg and Donald's.
    let classical = try Self.fit(reference, .classical)
    expectClose(
      try #require(classical.test("kleibergen_paap_f")?.statistic),
      reference.number("kleibergen_paap", "cragg_donald_F"), relative: 1e-8, from: source)
  }

  @Test(arguments: all) func `tests of overidentification are numpy's`(reference: Reference) throws {
    let source = "iv.json \(reference.name)"
    for (rule, key) in [
      (FixedEffectsSpecification.StandardError.cluster, "hansen_cluster"), (.robust, "hansen_hc"),
    ] {
      let test = try #require(try Self.fit(reference, rule).test("hansen"))
      guard reference.has(key) else {
        #expect(test.statistic == nil)
        continue
      }
      expectClose(
        try #require(test.statistic), reference.number(key, "stat"), relative: 1e-8, from: source, key)
      #expect(Double(test.degreesOfFreedom ?? 0) == reference.number(key, "df"))
    }
    guard reference.has("sargan") else { return }
    let sargan = try #require(try Self.fit(reference, .classical).test("sargan"))
    expectClose(
      try #require(sargan.statistic), reference.number("sargan", "stat"), relative: 1e-8, from: source,
      "Sargan")
  }

  @Test(arguments: all) func `Anderson and Rubin's test and its set are numpy's`(reference: Reference) throws
  {
    let source = "iv.json \(reference.name)"
    for (rule, f, key) in [
      (FixedEffectsSpecification.StandardError.classical, "classical_F", "ci95_classical"),
      (.cluster, "cluster_F", "ci95_cluster"),
    ] {
      let result = try Self.fit(reference, rule)
      expectClose(
        try #require(result.test("anderson_rubin")?.statistic), reference.number("anderson_rubin", f),
        relative: 1e-8, from: source, f)
      let expected = reference.object("anderson_rubin", key)
      guard !expected.isEmpty else {
        #expect(result.instruments?.set == nil)
        continue
      }
      let set = try #require(result.instruments?.set)
      let bounds = (expected["bounds"] as? [NSNumber] ?? []).map(\.doubleValue)
      #expect((set.kind == .empty) == (expected["empty"] as? Bool))
      let own = set.pieces.flatMap { [$0.low, $0.high] }.filter(\.isFinite)
      #expect(own.count == bounds.count)
      for (bound, other) in zip(own, bounds) {
        expectClose(bound, other, relative: 1e-7, from: source, key)
      }
      #expect((set.kind == .rays || set.kind == .line) == (expected["inside_at_both_ends"] as? Bool))
    }
  }

  @Test func `a first stage of one instrument has the same F three ways`() throws {
    let reference = try #require(Self.all.first { $0.name == "county_unbalanced_2sls_x1_1z_two_way" })
    let result = try Self.fit(reference, .cluster)
    let instruments = try #require(result.instruments)
    expectClose(instruments.stages[0].f.value, instruments.rankF, relative: 1e-9, from: "the rank F")
    expectClose(
      try #require(instruments.stages[0].effectiveF), instruments.rankF, relative: 1e-9,
      from: "the effective F")
  }

  @Test func `with as many instruments as regressors GMM is two-stage least squares, errors and all`() throws
  {
    let reference = try #require(Self.all.first { $0.name == "county_unbalanced_2sls_x1_1z_two_way" })
    let panel = try FixedEffectsFixtures.panel("county_unbalanced.csv", variables: ["y", "x1", "x2", "z1"])
    let plain = try Self.fit(reference, .cluster)
    let gmm = try FixedEffectsEstimator.fit(
      panel,
      FixedEffectsSpecification(
        formula: try FormulaSpecification("y ~ x1 + x2"), standardError: .cluster,
        instruments: try InstrumentedRegressors("x1 ~ z1"), instrumentalEstimator: .gmm,
        keepsSingletons: true))
    for (one, other) in zip(gmm.estimates, plain.estimates) {
      expectClose(one.value, other.value, relative: 1e-9, from: "2SLS", one.name)
      expectClose(one.standardError, other.standardError, relative: 1e-9, from: "2SLS", one.name)
    }
  }
}
