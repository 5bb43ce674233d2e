extension DynamicPanelResult {
  /// What a reader must know of this estimate besides the cautions.
  public var notes: [Phrase] {
    [
      rankNote, boundsNote, uninstrumentedNote, deviationNote, clusteredNote, droppedNote, omittedNote,
      unusedNote,
      combinationNote, timeEffectsNote,
    ].compactMap(\.self)
  }

  private var timeEffectsNote: Phrase? {
    guard specification.timeEffects == .level, specification.estimator == .difference else { return nil }
    return Phrase(
      "Difference GMM has no level equation: the time dummies instrument the transformed one.",
      zh: "差分GMM没有水平方程，时间虚拟变量作为差分方程的工具变量。")
  }

  private var rankNote: Phrase? {
    guard weightRank < ledger.count, ledger.count <= ledger.units, specification.steps != .one else {
      return nil
    }
    return Phrase(
      "The optimal weight matrix has rank \(weightRank), fewer than the \(ledger.count) instruments; it was inverted"
        + " by Stata's symmetric sweep.",
      zh: "最优权重矩阵的秩为\(weightRank)，低于工具变量数\(ledger.count)；按Stata的对称扫描法求广义逆。")
  }

  /// That the lag lies between its bounds, where nothing alarms.
  private var boundsNote: Phrase? {
    guard let bounds, let lag = laggedOutcome, boundsVerdict == "inside", alarms.isEmpty else { return nil }
    let value = FixedDecimals.text(lag.value, decimals: 3)
    return Phrase(
      "\(lag.name) = \(value) lies between the within estimate and pooled OLS (\(bounds.range)), as a"
        + " consistent estimate should.",
      zh: "\(lag.name)＝\(value)，介于组内估计与混合OLS之间（\(bounds.range)），符合一致估计的预期。")
  }

  private var deviationNote: Phrase? {
    guard specification.transform == .orthogonalDeviations, !specification.gmmInstruments.isEmpty,
      assumed == nil
    else { return nil }
    return Phrase(
      "Forward deviations stand a period later than what they are the deviation of, as in xtabond2: lag 2 of a GMM-style"
        + " set is the value one period before that, and lag 1 its own.",
      zh: "与xtabond2相同，前向离差记于其所属时期的下一期：GMM式工具变量的二阶滞后即该时期的前一期值，一阶滞后为同期值。")
  }

  private var clusteredNote: Phrase? {
    guard !serialCorrelationByUnit.isEmpty else { return nil }
    let values = serialCorrelationByUnit.map { test in
      let statistic = test.statistic ?? .nan
      return "\(test.key) z = \(statistic.isNaN ? "–" : FixedDecimals.text(statistic, decimals: 3))"
    }
    return Phrase(
      "The tests for serial correlation are clustered as the errors are. xtabond2 prints them by unit"
        + " (\(values.joined(separator: ", "))), which rejects too often where clusters share shocks.",
      zh: "序列相关检验与标准误采用相同聚类。xtabond2按个体计算（\(values.joined(separator: "、"))），聚类内存在共同冲击时会过度拒绝。")
  }

  private var omittedNote: Phrase? {
    guard !dependent.isEmpty else { return nil }
    return Phrase(
      "Omitted: \(dependent.map(\.phrase.english).joined(separator: "; ")).",
      zh: "剔除：\(dependent.map(\.phrase.chinese).joined(separator: "；"))。")
  }

  private var unusedNote: Phrase? {
    guard !unusedUnits.isEmpty else { return nil }
    return Phrase(
      "Not used, for too few consecutive periods hold all variables and lags: \(listed(unusedUnits, most: 10))"
        + " (\(unusedUnits.count) of \(unusedUnits.count + counts.units) units).",
      zh:
        "未使用（变量及滞后齐全的连续时期不足）：\(listed(unusedUnits, most: 10))（\(unusedUnits.count + counts.units)个个体中的\(unusedUnits.count)个）。"
    )
  }

  /// Regressors of which neither they themselves nor their lags are instruments.
  private var uninstrumentedNote: Phrase? {
    guard !hasDefaultInstruments else { return nil }
    let standard = Set(specification.standardInstruments.flatMap(\.terms))
    let lagged = Set(
      specification.gmmInstruments.flatMap(\.terms).map { Set($0.factors.flatMap(\.variables)) })
    let bare = specification.formula.terms.filter {
      !standard.contains($0) && !lagged.contains(Set($0.factors.flatMap(\.variables)))
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
