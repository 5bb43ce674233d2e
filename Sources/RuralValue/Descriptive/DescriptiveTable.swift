extension DescriptiveResult {
  /// The answer of `describe`.
  ///
  /// People see correlations as a triangle; scripts get them as pairs, with p values and rows.
  public var document: ResultDocument {
    var parts: [ResultDocument.Part] = [.init(descriptivesTable, jsonKey: "descriptives")]
    if specification.correlation != nil {
      parts.append(.init(correlationsTable, jsonKey: nil))
      parts.append(.init(correlationPairsTable, shown: false, jsonKey: "correlations"))
    }
    if specification.includesVarianceInflation {
      parts.append(.init(varianceInflationTable, jsonKey: "vif"))
    }
    return ResultDocument(
      command: "describe", sample: sample, parts: parts,
      values: fit,
      notes: summaries.flatMap(\.notes))
  }

  private var fit: [JSONMember] {
    var members = [JSONMember("common_rows", .integer(commonRows))]
    if specification.includesVarianceInflation {
      members.append(JSONMember("mean_vif", .number(meanVarianceInflation)))
    }
    return [JSONMember("fit", .object(members))]
  }

  /// One row a variable.
  public var descriptivesTable: ResultTable {
    func number(_ name: String, _ heading: Phrase, _ statistic: (VariableSummary) -> Double) -> ResultColumn {
      ResultColumn(name, heading, .number(summaries.map(statistic)), display: .quantity)
    }
    return ResultTable(
      name: "descriptives", title: Phrase("Descriptive statistics", zh: "描述性统计"),
      columns: [
        .names(
          "variable", Phrase("variable", zh: "变量"), summaries.map { WordedName($0.name, .quantity) }),
        ResultColumn("n", Phrase("N", zh: "样本量"), .integer(summaries.map(\.count)), display: .quantity),
        ResultColumn(
          "missing", Phrase("missing", zh: "缺失"), .integer(summaries.map(\.missing)), display: .quantity),
        number("mean", Phrase("mean", zh: "均值"), \.mean),
        number("sd", Phrase("sd", zh: "标准差"), \.standardDeviation),
        number("min", Phrase("min", zh: "最小值"), \.minimum),
        number("q1", Phrase("q1", zh: "下四分位数"), \.lowerQuartile),
        number("median", Phrase("median", zh: "中位数"), \.median),
        number("q3", Phrase("q3", zh: "上四分位数"), \.upperQuartile),
        number("max", Phrase("max", zh: "最大值"), \.maximum),
        number("sd_between", Phrase("sd between", zh: "组间标准差"), \.between),
        number("sd_within", Phrase("sd within", zh: "组内标准差"), \.within),
        ResultColumn(
          "units", Phrase("units", zh: "个体数"), .integer(summaries.map(\.units)), display: .quantity),
      ],
      notes: [
        Phrase(
          "Quartiles are of type 7 (R, NumPy). Between: of the units' means; within: of x − unit mean + mean"
            + " (as Stata's xtsum).",
          zh: "四分位数采用第7类定义（R、NumPy默认）。组间：个体均值的标准差；组内：x－个体均值＋总均值的标准差（同Stata的xtsum）。")
      ])
  }

  /// The lower triangle of correlations, with p values for stars.
  public var correlationsTable: ResultTable {
    let names = summaries.filter(\.varies).map(\.name)
    let isWide = names.count > Self.mostNamedColumns
    var columns = [
      ResultColumn("variable", Phrase("variable", zh: "变量"), .text(names))
        .shown(
          as: !isWide
            ? names.map { Phrase(WordedName($0, .variable)) }
            : names.enumerated().map { Phrase(verbatim: "(\($0 + 1)) \($1.asVariable)") })
    ]
    for (j, name) in names.enumerated() {
      let cells = names.indices.map { i in i > j ? correlations[i * (i - 1) / 2 + j] : nil }
      let values = cells.enumerated().map { i, cell in cell?.coefficient ?? (i == j ? 1 : .nan) }
      columns.append(
        ResultColumn(
          name, Phrase(verbatim: isWide ? "(\(j + 1))" : name.asVariable), .number(values), missing: .blank,
          significance: cells.map { $0?.pValue ?? .nan }))
    }
    let isRanked = specification.correlation == .spearman
    return ResultTable(
      name: "correlations",
      title: isRanked
        ? Phrase("Spearman rank correlations", zh: "Spearman等级相关系数")
        : Phrase("Pearson correlations", zh: "Pearson相关系数"),
      columns: columns, notes: correlationNotes)
  }

  /// A table of more correlations has numbers for headings, which its rows repeat before the names.
  private static let mostNamedColumns = 5

  /// One row a pair of variables.
  public var correlationPairsTable: ResultTable {
    ResultTable(
      name: "correlation_pairs", title: Phrase("Correlations pair by pair", zh: "逐对相关系数"),
      columns: [
        .variables("first", Phrase("first", zh: "变量一"), correlations.map(\.first)),
        .variables("second", Phrase("second", zh: "变量二"), correlations.map(\.second)),
        ResultColumn(
          "correlation", Phrase("correlation", zh: "相关系数"), .number(correlations.map(\.coefficient)),
          significance: correlations.map(\.pValue)),
        ResultColumn(
          "p_value", Phrase("p", zh: "p值"), .number(correlations.map(\.pValue)), display: .probability),
        ResultColumn("n", Phrase("N", zh: "样本量"), .integer(correlations.map(\.count)), display: .quantity),
        ResultColumn("reason", Phrase("reason", zh: "原因"), .remark(correlations.map(\.reason))),
      ], notes: correlationNotes)
  }

  /// One row a variable; where a factor is infinite or missing, the reason.
  public var varianceInflationTable: ResultTable {
    let mean = meanVarianceInflation
    var notes = [
      Phrase(
        "Of the regression of each variable on the others, on \(commonRows) rows in which all are known.",
        zh: "各变量对其余变量回归，样本为全部变量均有值的\(commonRows)个观测。"), outcomeNote,
    ]
    if mean == .infinity {
      notes.append(
        Phrase("The mean VIF is infinite: some variables are collinear.", zh: "存在完全共线性，平均VIF为无穷大。"))
    } else if !mean.isNaN {
      let rounded = FixedDecimals.text(mean, decimals: 3)
      notes.append(Phrase("Mean VIF: \(rounded).", zh: "平均VIF：\(rounded)。"))
    }
    let rows = varianceInflation
    return ResultTable(
      name: "vif", title: Phrase("Variance inflation factors", zh: "方差膨胀因子（VIF）"),
      columns: [
        .variables("variable", Phrase("variable", zh: "变量"), rows.map(\.name)),
        ResultColumn("vif", Phrase("VIF", zh: "VIF"), .number(rows.map(\.factor))),
        ResultColumn("tolerance", Phrase("1/VIF", zh: "1/VIF"), .number(rows.map { 1 / $0.factor })),
        ResultColumn("r2", Phrase("R²", zh: "R²"), .number(rows.map(\.rSquared))),
        ResultColumn(
          "reason", Phrase("remark", zh: "备注"), .phrase(rows.map { $0.reason ?? Phrase(verbatim: "") })),
      ], notes: notes)
  }

  /// Which variables are no regressors, or how to say so.
  private var outcomeNote: Phrase {
    let outcomes = specification.outcomes
    guard !outcomes.isEmpty else {
      return Phrase(
        "All variables are taken for regressors; \(Setting("outcome")) names those that a model explains.",
        zh: "全部变量均视为解释变量；被解释变量可用\(Setting("outcome"))指明。")
    }
    return Phrase(
      "Of regressors alone: without \(listed(outcomes)), which a model explains.",
      zh: "仅含解释变量，不含被解释变量\(listed(outcomes, in: .chinese))。")
  }

  private var correlationNotes: [Phrase] {
    var notes: [Phrase] = []
    switch specification.missing {
    case .listwise:
      notes.append(
        Phrase(
          "On the \(commonRows) rows in which all variables are known.",
          zh: "样本为全部变量均有值的\(commonRows)个观测。"))
    case .pairwise:
      notes.append(
        Phrase(
          "Each on the rows in which both variables are known: \(countRange).",
          zh: "各相关系数基于两变量均有值的观测：\(countRange)。"))
    }
    for pair in correlations {
      guard let reason = pair.reason else { continue }
      notes.append(
        Phrase(
          "\(pair.first), \(pair.second): \(reason.english).",
          zh: "\(pair.first)、\(pair.second)：\(reason.chinese)。"))
    }
    return notes
  }

  private var countRange: String {
    guard let least = correlations.map(\.count).min(), let most = correlations.map(\.count).max() else {
      return "0"
    }
    return least == most ? "\(least)" : "\(least)–\(most)"
  }
}
