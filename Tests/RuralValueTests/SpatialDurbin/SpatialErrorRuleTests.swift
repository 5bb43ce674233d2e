import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Robust, clustered and Conley's errors: the numbers of standard-errors.json, identities between them, and what is
/// refused. The reference's numbers are those of explicit loops over units and pairs, for SLX those of plm.
@Suite struct SpatialErrorRuleTests {
  private typealias Rule = SpatialDurbinSpecification.StandardError
  private typealias Case = SpatialCorrectionTests.Case

  private static func table(_ name: String) throws -> Table {
    try SpatialFixtures.table("../spatial-corrections/\(name)")
  }

  private static func specification(
    _ model: SpatialDurbinSpecification.Model = .sdm,
    _ effects: SpatialDurbinSpecification.Effects = .twoways, errors: Rule? = nil
  ) throws -> SpatialDurbinSpecification {
    SpatialDurbinSpecification(
      formula: try FormulaSpecification("y ~ x1 + x2"), model: model, effects: effects, standardError: errors,
      draws: 0, isTested: false)
  }

  private static func specification(_ entry: Case, errors: Rule? = nil) throws -> SpatialDurbinSpecification {
    var result = try specification(
      .init(rawValue: entry.model)!, .init(rawValue: entry.effects)!, errors: errors)
    result.correction = entry.isAdjusted ? .transform : SpatialDurbinSpecification.Correction.none
    return result
  }

  private static func panel() throws -> Panel {
    try Panel(table("panel-queen.csv"), variables: ["y", "x1", "x2"])
  }

  private static func fit(
    _ specification: SpatialDurbinSpecification, links: String = "links-queen.csv"
  ) throws -> SpatialDurbinResult {
    try SpatialDurbinEstimator.fit(
      panel(), weights: WeightsReading(table(links)).weights, specification)
  }

  /// A fit with all that its covariance needs.
  private static func inner(_ entry: Case) throws -> SpatialFit {
    let specification = try specification(entry)
    let sample = try SpatialSample(panel(), specification)
    let weights = try WeightsReading(table(entry.links!)).weights.aligned(to: sample.units, of: "").weights
    let system = try SpatialSystem(
      [weights.withoutSelf.standardised(.row)], matrixOfPeriod: sample.periods.map { _ in 0 })
    return try SpatialEstimation(sample, system, specification).fit()
  }

  private static func prefectures(_ column: String = "pref") throws -> UnitClusters {
    try UnitClusters(table("panel-queen.csv"), panel(), column: column)
  }

  /// Where the units of these panels lie.
  static func places() throws -> UnitPlaces {
    let units = try table("units.csv")
    let columns = try ["lon", "lat"].map { try units.numbers(column: units.column(named: $0)) }
    return try UnitPlaces(
      PolygonLayer(
        source: "units.csv",
        places: zip(columns[0], columns[1]).map { PolygonLayer.Point(x: $0, y: $1) }),
      ids: (0..<units.rowCount).map { units.text(row: $0, column: 0) })
  }

  private static func expect(
    _ errors: [String: Double], _ entry: Case, _ kind: String
  ) throws {
    let expected = try #require(entry.standard_errors?[kind])
    #expect(expected.count >= 4)
    for (term, value) in expected {
      guard let value else {
        // The kernel gave a negative variance there.
        #expect(errors[term]?.isNaN == true)
        continue
      }
      expectClose(
        try #require(errors[term]), value, relative: 1e-6,
        from: "standard-errors.json \(entry.testDescription)", "\(kind) \(term)")
    }
  }

  private static func errors(_ result: SpatialDurbinResult) -> [String: Double] {
    Dictionary(result.estimates.map { ($0.name, $0.standardError) }, uniquingKeysWith: { first, _ in first })
  }

