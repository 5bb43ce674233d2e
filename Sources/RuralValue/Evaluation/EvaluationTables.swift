extension EvaluationResult {
  /// The card as it was applied: a row an indicator and region, with the weights in force.
  public var indicatorTable: ResultTable {
    let weightOf = Dictionary(
      indices.flatMap { zip($0.members, $0.weights) }, uniquingKeysWith: { first, _ in first })
    var rows: [(member: Int, region: String?, thresholds: ScorecardIndicator.Thresholds)] = []
    for (member, indicator) in indicators.enumerated() {
      if let general = indicator.entry.general { rows.append((member, nil, general)) }
      for regional in indicator.entry.regional {
        rows.append((member, regional.region, regional.thresholds))
      }
    }
    func indicator(_ row: Int) -> Indicator { indicators[rows[row].member].entry.indicator }
    func texts(_ name: String, _ heading: Phrase, _ value: (Indicator) -> String?) -> ResultColumn {
      ResultColumn(name, heading, .text(rows.indices.map { value(indicator($0)) }))
    }
    func numbers(_ name: String, _ heading: Phrase, _ value: (ScorecardIndicator.Thresholds) -> Double?)
      -> ResultColumn
    {
      ResultColumn(name, heading, .number(rows.map { value($0.thresholds) ?? .nan }), missing: .blank)
    }
    let hasRegions = rows.contains { $0.region != nil }
    return ResultTable(
      name: "indicators", title: Phrase("Scorecard: indicators, targets and weights", zh: "考核指标体系：指标、目标值与权重"),
      columns: [
        texts("index", Phrase("Index", zh: "指数"), \.index),
        texts("dimension", Phrase("Dimension", zh: "维度"), \.dimension),
        ResultColumn(
          "indicator", Phrase("Indicator", zh: "指标"), .phrase(rows.indices.map { indicator($0).name })),
        texts("column", Phrase("Column", zh: "列名"), \.column),
        texts("direction", Phrase("+/-", zh: "属性"), \.direction.rawValue),
      ]
        + (hasRegions
          ? [ResultColumn("region", Phrase("Region", zh: "区域"), .text(rows.map(\.region)))] : [])
        + [
          numbers("target", Phrase("Target", zh: "目标值"), \.target),
          numbers("yellow", Phrase("Yellow", zh: "黄线"), \.yellow),
          numbers("red", Phrase("Red", zh: "红线"), \.red),
          ResultColumn(
            "weight", Phrase("Weight", zh: "权重"), .number(rows.map { weightOf[$0.member] ?? .nan }),
            display: .fixedDecimals(4)),
        ], keyColumns: 1, notes: scoreNotes)
  }

  /// How many counties are green, yellow and red by today's colours, period by period.
  public var countTable: ResultTable {
    let rows = indices.flatMap { index in periods.indices.map { (index, $0) } }
    let counts = rows.map { index, period in
      let colours = units.indices.map { index.colours[$0 * periods.count + period] }
      return WarningColour.allCases.map { colour in colours.count { $0 == colour } } + [
        colours.count { $0 == nil }
      ]
    }
    return ResultTable(
      name: "warning_counts", title: Phrase("Counties by colour", zh: "各预警等级的县域数"),
      columns: [.variables("index", Phrase("Index", zh: "指数"), rows.map(\.0.index))]
        + timeColumn(rows.map(\.1))
        + [
          ResultColumn("green", WarningColour.green.name, .integer(counts.map { $0[0] })),
          ResultColumn("yellow", WarningColour.yellow.name, .integer(counts.map { $0[1] })),
          ResultColumn("red", WarningColour.red.name, .integer(counts.map { $0[2] })),
          ResultColumn("none", Phrase("No colour", zh: "无等级"), .integer(counts.map { $0[3] })),
        ], keyColumns: 2, notes: colourNotes
    ).adding(cautions: alarmCautions)
  }

  /// Every indicator of every county in every period.
  public var cellTable: ResultTable {
    let cells = indicators.indices.flatMap { member in (0..<count).map { (member, $0) } }
    func numbers(
      _ name: String, _ heading: Phrase, _ display: NumberDisplay = .fixedDecimals(4),
      _ value: (EvaluatedIndicator, Int) -> Double
    ) -> ResultColumn {
      ResultColumn(name, heading, .number(cells.map { value(indicators[$0.0], $0.1) }), display: display)
    }
    func periodNumbers(_ name: String, _ heading: Phrase, _ value: (StandingWarning) -> Int?) -> ResultColumn
    {
      ResultColumn(
        name, heading,
        .integer(
          cells.map { member, place in value(indicators[member].standings[place]).map { periods[$0] } }))
    }
    return ResultTable(
      name: "cells", title: Phrase("Indicators: attainment, gap and colour", zh: "各指标的达成度、差距与预警等级"),
      columns: [
        ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(cells.map { unit($0.1) })),
        ResultColumn("time", Phrase("Period", zh: "时期"), .integer(cells.map { time($0.1) })),
        ResultColumn(
          "index", Phrase("Index", zh: "指数"), .text(cells.map { indicators[$0.0].entry.indicator.index })),
        ResultColumn(
          "column", Phrase("Column", zh: "列名"), .text(cells.map { indicators[$0.0].entry.indicator.column })),
        numbers("value", Phrase("Value", zh: "指标值"), .quantity) { $0.values[$1] },
        numbers("target", Phrase("Target", zh: "目标值"), .quantity) { $0.targets[$1] },
        numbers("attainment", Phrase("Attainment", zh: "达成度")) { $0.attainments[$1] },
        numbers("gap", Phrase("Gap", zh: "差距")) { $0.gaps[$1] },
        numbers("relative_gap", Phrase("Relative gap", zh: "相对差距")) { $0.relativeGap($1) },
        ResultColumn(
          "colour", Phrase("Colour", zh: "预警等级"),
          .text(cells.map { indicators[$0.0].colours[$0.1]?.key })),
        ResultColumn(
          "standing", Phrase("Standing", zh: "现行等级"),
          .text(cells.map { indicators[$0.0].standings[$0.1].colour?.key })),
        periodNumbers("since", Phrase("Since", zh: "起始时期"), \.since),
        periodNumbers("not_green_since", Phrase("Not green since", zh: "非绿起始时期"), \.notGreenSince),
        ResultColumn(
          "stale", Phrase("Stale", zh: "数据陈旧"),
          .integer(cells.map { indicators[$0.0].standings[$0.1].isStale ? 1 : 0 })),
        ResultColumn(
          "reason", Phrase("Why no colour", zh: "无等级原因"),
          .text(cells.map { indicators[$0.0].reasons[$0.1]?.key })),
      ], keyColumns: 4, notes: ruleNotes)
  }

  /// The score of every county in every period by each index, with its rank and its indicators' colours.
  public var scoreTable: ResultTable {
    let rows = indices.flatMap { index in (0..<count).map { (index, $0) } }
    func integers(_ name: String, _ heading: Phrase, _ value: (IndexScores, Int) -> Int?) -> ResultColumn {
      ResultColumn(name, heading, .integer(rows.map(value)))
    }
    func numbers(_ name: String, _ heading: Phrase, _ value: (IndexScores, Int) -> Double) -> ResultColumn {
      ResultColumn(name, heading, .number(rows.map(value)), display: .fixedDecimals(4))
    }
    let distances =
      specification.weighting == .topsis
      ? [
        numbers("d_plus", Phrase("D+", zh: "D+")) { $0.distances?.toIdeal[$1] ?? .nan },
        numbers("d_minus", Phrase("D-", zh: "D-")) { $0.distances?.toOpposite[$1] ?? .nan },
      ] : []
    return ResultTable(
      name: "county_scores", title: Phrase("Scores, ranks and colours of the counties", zh: "各县域得分、位次与预警等级"),
      columns: [
        ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(rows.map { unit($0.1) })),
        ResultColumn("time", Phrase("Period", zh: "时期"), .integer(rows.map { time($0.1) })),
        .variables("index", Phrase("Index", zh: "指数"), rows.map(\.0.index)),
        numbers("score", Phrase("Score", zh: "综合得分")) { $0.scores[$1] },
        integers("rank", Phrase("Rank", zh: "位次")) { $0.ranks[$1] },
        integers("rank_change", Phrase("Change of rank", zh: "位次变化")) { $0.rankChanges[$1] },
        integers("reds", Phrase("Reds", zh: "红灯数")) { $0.counts[$1][2] },
        integers("yellows", Phrase("Yellows", zh: "黄灯数")) { $0.counts[$1][1] },
        integers("greens", Phrase("Greens", zh: "绿灯数")) { $0.counts[$1][0] },
        integers("missing", Phrase("Missing", zh: "缺失数")) { $0.missing[$1] },
        ResultColumn(
          "colour", Phrase("Colour", zh: "预警等级"), .text(rows.map { $0.0.colours[$0.1]?.key })),
        ResultColumn(
          "standing", Phrase("Standing", zh: "现行等级"), .text(rows.map { $0.0.standings[$0.1]?.key })),
      ] + distances, keyColumns: 3, notes: ruleNotes)
  }

  /// The scores as the next command reads them: unit, time and one column an index; last, where the data are simulated, the
  /// column that says so.
  public func wideScoreTable(isSimulated: Bool = false) -> ResultTable {
    ResultTable(
      name: "scores", title: Phrase("Scores", zh: "综合得分"),
      columns: wideKeys
        + indices.map {
          ResultColumn(
            $0.index, Phrase(verbatim: $0.index), .number($0.scores), display: .fixedDecimals(4))
        } + simulatedMark(isSimulated))
  }

  /// The colours that stand, as a map reads them: one column an index, then one an indicator; `stale red` where the last
  /// observation is older.
  public func colourTable(isSimulated: Bool = false) -> ResultTable {
    func word(_ colour: WarningColour?, isStale: Bool) -> String? {
      colour.map { isStale ? "stale \($0.key)" : $0.key }
    }
    let whole = indices.map { index in
      ResultColumn(
        index.index, Phrase(verbatim: index.index),
        .text(
          (0..<count).map { place in
            word(index.standings[place], isStale: index.colours[place] == nil)
          }))
    }
    let names = specification.scorecard.colourColumns.dropFirst(indices.count)
    let parts = zip(names, indicators).map { name, indicator in
      ResultColumn(
        name, indicator.entry.indicator.name,
        .text(indicator.standings.map { word($0.colour, isStale: $0.isStale) }))
    }
    return ResultTable(
      name: "colours", title: Phrase("Standing colours", zh: "现行预警等级"),
      columns: wideKeys + whole + parts + simulatedMark(isSimulated), keyColumns: 2)
  }

  /// The scores of the dimensions; nil where there are none.
  public var dimensionTable: ResultTable? {
    let rows = indices.flatMap { index in
      index.dimensions.flatMap { dimension in (0..<count).map { (index.index, dimension, $0) } }
    }
    guard !rows.isEmpty else { return nil }
    return ResultTable(
      name: "dimension_scores", title: Phrase("Scores of the dimensions", zh: "各维度得分"),
      columns: [
        ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(rows.map { unit($0.2) })),
        ResultColumn("time", Phrase("Period", zh: "时期"), .integer(rows.map { time($0.2) })),
        ResultColumn("index", Phrase("Index", zh: "指数"), .text(rows.map(\.0))),
        ResultColumn("dimension", Phrase("Dimension", zh: "维度"), .text(rows.map(\.1.name))),
        ResultColumn(
          "score", Phrase("Score", zh: "得分"), .number(rows.map { $0.1.scores[$0.2] }),
          display: .fixedDecimals(4)),
      ], keyColumns: 2)
  }

  private var wideKeys: [ResultColumn] {
    [ResultColumn("unit", Phrase("Unit", zh: "县域"), .text((0..<count).map(unit)))]
      + (hasPeriods
        ? [ResultColumn("time", Phrase("Period", zh: "时期"), .integer((0..<count).map(time)))] : [])
  }

  private func simulatedMark(_ isSimulated: Bool) -> [ResultColumn] {
    isSimulated
      ? [
        ResultColumn(
          Table.simulatedColumn, Phrase("Simulated", zh: "模拟数据"), .text((0..<count).map { _ in "yes" }))
      ] : []
  }

  /// The column of periods by their places; none for a cross-section.
  func timeColumn(_ places: [Int]) -> [ResultColumn] {
    hasPeriods
      ? [ResultColumn("time", Phrase("Period", zh: "时期"), .integer(places.map { periods[$0] }))] : []
  }
}
