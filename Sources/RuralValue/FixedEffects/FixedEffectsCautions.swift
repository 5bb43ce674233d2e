extension FixedEffectsResult {
  /// Why the coefficients may not carry a conclusion.
  public var cautions: [Phrase] {
    [
      weakCaution, underidentifiedCaution, hansenCaution, instruments.flatMap { setCaution($0) },
      productCaution, lagCaution,
      serialCaution, randomCaution, zeroVarianceCaution, bootstrapCaution, noErrorCaution,
    ].compactMap(\.self) + errors.cautions
  }

  /// Dependence across units, which errors clustered by unit do not count.
  public var contraryTests: [String] {
    specification.standardError == .driscollKraay ? [] : ["pesaran_cd"]
  }

  /// Those of one group among others, which are told together that their clusters are few.
  var groupCautions: [Phrase] {
    let few = errors.fewCaution
    return cautions.filter { $0 != few }
  }

  private var weakCaution: Phrase? {
    guard let instruments, instruments.strength < InstrumentSummary.weak else { return nil }
    let shown = FixedDecimals.text(instruments.strength, decimals: 1)
    let set = instruments.set.map {
      Phrase(
        " Take the Anderson–Rubin set, which holds all the same: \($0.words.english).",
        zh: "请采用不受其影响的Anderson–Rubin置信集：\($0.words.chinese)。")
    }
    return Phrase(
      "The instruments are weak (F = \(shown), below 10): the estimate leans towards least squares, and its error and p are not"
        + " to be believed.\(set?.english ?? "")",
      zh: "弱工具变量（F = \(shown)，小于10）：估计值偏向最小二乘，标准误与p值不可信。\(set?.chinese ?? "")")
  }

  /// Products and squares of an endogenous regressor that are taken for exogenous.
  private var productCaution: Phrase? {
    specification.instruments.flatMap { $0.productCaution(specification.formula) }
  }

  private var lagCaution: Phrase? {
    guard
      specification.effects.hasUnits || specification.effects == .random
        || specification.effects == .difference, instruments == nil,
      let lag = estimates.first(where: { $0.parameter.role == .laggedOutcome })
    else { return nil }
    let periods = sample.periods
    return Phrase(
      "\(lag.name) stands beside effects of units: with \(periods) periods its coefficient is too small by about"
        + " (1 + ρ)/\(max(periods - 1, 1)), and the others are off as well (Nickell 1981). Take ruralvalue gmm.",
      zh:
        "\(lag.name)与个体效应并存：在\(periods)期数据中其系数约低估(1 + ρ)/\(max(periods - 1, 1))，其他系数亦受影响（Nickell, 1981）。请使用ruralvalue gmm。"
    )
  }

  /// Errors that take a panel's rows for independent where they are not.
  private var serialCaution: Phrase? {
    let rule = specification.standardError
    guard rule == .classical || rule == .robust, let test = test("serial_correlation"), test.rejects == true
    else { return nil }
    let clause = ProbabilityText.clause(test.pValue ?? .nan)
    return Phrase(
      "The errors are serially correlated (\(clause)): the printed standard errors take rows for independent and are too"
        + " small. Take \(Setting("se")) cluster.",
      zh: "误差存在序列相关（\(clause)）：所列标准误假定各观测独立，因而偏小。请使用\(Setting("se")) cluster。")
  }

  private var randomCaution: Phrase? {
    guard specification.effects == .random, let p = test("mundlak")?.pValue, p < 0.05 else { return nil }
    let clause = ProbabilityText.clause(p)
    return Phrase(
      "The effects go with the regressors (Mundlak's test, \(clause)): random effects are not consistent. Take"
        + " \(Setting("effects")) unit or twoways.",
      zh: "个体效应与解释变量相关（Mundlak检验，\(clause)）：随机效应估计不一致。请使用\(Setting("effects")) unit或twoways。")
  }

  private var zeroVarianceCaution: Phrase? {
    guard let components = fit.components, components.unit == 0 else { return nil }
    return Phrase(
      "The variance of random effects is estimated as zero: this is the pooled regression.",
      zh: "随机效应方差估计为零：结果即混合回归。")
  }

  private var bootstrapCaution: Phrase? {
    guard case .bootstrap(let asked) = specification.standardError, let drawn = errors.bootstrapDraws,
      drawn < asked
    else { return nil }
    return Phrase(
      "\(asked - drawn) of \(asked) draws of the bootstrap lost a regressor and are left out.",
      zh: "\(asked)次Bootstrap抽样中有\(asked - drawn)次因变量缺失变动而剔除。")
  }

  private var noErrorCaution: Phrase? {
    let names = estimates.filter { !$0.standardError.isFinite }.map(\.name)
    guard !names.isEmpty else { return nil }
    return Phrase(
      "\(listed(names, most: 8)) \(names.count == 1 ? "has" : "have") no standard error: nothing is left of the variance.",
      zh: "\(names.joined(separator: "、"))没有标准误：方差估计为零。")
  }
}
