import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// All 52 specifications of linear.json: coefficients to 1e-10, errors to 1e-9, tests to 1e-8.
@Suite struct LinearReferenceTests {
  typealias Reference = FixedEffectsFixtures.Specification

  static let all = FixedEffectsFixtures.specifications("linear")
  static let estimated = all.filter { $0.has("coef") }

  @Test func `all specifications are read`() {
    #expect(Self.all.count == 52)
    #expect(Self.estimated.count == 47)
  }

  private static let columns = [
    "abdata.csv": ["ind", "year"], "cigar.csv": ["year"], "produc.csv": ["region", "year"],
    "small_gaps.csv": ["band", "year"], "county_unbalanced.csv": ["pref", "year"],
  ]

  static func panel(_ reference: Reference) throws -> Panel {
    try FixedEffectsFixtures.panel(
      reference.data, variables: [reference.text("outcome")] + reference.texts("regressors"),
      groups: columns[reference.data] ?? [])
  }

  static func specification(_ reference: Reference) throws -> FixedEffectsSpecification {
    var specification = FixedEffectsSpecification(
      formula: try FormulaSpecification(
        "\(reference.text("outcome")) ~ \(reference.texts("regressors").joined(separator: " + "))"),
      keepsSingletons: !reference.name.contains("no_singletons"), isTested: false)
    switch reference.model {
    case "pooled": specification.effects = .none
    case "within_unit": specification.effects = .unit
    case "within_time": specification.effects = .time
    case "within_two_way": specification.effects = .twoways
    case "between": specification.effects = .between
    case "random_xtreg": specification.effects = .random
    case "random_baltagi_chang":
      (specification.effects, specification.components) = (.random, .baltagiChang)
    case "first_difference":
      specification.effects = .difference
      specification.hasConstant = reference.texts("names").contains("(Intercept)")
    default: Issue.record("unknown model \(reference.model)")
    }
    return specification
  }

  /// The rule of a key of the reference: `cluster:unit+ind`.
  static func rule(
    _ key: String
  ) -> (FixedEffectsSpecification.StandardError, [String])? {
    switch key {
    case "classical": return (.classical, [])
    case "hc1": return (.robust, [])
    case "driscoll_kraay": return (.driscollKraay, [])
    case "cluster:unit": return (.cluster, [])
    case "cluster:time": return (.cluster, ["year"])
    case "cluster:unit+time": return (.twoWayCluster, [])
    case "classical_sigma_e": return nil
    default:
      let names = key.dropFirst("cluster:".count).split(separator: "+").map(String.init)
      return names.count == 1 ? (.cluster, names) : (.twoWayCluster, names)
    }
  }

