extension DynamicPanelResult {
  /// What a reader must know of this estimate, gravest first.
  public var notes: [Phrase] {
    [
      instrumentCountNote, rankNote, boundsNote, serialCorrelationNote, hansenNote, identificationNote,
      uninstrumentedNote, defaultNote, droppedNote, combinationNote, timeEffectsNote,
    ].compactMap(\.self)
  }

  private var timeEffectsNote: Phrase? {
    guard specification.timeEffects == .level, specification.estimator == .difference else { return nil }
    return Phrase(
      "Difference GMM has no level equation: the time dummies instrument the transformed one.",
      zh: "差分GMM没有水平方程，时间虚拟变量作为差分方程的工具变量。")
  }

  private var instrumentCountNote: Phrase? {
    guard ledger.count > ledger.units else { return nil }
    return Phrase(
      "WARNING: \(ledger.count) instruments for \(ledger.units) \(unitWord.english). The optimal weight matrix is"
        + " singular; as Stata does, it was inverted by a symmetric sweep, and another program gives other numbers."
        + " Hansen's test means nothing here. Limit the lags (\(Setting("gmm")) \"\(outcomeName),2:3\") or use \(Setting("collapse")).",
      zh: "警告：工具变量数（\(ledger.count)）超过\(unitWord.chinese)数（\(ledger.units)）。最优权重矩阵奇异，"
        + "此处按Stata的对称扫描法求广义逆，其他软件会得到不同结果；Hansen检验失去意义。请限制滞后阶数或使用\(Setting("collapse"))。")
  }

  private var rankNote: Phrase? {
    guard weightRank < ledger.count, ledger.count <= ledger.units else { return nil }
    return Phrase(
      "The optimal weight matrix has rank \(weightRank), fewer than the \(ledger.count) instruments; it was inverted"
        + " by Stata's symmetric sweep.",
      zh: "最优权重矩阵的秩为\(weightRank)，低于工具变量数\(ledger.count)；按Stata的对称扫描法求广义逆。")
  }

  private var boundsNote: Phrase? {
    guard let bounds, let lag = laggedOutcome, let verdict = boundsVerdict else { return nil }
    func shown(_ value: Double) -> String { FixedDecimals.text(value, decimals: 3) }
    let range = "\(shown(min(bounds.within, bounds.pooled))) – \(shown(max(bounds.within, bounds.pooled)))"
    if verdict == "inside" {
      return Phrase(
        "\(lag.name) = \(shown(lag.value)) lies between the within estimate and pooled OLS (\(range)), as a"
          + " consistent estimate should.",
        zh: "\(lag.name)＝\(shown(lag.value))，介于组内估计与混合OLS之间（\(range)），符合一致估计的预期。")
    }
    return Phrase(
      "\(lag.name) = \(shown(lag.value)) lies \(verdict) the range between the within estimate and pooled OLS"
        + " (\(range)), where a consistent estimate is expected: the instruments may be weak or invalid.",
      zh: "\(lag.name)＝\(shown(lag.value))，\(verdict == "above" ? "高于" : "低于")组内估计与混合OLS构成的区间（\(range)），"
        + "工具变量可能较弱或无效。")
  }

  private var serialCorrelationNote: Phrase? {
    guard let test = test("ar2"), let p = test.pValue, p < 0.05 else { return nil }
    return Phrase(
      "AR(2) rejects (p = \(FixedDecimals.text(p, decimals: 3))): the errors are serially correlated, and second lags of the"
        + " outcome are not valid instruments. Start deeper (\(Setting("gmm")) \"\(outcomeName),3:\") or add lag(\(outcomeName), 2).",
      zh: "AR(2)检验拒绝原假设（p＝\(FixedDecimals.text(p, decimals: 3))）：误差存在序列相关，被解释变量的二阶滞后不是有效工具变量。")
  }

