import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// What must hold between linear panel estimates whatever the data.
@Suite struct FixedEffectsIdentityTests {
  /// A panel with holes: units × periods, regressors x and z, an instrument, three-level codes and weights.
  static func panel(
    units: Int = 30, periods: Int = 7, seed: UInt64 = 3, holes: Bool = true, order: [Int]? = nil,
    scale: Double = 1
  ) throws -> Panel {
    var random = CounterBasedGenerator(seed: seed)
    var rows: [(unit: String, time: Int, values: [Double])] = []
    for unit in 0..<units {
      let effect = random.normal()
      for time in 0..<periods {
        let (x, z, w, e) = (random.normal(), random.normal(), random.normal(), random.normal())
        let isHole = random.uniform() < 0.15
        let own = 0.6 * effect + x + 0.4 * w
        let y = 2 + own - 0.5 * z + effect + 0.3 * Double(time) + e + 0.5 * w
        if holes, isHole { continue }
        let industry = Double((unit * 7 + time) % 4)
        rows.append(
          (
            "u\(unit)", 2000 + time,
            [y, scale * own, z, x, industry, Double(unit % 3), Double(1 + (unit + time) % 3)]
          ))
      }
    }
    let places = order ?? Array(rows.indices)
    let names = ["y", "x", "z", "iv", "industry", "region", "weight"]
    return try Panel(
      source: "made", unitOfRow: places.map { rows[$0].unit }, timeOfRow: places.map { rows[$0].time },
      variables: names.indices.map { name in (names[name], places.map { rows[$0].values[name] }) })
  }

  static func specification(
    _ formula: String = "y ~ x + z", _ effects: FixedEffectsSpecification.Effects = .twoways,
    _ rule: FixedEffectsSpecification.StandardError = .cluster
  ) throws -> FixedEffectsSpecification {
    FixedEffectsSpecification(
      formula: try FormulaSpecification(formula), effects: effects, standardError: rule, isTested: false)
  }

  /// The dummies of some groups, the first left out.
  private static func dummies(_ codes: [Int]) -> [[Double]] {
    Set(codes).sorted().dropFirst().map { code in codes.map { $0 == code ? 1 : 0 } }
  }

  /// Explicit dummies: coefficients of the first k columns with classical errors.
  private static func explicit(
    _ panel: Panel, _ names: [String], _ groups: [[Int]], weights: [Double]? = nil
  ) throws -> (coefficients: [Double], errors: [Double], rank: Int) {
    let roots = weights.map { $0.map { $0.squareRoot() } } ?? [Double](repeating: 1, count: panel.rowCount)
    let columns =
      try names.map { try panel.values(of: $0) } + groups.flatMap(dummies)
      + [[Double](repeating: 1, count: panel.rowCount)]
    let fit = try LeastSquares(Matrix(columns: columns.map { zip($0, roots).map(*) }))
      .regress(zip(try panel.values(of: "y"), roots).map(*), centred: false)
    return (
      Array(fit.coefficients.prefix(names.count)), Array(fit.standardErrors.prefix(names.count)), fit.rank
    )
  }

  @Test(arguments: [FixedEffectsSpecification.Effects.unit, .time, .twoways], [false, true])
  func `within is what explicit dummies give, weighted or not`(
    effects: FixedEffectsSpecification.Effects, isWeighted: Bool
  ) throws {
    let panel = try Self.panel()
    var specification = try Self.specification("y ~ x + z", effects, .classical)
    if isWeighted { specification.weightsColumn = "weight" }
    let result = try FixedEffectsEstimator.fit(panel, specification)
    var groups: [[Int]] = []
    if effects.hasUnits { groups.append(panel.unitOfRow) }
    if effects.hasPeriods { groups.append(panel.periodOfRow) }
    let raw = isWeighted ? try panel.values(of: "weight") : nil
    let weights = raw.map { all in all.map { $0 / all.mean } }
    let (coefficients, errors, rank) = try Self.explicit(panel, ["x", "z"], groups, weights: weights)
    #expect(result.fit.absorbedRank == rank - 2)
    for (place, estimate) in result.estimates.enumerated() {
      expectClose(estimate.value, coefficients[place], relative: 1e-10, from: "dummies", estimate.name)
      expectClose(estimate.standardError, errors[place], relative: 1e-10, from: "dummies", estimate.name)
    }
  }

