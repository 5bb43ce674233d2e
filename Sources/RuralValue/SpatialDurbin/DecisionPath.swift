/// What the tests say, step by step, and which model they support.
///
/// From the specific to the general and back: LM tests on the model without spatial lags, then the Durbin
/// model against what it nests. Where the two disagree the Durbin model stays, for it nests both.
/// Source: Elhorst (2010), "Applied spatial econometrics: raising the bar", sec. 2.
struct DecisionPath {
  private let tests: [TestResult]
  private let model: SpatialDurbinSpecification.Model
  private let effects: SpatialDurbinSpecification.Effects

  init(
    _ tests: [TestResult], model: SpatialDurbinSpecification.Model,
    effects: SpatialDurbinSpecification.Effects
  ) {
    self.tests = tests
    self.model = model
    self.effects = effects
  }

  /// The steps; the last is the conclusion.
  var steps: [Phrase] {
    [dependence, fixedEffects, nesting, random].compactMap { $0 } + [conclusion]
  }

  private func test(_ name: String) -> TestResult? { tests.first { $0.key == name } }
  private func rejects(_ name: String) -> Bool? { test(name)?.rejects }

  /// Whether errors are dependent, by the centred test where there is one: the plain one finds too much in few units.
  private var hasErrorDependence: Bool? { rejects("lm_error_centred") ?? rejects("lm_error") }

  /// `LM lag p < 0.001`.
  private func probability(_ name: String) -> String {
    guard let p = test(name)?.pValue else { return "–" }
    return p < 0.001 ? "p < 0.001" : "p = \(FixedDecimals.text(p, decimals: 3))"
  }

  private var dependence: Phrase? {
    guard let lag = rejects("lm_lag"), let error = hasErrorDependence else { return nil }
    let isCentred = test("lm_error_centred")?.pValue != nil
    let p = ["lm_lag", isCentred ? "lm_error_centred" : "lm_error", "robust_lm_lag", "robust_lm_error"].map(
      probability)
    let numbers = Phrase(
      "LM lag \(p[0]), LM error\(isCentred ? " centred" : "") \(p[1]), robust lag \(p[2]), robust error \(p[3])",
      zh:
        "LM滞后 \(p[0])，\(isCentred ? "中心化" : "")LM误差 \(p[1])，稳健LM滞后 \(p[2])，稳健LM误差 \(p[3])")
    let reading: Phrase =
      if !lag && !error {
        Phrase("no sign of spatial dependence", zh: "未见空间依赖")
      } else {
        switch (rejects("robust_lm_lag") ?? false, rejects("robust_lm_error") ?? false) {
        case (true, false): Phrase("the dependence is that of a spatial lag", zh: "支持空间滞后形式")
        case (false, true): Phrase("the dependence is that of spatial errors", zh: "支持空间误差形式")
        case (true, true):
          Phrase("both a lag and an error remain, which calls for the SDM", zh: "滞后与误差形式并存，宜用SDM")
        case (false, false): Phrase("there is dependence, of either form", zh: "存在空间依赖，形式不定")
        }
      }
    return Phrase(
      "1. Spatial dependence (\(numbers.english)): \(reading.english).",
      zh: "1. 空间依赖（\(numbers.chinese)）：\(reading.chinese)。"
    )
  }

  private var fixedEffects: Phrase? {
    guard let units = rejects("lr_unit_effects"), let periods = rejects("lr_time_effects") else { return nil }
    let (p, q) = (probability("lr_unit_effects"), probability("lr_time_effects"))
    let numbers = Phrase("LR units \(p), LR periods \(q)", zh: "LR个体 \(p)，LR时间 \(q)")
    let reading: Phrase =
      switch (units, periods) {
      case (true, true): Phrase("two-way effects are needed", zh: "应采用双向固定效应")
      case (true, false): Phrase("effects of units suffice", zh: "个体固定效应即可")
      case (false, true): Phrase("effects of periods suffice", zh: "时间固定效应即可")
      case (false, false): Phrase("a pooled model suffices", zh: "混合模型即可")
      }
    return Phrase(
      "2. Fixed effects (\(numbers.english)): \(reading.english).",
      zh: "2. 固定效应（\(numbers.chinese)）：\(reading.chinese)。")
  }

  private var nesting: Phrase? {
    guard let lag = rejects("lr_sar") ?? rejects("wald_sar") else { return nil }
    let error = rejects("lr_sem") ?? rejects("wald_sem")
    let p = ["lr_sar", "wald_sar", "lr_sem", "wald_sem"].map(probability)
    let numbers = Phrase(
      "SDM to SAR: LR \(p[0]), Wald \(p[1]); SDM to SEM: LR \(p[2]), Wald \(p[3])",
      zh: "SDM退化为SAR：LR \(p[0])，Wald \(p[1])；SDM退化为SEM：LR \(p[2])，Wald \(p[3])")
    let reading: Phrase =
      switch (lag, error) {
      case (true, true?): Phrase("the SDM reduces to neither", zh: "SDM不能退化为SAR或SEM")
      case (true, nil): Phrase("the SDM does not reduce to the SAR", zh: "SDM不能退化为SAR")
      case (true, false?): Phrase("the SDM may reduce to the SEM", zh: "SDM可退化为SEM")
      case (false, true?), (false, nil): Phrase("the SDM may reduce to the SAR", zh: "SDM可退化为SAR")
      case (false, false?): Phrase("the SDM may reduce to either", zh: "SDM可退化为SAR或SEM")
      }
    return Phrase(
      "3. Nested models (\(numbers.english)): \(reading.english).",
      zh: "3. 嵌套模型（\(numbers.chinese)）：\(reading.chinese)。")
  }

