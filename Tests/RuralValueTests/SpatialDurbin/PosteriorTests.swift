import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Marginal likelihoods against integrals written down with explicit matrices, and what must not change them.
@Suite struct PosteriorTests {
  /// A kind of effects and scale of weights, with an island or without.
  struct Setting: Sendable, CustomTestStringConvertible {
    let effects: SpatialDurbinSpecification.Effects
    let standardisation: WeightsStandardisation
    let prior: CoefficientPrior
    var testDescription: String { "\(effects) \(standardisation) \(prior)" }
  }

  static let settings: [Setting] = [SpatialDurbinSpecification.Effects.unit, .time, .twoways, .none].flatMap {
    effects in
    [WeightsStandardisation.row, .spectral].flatMap { scale in
      CoefficientPrior.allCases.map { Setting(effects: effects, standardisation: scale, prior: $0) }
    }
  }

  private func draw(periods: Int = 3, seed: UInt64 = 5) throws -> (Panel, SpatialWeights) {
    let grid = try TestWeights.grid(2, 3)
    let panel = try PlantedPanel(rho: 0.3, beta: [1], theta: [0.5], periods: periods).draw(grid, seed: seed)
    return (panel, grid)
  }

  private func candidates(
    _ panel: Panel, _ weights: SpatialWeights, formula: String = "y ~ x1",
    effects: SpatialDurbinSpecification.Effects = .twoways, prior: CoefficientPrior = .g,
    durbin: [String]? = nil, standardisation: WeightsStandardisation = .row
  ) throws -> CandidateModels {
    let specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification(formula), model: .slx, effects: effects, durbin: durbin,
      standardisation: standardisation, draws: 0, isTested: false, prior: prior)
    return try #require(
      try SpatialDurbinEstimator.fit(panel, weights: weights, specification).candidates)
  }

  @Test(arguments: settings)
  func `the marginal likelihood is the integral of the contrasts' density over a fine grid`(setting: Setting)
    throws
  {
    let (panel, grid) = try draw()
    // Links that differ: the spectral scale leaves rows with different sums.
    let links = grid.links.filter { !($0.from == 0 && $0.to == 3 || $0.from == 3 && $0.to == 0) }.map {
      SpatialWeights.Link(from: $0.from, to: $0.to, weight: 0.2)
    }
    let weights = try SpatialWeights(units: grid.units, links: links)
    let found = try candidates(
      panel, weights, effects: setting.effects, prior: setting.prior, standardisation: setting.standardisation
    )
    let brute = try BruteForceMarginal(
      panel, weights.standardised(setting.standardisation).sparseMatrix.dense, setting)
    for model in found.models {
      expectClose(
        try #require(model.logMarginal), try brute.logarithm(model.kind), absolute: 1e-7,
        from: "three nodes on each of 200 panels with explicit determinants, \(setting)", model.kind.rawValue)
    }
  }

  private func rescaled(_ panel: Panel, y: Double, x: Double) throws -> Panel {
    try Panel(
      source: "rescaled", unitColumn: "unit", timeColumn: "year",
      unitOfRow: panel.unitOfRow.map { panel.units[$0] },
      timeOfRow: panel.periodOfRow.map { panel.periods[$0] },
      lines: Array(2..<(panel.rowCount + 2)),
      variables: [
        ("y", try panel.values(of: "y").scaled(by: y)),
        ("x1", try panel.values(of: "x1").scaled(by: x)),
      ])
  }

  @Test(arguments: CoefficientPrior.allCases)
  func `the g prior's probabilities have no units, the flat prior's between other regressors do`(
    prior: CoefficientPrior
  ) throws {
    let (panel, weights) = try draw(periods: 6)
    let first = try candidates(panel, weights, prior: prior)
    let moved = try candidates(rescaled(panel, y: 100, x: 0.001), weights, prior: prior)
    let m = Double(first.contrasts)
    let differences = zip(first.models, moved.models).map { $1.logMarginal! - $0.logMarginal! }
    switch prior {
    case .g:
      // y in other units costs m log 100 in every model alike.
      for difference in differences {
        expectClose(difference, -m * log(100), absolute: 1e-7, from: "m log 100")
      }
    case .flat:
      // Each regressor with its prior brings log(.001/100)·(−1): with WX twice.
      for (model, difference) in zip(first.models, differences) {
        let k = Double(model.regressors.count)
        expectClose(
          difference, -(m - k) * log(100) - k * log(0.001), absolute: 1e-7,
          from: "(m − k) log 100 + k log .001")
      }
      let probabilities = [first, moved].map { ModelProbabilities([("W", $0)]) }
      for (before, after) in zip(probabilities[0].rows, probabilities[1].rows) {
        expectClose(
          after.amongSameRegressors!, before.amongSameRegressors!, relative: 1e-7, from: "the other units")
        #expect(before.probability == nil && after.probability == nil)
      }
    }
  }

  @Test func `probabilities add up, among models, among weights and in all`() throws {
    let (panel, grid) = try draw(periods: 6)
    let ring = try TestWeights.ring(6, ahead: [1])
    let found = ModelProbabilities([
      ("grid", try candidates(panel, grid)), ("ring", try candidates(panel, ring)),
    ])
    #expect(found.rows.count == 11)
    #expect(found.rows.count { $0.weights == nil } == 1)
    expectClose(found.rows.compactMap(\.probability).reduce(0, +), 1, absolute: 1e-12, from: "one")
    for kind in CandidateModels.Kind.allCases where kind != .ols {
      let shares = found.rows.filter { $0.model.kind == kind }.compactMap(\.amongWeights)
      #expect(shares.count == 2)
      expectClose(shares.reduce(0, +), 1, absolute: 1e-12, from: "one", kind.rawValue)
    }
    // OLS is one of the models under each of the weights.
    let ols = try #require(found.rows.first { $0.weights == nil }?.model.logMarginal)
    let under = found.rows.filter { $0.weights == "ring" }
    let sum = under.compactMap(\.amongModels).reduce(0, +)
    let top = under.compactMap(\.model.logMarginal).max()!
    let all = under.compactMap(\.model.logMarginal).map { exp($0 - top) }.reduce(0, +)
    expectClose(1 - sum, exp(ols - top) / (all + exp(ols - top)), absolute: 1e-12, from: "OLS's share")
  }

  @Test func `without any lag of a regressor a flat prior compares all`() throws {
    let (panel, weights) = try draw(periods: 6)
    let found = ModelProbabilities([("W", try candidates(panel, weights, prior: .flat, durbin: []))])
    #expect(found.rows.map(\.model.kind) == [.ols, .sar, .sem])
    expectClose(found.rows.compactMap(\.probability).reduce(0, +), 1, absolute: 1e-12, from: "one")
  }

  @Test func `the interpolated determinant of many units gives what eigenvalues give`() throws {
    let grid = try TestWeights.grid(24, 24)
    let panel = try PlantedPanel(rho: 0.4, beta: [1], theta: [0], periods: 3).draw(grid, seed: 3)
    let found = try candidates(panel, grid)
    // The same with every eigenvalue, between the bounds of the interpolated one.
    let specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification("y ~ x1"), model: .sar, correction: .transform, durbin: [], draws: 0)
    let sample = try SpatialSample(panel, specification)
    let dense = try SpatialSystem(
      [grid.aligned(to: sample.units, of: "grid").0], matrixOfPeriod: [0, 0, 0], algebra: .dense)
    let estimation = try SpatialEstimation(sample, dense, specification)
    let design = try estimation.design(durbin: [], effects: estimation.effects)
    let marginal = try MarginalLikelihood(
      design, estimation, process: SpatialProcess(hasLag: true, hasError: false), prior: .g)
    let width = dense.bounds.upperBound - dense.bounds.lowerBound
    expectClose(
      try #require(found.models.first { $0.kind == .sar }?.logMarginal),
      try marginal.logarithm() + log(width / 2), absolute: 1e-7, from: "sums over eigenvalues")
  }

  @Test func `a rule of n nodes integrates a polynomial of degree 2n − 1`() {
    for count in [1, 2, 5, 20] {
      let rule = GaussLegendre(count)
      expectClose(rule.weights.reduce(0, +), 2, absolute: 1e-14, from: "the interval's length")
      let degree = 2 * count - 2
      let value = rule.integral(over: 0...2) { pow($0, Double(degree)) }
      expectClose(
        value, pow(2, Double(degree + 1)) / Double(degree + 1), relative: 1e-13, from: "x^\(degree) over 0…2")
    }
    expectClose(
      GaussLegendre(160).integral(over: -8...8) { exp(-0.5 * $0 * $0) }, (2 * Double.pi).squareRoot(),
      relative: 1e-14, from: "√2π")
  }

  @Test func `random effects, lagged outcomes and changing weights are refused with a way out`() throws {
    let (panel, weights) = try draw()
    func attempt(_ change: (inout SpatialDurbinSpecification) -> Void) -> String {
      var specification = SpatialDurbinSpecification(
        formula: (try? FormulaSpecification("y ~ x1")) ?? FormulaSpecification(), draws: 0, isTested: false,
        prior: .g)
      change(&specification)
      do {
        _ = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
        return ""
      } catch { return "\(error)" }
    }
    #expect(attempt { $0.effects = .random }.contains("is for fixed or no effects"))
    #expect(attempt { $0.dynamics = .y }.contains("is for static models"))
    let specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification("y ~ x1"), draws: 0, isTested: false, prior: .g)
    let byYear = Dictionary(uniqueKeysWithValues: panel.periods.map { ($0, weights) })
    #expect(throws: SpatialDurbinError.self) {
      try SpatialDurbinEstimator.fit(panel, weightsByPeriod: byYear, specification)
    }
  }
}