  @Test(arguments: estimated) func `estimates are numpy's to ten digits`(reference: Reference) throws {
    let result = try FixedEffectsEstimator.fit(Self.panel(reference), Self.specification(reference))
    #expect(result.estimates.map(\.name) == reference.texts("names"))
    for estimate in result.estimates {
      expectClose(
        estimate.value, reference.number("coef", estimate.name), relative: 1e-10, absolute: 1e-12,
        from: "linear.json \(reference.name)", estimate.name)
    }
    let n = reference.number("n")
    #expect(Double(result.sample.observations) == n)
    if reference.has("absorbed") { #expect(Double(result.fit.absorbedRank) == reference.number("absorbed")) }
    expectClose(
      result.fit.residualSumOfSquares, reference.number("rss"), relative: 1e-10,
      from: "linear.json \(reference.name)", "rss")
    let shares: [(String, Double?)] = [
      ("overall_corr2", result.fit.overallRSquared), ("between_corr2", result.fit.betweenRSquared),
      ("r2_total", result.specification.effects == .difference ? nil : result.fit.rSquared),
      (
        "r2_within_absorbed",
        result.specification.effects.hasUnits ? result.fit.withinRSquared : nil
      ),
      (
        "within_corr2",
        result.specification.effects == .none ? result.fit.withinRSquared : nil
      ),
    ]
    for (key, value) in shares where !reference.object("r2").isEmpty {
      guard let value, reference.number("r2", key).isFinite else { continue }
      expectClose(
        value, reference.number("r2", key), relative: 1e-9, from: "linear.json \(reference.name)", key)
    }
  }

  @Test(arguments: estimated) func `errors of every rule are numpy's to nine digits`(
    reference: Reference
  ) throws {
    let panel = try Self.panel(reference)
    for (key, values) in reference.object("se") {
      guard let (rule, clusters) = Self.rule(key) else { continue }
      var specification = try Self.specification(reference)
      specification.standardError = rule
      specification.clusterColumns =
        rule == .twoWayCluster && !clusters.isEmpty
        ? clusters.map { $0 == "unit" ? panel.unitColumn : $0 } : clusters
      let own =
        clusters.contains("unit")
        ? try FixedEffectsFixtures.panel(
          reference.data, variables: [reference.text("outcome")] + reference.texts("regressors"),
          groups: Self.columns[reference.data]! + [panel.unitColumn]) : panel
      let result = try FixedEffectsEstimator.fit(own, specification)
      for (place, estimate) in result.estimates.enumerated() {
        // A two-way variance can be all but zero beside its own parts; then the estimate has no error.
        expectClose(
          result.covariance[place][place].squareRoot(),
          ((values as? [String: Any])?[estimate.name] as? NSNumber)?.doubleValue ?? .nan,
          relative: rule == .twoWayCluster ? 1e-8 : 1e-9, absolute: 1e-7 * (rule == .twoWayCluster ? 1 : 0),
          from: "linear.json \(reference.name) \(key)",
          estimate.name)
      }
      let info = reference.object("se_info", key)
      if let factor = (info["factor"] as? NSNumber)?.doubleValue {
        expectClose(
          result.errors.factor, factor, relative: 1e-12, from: "linear.json \(reference.name) \(key)")
        // Of random effects the reference has the factor alone.
        if let counted = (info["K"] as? NSNumber)?.intValue { #expect(result.errors.counted == counted) }
        if let degrees = (info["df"] as? NSNumber)?.intValue {
          #expect(result.errors.degreesOfFreedom == degrees)
        }
      }
      if let repaired = info["psd_fix"] as? Bool { #expect(result.errors.isRepaired == repaired) }
      specification.isTested = true
      let f = reference.object("F_slopes", key)
      guard let value = (f["F"] as? NSNumber)?.doubleValue,
        let test = try? LinearModel(LinearSample(own, specification), specification).slopeTest,
        let statistic = test.statistic
      else { continue }
      // Its form inverts the covariance, which loses what that is near singular.
      expectClose(statistic, value, relative: 1e-6, from: "linear.json \(reference.name) F \(key)")
    }
  }

  @Test(arguments: all.filter { $0.has("F_effects") }) func `F of the effects is numpy's`(
    reference: Reference
  ) throws {
    var specification = try Self.specification(reference)
    specification.isTested = true
    let result = try FixedEffectsEstimator.fit(Self.panel(reference), specification)
    let test = try #require(result.test("f_effects"))
    expectClose(
      try #require(test.statistic), reference.number("F_effects", "F"), relative: 1e-9,
      from: "linear.json \(reference.name)")
  }

  @Test(arguments: all.filter { $0.has("hausman") })
  func
    `components, Hausman's and Mundlak's tests are numpy's`(reference: Reference) throws
  {
    var specification = try Self.specification(reference)
    specification.isTested = true
    let result = try FixedEffectsEstimator.fit(Self.panel(reference), specification)
    let components = try #require(result.fit.components)
    let source = "linear.json \(reference.name)"
    for (value, key) in [
      (components.idiosyncratic, "sigma_e"), (components.unit, "sigma_u"), (components.share, "rho"),
      (components.thetaLow, "theta_min"), (components.thetaHigh, "theta_max"),
    ] {
      expectClose(value, reference.number(key), relative: 1e-9, from: source, key)
    }
    let hausman = try #require(result.test("hausman"))
    let isVariance = reference.object("hausman")["V_difference_positive_definite"] as? Bool
    #expect((hausman.statistic != nil) == isVariance)
    if let value = hausman.statistic {
      expectClose(value, reference.number("hausman", "chi2"), relative: 1e-7, from: source, "hausman")
    } else {
      #expect(
        hausman.reason?.english.contains(
          String(format: "%.3f", reference.number("hausman", "chi2"))) == true)
    }
    let mundlak = try #require(result.test("mundlak")?.statistic)
    expectClose(mundlak, reference.number("mundlak", "chi2_cluster"), relative: 1e-8, from: source, "mundlak")
  }

  @Test(arguments: all.filter { $0.has("wooldridge_ar1") }) func `Wooldridge's test is numpy's`(
    reference: Reference
  ) throws {
    var specification = try Self.specification(reference)
    specification.isTested = true
    for effects in [FixedEffectsSpecification.Effects.difference, .unit] {
      specification.effects = effects
      let result = try FixedEffectsEstimator.fit(Self.panel(reference), specification)
      let test = try #require(result.test("serial_correlation"))
      expectClose(
        try #require(test.statistic), reference.number("wooldridge_ar1", "F"), relative: 1e-9,
        from: "linear.json \(reference.name)")
      guard case .statistic(let s) = test.outcome, case .f(let a, let b) = s.distribution else {
        Issue.record("no F")
        return
      }
      #expect(Double(a) == reference.number("wooldridge_ar1", "df1"))
      #expect(Double(b) == reference.number("wooldridge_ar1", "df2"))
    }
  }

  @Test(arguments: all.filter { $0.has("modified_wald") })
  func
    `the modified Wald test and Pesaran's CD are numpy's`(reference: Reference) throws
  {
    var specification = try Self.specification(reference)
    specification.isTested = true
    let result = try FixedEffectsEstimator.fit(Self.panel(reference), specification)
    let source = "linear.json \(reference.name)"
    let wald = reference.object("modified_wald")
    let cd = reference.object("pesaran_cd")
    expectClose(
      try #require(result.test("heteroskedasticity")?.statistic),
      (wald["chi2"] as? NSNumber)?.doubleValue ?? .nan, relative: 1e-9, from: source, "modified Wald")
    expectClose(
      try #require(result.test("pesaran_cd")?.statistic),
      (cd["CD_pairs_used"] as? NSNumber)?.doubleValue ?? .nan, relative: 1e-9, from: source, "CD")
  }
}
