extension DynamicPanelResult {
  /// The outcome's name.
  public var outcomeName: String { specification.formula.outcome.name }

  /// `Two-step system GMM in first differences`.
  public var method: Phrase {
    let steps =
      switch specification.steps {
      case .one: Phrase("One-step", zh: "一步")
      case .two: Phrase("Two-step", zh: "两步")
      case .iterated: Phrase("Iterated (\(stepCount) steps)", zh: "迭代（\(stepCount)步）")
      }
    let estimator =
      specification.estimator == .system
      ? Phrase("system GMM", zh: "系统GMM") : Phrase("difference GMM", zh: "差分GMM")
    let transform =
      specification.transform == .firstDifferences
      ? Phrase("in first differences", zh: "一阶差分")
      : Phrase("in forward orthogonal deviations", zh: "前向正交离差")
    return Phrase(
      "\(steps.english) \(estimator.english) \(transform.english)",
      zh: "\(steps.chinese)\(estimator.chinese)（\(transform.chinese)）")
  }

  /// What the standard errors are.
  var errors: Phrase {
    let small =
      specification.isSmallSample ? Phrase(", small-sample correction", zh: "，小样本校正") : Phrase(verbatim: "")
    let kind =
      switch (specification.standardErrors, specification.steps) {
      case (.classical, _): Phrase("classical standard errors", zh: "常规标准误")
      case (.robust, .one): Phrase("robust standard errors", zh: "稳健标准误")
      case (.robust, _): Phrase("Windmeijer's standard errors", zh: "Windmeijer校正标准误")
      }
    let cluster =
      specification.clusterOfUnit == nil
      ? Phrase(verbatim: "") : Phrase(", clustered more widely than units", zh: "，在高于个体的层面聚类")
    return Phrase(
      kind.english + cluster.english + small.english, zh: kind.chinese + cluster.chinese + small.chinese)
  }

  var unitWord: Phrase {
    counts.clusters == nil ? Phrase("units", zh: "个体") : Phrase("clusters", zh: "聚类")
  }

  /// The hypothesis that a test holds against the data.
  func hypothesis(_ test: DynamicPanelTest) -> Phrase {
    let name = test.name
    if name.hasPrefix("ar"), let order = Int(name.dropFirst(2)) {
      return Phrase(
        "no serial correlation of order \(order) in first differences", zh: "一阶差分残差不存在\(order)阶序列相关")
    }
    if name == "diff_hansen:levels" {
      return Phrase("GMM instruments of the level equation are valid", zh: "水平方程的GMM式工具变量有效")
    }
    if name.hasPrefix("diff_hansen:") { return Phrase("this set is valid", zh: "该组工具变量有效") }
    switch name {
    case "sargan":
      return Phrase("instruments are valid (not robust)", zh: "工具变量有效（Sargan，不稳健）")
    case "hansen":
      return Phrase("instruments are valid (robust)", zh: "工具变量有效（Hansen J，稳健）")
    case "wald": return Phrase("all slopes are zero", zh: "各变量系数均为零")
    case "wald_time": return Phrase("all time dummies are zero", zh: "时间虚拟变量系数均为零")
    default: return Phrase("the model is not identified", zh: "模型不可识别")
    }
  }

  /// The lagged outcome against its bounds.
  public var boundsVerdict: String? {
    guard let bounds, let lag = laggedOutcome else { return nil }
    if bounds.contains(lag.estimate) { return "inside" }
    return lag.estimate > max(bounds.pooled, bounds.within) ? "above" : "below"
  }
}
