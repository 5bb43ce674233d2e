internal import RuralValueNumerics

/// What the residuals say of the model: serial correlation, spatial dependence, dependence across units.
///
/// Source: methods/spatial-corrections.md, 2.5 to 2.7.
struct ResidualTests {
  private let estimation: SpatialEstimation
  private let fit: SpatialFit

  init(_ estimation: SpatialEstimation, _ fit: SpatialFit) {
    self.estimation = estimation
    self.fit = fit
  }

  static let serialCorrelation = Phrase("Serial correlation of residuals", zh: "残差序列相关检验")
  static let moran = Phrase("Moran's I of residuals", zh: "残差Moran's I检验")
  static let lagrange = Phrase("LM test, spatial error beside the lag", zh: "LM检验（给定ρ的空间误差）")
  static let crossSection = Phrase("Pesaran's CD, dependence across units", zh: "Pesaran CD检验（截面相关）")

  private var size: Int { fit.system.unitCount }
  private var periodCount: Int { fit.system.lag.periodCount }
  private var isDynamic: Bool { estimation.specification.dynamics != nil }

  /// The tests, in the order of tables.
  func all() throws -> [TestResult] {
    let errors = fit.errors
    return [serialCorrelation(errors)]
      + [try spatialDependence(errors), crossSection(errors)].compactMap { $0 }
  }

  // MARK: Over time

  /// e_it on e_i,t−1 without a constant, whose slope is −1/(T − 1) where the errors of units with effects are not
  /// correlated: z = (d + 1/(T − 1))/s, s clustered by unit.
  private func serialCorrelation(_ errors: [Double]) -> TestResult {
    func absent(_ reason: Phrase) -> TestResult {
      TestResult("serial_correlation", Self.serialCorrelation, notComputed: reason)
    }
    guard !fit.effects.isRandom else {
      return absent(Phrase("the effects are random", zh: "模型为随机效应"))
    }
    guard !isDynamic else {
      return absent(
        Phrase("the model has a lagged outcome, for which this test is not valid", zh: "模型含被解释变量滞后项，本检验不适用"))
    }
    guard periodCount >= 3 else { return absent(Phrase("there are too few periods", zh: "时期数过少")) }
    let missing = Set(fit.gaps?.places ?? [])
    let pairs = (size..<errors.count).filter { !missing.contains($0) && !missing.contains($0 - size) }
    var (cross, square) = (CompensatedSum(), CompensatedSum())
    for place in pairs {
      cross.add(errors[place] * errors[place - size])
      square.add(errors[place - size] * errors[place - size])
    }
    let slope = cross.value / square.value
    var sums = [Double](repeating: 0, count: size)
    for place in pairs {
      sums[place % size] += errors[place - size] * (errors[place] - slope * errors[place - size])
    }
    let error = sums.euclideanNorm / square.value
    // Periods in the mean of units, where outcomes are missing.
    let periods = Double(errors.count - missing.count) / Double(size)
    let expected = fit.effects.hasUnitMeans ? -1 / (periods - 1) : 0
    guard error > 0 else { return absent(Phrase("the residuals are zero", zh: "残差为零")) }
    return TestResult("serial_correlation", Self.serialCorrelation, (slope - expected) / error, .normal)
  }

  // MARK: In space

  private func spatialDependence(_ errors: [Double]) throws -> TestResult? {
    guard !fit.effects.isRandom, !fit.process.hasError else { return nil }
    func absent(_ reason: Phrase) -> TestResult {
      TestResult(
        fit.process.hasLag ? "residual_lm" : "residual_moran",
        fit.process.hasLag ? Self.lagrange : Self.moran,
        notComputed: reason)
    }
    guard fit.gaps == nil else { return absent(SpecificationTests.gaps) }
    guard fit.process.hasLag else { return try residualMoran(errors) }
    guard fit.system.lag.isConstant else {
      return absent(Phrase("the weights change over time", zh: "空间权重随时间变化"))
    }
    guard !isDynamic else { return absent(Phrase("the model is dynamic", zh: "模型为动态模型")) }
    guard estimation.specification.standardError == .information || size <= LogDeterminant.denseLimit else {
      return absent(
        Phrase(
          "it needs the expected information; \(Setting("se")) information computes both",
          zh: "需用期望信息矩阵，请设\(Setting("se")) information"))
    }
    return TestResult("residual_lm", Self.lagrange, try residualLagrange(errors), .chiSquared(1))
  }

  /// s²/(I_λλ − v′V⁻¹v), s = e′We/σ² less t tr M₀W where effects of periods are transformed away, V the information
  /// about b, ρ, σ², and v what λ shares with it.
  private func residualLagrange(_ errors: [Double]) throws -> Double {
    let (s2, t) = (fit.sigma2, Double(fit.transformation.periodCount))
    let columns = try MultiplierColumns(fit.system, rho: fit.point.rho, lambda: 0)
    let (trace, squares) = fit.system.lagrangeTraces(centred: fit.transformation.removesPeriods)
    // tr GW + tr GW′.
    var shared = columns.product + columns.crossProduct
    if fit.transformation.removesPeriods {
      let n = Double(size)
      let both = fit.system.rowSums.plus(fit.system.columnSums)
      let ones = [Double](repeating: 1, count: size)
      let rowTotals = fit.system.lag.matrices[0].times(try fit.system.inverse(fit.point.rho).solve([ones])[0])
      shared +=
        -(columns.columnSums.0.innerProduct(with: both) + both.innerProduct(with: rowTotals)) / n
        + rowTotals.compensatedSum * both.compensatedSum / (n * n)
    }
    let score = errors.innerProduct(with: fit.system.lag(errors)) / s2 - t * trace
    var v = [Double](repeating: 0, count: fit.parameterCount)
    v[fit.coefficients.count] = t * shared
    v[fit.coefficients.count + 1] = t * trace / s2
    let covariance = try SpatialCovariance.inverse(
      InformationMatrix.expected(fit), of: fit, kind: "expected")
    return score * score / (t * squares - covariance.quadraticForm(v))
  }

