import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// What a referee asks of an estimate: each against its definition on random panels.
struct RefereeTests {
  private func specification(
    _ formula: String, gmm: [String] = ["V,2:4;collapse"], iv: [String] = ["P"],
    _ change: (inout DynamicPanelSpecification) -> Void = { _ in }
  ) throws -> DynamicPanelSpecification {
    var specification = DynamicPanelSpecification(try FormulaSpecification(formula))
    specification.gmmInstruments = try gmm.map { try GMMInstruments($0) }
    specification.standardInstruments = try iv.map { try StandardInstruments($0) }
    change(&specification)
    return specification
  }

  private func fit(_ panel: Panel, _ specification: DynamicPanelSpecification) throws -> DynamicPanelResult {
    try DynamicPanelEstimator.fit(panel, specification)
  }

  // MARK: Doubly corrected errors

  /// The sums of a model with a weight for every unit, from which its estimates follow by plain algebra.
  private struct WeightedSums {
    let outcome: Matrix
    let regressors: [Matrix]
    let initial: [Matrix]

    init(_ model: PreparedModel) {
      let problem = model.problem
      let sample = problem.sample
      outcome = problem.scores(sample.blocks.map(\.outcome))
      regressors = (0..<sample.coefficientCount).map { place in
        problem.scores(sample.blocks.map { $0.regressors.column(place) })
      }
      let covariance = InitialCovariance(model.specification, periodCount: model.cells.grid.periodCount)
      let rows = sample.blocks.map(\.row)
      initial = (0..<problem.instruments.columnCount).map { column in
        var unit = [Double](repeating: 0, count: problem.instruments.columnCount)
        unit[column] = 1
        let own = problem.instruments.times(unit)
        return problem.instruments.unitProducts(
          rows.indices.map { a in
            rows.indices.reduce(into: [Double](repeating: 0, count: sample.unitCount)) { sum, b in
              for place in sum.indices { sum[place] += covariance[rows[a], rows[b]] * own[b][place] }
            }
          })
      }
    }

    /// b of one step and of two.
    func estimates(_ weights: [Double]) throws -> (first: [Double], second: [Double]) {
      func sum(_ rows: Matrix) -> [Double] {
        (0..<rows.columnCount).map { rows.column($0).innerProduct(with: weights) }
      }
      let slopes = Matrix(columns: regressors.map(sum))
      let total = sum(outcome)
      func estimate(_ covariance: Matrix) throws -> [Double] {
        let factor = try LU(covariance)
        let weighted = factor.inverse.times(slopes)
        return try LU(slopes.transposedTimes(weighted)).inverse.times(weighted.transposedTimes(total))
      }
      let first = try estimate(Matrix(columns: initial.map(sum)))
      var rows = outcome
      for (part, value) in zip(regressors, first) { rows.add(part, scale: -value) }
      return (first, try estimate(rows.transposedTimes(rows.scalingRows(by: weights))))
    }
  }

  @Test(arguments: [UInt64(1), 2, 3], [1, 2])
  func `doubly corrected errors are the infinitesimal jackknife of the estimate, within 1e-7`(
    seed: UInt64, steps: Int
  ) throws {
    let panel = SimulatedPanel(units: 40, slopes: [0.3, -0.2], seed: seed).draw()
    let own = try specification("V ~ lag(V) + P + C", iv: ["P,C"]) {
      $0.estimator = seed == 2 ? .difference : .system
      $0.timeEffects = seed == 3 ? .both : .none
      $0.steps = steps == 1 ? .one : .two
      $0.standardErrors = .doublyCorrected
    }
    let result = try fit(panel, own)
    let sums = WeightedSums(try PreparedModel(panel, own))
    let step = 1e-4
    var variance = [Double](repeating: 0, count: result.estimates.count)
    for unit in panel.units.indices {
      func estimate(_ change: Double) throws -> [Double] {
        var weights = [Double](repeating: 1, count: panel.units.count)
        weights[unit] += change
        let both = try sums.estimates(weights)
        return steps == 1 ? both.first : both.second
      }
      let slope = try estimate(step).minus(estimate(-step)).scaled(by: 0.5 / step)
      for place in slope.indices { variance[place] += slope[place] * slope[place] }
    }
    for (estimate, value) in zip(result.estimates, variance) {
      expectClose(
        estimate.standardError, value.squareRoot(), relative: 1e-7, from: "the jackknife", estimate.name)
    }
  }

  // MARK: Long run

