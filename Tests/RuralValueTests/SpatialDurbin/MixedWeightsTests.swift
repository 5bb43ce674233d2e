import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// An SAC whose Wy and Wu have weights of their own, against likelihoods written down with explicit dummies, dense
/// matrices and NT × NT variances.
@Suite struct MixedWeightsTests {
  /// A kind of effects, with an island in either of the weights or none.
  struct Setting: Sendable, CustomTestStringConvertible {
    let effects: SpatialDurbinSpecification.Effects
    let island: Island
    var testDescription: String { "\(effects) \(island)" }
  }

  /// Which of the weights have an island.
  enum Island: Sendable, CaseIterable { case neither, ofLag, ofErrors }

  static let settings: [Setting] = {
    var settings: [Setting] = []
    let effects: [SpatialDurbinSpecification.Effects] = [.unit, .time, .twoways, .none]
    for effect in effects {
      for island in Island.allCases { settings.append(Setting(effects: effect, island: island)) }
    }
    return settings
  }()

  private func weights(_ island: Island) throws -> (lag: SpatialWeights, errors: SpatialWeights) {
    func cut(_ weights: SpatialWeights) throws -> SpatialWeights {
      try SpatialWeights(units: weights.units, links: weights.links.filter { $0.from != 5 && $0.to != 5 })
        .standardised(.row)
    }
    let (grid, ring) = (try TestWeights.grid(3, 4), try TestWeights.ring(12, ahead: [1, 4]))
    return (island == .ofLag ? try cut(grid) : grid, island == .ofErrors ? try cut(ring) : ring)
  }

  private func fit(
    _ setting: Setting, correction: SpatialDurbinSpecification.Correction,
    errors: SpatialDurbinSpecification.StandardError = .observed
  ) throws -> (result: SpatialDurbinResult, model: MixedModel) {
    let planted = PlantedPanel(rho: 0.4, beta: [1.5, -1], theta: [0, 0], periods: 6)
    let panel = try planted.draw(TestWeights.grid(3, 4), seed: 31)
    let (lag, own) = try weights(setting.island)
    var specification = try planted.specification(.sac, setting.effects)
    specification.correction = correction
    specification.standardError = errors
    let result = try SpatialDurbinEstimator.fit(
      panel, WeightRoles(outcome: .constant(lag), errors: .constant(own)), specification)
    let dense = try [lag, own].map { try $0.aligned(to: panel.units, of: "panel").0.sparseMatrix.dense }
    return (result, try MixedModel(panel, lag: dense[0], errors: dense[1], effects: setting.effects))
  }

  private func values(_ result: SpatialDurbinResult) throws -> [Double] {
    try (["x1", "x2"] + ["rho", "lambda", "sigma2"]).map { name in
      try #require(result.estimates.first { $0.name == name }).value
    }
  }

  private func errors(_ result: SpatialDurbinResult) throws -> [Double] {
    try (["x1", "x2"] + ["rho", "lambda", "sigma2"]).map { name in
      try #require(result.estimates.first { $0.name == name }).standardError
    }
  }

  @Test(arguments: settings)
  func `a direct estimate maximises the likelihood with dummies`(setting: Setting) throws {
    let (result, model) = try fit(setting, correction: .none)
    let point = try values(result)
    expectClose(
      result.fit.logLikelihood, try model.likelihood(point), absolute: 1e-8, from: "explicit dummies")
    for (place, value) in point.enumerated() {
      func at(_ step: Double) throws -> Double {
        var moved = point
        moved[place] = value + step
        return try model.likelihood(moved)
      }
      let slope = (try at(1e-5) - (try at(-1e-5))) / 2e-5
      expectClose(slope, 0, absolute: 2e-5, from: "zero at a maximum", "slope \(place)")
    }
  }

  @Test(arguments: settings)
  func `observed errors are those of a numerical Hessian with dummies`(setting: Setting) throws {
    let (result, model) = try fit(setting, correction: .none)
    let inverse = try LU(model.hessian(values(result))).inverse
    for (place, error) in try errors(result).enumerated() {
      expectClose(
        error, (-inverse[place, place]).squareRoot(), relative: 2e-5, from: "a numerical Hessian", "\(place)")
    }
  }