  /// Moran's I of a regression's residuals with its moments under the effects and regressors, against N(0, 1).
  ///
  /// With Q the projection of the effects, U an orthonormal basis of the regressors after it, R = Q − UU′, m its rank
  /// and W_s = (W + W′)/2: E = (NT/S₀) tr RW/m, Var = (NT/S₀)² ((tr²RW + 2 tr RW_sRW_s)/(m(m + 2)) − (tr RW/m)²).
  private func residualMoran(_ errors: [Double]) throws -> TestResult {
    guard fit.system.lag.isConstant else {
      return TestResult(
        "residual_moran", Self.moran, notComputed: Phrase("the weights change over time", zh: "空间权重随时间变化"))
    }
    let (n, periods) = (Double(size), Double(periodCount))
    let t = fit.effects.hasUnitMeans ? periods - 1 : periods
    let total = fit.system.rowSums.compensatedSum
    let traces = fit.system.lagrangeTraces(centred: fit.effects.hasPeriodMeans)
    // tr (QW_s)² is half of tr (QW)² + tr QWQW′.
    var (trace, squares) = (t * traces.first, t * traces.second / 2)
    let basis = OrthonormalBasis(of: fit.data.z)
    let demeaning = fit.effects.demeaning(unitCount: size, periodCount: periodCount)
    let lagged = basis.columns.map { u in
      demeaning(fit.system.lag(u).plus(fit.system.lag.transposed(u)).scaled(by: 0.5))
    }
    let inner = basis.columns.map { u in lagged.map { u.innerProduct(with: $0) } }
    for i in inner.indices {
      trace -= inner[i][i]
      squares += -2 * lagged[i].innerProduct(with: lagged[i])
      for j in inner.indices { squares += inner[i][j] * inner[j][i] }
    }
    let m = (fit.effects.hasPeriodMeans ? t * (n - 1) : t * n) - Double(basis.columns.count)
    let scale = n * periods / (periods * total)
    let value =
      scale * errors.innerProduct(with: fit.system.lag(errors)) / errors.innerProduct(with: errors)
    let expected = scale * trace / m
    let variance =
      scale * scale * ((trace * trace + 2 * squares) / (m * (m + 2)) - trace * trace / (m * m))
    return TestResult("residual_moran", Self.moran, (value - expected) / variance.squareRoot(), .normal)
  }

  // MARK: Across units

  /// √(2T/(N(N − 1))) Σ_{i<j} r_ij, with effects of units or none: those of periods make it near
  /// −√(TN/(2(N − 1))) whatever the data.
  private func crossSection(_ errors: [Double]) -> TestResult? {
    guard !fit.effects.isRandom else { return nil }
    func absent(_ reason: Phrase) -> TestResult {
      TestResult("pesaran_cd", Self.crossSection, notComputed: reason)
    }
    guard periodCount >= 3 else { return absent(Phrase("there are too few periods", zh: "时期数过少")) }
    guard fit.gaps == nil else { return absent(SpecificationTests.gaps) }
    if fit.effects.hasPeriodMeans {
      return absent(CrossSectionDependence.absence(units: size, periods: periodCount))
    }
    guard let dependence = CrossSectionDependence(unitSeries(errors)) else {
      return absent(Phrase("a unit's residuals do not vary", zh: "有单元的残差不变"))
    }
    return TestResult("pesaran_cd", Self.crossSection, dependence.statistic, .normal)
  }

  /// The most units whose pairs are looked at one by one.
  static let mostPaired = 5000

  /// The mean |r_ij| over pairs of units, where effects of periods make the sum of r_ij say nothing.
  var meanAbsoluteCorrelation: Double? {
    guard fit.effects.hasPeriodMeans, !fit.effects.isRandom, fit.gaps == nil, periodCount >= 3,
      size <= Self.mostPaired
    else {
      return nil
    }
    return CrossSectionDependence(unitSeries(fit.errors))?.meanAbsoluteCorrelation
  }

  /// The residuals of each unit.
  private func unitSeries(_ errors: [Double]) -> [[Double]] {
    (0..<size).map { unit in (0..<periodCount).map { errors[$0 * size + unit] } }
  }
}

/// An orthonormal basis of the span of columns.
private struct OrthonormalBasis {
  let columns: [[Double]]

  /// The basis of linearly independent columns, by Gram and Schmidt, each column orthogonalised twice.
  init(of columns: [[Double]]) {
    var result: [[Double]] = []
    for column in columns {
      var rest = column
      for _ in 0..<2 {
        for known in result { rest.add(known, scale: -known.innerProduct(with: rest)) }
      }
      let length = rest.euclideanNorm
      if length > 0 { result.append(rest.scaled(by: 1 / length)) }
    }
    self.columns = result
  }
}
