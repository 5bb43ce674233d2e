extension SpatialDurbinResult {
  /// What the model is called above its tables: `SDM of logc with two-way fixed effects`.
  public var heading: Phrase {
    let lags = specification.dynamics == nil ? ("", "") : ("Dynamic ", "动态")
    let name = specification.model.title
    return Phrase(
      "\(lags.0)\(name) of \(outcomeName), \(specification.effects.label.english)",
      zh: "\(outcomeName)的\(lags.1)\(name)模型（\(specification.effects.label.chinese)）")
  }

  /// The coefficients, a row each.
  public var coefficientTable: ResultTable {
    ResultTable(
      name: "coefficients", title: heading,
      columns: [ResultColumn("term", Phrase("Term", zh: "变量"), .phrase(coefficients.map(termLabel)))]
        + inferenceColumns(coefficients))
  }

  /// Direct, indirect and total effects, a row each.
  public var effectTable: ResultTable {
    let columns = effectKeys + inferenceColumns(effects.map(\.estimate))
    return ResultTable(
      name: "effects",
      title: Phrase("Direct, indirect (spillover) and total effects", zh: "直接效应、间接效应（空间溢出效应）与总效应"),
      columns: columns, keyColumns: 2,
      notes: [
        Phrase("Standard errors by the delta method from the full covariance.", zh: "标准误由完整协方差矩阵经Delta法得到。")
      ])
  }

  /// What simulated draws say of the effects, a row each; nil where there were none.
  public var simulationTable: ResultTable? {
    guard effects.contains(where: { $0.simulated != nil }) else { return nil }
    func simulated(_ value: (SpatialEffect.Simulated) -> Double) -> ResultValues {
      .number(effects.map { $0.simulated.map(value) ?? .nan })
    }
    return ResultTable(
      name: "effects_simulated",
      title: Phrase(
        "Effects by simulation: \(specification.draws) draws, seed \(specification.seed)",
        zh: "效应的模拟推断：抽样\(specification.draws)次，种子\(specification.seed)"),
      columns: effectKeys + [
        ResultColumn("mean", Phrase("Mean", zh: "均值"), simulated(\.mean)),
        ResultColumn("std_error", Phrase("Std. error", zh: "标准误"), simulated(\.standardError)),
        ResultColumn("conf_low", Phrase("95% low", zh: "95%下限"), simulated(\.low)),
        ResultColumn("conf_high", Phrase("95% high", zh: "95%上限"), simulated(\.high)),
      ], keyColumns: 2)
  }

  /// The columns that say which effect a row is about; a static model's horizon shows in JSON and CSV only.
  private var effectKeys: [ResultColumn] {
    [
      ResultColumn("term", Phrase("Term", zh: "变量"), .text(effects.map(\.estimate.term))),
      ResultColumn("kind", Phrase("Effect", zh: "效应"), .phrase(effects.map { $0.kind.label })),
      ResultColumn(
        "horizon", Phrase("Horizon", zh: "期限"), .text(effects.map { $0.horizon?.rawValue }), missing: .blank),
    ]
  }

  /// The effects by order of neighbours, where they were asked for.
  public var orderTable: ResultTable? {
    guard !effectsByOrder.isEmpty else { return nil }
    return ResultTable(
      name: "effects_by_order", title: Phrase("Effects by order of neighbours", zh: "按邻接阶数分解的效应"),
      columns: [
        ResultColumn("term", Phrase("Term", zh: "变量"), .text(effectsByOrder.map(\.term))),
        ResultColumn("order", Phrase("Order", zh: "阶数"), .integer(effectsByOrder.map(\.order))),
        ResultColumn("direct", Phrase("Direct", zh: "直接效应"), .number(effectsByOrder.map(\.direct))),
        ResultColumn("indirect", Phrase("Indirect", zh: "间接效应"), .number(effectsByOrder.map(\.indirect))),
        ResultColumn("total", Phrase("Total", zh: "总效应"), .number(effectsByOrder.map(\.total))),
      ], keyColumns: 2)
  }

  /// The tests in the order of the decision, with the path that they describe below them.
  public var testTable: ResultTable {
    ResultTable(
      name: "tests", title: Phrase("Which model: the tests", zh: "模型选择检验"),
      columns: [
        ResultColumn("name", Phrase("Name", zh: "代号"), .text(tests.map(\.name))),
        ResultColumn("hypothesis", Phrase("Test", zh: "检验"), .phrase(tests.map(\.title))),
        ResultColumn("statistic", Phrase("χ²", zh: "χ²"), .number(tests.map { $0.statistic ?? .nan })),
        ResultColumn("df", Phrase("df", zh: "自由度"), .integer(tests.map(\.degreesOfFreedom))),
        ResultColumn(
          "p_value", Phrase("p", zh: "p值"), .number(tests.map { $0.pValue ?? .nan }), display: .probability),
        ResultColumn(
          "reason", Phrase("Why not", zh: "未计算的原因"), .remark(tests.map(\.reason)), missing: .blank),
      ], notes: decision)
  }

  /// Likelihood, fit and bounds, a row each.
  public var fitTable: ResultTable {
    let rows = fitRows
    return ResultTable(
      name: "fit", title: Phrase("Fit", zh: "拟合"),
      columns: [
        ResultColumn("statistic", Phrase("Statistic", zh: "指标"), .phrase(rows.map(\.label))),
        ResultColumn(
          "value", Phrase("Value", zh: "数值"), .number(rows.map(\.value)), rowDisplays: rows.map(\.display)),
      ],
      notes: [
        Phrase("Weights fingerprint \(fit.weightsFingerprint).", zh: "空间权重矩阵指纹 \(fit.weightsFingerprint)。")
      ])
  }

  private var fitRows: [CoefficientLayout.Statistic] {
    var rows: [CoefficientLayout.Statistic] = [
      .init(Phrase("Observations", zh: "样本量"), count: sample.observations),
      .init(Phrase("Units", zh: "个体数"), count: sample.units),
      .init(Phrase("Periods", zh: "时期数"), count: sample.periods),
      .init(logLikelihoodLabel, fit.logLikelihood), .init(Phrase(verbatim: "AIC"), fit.aic),
      .init(Phrase(verbatim: "BIC"), fit.bic), .init(Phrase(verbatim: "R²"), fit.rSquared),
      .init(Phrase("Within R²", zh: "组内R²"), fit.rSquaredWithin),
      .init(Phrase("Squared correlation", zh: "相关系数平方"), fit.squaredCorrelation),
    ]
    if specification.model.hasLag || specification.model.hasError {
      let name = specification.model.hasLag ? "ρ" : "λ"
      rows.append(.init(Phrase("Lower bound of \(name)", zh: "\(name)下界"), fit.bounds.lowerBound))
      rows.append(.init(Phrase("Upper bound of \(name)", zh: "\(name)上界"), fit.bounds.upperBound))
    }
    if let variance = fit.unitVariance {
      rows.append(.init(Phrase("Variance of random effects", zh: "随机效应方差"), variance))
    }
    if let root = fit.largestRoot {
      rows.append(.init(Phrase("Largest root (stable below 1)", zh: "最大根（小于1为稳定）"), root))
    }
    return rows
  }

  /// Which likelihood it is.
  var logLikelihoodLabel: Phrase {
    switch fit.kind {
    case .direct: Phrase("Log-likelihood (direct)", zh: "对数似然值（直接法）")
    case .transformed: Phrase("Log-likelihood (transformed)", zh: "对数似然值（正交变换）")
    case .random: Phrase("Log-likelihood (random effects)", zh: "对数似然值（随机效应）")
    }
  }

  private func termLabel(_ estimate: SpatialEstimate) -> Phrase { Phrase(verbatim: estimate.term) }

  private func inferenceColumns(_ estimates: [SpatialEstimate]) -> [ResultColumn] {
    [
      ResultColumn(
        "estimate", Phrase("Estimate", zh: "系数"), .number(estimates.map(\.estimate)),
        significance: estimates.map { $0.term == "sigma2" || $0.term == "theta" ? .nan : $0.pValue }),
      ResultColumn("std_error", Phrase("Std. error", zh: "标准误"), .number(estimates.map(\.standardError))),
      ResultColumn("statistic", Phrase(verbatim: "z"), .number(estimates.map(\.statistic))),
      ResultColumn("p_value", Phrase("p", zh: "p值"), .number(estimates.map(\.pValue)), display: .probability),
      ResultColumn("conf_low", Phrase("95% low", zh: "95%下限"), .number(estimates.map(\.low))),
      ResultColumn("conf_high", Phrase("95% high", zh: "95%上限"), .number(estimates.map(\.high))),
    ]
  }
}

extension SpatialDurbinSpecification.Effects {
  /// What tables call them.
  var label: Phrase {
    switch self {
    case .unit: Phrase("fixed effects of units", zh: "个体固定效应")
    case .time: Phrase("fixed effects of periods", zh: "时间固定效应")
    case .twoways: Phrase("two-way fixed effects", zh: "时空双固定效应")
    case .none: Phrase("pooled", zh: "混合模型")
    case .random: Phrase("random effects of units", zh: "个体随机效应")
    }
  }
}

extension SpatialEffect.Kind {
  /// What tables call it.
  var label: Phrase {
    switch self {
    case .direct: Phrase("direct", zh: "直接效应")
    case .indirect: Phrase("indirect", zh: "间接效应")
    case .total: Phrase("total", zh: "总效应")
    }
  }
}