  @Test(arguments: settings)
  func `expected errors are those of the full information with dummies`(setting: Setting) throws {
    let (result, model) = try fit(setting, correction: .none, errors: .information)
    let point = try values(result)
    let inverse = try LU(model.information(point)).inverse
    let places = [0, 1] + Array((inverse.rowCount - 3)..<inverse.rowCount)
    for (place, error) in zip(places, try errors(result)) {
      expectClose(
        error, inverse[place, place].squareRoot(), relative: 1e-8, from: "the full information", "\(place)")
    }
  }

  @Test(arguments: [SpatialDurbinSpecification.Effects.unit, .time, .twoways])
  func `a transformed likelihood is the density of the contrasts`(effects: SpatialDurbinSpecification.Effects)
    throws
  {
    let (result, model) = try fit(
      Setting(effects: effects, island: .neither), correction: .transform, errors: .information)
    expectClose(
      result.fit.logLikelihood, try model.contrastLikelihood(values(result)), absolute: 1e-8,
      from: "the NT × NT variance of contrasts")
    // Its expected information is ½ tr V⁻¹V_iV⁻¹V_j and what the mean adds.
    let inverse = try LU(model.contrastInformation(values(result))).inverse
    for (place, error) in try errors(result).enumerated() {
      expectClose(
        error, inverse[place, place].squareRoot(), relative: 1e-5, from: "the contrasts", "\(place)")
    }
  }

  @Test func `the adjusted estimate is the root of scores written down with dense matrices`() throws {
    // (BWy)′Mε/σ² has the mean t tr M_gBGB⁻¹, which the score subtracts.
    for island in [Island.ofLag, .ofErrors] {
      let (result, model) = try fit(Setting(effects: .twoways, island: island), correction: .transform)
      let point = try values(result)
      let scores = try model.adjustedScores(point)
      expectClose(scores.rho, 0, absolute: 1e-6, from: "the score of ρ, \(island)")
      expectClose(scores.lambda, 0, absolute: 1e-5, from: "the score of λ, \(island)")
    }
  }

  @Test func `the same weights for both processes are one`() throws {
    let planted = PlantedPanel(rho: 0.4, beta: [1.5, -1], theta: [0, 0], periods: 6)
    let grid = try TestWeights.grid(3, 4)
    let panel = try planted.draw(grid, seed: 31)
    let specification = try planted.specification(.sac)
    let once = try SpatialDurbinEstimator.fit(panel, weights: grid, specification)
    let twice = try SpatialDurbinEstimator.fit(
      panel, WeightRoles(outcome: .constant(grid), errors: .constant(grid)), specification)
    #expect(once.estimates == twice.estimates)
  }

  @Test func `only with one set of weights does noise leave nothing that tells ρ from λ`() throws {
    let planted = PlantedPanel(rho: 0, beta: [0, 0], theta: [0, 0], periods: 6)
    let (lag, own) = try weights(.neither)
    let panel = try planted.draw(lag, seed: 3)
    let specification = try planted.specification(.sac)
    func cautions(_ errors: SpatialWeights) throws -> String {
      let result = try SpatialDurbinEstimator.fit(
        panel, WeightRoles(outcome: .constant(lag), errors: .constant(errors)), specification)
      return result.cautions.map(\.english).joined()
    }
    #expect(try cautions(lag).contains("only regressors tell ρ from λ"))
    #expect(try !cautions(own).contains("only regressors tell ρ from λ"))
  }