  private static func errors(_ fit: SpatialFit, _ covariance: Matrix) -> [String: Double] {
    let values = covariance.diagonal.map { $0.squareRoot() }
    return Dictionary(
      zip(fit.parameters.map(\.name), values).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: The reference's numbers

  @Test(arguments: SpatialCorrectionTests.standardErrors)
  func `errors clustered by groups are the reference's`(entry: SpatialCorrectionTests.Case) throws {
    var specification = try Self.specification(entry)
    specification.clusters = try Self.prefectures()
    let result = try Self.fit(specification, links: entry.links!)
    #expect(result.specification.standardError == .cluster)
    #expect(result.errors.groups == 5 && result.errors.groupColumn == "pref")
    try Self.expect(Self.errors(result), entry, "cluster by pref")
  }

  /// With effects of units and eight periods the estimator refuses them, so the covariance itself is asked.
  @Test(arguments: SpatialCorrectionTests.standardErrors)
  func `errors of each observation by itself are the reference's`(entry: SpatialCorrectionTests.Case) throws {
    let fit = try Self.inner(entry)
    try Self.expect(Self.errors(fit, SpatialCovariance.matrix(fit, .robust)), entry, "hc")
  }

  @Test(arguments: SpatialCorrectionTests.standardErrors)
  func `Conley's errors are the reference's with both kernels`(entry: SpatialCorrectionTests.Case) throws {
    var specification = try Self.specification(entry, errors: .conley(kilometres: 45))
    specification.places = try Self.places()
    let result = try Self.fit(specification, links: entry.links!)
    try Self.expect(Self.errors(result), entry, "conley bartlett 45 km")
    #expect(result.errors.conley?.kernel == .bartlett)
    #expect(result.errors.conley?.errors.map(\.cutoff) == [22.5, 45, 90])

    let fit = try Self.inner(entry)
    let distances = try Self.places().distances(of: Self.panel().units, in: "")
    let bread = try SpatialCovariance.bread(fit)
    // The uniform kernel is not offered; its numbers hold the sums over pairs of units all the same.
    let kernels: [(String, (Double) -> Double)] = [
      ("(1-u)^2", { ConleyKernel.squared($0) }), ("uniform", { $0 <= 1 ? 1 : 0 }),
    ]
    for (name, kernel) in kernels {
      let meat = try ClusteredScores(fit).meat { i, j in kernel(distances.distance(i, j) / 45) }
      try Self.expect(Self.errors(fit, bread * meat * bread), entry, "conley \(name) 45 km")
    }
    // Nor are products of one period alone, which a regression without ρ and λ has.
    let onePeriod = "conley bartlett 45 km, same period only"
    guard entry.standard_errors?[onePeriod] != nil else { return }
    let size = fit.system.unitCount
    let meat = try ClusteredScores(fit, by: .observations).meat { i, j in
      i / size == j / size ? ConleyKernel.bartlett(distances.distance(i % size, j % size) / 45) : 0
    }
    try Self.expect(Self.errors(fit, bread * meat * bread), entry, onePeriod)
  }

  @Test(
    arguments: SpatialCorrectionTests.standardErrors.filter {
      $0.standard_errors?["driscoll-kraay lags 0"] != nil
    }, [0, 1])
  func `Driscoll and Kraay's errors are the reference's with other lags as well`(
    entry: SpatialCorrectionTests.Case, lags: Int
  ) throws {
    let fit = try Self.inner(entry)
    let covariance = try SpatialCovariance.driscollKraay(fit, lags: lags)
    try Self.expect(Self.errors(fit, covariance), entry, "driscoll-kraay lags \(lags)")
  }

  @Test(arguments: SpatialCorrectionTests.standardErrors.filter { $0.pesaran_cd != nil })
  func `the mean absolute correlation of residuals is the reference's where CD says nothing`(
    entry: SpatialCorrectionTests.Case
  ) throws {
    var specification = try Self.specification(entry)
    specification.isTested = true
    let result = try Self.fit(specification, links: entry.links!)
    let test = try #require(result.test("pesaran_cd"))
    guard entry.effects == "twoways" else {
      #expect(result.fit.meanAbsoluteCorrelation == nil && test.statistic != nil)
      return
    }
    #expect(test.pValue == nil && test.reason?.english.contains("-2.034") == true)
    expectClose(
      try #require(result.fit.meanAbsoluteCorrelation), entry.pesaran_cd!.mean_absolute_correlation,
      relative: 1e-6, from: "standard-errors.json \(entry.testDescription)")
  }

  // MARK: Identities

  @Test(arguments: SpatialCorrectionTests.standardErrors)
  func `terms add up to a score of zero whatever is independent`(entry: SpatialCorrectionTests.Case) throws {
    let fit = try Self.inner(entry)
    for scheme in [
      ClusteredScores.Scheme.units, .groups(try Self.prefectures().clusterOfUnit), .observations,
    ] {
      let scores = try ClusteredScores(fit, by: scheme)
      for place in 0..<fit.parameterCount {
        var sum = scores.terms.column(place).reduce(0, +)
        if fit.process.isSpatial, place == fit.coefficients.count { sum += scores.pairSum }
        expectClose(sum, 0, absolute: 1e-7, from: "the score at the maximum", fit.parameters[place].name)
      }
    }
  }

  @Test(arguments: SpatialCorrectionTests.standardErrors.prefix(7))
  func `groups of one unit each are units, and one group of all leaves no variance`(
    entry: SpatialCorrectionTests.Case
  ) throws {
    let fit = try Self.inner(entry)
    let units = try SpatialCovariance.matrix(fit, .cluster)
    // In another order: the groups' numbers mean nothing.
    let single = try SpatialCovariance.matrix(fit, .cluster, clusterOfUnit: (0..<30).map { ($0 * 7) % 30 })
    for place in 0..<fit.parameterCount {
      expectClose(
        single[place, place], units[place, place], relative: 1e-11, from: "errors clustered by unit")
    }
    let all = try SpatialCovariance.matrix(fit, .cluster, clusterOfUnit: [Int](repeating: 0, count: 30))
    for place in 0..<fit.parameterCount {
      expectClose(all[place, place] / units[place, place], 0, absolute: 1e-9, from: "a score of zero")
    }
  }

  @Test func `a cutoff below the nearest neighbours' distance gives errors clustered by unit, and says so`()
    throws
  {
    var specification = try Self.specification(errors: .conley(kilometres: 20))
    specification.places = try Self.places()
    let conley = try Self.fit(specification)
    let clustered = try Self.fit(Self.specification(errors: .cluster))
    for (one, other) in zip(conley.estimates, clustered.estimates) {
      expectClose(one.standardError, other.standardError, relative: 1e-12, from: "--se cluster", one.name)
    }
    #expect(conley.errors.conley?.isClustered == true)
    #expect(conley.notes.contains { $0.english.contains("no two units are nearer than 24.318 km") })
    #expect(clustered.errors.groups == 30 && clustered.errors.groupColumn == nil)
  }

  // MARK: What has to be said

  /// A chessboard of scores: neighbours have opposite ones, so that Bartlett's kernel, which is not positive definite in
  /// the plane, makes the variance of x negative: 100 − 360 K(1) with K(1) = .29.
  @Test func `where Bartlett's kernel gives a negative variance the squared one is taken, and that is said`()
    throws
  {
    let weights = try TestWeights.grid(10, 10)
    var rows: [[String]] = []
    for unit in 0..<100 {
      let size = 1 + 0.1 * Double(unit % 3)
      let colour = (unit / 10 + unit % 10).isMultiple(of: 2) ? 1.0 : -1
      for (year, sign) in [(2020, 1.0), (2021, -1.0)] {
        rows.append([
          "u\(unit)", "\(year)", "\(sign * size)", "\(sign * colour / size)", "\(0.009 * Double(unit / 10))",
          "\(0.009 * Double(unit % 10))",
        ])
      }
    }
    let panel = try Panel(
      Table(source: "board", columnNames: ["unit", "year", "y", "x", "lon", "lat"], rows: rows),
      variables: ["y", "x", "lon", "lat"])
    let result = try SpatialDurbinEstimator.fit(
      panel, weights: weights,
      SpatialDurbinSpecification(
        formula: try FormulaSpecification("y ~ x"), model: .slx, effects: .unit, durbin: [],
        standardError: .conley(kilometres: 1.41),
        places: UnitPlaces(panel, longitude: "lon", latitude: "lat"), draws: 0, isTested: false))
    #expect(result.errors.conley?.kernel == .squared)
    #expect(result.notes.contains { $0.english.contains("gave a negative variance") })
    #expect(result.estimate("x").standardError > 0)
  }

  @Test(arguments: [5, 12, 30]) func `few groups are warned of, and fewer than ten more strongly`(count: Int)
    throws
  {
    var rows: [[String]] = []
    let table = try Self.table("panel-queen.csv")
    for row in 0..<table.rowCount {
      rows.append(
        ["code", "year", "y", "x1", "x2"].map { name in
          table.text(row: row, column: table.columnNames.firstIndex(of: name)!)
        } + ["市\((row / 8) % count)"])
    }
    let named = Table(
      source: "panel.csv", columnNames: ["code", "year", "y", "x1", "x2", "市"], rows: rows)
    let panel = try Panel(named, variables: ["y", "x1", "x2"])
    var specification = try Self.specification()
    specification.clusters = try UnitClusters(named, panel, column: "市")
    specification.isTested = true
    let result = try SpatialDurbinEstimator.fit(
      panel, weights: WeightsReading(Self.table("links-queen.csv")).weights, specification)
    let cautions = result.cautions.map(\.english).filter { $0.contains("clustered by 市") }
    #expect(cautions.count == (count < 30 ? 1 : 0))
    #expect(cautions.first?.contains("do not use them") == (count < 10 ? true : count < 30 ? false : nil))
    #expect(result.errors.groups == count)
    // Five groups hold no more than four restrictions; the Wald tests have two.
    #expect(result.test("wald_sar")?.statistic != nil)
  }

  @Test func `a joint test of as many restrictions as groups is refused`() throws {
    var specification = try Self.specification()
    specification.clusters = try Self.prefectures("region")
    specification.isTested = true
    let result = try Self.fit(specification)
    #expect(result.errors.groups == 2)
    for name in ["wald_sar", "wald_sem"] {
      #expect(result.test(name)?.reason?.english == "errors from 2 groups cannot test 2 restrictions")
    }
  }

  /// A star whose hub alone varies: its leaves' lags are the hub's values, of which the expected information, taking all
  /// errors to be alike, knows nothing.
  @Test func `observed errors far from the expected ones are named, in direct fits alone`() throws {
    let links = (1..<10).flatMap {
      [SpatialWeights.Link(from: 0, to: $0), SpatialWeights.Link(from: $0, to: 0)]
    }
    let weights = try SpatialWeights(units: (0..<10).map { "u\($0)" }, links: links)
    var generator = CounterBasedGenerator(seed: 5)
    var rows: [[String]] = []
    for row in 0..<80 {
      let noise = generator.normals(3)
      let size = row % 10 == 0 ? 10.0 : 1
      rows.append(["u\(row % 10)", "\(2010 + row / 10)", "\(size * noise[0])", "\(noise[1])", "\(noise[2])"])
    }
    let panel = try Panel(
      Table(source: "star", columnNames: ["unit", "year", "y", "x1", "x2"], rows: rows),
      variables: ["y", "x1", "x2"])
    func caution(_ rule: Rule, _ correction: SpatialDurbinSpecification.Correction) throws -> String? {
      var specification = try Self.specification(.sar, .unit, errors: rule)
      specification.correction = correction
      return try SpatialDurbinEstimator.fit(panel, weights: weights, specification).cautions
        .map(\.english).first { $0.contains("times the expected one") }
    }
    let found = try #require(try caution(.information, .none))
    #expect(found.hasPrefix("The observed error of rho is 0."))
    #expect(try caution(.observed, .none) == found)
    #expect(try caution(.information, .transform) == nil)
    #expect(try caution(.cluster, .none) == nil)
  }

  // MARK: What is refused

  private func refusal(_ specification: SpatialDurbinSpecification) throws -> String {
    let error = #expect(throws: SpatialDurbinError.self) { _ = try Self.fit(specification) }
    return error.map { Setting.spelled(in: "\($0)") { "--\($0)" } } ?? ""
  }

  @Test(arguments: [SpatialDurbinSpecification.Effects.unit, .twoways])
  func `robust errors with effects of units and few periods name the clustered ones`(
    effects: SpatialDurbinSpecification.Effects
  ) throws {
    let sentence = try refusal(Self.specification(.sdm, effects, errors: .robust))
    #expect(sentence.contains("inconsistent with effects of units and 8 periods"))
    #expect(sentence.contains("Take --se cluster"))
    let pooled = try Self.fit(Self.specification(.sdm, .time, errors: .robust))
    #expect(pooled.errors.rule == .robust)
  }

  @Test func `what is not worked out, lacks places or contradicts itself is refused with the remedy`() throws
  {
    let conley = Rule.conley(kilometres: 100)
    #expect(try refusal(Self.specification(errors: conley)).contains("--coordinates, or a file"))
    var specification = try Self.specification(errors: conley)
    specification.places = try Self.places()
    for rule in [conley, .robust, .cluster] {
      specification.standardError = rule
      specification.model = .sac
      #expect(try refusal(specification).contains("--se \(rule.text) is not worked out for an SAC"))
      specification.model = .sdm
      specification.dynamics = .y
      #expect(try refusal(specification).contains("is not worked out for a dynamic model"))
      specification.dynamics = nil
      specification.effects = .random
      #expect(try refusal(specification).contains("is for fixed or no effects"))
      specification.effects = .twoways
    }
    specification.standardError = .conley(kilometres: 0)
    #expect(try refusal(specification).contains("above zero"))
    specification.clusters = try Self.prefectures()
    specification.standardError = .observed
    #expect(
      try refusal(specification).contains("--cluster names groups for --se cluster; found --se observed"))
  }

  @Test func `weights that change over time have no multiplier for these errors`() throws {
    let weights = try WeightsReading(Self.table("links-queen.csv")).weights
    let panel = try Self.panel()
    let byPeriod = Dictionary(uniqueKeysWithValues: panel.periods.map { ($0, weights) })
    for rule in [Rule.robust, .cluster, .conley(kilometres: 50)] {
      var specification = try Self.specification(.sar, .time, errors: rule)
      specification.places = try Self.places()
      let error = #expect(throws: SpatialDurbinError.self) {
        _ = try SpatialDurbinEstimator.fit(panel, weightsByPeriod: byPeriod, specification)
      }
      #expect(error.map { "\($0)".contains("weights that do not change over time") } == true)
    }
  }
}