  private var random: Phrase? {
    guard let rejects = rejects("hausman") else { return nil }
    return Phrase(
      "4. Hausman (\(probability("hausman"))): "
        + (rejects ? "fixed effects; random ones are inconsistent." : "random effects are not rejected."),
      zh: "4. Hausman检验（\(probability("hausman"))）：" + (rejects ? "应采用固定效应。" : "不能拒绝随机效应。"))
  }

  /// The conclusion, where it is another model than the one that was estimated.
  var contrary: Phrase? { supported.title == model.title ? nil : conclusion }

  /// The model that the evidence supports.
  private var conclusion: Phrase {
    let supported = supported
    let isSame = supported.title == model.title
    let effects = supportedEffects
    return Phrase(
      "The evidence supports the \(supported.title)\(effects.map { " with " + $0.english } ?? "")"
        + " \(supported.reason.english)"
        + (isSame ? "." : "; the model estimated here is the \(model.title)."),
      zh: "结论：检验支持\(effects.map { $0.chinese + "的" } ?? "")\(supported.title)（\(supported.reason.chinese)）"
        + (isSame ? "。" : "；本次估计的模型为\(model.title)。"))
  }

  /// The effects that the likelihood ratios and Hausman's test speak for, where they were computed.
  private var supportedEffects: Phrase? {
    guard let units = rejects("lr_unit_effects"), let periods = rejects("lr_time_effects") else {
      guard effects.isRandom, let rejects = rejects("hausman") else { return nil }
      return rejects
        ? SpatialDurbinSpecification.Effects.unit.label : SpatialDurbinSpecification.Effects.random.label
    }
    switch (units, periods) {
    case (true, true): return SpatialDurbinSpecification.Effects.twoways.label
    case (true, false): return SpatialDurbinSpecification.Effects.unit.label
    case (false, true): return SpatialDurbinSpecification.Effects.time.label
    case (false, false): return nil
    }
  }

  /// The model that is supported where no SEM is nested: the SAR or the Durbin model, unless LM tests point to errors alone.
  private func supportedAgainstLag(
    isRejected: Bool, _ pointsToErrors: Bool
  ) -> (title: String, reason: Phrase) {
    if isRejected { return ("SDM", Phrase("because the SAR is rejected", zh: "SAR被拒绝")) }
    guard pointsToErrors else { return ("SAR", Phrase("because θ = 0 is not rejected", zh: "不能拒绝θ=0")) }
    return (
      "SEM",
      Phrase(
        "because θ = 0 is not rejected and the LM tests point to errors", zh: "不能拒绝θ=0，且LM检验指向空间误差")
    )
  }

  private var supported: (title: String, reason: Phrase) {
    let robustLag = rejects("robust_lm_lag") ?? false
    let robustError = rejects("robust_lm_error") ?? false
    if let lag = rejects("lr_sar") ?? rejects("wald_sar") {
      guard let error = rejects("lr_sem") ?? rejects("wald_sem") else {
        return supportedAgainstLag(isRejected: lag, robustError && !robustLag)
      }
      if lag && error { return ("SDM", Phrase("because both SAR and SEM are rejected", zh: "SAR与SEM均被拒绝")) }
      if !lag && robustLag && !robustError {
        return (
          "SAR",
          Phrase("because θ = 0 is not rejected and the LM tests point to a lag", zh: "不能拒绝θ=0，且LM检验指向空间滞后")
        )
      }
      if !error && robustError && !robustLag {
        return (
          "SEM",
          Phrase(
            "because θ + ρβ = 0 is not rejected and the LM tests point to errors",
            zh: "不能拒绝θ+ρβ=0，且LM检验指向空间误差")
        )
      }
      if !lag && !error {
        guard let lagLM = test("lm_lag")?.statistic, let errorLM = test("lm_error")?.statistic else {
          // Both ratios are against the one SDM.
          let isLag = (test("lr_sar")?.statistic ?? 0) <= (test("lr_sem")?.statistic ?? 0)
          return (
            isLag ? "SAR" : "SEM",
            Phrase(
              "because the SDM reduces to either, and its likelihood is the higher of the two",
              zh: "SDM可退化为二者，其对数似然值较大")
          )
        }
        let isLag = lagLM >= errorLM
        return (
          isLag ? "SAR" : "SEM",
          Phrase(
            "because the SDM reduces to either, and its LM test is the larger of the two",
            zh: "SDM可退化为二者，其LM统计量较大")
        )
      }
      if rejects("robust_lm_lag") == nil, rejects("robust_lm_error") == nil {
        return lag
          ? ("SEM", Phrase("because θ + ρβ = 0 is not rejected and θ = 0 is", zh: "不能拒绝θ+ρβ=0，而θ=0被拒绝"))
          : ("SAR", Phrase("because θ = 0 is not rejected and θ + ρβ = 0 is", zh: "不能拒绝θ=0，而θ+ρβ=0被拒绝"))
      }
      return ("SDM", Phrase("because the tests disagree and it nests both rivals", zh: "各检验结论不一，而SDM嵌套二者"))
    }
    guard let lag = rejects("lm_lag"), let error = hasErrorDependence else {
      return (model.title, Phrase("as no test speaks against it", zh: "没有检验与之相悖"))
    }
    if !lag && !error {
      return ("model without spatial lags", Phrase("because no LM test finds dependence", zh: "LM检验均未发现空间依赖"))
    }
    if robustLag != robustError {
      return (robustLag ? "SAR" : "SEM", Phrase("because of the robust LM tests", zh: "依据稳健LM检验"))
    }
    return ("SDM", Phrase("because the LM tests find a lag and an error", zh: "LM检验同时发现空间滞后与空间误差"))
  }
}