  @Test func `three sets of effects are what explicit dummies give, and their rank is counted`() throws {
    for column in ["industry", "region"] {
      let panel = try Self.panel()
      var specification = try Self.specification("y ~ x + z", .twoways, .classical)
      specification.absorbedColumns = [column]
      let result = try FixedEffectsEstimator.fit(panel, specification)
      let codes = try panel.values(of: column).map { Int($0) }
      let (coefficients, errors, rank) = try Self.explicit(
        panel, ["x", "z"], [panel.unitOfRow, panel.periodOfRow, codes])
      // Regions are wider than units and add nothing.
      #expect(result.fit.absorbedRank == rank - 2)
      for (place, estimate) in result.estimates.enumerated() {
        expectClose(estimate.value, coefficients[place], relative: 1e-9, from: "dummies", estimate.name)
        expectClose(estimate.standardError, errors[place], relative: 1e-9, from: "dummies", estimate.name)
      }
    }
  }

  @Test func `period dummies in the formula and effects of periods give one answer`() throws {
    let panel = try Self.panel()
    let dummies = panel.periods.dropFirst()
    let more = panel.with(
      dummies.map { period in
        ("d\(period)", panel.periodOfRow.map { panel.periods[$0] == period ? 1 : 0 })
      })
    let two = try FixedEffectsEstimator.fit(panel, Self.specification())
    let one = try FixedEffectsEstimator.fit(
      more,
      Self.specification(
        "y ~ x + z + " + dummies.map { "d\($0)" }.joined(separator: " + "), .unit))
    for (a, b) in zip(two.estimates, one.estimates) {
      expectClose(a.value, b.value, relative: 1e-10, from: "dummies", a.name)
      expectClose(a.standardError, b.standardError, relative: 1e-10, from: "dummies", a.name)
    }
  }

  @Test(arguments: [
    FixedEffectsSpecification.Effects.twoways, .unit, .time, .none, .random, .between, .difference,
  ]) func `the order of rows and the names of units change nothing`(
    effects: FixedEffectsSpecification.Effects
  ) throws {
    let panel = try Self.panel()
    var random = CounterBasedGenerator(seed: 8)
    var order = Array(0..<panel.rowCount)
    random.shuffle(&order)
    let specification = try Self.specification("y ~ x + z", effects)
    let one = try FixedEffectsEstimator.fit(panel, specification)
    let other = try FixedEffectsEstimator.fit(Self.panel(order: order), specification)
    for (a, b) in zip(one.estimates, other.estimates) {
      expectClose(a.value, b.value, relative: 1e-11, from: "another order", a.name)
      expectClose(a.standardError, b.standardError, relative: 1e-10, from: "another order", a.name)
    }
  }

  @Test(arguments: [
    FixedEffectsSpecification.Effects.twoways, .unit, .none, .random, .between, .difference,
  ]) func `a regressor in other units has its coefficient rescaled and nothing else`(
    effects: FixedEffectsSpecification.Effects
  ) throws {
    let specification = try Self.specification("y ~ x + z", effects)
    let one = try FixedEffectsEstimator.fit(Self.panel(), specification)
    let other = try FixedEffectsEstimator.fit(Self.panel(scale: 1e6), specification)
    expectClose(other.estimates[0].value * 1e6, one.estimates[0].value, relative: 1e-10, from: "rescaling")
    expectClose(other.estimates[0].statistic, one.estimates[0].statistic, relative: 1e-9, from: "rescaling")
    expectClose(other.estimates[1].value, one.estimates[1].value, relative: 1e-9, from: "rescaling")
  }