/// The marginal likelihood with NT × NT matrices: contrasts from an orthonormal complement of the effects, filters and
/// their determinants by LU, and the integral over r by the midpoint rule.
private struct BruteForceMarginal {
  private let w: Matrix
  private let y: [Double]
  private let x: [Double]
  private let setting: PosteriorTests.Setting
  private let units: Int
  private let periods: Int
  private var complementOfDummies: [[Double]] = []

  init(_ panel: Panel, _ w: Matrix, _ setting: PosteriorTests.Setting) throws {
    self.w = w
    self.setting = setting
    (units, periods) = (panel.units.count, panel.periods.count)
    let rows = panel.periods.indices.flatMap { panel.rows(ofPeriod: $0) }
    let (yValues, xValues) = (try panel.values(of: "y"), try panel.values(of: "x1"))
    y = rows.map { yValues[$0] }
    x = rows.map { xValues[$0] }
    complementOfDummies = complement(of: dummies)
  }

  private func lag(_ values: [Double]) -> [Double] {
    (0..<periods).flatMap { w * Array(values[($0 * units)..<(($0 + 1) * units)]) }
  }

  /// The dummies of the effects, or the constant.
  private var dummies: [[Double]] {
    let count = units * periods
    let ofUnits = (0..<units).map { i in (0..<count).map { $0 % units == i ? 1.0 : 0 } }
    let ofPeriods = (0..<periods).map { t in (0..<count).map { $0 / units == t ? 1.0 : 0 } }
    switch setting.effects {
    case .unit: return ofUnits
    case .time: return ofPeriods
    case .twoways: return ofUnits + ofPeriods.dropLast()
    default: return [[Double](repeating: 1, count: count)]
    }
  }

