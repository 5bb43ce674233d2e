internal import RuralValueNumerics

/// The tests from which a model is chosen: for spatial dependence, for fixed effects, of the Durbin model
/// against what it nests, and of fixed against random effects.
///
/// Likelihood ratios compare likelihoods of one kind only: both direct, or both transformed.
struct SpecificationTests {
  private let estimation: SpatialEstimation
  private let fit: SpatialFit
  private let covariance: Matrix

  init(_ estimation: SpatialEstimation, _ fit: SpatialFit, _ covariance: Matrix) {
    self.estimation = estimation
    self.fit = fit
    self.covariance = covariance
  }

  private var specification: SpatialDurbinSpecification { estimation.specification }

  /// All tests, in the order of the decision.
  func all() throws -> [TestResult] {
    try lagrange() + effectRatios() + nested() + [try hausman()]
  }

  private func lagrange() throws -> [TestResult] {
    guard !fit.effects.isRandom else {
      return LagrangeMultiplierTests.absent(
        Phrase("LM tests are for fixed or no effects", zh: "LM检验仅适用于固定效应或混合模型"))
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
    return ratios + walds
  }

  /// Why the spatial error model is not inside this Durbin model, if it is not.
  private func errorObstacle() -> Phrase? {
    if specification.dynamics != nil {
      return Phrase("a dynamic SDM does not nest a dynamic SEM", zh: "动态SDM不嵌套动态SEM")
    }
    let regressors = fit.design.regressors.count
    return WaldTests.pairs(of: fit).filter { $0.b != nil }.count == regressors
      ? nil
      : Phrase(
        "not every regressor enters with its lag, so that SEM is not nested", zh: "并非所有解释变量均含空间滞后项，SEM未被嵌套")
  }

  /// The model's maximum likelihood without bias correction, on the scale on which it was estimated.
  private func uncorrected() throws -> SpatialFit {
    let isCorrected = specification.correction == .elhorst || specification.dynamics != nil
    return isCorrected ? try estimation.fit() : fit
  }

  private func ratio(_ name: String, _ title: Phrase, hasLag: Bool) throws -> TestResult {
    let large = try uncorrected()
    guard
      let small = try? estimation.fit(process: SpatialProcess(hasLag: hasLag, hasError: !hasLag), durbin: [])
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
    guard estimation.sample.periodCount > 1 else {
      return absent(Phrase("there is one period only", zh: "仅有一个时期"))
    }
    let periods = fit.effects.hasPeriodMeans
    let isTransformable =
      estimation.system.lag.isConstant && (!periods || estimation.system.isRowStochastic)
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
