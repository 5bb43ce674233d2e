internal import RuralValueNumerics

/// The estimating equations of a dynamic model with fixed effects of units, whose mean is zero for any W and any T.
///
/// (I − ρW)y_t = τ y_{t−1} + η W y_{t−1} + … + μ. With e the errors without effects, t = T − 1, M₀ = I − 11′/N where
/// there are effects of periods (else I), A_τ = (I − ρW)⁻¹(τI + ηW), G = W(I − ρW)⁻¹ and
/// P = (1/T) Σ_{h=0}^{T−2} (T − 1 − h) A_τ^h (I − ρW)⁻¹:
///
/// y₋₁′e/σ² + tr M₀P = 0, (Wy₋₁)′e/σ² + tr M₀WP = 0, X′e = 0,
/// (Wy)′e/σ² − t tr M₀G + tr M₀G(τI + ηW)P = 0, σ² = e′e/(t·rank M₀).
///
/// Neither stationarity nor the first observation is needed. The covariance is the symmetric part of the inverse of
/// their derivative. Source: methods/spatial-corrections.md, 1.7, after Yang (2018).
struct DynamicScores {
  private let fit: SpatialFit
  private let expectations: DynamicExpectations
  private let tau: Int?
  private let eta: Int?
  /// n = t·rank M₀.
  private let count: Double

  /// The equations of a direct estimate; nil where there are too many units for their traces.
  init?(_ direct: SpatialFit) throws {
    guard let expectations = try DynamicExpectations(direct) else { return nil }
    self.expectations = expectations
    fit = direct
    tau = direct.design.position(of: .laggedOutcome)
    eta = direct.design.position(of: .laggedNeighbours)
    count =
      LeeYuTransformation(
        direct.effects, scope: .both, unitCount: direct.system.unitCount,
        periodCount: direct.system.lag.periodCount
      ).observationCount
  }

  private var lags: [Int] { [tau, eta].compactMap(\.self) }
  private var stack: CompressedColumns { fit.likelihood.stacks[0] }

  /// The root that the direct estimate leads to, nil where there is none inside the bounds.
  func solved() throws -> SpatialFit? {
    let design = try stack.design(fit.point)
    let others = fit.coefficients.indices.filter { !lags.contains($0) }
    let regressors = design.selectingColumns(others)
    /// What is left of the outcome, and b, at values of the lags' coefficients and ρ.
    func regression(_ values: [Double]) throws -> (b: [Double], errors: [Double]) {
      var b = [Double](repeating: 0, count: fit.coefficients.count)
      for (place, value) in zip(lags, values) { b[place] = value }
      let target = try stack.target(SpatialPoint(rho: values[lags.count])).minus(design * b)
      let slopes = others.isEmpty ? [] : try regressors.leastSquaresSolution(target)
      for (place, value) in zip(others, slopes) { b[place] = value }
      return (b, others.isEmpty ? target : target.minus(regressors * slopes))
    }
    func score(_ values: [Double]) throws -> [Double] {
      let (b, errors) = try regression(values)
      let s2 = errors.innerProduct(with: errors) / count
      return try scores(design, b, rho: values[lags.count], errors, s2)
    }
    let search = ScoreRoot(
      bounds: lags.map { _ in -10.0...10 } + [fit.system.bounds], scale: fit.transformation.observationCount)
    guard
      let root = try search.solve(from: lags.map { fit.coefficients[$0] } + [fit.point.rho], score)
    else { return nil }
    var result = fit
    let (b, errors) = try regression(root)
    result.coefficients = b
    result.point.rho = root[lags.count]
    result.sigma2 = errors.innerProduct(with: errors) / count
    result.score = search.size(try score(root))
    result.correction = .solved
    return result
  }

  /// The equations of the lags' coefficients and ρ.
  private func scores(
    _ design: Matrix, _ b: [Double], rho: Double, _ errors: [Double], _ s2: Double
  ) throws -> [Double] {
    let expected = try expectations(
      tau: tau.map { b[$0] } ?? 0, eta: eta.map { b[$0] } ?? 0, rho: rho)
    var result: [Double] = []
    if let tau { result.append(design.column(tau).innerProduct(with: errors) / s2 + expected.lagged) }
    if let eta { result.append(design.column(eta).innerProduct(with: errors) / s2 + expected.neighbours) }
    let lag = stack.filteredLag(fit.point)
    return result + [lag.innerProduct(with: errors) / s2 + expected.multiplier]
  }

