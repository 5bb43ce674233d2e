internal import RuralValueNumerics

/// The likelihood of a spatial panel model as a function of ρ, λ and θ alone.
///
/// ε = (I − λW)((I − ρW)y − Zb), demeaned, or quasi-demeaned with θ for random effects;
/// l = J(ρ) + J(λ) + N log θ − nt/2 (log(2π q / nt) + 1), q = min_b ε′ε, J(r) = t(L(r) − what
/// effects of periods take of it).
///
/// The data enter through the triangle R of a QR factorization of their columns: every step of the search
/// is a regression among a handful of rows, as exact as one among n·t. With random effects there are two
/// triangles, within and between units.
///
/// Source: methods/spatial-durbin.md, items 1–3 and 8; random effects with a spatial error are filtered
/// like the error, Kapoor, Kelejian and Prucha (2007).
struct ConcentratedLikelihood {
  /// The compressed columns within units (or all), and between units for random effects.
  let stacks: [CompressedColumns]
  let process: SpatialProcess
  let transformation: LeeYuTransformation
  let system: SpatialSystem
  /// The missing outcomes, if there are any; there are no stacks then.
  var missing: MissingOutcomes?
  /// Whether the determinant is that of the first terms of its series, to find where to look.
  var isRough = false

  /// Whether units have random effects.
  var isRandom: Bool { stacks.count == 2 }

  /// The parameters of the search, in the order of gradients.
  var parameters: [Parameter] {
    (process.hasLag ? [.rho] : []) + (process.hasError ? [.lambda] : [])
      + (isRandom ? [.randomEffectsWeight] : [])
  }

  /// What the data say at one point.
  struct Profile {
    let coefficients: [Double]
    /// The residuals of each stack, those between units not yet weighted with θ.
    let residuals: [[Double]]
    /// q = ε′ε.
    let sumOfSquares: Double
    let logLikelihood: Double
    /// ∂l/∂ρ, ∂l/∂λ, ∂l/∂θ, those that the model has.
    let score: [Double]
  }

  /// The likelihood, its maximising b and its score at a point.
  func profile(at point: SpatialPoint) throws -> Profile {
    if let missing { return try profile(at: point, missing) }
    let weights = stackWeights(point)
    let design = stacked(try stacks.map { try $0.design(point) }, weights)
    let target = try zip(stacks, weights).flatMap { stack, weight in
      try stack.target(point).map { weight * $0 }
    }
    let b = try design.leastSquaresSolution(target)
    let residuals = try stacks.map { try $0.target(point).minus($0.design(point) * b) }
    let q = inner(residuals, residuals, weights)
    let nt = transformation.observationCount
    let lagTerm = process.hasLag ? try determinantTerm(point.rho, of: .lag) : (0, 0)
    let errorTerm = process.hasError ? try errorTerm(point) : (0, 0)
    let value = lagTerm.0 + errorTerm.0 + (try effectsTerm(point))

    var score: [Double] = []
    if process.hasLag {
      score.append(lagTerm.1 + nt * inner(residuals, stacks.map { $0.filteredLag(point) }, weights) / q)
    }
    if process.hasError {
      score.append(
        errorTerm.1 + nt * inner(residuals, try stacks.map { try $0.laggedResidual(point, b) }, weights) / q)
    }
    if isRandom { score.append(try thetaScore(point, residuals[1], scale: nt / q)) }
    return Profile(
      coefficients: b, residuals: residuals, sumOfSquares: q,
      logLikelihood: value - 0.5 * nt * (log(2 * .pi * q / nt) + 1), score: score)
  }

  /// The same where outcomes are missing.
  private func profile(at point: SpatialPoint, _ missing: MissingOutcomes) throws -> Profile {
    let found = try missing(point)
    let (q, n) = (found.sumOfSquares, transformation.observationCount)
    let lagTerm = process.hasLag ? try determinantTerm(point.rho, of: .lag) : (0, 0)
    let errorTerm = process.hasError ? try determinantTerm(point.lambda, of: .error) : (0, 0)
    return Profile(
      coefficients: found.coefficients, residuals: [found.errors], sumOfSquares: q,
      logLikelihood: lagTerm.0 + errorTerm.0 - found.subtracted.value - 0.5 * n * (log(2 * .pi * q / n) + 1),
      score: (process.hasLag ? [lagTerm.1 - found.subtracted.rho + n * found.slopes.rho / q] : [])
        + (process.hasError ? [errorTerm.1 - found.subtracted.lambda + n * found.slopes.lambda / q] : []))
  }

  /// N log θ of random effects, −½ log|K| where they do not depend on the neighbours'.
  private func effectsTerm(_ point: SpatialPoint) throws -> Double {
    guard isRandom else { return 0 }
    if let independent = stacks[1].independent { return try independent(point).determinant.value }
    return Double(system.unitCount) * log(point.theta)
  }

  /// ∂l/∂θ; `scale` is 1/σ².
  func thetaScore(_ point: SpatialPoint, _ between: [Double], scale: Double) throws -> Double {
    let theta = point.theta
    guard let independent = stacks[1].independent else {
      return Double(system.unitCount) / theta - scale * theta * between.innerProduct(with: between)
    }
    let slope = try independent(point).determinant.c - 0.5 * scale * independent.spread(between, point)
    return -2 / (theta * theta * theta) * slope
  }

  /// J(λ) and its derivative at a point, with what independent random effects add to the latter.
  func errorTerm(_ point: SpatialPoint) throws -> (Double, Double) {
    let term = try determinantTerm(point.lambda, of: .error)
    guard isRandom, let independent = stacks[1].independent else { return term }
    return (term.0, term.1 + (try independent(point).determinant.lambda))
  }

  /// J(r) and its derivative; where an error's filter changes over time, less what its effects take.
  func determinantTerm(_ r: Double, of process: LeeYuTransformation.Process) throws -> (Double, Double) {
    guard process == .error, let filter = stacks.first?.changing else {
      let term = try jacobian(r, of: process)
      return (term.0, term.1)
    }
    let traces = isRough ? system.roughTraces(r) : try system.traces(r)
    let (periods, subtracted) = (Double(system.lag.periodCount), try filter(r).subtracted)
    return (periods * traces.logDeterminant - subtracted.value, -periods * traces.g - subtracted.slope)
  }

  /// J(r) and its first two derivatives.
  func jacobian(
    _ r: Double, of process: LeeYuTransformation.Process
  ) throws(SpatialDurbinError) -> (Double, Double, Double) {
    let system = system.of(process)
    return try transformation.jacobian(
      isRough ? system.roughTraces(r) : try system.traces(r), at: r, of: process, in: system)
  }

  /// The square roots of the stacks' weights: 1 within units, θ between them unless θ is in the columns.
  func stackWeights(_ point: SpatialPoint) -> [Double] {
    guard isRandom else { return [1] }
    return [1, stacks[1].independent == nil ? point.theta : 1]
  }

  /// Σ of the stacks' inner products, weighted.
  func inner(_ a: [[Double]], _ b: [[Double]], _ weights: [Double]) -> Double {
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      sum += weight * weight * a[index].innerProduct(with: b[index])
    }
    return sum
  }

  private func stacked(_ matrices: [Matrix], _ weights: [Double]) -> Matrix {
    guard matrices.count > 1 else { return matrices[0] }
    return matrices[0].appendingRows(weights[1] * matrices[1])
  }
}