  @Test func `what is not worked out for two weights is refused`() throws {
    let planted = PlantedPanel(rho: 0.4, theta: [0, 0], periods: 6)
    let (lag, own) = try weights(.neither)
    let panel = try planted.draw(lag, seed: 31)
    func attempt(_ change: (inout SpatialDurbinSpecification) -> Void) -> String {
      do {
        var specification = try planted.specification(.sac)
        change(&specification)
        _ = try SpatialDurbinEstimator.fit(
          panel, WeightRoles(outcome: .constant(lag), errors: .constant(own)), specification)
        return ""
      } catch { return "\(error)" }
    }
    #expect(attempt { $0.correction = .elhorst }.contains("elhorst is not worked out"))
    #expect(attempt { $0.orders = 2 }.contains("counts neighbours of one set of weights"))
    #expect(attempt { $0.prior = .g }.contains("under the same weights"))
    let byYear = Dictionary(uniqueKeysWithValues: panel.periods.map { ($0, own) })
    #expect(throws: SpatialDurbinError.self) {
      try SpatialDurbinEstimator.fit(
        panel, WeightRoles(outcome: .constant(lag), errors: .byPeriod(byYear)), planted.specification(.sac))
    }
  }
}

/// (I − ρW)y = Xb + D + u, (I − λW₃)u = ε with everything written out.
private struct MixedModel {
  let w: Matrix
  let w3: Matrix
  let y: [Double]
  let x: [[Double]]
  let dummies: [[Double]]
  let n: Int
  let t: Int
  let isTwoWay: Bool

  init(
    _ panel: Panel, lag: Matrix, errors: Matrix, effects: SpatialDurbinSpecification.Effects
  ) throws {
    (w, w3) = (lag, errors)
    let (n, t) = (panel.units.count, panel.periods.count)
    (self.n, self.t) = (n, t)
    let rows = panel.periods.indices.flatMap { panel.rows(ofPeriod: $0) }
    let columns = try ["y", "x1", "x2"].map { try panel.values(of: $0) }
    y = rows.map { columns[0][$0] }
    x = [1, 2].map { column in rows.map { columns[column][$0] } }
    let units = (0..<n).map { i in (0..<(n * t)).map { $0 % n == i ? 1.0 : 0 } }
    let periods = (0..<t).map { s in (0..<(n * t)).map { $0 / n == s ? 1.0 : 0 } }
    isTwoWay = effects == .twoways
    switch effects {
    case .unit: dummies = units
    case .time: dummies = periods
    case .twoways: dummies = units + periods.dropLast()
    default: dummies = [[Double](repeating: 1, count: n * t)]
    }
  }

  private func apply(_ matrix: Matrix, _ v: [Double]) -> [Double] {
    (0..<t).flatMap { matrix * Array(v[($0 * n)..<(($0 + 1) * n)]) }
  }

  private func filter(_ r: Double, _ matrix: Matrix) -> Matrix {
    var result = -r * matrix
    for i in 0..<n { result[i, i] += 1 }
    return result
  }

  private func logDeterminant(_ matrix: Matrix) -> Double {
    let triangle = matrix.orthogonalCompression
    return (0..<matrix.columnCount).reduce(0) { $0 + log(abs(triangle[$1, $1])) }
  }

  /// What is left of B(Ay − Xb) once the filtered dummies are out.
  private func residuals(_ p: [Double]) throws -> [Double] {
    let (a, b) = (filter(p[2], w), filter(p[3], w3))
    var e = apply(a, y)
    for (k, column) in x.enumerated() { e.add(column, scale: -p[k]) }
    e = apply(b, e)
    let d = Matrix(columns: dummies.map { apply(b, $0) })
    return e.minus(d * (try d.leastSquaresSolution(e)))
  }

  /// At b, ρ, λ, σ², the dummies at their best.
  func likelihood(_ p: [Double]) throws -> Double {
    let (nt, e) = (Double(n * t), try residuals(p))
    return Double(t) * (logDeterminant(filter(p[2], w)) + logDeterminant(filter(p[3], w3)))
      - 0.5 * nt * log(2 * .pi * p[4]) - e.innerProduct(with: e) / (2 * p[4])
  }

