import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// Transitions, densities, convergence and ellipses against reference/evaluation/evolve.json and hunan.json: loops,
/// fractions, giddy where it is right, scipy, statsmodels, linearmodels, pointpats, PROJ; 1e-10.
@Suite struct EvolutionReferenceTests {
  typealias Fixtures = EvolutionFixtures

  private static func close(_ own: Double?, _ value: Any?, _ name: String, absolute: Double = 1e-10) {
    guard let value = value as? Double else {
      #expect(own == nil, "\(name) is undefined in the reference")
      return
    }
    expectClose(own ?? .nan, value, relative: 1e-10, absolute: absolute, from: "two ways", name)
  }

  private static func part(_ path: String..., of name: String = "evolve") throws -> [String: Any] {
    try path.reduce(Fixtures.reference(name)) { try #require($0[$1] as? [String: Any]) }
  }

  private static func transitions(
    _ panel: Panel, _ variable: String, _ weights: SpatialWeights? = nil,
    _ change: (inout EvolutionSpecification) -> Void = { _ in }
  ) throws -> TransitionResult {
    try TransitionEstimator(panel, variable: variable, Fixtures.specification(change)).result(weights)
  }

  private static func check(_ matrix: TransitionMatrix, _ expected: [String: Any], _ name: String) throws {
    #expect(matrix.counts == expected["counts"] as? [[Int]], "\(name)")
    let p = try #require(expected["p"] as? [[Any]])
    for (i, row) in p.enumerated() {
      for (j, value) in row.enumerated() { close(matrix.probability(i, j), value, "\(name) p \(i) \(j)") }
    }
    guard expected.keys.contains("ergodic") else { return }
    let shares = expected["ergodic"] as? [Double]
    #expect((matrix.ergodic == nil) == (shares == nil), "\(name)")
    for (own, share) in zip(matrix.ergodic ?? [], shares ?? []) { close(own, share, "\(name) ergodic") }
  }

  // MARK: - Transitions

  @Test func `the chain of F is the reference's: cuts, classes, counts, errors, shares and mobility`() throws
  {
    let expected = try Self.part("markov")
    let result = try Self.transitions(Fixtures.panel, "F")
    for (own, value) in zip(result.cuts[0].points, try #require(expected["cuts"] as? [Double])) {
      Self.close(own, value, "cut")
    }
    let cuts = ClassCuts(result.cuts[0].points)
    let values = try Fixtures.panel.values(of: "F")
    for (key, year) in [("class_first_year", 0), ("class_last_year", 5)] {
      let own = Fixtures.panel.rows(ofPeriod: year).map { cuts.classOf(values[$0]) }
      #expect(own == expected[key] as? [Int], "\(key)")
    }
    try Self.check(result.chain, expected, "F")
    for (i, row) in try #require(expected["se"] as? [[Double]]).enumerated() {
      for (j, value) in row.enumerated() {
        Self.close(result.chain.standardError(i, j), value, "se \(i) \(j)")
      }
    }
    Self.close(result.chain.mobility, expected["shorrocks"], "Shorrocks")
    Self.close(result.chain.secondEigenvalue, expected["second_eigenvalue"], "λ₂")
    Self.close(result.chain.halfLife, expected["half_life_periods"], "half-life")
  }

  @Test func `transitions of the two halves of the time have the reference's LR and Q`() throws {
    let expected = try Self.part("markov", "time_homogeneity")
    let result = try Self.transitions(Fixtures.panel, "F")
    #expect(result.halves == [2018...2021, 2021...2023])
    Self.check(result.tests, "homogeneity_time", expected)
  }

  private static func check(_ tests: [TestResult], _ key: String, _ expected: [String: Any]) {
    for (end, name) in [("lr", "LR"), ("q", "Q")] {
      let test = tests.first { $0.key == "\(key)_\(end)" }
      close(test?.statistic, expected[name], "\(key) \(name)")
      close(test?.pValue, expected["p_\(name)"], "\(key) p of \(name)")
      #expect(test?.degreesOfFreedom == expected["df"] as? Int)
    }
  }

