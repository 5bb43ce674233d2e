internal import RuralValueNumerics

extension DynamicPanelResult {
  /// Difference GMM beside a system whose instruments were assumed; nil without.
  public var differenceTable: ResultTable? {
    guard let difference else { return nil }
    let intervals = difference.estimates.map { $0.interval(confidenceLevel) }
    return ResultTable(
      name: "difference_gmm",
      title: Phrase("Difference GMM with the same instruments", zh: "同一组工具变量的差分GMM"),
      columns: [
        .names(
          "term", Phrase("Term", zh: "变量"), difference.estimates.map { WordedName($0.parameter) }),
        ResultColumn(
          "system", Phrase("System", zh: "系统GMM"), .number(difference.system.map(\.value)),
          display: .inference(.estimate),
          significance: difference.system.map(\.significance)),
        ResultColumn(
          "estimate", Phrase("Difference", zh: "差分GMM"), .number(difference.estimates.map(\.value)),
          display: .inference(.estimate),
          significance: difference.estimates.map(\.significance)),
        ResultColumn(
          "std_error", Phrase("Std. error", zh: "标准误"), .number(difference.estimates.map(\.standardError)),
          display: .inference(.error)),
        .low(confidenceLevel, intervals.map(\.low)), .high(confidenceLevel, intervals.map(\.high)),
        ResultColumn(
          "distance", Phrase("Distance in std. errors", zh: "差距（标准误倍数）"), .number(difference.distances)),
      ],
      notes: [
        difference.failure.map {
          Phrase("Difference GMM could not be estimated: \($0)", zh: "差分GMM无法估计：\($0)")
        }
          ?? Phrase(
            "It does without the level equation. Far apart (beyond 2), the two cannot both be right; no test of the system"
              + " alone shows a first period off the steady path.",
            zh: "差分GMM不使用水平方程。差距超过2时两者不能同时成立；仅凭系统GMM自身的检验看不出首期偏离稳态。")
      ]
    ).adding(cautions: cautions)
  }

  /// Linear combinations, one row each.
  public var combinationTable: ResultTable {
    ResultTable(
      name: "linear_combinations",
      title: Phrase("Linear combinations of coefficients", zh: "系数的线性组合"),
      columns: estimateColumns(combinations),
      notes: combinations.contains { $0.parameter.role == .sum }
        ? [
          Phrase(
            "A sum such as P+C adds two main effects; it is no interaction. A product such as P:C is the"
              + " coefficient of P times C.",
            zh: "P+C为两个主效应系数之和，并非交互项；P:C为P与C乘积的系数。")
        ] : []
    ).adding(cautions: cautions)
  }

  /// Marginal effects of interactions, one row a variable, moderator and quantile.
  public var marginalEffectTable: ResultTable {
    let names = marginalEffects.flatMap { $0.values.map(\.name) }.firstAppearances
    let values = names.map { name in
      ResultColumn(
        name, Phrase(WordedName(name, .term)),
        .number(marginalEffects.map { $0.values.first { $0.name == name }?.value ?? .nan }), missing: .blank,
        group: .init(key: "at", member: name))
    }
    return ResultTable(
      name: "marginal_effects",
      title: specification.moderatorValues.isEmpty
        ? Phrase("Marginal effects where moderators stand at their quantiles", zh: "调节变量取各分位数时的边际效应")
        : Phrase("Marginal effects where moderators stand at chosen values", zh: "调节变量取给定值时的边际效应"),
      columns: [
        .terms("variable", Phrase("Effect of", zh: "变量"), marginalEffects.map(\.variable)),
        ResultColumn(
          "moderator", Phrase("Moderator", zh: "调节变量"),
          .phrase(marginalEffects.map(\.moderatorLabel))),
        ResultColumn(
          "quantile", Phrase("Quantile", zh: "分位数"), .number(marginalEffects.map(\.quantile)),
          display: .fixedDecimals(2)),
      ] + values + inferenceColumns(marginalEffects.map(\.effect)) + longRunColumns,
      keyColumns: 3,
      notes: [
        !specification.moderatorValues.isEmpty
          ? Phrase(
            "∂y/∂x of the model; standard errors by the delta method. Moderators of which no place was given stand at their"
              + " medians; all are shown in the data's units.",
            zh: "∂y/∂x及其Delta法标准误。未指定取值的调节变量取中位数；均以原始单位列示。")
          : Phrase(
            "∂y/∂x of the model; standard errors by the delta method. Where one moderator varies, the others stand at"
              + " their medians; \"all\" puts every moderator at the quantile. Moderators are shown in the data's units.",
            zh: "∂y/∂x及其Delta法标准误。某一调节变量变动时，其余取中位数；“全部”表示所有调节变量同取该分位数。调节变量以原始单位列示。")
      ]
        + (marginalEffects.allSatisfy(\.levels.isEmpty)
          ? []
          : [
            Phrase(
              "The levels of factor(…) have no quantiles: each has rows of its own, those of the base among them.",
              zh: "factor(…)的各组别不取分位数，每组（含基准组）各自列示。")
          ])
    ).adding(cautions: cautions)
  }

