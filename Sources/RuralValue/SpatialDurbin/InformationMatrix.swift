internal import RuralValueNumerics

/// The information about b, ρ, λ, σ² and θ, expected or observed.
///
/// Source: methods/spatial-durbin.md, item 5; Anselin (1988), ch. 6, for both processes at once.
enum InformationMatrix {
  /// −∂²l/∂ϑ∂ϑ′ at any point, whether or not the score is zero there. No matrix of N × N is needed.
  static func observed(_ fit: SpatialFit) throws -> Matrix {
    if let gaps = fit.gaps { return try curvature(of: fit, freedom: gaps.freedom) }
    if fit.filteredPeriods != nil || fit.changingColumns != nil || fit.effects.units == .independent {
      return try curvature(of: fit)
    }
    let likelihood = fit.likelihood
    let (point, s2) = (fit.point, fit.sigma2)
    let weights = likelihood.stackWeights(point)
    let b = fit.coefficients
    let residuals = try likelihood.stacks.map { try $0.target(point).minus($0.design(point) * b) }
    func inner(_ x: [[Double]], _ y: [[Double]]) -> Double { likelihood.inner(x, y, weights) }
    /// −∂ε/∂ϑ for b, ρ and λ.
    var slopes: [[[Double]]] = try b.indices.map { k in
      try likelihood.stacks.map { try $0.design(point).column(k) }
    }
    if fit.process.hasLag { slopes.append(likelihood.stacks.map { $0.filteredLag(point) }) }
    if fit.process.hasError { slopes.append(try likelihood.stacks.map { try $0.laggedResidual(point, b) }) }

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
    if fit.process.hasLag, let second = try? likelihood.jacobian(fit.point.rho, of: .lag).2 {
      result[k, k] -= second
    }
    guard fit.process.hasError else { return }
    let lambda = fit.process.hasLag ? k + 1 : k
    if let second = try? likelihood.jacobian(fit.point.lambda, of: .error).2 {
      result[lambda, lambda] -= second
    }
    for i in 0..<k {
      let curvature = likelihood.inner(
        residuals, likelihood.stacks.map { $0.laggedZ(fit.point.lambda).column(i) }, weights)
      setBoth(&result, i, lambda, result[i, lambda] + curvature / fit.sigma2)
    }
    if fit.process.hasLag {
      let curvature = likelihood.inner(residuals, likelihood.stacks.map { $0.wwy(fit.point.lambda) }, weights)
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

  /// The derivative of the score by differences of the fourth order, where the filter of the errors changes what
  /// effects of periods are, or outcomes are missing.
  ///
  /// With f = (n − r)/n the likelihood's maximum has fσ² for σ², and its information about all else is f times what it
  /// would be if effects cost nothing.
  private static func curvature(of fit: SpatialFit, freedom: Double = 1) throws -> Matrix {
    var values = fit.values
    if freedom < 1 { values[values.count - 1] *= freedom }
    let k = fit.coefficients.count
    let sigma = fit.likelihood.isRandom ? values.count - 2 : values.count - 1
    var result = Matrix(rowCount: values.count, columnCount: values.count)
    for j in values.indices {
      let isSpatial = j >= k && j < sigma
      let bounds = fit.system.of(fit.process.hasLag && j == k ? .lag : .error).bounds
      // The nearer bound is the yardstick: dense weights may have the other far away.
      let width = 2 * min(-bounds.lowerBound, bounds.upperBound)
      let room = min(values[j] - bounds.lowerBound, bounds.upperBound - values[j])
      // θ lies between zero and one.
      let h =
        isSpatial
        ? min(1e-3 * width, 0.2 * room)
        : j > sigma
          ? min(1e-3, 0.2 * min(values[j], 1 - values[j])) : 1e-3 * max(abs(values[j]), fit.sigma2)
      func score(_ steps: Double) throws -> [Double] {
        var moved = values
        moved[j] += steps * h
        return try self.score(of: fit, at: moved)
      }
      let near = try score(1).minus(try score(-1))
      let far = try score(2).minus(try score(-2))
      for i in values.indices { result[i, j] = -(8 * near[i] - far[i]) / (12 * h) }
    }
    guard freedom < 1 else { return result.symmetrised }
    let scales = values.indices.map { $0 == values.count - 1 ? freedom : 1 }
    return freedom * result.symmetrised.scaledOnBothSides(by: scales)
  }

  /// The score of b, ρ, λ, σ² and θ at any values.
  private static func score(of fit: SpatialFit, at values: [Double]) throws -> [Double] {
    let likelihood = fit.likelihood
    let k = fit.coefficients.count
    let sigma = likelihood.isRandom ? values.count - 2 : values.count - 1
    let (b, s2) = (Array(values.prefix(k)), values[sigma])
    let point = likelihood.point(Array(values[k..<sigma]) + values[(sigma + 1)...])
    if let missing = likelihood.missing { return try score(of: likelihood, missing, point, b, s2) }
    let weights = likelihood.stackWeights(point)
    let designs = try likelihood.stacks.map { try $0.design(point) }
    let errors = try zip(likelihood.stacks, designs).map { try $0.target(point).minus($1 * b) }
    func slope(_ columns: [[Double]]) -> Double { likelihood.inner(columns, errors, weights) / s2 }
    var result = b.indices.map { term in slope(designs.map { $0.column(term) }) }
    if fit.process.hasLag {
      result.append(
        try likelihood.determinantTerm(point.rho, of: .lag).1
          + slope(likelihood.stacks.map { $0.filteredLag(point) }))
    }
    if fit.process.hasError {
      result.append(
        try likelihood.errorTerm(point).1 + slope(likelihood.stacks.map { try $0.laggedResidual(point, b) }))
    }
    let nt = fit.transformation.observationCount
    result.append(likelihood.inner(errors, errors, weights) / (2 * s2 * s2) - nt / (2 * s2))
    if likelihood.isRandom { result.append(try likelihood.thetaScore(point, errors[1], scale: 1 / s2)) }
    return result
  }

  /// The score where outcomes are missing.
  private static func score(
    of likelihood: ConcentratedLikelihood, _ missing: MissingOutcomes, _ point: SpatialPoint, _ b: [Double],
    _ s2: Double
  ) throws -> [Double] {
    let found = try missing(point, coefficients: b)
    var result = found.design.map { $0.innerProduct(with: found.errors) / s2 }
    if likelihood.process.hasLag {
      result.append(
        try likelihood.determinantTerm(point.rho, of: .lag).1 - found.subtracted.rho + found.slopes.rho / s2)
    }
    if likelihood.process.hasError {
      result.append(
        try likelihood.determinantTerm(point.lambda, of: .error).1 - found.subtracted.lambda
          + found.slopes.lambda / s2)
    }
    result.append((found.sumOfSquares / s2 - likelihood.transformation.observationCount) / (2 * s2))
    return result
  }

  /// E(−∂²l/∂ϑ∂ϑ′) under normal errors, for weights that do not change over time and fixed or no effects.
  ///
  /// With h = D(BWy − Gε), which holds the fitted values with all effects that were estimated, I_bρ = Z′h/σ² and
  /// I_ρρ = h′h/σ² + t(tr G² + tr G′G); in a transformed likelihood the traces are those of what effects of periods
  /// leave. Of an adjusted likelihood this is the variance of its score. Source: methods/spatial-corrections.md, 1.5.
  static func expected(_ fit: SpatialFit) throws -> Matrix {
    let (point, s2) = (fit.point, fit.sigma2)
    let t = Double(fit.transformation.periodCount)
    let k = fit.coefficients.count
    let design = try fit.likelihood.stacks[0].design(point)
    var result = Matrix(rowCount: fit.parameterCount, columnCount: fit.parameterCount)
    let cross = design.crossProduct
    for i in 0..<k {
      for j in 0..<k { result[i, j] = cross[i, j] / s2 }
    }
    let sigma = fit.parameterCount - 1
    result[sigma, sigma] = fit.transformation.observationCount / (2 * s2 * s2)
    func trace(_ r: Double, _ process: LeeYuTransformation.Process) throws -> Double {
      let system = fit.system.of(process)
      return try system.traces(r).g - fit.transformation.periodShare(at: r, of: process, in: system).g
    }
    // Two processes with weights of their own do not commute.
    let mixed = fit.process.hasOwnErrorLag ? try MixedTraces(fit) : nil
    if fit.process.hasLag {
      let slope = try expectedLag(fit)
      let z = fit.filteredDesign
      for i in 0..<k { setBoth(&result, i, k, z[i].innerProduct(with: slope) / s2) }
      let squares =
        try mixed?.lag
        ?? MultiplierColumns(fit.system, rho: point.rho, lambda: point.rho)
        .lagTraces(fit.transformation, fit.system, rho: point.rho, lambda: point.rho)
      result[k, k] = slope.innerProduct(with: slope) / s2 + t * squares
      setBoth(&result, k, sigma, t * (try trace(point.rho, .lag)) / s2)
    }
    if fit.process.hasError {
      let lambda = sigma - 1
      let squares =
        try mixed?.error
        ?? MultiplierColumns(fit.system, rho: point.lambda, lambda: point.lambda)
        .errorTraces(fit.transformation, fit.system, lambda: point.lambda)
      result[lambda, lambda] = t * squares
      setBoth(&result, lambda, sigma, t * (try trace(point.lambda, .error)) / s2)
      if fit.process.hasLag {
        let shared =
          try mixed?.shared
          ?? MultiplierColumns(fit.system, rho: point.rho, lambda: point.lambda)
          .lagTraces(fit.transformation, fit.system, rho: point.rho, lambda: point.lambda)
        setBoth(&result, k, lambda, t * shared)
      }
    }
    return result
  }

  /// h = D(BWy − BGB⁻¹ε), in which B and G commute unless each has its own weights: the lag of what the model expects, without fixed effects.
  static func expectedLag(_ fit: SpatialFit) throws -> [Double] {
    guard var lag = fit.data.wy else { return [] }
    if let wwy = fit.data.wwy { lag.add(wwy, scale: -fit.point.lambda) }
    var errors = fit.errors
    if let own = fit.system.errorSystem, fit.process.hasOwnErrorLag {
      errors = try own.solve(errors, rho: fit.point.lambda)
    }
    var g = fit.system.lag(try fit.system.solve(errors, rho: fit.point.rho))
    if let own = fit.system.errorSystem, fit.process.hasOwnErrorLag {
      g.add(own.lag(g), scale: -fit.point.lambda)
    }
    guard g.allSatisfy(\.isFinite) else { throw SpatialDurbinError.overflow(what: "The fitted spatial lag") }
    return fit.withoutEffects(lag.minus(g))
  }

  private static func setBoth(_ matrix: inout Matrix, _ i: Int, _ j: Int, _ value: Double) {
    matrix[i, j] = value
    matrix[j, i] = value
  }
}
