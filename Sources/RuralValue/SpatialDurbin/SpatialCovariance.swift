internal import RuralValueNumerics

/// The covariance of all estimates: an inverse information matrix, or a sandwich around it.
///
/// A sandwich is J⁻¹MJ⁻¹ with the observed information for J, or the expected one of an error process.
///
/// Sources: methods/spatial-durbin.md, item 5; methods/spatial-corrections.md, 2; White (1982) for the sandwich;
/// Driscoll and Kraay (1998).
enum SpatialCovariance {
  /// The covariance by one of the rules.
  ///
  /// Throws `SpatialDurbinError.informationNotPositiveDefinite` where the information is not: no nearest
  /// positive definite matrix is put in its place.
  ///
  /// Of clustered errors, `clusterOfUnit` are groups other than units. Conley's need places: see `ConleyErrors`.
  static func matrix(
    _ fit: SpatialFit, _ rule: SpatialDurbinSpecification.StandardError, clusterOfUnit: [Int]? = nil
  ) throws -> Matrix {
    if fit.correction == .solved, !fit.process.hasError, let scores = try DynamicScores(fit) {
      return try scores.covariance(at: fit)
    }
    switch rule {
    case .information where fit.likelihood.isRandom:
      return try inverse(InformationMatrix.observed(fit), of: fit, kind: "observed")
    case .information, .classical:
      let variance = try InformationMatrix.expected(fit)
      guard fit.isAdjusted else { return try inverse(variance, of: fit, kind: "expected") }
      let bread = try adjustedBread(variance, fit)
      return (bread * variance * bread).symmetrised
    case .observed:
      return try inverse(InformationMatrix.observed(fit), of: fit, kind: "observed")
    case .robust: return try sandwich(fit, ClusteredScores(fit, by: .observations).meat)
    case .cluster:
      return try sandwich(fit, ClusteredScores(fit, by: clusterOfUnit.map { .groups($0) } ?? .units).meat)
    case .driscollKraay:
      return try driscollKraay(fit, lags: bandwidth(periodCount: fit.system.lag.periodCount))
    case .conley: throw SpatialDefaults.noPlaces
    }
  }

  /// Driscoll and Kraay's covariance with so many lags.
  static func driscollKraay(_ fit: SpatialFit, lags: Int) throws -> Matrix {
    try sandwich(fit, fading(try scores(fit), fit, lags: lags))
  }

  private static func sandwich(_ fit: SpatialFit, _ meat: Matrix) throws -> Matrix {
    let bread = try bread(fit)
    return (bread * meat * bread).symmetrised
  }

  /// J⁻¹ of a sandwich.
  static func bread(_ fit: SpatialFit) throws -> Matrix {
    fit.process.hasError && !fit.process.hasLag && fit.gaps == nil
      ? try inverse(InformationMatrix.expected(fit), of: fit, kind: "expected")
      : try inverse(InformationMatrix.observed(fit), of: fit, kind: "observed")
  }

  /// The inverse of the derivative J of an adjusted score: its variance but for tr M₀G² in place of tr M₀GM₀G.
  ///
  /// Source: methods/spatial-corrections.md, 1.4.
  private static func adjustedBread(_ variance: Matrix, _ fit: SpatialFit) throws -> Matrix {
    var derivative = variance
    let k = fit.coefficients.count
    let mean = try fit.system.meanMultiplier(fit.point.rho)
    derivative[k, k] += Double(fit.transformation.periodCount) * (mean.derivative - mean.value * mean.value)
    return try inverse(derivative, of: fit, kind: "expected")
  }

  /// The lag up to which Driscoll and Kraay's sum over periods runs: ⌊4 (T/100)^(2/9)⌋.
  static func bandwidth(periodCount: Int) -> Int {
    min(periodCount - 1, Int(4 * pow(Double(periodCount) / 100, 2.0 / 9)))
  }

  /// The inverse by a Cholesky factorization of the matrix scaled to a unit diagonal.
  static func inverse(_ information: Matrix, of fit: SpatialFit, kind: String) throws -> Matrix {
    let diagonal = information.diagonal
    func fail(_ position: Int) -> SpatialDurbinError {
      .informationNotPositiveDefinite(
        kind: kind, parameter: fit.parameters[min(position, fit.parameters.count - 1)].name)
    }
    if let weak = diagonal.firstIndex(where: { !($0 > 0) }) { throw fail(weak) }
    let scales = diagonal.map { 1 / $0.squareRoot() }
    let factor: Cholesky
    do {
      factor = try Cholesky(information.scaledOnBothSides(by: scales), relativeTolerance: 1e-13)
    } catch {
      guard case .notPositiveDefinite(let minor) = error else { throw error }
      throw fail(minor - 1)
    }
    return factor.inverse.scaledOnBothSides(by: scales)
  }

  /// The contribution of every unit-period to the score of every parameter, one vector a parameter.
  ///
  /// For ρ: (Wy)_it ε_it / σ² less the unit's share of the trace.
  private static func scores(_ fit: SpatialFit) throws -> [[Double]] {
    let (point, s2) = (fit.point, fit.sigma2)
    let errors = fit.errors
    var result = fit.filteredDesign.map { slope in zip(slope, errors).map { $0 * $1 / s2 } }
    if fit.process.hasLag, let wy = fit.data.wy {
      let slope = fit.data.wwy.map { wy.minus($0.scaled(by: point.lambda)) } ?? wy
      result.append(try processScore(fit, slope, errors, at: point.rho, of: .lag))
    }
    if fit.process.hasError {
      // H ε = W u without effects.
      let system = fit.system.of(.error)
      let slope = system.lag(try system.solve(errors, rho: point.lambda))
      result.append(try processScore(fit, slope, errors, at: point.lambda, of: .error))
    }
    let share = fit.transformation.observationCount / Double(errors.count)
    result.append(errors.map { $0 * $0 / (2 * s2 * s2) - share / (2 * s2) })
    return result
  }

  private static func processScore(
    _ fit: SpatialFit, _ slope: [Double], _ errors: [Double], at r: Double,
    of process: LeeYuTransformation.Process
  ) throws -> [Double] {
    let (size, system) = (fit.system.unitCount, fit.system.of(process))
    let root = try fit.transformation.periodShare(at: r, of: process, in: system).g / Double(size)
    let share = Double(fit.transformation.periodCount) * Double(size) / Double(errors.count)
    let trace = try MultiplierColumns(system, rho: r, lambda: r).diagonal.map { share * ($0 - root) }
    return errors.indices.map { slope[$0] * errors[$0] / fit.sigma2 - trace[$0 % size] }
  }

  /// Γ₀ + Σ_l (1 − l/(L+1)) (Γ_l + Γ_l′) of the periods' sums.
  private static func fading(_ scores: [[Double]], _ fit: SpatialFit, lags: Int) -> Matrix {
    let size = fit.system.unitCount
    let sums = scores.map { score in
      stride(from: 0, to: score.count, by: size).map { Array(score[$0..<($0 + size)]).pairwiseSum }
    }
    let h = Matrix(columns: sums)
    var result = h.crossProduct
    for lag in stride(from: 1, through: lags, by: 1) {
      let late = h.selectingRows(Array(lag..<h.rowCount))
      let early = h.selectingRows(Array(0..<(h.rowCount - lag)))
      let product = late.transposedTimes(early)
      result.add(2 * product.symmetrised, scale: 1 - Double(lag) / Double(lags + 1))
    }
    return result
  }
}