  /// The Hessian of `likelihood` by differences.
  func hessian(_ p: [Double]) throws -> Matrix {
    let h = [1e-3, 1e-3, 1e-3, 1e-3, 1e-3 * p[4]]
    var result = Matrix(rowCount: 5, columnCount: 5)
    func at(_ i: Int, _ a: Double, _ j: Int, _ b: Double) throws -> Double {
      var moved = p
      moved[i] += a * h[i]
      moved[j] += b * h[j]
      return try likelihood(moved)
    }
    for i in 0..<5 {
      for j in 0...i {
        func second(_ s: Double) throws -> Double {
          (try at(i, s, j, s) - (try at(i, s, j, -s)) - (try at(i, -s, j, s)) + (try at(i, -s, j, -s)))
            / (4 * s * s * h[i] * h[j])
        }
        let value = (4 * (try second(1)) - (try second(2))) / 3
        (result[i, j], result[j, i]) = (value, value)
      }
    }
    return result
  }

  /// The expected information about b, the dummies, ρ, λ, σ², in this order.
  func information(_ p: [Double]) throws -> Matrix {
    let (a, b) = (filter(p[2], w), filter(p[3], w3))
    let g = w * (try LU(a).inverse)
    let gb = b * g * (try LU(b).inverse)
    let h = w3 * (try LU(b).inverse)
    let z = (x + dummies).map { apply(b, $0) }
    // The fitted values with all effects: Ay − B⁻¹e.
    let fitted = apply(a, y).minus(apply(try LU(b).inverse, try residuals(p)))
    let slope = apply(b, apply(g, fitted))
    let k = z.count
    let (s2, time) = (p[4], Double(t))
    var result = Matrix(rowCount: k + 3, columnCount: k + 3)
    func set(_ i: Int, _ j: Int, _ value: Double) { (result[i, j], result[j, i]) = (value, value) }
    func trace(_ m: Matrix) -> Double { m.diagonal.reduce(0, +) }
    for i in 0..<k {
      for j in 0...i { set(i, j, z[i].innerProduct(with: z[j]) / s2) }
      set(i, k, z[i].innerProduct(with: slope) / s2)
    }
    set(k, k, slope.innerProduct(with: slope) / s2 + time * (trace(gb * gb) + trace(gb.transposed * gb)))
    set(k, k + 1, time * (trace(gb * h) + trace(gb.transposed * h)))
    set(k + 1, k + 1, time * (trace(h * h) + trace(h.transposed * h)))
    set(k, k + 2, time * trace(g) / s2)
    set(k + 1, k + 2, time * trace(h) / s2)
    set(k + 2, k + 2, Double(n * t) / (2 * s2 * s2))
    return result
  }

  /// An orthonormal basis of what is orthogonal to the dummies.
  private func contrasts() -> [[Double]] {
    var basis: [[Double]] = []
    var rest: [[Double]] = []
    let units = (0..<(n * t)).map { i in (0..<(n * t)).map { $0 == i ? 1.0 : 0 } }
    for (place, column) in (dummies + units).enumerated() {
      var left = column
      for _ in 0..<2 { for known in basis { left.add(known, scale: -known.innerProduct(with: left)) } }
      let length = left.euclideanNorm
      guard length > 1e-7 else { continue }
      basis.append(left.scaled(by: 1 / length))
      if place >= dummies.count { rest.append(basis.last!) }
    }
    return rest
  }

  /// The mean Zb and the variance of the contrasts of y.
  private func moments(_ p: [Double], _ basis: [[Double]]) throws -> (mean: [Double], variance: Matrix) {
    let (a, b) = (try LU(filter(p[2], w)).inverse, try LU(filter(p[3], w3)).inverse)
    var mean = x[0].scaled(by: p[0])
    mean.add(x[1], scale: p[1])
    mean = apply(a, mean)
    let s = a * b
    let rotated = Matrix(columns: basis.map { apply(s.transposed, $0) })
    return (basis.map { $0.innerProduct(with: mean) }, p[4] * rotated.crossProduct)
  }

