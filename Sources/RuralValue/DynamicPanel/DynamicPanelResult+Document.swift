extension DynamicPanelResult {
  /// The document of the result: its tables in the order in which they are read, and what belongs to JSON.
  public func document(
    combinations: [CoefficientEstimate] = [], sweep: LagSweep? = nil
  ) -> ResultDocument {
    var parts: [ResultDocument.Part] = [.init(coefficientTable, jsonKey: "coefficients")]
    if !combinations.isEmpty {
      parts.append(.init(combinationTable(combinations), jsonKey: "linear_combinations"))
    }
    if !marginalEffects.isEmpty { parts.append(.init(marginalEffectTable, jsonKey: "marginal_effects")) }
    parts += [
      .init(shownTestTable, written: false, jsonKey: nil), .init(testTable, shown: false, jsonKey: "tests"),
      .init(fitTable, jsonKey: nil), .init(instrumentTable, jsonKey: "instruments"),
    ]
    if let inflationTable { parts.append(.init(inflationTable, jsonKey: "vif")) }
    if let sweep { parts.append(.init(sweep.table, jsonKey: "lag_sweep")) }
    parts.append(.init(journalTable(combinations), shown: false, jsonKey: nil))
    return ResultDocument(
      command: "gmm",
      sample: .init(
        observations: counts.observations, units: counts.units, periods: counts.periods,
        droppedRows: counts.incompleteRows),
      parts: parts, values: [JSONMember("fit", .object(fit))], notes: notes)
  }

  /// What JSON holds under `fit`.
  public var fit: [JSONMember] {
    [
      JSONMember("instruments", .integer(ledger.count)),
      JSONMember("observations_level", counts.level.map(JSONValue.integer) ?? .null),
      JSONMember("observations_transformed", .integer(counts.transformed)),
      JSONMember("ols_bound", JSONValue(bounds?.pooled)),
      JSONMember("within_bound", JSONValue(bounds?.within)),
      JSONMember("bounds_verdict", JSONValue(boundsVerdict)),
      JSONMember("sigma2", .number(errorVariance)),
      JSONMember("weight_rank", .integer(weightRank)),
      JSONMember("clusters", counts.clusters.map(JSONValue.integer) ?? .null),
      JSONMember("steps", .integer(stepCount)),
      JSONMember("df_residual", reference.degreesOfFreedom.map(JSONValue.integer) ?? .null),
      JSONMember("mmsc_aic", JSONValue(criteria?.aic)),
      JSONMember("mmsc_bic", JSONValue(criteria?.bic)),
      JSONMember("mmsc_hqic", JSONValue(criteria?.hqic)),
    ]
  }

  /// The numbers about the estimate as people read them.
  public var fitTable: ResultTable {
    let whole = NumberDisplay.fixedDecimals(0)
    var rows: [(name: String, label: Phrase, value: Double, display: NumberDisplay)] = []
    func add(_ name: String, _ label: Phrase, _ value: Double?, _ display: NumberDisplay = .decimals) {
      if let value { rows.append((name, label, value, display)) }
    }
    add(
      "observations_level", Phrase("Observations, level equation", zh: "观测值（水平方程）"),
      counts.level.map(Double.init),
      whole)
    add(
      "observations_transformed", Phrase("Observations, transformed equation", zh: "观测值（差分方程）"),
      Double(counts.transformed), whole)
    add("units", Phrase("Units", zh: "个体数"), Double(counts.units), whole)
    add("clusters", Phrase("Clusters", zh: "聚类数"), counts.clusters.map(Double.init), whole)
    add("instruments", Phrase("Instruments", zh: "工具变量数"), Double(ledger.count), whole)
    add("within_bound", Phrase("Lagged outcome, within (low)", zh: "滞后项：组内估计（下界）"), bounds?.within)
    add("ols_bound", Phrase("Lagged outcome, pooled OLS (high)", zh: "滞后项：混合OLS（上界）"), bounds?.pooled)
    add("mmsc_aic", Phrase("MMSC-AIC", zh: "MMSC-AIC"), criteria?.aic)
    add("mmsc_bic", Phrase("MMSC-BIC", zh: "MMSC-BIC"), criteria?.bic)
    add("mmsc_hqic", Phrase("MMSC-HQIC", zh: "MMSC-HQIC"), criteria?.hqic)
    return ResultTable(
      name: "fit", title: Phrase("Sample and fit", zh: "样本与拟合"),
      columns: [
        ResultColumn("name", Phrase("Name", zh: "名称"), .text(rows.map(\.name))),
        ResultColumn("label", Phrase("Meaning", zh: "含义"), .phrase(rows.map(\.label))),
        ResultColumn(
          "value", Phrase("Value", zh: "数值"), .number(rows.map(\.value)), rowDisplays: rows.map(\.display)),
      ])
  }

  /// The table as journals print it: estimates with stars, standard errors beneath, tests below a rule.
  public func journalTable(_ combinations: [CoefficientEstimate]) -> ResultTable {
    let shown = coefficients.filter { $0.kind != .time } + combinations
    func p(_ name: String) -> Double { test(name)?.pValue ?? .nan }
    let statistics: [CoefficientLayout.Statistic] = [
      .init(Phrase("Time dummies", zh: "时间虚拟变量"), isPresent: coefficients.contains { $0.kind == .time }),
      .init(Phrase("Observations", zh: "样本量"), count: counts.observations),
      .init(Phrase("Units", zh: "个体数"), count: counts.units),
      .init(Phrase("Instruments", zh: "工具变量数"), count: ledger.count),
      .init(Phrase("AR(1) p", zh: "AR(1)检验p值"), p("ar1"), display: .probability),
      .init(Phrase("AR(2) p", zh: "AR(2)检验p值"), p("ar2"), display: .probability),
      .init(Phrase("Sargan p", zh: "Sargan检验p值"), p("sargan"), display: .probability),
      .init(Phrase("Hansen J p", zh: "Hansen J检验p值"), p("hansen"), display: .probability),
    ]
    let layout = CoefficientLayout(
      [
        .init(
          name: "estimate", heading: Phrase(verbatim: outcomeName),
          estimates: shown.map {
            .init(
              term: $0.name, estimate: $0.estimate, standardError: $0.standardError, pValue: $0.pValue)
          }, statistics: statistics)
      ],
      labels: Dictionary(
        shown.filter { $0.kind == .sum || $0.kind == .product }.map {
          ($0.name, Phrase("\($0.name) (\($0.kind.label.english))", zh: "\($0.name)（\($0.kind.label.chinese)）"))
        }, uniquingKeysWith: { first, _ in first }))
    return layout.table(
      name: "gmm_table", title: Phrase(method.english, zh: method.chinese),
      notes: [Phrase("\(errors.english) in parentheses.", zh: "括号内为\(errors.chinese)。")])
  }
}
