extension EntropyResult {
  /// Weights, entropies and divergences, a row an indicator, as a page has room for: with the range of the
  /// periods' weights instead of every one.
  public var weightSummaryTable: ResultTable {
    func weights(_ heading: Phrase, _ name: String, _ value: (IndicatorResult) -> Double) -> ResultColumn {
      ResultColumn(name, heading, .number(indicators.map(value)), display: .fixedDecimals(4))
    }
    return ResultTable(
      name: "weight_summary", title: Phrase("Indicator weights by the entropy method", zh: "熵值法指标权重"),
      columns: [
        .variables("index", Phrase("Index", zh: "指数"), indicators.map(\.indicator.index)),
        ResultColumn("column", Phrase("Column", zh: "列名"), .text(indicators.map(\.indicator.column))),
        ResultColumn(
          "dimension", Phrase("Dimension", zh: "维度"), .text(indicators.map(\.indicator.dimension))),
        ResultColumn("indicator", Phrase("Indicator", zh: "指标"), .phrase(indicators.map(\.indicator.name))),
        ResultColumn(
          "direction", Phrase("+/-", zh: "属性"), .text(indicators.map(\.indicator.direction.rawValue))),
        weights(Phrase("Entropy e", zh: "信息熵值 e"), "entropy", \.entropy),
        weights(Phrase("Divergence d", zh: "信息效用值 d"), "divergence", \.divergence),
        weights(Phrase("Weight w", zh: "权重 w"), "weight", \.weight),
        weights(Phrase("Lowest", zh: "各期最低"), "lowest") { $0.weightByPeriod.min()! },
        weights(Phrase("Highest", zh: "各期最高"), "highest") { $0.weightByPeriod.max()! },
      ], keyColumns: 2, notes: [methodNote]
    ).adding(cautions: cautions)
  }

  /// The weights of the dimensions of those indices that have several, as a page has room for.
  public var dimensionSummaryTable: ResultTable? {
    let several = scores.filter { score in
      score.dimension != nil && specification.system.dimensions(ofIndex: score.index).count > 1
    }
    guard !several.isEmpty else { return nil }
    return ResultTable(
      name: "dimension_summary", title: Phrase("Weights of the dimensions", zh: "各维度权重"),
      columns: [
        .variables("index", Phrase("Index", zh: "指数"), several.map(\.index)),
        ResultColumn("dimension", Phrase("Dimension", zh: "维度"), .text(several.map(\.dimension))),
        ResultColumn(
          "weight", Phrase("Weight w", zh: "权重 w"), .number(several.map(\.weight)), display: .fixedDecimals(4)
        ),
      ])
  }

  /// Weights, entropies and divergences, a row an indicator, with every period's weight.
  public var weightTable: ResultTable {
    ResultTable(
      name: "weights", title: Phrase("Indicator weights by the entropy method", zh: "熵值法指标权重"),
      columns: indicatorColumns(indicators) + [
        ResultColumn(
          "entropy", Phrase("Entropy e", zh: "信息熵值 e"), .number(indicators.map(\.entropy)),
          display: .fixedDecimals(4)),
        ResultColumn(
          "divergence", Phrase("Divergence d", zh: "信息效用值 d"), .number(indicators.map(\.divergence)),
          display: .fixedDecimals(4)),
        ResultColumn(
          "weight", Phrase("Weight w", zh: "权重 w"), .number(indicators.map(\.weight)),
          display: .fixedDecimals(4)),
      ]
        + labelledPeriods.enumerated().map { position, period in
          ResultColumn(
            "weight_\(period)", Phrase(verbatim: "\(period)"),
            .number(indicators.map { $0.weightByPeriod[position] }), display: .fixedDecimals(4),
            group: .init(key: "weight_by_time", member: "\(period)"))
        },
      notes: [methodNote]
    ).adding(cautions: cautions)
  }

