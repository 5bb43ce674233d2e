import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// What must hold whatever the data: identities that need no other program.
@Suite struct SpatialIdentityTests {
  private func same(
    _ a: SpatialDurbinResult, _ b: SpatialDurbinResult, terms: [String], relative: Double, _ source: String
  ) {
    for term in terms {
      expectClose(
        a.estimate(term).value, b.estimate(term).value, relative: relative, from: source, term)
      expectClose(
        a.estimate(term).standardError, b.estimate(term).standardError, relative: 100 * relative,
        from: source,
        "se \(term)")
    }
    expectClose(a.fit.logLikelihood, b.fit.logLikelihood, relative: relative, from: source, "loglik")
  }

  @Test(arguments: [SpatialDurbinSpecification.Model.sdm, .sar, .sem, .sac])
  func `two-way effects are explicit dummies`(model: SpatialDurbinSpecification.Model) throws {
    let weights = try TestWeights.grid(4, 5)
    let planted = PlantedPanel(lambda: model.hasError ? 0.3 : 0, periods: 5)
    let panel = try planted.draw(weights, seed: 4)
    var dummies: [(name: String, values: [Double])] = []
    for unit in 1..<20 { dummies.append(("unit\(unit)", panel.unitOfRow.map { $0 == unit ? 1 : 0 })) }
    for period in 1..<5 { dummies.append(("year\(period)", panel.periodOfRow.map { $0 == period ? 1 : 0 })) }
    var within = try planted.specification(model)
    within.correction = SpatialDurbinSpecification.Correction.none
    within.standardError = .observed
    var explicit = within
    let names = dummies.map(\.name).joined(separator: " + ")
    explicit.formula = try FormulaSpecification("y ~ x1 + x2 + \(names)")
    explicit.effects = .none
    explicit.durbin = model.hasDurbinTerms ? ["x1", "x2"] : []
    let terms =
      ["x1", "x2"] + (model.hasDurbinTerms ? ["W*x1", "W*x2"] : []) + (model.hasLag ? ["rho"] : [])
      + (model.hasError ? ["lambda"] : []) + ["sigma2"]
    same(
      try SpatialDurbinEstimator.fit(panel, weights: weights, within),
      try SpatialDurbinEstimator.fit(panel.with(dummies), weights: weights, explicit), terms: terms,
      relative: 1e-9,
      "explicit dummies")
  }

  @Test func `the order of counties and rows changes nothing`() throws {
    let panel = try SpatialFixtures.cigarettes()
    let table = try SpatialFixtures.table("cigar.csv")
    var order = Array(0..<table.rowCount)
    var generator = CounterBasedGenerator(seed: 9)
    generator.shuffle(&order)
    let shuffled = try Panel(
      Table(
        source: "shuffled", columnNames: table.columnNames,
        rows: order.map { row in (0..<table.columnCount).map { table.text(row: row, column: $0) } }),
      variables: ["logc", "logp", "logy"])
    #expect(shuffled.units != panel.units)
    let specification = try SpatialFixtures.specification(.sdm, .twoways)
    let weights = try SpatialFixtures.states()
    let (a, b) = (
      try SpatialDurbinEstimator.fit(panel, weights: weights, specification),
      try SpatialDurbinEstimator.fit(shuffled, weights: weights, specification)
    )
    same(
      a, b, terms: ["logp", "logy", "W*logp", "W*logy", "rho", "sigma2"], relative: 1e-11, "another order")
    #expect(a.fit.weightsFingerprint == b.fit.weightsFingerprint)
    for (one, other) in zip(a.effects, b.effects) {
      expectClose(one.estimate.value, other.estimate.value, relative: 1e-10, from: "another order")
    }
  }