  @Test(arguments: ["own", "same"])
  func `spatial transitions of F are the reference's, without the island also in the cuts`(kind: String)
    throws
  {
    let expected = try Self.part("spatial_markov", kind)
    let weights = Fixtures.weights(Fixtures.links, of: Fixtures.panel)
    #expect(weights.islands == ["c24"])
    let result = try Self.transitions(Fixtures.panel, "F", weights) {
      $0.classes = 3
      $0.lagClasses = kind == "own" ? .own : .same
    }
    for (own, key) in [(result.cuts, "cuts"), (result.lagCuts, "lag_cuts")] {
      for (point, value) in zip(own[0].points, try #require(expected[key] as? [Double])) {
        Self.close(point, value, key)
      }
    }
    #expect(result.regimes.map(\.counts) == expected["counts"] as? [[[Int]]])
    for (m, p) in try #require(expected["p"] as? [[[Any]]]).enumerated() {
      try Self.check(result.regimes[m], ["counts": result.regimes[m].counts, "p": p], "\(kind) \(m)")
    }
    Self.check(result.tests, "homogeneity", expected)
    #expect(result.notes.contains { $0.english.contains("c24") })
  }

  @Test func `chains without a unique ergodic distribution have none, and a periodic one has`() throws {
    let chains = try #require(try Fixtures.reference("evolve")["chains"] as? [[String: Any]])
    #expect(chains.count == 4)
    for chain in chains {
      let name = try #require(chain["name"] as? String)
      let matrix = TransitionMatrix(try #require(chain["counts"] as? [[Int]]))
      try Self.check(matrix, chain, name)
      switch name {
      case "two closed classes": #expect(matrix.closedClasses == [[0], [1]] && matrix.halfLife == nil)
      case "empty row": #expect(matrix.mobility == nil && matrix.closedClasses == [[0, 1]])
      case "absorbing": #expect(matrix.closedClasses == [[1]] && matrix.period == 1)
      default: #expect(matrix.period == 2 && matrix.halfLife == nil)
      }
    }
  }

  @Test func `LR, Q and degrees of freedom are those of the definition, with and without an empty row`()
    throws
  {
    for expected in [
      try Self.part("homogeneity_small"), try Self.part("homogeneity_small", "with_empty_row"),
    ] {
      let own = TransitionHomogeneity(try #require(expected["counts"] as? [[[Int]]]))
      Self.check(own.tests(key: "h", Phrase(verbatim: "")), "h", try Self.part("homogeneity_small"))
      #expect(own.degreesOfFreedom == 2)
    }
  }

  @Test func `Hunan's chain and its spatial ones are the reference's`() throws {
    let weights = Fixtures.weights(Fixtures.hunanLinks, of: Fixtures.hunan)
    let expected = try Self.part("scores_V", "markov", of: "hunan")
    let plain = try Self.transitions(Fixtures.hunan, "V")
    for (own, value) in zip(plain.cuts[0].points, try #require(expected["cuts"] as? [Double])) {
      Self.close(own, value, "cut")
    }
    try Self.check(plain.chain, expected, "V")
    Self.close(plain.chain.mobility, expected["shorrocks"], "Shorrocks")
    for (kind, rule) in [("own", EvolutionSpecification.LagClasses.own), ("same", .same)] {
      let spatial = try Self.part("scores_V", "spatial_markov_\(kind)", of: "hunan")
      let result = try Self.transitions(Fixtures.hunan, "V", weights) { $0.lagClasses = rule }
      #expect(result.regimes.map(\.counts) == spatial["counts"] as? [[[Int]]])
      for (own, value) in zip(result.lagCuts[0].points, try #require(spatial["lag_cuts"] as? [Double])) {
        Self.close(own, value, "cut of the lag")
      }
      Self.check(result.tests, "homogeneity", spatial)
    }
  }

  // MARK: - Overlap

  @Test func `the exact permutation p of kappa, over every arrangement of a small map, is the reference's`()
    throws
  {
    let expected = try Self.part("overlap", "small")
    let (first, second) = (
      try #require(expected["first"] as? [Int]), try #require(expected["second"] as? [Int])
    )
    let observed = try #require(ClassAgreement(first, second).kappa)
    var (all, atLeast) = (0, 0)
    // Every order of eight units once, by Heap's algorithm.
    var (order, turns) = (second, [Int](repeating: 0, count: second.count))
    func look() {
      all += 1
      if let kappa = ClassAgreement(first, order).kappa, kappa >= observed - 1e-12 { atLeast += 1 }
    }
    look()
    var place = 1
    while place < order.count {
      if turns[place] < place {
        order.swapAt(place % 2 == 0 ? 0 : turns[place], place)
        look()
        turns[place] += 1
        place = 1
      } else {
        turns[place] = 0
        place += 1
      }
    }
    #expect(all == expected["permutations"] as? Int)
    Self.close(Double(atLeast) / Double(all), expected["exact_permutation_p_kappa_greater"], "p")
  }

  // MARK: - Densities

  @Test(arguments: [("2018", 0), ("2023", 5)])
  func `densities, bandwidths and the mass below zero are the reference's`(year: String, place: Int) throws {
    let expected = try Self.part("kernel", "years", year)
    let values = try Fixtures.panel.values(of: "F")
    let own = Fixtures.panel.rows(ofPeriod: place).map { values[$0] }
    let widths = try #require(expected["bandwidth"] as? [String: Double])
    for (rule, key) in [
      (BandwidthRule.silverman, "silverman_09"), (.normal, "silverman_106"), (.scott, "scott"),
    ] {
      Self.close(rule.width(ofSorted: own.sorted()), widths[key], key)
    }
    let plain = KernelDensity(own, .silverman)
    let reflected = KernelDensity(own, .silverman, isReflected: true)
    let grid = try #require(expected["grid"] as? [Double])
    for (density, key) in [(plain, "density"), (reflected, "density_reflected_at_0")] {
      for (x, value) in zip(grid, try #require(expected[key] as? [Double])) {
        Self.close(density.density(at: x), value, "\(key) at \(x)", absolute: 0)
      }
    }
    Self.close(plain.massBelowZero, expected["mass_below_0_without_reflection"], "mass below zero")
    #expect(reflected.massBelowZero == 0)
  }

  @Test func `the weighted density of 2023 is the reference's, with the width of the values alone`() throws {
    let expected = try Self.part("kernel", "weighted_2023")
    let rows = Fixtures.panel.rows(ofPeriod: 5)
    let (values, people) = (
      try Fixtures.panel.values(of: "F"), try Fixtures.panel.values(of: "population_urban")
    )
    let own = KernelDensity(rows.map { values[$0] }, weights: rows.map { people[$0] }, .silverman)
    Self.close(own.bandwidth, expected["bandwidth"], "h")
    let grid = try #require(try Self.part("kernel", "years", "2023")["grid"] as? [Double])
    for (x, value) in zip(grid, try #require(expected["density"] as? [Double])) {
      Self.close(own.density(at: x), value, "density at \(x)", absolute: 0)
    }
  }

  // MARK: - Convergence

  private static func convergence(
    _ variable: String, _ kind: ConvergenceEstimate.Kind,
    _ change: (inout EvolutionSpecification) -> Void = { _ in }
  ) throws -> ConvergenceEstimate {
    let result = try ConvergenceEstimator(
      Fixtures.panel, variable: variable, Fixtures.specification(change)
    ).result(nil)
    return try #require(result.estimates.first { $0.kind == kind })
  }

  @Test(arguments: ["absolute_F", "conditional_F", "absolute_income_urban"])
  func `β of the cross-section, both errors, speed and half-life are the reference's`(name: String) throws {
    let expected = try Self.part("convergence", name)
    let variable = name.hasSuffix("_F") ? "F" : "income_urban"
    let kind: ConvergenceEstimate.Kind = name.hasPrefix("conditional") ? .conditional : .absolute
    let controls = kind == .conditional ? ["region"] : []
    for (rule, key) in [(EvolutionSpecification.StandardError.hc1, "se_hc1"), (.classical, "se_classical")] {
      let own = try Self.convergence(variable, kind) {
        $0.controls = controls
        $0.standardError = rule
      }
      Self.close(own.beta?.value, expected["beta"], "β")
      Self.close(own.beta?.standardError, expected[key], key)
      Self.close(own.rSquared, expected["r2"], "R²")
      Self.close(own.speed, expected["speed"], "speed")
      Self.close(own.halfLife, expected["half_life"], "half-life")
      #expect(own.unitCount == expected["n"] as? Int && own.span == expected["span"] as? Int)
      if rule == .hc1 { Self.close(own.speedStandardError, expected["se_speed_hc1"], "error of the speed") }
    }
  }

  @Test func `the county without a logarithm is left out and named`() throws {
    let result = try ConvergenceEstimator(Fixtures.panel, variable: "F", .init()).result(nil)
    let left = try #require(try Self.part("convergence")["left_out"] as? [String])
    #expect(
      left == ["c09"] && result.notes.allSatisfy { $0.english.contains("c09") } && result.notes.count == 2)
  }

  @Test func `sigma is Pitman and Morgan's test of the reference, its t squared`() throws {
    let expected = try Self.part("sigma", of: "disparity")
    let sigma = try ConvergenceEstimator(Fixtures.panel, variable: "income_urban", .init()).result(nil).sigma
    let t = try #require(expected["t"] as? Double)
    Self.close(sigma.statistic, t * t, "t²")
    Self.close(sigma.pValue, expected["p"], "p")
    #expect(sigma.key == "sigma")
  }

  @Test(arguments: ["F", "income_urban"])
  func `β of the panel, its errors, Nickell's bias and the speed are the reference's`(variable: String) throws
  {
    let expected = try Self.part("convergence", "panel_\(variable)")
    for (rule, key) in [
      (EvolutionSpecification.StandardError.hc1, "se_cluster_stata_nested"), (.classical, "se_classical"),
    ] {
      let own = try Self.convergence(variable, .panel) { $0.standardError = rule }
      Self.close(own.beta?.value, expected["beta"], "β")
      Self.close(own.beta?.standardError, expected[key], key)
      if rule == .classical {
        #expect(own.beta?.reference.degreesOfFreedom == expected["df_residual"] as? Int)
      }
      Self.close(own.speed, expected["speed"], "speed")
      Self.close(own.halfLife, expected["half_life"], "half-life")
      Self.close(own.nickellBias, expected["nickell_first_order"], "Nickell's bias")
      #expect(own.unitCount == expected["units"] as? Int)
      #expect(own.observations == expected["observations"] as? Int)
    }
  }

  // MARK: - Ellipses

  private static func check(
    _ ellipse: WeightedEllipse, _ expected: [String: Any], _ convention: EllipseConvention, _ name: String,
    absolute: Double = 1e-10
  ) {
    let (long, short) =
      switch convention {
      case .yuill: ("long_axis", "short_axis")
      case .arcgis: ("arcgis_long", "arcgis_short")
      case .crimestat: ("crimestat_long", "crimestat_short")
      case .squared: ("squared_weights_long", "squared_weights_short")
      }
    close(ellipse.longAxis, expected[long], "\(name) \(long)")
    close(ellipse.shortAxis, expected[short], "\(name) \(short)")
    if expected.keys.contains("x") {
      close(ellipse.x, expected["x"], "\(name) x")
      close(ellipse.y, expected["y"], "\(name) y")
    }
    guard convention == .yuill else { return }
    close(ellipse.rotation, expected["rotation_clockwise_from_north"], "\(name) rotation")
    guard expected.keys.contains("area") else { return }
    close(ellipse.area, expected["area"], "\(name) area")
    close(ellipse.ratio, expected["ratio"], "\(name) ratio")
    close(ellipse.shareInside, expected["weight_share_inside"], "\(name) share inside")
    #expect(ellipse.count == expected["n"] as? Int)
  }

  @Test(arguments: EllipseConvention.allCases)
  func `ellipses of output are the reference's in every convention`(convention: EllipseConvention) throws {
    let panel = Fixtures.panel
    let rows = panel.rows(ofPeriod: 0)
    let (x, y, output) = (
      try panel.values(of: "x_km"), try panel.values(of: "y_km"), try panel.values(of: "output")
    )
    for (name, place) in [("2018", 0), ("2023", 5), ("unweighted", nil as Int?)] {
      let weights =
        place.map { panel.rows(ofPeriod: $0).map { output[$0] } } ?? rows.map { _ in 1 }
      Self.check(
        WeightedEllipse(x: rows.map { x[$0] }, y: rows.map { y[$0] }, weights: weights, convention),
        try Self.part("ellipse", name), convention, name)
    }
    let series = try CentreSeries(
      panel.keepingEnds(), variable: "output",
      places: try UnitPlaces(panel, longitude: "x_km", latitude: "y_km", isPlane: true),
      Fixtures.specification { $0.ellipse = convention })
    let expected = try Self.part("ellipse")
    Self.close(series.periods.last?.move, expected["move_2018_2023_km"], "move")
    Self.close(series.periods.last?.bearing, expected["bearing_degrees"], "bearing")
  }

  @Test func `small ellipses are the reference's: a line has no width, a square no direction`() throws {
    let small = try #require(try Self.part("ellipse")["small"] as? [[String: Any]])
    #expect(small.count == 3)
    for one in small {
      let points = try #require(one["points"] as? [[Double]])
      let ellipse = WeightedEllipse(
        x: points.map { $0[0] }, y: points.map { $0[1] }, weights: try #require(one["weights"] as? [Double]),
        .yuill)
      let name = try #require(one["name"] as? String)
      Self.check(ellipse, one, .yuill, name)
      if name == "collinear" { #expect(ellipse.shortAxis == 0 && ellipse.shareInside == nil) }
    }
  }

  @Test(arguments: EllipseConvention.allCases)
  func `Hunan's centres and ellipses are those of PROJ's Albers, also back in degrees`(
    convention: EllipseConvention
  ) throws {
    let series = try CentreSeries(
      Fixtures.hunan, variable: "V", places: Fixtures.hunanPlaces,
      Fixtures.specification { $0.ellipse = convention })
    #expect(series.projection == .albers(.init(meridian: 111.5, firstParallel: 25.5, secondParallel: 29)))
    for year in [2012, 2017, 2022] {
      let expected = try Self.part("ellipse_V", "\(year)", of: "hunan")
      let own = try #require(series.periods.first { $0.period == year })
      Self.check(own.ellipse, expected, convention, "\(year)")
      Self.close(own.degrees?.x, expected["longitude"], "\(year) longitude")
      Self.close(own.degrees?.y, expected["latitude"], "\(year) latitude")
    }
    let moves = try Self.part("ellipse_V", "move_km", of: "hunan")
    let ends = try Fixtures.hunan.values(of: "V")
    let kept = Fixtures.hunan.keeping(periods: [2012, 2017, 2022], ["V": ends])
    let three = try CentreSeries(kept, variable: "V", places: Fixtures.hunanPlaces, .init())
    Self.close(three.periods[1].move, moves["2012-2017"], "move to 2017")
    Self.close(three.periods[2].move, moves["2017-2022"], "move to 2022")
  }
}

extension Panel {
  /// The first and the last period of a panel.
  fileprivate func keepingEnds() -> Panel {
    keeping(
      periods: [periods[0], periods[periods.count - 1]],
      Dictionary(uniqueKeysWithValues: variableNames.map { ($0, try! values(of: $0)) }))
  }

  /// Some periods of a panel with some of its variables.
  fileprivate func keeping(periods kept: [Int], _ variables: [String: [Double]]) -> Panel {
    let rows = (0..<rowCount).filter { kept.contains(period(ofRow: $0)) }
    return try! Panel(
      source: source, unitOfRow: rows.map(unit(ofRow:)), timeOfRow: rows.map(period(ofRow:)),
      variables: variables.sorted { $0.key < $1.key }.map { name, values in (name, rows.map { values[$0] }) })
  }
}