  @Test func `growth form is the level form less one, with the same long-run effects and marginal effects`()
    throws
  {
    let panel = SimulatedPanel(slopes: [0.3, -0.2]).draw()
    func result(_ outcome: String) throws -> DynamicPanelResult {
      try fit(
        panel,
        specification("\(outcome) ~ lag(V) + P*C", gmm: ["V,2:4;collapse"], iv: ["P*C"]) {
          $0.timeEffects = .both
          $0.reportsLongRun = true
          $0.moderatorValues = [try! ModeratorValues("C=0,p90")]
        })
    }
    let (level, growth) = (try result("V"), try result("diff(V)"))
    let (a, b) = (level.estimates[0], growth.estimates[0])
    expectClose(b.value, a.value - 1, absolute: 1e-8, from: "the level form less one")
    expectClose(b.standardError, a.standardError, relative: 1e-6, from: "the level form")
    #expect(level.longRunEffects.count == 3)
    for (one, other) in zip(level.longRunEffects, growth.longRunEffects) {
      expectClose(other.estimate.value, one.estimate.value, relative: 1e-6, from: "the level form")
      expectClose(
        other.estimate.standardError, one.estimate.standardError, relative: 1e-6, from: "the level form")
    }
    for (one, other) in zip(level.marginalEffects, growth.marginalEffects) {
      expectClose(other.effect.value, one.effect.value, relative: 1e-6, from: "the level form")
    }
  }

  @Test func `a long-run effect near a unit root has Fieller's set beside it, which may have no bound`()
    throws
  {
    let panel = SimulatedPanel(units: 30, alpha: 0.98, seed: 4, warmUp: 2).draw()
    let result = try fit(
      panel, specification("V ~ lag(V) + P", iv: []) { $0.reportsLongRun = true })
    let denominator = try #require(result.longRunDenominator)
    let effect = try #require(result.longRunEffects.first)
    #expect((abs(denominator.value) < 2 * denominator.standardError) == (effect.fieller != nil))
    #expect(effect.fieller != nil)
    let words = try #require(result.longRunTable).notes.map(\.english).joined(separator: " ")
    #expect(words.contains("within two standard errors of zero"))
  }

  // MARK: Marginal effects