  @Test(arguments: SpatialDurbinSpecification.Model.allCases)
  func `direct and indirect effects add up to the total`(model: SpatialDurbinSpecification.Model) throws {
    var specification = try SpatialFixtures.specification(model, .unit, draws: 50)
    specification.standardisation = .spectral
    specification.orders = 20
    let result = try SpatialDurbinEstimator.fit(
      SpatialFixtures.cigarettes(), weights: SpatialFixtures.states(), specification)
    for term in 0..<2 {
      let parts = EffectKind.allCases.map { result.effects($0)[term].estimate }
      expectClose(
        parts[0].value + parts[1].value, parts[2].value, absolute: 1e-14, from: "the total")
      let orders = result.effectsByOrder.filter { $0.term == parts[0].name }
      expectClose(
        orders.reduce(0) { $0 + $1.total }, parts[2].value, absolute: 1e-5, from: "the sum of 21 orders")
      expectClose(
        orders.reduce(0) { $0 + $1.direct }, parts[0].value, absolute: 1e-5, from: "the sum of 21 orders")
    }
  }

  @Test func `at rho zero the likelihood is that of least squares`() throws {
    let sample = try SpatialSample(
      SpatialFixtures.cigarettes(), SpatialFixtures.specification(.sar, .unit))
    let weights = try SpatialFixtures.states().aligned(to: sample.units, of: "").weights.standardised(.row)
    let system = try SpatialSystem([weights], matrixOfPeriod: sample.periods.map { _ in 0 })
    let estimation = try SpatialEstimation(sample, system, SpatialFixtures.specification(.sar, .unit))
    let fit = try estimation.fit()
    let profile = try fit.likelihood.profile(at: SpatialPoint())
    let regression = try LeastSquares(Matrix(columns: fit.data.z)).regress(fit.data.y)
    for (b, expected) in zip(profile.coefficients, regression.coefficients) {
      expectClose(b, expected, relative: 1e-12, from: "least squares")
    }
    expectClose(profile.sumOfSquares, regression.residualSumOfSquares, relative: 1e-12, from: "least squares")
  }

  @Test func `a model of lagged regressors is a regression on x and Wx`() throws {
    let weights = try TestWeights.grid(6, 6)
    let panel = try PlantedPanel(rho: 0, hasEffects: false).draw(weights, seed: 3)
    let result = try SpatialDurbinEstimator.fit(
      panel, weights: weights, PlantedPanel().specification(.slx, .none))
    var columns: [[Double]] = [[Double](repeating: 1, count: panel.rowCount)]
    for name in ["x1", "x2"] { columns.append(try panel.values(of: name)) }
    for name in ["x1", "x2"] {
      let values = try panel.values(of: name)
      var lagged = [Double](repeating: 0, count: panel.rowCount)
      for period in panel.periods.indices {
        let rows = panel.rows(ofPeriod: period)
        for (row, value) in zip(rows, weights.spatialLag(rows.map { values[$0] })) { lagged[row] = value }
      }
      columns.append(lagged)
    }
    let regression = try LeastSquares(Matrix(columns: columns)).regress(panel.values(of: "y"))
    for (estimate, expected) in zip(result.estimates, regression.coefficients) {
      expectClose(estimate.value, expected, relative: 1e-10, from: "least squares", estimate.name)
    }
  }

  @Test func `weights that repeat every period are constant weights`() throws {
    let weights = try TestWeights.grid(5, 6)
    let panel = try PlantedPanel(periods: 4).draw(weights, seed: 6)
    var specification = try PlantedPanel().specification()
    specification.correction = SpatialDurbinSpecification.Correction.none
    specification.standardError = .observed
    let changing = Dictionary(uniqueKeysWithValues: panel.periods.map { ($0, weights) })
    same(
      try SpatialDurbinEstimator.fit(panel, weights: weights, specification),
      try SpatialDurbinEstimator.fit(panel, weightsByPeriod: changing, specification),
      terms: ["x1", "x2", "W*x1", "W*x2", "rho", "sigma2"], relative: 1e-12, "constant weights")
  }