  /// Entropy, divergence and weight of every indicator in every period, a row each.
  public var weightByTimeTable: ResultTable {
    let rows = indicators.flatMap { result in periods.indices.map { (result, $0) } }
    return ResultTable(
      name: "weights_by_time",
      title: Phrase("Entropy, divergence and weight by period", zh: "各期信息熵值、信息效用值与权重"),
      columns: indicatorColumns(rows.map(\.0)) + [
        ResultColumn(
          "time", Phrase("Period", zh: "时期"), .integer(rows.map { hasPeriods ? periods[$0.1] : nil })),
        ResultColumn(
          "entropy", Phrase("Entropy e", zh: "信息熵值 e"), .number(rows.map { $0.0.entropyByPeriod[$0.1] }),
          display: .fixedDecimals(4)),
        ResultColumn(
          "divergence", Phrase("Divergence d", zh: "信息效用值 d"),
          .number(rows.map { $0.0.divergenceByPeriod[$0.1] }), display: .fixedDecimals(4)),
        ResultColumn(
          "weight", Phrase("Weight w", zh: "权重 w"), .number(rows.map { $0.0.weightByPeriod[$0.1] }),
          display: .fixedDecimals(4)),
      ], notes: [methodNote])
  }

  /// The weight of every dimension: the sum of its indicators' weights.
  public var dimensionTable: ResultTable {
    let dimensions = scores.filter { $0.dimension != nil }
    func members(_ score: Score) -> [IndicatorResult] {
      indicators.filter { $0.indicator.index == score.index && $0.indicator.dimension == score.dimension }
    }
    return ResultTable(
      name: "dimensions", title: Phrase("Weights of the dimensions", zh: "各维度权重"),
      columns: [
        .variables("index", Phrase("Index", zh: "指数"), dimensions.map(\.index)),
        ResultColumn("dimension", Phrase("Dimension", zh: "维度"), .text(dimensions.map(\.dimension))),
        ResultColumn(
          "indicators", Phrase("Indicators", zh: "指标数"), .integer(dimensions.map { members($0).count })),
        ResultColumn(
          "weight", Phrase("Weight w", zh: "权重 w"), .number(dimensions.map(\.weight)),
          display: .fixedDecimals(4)),
      ]
        + labelledPeriods.enumerated().map { position, period in
          ResultColumn(
            "weight_\(period)", Phrase(verbatim: "\(period)"),
            .number(dimensions.map { members($0).reduce(0) { $0 + $1.weightByPeriod[position] } }),
            display: .fixedDecimals(4), group: .init(key: "weight_by_time", member: "\(period)"))
        })
  }