  /// An orthonormal basis of what is orthogonal to some columns, by Gram and Schmidt.
  private func complement(of columns: [[Double]]) -> [[Double]] {
    let count = units * periods
    var basis: [[Double]] = []
    var rest: [[Double]] = []
    for (place, column) in (columns + (0..<count).map { i in (0..<count).map { $0 == i ? 1.0 : 0 } })
      .enumerated()
    {
      var left = column
      for _ in 0..<2 { for known in basis { left.add(known, scale: -known.innerProduct(with: left)) } }
      let length = left.euclideanNorm
      guard length > 1e-7 else { continue }
      basis.append(left.scaled(by: 1 / length))
      if place >= columns.count { rest.append(basis.last!) }
    }
    return rest
  }

  func logarithm(_ kind: CandidateModels.Kind) throws -> Double {
    guard kind.process.isSpatial else { return try conditional(kind, 0) }
    let eigenvalues = try WeightsSpectrum(SymmetricOrNot.sparse(w)).realValues
    let (low, high) = (1 / eigenvalues.first!, 1 / eigenvalues.last!)
    // Panels that shrink towards the bounds, where the integrand may fall like any power of the distance.
    let steps = (0...60).map { pow(2, -0.5 * Double($0)) } + [0]
    let edges = steps.reversed().map { low * (1 - $0) } + steps.dropFirst().map { high * (1 - $0) }
    let points = zip(edges.sorted(), edges.sorted().dropFirst()).flatMap {
      Self.points(from: $0, to: $1, panels: 1 + Int(($1 - $0) / 0.03))
    }
    let values = try points.map { try conditional(kind, $0.x) }
    let top = values.max()!
    return top + log(zip(points, values).map { $0.weight * exp($1 - top) }.reduce(0, +) / (high - low))
  }

  /// ½ log|A′A|, from the triangle of A.
  private static func logVolume(_ a: Matrix) -> Double {
    let triangle = a.orthogonalCompression
    return (0..<a.columnCount).reduce(0) { $0 + log(abs(triangle[$1, $1])) }
  }

