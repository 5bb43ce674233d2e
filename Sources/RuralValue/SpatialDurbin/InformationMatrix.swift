internal import RuralValueNumerics

/// The information about b, ρ, λ, σ² and θ, expected or observed.
///
/// Source: methods/spatial-durbin.md, item 5; Anselin (1988), ch. 6, for both processes at once.
enum InformationMatrix {
  /// −∂²l/∂ϑ∂ϑ′ at any point, whether or not the score is zero there. No matrix of N × N is needed.
  static func observed(_ fit: SpatialFit) throws -> Matrix {
    let likelihood = fit.likelihood
    let (point, s2) = (fit.point, fit.sigma2)
    let weights = likelihood.stackWeights(point)
    let b = fit.coefficients
    let residuals = likelihood.stacks.map { $0.target(point).minus($0.design(point) * b) }
    func inner(_ x: [[Double]], _ y: [[Double]]) -> Double { likelihood.inner(x, y, weights) }
    /// −∂ε/∂ϑ for b, ρ and λ.
    var slopes: [[[Double]]] = b.indices.map { k in likelihood.stacks.map { $0.design(point).column(k) } }
    if fit.process.hasLag { slopes.append(likelihood.stacks.map { $0.filteredLag(point) }) }
    if fit.process.hasError { slopes.append(likelihood.stacks.map { $0.laggedResidual(point, b) }) }

    var result = Matrix(rowCount: fit.parameterCount, columnCount: fit.parameterCount)
    for (i, slope) in slopes.enumerated() {
      for (j, other) in slopes.enumerated() { result[i, j] = inner(slope, other) / s2 }
    }
    addCurvature(of: fit, residuals, weights, to: &result)
    let sigma = slopes.count
    for (i, slope) in slopes.enumerated() { setBoth(&result, i, sigma, inner(slope, residuals) / (s2 * s2)) }
    let nt = fit.transformation.observationCount
    result[sigma, sigma] = inner(residuals, residuals) / (s2 * s2 * s2) - nt / (2 * s2 * s2)
    if likelihood.isRandom { addTheta(of: fit, slopes, residuals, to: &result) }
    return result
  }

  /// The second derivatives of the determinant and of ε itself.
  private static func addCurvature(
    of fit: SpatialFit, _ residuals: [[Double]], _ weights: [Double], to result: inout Matrix
  ) {
    let likelihood = fit.likelihood
    let k = fit.coefficients.count
    if fit.process.hasLag, let second = try? likelihood.jacobian(fit.point.rho).2 { result[k, k] -= second }
    guard fit.process.hasError else { return }
    let lambda = fit.process.hasLag ? k + 1 : k
    if let second = try? likelihood.jacobian(fit.point.lambda).2 { result[lambda, lambda] -= second }
    for i in 0..<k {
      let curvature = likelihood.inner(residuals, likelihood.stacks.map { $0.laggedZ.column(i) }, weights)
      setBoth(&result, i, lambda, result[i, lambda] + curvature / fit.sigma2)
    }
    if fit.process.hasLag {
      let curvature = likelihood.inner(residuals, likelihood.stacks.map { $0.wwy }, weights)
      setBoth(&result, k, lambda, result[k, lambda] + curvature / fit.sigma2)
    }
  }

  /// The row of θ; only what lies between units depends on it.
  private static func addTheta(
    of fit: SpatialFit, _ slopes: [[[Double]]], _ residuals: [[Double]], to result: inout Matrix
  ) {
    let (theta, s2) = (fit.point.theta, fit.sigma2)
    let last = fit.parameterCount - 1
    for (i, slope) in slopes.enumerated() {
      setBoth(&result, i, last, -2 * theta * slope[1].innerProduct(with: residuals[1]) / s2)
    }
    let between = residuals[1].innerProduct(with: residuals[1])
    setBoth(&result, last - 1, last, -theta * between / (s2 * s2))
    result[last, last] = Double(fit.system.unitCount) / (theta * theta) + between / s2
  }

  /// E(−∂²l/∂ϑ∂ϑ′) under normal errors, for weights that do not change over time and fixed or no effects.
  static func expected(_ fit: SpatialFit) throws -> Matrix {
    let (point, s2) = (fit.point, fit.sigma2)
    let t = Double(fit.transformation.periodCount)
    let k = fit.coefficients.count
    let design = fit.likelihood.stacks[0].design(point)
    var result = Matrix(rowCount: fit.parameterCount, columnCount: fit.parameterCount)
    let cross = design.crossProduct
    for i in 0..<k {
      for j in 0..<k { result[i, j] = cross[i, j] / s2 }
    }
    let sigma = fit.parameterCount - 1
    result[sigma, sigma] = fit.transformation.observationCount / (2 * s2 * s2)
    func trace(_ r: Double) throws -> Double {
      try fit.system.traces(r).g - fit.transformation.unitRoot(at: r).g
    }
    func squares(_ r: Double, _ s: Double? = nil) throws -> Double {
      try MultiplierColumns(fit.system, rho: r, lambda: s ?? r).informationTrace(
        fit.transformation, rho: r, lambda: s ?? r)
    }
    if fit.process.hasLag {
      let (z, g) = try laggedFit(fit)
      for i in 0..<k { setBoth(&result, i, k, z[i].innerProduct(with: g) / s2) }
      result[k, k] = g.innerProduct(with: g) / s2 + t * (try squares(point.rho))
      setBoth(&result, k, sigma, t * (try trace(point.rho)) / s2)
    }
    if fit.process.hasError {
      let lambda = sigma - 1
      result[lambda, lambda] = t * (try squares(point.lambda))
      setBoth(&result, lambda, sigma, t * (try trace(point.lambda)) / s2)
      if fit.process.hasLag { setBoth(&result, k, lambda, t * (try squares(point.rho, point.lambda))) }
    }
    return result
  }

  /// (I − λW)Z, demeaned, and G times its fit, demeaned again where the transformation takes out periods.
  static func laggedFit(_ fit: SpatialFit) throws -> (z: [[Double]], g: [Double]) {
    var z = fit.data.z
    if let wz = fit.data.wz {
      for i in z.indices { z[i].add(wz[i], scale: -fit.point.lambda) }
    }
    var fitted = [Double](repeating: 0, count: fit.data.y.count)
    for (column, b) in zip(z, fit.coefficients) { fitted.add(column, scale: b) }
    let g = fit.system.lag(try fit.system.solve(fitted, rho: fit.point.rho))
    guard g.allSatisfy(\.isFinite) else { throw SpatialDurbinError.overflow(what: "The fitted spatial lag") }
    guard fit.transformation.removesUnitRoot else { return (z, g) }
    let effects = fit.effects.demeaning(
      unitCount: fit.system.unitCount, periodCount: fit.system.lag.periodCount)
    return (z, effects(g))
  }

  private static func setBoth(_ matrix: inout Matrix, _ i: Int, _ j: Int, _ value: Double) {
    matrix[i, j] = value
    matrix[j, i] = value
  }
}