  @Test func `whole weights are repeated rows, but for the small-sample factor`() throws {
    let panel = try Self.panel()
    var specification = try Self.specification("y ~ x + z", .none, .cluster)
    specification.weightsColumn = "weight"
    let weighted = try FixedEffectsEstimator.fit(panel, specification)
    let weights = try panel.values(of: "weight")
    let rows = weights.indices.flatMap { row in [Int](repeating: row, count: Int(weights[row])) }
    let roots = rows.map { _ in 1.0 }
    let columns = try ["x", "z"].map { name -> [Double] in
      let values = try panel.values(of: name)
      return rows.map { values[$0] }
    }
    let y = try panel.values(of: "y")
    let fit = try LeastSquares(Matrix(columns: columns + [roots])).regress(rows.map { y[$0] })
    for (place, estimate) in weighted.estimates.enumerated() {
      expectClose(estimate.value, fit.coefficients[place], relative: 1e-10, from: "rows", estimate.name)
    }
  }

  @Test func `balanced two-way Mundlak has the coefficients of two-way within`() throws {
    let panel = try Self.panel(holes: false)
    var specification = try Self.specification()
    specification.isTested = true
    let balanced = try FixedEffectsEstimator.fit(panel, specification)
    // The absorbed form of the test, and with one hole more its form with dummies, hardly differ.
    let rows = (0..<panel.rowCount).filter { $0 != panel.rowCount - 1 }
    let holed = try Panel(
      source: "made", unitOfRow: rows.map { panel.unit(ofRow: $0) },
      timeOfRow: rows.map { panel.period(ofRow: $0) },
      variables: try panel.variableNames.map { name in
        let values = try panel.values(of: name)
        return (name, rows.map { values[$0] })
      })
    let unbalanced = try FixedEffectsEstimator.fit(holed, specification)
    let (a, b) = (
      try #require(balanced.test("mundlak")?.statistic), try #require(unbalanced.test("mundlak")?.statistic)
    )
    expectClose(a, b, relative: 0.1, from: "the panel less one row")
  }

  @Test func `random effects of regressors that do not vary within units are weighted means of units`() throws
  {
    let panel = try Self.panel(holes: false)
    var specification = try Self.specification("y ~ region", .random, .classical)
    specification.isTested = true
    let result = try FixedEffectsEstimator.fit(panel, specification)
    let between = try FixedEffectsEstimator.fit(panel, Self.specification("y ~ region", .between, .classical))
    for (a, b) in zip(result.estimates, between.estimates) {
      expectClose(a.value, b.value, relative: 1e-10, from: "the between regression", a.name)
    }
    #expect(result.test("mundlak")?.reason != nil)
  }

  @Test
  func `clustered and Conley's errors are those of sdm's slx without lags, but for the small-sample factor`()
    throws
  {
    let table = try SpatialFixtures.table("cigar.csv")
    let plain = try Panel(table, variables: ["logc", "logp", "logy"])
    let panel = plain.with([
      ("lon", plain.unitOfRow.map { -120 + Double($0 % 7) * 6 }),
      ("lat", plain.unitOfRow.map { 28 + Double($0 / 7) * 3 }),
    ])
    let places = try UnitPlaces(panel, longitude: "lon", latitude: "lat")
    let rules: [(FixedEffectsSpecification.StandardError, SpatialDurbinSpecification.StandardError)] = [
      (.cluster, .cluster), (.conley(kilometres: 900), .conley(kilometres: 900)),
    ]
    for (own, other) in rules {
      var linear = try Self.specification("logc ~ logp + logy", .twoways, own)
      linear.places = places
      let fe = try FixedEffectsEstimator.fit(panel, linear)
      let slx = try SpatialDurbinEstimator.fit(
        panel, weights: SpatialFixtures.states(),
        SpatialDurbinSpecification(
          formula: try FormulaSpecification("logc ~ logp + logy"), model: .slx,
          correction: SpatialDurbinSpecification.Correction.none,
          durbin: [], standardError: other, places: places, draws: 0, isTested: false))
      for estimate in fe.estimates {
        let same = try #require(slx.coefficient(estimate.name))
        expectClose(estimate.value, same.value, relative: 1e-10, from: "sdm", estimate.name)
        expectClose(
          estimate.standardError, same.standardError * fe.errors.factor.squareRoot(), relative: 1e-9,
          from: "sdm", "\(own.name) \(estimate.name)")
      }
    }
  }