  /// The scores as the next command reads them: unit, time, one column an index, then one a dimension; last,
  /// where the data are simulated, the column that says so.
  public func scoreTable(isSimulated: Bool = false) -> ResultTable {
    let mark = ResultColumn(
      Table.simulatedColumn, Phrase("Simulated", zh: "模拟数据"), .text(unitOfRow.map { _ in "yes" }))
    return ResultTable(
      name: "scores", title: Phrase("Composite scores", zh: "综合得分"),
      columns: [ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(unitOfRow))]
        + (hasPeriods ? [ResultColumn("time", Phrase("Period", zh: "时期"), .integer(periodOfRow))] : [])
        + scores.map { score in
          ResultColumn(
            score.columnName, Phrase(WordedName(score.columnName, .variable)), .number(score.values),
            display: .fixedDecimals(4))
        } + (isSimulated ? [mark] : []))
  }

  /// The scores with a row for each unit, period, index and dimension.
  public var longScoreTable: ResultTable {
    ResultTable(
      name: "scores_long", title: Phrase("Composite scores", zh: "综合得分"),
      columns: [
        ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(scores.flatMap { _ in unitOfRow })),
        ResultColumn(
          "time", Phrase("Period", zh: "时期"),
          .integer(scores.flatMap { _ in periodOfRow.map { hasPeriods ? $0 : nil } })),
        ResultColumn(
          "index", Phrase("Index", zh: "指数"),
          .text(scores.flatMap { score in unitOfRow.map { _ in score.index } })),
        ResultColumn(
          "dimension", Phrase("Dimension", zh: "维度"),
          .text(scores.flatMap { score in unitOfRow.map { _ in score.dimension } })),
        ResultColumn(
          "score", Phrase("Score", zh: "综合得分"), .number(scores.flatMap(\.values)), display: .fixedDecimals(4)),
      ])
  }

  /// The mean score of every index in every period.
  public var meanScoreTable: ResultTable {
    let wholes = scores.filter { $0.dimension == nil }
    return ResultTable(
      name: "mean_scores", title: Phrase("Mean score by period", zh: "各期平均综合得分"),
      columns: [
        ResultColumn("time", Phrase("Period", zh: "时期"), .integer(periods.map { hasPeriods ? $0 : nil }))
      ]
        + wholes.map { score in
          let means = periods.map { period in
            let rows = periodOfRow.indices.filter { periodOfRow[$0] == period }
            return rows.reduce(0) { $0 + score.values[$1] } / Double(rows.count)
          }
          return ResultColumn(
            score.columnName, Phrase(WordedName(score.columnName, .variable)), .number(means),
            display: .fixedDecimals(4))
        })
  }

  /// The units that stand highest and lowest in the last period.
  ///
  /// `label` gives the name beside a unit's code, or nil.
  public func rankTable(count: Int = 3, label: (String) -> String? = { _ in nil }) -> ResultTable {
    let last = periods[periods.count - 1]
    let rows = periodOfRow.indices.filter { periodOfRow[$0] == last }
    var entries: [(index: String, rank: Int, unit: String, score: Double)] = []
    for score in scores where score.dimension == nil {
      let order = rows.sorted { (score.values[$0], $1) > (score.values[$1], $0) }
      let places =
        order.count <= 2 * count
        ? Array(order.indices) : Array(0..<count) + Array(order.count - count..<order.count)
      entries += places.map { (score.index, $0 + 1, unitOfRow[order[$0]], score.values[order[$0]]) }
    }
    let labels = entries.map { label($0.unit) }
    return ResultTable(
      name: "ranks", title: rankTitle(last),
      columns: [
        .variables("index", Phrase("Index", zh: "指数"), entries.map(\.index)),
        ResultColumn("rank", Phrase("Rank", zh: "位次"), .integer(entries.map(\.rank))),
        ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(entries.map(\.unit))),
      ]
        + (labels.contains { $0 != nil }
          ? [ResultColumn("label", Phrase("Name", zh: "名称"), .text(labels))] : [])
        + [
          ResultColumn(
            "score", Phrase("Score", zh: "综合得分"), .number(entries.map(\.score)), display: .fixedDecimals(4))
        ])
  }

  /// The periods as headings have them; none for a cross-section, whose one period is no column of its own.
  private var labelledPeriods: [String] { hasPeriods ? periods.map(frequency.label) : [] }

  private func rankTitle(_ last: Int) -> Phrase {
    guard hasPeriods else { return Phrase("Highest and lowest scores", zh: "综合得分最高与最低的县域") }
    let label = frequency.label(last)
    return Phrase(
      "Highest and lowest scores in \(label)", zh: "\(label)\(frequency == .whole ? "年" : "")综合得分最高与最低的县域")
  }

  /// Which indices are mostly one indicator: what is said of such an index is said of that indicator.
  ///
  /// Of two indicators one nearly always weighs more than half; there the bound is two thirds.
  var cautions: [Phrase] {
    let heavy = indicators.filter { result in
      let count = specification.system.positions(ofIndex: result.indicator.index).count
      return count > 1 && result.weight > (count == 2 ? 2.0 / 3 : 0.5)
    }
    guard !heavy.isEmpty else { return [] }
    func list(_ text: (IndicatorResult, String) -> String) -> [String] {
      heavy.map { text($0, FixedDecimals.text(100 * $0.weight, decimals: 0)) }
    }
    let english = list { "\($0.indicator.index.asVariable) (\($0.indicator.name.english), \($1) %)" }
      .joined(separator: ", ")
    let chinese = list { "\($0.indicator.index.asVariable)（\($0.indicator.name.chinese)，\($1)%）" }
      .joined(separator: "、")
    return [
      Phrase(
        "More than half of the weight rests on one indicator: \(english). The entropy method gives most to what is spread"
          + " most unevenly, be it outliers or errors; compare the index without it.",
        zh: "单个指标的权重过半：\(chinese)。熵值法赋予离散程度最大的指标最高权重，异常值或录入错误亦然；宜与剔除该指标的结果比较。")
    ]
  }

  /// What the reader of the tables must know about the data.
  public var notes: [Phrase] {
    var notes: [Phrase] = []
    for result in indicators {
      let (name, column) = (result.indicator.name, result.indicator.column)
      if result.isConstant {
        notes.append(
          Phrase(
            "Indicator \"\(name.english)\" (column \(column)) is the same in every unit and period; it tells"
              + " nothing apart and gets weight 0.",
            zh: "指标“\(name.chinese)”（列 \(column)）在所有县域和时期取值相同，不提供区分信息，权重为0。"))
      } else if !result.constantPeriods.isEmpty, specification.weighting != .pooled {
        let years = result.constantPeriods.map(frequency.label).joined(separator: ", ")
        notes.append(
          Phrase(
            "Indicator \"\(name.english)\" (column \(column)) is the same in every unit in \(years); its weight"
              + " is 0 there.",
            zh: "指标“\(name.chinese)”（列 \(column)）在\(years)年各县域取值相同，当年权重为0。"))
      }
    }
    return notes
  }

  /// The variant of the method, in a sentence.
  private var methodNote: Phrase {
    let weighting: Phrase =
      switch specification.weighting {
      case .annualMean:
        Phrase("weights of each period, averaged over the periods", zh: "逐期计算权重并取各期平均")
      case .annual: Phrase("each period by its own weights", zh: "各期使用当期权重")
      case .pooled: Phrase("weights from all rows together", zh: "全样本合并计算权重")
      }
    let normalisation: Phrase =
      switch specification.normalisation {
      case .pooled: Phrase("min–max over all periods", zh: "全样本极差标准化")
      case .annual: Phrase("min–max within each period", zh: "逐期极差标准化")
      }
    let k: Phrase =
      specification.weighting == .pooled
      ? Phrase("k = 1/ln(rows)", zh: "k = 1/ln(样本量)")
      : Phrase("k = 1/ln(units of the period)", zh: "k = 1/ln(当期县域数)")
    let floor = RoundTripNumber.text(specification.floor)
    let range =
      specification.floor == 0
      ? Phrase(verbatim: "")
      : Phrase(" to the range from \(floor) to 1", zh: "（区间[\(floor), 1]，x′ = a＋(1－a)x）")
    return Phrase(
      "Method: \(weighting.english) (\(specification.weighting.rawValue)); \(normalisation.english)\(range.english);"
        + " \(k.english); shift \(RoundTripNumber.text(specification.shift)).",
      zh:
        "方法：\(weighting.chinese)（\(specification.weighting.rawValue)）；\(normalisation.chinese)\(range.chinese)；\(k.chinese)；平移量 \(RoundTripNumber.text(specification.shift))。"
    )
  }
}

/// The columns that name the indicators.
func indicatorColumns(_ results: [EntropyResult.IndicatorResult]) -> [ResultColumn] {
  [
    .variables("index", Phrase("Index", zh: "指数"), results.map(\.indicator.index)),
    ResultColumn("dimension", Phrase("Dimension", zh: "维度"), .text(results.map(\.indicator.dimension))),
    ResultColumn("indicator", Phrase("Indicator", zh: "指标"), .phrase(results.map(\.indicator.name))),
    ResultColumn("column", Phrase("Column", zh: "列名"), .text(results.map(\.indicator.column))),
    ResultColumn(
      "direction", Phrase("Direction", zh: "属性"), .text(results.map(\.indicator.direction.rawValue))),
  ]
}
