import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Two-stage least squares of spatial panels: the numbers of iv.json, which linearmodels with explicit dummies and spreg's
/// GM_Lag confirm, identities, and what is refused.
@Suite struct SpatialTwoStageTests {
  typealias Specification = SpatialDurbinSpecification

  /// A case of iv.json.
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let model: String
    let effects: String
    let endogenous: [String]
    let instruments_besides_exogenous: [String]
    let estimates: [String: Double]
    let sigma2: Double
    let std_errors: [String: [String: Double]]
    let sargan: Double
    let sargan_df: Int
    let first_stage_f: [String: Double]

    var testDescription: String { "\(model) \(effects)" }
  }

  private struct File: Decodable { let cases: [Case] }

  static let cases: [Case] = {
    let text = (try? ProjectFiles.fixtureText("reference/spatial-corrections/iv.json")) ?? ""
    return (try? JSONDecoder().decode(File.self, from: Data(text.utf8)))?.cases ?? []
  }()

  private static func table(_ name: String) throws -> Table {
    try SpatialFixtures.table("../spatial-corrections/\(name)")
  }

  private static func panel(_ table: Table? = nil) throws -> Panel {
    try Panel(table ?? Self.table("panel-queen.csv"), variables: ["y", "x1", "x2", "endog", "z1"])
  }

  private static func weights() throws -> SpatialWeights {
    try WeightsReading(table("links-queen.csv")).weights
  }

  private static func specification(
    _ model: Specification.Model = .sdm, _ effects: Specification.Effects = .twoways,
    formula: String = "y ~ x1 + x2 + endog", iv: String? = "endog ~ z1",
    errors: Specification.StandardError? = nil
  ) throws -> Specification {
    var result = Specification(
      formula: try FormulaSpecification(formula), model: model, effects: effects, standardError: errors,
      draws: 0)
    result.instruments = try iv.map { try InstrumentedRegressors($0) }
    if iv == nil { result.estimator = .twoStage }
    return result
  }

  private static func fit(_ specification: Specification, _ panel: Panel? = nil) throws -> SpatialDurbinResult
  {
    try SpatialDurbinEstimator.fit(panel ?? Self.panel(), weights: weights(), specification)
  }

  private static func errors(_ result: SpatialDurbinResult) -> [String: Double] {
    Dictionary(result.estimates.map { ($0.name, $0.standardError) }, uniquingKeysWith: { first, _ in first })
  }

  private static func expect(_ errors: [String: Double], _ entry: Case, _ kind: String) throws {
    let expected = try #require(entry.std_errors[kind])
    #expect(expected.count == entry.estimates.count)
    for (term, value) in expected {
      expectClose(
        try #require(errors[term]), value, relative: 1e-10, from: "iv.json \(entry.testDescription)",
        "\(kind) \(term)")
    }
  }

  // MARK: The reference's numbers

  @Test func `both cases are read`() { #expect(Self.cases.count == 2) }

  @Test(arguments: cases)
  func `estimates, the variance and tests are the reference's`(entry: Case) throws {
    let result = try Self.fit(
      Self.specification(.init(rawValue: entry.model)!, .init(rawValue: entry.effects)!, errors: .classical))
    let source = "iv.json \(entry.testDescription)"
    for (term, value) in entry.estimates {
      expectClose(result.estimate(term).value, value, relative: 1e-10, from: source, term)
    }
    expectClose(result.estimate("sigma2").value, entry.sigma2, relative: 1e-10, from: source, "sigma2")
    #expect(result.estimates.count == entry.estimates.count + 1)
    expectClose(result.statistic("sargan"), entry.sargan, relative: 1e-10, from: source, "sargan")
    #expect(result.test("sargan")?.degreesOfFreedom == entry.sargan_df)
    for (term, value) in entry.first_stage_f {
      expectClose(result.statistic("first_stage:\(term)"), value, relative: 1e-10, from: source, term)
    }
    #expect(result.instruments?.stages.map(\.name) == entry.endogenous)
    #expect(result.instruments?.instruments == entry.instruments_besides_exogenous)
    try Self.expect(Self.errors(result), entry, "classical")
  }

  @Test(arguments: cases)
  func `clustered and Conley's errors are the reference's`(entry: Case) throws {
    var specification = try Self.specification(
      .init(rawValue: entry.model)!, .init(rawValue: entry.effects)!)
    let clustered = try Self.fit(specification)
    #expect(clustered.specification.standardError == .cluster && clustered.errors.groups == 30)
    try Self.expect(Self.errors(clustered), entry, "cluster_unit")
    specification.standardError = .conley(kilometres: 45)
    specification.places = try SpatialErrorRuleTests.places()
    let conley = try Self.fit(specification)
    try Self.expect(Self.errors(conley), entry, "hac_bartlett_45km_units_summed")
    #expect(conley.errors.conley?.errors.map(\.cutoff) == [22.5, 45, 90])
  }

  /// With effects of units and eight periods the estimator refuses them, so the covariance itself is asked.
  @Test(arguments: cases)
  func `errors of each observation by itself are the reference's`(entry: Case) throws {
    var specification = try Self.specification(
      .init(rawValue: entry.model)!, .init(rawValue: entry.effects)!)
    specification.standardError = .robust
    let estimate = try Self.inner(specification)
    let names = estimate.fit.fit.parameters.map(\.name)
    let errors = estimate.covariance.matrix.diagonal.map { $0.squareRoot() }
    try Self.expect(Dictionary(uniqueKeysWithValues: zip(names, errors)), entry, "hc0")
  }

  private static func inner(_ specification: Specification, _ panel: Panel? = nil) throws -> SpatialTwoStage {
    let sample = try SpatialSample(panel ?? Self.panel(), specification.samplingInstruments())
    let weights = try weights().aligned(to: sample.units, of: "").weights
    let system = try SpatialSystem(
      [weights.withoutSelf.standardised(.row)], matrixOfPeriod: sample.periods.map { _ in 0 })
    return try SpatialTwoStage(sample, system, specification)
  }

  // MARK: Identities

  /// With E as its own instrument the projection is E itself.
  @Test func `where the instruments hold the regressors, two-stage least squares is least squares`() throws {
    let table = try Self.table("panel-queen.csv")
    let column = try table.column(named: "endog")
    let copy = Table(
      source: "copy", columnNames: table.columnNames + ["twin"],
      rows: (0..<table.rowCount).map { row in
        table.columnNames.indices.map { table.text(row: row, column: $0) } + [
          table.text(row: row, column: column)
        ]
      })
    let panel = try Panel(copy, variables: ["y", "x1", "x2", "endog", "twin"])
    let estimate = try Self.inner(Self.specification(.slx, iv: "endog ~ twin", errors: .classical), panel)
    let likelihood = try Self.fit(
      Specification(formula: try FormulaSpecification("y ~ x1 + x2 + endog"), model: .slx, draws: 0))
    #expect(estimate.coefficients.count == 6)
    for (parameter, value) in zip(estimate.fit.fit.parameters, estimate.coefficients) {
      expectClose(
        value, likelihood.estimate(parameter.name).value, relative: 1e-10, from: "least squares",
        parameter.name)
    }
    #expect(throws: InstrumentError.self) {
      try Self.fit(Self.specification(.slx, iv: "endog ~ twin"), panel)
    }
  }

  /// y on [1, unit dummies, period dummies, R] with the instruments, all dense.
  @Test(arguments: [Specification.Effects.unit, .time, .twoways, .none])
  func `effects taken out are dummies`(effects: Specification.Effects) throws {
    let specification = try Self.specification(.sdm, effects, errors: .classical)
    let result = try Self.fit(specification)
    let estimate = try Self.inner(specification)
    let sample = estimate.sample
    let (n, t) = (sample.unitCount, sample.periodCount)
    let lag = estimate.system.lag
    let x = Array(sample.regressors.prefix(3))
    let z = sample.regressors[3]
    var dummies = [[Double](repeating: 1, count: n * t)]
    if PanelEffects(effects).hasUnitMeans {
      dummies += (1..<n).map { unit in (0..<(n * t)).map { $0 % n == unit ? 1.0 : 0 } }
    }
    if PanelEffects(effects).hasPeriodMeans {
      dummies += (1..<t).map { period in (0..<(n * t)).map { $0 / n == period ? 1.0 : 0 } }
    }
    let exogenous = [x[0], x[1], lag(x[0]), lag(x[1])]
    let regressors = dummies + exogenous + [x[2], lag(x[2]), lag(sample.outcome)]
    let instruments =
      dummies + exogenous + [z, lag(z), lag(lag(x[0])), lag(lag(x[1])), lag(lag(z))]
    let projection = try LeastSquares(Matrix(columns: instruments))
    let fitted = try regressors.map { $0.minus(try projection.regress($0).residuals) }
    let b = try LeastSquares(Matrix(columns: fitted)).regress(sample.outcome).coefficients.suffix(7)
    let names = ["x1", "x2", "W*x1", "W*x2", "endog", "W*endog", "rho"]
    for (name, value) in zip(names, b) {
      expectClose(
        result.estimate(name).value, value, relative: 1e-8, from: "explicit dummies \(effects)", name)
    }
  }

  @Test func `the order of rows and units changes nothing`() throws {
    let table = try Self.table("panel-queen.csv")
    let order = (0..<table.rowCount).map { ($0 * 91) % table.rowCount }
    #expect(Set(order).count == table.rowCount)
    let shuffled = Table(
      source: "shuffled", columnNames: table.columnNames,
      rows: order.map { row in table.columnNames.indices.map { table.text(row: row, column: $0) } })
    let first = try Self.fit(Self.specification())
    let second = try Self.fit(Self.specification(), Self.panel(shuffled))
    for (a, b) in zip(
      first.estimates + first.effects.map(\.estimate), second.estimates + second.effects.map(\.estimate))
    {
      expectClose(b.value, a.value, relative: 1e-9, from: "the other order", a.name)
      guard a.parameter != .variance else { continue }
      expectClose(b.standardError, a.standardError, relative: 1e-9, from: "the other order", a.name)
    }
    expectClose(
      second.statistic("hansen"), first.statistic("hansen"), relative: 1e-8, from: "the other order")
  }

  @Test func `rescaling the endogenous regressor and its instrument rescales its coefficients`() throws {
    let panel = try Self.panel()
    let names = ["y", "x1", "x2", "endog", "z1"]
    let scales = ["endog": 0.5, "z1": 3.0]
    let scaledPanel = try Panel(
      source: "scaled", unitColumn: "code", timeColumn: "year",
      unitOfRow: panel.unitOfRow.map { panel.units[$0] },
      timeOfRow: panel.periodOfRow.map { panel.periods[$0] }, lines: panel.lines,
      variables: try names.map { name in
        (name, try panel.values(of: name).map { $0 * (scales[name] ?? 1) })
      })
    let plain = try Self.fit(Self.specification())
    let scaled = try Self.fit(Self.specification(), scaledPanel)
    for estimate in plain.estimates where estimate.parameter != .variance {
      let factor = estimate.name.hasSuffix("endog") ? 2.0 : 1
      let other = scaled.estimate(estimate.name)
      expectClose(
        other.value, factor * estimate.value, relative: 1e-9, from: "half the regressor", estimate.name)
      expectClose(
        other.statistic, estimate.statistic, relative: 1e-9, from: "half the regressor", estimate.name)
    }
  }

  @Test func `weights that are the same in every period are constant ones`() throws {
    let specification = try Self.specification(.sar)
    let panel = try Self.panel()
    let weights = try Self.weights()
    let changing = try SpatialDurbinEstimator.fit(
      panel, weightsByPeriod: Dictionary(uniqueKeysWithValues: panel.periods.map { ($0, weights) }),
      specification)
    let constant = try Self.fit(specification)
    for (a, b) in zip(constant.estimates, changing.estimates) {
      expectClose(b.value, a.value, relative: 1e-12, from: "constant weights", a.name)
    }
    for (a, b) in zip(constant.effects, changing.effects) {
      expectClose(
        b.estimate.value, a.estimate.value, relative: 1e-9, from: "constant weights", a.estimate.name)
    }
  }

  /// (I − ρW)⁻¹(bI + θW) by its elements, and its derivative in the coefficients by differences.
  @Test func `effects and their errors are those of the multiplier matrix`() throws {
    let result = try Self.fit(Self.specification())
    let weights = try Self.weights().aligned(to: try Self.panel().units, of: "").weights.withoutSelf
      .standardised(.row)
    let n = weights.unitCount
    let dense = weights.sparseMatrix.dense
    func direct(_ b: Double, _ theta: Double, _ rho: Double) throws -> Double {
      let inverse = try LU(Matrix.identity(n) - rho * dense).inverse
      return (inverse * (b * Matrix.identity(n) + theta * dense)).trace / Double(n)
    }
    let names = ["endog", "W*endog", "rho"]
    let at = names.map { result.estimate($0).value }
    let effect = try #require(result.effects(.direct).first { $0.estimate.name == "endog" }).estimate
    expectClose(effect.value, try direct(at[0], at[1], at[2]), relative: 1e-9, from: "the matrix")
    let step = 1e-5
    let gradient = try names.indices.map { place in
      var (low, high) = (at, at)
      low[place] -= step
      high[place] += step
      return (try direct(high[0], high[1], high[2]) - direct(low[0], low[1], low[2])) / (2 * step)
    }
    let places = names.map { name in result.estimates.firstIndex { $0.name == name }! }
    let covariance = Matrix(rows: places.map { row in places.map { result.covariance[row][$0] } })
    expectClose(
      effect.standardError, covariance.quadraticForm(gradient).squareRoot(), relative: 1e-6,
      from: "differences")
    #expect(effect.reference == .t(degreesOfFreedom: 29))
  }

  @Test func `more lags are more instruments, by the powers of W that were asked for`() throws {
    var specification = try Self.specification(.sar)
    specification.instrumentLags = 2
    let result = try Self.fit(specification)
    #expect(
      result.instruments?.instruments
        == ["z1", "W*x1", "W*x2", "W*z1", "W*W*x1", "W*W*x2", "W*W*z1"])
    // Of a model with some lags, X that has none has WX as an instrument, and all have W²X.
    specification = try Self.specification(.sdm)
    specification.durbin = ["x1"]
    #expect(
      try Self.fit(specification).instruments?.instruments
        == ["z1", "W*x2", "W*z1", "W*W*x1", "W*W*x2", "W*W*z1"])
    // Without Wy the instruments' lags are those of the endogenous regressors.
    #expect(try Self.fit(Self.specification(.slx)).instruments?.instruments == ["z1", "W*z1"])
    specification = try Self.specification(.slx)
    specification.durbin = ["x1", "x2"]
    #expect(try Self.fit(specification).instruments?.instruments == ["z1"])
  }

  /// v̂ beside E and Wy, with [X, E, v̂, W²X, …] as instruments, all written out.
  @Test func `the test of endogeneity is that of first-stage residuals beside the regressors`() throws {
    let specification = try Self.specification(.sar, .unit, errors: .classical)
    let result = try Self.fit(specification)
    let estimate = try Self.inner(specification)
    let (columns, instruments) = (estimate.problem.columns, estimate.problem.instruments)
    let (x1, x2, e, wy) = (columns[0], columns[1], columns[2], columns[3])
    let v = try LeastSquares(Matrix(columns: [x1, x2] + instruments)).regress(e, centred: false).residuals
    let projection = try LeastSquares(Matrix(columns: [x1, x2, e, v] + instruments))
    let fitted = wy.minus(try projection.regress(wy, centred: false).residuals)
    let second = try LeastSquares(Matrix(columns: [x1, x2, e, fitted, v]))
    let y = estimate.problem.outcome
    let b = try second.regress(y, centred: false).coefficients
    let errors = y.minus(Matrix(columns: [x1, x2, e, wy, v]) * b)
    let s2 = errors.innerProduct(with: errors) / Double(30 * 7 - 5)
    let f = b[4] * b[4] / (s2 * second.crossProductInverse[4, 4])
    expectClose(result.statistic("endogeneity"), f, relative: 1e-8, from: "the regression")
    #expect(result.test("endogeneity")?.degreesOfFreedom == 1)
    // Nothing is asked of Wy alone.
    let plain = try Self.fit(Self.specification(.sar, .unit, formula: "y ~ x1 + x2", iv: nil))
    #expect(plain.test("endogeneity") == nil)
  }

  // MARK: What tables say

  @Test func `a result without a likelihood has the shape of any other`() throws {
    let result = try Self.fit(Self.specification())
    let json = result.statistics.selected(result.statistics.json)
    let absent = Set(json.filter { $0.json == .null }.map(\.key))
    #expect(absent.isSuperset(of: ["log_likelihood", "log_likelihood_kind", "aic", "bic", "score"]))
    #expect(!result.statistics.selected(result.statistics.table).contains { $0.key == "aic" && !$0.isAbsent })
    #expect(result.effects.count == 9 && result.decision.isEmpty)
    #expect(
      result.specification.estimator == .twoStage && result.specification.durbin == ["x1", "x2", "endog"])
    #expect(result.estimate("sigma2").standardError.isNaN)
    #expect(result.tests.allSatisfy { !$0.key.hasPrefix("lr_") && !$0.key.hasPrefix("lm_") })
    #expect(result.notes.filter { $0.english.contains("no likelihood") }.count == 1)
    #expect(result.coefficientNotes.map(\.english).joined().contains("clustered by unit, 30 clusters"))
  }

  @Test func `weak instruments are said with the regressors that they fail`() throws {
    let caution = try #require(
      try Self.fit(Self.specification()).cautions.first { $0.english.contains("Weak instruments") })
    #expect(caution.english.contains("rho 3.2"))
    #expect(caution.english.contains("W*endog 3.4 beside the others"))
    let strong = try Self.fit(Self.specification(.sar, .unit))
    #expect(!strong.cautions.contains { $0.english.contains("Weak instruments") })
    #expect(strong.cautions.contains { $0.english.contains("not all instruments are valid") })
  }

  @Test func `an estimate outside the bounds is shown and has no effects`() throws {
    let result = try Self.fit(Self.specification(.sar, .unit, formula: "y ~ x2", iv: nil))
    #expect(result.estimate("rho").value > 1)
    #expect(result.effects.isEmpty)
    #expect(result.cautions[0].english.contains("rho = 1.223 lies outside (-2.025, 1.000)"))
    #expect(result.instruments?.set != nil)
  }

  @Test func `a product with an endogenous regressor is named`() throws {
    let result = try Self.fit(Self.specification(.sar, formula: "y ~ x1 + endog + x1:endog"))
    #expect(result.cautions.contains { $0.english.contains("x1:endog holds an endogenous regressor") })
  }

  // MARK: What is refused

  private static func refusal(
    _ specification: Specification, _ panel: Panel? = nil
  ) -> String {
    do {
      _ = try fit(specification, panel)
      return "nothing was refused"
    } catch { return Setting.spelled(in: "\(error)") { "--\($0)" } }
  }

  @Test func `what two-stage least squares does not offer is refused with what it does`() throws {
    for model in [Specification.Model.sem, .sdem, .sac] {
      #expect(Self.refusal(try Self.specification(model)).contains("Take --model sar, sdm or slx"))
    }
    #expect(
      Self.refusal(try Self.specification(.sar, .random)).contains(
        "expected --effects unit, time, twoways or none"))
    var specification = try Self.specification(.sar)
    specification.dynamics = .y
    #expect(Self.refusal(specification).contains("ruralvalue gmm"))
    specification = try Self.specification(.sar)
    specification.correction = .transform
    #expect(Self.refusal(specification).contains("--lee-yu transform corrects maximum likelihood"))
    specification = try Self.specification(.sar)
    specification.estimator = .likelihood
    #expect(Self.refusal(specification).contains("--iv is for --estimator 2sls"))
    #expect(Self.refusal(try Self.specification(.slx, iv: nil)).contains("is least squares"))
    #expect(
      Self.refusal(try Self.specification(.sar, errors: .information)).contains("expected classical, robust"))
    #expect(Self.refusal(try Self.specification(.sar, errors: .robust)).contains("Stock and Watson"))
    specification = try Self.specification(.sdm)
    specification.instrumentLags = 1
    #expect(Self.refusal(specification).contains("expected 2 or more"))
    specification = Specification(
      formula: try FormulaSpecification("y ~ x1"), standardError: .classical, draws: 0)
    #expect(Self.refusal(specification).contains("--se information"))
  }

  @Test func `instruments that cannot serve are refused by name`() throws {
    #expect(
      Self.refusal(try Self.specification(.sar, iv: "x1 ~ z1 + x2")).contains(
        "has x2 as an instrument, which the formula holds"))
    #expect(Self.refusal(try Self.specification(.sar, iv: "endog ~ y")).contains("the outcome y"))
    #expect(
      Self.refusal(try Self.specification(.sar, formula: "y ~ x1", iv: "endog ~ z1")).contains(
        "calls endog endogenous, but the formula has no such term"))
    #expect(
      Self.refusal(try Self.specification(.slx, iv: "endog + x1 ~ z1")).contains("need at least as many"))
    #expect(
      Self.refusal(try Self.specification(.slx, iv: "endog ~ I(x1/x1)")).contains("do not vary"))
    #expect(throws: InstrumentError.self) { try InstrumentedRegressors("endog") }
    // Five units and two periods are four observations beside their effects.
    let short = try Self.panel().keeping(units: Array(0..<5))
    let found = Self.refusal(try Self.specification(.sar, iv: "endog ~ lag(z1, 6)"), short)
    #expect(found.contains("There are 10 observations for 10 coefficients and effects"), "\(found)")
  }
}
