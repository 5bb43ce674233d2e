extension DynamicPanelResult {
  /// Why the coefficients may not carry a conclusion, what was assumed first and then the gravest.
  public var cautions: [Phrase] {
    [assumedCaution].compactMap(\.self) + alarms
  }

  /// The cautions but for what was assumed.
  var alarms: [Phrase] {
    [
      tooManyAssumedCaution, instrumentCountCaution, differenceCaution, persistenceCaution, boundsCaution,
      serialCorrelationCaution, portmanteauCaution, hansenCaution, updatingCaution, identificationCaution,
      outcomeLagCaution,
      levelSetCaution,
      clusterCaution, singularCaution, uncorrectedCaution,
    ].compactMap(\.self)
  }

  /// Sets of instruments that are rejected by themselves where Hansen's test of all is not.
  public var contraryVerdicts: [Phrase] {
    guard test("hansen")?.rejects != true else { return [] }
    let sets = tests.filter { $0.key.hasPrefix("diff_hansen:") && $0.pValue != nil }
    let rejected = sets.filter { $0.rejects == true }.map {
      "\($0.key.dropFirst("diff_hansen:".count)) (\(ProbabilityText.clause($0.pValue ?? .nan)))"
    }
    guard !rejected.isEmpty else { return [] }
    return [
      Phrase(
        "\(rejected.count) of \(sets.count) sets of instruments rejected by themselves, where chance alone rejects one in"
          + " twenty: \(listed(rejected, most: 4)).",
        zh: "\(sets.count)组工具变量中有\(rejected.count)组单独检验被拒绝（仅因偶然，二十组中亦有一组）：\(listed(rejected, most: 4))。")
    ]
  }

  private var assumedCaution: Phrase? {
    guard let assumed else { return nil }
    let outcome = specification.gmmInstruments.first { $0.equation == .both }
    let own = outcome.map { "lags \($0.firstLag) to \($0.lastLag ?? 0) of \($0.terms[0].name)" }
    let ownChinese = outcome.map { "\($0.terms[0].name)的\($0.firstLag)至\($0.lastLag ?? 0)阶滞后" }
    let hasOthers = specification.gmmInstruments.contains { $0.equation == .transformed }
    let range = assumed.lags == 1 ? "lag 1" : "lags 1 to \(assumed.lags)"
    let others = "\(range) of every other regressor in the transformed equation, as predetermined"
    let parts = [own, hasOthers ? others : nil].compactMap(\.self).joined(separator: ", and ")
    let chinese = [ownChinese, hasOthers ? "其余变量视为前定，以其1至\(assumed.lags)阶滞后用于变换方程" : nil]
      .compactMap(\.self).joined(separator: "；")
    let short =
      assumed.isShortened
      ? Phrase(
        " Fewer lags than the usual 3, so that instruments are no more than half of the \(assumed.groups) \(unitWord.english).",
        zh: "为使工具变量数不超过\(unitWord.chinese)数（\(assumed.groups)）之半，已少于通常的3阶。") : Phrase(verbatim: "")
    return Phrase(
      "Instruments were assumed, for none were named: \(parts); collapsed.\(short.english)",
      zh: "未指定工具变量，系假定：\(chinese)；均折叠。\(short.chinese)")
  }

  private var tooManyAssumedCaution: Phrase? {
    guard let assumed, assumed.isTooMany, ledger.count <= ledger.units else { return nil }
    return Phrase(
      "Even with one lag a regressor there are \(assumed.count) instruments for \(assumed.groups) \(unitWord.english), more"
        + " than half: estimates lean towards those without instruments, and Hansen's test loses its power. Take fewer"
        + " regressors.",
      zh: "即使每个变量仅用一阶滞后，工具变量仍有\(assumed.count)个，超过\(unitWord.chinese)数（\(assumed.groups)）之半："
        + "估计值偏向无工具变量的结果，Hansen检验失去效力。请减少解释变量。")
  }

  private var instrumentCountCaution: Phrase? {
    guard ledger.count > ledger.units else { return nil }
    let (count, units) = (ledger.count, ledger.units)
    if specification.steps == .one {
      return Phrase(
        "\(count) instruments for \(units) \(unitWord.english): the estimate leans towards the one without instruments, and"
          + " Hansen's test, where it is computed, means nothing. Limit the lags (\(Setting("gmm")) \"\(outcomeName),2:3\") or"
          + " use \(Setting("collapse")).",
        zh: "工具变量数（\(count)）超过\(unitWord.chinese)数（\(units)）：估计值偏向无工具变量的结果，Hansen检验即使可算也无意义。"
          + "请限制滞后阶数或使用\(Setting("collapse"))。")
    }
    return Phrase(
      "\(count) instruments for \(units) \(unitWord.english). The optimal weight matrix is"
        + " singular; as Stata does, it was inverted by a symmetric sweep, and another program gives other numbers."
        + " Hansen's test means nothing here. Limit the lags (\(Setting("gmm")) \"\(outcomeName),2:3\") or use \(Setting("collapse")).",
      zh: "工具变量数（\(count)）超过\(unitWord.chinese)数（\(units)）。最优权重矩阵奇异，"
        + "此处按Stata的对称扫描法求广义逆，其他软件会得到不同结果；Hansen检验失去意义。请限制滞后阶数或使用\(Setting("collapse"))。")
  }

  /// The regressors of which system and difference GMM differ by more than two standard errors.
  private var differenceCaution: Phrase? {
    guard let difference else { return nil }
    let far = zip(difference.estimates, difference.distances).filter { abs($1) > 2 }
    guard !far.isEmpty else { return nil }
    func names(_ by: String) -> [String] {
      far.map { "\($0.name.asTerm)\(by)\(FixedDecimals.text(abs($1), decimals: 1))" }
    }
    return Phrase(
      "Difference GMM with the same instruments gives other coefficients, in its standard errors: \(listed(names(" by "), most: 6))."
        + " The level equation, which takes the outcome to have settled about its path before the first period, may not"
        + " hold; see the table difference_gmm.",
      zh: "同一组工具变量的差分GMM结果不同（以其标准误计）：\(listed(names("相差"), most: 6, in: .chinese))。水平方程假定结果变量在首期之前已处于稳态路径，"
        + "此假定可能不成立，见表difference_gmm。")
  }

  private var persistenceCaution: Phrase? {
    guard let sum = persistence, sum >= 1 else { return nil }
    let shown = FixedDecimals.text(sum, decimals: 3)
    return Phrase(
      "The lags of the outcome add up to \(shown):"
        + " at 1 and above nothing settles, long-run effects have no meaning, and lagged levels are poor instruments.",
      zh: "结果变量滞后项系数之和为\(shown)，不小于1：过程不收敛，长期效应无意义，水平滞后为弱工具变量。")
  }

  /// The sum of the coefficients of the outcome's lags; in the growth form, diff(y) on lag(y), one more. Nil without lags.
  private var persistence: Double? {
    let lags = estimates.filter { $0.parameter.role == .laggedOutcome }
    if !lags.isEmpty { return lags.map(\.value).reduce(0, +) }
    guard case .difference(let level, steps: 1) = specification.formula.outcome else { return nil }
    return coefficient(FormulaTerm([.lag(level, steps: 1)]).name).map { $0.value + 1 }
  }

  private var boundsCaution: Phrase? {
    guard let bounds, let lag = laggedOutcome, let verdict = boundsVerdict, verdict != "inside" else {
      return nil
    }
    let (value, range) = (FixedDecimals.text(lag.value, decimals: 3), bounds.range)
    return Phrase(
      "\(lag.name.asTerm) = \(value) lies \(verdict) the range between the within estimate and pooled OLS"
        + " (\(range)), where a consistent estimate is expected: the instruments may be weak or invalid.",
      zh: "\(lag.name.asTerm)＝\(value)，\(verdict == "above" ? "高于" : "低于")组内估计与混合OLS构成的区间（\(range)），"
        + "工具变量可能较弱或无效。")
  }

  private var serialCorrelationCaution: Phrase? {
    guard let p = test("ar2")?.pValue, p < 0.05 else { return nil }
    let clause = ProbabilityText.clause(p)
    guard earlyOutcomeSets.isEmpty else {
      return Phrase(
        "AR(2) rejects (\(clause)), as it will where instruments are invalid: it says nothing of deeper lags.",
        zh: "AR(2)检验拒绝原假设（\(clause)）：工具变量无效时本应如此，不能据此判断更深的滞后。")
    }
    return Phrase(
      "AR(2) rejects (\(clause)): the errors are serially correlated, and second lags of the"
        + " outcome are not valid instruments. Start deeper (\(Setting("gmm")) \"\(outcomeName),3:\") or add lag(\(outcomeName), 2).",
      zh: "AR(2)检验拒绝原假设（\(clause)）：误差存在序列相关，被解释变量的二阶滞后不是有效工具变量。")
  }

  /// Serial correlation that AR(2) does not see.
  private var portmanteauCaution: Phrase? {
    guard let p = test("portmanteau")?.pValue, p < 0.05, test("ar2")?.rejects != true else { return nil }
    let clause = ProbabilityText.clause(p)
    let nonlinear =
      nonlinear == nil
      ? Phrase(verbatim: "") : Phrase(" Then nonlinear moments do not hold either.", zh: "此时非线性矩条件亦不成立。")
    return Phrase(
      "The portmanteau test rejects (\(clause)) where AR(2) does not: it sees more of serial correlation, and instruments that"
        + " are not valid. Add a lag of the outcome, or start deeper.\(nonlinear.english)",
      zh: "portmanteau检验拒绝原假设（\(clause)），而AR(2)未拒绝：前者对序列相关及无效工具变量更敏感。可增加被解释变量滞后项或使用更深的滞后。"
        + nonlinear.chinese)
  }

  private var hansenCaution: Phrase? {
    guard let p = test("hansen")?.pValue, ledger.count <= ledger.units else { return nil }
    if p < 0.05 {
      let clause = ProbabilityText.clause(p)
      let endogenous =
        assumed == nil
        ? Phrase(verbatim: "")
        : Phrase(
          " Where a regressor answers to the outcome of the same year, its lags begin at 2 (\(Setting("gmm"))"
            + " \"x,2:4;collapse;eq=diff\").",
          zh: "若某变量对同期结果有反应，其滞后应从2阶起（\(Setting("gmm")) \"x,2:4;collapse;eq=diff\"）。")
      return Phrase(
        "Hansen's test rejects (\(clause)): not all instruments are valid; diff_hansen shows which set is to"
          + " blame.\(endogenous.english)",
        zh: "Hansen检验拒绝原假设（\(clause)）：并非全部工具变量有效，可由差分Hansen检验判断来源。\(endogenous.chinese)")
    }
    guard p > 0.99 else { return nil }
    return Phrase(
      "Hansen's p of \(FixedDecimals.text(p, decimals: 3)) is too good: with \(ledger.count) instruments for \(ledger.units)"
        + " \(unitWord.english) the test has lost its power.",
      zh: "Hansen检验p值高达\(FixedDecimals.text(p, decimals: 3))：\(ledger.count)个工具变量使该检验失去效力。")
  }

  /// The terms whose continuously updated estimate is far from that of two steps, and local minima besides the lowest.
  private var updatingCaution: Phrase? {
    guard let updating else { return nil }
    let far = zip(estimates, updating.twoStep).filter { estimate, two in
      estimate.parameter.isSlope && abs(estimate.value - two) > 2 * estimate.standardError
    }
    let twoStep = zip(estimates, updating.twoStep).filter { estimate, two in
      estimate.parameter.isSlope && abs(estimate.value - two) > abs(two) && estimate.value * two < 0
    }
    let names = (far + twoStep).map { "\($0.0.name) (\(FixedDecimals.text($0.1, decimals: 3)))" }
      .firstAppearances
    let others = updating.localMinima.dropFirst().map { FixedDecimals.text($0.value, decimals: 3) }
    guard !names.isEmpty || !others.isEmpty else { return nil }
    let minima =
      others.isEmpty
      ? Phrase(verbatim: "")
      : Phrase(
        " J has other local minima, at \(listed(others, most: 4)): the lowest of those that \(updating.starts) starts found is"
          + " shown.",
        zh: "J存在其他局部极小值（\(others.prefix(4).joined(separator: "、"))），此处为\(updating.starts)个起点所得的最小者。")
    return Phrase(
      (names.isEmpty
        ? "The criterion of continuous updating has several local minima, as where identification is weak."
        : "Far from two steps' coefficients, which are \(listed(names, most: 6)): identification is weak, and neither can be"
          + " relied on.") + minima.english,
      zh: (names.isEmpty
        ? "连续更新准则存在多个局部极小值，识别较弱时会如此。" : "与两步估计（\(names.joined(separator: "、"))）相去甚远：识别较弱，两者均不可靠。")
        + minima.chinese)
  }

  private var identificationCaution: Phrase? {
    guard let p = test("underidentification")?.pValue, p > 0.05, ledger.count <= ledger.units else {
      return nil
    }
    let names = weakestTerms.map(\.asTerm)
    let clause = ProbabilityText.clause(p)
    return Phrase(
      "Coefficients of \(names.isEmpty ? "some regressors" : listed(names, most: 4)) may not be identified: that the instruments"
        + " tell nothing of \(names.count > 1 ? "a combination of them" : "it") is not rejected (\(clause)).",
      zh:
        "\(names.isEmpty ? "部分变量" : names.joined(separator: "、"))的系数可能不可识别：不能拒绝工具变量对其\(names.count > 1 ? "某一组合" : "")"
        + "毫无信息（\(clause)）。")
  }

  /// The regressors that make up the combination identified worst, the largest part first.
  var weakestTerms: [String] {
    let parts = zip(zip(weakestDirection, regressorLengths).map { abs($0 * $1) }, estimates)
      .filter { $0.1.parameter.isSlope }
    guard let largest = parts.map(\.0).max(), largest > 0 else { return [] }
    return parts.filter { $0.0 >= 0.2 * largest }.sorted { $0.0 > $1.0 }.map(\.1.name)
  }

  /// Sets with lags of the outcome that the transformed or the level error holds itself.
  private var earlyOutcomeSets: [GMMInstruments] {
    let outcome = FormulaTerm([specification.formula.outcome])
    return specification.gmmInstruments.filter { set in
      set.terms.contains(outcome)
        && (set.equation == .level ? set.firstLag < 1 && specification.isSystem : set.firstLag < 2)
    }
  }

  private var outcomeLagCaution: Phrase? {
    guard !earlyOutcomeSets.isEmpty else { return nil }
    let texts = earlyOutcomeSets.map { "\(Setting("gmm")) \"\($0.text)\"" }.joined(separator: ", ")
    return Phrase(
      "\(texts) cannot be valid: the transformed error of a period holds the error of the period before, on which the"
        + " outcome's first lag depends (in the level equation, the change of the same period). Begin at 2.",
      zh: "\(texts)不可能有效：变换后的误差含有上一期误差，而结果变量的一阶滞后取决于它（水平方程中则为同期变化）。请从2阶起。")
  }

  /// Sets for an equation that difference GMM does not have.
  private var levelSetCaution: Phrase? {
    guard !specification.isSystem else { return nil }
    let texts =
      specification.gmmInstruments.filter { $0.equation == .level }.map { "\(Setting("gmm")) \"\($0.text)\"" }
      + specification.standardInstruments.filter { $0.equation == .level }.map {
        "\(Setting("iv")) \"\($0.text)\""
      }
    guard !texts.isEmpty else { return nil }
    return Phrase(
      "\(texts.joined(separator: ", ")) \(texts.count == 1 ? "serves" : "serve") the level equation, which difference GMM does"
        + " not have: not used.",
      zh: "\(texts.joined(separator: "、"))用于水平方程，而差分GMM没有水平方程：未使用。")
  }

  private var clusterCaution: Phrase? {
    guard let clusters = counts.clusters, clusters < 20 else { return nil }
    return Phrase(
      "There are only \(clusters) clusters: standard errors and tests lean on many, and reject too often with fewer than"
        + " about 20.",
      zh: "聚类数仅\(clusters)个：标准误与检验依赖较多的聚类，少于约20个时过度拒绝。")
  }

  /// Errors of two steps and more that take the weight matrix for known.
  private var uncorrectedCaution: Phrase? {
    guard specification.standardErrors == .classical || specification.steps == .cue,
      specification.steps != .one
    else { return nil }
    guard specification.steps != .cue else {
      return Phrase(
        "Standard errors of continuous updating are not corrected for small samples: a diagnostic, no result to report.",
        zh: "连续更新GMM的标准误未作小样本校正：仅供诊断，不宜作为结果报告。")
    }
    return Phrase(
      "Errors after two steps without Windmeijer's correction are too small: at 40 units their 95 % intervals hold the truth"
        + " in 80 to 83 of 100 panels. Take \(Setting("se")) robust.",
      zh: "两步估计未经Windmeijer校正的标准误偏小：40个个体时95%置信区间的实际覆盖率仅80%–83%。请用\(Setting("se")) robust。")
  }

  /// Coefficients without a standard error.
  private var singularCaution: Phrase? {
    let names = estimates.filter { !$0.standardError.isFinite }.map(\.name)
    guard !names.isEmpty else { return nil }
    return Phrase(
      "\(listed(names, most: 8)) \(names.count == 1 ? "has" : "have") no standard error: the reported covariance is not positive"
        + " there, for with \(weightRank) independent moments from \(ledger.units) \(unitWord.english) Windmeijer's correction"
        + " outweighs what it corrects. Other errors of this table are no better founded; take fewer instruments or"
        + " \(Setting("steps")) 1.",
      zh:
        "\(names.joined(separator: "、"))没有标准误：协方差在此非正，因\(ledger.units)个\(unitWord.chinese)仅有\(weightRank)个独立矩条件，"
        + "Windmeijer校正项过大。本表其余标准误同样不可靠；请减少工具变量或使用\(Setting("steps")) 1。")
  }
}

extension LaggedOutcomeBounds {
  /// `0.312 – 0.684`.
  var range: String {
    func shown(_ value: Double) -> String { FixedDecimals.text(value, decimals: 3) }
    return "\(shown(min(within, pooled))) – \(shown(max(within, pooled)))"
  }
}
