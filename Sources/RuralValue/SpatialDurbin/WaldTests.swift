internal import RuralValueNumerics

/// Wald tests of the Durbin model against the two models inside it, and Hausman's test.
///
/// SDM → SAR: θ = 0. SDM → SEM: θ + ρb = 0, whose Jacobian is [ρI, I, b]. Source: Elhorst (2014), sec. 2.9.
enum WaldTests {
  static let toLag = Phrase("Wald test, SDM against SAR (θ = 0)", zh: "Wald检验：SDM可否退化为SAR（θ=0）")
  static let toError = Phrase("Wald test, SDM against SEM (θ + ρβ = 0)", zh: "Wald检验：SDM可否退化为SEM（θ+ρβ=0）")
  static let hausman = Phrase("Hausman test, fixed against random effects", zh: "Hausman检验：固定效应与随机效应")

  /// g′(RVR′)⁻¹g with the rows of R as gradients; nil where RVR′ is not positive definite.
  static func statistic(_ values: [Double], gradients: [[Double]], _ covariance: Matrix) -> Double? {
    let jacobian = Matrix(columns: gradients)
    let variance = jacobian.transposedTimes(covariance * jacobian).symmetrised
    guard variance.diagonal.allSatisfy({ $0 > 0 }) else { return nil }
    let scales = variance.diagonal.map { 1 / $0.squareRoot() }
    let scaled = zip(values, scales).map { $0 * $1 }
    guard let factor = try? Cholesky(variance.scaledOnBothSides(by: scales), relativeTolerance: 1e-12),
      let solution = try? factor.solve(scaled)
    else { return nil }
    return scaled.innerProduct(with: solution)
  }

  /// The two tests of a Durbin model; `covariance` is that of all its parameters.
  static func nested(_ fit: SpatialFit, _ covariance: Matrix) -> [TestResult] {
    let pairs = pairs(of: fit)
    let b = fit.coefficients
    let count = fit.parameterCount
    func unit(_ place: Int, _ value: Double = 1) -> [Double] {
      var gradient = [Double](repeating: 0, count: count)
      gradient[place] = value
      return gradient
    }
    let durbin = pairs.map(\.theta)
    let lag = statistic(durbin.map { b[$0] }, gradients: durbin.map { unit($0) }, covariance)
    let complete = pairs.filter { $0.b != nil }
    let error = statistic(
      complete.map { b[$0.theta] + fit.point.rho * b[$0.b!] },
      gradients: complete.map { pair in
        var gradient = unit(pair.b!, fit.point.rho)
        gradient[pair.theta] = 1
        gradient[b.count] = b[pair.b!]
        return gradient
      }, covariance)
    let singular = Phrase(
      "the restrictions' covariance is not positive definite", zh: "约束的协方差矩阵非正定")
    return [
      lag.map { TestResult("wald_sar", toLag, $0, .chiSquared(pairs.count)) }
        ?? TestResult("wald_sar", toLag, notComputed: singular),
      error.map { TestResult("wald_sem", toError, $0, .chiSquared(complete.count)) }
        ?? TestResult("wald_sem", toError, notComputed: singular),
    ]
  }

  /// The places of each Durbin term and of the regressor that it lags.
  static func pairs(of fit: SpatialFit) -> [(b: Int?, theta: Int)] {
    fit.design.columns.enumerated().compactMap { place, column in
      guard case .durbin(let regressor) = column else { return nil }
      return (fit.design.position(of: .regressor(regressor)), place)
    }
  }

  /// (ϑ_F − ϑ_R)′(V_F − V_R)⁻¹(ϑ_F − ϑ_R) over the slopes and the spatial parameters that both models have.
  static func hausman(fixed: SpatialFit, random: SpatialFit) throws -> TestResult {
    let shared = fixed.parameters.filter { $0 != .variance && random.parameters.contains($0) }
    let fixedPlaces = shared.map { fixed.parameters.firstIndex(of: $0)! }
    let randomPlaces = shared.map { random.parameters.firstIndex(of: $0)! }
    let fixedCovariance = try SpatialCovariance.matrix(fixed, .observed)
    let randomCovariance = try SpatialCovariance.matrix(random, .observed)
    let difference = fixedPlaces.map { fixed.values[$0] }.minus(
      randomPlaces.map { random.values[$0] })
    let variance =
      fixedCovariance.selectingRows(fixedPlaces).selectingColumns(fixedPlaces)
      - randomCovariance.selectingRows(randomPlaces).selectingColumns(randomPlaces)
    let units = (0..<shared.count).map { i in (0..<shared.count).map { $0 == i ? 1.0 : 0 } }
    guard let value = statistic(difference, gradients: units, variance) else {
      return TestResult(
        "hausman", hausman,
        notComputed: Phrase(
          "the difference of the two covariances is not positive definite", zh: "两协方差矩阵之差非正定"))
    }
    return TestResult("hausman", hausman, value, .chiSquared(shared.count))
  }
}