  /// The symmetric part of the inverse of the equations' derivative at a solved estimate.
  func covariance(at solved: SpatialFit) throws -> Matrix {
    let (k, s2, rho) = (solved.coefficients.count, solved.sigma2, solved.point.rho)
    let design = try stack.design(solved.point)
    let lag = stack.filteredLag(solved.point)
    let errors = try stack.target(solved.point).minus(design * solved.coefficients)
    let columns = (0..<k).map { design.column($0) } + [lag]
    var derivative = Matrix(rowCount: k + 2, columnCount: k + 2)
    for (i, x) in columns.enumerated() {
      for (j, z) in columns.enumerated() { derivative[i, j] = x.innerProduct(with: z) / s2 }
      derivative[i, k + 1] = x.innerProduct(with: errors) / (s2 * s2)
      derivative[k + 1, i] = derivative[i, k + 1]
    }
    derivative[k + 1, k + 1] = errors.innerProduct(with: errors) / (s2 * s2 * s2) - count / (2 * s2 * s2)
    // The traces depend on τ, η and ρ alone.
    let places = lags + [k]
    func traces(_ values: [Double]) throws -> [Double] {
      var b = solved.coefficients
      for (place, value) in zip(lags, values) { b[place] = value }
      let expected = try expectations(
        tau: tau.map { b[$0] } ?? 0, eta: eta.map { b[$0] } ?? 0, rho: values[lags.count])
      return (tau == nil ? [] : [expected.lagged]) + (eta == nil ? [] : [expected.neighbours])
        + [expected.multiplier]
    }
    let bounds = fit.system.bounds
    for (j, place) in places.enumerated() {
      let center = lags.map { solved.coefficients[$0] } + [rho]
      let room = place == k ? min(rho - bounds.lowerBound, bounds.upperBound - rho) : 1
      let h = min(1e-3, 0.1 * room)
      func moved(_ steps: Double) throws -> [Double] {
        var values = center
        values[j] += steps * h
        return try traces(values)
      }
      let near = try moved(1).minus(try moved(-1))
      let far = try moved(2).minus(try moved(-2))
      for (i, row) in places.enumerated() { derivative[row, place] -= (8 * near[i] - far[i]) / (12 * h) }
    }
    let scales = derivative.diagonal.map { 1 / abs($0).squareRoot() }
    let inverse = try LU(derivative.scaledOnBothSides(by: scales)).inverse.scaledOnBothSides(by: scales)
    let result = inverse.symmetrised
    if let weak = result.diagonal.firstIndex(where: { !($0 > 0) }) {
      throw SpatialDurbinError.informationNotPositiveDefinite(
        kind: "observed", parameter: fit.parameters[weak].name)
    }
    return result
  }
}

/// What effects of units make of the scores of a dynamic model on average, less their sign.
///
/// Traces are sums over the eigenvalues of W; what effects of periods take of them, 1′…1/N, needs T solutions of
/// (I − ρW)x = b.
struct DynamicExpectations {
  /// The largest number of units whose eigenvalues are computed: about 2 s for symmetric weights, 10 s for others.
  static let unitLimit = 3000

  private let spectrum: [ComplexNumber]
  private let system: SpatialSystem
  private let periodCount: Int
  private let removesPeriods: Bool

  /// What is to be added to y₋₁′e/σ², (Wy₋₁)′e/σ² and (Wy)′e/σ².
  struct Values {
    let lagged: Double
    let neighbours: Double
    let multiplier: Double
  }

  init?(_ fit: SpatialFit) throws {
    guard let spectrum = try fit.system.spectrum(upTo: DynamicExpectations.unitLimit) else { return nil }
    self.spectrum = spectrum.values
    system = fit.system
    periodCount = fit.system.lag.periodCount
    removesPeriods = fit.effects.hasPeriodMeans
  }

  func callAsFunction(tau: Double, eta: Double, rho: Double) throws -> Values {
    var (lagged, neighbours, multiplier) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    let t = Double(periodCount - 1)
    for omega in spectrum {
      let inverse = ComplexNumber(1) / (ComplexNumber(1) - omega * rho)
      let step = ComplexNumber(tau) + omega * eta
      var power = inverse
      var p = ComplexNumber(0)
      for h in 0..<(periodCount - 1) {
        p = p + power * ((t - Double(h)) / Double(periodCount))
        power = power * step * inverse
      }
      lagged.add(p.real)
      neighbours.add((omega * p).real)
      multiplier.add((omega * inverse * step * p).real - t * (omega * inverse).real)
    }
    let taken =
      removesPeriods
      ? try means(tau: tau, eta: eta, rho: rho) : Values(lagged: 0, neighbours: 0, multiplier: 0)
    return Values(
      lagged: lagged.value - taken.lagged, neighbours: neighbours.value - taken.neighbours,
      multiplier: multiplier.value - taken.multiplier)
  }

  /// 1′P1/N, 1′WP1/N and 1′(G(τI + ηW)P − tG)1/N.
  private func means(tau: Double, eta: Double, rho: Double) throws -> Values {
    let filter = try system.inverse(rho)
    let weights = system.lag.matrices[0]
    func step(_ x: [Double]) -> [Double] {
      var result = x.scaled(by: tau)
      if eta != 0 { result.add(weights.times(x), scale: eta) }
      return result
    }
    func solve(_ x: [Double]) -> [Double] { filter.solve([x])[0] }
    let (n, t) = (Double(system.unitCount), Double(periodCount - 1))
    let first = solve([Double](repeating: 1, count: system.unitCount))
    var power = first
    var p = [Double](repeating: 0, count: system.unitCount)
    for h in 0..<(periodCount - 1) {
      p.add(power, scale: (t - Double(h)) / Double(periodCount))
      if h < periodCount - 2 { power = solve(step(power)) }
    }
    var last = solve(step(p))
    last.add(first, scale: -t)
    return Values(
      lagged: p.compensatedSum / n, neighbours: weights.times(p).compensatedSum / n,
      multiplier: weights.times(last).compensatedSum / n)
  }
}