  @Test func `singletons change errors and no coefficient`() throws {
    let panel = try FixedEffectsFixtures.panel("small_gaps.csv", variables: ["y", "x1", "x2"])
    var specification = try Self.specification("y ~ x1 + x2", .unit)
    let without = try FixedEffectsEstimator.fit(panel, specification)
    specification.keepsSingletons = true
    let with = try FixedEffectsEstimator.fit(panel, specification)
    #expect(without.fit.singletons == 2)
    #expect(with.sample.observations == without.sample.observations + 2)
    for (a, b) in zip(with.estimates, without.estimates) {
      expectClose(a.value, b.value, relative: 1e-11, from: "singletons", a.name)
      #expect(a.standardError < b.standardError)
    }
  }

  @Test func `clusters finer than units count all effects, units as clusters count none of theirs`() throws {
    let panel = try Self.panel()
    var specification = try Self.specification()
    let byUnit = try FixedEffectsEstimator.fit(panel, specification)
    #expect(byUnit.errors.counted == 2 + panel.periods.count)
    specification.clusterColumns = ["industry"]
    let crossing = try FixedEffectsEstimator.fit(panel, specification)
    #expect(crossing.errors.counted == 2 + crossing.fit.absorbedRank)
    specification.clusterColumns = ["region"]
    let wider = try FixedEffectsEstimator.fit(panel, specification)
    #expect(wider.errors.counted == 2 + panel.periods.count)
  }

  @Test func `Driscoll and Kraay without lags are clusters of periods but for the factor`() throws {
    let panel = try Self.panel()
    var specification = try Self.specification("y ~ x + z", .unit, .driscollKraay)
    specification.lags = 0
    let kraay = try FixedEffectsEstimator.fit(panel, specification)
    let sample = try LinearSample(panel, specification)
    let fit = try LinearProblem.within(sample).fit()
    let meat = LinearCovariance.meat(fit.scores, sample.periods)
    let v = kraay.errors.factor * (fit.bread * meat * fit.bread)
    for (place, estimate) in kraay.estimates.enumerated() {
      expectClose(
        estimate.standardError, v[place, place].squareRoot(), relative: 1e-12, from: "period sums",
        estimate.name)
    }
  }

  @Test func `the bootstrap by unit comes near the clustered errors, and is the same for a seed`() throws {
    let panel = try Self.panel(units: 80)
    var specification = try Self.specification()
    let cluster = try FixedEffectsEstimator.fit(panel, specification)
    specification.standardError = .bootstrap(draws: 400)
    let bootstrap = try FixedEffectsEstimator.fit(panel, specification)
    #expect(try FixedEffectsEstimator.fit(panel, specification) == bootstrap)
    #expect(bootstrap.errors.bootstrapDraws == 400)
    for (a, b) in zip(bootstrap.estimates, cluster.estimates) {
      #expect(a.value == b.value)
      expectClose(a.standardError, b.standardError, relative: 0.15, from: "clusters", a.name)
    }
  }

  @Test func `a random assignment's coefficients are those of its regressions`() throws {
    let panel = try Self.panel()
    for (formula, effects, iv) in [
      ("y ~ x + z", FixedEffectsSpecification.Effects.twoways, nil), ("y ~ x + z", .unit, nil),
      ("y ~ x + z", .none, nil), ("y ~ x + z", .twoways, "x ~ iv"),
    ] {
      var specification = try Self.specification(formula, effects)
      specification.keepsSingletons = true
      specification.instruments = try iv.map { try InstrumentedRegressors($0) }
      let sample = try LinearSample(panel, specification)
      let products = try #require(UnitCrossProducts(sample, specification))
      let assignment = products.units.map { $0 % 2 }
      let found = try #require(
        products.coefficients(assignment, groupCount: 2, hasInstruments: iv != nil))
      for group in 0..<2 {
        let part = try LinearSample(panel, specification) { panel.unitOfRow[$0] % 2 == group }
        let model = try LinearModel(part, specification)
        for (place, name) in ["x", "z"].enumerated() {
          let own = try #require(model.estimates.first { $0.name == name })
          expectClose(
            found[group][place], own.value, relative: 1e-8, from: "the regression", "\(name) \(effects)")
        }
      }
    }
  }
}
