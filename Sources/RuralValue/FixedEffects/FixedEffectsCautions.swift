extension FixedEffectsResult {
  /// Why the coefficients may not carry a conclusion.
  public var cautions: [Phrase] {
    [
      weakCaution, underidentifiedCaution, hansenCaution, setCaution, productCaution, lagCaution,
      serialCaution, randomCaution, zeroVarianceCaution, bootstrapCaution, noErrorCaution,
    ].compactMap(\.self) + errors.cautions
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

  private var underidentifiedCaution: Phrase? {
    guard let p = test("kleibergen_paap_lm")?.pValue, p > 0.05 else { return nil }
    let clause = ProbabilityText.clause(p)
    return Phrase(
      "That the instruments tell nothing of the endogenous regressors is not rejected (\(clause)): the coefficients may not be"
        + " identified.",
      zh: "不能拒绝工具变量与内生变量无关的原假设（\(clause)）：系数可能不可识别。")
  }

  private var hansenCaution: Phrase? {
    guard let p = test("hansen")?.pValue, p < 0.05 else { return nil }
    let clause = ProbabilityText.clause(p)
    return Phrase(
      "Hansen's test rejects (\(clause)): not all instruments are valid.",
      zh: "Hansen检验拒绝原假设（\(clause)）：并非全部工具变量有效。")
  }

  private var setCaution: Phrase? {
    guard let set = instruments?.set, set.kind != .interval else { return nil }
    let words = set.words
    return set.kind == .empty
      ? Phrase(
        "The Anderson–Rubin set is empty: no coefficient is compatible with all instruments.",
        zh: "Anderson–Rubin置信集为空：没有系数与全部工具变量相容。")
      : Phrase(
        "The Anderson–Rubin set is \(words.english): the data do not bound the coefficient.",
        zh: "Anderson–Rubin置信集为\(words.chinese)：数据不足以界定系数。")
  }

  /// Products and squares of an endogenous regressor that are taken for exogenous.
  private var productCaution: Phrase? {
    guard let given = specification.instruments else { return nil }
    let names = specification.formula.terms.filter { term in
      term.isProduct && !given.endogenous.contains { $0.hasSameFactors(as: term) }
        && given.endogenous.contains { one in one.factors.contains { term.factors.contains($0) } }
    }.map(\.name)
    guard !names.isEmpty else { return nil }
    return Phrase(
      "\(listed(names, most: 6)) \(names.count == 1 ? "holds" : "hold") an endogenous regressor and \(names.count == 1 ? "is" : "are")"
        + " taken for exogenous: name \(names.count == 1 ? "it" : "them") left of ~ in \(Setting("iv")) as well, with instruments"
        + " such as the product with Z.",
      zh: "\(names.joined(separator: "、"))含有内生变量却被视为外生：请在\(Setting("iv"))的~左侧一并列出，并以相应的Z乘积为工具变量。")
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
