internal import RuralValueNumerics

/// The tests from which a model is chosen: for spatial dependence, for fixed effects, of the Durbin model
/// against what it nests, and of fixed against random effects.
///
/// Likelihood ratios compare likelihoods of one kind only: both direct, or both transformed.
struct SpecificationTests {
  let estimation: SpatialEstimation
  let fit: SpatialFit
  let covariance: Matrix

  init(_ estimation: SpatialEstimation, _ fit: SpatialFit, _ covariance: Matrix) {
    self.estimation = estimation
    self.fit = fit
    self.covariance = covariance
  }

  var specification: SpatialDurbinSpecification { estimation.specification }

  /// Why a test is not there where outcomes are missing.
  static let gaps = Phrase("some outcomes are missing", zh: "部分被解释变量缺失")

  /// All tests, in the order of the decision.
  func all() throws -> [TestResult] {
    try lagrange() + effectRatios() + nested() + chow() + [try hausman()]
      + ResidualTests(estimation, fit).all()
  }

  private func lagrange() throws -> [TestResult] {
    guard !fit.effects.isRandom else {
      return LagrangeMultiplierTests.absent(
        Phrase("LM tests are for fixed or no effects", zh: "LM检验仅适用于固定效应或混合模型"))
    }
    guard fit.gaps == nil else { return LagrangeMultiplierTests.absent(Self.gaps) }
    guard !estimation.system.isOfErrorsAlone, estimation.system.errorSystem == nil else {
      return LagrangeMultiplierTests.absent(
        Phrase("Wu has other weights than Wy", zh: "Wu与Wy的权重不同"))
    }
    let design = try estimation.design(durbin: [], effects: fit.effects)
    return try LagrangeMultiplierTests.compute(design, estimation.sample, estimation.system, fit.effects)
  }

  // MARK: Fixed effects

  private static let unitTitle = Phrase("LR test, effects of units", zh: "LR检验：个体固定效应的联合显著性")
  private static let timeTitle = Phrase("LR test, effects of periods", zh: "LR检验：时间固定效应的联合显著性")

  /// Two-way effects against those of periods alone, and against those of units alone.
  private func effectRatios() throws -> [TestResult] {
    func absent(_ reason: Phrase) -> [TestResult] {
      [
        TestResult("lr_unit_effects", Self.unitTitle, notComputed: reason),
        TestResult("lr_time_effects", Self.timeTitle, notComputed: reason),
      ]
    }
    let sample = estimation.sample
    guard sample.periodCount > 2 else {
      return absent(Phrase("there are too few periods", zh: "时期数过少"))
    }
    guard !fit.effects.isRandom else {
      return absent(Phrase("the model has random effects; see Hausman", zh: "模型为随机效应，参见Hausman检验"))
    }
    func direct(_ units: PanelEffects.UnitEffects, periods: Bool) throws -> SpatialFit {
      try estimation.fit(effects: PanelEffects(units: units, periods: periods), scope: .neither)
    }
    guard let both = try? direct(.fixed, periods: true), let periods = try? direct(.none, periods: true),
      let units = try? direct(.fixed, periods: false)
    else { return absent(Phrase("a model with other effects has no maximum", zh: "其他效应设定下似然函数无极大值")) }
    return [
      TestResult(
        "lr_unit_effects", Self.unitTitle, 2 * (both.logLikelihood - periods.logLikelihood),
        .chiSquared(sample.unitCount - 1 + periods.coefficients.count - both.coefficients.count)),
      TestResult(
        "lr_time_effects", Self.timeTitle, 2 * (both.logLikelihood - units.logLikelihood),
        .chiSquared(sample.periodCount - 1 + units.coefficients.count - both.coefficients.count)),
    ]
  }

  // MARK: The Durbin model against what it nests

  private static let lagTitle = Phrase("LR test, SDM against SAR (θ = 0)", zh: "LR检验：SDM可否退化为SAR（θ=0）")
  private static let errorTitle = Phrase(
    "LR test, SDM against SEM (θ + ρβ = 0)", zh: "LR检验：SDM可否退化为SEM（θ+ρβ=0）")

  private func nested() throws -> [TestResult] {
    guard specification.model == .sdm, !WaldTests.pairs(of: fit).isEmpty else {
      let reason = Phrase("the model is no SDM", zh: "模型不是SDM")
      return [
        TestResult("lr_sar", Self.lagTitle, notComputed: reason),
        TestResult("lr_sem", Self.errorTitle, notComputed: reason),
        TestResult("wald_sar", WaldTests.toLag, notComputed: reason),
        TestResult("wald_sem", WaldTests.toError, notComputed: reason),
      ]
    }
    var ratios = [
      try ratio("lr_sar", Self.lagTitle, hasLag: true), try ratio("lr_sem", Self.errorTitle, hasLag: false),
    ]
    var walds = WaldTests.nested(fit, covariance)
    if let reason = errorObstacle() {
      ratios[1] = TestResult("lr_sem", Self.errorTitle, notComputed: reason)
      walds[1] = TestResult("wald_sem", WaldTests.toError, notComputed: reason)
    }
    return ratios + walds.map(requiringRank)
  }