  @Test(arguments: [false, true])
  func `an effect at a chosen value is the slope of the fitted outcome there, and its long run over 1 - λ`(
    centred: Bool
  ) throws {
    let panel = SimulatedPanel(slopes: [0.3, -0.2], seed: 2).draw()
    let result = try fit(
      panel,
      specification("V ~ lag(V) + P*C + I(P^2)", iv: ["P,C", "P:C,P^2"]) {
        $0.isCentred = centred
        $0.moderatorValues = [try! ModeratorValues("C=0,p50,mean,1"), try! ModeratorValues("P=-0.5,max")]
      })
    #expect(result.marginalEffects.count == 4 * 2 + 2)
    func mean(_ name: String) throws -> Double { centred ? try panel.values(of: name).mean : 0 }
    let (meanP, meanC) = (try mean("P"), try mean("C"))
    func b(_ name: String) -> Double { result.coefficient(name)!.value }
    func fitted(_ p: Double, _ c: Double) -> Double {
      let (p, c) = (p - meanP, c - meanC)
      return b("P") * p + b("C") * c + b("P:C") * p * c + b("P^2") * p * p
    }
    let step = 1e-5
    let denominator = 1 - result.laggedOutcome!.value
    let table = result.marginalEffectTable
    for (row, effect) in result.marginalEffects.enumerated() {
      let p = effect.values.first { $0.name == "P" }?.value ?? 0.3
      let c = effect.values.first { $0.name == "C" }?.value ?? 0.7
      let slope =
        effect.variable == "P"
        ? (fitted(p + step, c) - fitted(p - step, c)) / (2 * step)
        : (fitted(p, c + step) - fitted(p, c - step)) / (2 * step)
      expectClose(effect.effect.value, slope, relative: 1e-6, absolute: 1e-9, from: "central differences")
      guard case .number(let runs) = try #require(table.columns.first { $0.name == "long_run" }).values else {
        Issue.record("no numbers")
        return
      }
      expectClose(
        runs[row], slope / denominator, relative: 1e-6, absolute: 1e-8, from: "the slope over 1 - λ")
    }
    let values = result.marginalEffects.filter { $0.variable == "P" }.map(\.values)
    #expect(values.flatMap { $0 }.contains { $0.name == "C" && $0.value == 1 })
    // The place where the slope is zero, C at its median.
    let turn = try #require(result.turningPoints.first)
    let median = try Quantile.value(at: 0.5, ofSorted: usable(panel, "C").sorted())
    let slope = (fitted(turn.extreme + step, median) - fitted(turn.extreme - step, median)) / (2 * step)
    expectClose(slope, 0, absolute: 1e-6, from: "a turning point")
  }

  /// The values over usable rows: all but each unit's first.
  private func usable(_ panel: Panel, _ name: String) throws -> [Double] {
    let lags = panel.lag(try panel.values(of: "V"))
    return zip(try panel.values(of: name), lags).filter { !$1.isNaN }.map(\.0)
  }

  @Test func `places that cannot be read and moderators that are none are refused`() throws {
    for text in ["C", "C=", "=1", "C=a", "C=p101", "C+P=1", "C=1,,2"] {
      #expect(throws: ModeratorValuesError.unreadable(text: text)) { try ModeratorValues(text) }
    }
    let panel = SimulatedPanel(slopes: [0.3, -0.2]).draw()
    let own = try specification("V ~ lag(V) + P + C", iv: ["P,C"]) {
      $0.moderatorValues = [try! ModeratorValues("C=1")]
    }
    #expect(throws: ModeratorValuesError.noSuchModerator(variable: "C", known: [])) { try fit(panel, own) }
    let misspelt = try specification("V ~ lag(V) + P*C", iv: ["P*C"]) {
      $0.moderatorValues = [try! ModeratorValues("CC=1")]
    }
    let error = #expect(throws: ModeratorValuesError.self) { try fit(panel, misspelt) }
    #expect(error?.description.contains("Did you mean \"C\"?") == true, "\(error?.description ?? "")")
  }

  // MARK: Tests

  @Test func `tests of hypotheses are what they say`() throws {
    let panel = SimulatedPanel(slopes: [0.3, -0.2, 0.1]).draw()
    let result = try fit(panel, specification("V ~ lag(V) + P*C*I", iv: ["P*C*I"]))
    func test(_ text: String) throws -> TestResult {
      try #require(try result.adding(tests: [CoefficientTest(text)]).tests.last)
    }
    let one = try test("P")
    expectClose(
      one.statistic!, result.coefficient("P")!.statistic * result.coefficient("P")!.statistic,
      relative: 1e-10, from: "z squared")
    let equal = try test("P = C")
    let difference = try result.estimate(LinearCombination("P-C"), option: Setting("lincom"))
    expectClose(
      equal.statistic!, difference.statistic * difference.statistic, relative: 1e-10,
      from: "z of P-C, squared")
    let shifted = try test("P = 0.3")
    let estimate = result.coefficient("P")!
    expectClose(
      shifted.statistic!, pow((estimate.value - 0.3) / estimate.standardError, 2), relative: 1e-10,
      from: "z of P - 0.3, squared")
    let products = try test("P:*")
    #expect(products.degreesOfFreedom == 3)
    expectClose(
      products.statistic!, try test("P:C,P:I,P:C:I").statistic!, relative: 1e-12, from: "the names")
    // All products of two, of three, and of any order stand in the tests of every formula that has them.
    // Their F is Hotelling's, with units less instruments.
    let free = Double(result.ledger.units - result.ledger.count)
    expectClose(
      result.test("wald_products:2")!.statistic!,
      try test("P:C,P:I,C:I").statistic! * (free - 2) / (3 * free), relative: 1e-12, from: "the names")
    #expect(result.test("wald_products:3")?.degreesOfFreedom == 1)
    #expect(result.test("wald_products")?.degreesOfFreedom == 4)
    #expect(result.test("wald_products:4") == nil)
    for text in ["", ",", "P,", "P=", "=P", "P=C=I", "1=2", "P=P"] {
      #expect(throws: DynamicPanelError.unreadableTest(text: text)) { try CoefficientTest(text) }
    }
    #expect(throws: DynamicPanelError.self) { try test("Q:*") }
    let small = try fit(
      panel, specification("V ~ lag(V) + P", iv: ["P"]) { $0.isSmallSample = true }
    ).adding(tests: [CoefficientTest("lag(V, 1),P")]).tests.last
    #expect(small?.degreesOfFreedom == 2)
  }

  @Test func `the portmanteau test answers to no unit of the outcome and to no order of the units`() throws {
    let panel = SimulatedPanel().draw()
    let own = try specification("V ~ lag(V) + P")
    let one = try #require(try fit(panel, own).test("portmanteau"))
    let scaled = panel.with([("V", try panel.values(of: "V").map { 1000 * $0 })])
    let other = try #require(try fit(scaled, own).test("portmanteau"))
    expectClose(other.statistic!, one.statistic!, relative: 1e-7, from: "the outcome in its own unit")
    #expect(one.degreesOfFreedom == 3)
    let short = SimulatedPanel(periods: 3).draw()
    let absent = try fit(short, specification("V ~ lag(V) + P", gmm: ["V,2:2;collapse"])).test("portmanteau")
    #expect(absent?.statistic != nil || absent?.reason != nil)
  }

  /// 500 draws of 121 units and 8 periods: three standard errors of a share of .05 are .029. The methods' page has 5 % without
  /// serial correlation, and 97 % with a coefficient of .4.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["RURALVALUE_SLOW_TESTS"] == "1"))
  func `the portmanteau test finds serial correlation where there is some and hardly where there is none`()
    throws
  {
    let own = try specification("V ~ lag(V) + P", gmm: ["V,2:4;collapse"], iv: ["P"]) {
      $0.timeEffects = .none
    }
    func share(_ correlation: Double, _ key: String) throws -> Double {
      let rejected = try (1...500).count { seed in
        try fit(
          correlatedPanel(correlation, seed: UInt64(seed)), own
        ).test(key)?.rejects == true
      }
      return Double(rejected) / 500
    }
    let (size, power) = (try share(0, "portmanteau"), try share(0.4, "portmanteau"))
    let second = try share(0.4, "ar2")
    print("portmanteau: size \(size), power \(power); AR(2) \(second)")
    #expect((0.02...0.08).contains(size))
    #expect(power > 0.8 && power > second)
  }

  /// y = .5 y₋₁ + .5 x + η + ε, ε = ρ ε₋₁ + ν.
  private func correlatedPanel(_ correlation: Double, seed: UInt64) -> Panel {
    var stream = NormalStream(seed: seed)
    var (y, x): ([Double], [Double]) = ([], [])
    let (units, periods) = (121, 8)
    for _ in 0..<units {
      let effect = 0.5 * stream.next()
      var (outcome, error, state) = (2 * effect, 0.0, 0.0)
      for period in -30..<periods {
        error = correlation * error + stream.next()
        state = 0.5 * state + stream.next()
        outcome = 0.5 * outcome + 0.5 * state + effect + error
        guard period >= 0 else { continue }
        y.append(outcome)
        x.append(state)
      }
    }
    return try! Panel(
      source: "simulated", unitOfRow: (0..<units).flatMap { [String](repeating: "u\($0)", count: periods) },
      timeOfRow: (0..<units).flatMap { _ in (0..<periods).map { 2012 + $0 } },
      variables: [("V", y), ("P", x)])
  }

  @Test func `two-step errors without a correction never stand in a table without a word`() throws {
    let panel = SimulatedPanel().draw()
    func words(_ change: @escaping (inout DynamicPanelSpecification) -> Void) throws -> String {
      try fit(panel, specification("V ~ lag(V) + P", change)).cautions.map(\.english).joined()
    }
    #expect(try words { $0.standardErrors = .classical }.contains("without Windmeijer's correction"))
    #expect(try words { $0.steps = .cue }.contains("a diagnostic"))
    #expect(
      try !words {
        $0.steps = .one
        $0.standardErrors = .classical
      }.contains("Windmeijer"))
  }

  @Test func `a sweep names the smallest BIC among sets that identify all coefficients`() throws {
    let panel = SimulatedPanel().draw()
    let base = try fit(panel, specification("V ~ lag(V) + P"))
    let sweep = try LagSweep(panel, base: base)
    let smallest = try #require(sweep.smallest)
    for row in sweep.rows where row.isIdentified {
      if let criteria = row.criteria { #expect(smallest.criteria!.bic <= criteria.bic) }
    }
    #expect(
      sweep.table.notes.contains { $0.english.contains("smallest with \(smallest.lags) lag") })
    // The base has lags 2 to 4, collapsed: its row has its numbers.
    let own = try #require(sweep.rows.first { $0.isCollapsed && $0.lags == 3 })
    expectClose(own.criteria!.bic, base.criteria!.bic, relative: 1e-10, from: "the base")
  }

  /// 200 draws of 121 units and 11 years without products: three standard errors of .09 are .06.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["RURALVALUE_SLOW_TESTS"] == "1"))
  func `the test of all products hardly finds any in noise, where χ² does`() throws {
    var (cautious, plain) = (0, 0)
    let names = "P:C,P:I,P:T,C:I,C:T,I:T"
    for seed in 1...200 {
      let panel = SimulatedPanel(
        units: 121, periods: 11, slopes: [0.3, -0.2, 0.2, 0.1], seed: UInt64(seed)
      ).draw()
      var own = DynamicPanelSpecification(try FormulaSpecification("V ~ lag(V) + (P + C + I + T)^2"))
      own.isCentred = true
      let result = try fit(panel, own).adding(tests: [CoefficientTest(names)])
      cautious += result.test("wald_products")?.rejects == true ? 1 : 0
      plain += result.tests.last?.rejects == true ? 1 : 0
    }
    print("products in noise: F \(Double(cautious) / 200), χ² \(Double(plain) / 200)")
    #expect(cautious <= 30 && cautious < plain)
  }

  // MARK: Residuals

  @Test func `residuals of a system have the moments that they must`() throws {
    let panel = SimulatedPanel().draw()
    // As many instruments as coefficients: the change of the outcome a period earlier, P and the constant.
    let system = try fit(
      panel,
      specification("V ~ lag(V) + P", gmm: ["V,1:1;collapse;eq=level"], iv: ["P;eq=level"]) {
        $0.timeEffects = .none
        $0.keepsResiduals = true
      })
    let rows = try #require(system.residuals).rows
    #expect(rows.count == panel.rowCount)
    #expect(rows.map(\.unit) == (0..<panel.rowCount).map { panel.unit(ofRow: $0) })
    let change = panel.lag(panel.difference(try panel.values(of: "V")))
    let used = rows.indices.filter { rows[$0].isUsedInLevels }
    #expect(used.count == 60 * 6)
    let p = try panel.values(of: "P")
    for (name, instrument) in [
      ("constant", p.map { _ in 1.0 }), ("P", p), ("ΔV lagged", change.map { $0.isNaN ? 0 : $0 }),
    ] {
      let moment = used.map { instrument[$0] * rows[$0].level }.reduce(0, +)
      let size = used.map { abs(instrument[$0] * rows[$0].level) }.reduce(0, +)
      expectClose(moment / size, 0, absolute: 1e-9, from: "an instrument's moment", name)
    }
    for row in used {
      let own = rows[row]
      expectClose(own.outcome - own.fitted, own.level, absolute: 1e-12, from: "y less fitted")
      expectClose(own.unitEffect + own.idiosyncratic, own.level, absolute: 1e-12, from: "its parts")
      if row > 0, rows[row - 1].isUsedInLevels, rows[row - 1].unit == own.unit {
        expectClose(own.transformed, own.level - rows[row - 1].level, absolute: 1e-10, from: "its change")
      }
    }
    for unit in panel.units {
      let sum = used.filter { rows[$0].unit == unit }.map { rows[$0].idiosyncratic }.reduce(0, +)
      expectClose(sum, 0, absolute: 1e-10, from: "a mean within the unit")
    }
  }

  @Test func `residuals of difference GMM have a mean of zero and the moments of the difference`() throws {
    let panel = SimulatedPanel().draw()
    let result = try fit(
      panel,
      specification("V ~ lag(V)", gmm: ["V,2:2;collapse"], iv: []) {
        $0.estimator = .difference
        $0.timeEffects = .none
        $0.keepsResiduals = true
      })
    let rows = try #require(result.residuals).rows
    let instrument = panel.lag(try panel.values(of: "V"), by: 2)
    let used = rows.indices.filter { rows[$0].isUsedTransformed }
    let moment = used.map { instrument[$0] * rows[$0].transformed }.reduce(0, +)
    expectClose(moment, 0, absolute: 1e-9, from: "the instrument's moment")
    let levels = rows.map(\.level).filter { !$0.isNaN }
    expectClose(levels.reduce(0, +), 0, absolute: 1e-9, from: "a mean of zero")
    #expect(!rows.contains { $0.isUsedInLevels })
  }

  // MARK: What was dropped

  @Test func `rows of units that are too short count as dropped`() throws {
    let whole = SimulatedPanel(units: 30).draw()
    // The first two units keep one row each.
    let kept = (0..<whole.rowCount).filter { row in
      row >= 14 || row % 7 == 0
    }
    let panel = try Panel(
      source: "short", unitOfRow: kept.map { whole.unit(ofRow: $0) },
      timeOfRow: kept.map { whole.period(ofRow: $0) },
      variables: ["V", "P"].map { name in
        let values = try whole.values(of: name)
        return (name, kept.map { values[$0] })
      })
    let result = try fit(panel, specification("V ~ lag(V) + P"))
    #expect(result.unusedUnits == ["u0", "u1"])
    #expect(result.sample.droppedRows == 2)
    #expect(result.notes.contains { $0.english.contains("u0") && $0.english.contains("u1") })
  }
}