  @Test(arguments: [SpatialDurbinSpecification.Model.sdm, .sdem])
  func `the transformed likelihood is that of explicitly transformed data`(
    model: SpatialDurbinSpecification.Model
  ) throws {
    let weights = try TestWeights.grid(3, 4)
    let panel = try PlantedPanel(periods: 6).draw(weights, seed: 2)
    var specification = try PlantedPanel().specification(model, .time)
    specification.standardError = .information
    let result = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
    let r = result.estimate(model.hasLag ? "rho" : "lambda")
    // F has the eigenvectors of J_N with eigenvalue one; |I − rF′WF| and tr of G* = F′WF(I − rF′WF)⁻¹.
    let n = 12
    let centring = Matrix.identity(n) - (1.0 / Double(n)) * Matrix(rowCount: n, columnCount: n, repeating: 1)
    let basis = try SymmetricEigen(centring).vectors.selectingColumns(Array(1..<n))
    let transformed = basis.transposedTimes(weights.sparseMatrix.dense * basis)
    let filter = try LU(Matrix.identity(n - 1) - r.value * transformed)
    let g = transformed * filter.inverse
    let s2 = result.estimate("sigma2").value
    let nt = Double((n - 1) * 6)
    let value = 6 * filter.logAbsoluteDeterminant - nt / 2 * (log(2 * .pi * s2) + 1)
    expectClose(result.fit.logLikelihood, value, relative: 1e-12, from: "explicit F")
    guard !model.hasLag else { return }
    // The error model's λ and σ² are independent of b: their block is 2 × 2.
    let trace = 6 * ((g * g).trace + g.transposedTimes(g).trace)
    let block = Matrix(rows: [[trace, 6 * g.trace / s2], [6 * g.trace / s2, nt / (2 * s2 * s2)]])
    expectClose(
      r.standardError, try Cholesky(block).inverse[0, 0].squareRoot(), relative: 1e-9, from: "explicit F′WF")
  }

  @Test(arguments: [
    (SpatialDurbinSpecification.Model.sac, SpatialDurbinSpecification.Effects.twoways), (.sdm, .random),
    (.sdem, .random), (.sem, .unit), (.sac, .random),
  ])
  func `the observed information is the curvature of the concentrated likelihood`(
    model: SpatialDurbinSpecification.Model, effects: SpatialDurbinSpecification.Effects
  ) throws {
    let weights = try TestWeights.grid(5, 6)
    let panel = try PlantedPanel(lambda: 0.3, periods: 6).draw(weights, seed: 5)
    let specification = try PlantedPanel().specification(model, effects)
    let sample = try SpatialSample(panel, specification)
    let system = try SpatialSystem([weights], matrixOfPeriod: sample.periods.map { _ in 0 })
    let fit = try SpatialEstimation(sample, system, specification).fit()
    let covariance = try SpatialCovariance.matrix(fit, .observed)
    let names = fit.likelihood.parameters
    let places = names.map { fit.parameters.firstIndex(of: $0)! }
    let best = places.map { fit.values[$0] }
    var curvature = Matrix(rowCount: names.count, columnCount: names.count)
    let h = 1e-5
    for j in names.indices {
      var (low, high) = (best, best)
      low[j] -= h
      high[j] += h
      let below = try fit.likelihood.profile(at: fit.likelihood.point(low)).score
      let above = try fit.likelihood.profile(at: fit.likelihood.point(high)).score
      for i in names.indices { curvature[i, j] = (below[i] - above[i]) / (2 * h) }
    }
    let inverse = try Cholesky(curvature.symmetrised).inverse
    for i in names.indices {
      for j in names.indices {
        expectClose(
          covariance[places[i], places[j]], inverse[i, j], relative: 1e-6, absolute: 1e-10,
          from: "differences of the score", "\(names[i]), \(names[j])")
      }
    }
  }

  @Test func `a matrix that is not positive definite is named and not repaired`() throws {
    let weights = try TestWeights.grid(3, 3)
    let specification = try PlantedPanel().specification(.sar)
    let sample = try SpatialSample(PlantedPanel(periods: 3).draw(weights, seed: 1), specification)
    let system = try SpatialSystem([weights], matrixOfPeriod: [0, 0, 0])
    let fit = try SpatialEstimation(sample, system, specification).fit()
    let indefinite = Matrix(rows: [[1, 0, 0, 0], [0, 1, 2, 0], [0, 2, 1, 0], [0, 0, 0, 1]])
    #expect(throws: SpatialDurbinError.informationNotPositiveDefinite(kind: "expected", parameter: "rho")) {
      try SpatialCovariance.inverse(indefinite, of: fit, kind: "expected")
    }
  }
}