  private var hansenNote: Phrase? {
    guard let p = test("hansen")?.pValue, ledger.count <= ledger.units else { return nil }
    if p < 0.05 {
      return Phrase(
        "Hansen's test rejects (p = \(FixedDecimals.text(p, decimals: 3))): not all instruments are valid; diff_hansen shows"
          + " which set is to blame.",
        zh: "Hansen检验拒绝原假设（p＝\(FixedDecimals.text(p, decimals: 3))）：并非全部工具变量有效，可由差分Hansen检验判断来源。")
    }
    guard p > 0.99 else { return nil }
    return Phrase(
      "Hansen's p of \(FixedDecimals.text(p, decimals: 3)) is too good: with \(ledger.count) instruments for \(ledger.units)"
        + " \(unitWord.english) the test has lost its power.",
      zh: "Hansen检验p值高达\(FixedDecimals.text(p, decimals: 3))：\(ledger.count)个工具变量使该检验失去效力。")
  }

  private var identificationNote: Phrase? {
    guard let test = test("underidentification"), let p = test.pValue, p > 0.1,
      ledger.count <= ledger.units
    else { return nil }
    return Phrase(
      "The data do not reject that the model is underidentified (p = \(FixedDecimals.text(p, decimals: 3))): the instruments"
        + " are weak.",
      zh: "不能拒绝模型不可识别的原假设（p＝\(FixedDecimals.text(p, decimals: 3))）：工具变量较弱。")
  }

  /// Regressors of which neither they themselves nor their lags are instruments.
  private var uninstrumentedNote: Phrase? {
    guard !hasDefaultInstruments else { return nil }
    let standard = Set(specification.standardInstruments.flatMap(\.terms))
    let lagged = Set(specification.gmmInstruments.flatMap(\.terms).map { Set($0.factors.map(\.variable)) })
    let bare = specification.formula.terms.filter {
      !standard.contains($0) && !lagged.contains(Set($0.factors.map(\.variable)))
    }
    guard !bare.isEmpty else { return nil }
    let names = bare.map(\.name)
    return Phrase(
      "No instrument belongs to \(listed(names)); the other instruments identify the coefficient. Give it its own with"
        + " \(Setting("exogenous")), \(Setting("predetermined")) or \(Setting("endogenous")).",
      zh:
        "\(names.joined(separator: "、"))没有自己的工具变量，仅由其他工具变量识别；可用\(Setting("exogenous"))、\(Setting("predetermined"))或\(Setting("endogenous"))指定。"
    )
  }

  private var defaultNote: Phrase? {
    guard hasDefaultInstruments else { return nil }
    // Only the level equation has the units' effects in it.
    let isSystem = specification.estimator == .system
    return Phrase(
      "Instruments were chosen by default: lags 2 and deeper of \(outcomeName), collapsed, and every other regressor for"
        + " itself, which takes it for exogenous\(isSystem ? " and uncorrelated with the unit effects" : "")."
        + " State your own with \(Setting("gmm")) and \(Setting("iv")).",
      zh: "未指定工具变量，按默认设定：\(outcomeName)的二阶及更深滞后（折叠），其余变量以自身为工具变量，即视为外生\(isSystem ? "且与个体效应不相关" : "")。"
        + "可用\(Setting("gmm"))与\(Setting("iv"))自行设定。")
  }

  private var droppedNote: Phrase? {
    guard !droppedTimes.isEmpty else { return nil }
    return Phrase(
      "Dropped as collinear: \(listed(droppedTimes)).", zh: "因共线性剔除：\(droppedTimes.joined(separator: "、"))。")
  }

  private var combinationNote: Phrase? {
    guard estimates.contains(where: { $0.parameter.role == .product }), inflation == nil else { return nil }
    return Phrase(
      "Products were not centred: a main effect is the effect where its moderators are zero. \(Setting("margins")) shows effects elsewhere;"
        + " \(Setting("center")) centres first.",
      zh: "交互项未中心化：主效应为调节变量取零时的效应；可用\(Setting("center"))先行中心化，或用\(Setting("margins"))查看边际效应。")
  }
}