  /// What marginal effects add up to over time, where the outcome has lags and values were chosen or the long run was asked
  /// for.
  private var longRunColumns: [ResultColumn] {
    guard specification.reportsLongRun || !specification.moderatorValues.isEmpty,
      let denominator = longRunDenominator
    else { return [] }
    let matrix = Matrix(rows: covariance)
    let lags = Set(estimates.filter { lagWeight($0.parameter) != 0 }.map(\.name))
    let effects = marginalEffects.map { margin in
      lags.contains(margin.variable)
        ? nil : longRun(margin.variable, margin.effect.value, margin.weights, denominator, matrix)
    }
    let isNear = effects.contains { $0?.fieller != nil }
    let estimates = effects.map { $0?.estimate }
    return [
      ResultColumn(
        "long_run", Phrase("Long run", zh: "长期效应"), .number(estimates.map { $0?.value ?? .nan }),
        display: .inference(.estimate), missing: .blank,
        significance: estimates.map { $0?.significance ?? .nan }),
      ResultColumn(
        "long_run_std_error", Phrase("Its std. error", zh: "长期标准误"),
        .number(estimates.map { $0?.standardError ?? .nan }), display: .inference(.error), missing: .blank),
      ResultColumn(
        "long_run_p_value", Phrase("Its p", zh: "长期p值"), .number(estimates.map { $0?.pValue ?? .nan }),
        display: .probability, missing: .blank),
    ]
      + (isNear
        ? [
          ResultColumn(
            "fieller", Phrase("Fieller", zh: "Fieller集"),
            .phrase(effects.map { $0?.fieller?.words ?? Phrase(verbatim: "") }))
        ] : [])
  }

  /// Where the instruments come from, one row a variable and equation.
  public var instrumentTable: ResultTable {
    let entries = ledger.entries
    return ResultTable(
      name: "instruments",
      title: Phrase(
        "\(ledger.count) instruments and where they come from; \(ledger.units) \(unitWord.english)",
        zh: "\(ledger.count)个工具变量及其来源；\(ledger.units)个\(unitWord.chinese)"),
      columns: [
        ResultColumn("set", Phrase("Set", zh: "组"), .text(entries.map { $0.set ?? "constant" })),
        ResultColumn("variable", Phrase("Variable", zh: "变量"), .phrase(entries.map(\.label))),
        ResultColumn("equation", Phrase("Equation", zh: "方程"), .phrase(entries.map { $0.equation.label })),
        ResultColumn(
          "first_lag", Phrase("First lag", zh: "起始滞后"), .integer(entries.map { $0.lags?.lowerBound }),
          missing: .blank),
        ResultColumn(
          "last_lag", Phrase("Last lag", zh: "终止滞后"), .integer(entries.map { $0.lags?.upperBound }),
          missing: .blank),
        ResultColumn("columns", Phrase("Columns", zh: "列数"), .integer(entries.map(\.columns))),
        ResultColumn("independent", Phrase("Independent", zh: "线性无关"), .integer(entries.map(\.independent))),
      ], keyColumns: 3)
  }