  /// A Wald test, unless the covariance sums over no more groups or periods than there are restrictions.
  ///
  /// Source: methods/spatial-corrections.md, 2.3.
  func requiringRank(_ test: TestResult) -> TestResult {
    let sums: (count: Int, name: Phrase)
    switch specification.standardError {
    case .cluster:
      sums = (specification.clusters?.count ?? estimation.sample.unitCount, Phrase("groups", zh: "组"))
    case .driscollKraay: sums = (estimation.sample.periodCount, Phrase("periods", zh: "个时期"))
    default: return test
    }
    guard let restrictions = test.degreesOfFreedom, restrictions >= sums.count else { return test }
    return TestResult(
      test.key, test.hypothesis,
      notComputed: Phrase(
        "errors from \(sums.count) \(sums.name.english) cannot test \(restrictions) restrictions",
        zh: "标准误仅基于\(sums.count)\(sums.name.chinese)，无法检验\(restrictions)个约束"))
  }

  /// Why the spatial error model is not inside this Durbin model, if it is not.
  private func errorObstacle() -> Phrase? {
    if specification.dynamics != nil {
      return Phrase("a dynamic SDM does not nest a dynamic SEM", zh: "动态SDM不嵌套动态SEM")
    }
    if fit.design.hasRegimes {
      return Phrase("SEM is not nested with regimes", zh: "分区制时SEM未被嵌套")
    }
    if estimation.system.regressorWeights != nil {
      return Phrase(
        "WX has other weights than Wy, so that SEM is not nested", zh: "WX与Wy的权重不同，SEM未被嵌套")
    }
    let regressors = fit.design.regressors.count
    return WaldTests.pairs(of: fit).filter { $0.b != nil }.count == regressors
      ? nil
      : Phrase(
        "not every regressor enters with its lag, so that SEM is not nested", zh: "并非所有解释变量均含空间滞后项，SEM未被嵌套")
  }

  /// The model's maximum likelihood without bias correction, on the scale on which it was estimated.
  func uncorrected() throws -> SpatialFit {
    if fit.isAdjusted || fit.correction != nil { return try estimation.fit(scope: .neither) }
    let isCorrected = specification.correction == .elhorst || specification.dynamics != nil
    return isCorrected ? try estimation.fit() : fit
  }

  private func ratio(_ name: String, _ title: Phrase, hasLag: Bool) throws -> TestResult {
    let large = try uncorrected()
    guard
      let small = try? estimation.fit(
        process: SpatialProcess(hasLag: hasLag, hasError: !hasLag), durbin: [],
        // An adjusted likelihood is no density: the direct ones are compared.
        scope: fit.isAdjusted || fit.correction != nil ? .neither : nil)
    else {
      return TestResult(name, title, notComputed: Phrase("the smaller model has no maximum", zh: "受限模型无极大值"))
    }
    return TestResult(
      name, title, 2 * (large.logLikelihood - small.logLikelihood),
      .chiSquared(large.parameterCount - small.parameterCount))
  }

  // MARK: Fixed or random effects

  private func hausman() throws -> TestResult {
    func absent(_ reason: Phrase) -> TestResult {
      TestResult("hausman", WaldTests.hausman, notComputed: reason)
    }
    guard fit.effects.units != .none else {
      return absent(Phrase("the model has no effects of units", zh: "模型不含个体效应"))
    }
    guard specification.dynamics == nil else {
      return absent(Phrase("the model is dynamic", zh: "模型为动态模型"))
    }
    guard fit.gaps == nil else { return absent(Self.gaps) }
    guard estimation.sample.periodCount > 1 else {
      return absent(Phrase("there is one period only", zh: "仅有一个时期"))
    }
    guard !fit.process.hasError || estimation.system.lag.isConstant else {
      return absent(Phrase("the weights change over time", zh: "空间权重随时间变化"))
    }
    let periods = fit.effects.hasPeriodMeans
    let isTransformable =
      estimation.system.lag.isConstant
      && (!periods || specification.model != .sac
        || estimation.system.commonRowSum != nil && estimation.system.of(.error).commonRowSum != nil)
    do {
      let fixed =
        isTransformable && estimation.scope == .both && !fit.effects.isRandom
        ? fit
        : try estimation.fit(
          effects: PanelEffects(units: .fixed, periods: periods), scope: isTransformable ? .both : .neither)
      let random = try estimation.fit(
        effects: PanelEffects(units: .random, periods: periods), scope: .neither)
      return try WaldTests.hausman(fixed: fixed, random: random)
    } catch is SpatialDurbinError {
      return absent(Phrase("one of the two models has no maximum", zh: "两模型之一无极大值"))
    }
  }
}

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
    let form = WaldForm(values, variance, tolerance: 1e-12)
    return form.isSingular ? nil : form.value
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
      switch column {
      case .durbin(let regressor): return (fit.design.position(of: .regressor(regressor)), place)
      case .regimeDurbin(let regressor, let regime):
        return (fit.design.position(of: .regimeRegressor(regressor, regime)), place)
      default: return nil
      }
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