  /// The density of the contrasts of y, whose mean and variance are written down.
  func contrastLikelihood(_ p: [Double]) throws -> Double {
    let basis = contrasts()
    let (mean, variance) = try moments(p, basis)
    let factor = try Cholesky(variance)
    let e = basis.map { $0.innerProduct(with: y) }.minus(mean)
    return -0.5 * factor.logDeterminant - 0.5 * Double(basis.count) * log(2 * .pi)
      - 0.5 * e.innerProduct(with: try factor.solve(e))
  }

  /// μ_i′V⁻¹μ_j + ½ tr V⁻¹V_iV⁻¹V_j. The mean of ρ's slope holds the fitted effects, as the estimate has them.
  func contrastInformation(_ p: [Double]) throws -> Matrix {
    let basis = contrasts()
    let variance = try moments(p, basis).variance
    let inverse = try LU(variance).inverse
    func moved(_ place: Int, _ h: Double) throws -> Matrix {
      var q = p
      q[place] += h
      return try moments(q, basis).variance
    }
    let slopes: [Matrix?] = try (0..<5).map { place in
      guard place > 1 else { return nil }
      let h = 1e-3 * (place == 4 ? p[4] : 1)
      let near = try moved(place, h) - (try moved(place, -h))
      let far = try moved(place, 2 * h) - (try moved(place, -2 * h))
      return (1 / (12 * h)) * (8.0 * near - far)
    }
    // Means: of b A⁻¹x, of ρ A⁻¹W times the fitted values.
    let a = try LU(filter(p[2], w)).inverse
    let left = apply(try LU(filter(p[3], w3)).inverse, try withinResiduals(p))
    let fitted = apply(filter(p[2], w), y).minus(left)
    let means: [[Double]?] = [
      apply(a, x[0]), apply(a, x[1]), apply(a, apply(w, apply(a, fitted))), nil, nil,
    ].map { column in column.map { c in basis.map { $0.innerProduct(with: c) } } }
    var result = Matrix(rowCount: 5, columnCount: 5)
    for i in 0..<5 {
      for j in 0..<5 {
        var value = 0.0
        if let first = means[i], let second = means[j] { value += first.innerProduct(with: inverse * second) }
        if let first = slopes[i], let second = slopes[j] {
          value += 0.5 * (inverse * first).traceOfProduct(with: inverse * second)
        }
        result[i, j] = value
      }
    }
    return result
  }

  private func withinResiduals(_ p: [Double]) throws -> [Double] { try residuals(p) }

  /// (BWy)′ε/σ² − t tr M_gBGB⁻¹, and the slope of the restricted likelihood of Ay in λ.
  func adjustedScores(_ p: [Double]) throws -> (rho: Double, lambda: Double) {
    let (a, b) = (filter(p[2], w), filter(p[3], w3))
    let g = w * (try LU(a).inverse)
    let gb = b * g * (try LU(b).inverse)
    let direction = b * [Double](repeating: 1, count: n)
    let length = direction.innerProduct(with: direction)
    let trace = gb.diagonal.reduce(0, +) - direction.innerProduct(with: gb * direction) / length
    let e = try residuals(p)
    let time = Double(t - 1)
    let rho = apply(b, apply(w, y)).innerProduct(with: e) / p[4] - time * trace
    /// t (log|B| − ½ log g′g) − n/2 log q, with b at its best.
    func restricted(_ lambda: Double) throws -> Double {
      let filterOfErrors = filter(lambda, w3)
      let columns = x.map { apply(filterOfErrors, $0) } + dummies.map { apply(filterOfErrors, $0) }
      let target = apply(filterOfErrors, apply(a, y))
      let z = Matrix(columns: columns)
      let rest = target.minus(z * (try z.leastSquaresSolution(target)))
      let sums = filterOfErrors * [Double](repeating: 1, count: n)
      return time * (logDeterminant(filterOfErrors) - 0.5 * log(sums.innerProduct(with: sums)))
        - 0.5 * time * Double(n - 1) * log(rest.innerProduct(with: rest))
    }
    return (rho, (try restricted(p[3] + 1e-5) - (try restricted(p[3] - 1e-5))) / 2e-5)
  }
}
