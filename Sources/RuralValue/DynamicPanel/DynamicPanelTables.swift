extension DynamicPanelResult {
  /// The coefficients, one row each.
  public var coefficientTable: ResultTable {
    ResultTable(
      name: "coefficients",
      title: Phrase(
        "\(method.english) of \(outcomeName); \(errors.english)",
        zh: "\(outcomeName)的\(method.chinese)估计；\(errors.chinese)"),
      columns: DynamicPanelResult.columns(of: coefficients, reference: reference))
  }

  /// Linear combinations, one row each.
  public func combinationTable(_ combinations: [CoefficientEstimate]) -> ResultTable {
    ResultTable(
      name: "linear_combinations",
      title: Phrase("Linear combinations of coefficients", zh: "系数的线性组合"),
      columns: DynamicPanelResult.columns(of: combinations, reference: reference),
      notes: combinations.contains { $0.kind == .sum }
        ? [
          Phrase(
            "A sum such as P+C adds two main effects; it is no interaction. A product such as P:C is the"
              + " coefficient of P times C.",
            zh: "P+C为两个主效应系数之和，并非交互项；P:C为P与C乘积的系数。")
        ] : [])
  }

  /// Marginal effects of interactions, one row a variable, moderator and quantile.
  public var marginalEffectTable: ResultTable {
    let effects = marginalEffects.map(\.effect)
    let names = marginalEffects.flatMap { $0.values.map(\.name) }.firstAppearances
    let values = names.map { name in
      ResultColumn(
        name, Phrase(verbatim: name),
        .number(marginalEffects.map { $0.values.first { $0.name == name }?.value ?? .nan }), missing: .blank,
        group: .init(key: "at", member: name))
    }
    return ResultTable(
      name: "marginal_effects",
      title: Phrase("Marginal effects where moderators stand at their quantiles", zh: "调节变量取各分位数时的边际效应"),
      columns: [
        ResultColumn("variable", Phrase("Effect of", zh: "变量"), .text(marginalEffects.map(\.variable))),
        ResultColumn(
          "moderator", Phrase("Moderator", zh: "调节变量"),
          .phrase(marginalEffects.map { $0.moderator.map { Phrase(verbatim: $0) } ?? Phrase("all", zh: "全部") })),
        ResultColumn(
          "quantile", Phrase("Quantile", zh: "分位数"), .number(marginalEffects.map(\.quantile)),
          display: .fixedDecimals(2)),
      ] + values + DynamicPanelResult.inferenceColumns(of: effects, reference: reference),
      keyColumns: 3,
      notes: [
        Phrase(
          "∂y/∂x of the model; standard errors by the delta method. Where one moderator varies, the others stand at"
            + " their medians; \"all\" puts every moderator at the quantile. Moderators are shown in the data's units.",
          zh: "∂y/∂x及其Delta法标准误。某一调节变量变动时，其余取中位数；“全部”表示所有调节变量同取该分位数。调节变量以原始单位列示。")
      ])
  }

  /// The tests with all that scripts may want: reasons, and what stays without a set.
  public var testTable: ResultTable { testTable(isFull: true) }

  /// The tests as people read them: reasons stand below the table.
  public var shownTestTable: ResultTable { testTable(isFull: false) }

  private func testTable(isFull: Bool) -> ResultTable {
    let reasons = tests.compactMap { test in
      test.reason.map { Phrase("\(test.name): \($0.english)", zh: "\(test.name)：\($0.chinese)") }
    }
    let isExcluding = tests.contains { $0.excluding != nil }
    return ResultTable(
      name: "tests", title: Phrase("Tests", zh: "检验"),
      columns: [
        ResultColumn("name", Phrase("Test", zh: "检验"), .text(tests.map(\.name))),
        ResultColumn("label", Phrase("Hypothesis", zh: "原假设"), .phrase(tests.map(hypothesis))),
        ResultColumn(
          "statistic", Phrase("Statistic", zh: "统计量"), .number(tests.map { $0.statistic ?? .nan })),
        ResultColumn("df", Phrase("df", zh: "自由度"), .integer(tests.map(\.degreesOfFreedom)), missing: .blank),
        ResultColumn(
          "p_value", Phrase("p", zh: "p值"), .number(tests.map { $0.pValue ?? .nan }), display: .probability),
      ]
        + (isFull
          ? [ResultColumn("reason", Phrase("Why not", zh: "无法计算的原因"), .remark(tests.map(\.reason)))] : [])
        + (isFull || isExcluding ? excludingColumns : []),
      notes: (isExcluding
        ? [
          Phrase(
            "diff_hansen: C statistic of a set; \"without\" is Hansen's J of the instruments that stay.",
            zh: "diff_hansen为差分Hansen检验；“剔除后”为其余工具变量的Hansen J。")
        ] : []) + (isFull ? [] : reasons))
  }

  private var excludingColumns: [ResultColumn] {
    [
      ResultColumn(
        "statistic_excluding", Phrase("J without", zh: "剔除后J"),
        .number(tests.map { $0.excluding?.statistic ?? .nan }), missing: .blank),
      ResultColumn(
        "df_excluding", Phrase("df without", zh: "剔除后自由度"),
        .integer(tests.map { $0.excluding?.degreesOfFreedom }), missing: .blank),
      ResultColumn(
        "p_value_excluding", Phrase("p without", zh: "剔除后p值"),
        .number(tests.map { $0.excluding?.pValue ?? .nan }), display: .probability, missing: .blank),
    ]
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
        ResultColumn("term", Phrase("Term", zh: "变量"), .text(inflation.rows.map(\.name))),
        ResultColumn("before", Phrase("Before", zh: "中心化前"), .number(inflation.rows.map(\.before))),
        ResultColumn("after", Phrase("After", zh: "中心化后"), .number(inflation.rows.map(\.after))),
      ],
      notes: [
        Phrase(
          "Centred: \(inflation.centred.joined(separator: ", ")).",
          zh: "中心化的变量：\(inflation.centred.joined(separator: "、"))。")
      ])
  }

  static func columns(of estimates: [CoefficientEstimate], reference: ReferenceDistribution) -> [ResultColumn]
  {
    [
      ResultColumn("term", Phrase("Term", zh: "变量"), .text(estimates.map(\.name))),
      ResultColumn("kind", Phrase("Kind", zh: "类型"), .phrase(estimates.map { $0.kind.label })),
    ] + inferenceColumns(of: estimates, reference: reference)
  }

  static func inferenceColumns(
    of estimates: [CoefficientEstimate], reference: ReferenceDistribution
  ) -> [ResultColumn] {
    let percent = Int((reference.confidenceLevel * 100).rounded())
    let letter = reference.degreesOfFreedom == nil ? "z" : "t"
    return [
      ResultColumn(
        "estimate", Phrase("Estimate", zh: "系数"), .number(estimates.map(\.estimate)),
        significance: estimates.map(\.pValue)),
      ResultColumn("std_error", Phrase("Std. error", zh: "标准误"), .number(estimates.map(\.standardError))),
      ResultColumn("statistic", Phrase(verbatim: letter), .number(estimates.map(\.statistic))),
      ResultColumn(
        "p_value", Phrase("p", zh: "p值"), .number(estimates.map(\.pValue)), display: .probability),
      ResultColumn("conf_low", Phrase("\(percent)% low", zh: "\(percent)%下限"), .number(estimates.map(\.low))),
      ResultColumn(
        "conf_high", Phrase("\(percent)% high", zh: "\(percent)%上限"), .number(estimates.map(\.high))),
    ]
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