  /// Three nodes on each of so many panels.
  private static func points(from low: Double, to high: Double, panels: Int) -> [(x: Double, weight: Double)]
  {
    let half = 0.5 * (high - low) / Double(panels)
    let root = 0.6.squareRoot()
    let rule: [(x: Double, weight: Double)] = [(-root, 5.0 / 9), (0, 8.0 / 9), (root, 5.0 / 9)]
    return (0..<panels).flatMap { panel in
      let centre = low + half * Double(2 * panel + 1)
      return rule.map { (x: centre + half * $0.x, weight: half * $0.weight) }
    }
  }

  private func conditional(_ kind: CandidateModels.Kind, _ r: Double) throws -> Double {
    let columns = [x] + (kind.hasDurbinTerms ? [lag(x)] : [])
    func filtered(_ values: [Double]) -> [Double] { values.minus(lag(values).scaled(by: r)) }
    let isError = kind.process.hasError
    // Of an error process the dummies are filtered as all else is; of a lag they are not.
    let effects = isError ? dummies.map(filtered) : dummies
    let basis = isError ? complement(of: effects) : complementOfDummies
    func contrast(_ values: [Double]) -> [Double] { basis.map { $0.innerProduct(with: values) } }
    let target = contrast(kind.process.isSpatial ? filtered(y) : y)
    let design = columns.map { contrast(isError ? filtered($0) : $0) }
    let m = Double(basis.count)
    let k = Double(design.count)
    let z = Matrix(columns: design)
    let b = try z.leastSquaresSolution(target)
    let residual = target.minus(z * b)
    let (res, tot) = (residual.innerProduct(with: residual), target.innerProduct(with: target))
    let jacobian = kind.process.isSpatial ? try self.jacobian(r, isError: isError) : 0
    switch setting.prior {
    case .flat:
      let information = 2 * Self.logVolume(z)
      return logarithmOfGamma((m - k) / 2) - (m - k) / 2 * log(.pi) - information / 2 - (m - k) / 2 * log(res)
        + jacobian
        - log(2)
    case .g:
      let g = 1 / max(m, k * k)
      return logarithmOfGamma(m / 2) - m / 2 * log(.pi) + k / 2 * log(g / (1 + g))
        - m / 2 * log((res + g * tot) / (1 + g)) + jacobian - log(2)
    }
  }

  /// What the contrasts of the data have of the determinant: for an error process, and for a lag whose effects stay
  /// effects, |I − rW|^T √(|D′D|/|D_r′D_r|) with the dummies D before and after the filter; else the adjusted form.
  private func jacobian(_ r: Double, isError: Bool) throws -> Double {
    var filter = Matrix(rowCount: units, columnCount: units)
    for i in 0..<units { for j in 0..<units { filter[i, j] = (i == j ? 1 : 0) - r * w[i, j] } }
    let determinant = Self.logVolume(filter)
    let sums = w * [Double](repeating: 1, count: units)
    let isCommon = sums.allSatisfy { abs($0 - sums[0]) < 1e-12 }
    if isError || isCommon {
      func volume(_ columns: [[Double]]) -> Double {
        Self.logVolume(Matrix(columns: columns))
      }
      let after = dummies.map { $0.minus(lag($0).scaled(by: r)) }
      return Double(periods) * determinant + volume(dummies) - volume(after)
    }
    // c(r) of a symmetric W, so often as effects of periods are left beside those of units.
    let (shares, t): (Double, Double) =
      switch setting.effects {
      case .unit: (0, Double(periods - 1))
      case .time: (Double(periods), Double(periods))
      case .twoways: (Double(periods - 1), Double(periods - 1))
      default: (1, Double(periods))
      }
    let eigen = try SymmetricEigen(w)
    let ones = [Double](repeating: 1, count: units)
    let c = eigen.values.indices.reduce(0) { sum, k in
      let v = eigen.vectors.column(k).innerProduct(with: ones)
      return sum - v * v / Double(units) * log(1 - r * eigen.values[k])
    }
    return t * determinant + shares * c
  }
}

private enum SymmetricOrNot {
  static func sparse(_ w: Matrix) -> SparseMatrix {
    var starts = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    for i in 0..<w.rowCount {
      for j in 0..<w.columnCount where w[i, j] != 0 {
        columns.append(Int32(j))
        values.append(w[i, j])
      }
      starts.append(values.count)
    }
    return SparseMatrix(rowStarts: starts, columns: columns, values: values)
  }
}
