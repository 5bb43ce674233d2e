internal import RuralValueNumerics

/// A model in which each regime has its own ρ as well as its own coefficients: y = diag(ρ_r(i))Wy + Zb + effects + ε, by the
/// direct likelihood
///
/// l = T log|I − diag(ρ)W| − NT/2 (log(2πq/NT) + 1), q = min_b ‖D((I − diag(ρ)W)y − Zb)‖².
///
/// Its information is the observed one. No correction for the bias of effects is known for it: the likelihood ratio compares
/// it with the direct fit of one ρ.
///
/// Source: methods/spatial-corrections.md, 4.3.
struct RegimeLags {
  /// The coefficients, a ρ for each regime, and σ².
  let parameters: [Parameter]
  let values: [Double]
  let covariance: Matrix
  let logLikelihood: Double

  /// The most units for which I − diag(ρ)W is factored anew at every step.
  static let unitLimit = 1500

  /// The estimate, from the direct fit of one ρ. Throws `SpatialDurbinError`, `FactorizationError`.
  init(_ direct: SpatialFit, _ regimes: UnitClusters, outcome: [Double]) throws {
    let system = direct.system
    let (size, periods) = (system.unitCount, Double(system.lag.periodCount))
    let weights = system.lag.matrices[0].dense
    let demeaning = direct.effects.demeaning(unitCount: size, periodCount: system.lag.periodCount)
    let lagged = system.lag(outcome)
    let slopes = (0..<regimes.count).map { regime in
      demeaning(lagged.indices.map { regimes.clusterOfUnit[$0 % size] == regime ? lagged[$0] : 0 })
    }
    // The columns enter through the triangle of their QR factorization.
    let compressed = Matrix(columns: direct.data.z + [direct.data.y] + slopes).orthogonalCompression
    let k = direct.data.z.count
    let design = compressed.selectingColumns(Array(0..<k))
    let columns = slopes.indices.map { compressed.column(k + 1 + $0) }
    let n = Double(outcome.count)

    func multiplier(_ rho: [Double]) throws -> (logarithm: Double, products: Matrix)? {
      var filter = Matrix.identity(size)
      for j in 0..<size {
        for i in 0..<size { filter[i, j] -= rho[regimes.clusterOfUnit[i]] * weights[i, j] }
      }
      let factor = try LU(filter)
      guard factor.determinantSign > 0 else { return nil }
      return (factor.logAbsoluteDeterminant, weights.times(factor.inverse))
    }
    func residuals(_ rho: [Double]) throws -> (errors: [Double], b: [Double]) {
      var target = compressed.column(k)
      for (value, column) in zip(rho, columns) { target.add(column, scale: -value) }
      let b = try design.leastSquaresSolution(target)
      return (target.minus(design * b), b)
    }
    func evaluate(_ rho: [Double]) throws -> ScoreAscent.Step {
      guard let found = try multiplier(rho) else {
        return .init(point: rho, value: -.infinity, gradient: rho.map { _ in 0 })
      }
      let (errors, _) = try residuals(rho)
      let q = errors.innerProduct(with: errors)
      let traces = found.products.diagonal
      return .init(
        point: rho, value: periods * found.logarithm - n / 2 * (log(2 * .pi * q / n) + 1),
        gradient: rho.indices.map { regime in
          let trace = (0..<size).reduce(0) { $0 + (regimes.clusterOfUnit[$1] == regime ? traces[$1] : 0) }
          return -periods * trace + n * errors.innerProduct(with: columns[regime]) / q
        })
    }
    let bounds = system.bounds
    let box = bounds.lowerBound * (1 - 1e-9)...bounds.upperBound * (1 - 1e-9)
    let ascent = ScoreAscent(bounds: slopes.map { _ in box }, scale: n)
    let best = try ascent.climb(from: slopes.map { _ in direct.point.rho }, evaluate)
    guard try ascent.size(of: best) < 1e-9 || (ascent.distance(of: best, evaluate) ?? 1) < 1e-5 else {
      throw SpatialDurbinError.noConvergence(
        score: ascent.size(of: best), parameter: "rho", value: best.point[0], isAtEdge: false)
    }
    let (errors, b) = try residuals(best.point)
    let s2 = errors.innerProduct(with: errors) / n
    guard let products = try multiplier(best.point)?.products else {
      throw SpatialDurbinError.singularFilter(rho: best.point[0])
    }
    // T tr(A⁻¹D_pWA⁻¹D_qW) = T Σ_{i∈p, j∈q} P_ij P_ji with P = WA⁻¹.
    var curvature = Matrix(rowCount: columns.count, columnCount: columns.count)
    for j in 0..<size {
      for i in 0..<size {
        curvature[regimes.clusterOfUnit[i], regimes.clusterOfUnit[j]] +=
          periods * products[i, j] * products[j, i]
      }
    }
    let all = (0..<k).map(design.column) + columns
    var information = Matrix(rowCount: all.count + 1, columnCount: all.count + 1)
    for (i, one) in all.enumerated() {
      for (j, other) in all.enumerated() { information[i, j] = one.innerProduct(with: other) / s2 }
      let cross = one.innerProduct(with: errors) / (s2 * s2)
      information[i, all.count] = cross
      information[all.count, i] = cross
    }
    for p in columns.indices {
      for q in columns.indices { information[k + p, k + q] += curvature[p, q] }
    }
    information[all.count, all.count] = n / (2 * s2 * s2)
    covariance = try SpatialCovariance.inverse(information, of: direct, kind: "observed")
    parameters =
      direct.design.parameters + regimes.labels.map { Parameter("\($0):rho", .rho) } + [.variance]
    values = b + best.point + [s2]
    logLikelihood = best.value
  }
}