  /// Variance inflation before and after centring; nil without centring.
  public var inflationTable: ResultTable? {
    guard let inflation else { return nil }
    return ResultTable(
      name: "vif",
      title: Phrase("Variance inflation before and after centring", zh: "中心化前后的方差膨胀因子（VIF）"),
      columns: [
        .terms("term", Phrase("Term", zh: "变量"), inflation.rows.map(\.name)),
        ResultColumn("before", Phrase("Before", zh: "中心化前"), .number(inflation.rows.map(\.before))),
        ResultColumn("after", Phrase("After", zh: "中心化后"), .number(inflation.rows.map(\.after))),
      ],
      notes: [
        Phrase(
          "Centred: \(inflation.centred.joined(separator: ", ")).",
          zh: "中心化的变量：\(inflation.centred.joined(separator: "、"))。")
      ])
  }
}

extension InstrumentEquation {
  /// What tables call it.
  var label: Phrase {
    switch self {
    case .both: Phrase("both", zh: "两方程")
    case .transformed: Phrase("transformed", zh: "差分（变换）方程")
    case .level: Phrase("level", zh: "水平方程")
    }
  }
}

extension DynamicPanelResult {
  /// The estimate with nonlinear moments, a row a coefficient; nil where it was not asked for.
  public var nonlinearTable: ResultTable? {
    guard let nonlinear else { return nil }
    let notes =
      nonlinear.failure.map {
        [Phrase("It could not be estimated: \($0)", zh: "无法估计：\($0)")]
      } ?? nonlinearNotes(nonlinear)
    return ResultTable(
      name: "nonlinear_gmm",
      title: Phrase(
        "Difference GMM with Ahn and Schmidt's nonlinear moments, two steps",
        zh: "加入Ahn–Schmidt非线性矩条件的差分GMM（两步）"),
      columns: estimateColumns(nonlinear.twoStep) + [
        ResultColumn(
          "one_step", Phrase("One step", zh: "一步"), .number(nonlinear.oneStep.map(\.value)),
          display: .inference(.estimate),
          significance: nonlinear.oneStep.map(\.significance)),
        ResultColumn(
          "one_step_std_error", Phrase("Its std. error", zh: "一步标准误"),
          .number(nonlinear.oneStep.map(\.standardError)), display: .inference(.error)),
      ], notes: notes
    ).adding(cautions: cautions)
  }

  private func nonlinearNotes(_ nonlinear: NonlinearEstimate) -> [Phrase] {
    let moments = "\(nonlinear.count) nonlinear moment\(nonlinear.count == 1 ? "" : "s")"
    var notes = [
      Phrase(
        "\(moments), E[u_t (u_t−1 − u_t−2)] = 0: they hold where errors are not serially correlated, and need no steady"
          + " first period. They stand in the place of the level equation.",
        zh: "\(nonlinear.count)个非线性矩条件E[u_t(u_t−1 − u_t−2)]＝0：误差无序列相关即成立，不要求首期处于稳态，可替代水平方程。"),
      Phrase(
        "No second program confirms the two-step coefficients and the errors of nonlinear moments; the one-step coefficients"
          + " are confirmed.", zh: "一步系数已由其他程序核对；两步系数与标准误尚无第二个程序可供核对。"),
    ]
    if let hansen = nonlinear.hansen, let j = hansen.statistic, let p = hansen.pValue {
      let shown = FixedDecimals.text(j, decimals: 3)
      let (clause, df) = (ProbabilityText.clause(p), hansen.degreesOfFreedom ?? 0)
      notes.insert(
        Phrase(
          "Hansen's J of all moments is \(shown) with \(df) degrees of freedom (\(clause)).",
          zh: "全部矩条件的Hansen J＝\(shown)，自由度\(df)（\(clause)）。"), at: 1)
    }
    if nonlinear.startsThere < nonlinear.starts {
      notes.append(
        Phrase(
          "The criterion has more than one minimum: \(nonlinear.startsThere) of \(nonlinear.starts) starts ended in the lowest.",
          zh: "目标函数存在多个局部极小值：\(nonlinear.starts)个起点中有\(nonlinear.startsThere)个到达最小者。"))
    }
    return notes
  }
}
