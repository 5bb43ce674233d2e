extension EvaluationResult {
  /// The accountability list with everything that is known of each row.
  public func accountabilityTable(label: (String) -> String? = { _ in nil }) -> ResultTable {
    let rows = list.entries
    func indicator(_ row: AccountabilityList.Entry) -> EvaluatedIndicator { indicators[row.indicator] }
    func standing(_ row: AccountabilityList.Entry) -> StandingWarning {
      indicator(row).standings[row.place]
    }
    func numbers(
      _ name: String, _ heading: Phrase, _ display: NumberDisplay = .decimals,
      _ value: (AccountabilityList.Entry) -> Double?
    ) -> ResultColumn {
      ResultColumn(name, heading, .number(rows.map { value($0) ?? .nan }), display: display)
    }
    func integers(_ name: String, _ heading: Phrase, _ value: (AccountabilityList.Entry) -> Int?)
      -> ResultColumn
    {
      ResultColumn(name, heading, .integer(rows.map(value)))
    }
    let names = rows.map { label(units[$0.unit]) }
    var columns = [
      ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(rows.map { units[$0.unit] }))
    ]
    if names.contains(where: { $0 != nil }) {
      columns.append(ResultColumn("label", Phrase("Name", zh: "名称"), .text(names)))
    }
    columns += [
      ResultColumn("group", Phrase("Group", zh: "分组"), .text(rows.map { group($0.place) })),
      integers("time", Phrase("Period", zh: "时期")) { time($0.place) },
      ResultColumn(
        "index", Phrase("Index", zh: "指数"), .text(rows.map { indicator($0).entry.indicator.index })),
      ResultColumn(
        "indicator", Phrase("Indicator", zh: "指标"), .phrase(rows.map { indicator($0).entry.indicator.name })),
      ResultColumn(
        "column", Phrase("Column", zh: "列名"), .text(rows.map { indicator($0).entry.indicator.column })),
      numbers("value", Phrase("Value", zh: "指标值"), .quantity) { indicator($0).values[$0.place] },
      numbers("target", Phrase("Target", zh: "目标值"), .quantity) { indicator($0).targets[$0.place] },
      numbers("gap", Phrase("Gap", zh: "差距")) { indicator($0).gaps[$0.place] },
      numbers("relative_gap", Phrase("Relative gap", zh: "相对差距")) { indicator($0).relativeGap($0.place) },
      numbers("obstacle_share", Phrase("Obstacle share", zh: "障碍度")) { $0.obstacleShare },
      ResultColumn(
        "colour", Phrase("Colour", zh: "预警等级"), .text(rows.map { indicator($0).colours[$0.place]?.key })),
      ResultColumn("standing", Phrase("Standing", zh: "现行等级"), .text(rows.map { standing($0).colour?.key })),
      integers("since", Phrase("Since", zh: "起始时期")) { standing($0).since.map { periods[$0] } },
      integers("not_green_since", Phrase("Not green since", zh: "非绿起始时期")) {
        standing($0).notGreenSince.map { periods[$0] }
      },
      integers("stale", Phrase("Stale", zh: "数据陈旧")) { standing($0).isStale ? 1 : 0 },
      ResultColumn("trend", Phrase("Trend", zh: "趋势"), .text(rows.map { direction(of: $0)?.english })),
      numbers("slope", Phrase("Slope a year", zh: "年均变化（Sen）")) { $0.trend?.slope },
      numbers("mann_kendall_p", Phrase("Mann–Kendall p", zh: "Mann–Kendall p值")) { $0.trend?.mannKendall },
      numbers("years_to_target", Phrase("Years to target", zh: "达标所需年数")) { $0.yearsToTarget },
    ]
    return ResultTable(
      name: "accountability", title: listTitle, columns: columns, keyColumns: 1, notes: listNotes
    ).adding(cautions: alarmCautions)
  }

  /// The head of the list, as a page has room for.
  public func briefAccountabilityTable(most: Int = 20, label: (String) -> String? = { _ in nil })
    -> ResultTable
  {
    let rows = Array(list.entries.prefix(most))
    func indicator(_ row: AccountabilityList.Entry) -> EvaluatedIndicator { indicators[row.indicator] }
    func number(
      _ name: String, _ heading: Phrase, _ display: NumberDisplay = .decimals,
      _ value: (AccountabilityList.Entry) -> Double?
    ) -> ResultColumn {
      ResultColumn(name, heading, .number(rows.map { value($0) ?? .nan }), display: display)
    }
    let rest = list.entries.count - rows.count
    let more =
      rest > 0
      ? [
        Phrase(
          "The first \(rows.count) of \(list.entries.count) rows; all stand in accountability.csv.",
          zh: "仅列前\(rows.count)行，共\(list.entries.count)行，全部见accountability.csv。")
      ] : []
    return ResultTable(
      name: "accountability_brief", title: listTitle,
      columns: [
        ResultColumn(
          "unit", Phrase("County", zh: "县域"),
          .text(rows.map { row in label(units[row.unit]) ?? units[row.unit] })),
        ResultColumn(
          "indicator", Phrase("Indicator", zh: "指标"),
          .phrase(rows.map { indicator($0).entry.indicator.name })),
        number("value", Phrase("Value", zh: "指标值"), .quantity) { indicator($0).values[$0.place] },
        number("target", Phrase("Target", zh: "目标值"), .quantity) { indicator($0).targets[$0.place] },
        number("gap", Phrase("Gap", zh: "差距")) { indicator($0).gaps[$0.place] },
        number("obstacle_share", Phrase("Share", zh: "障碍度")) { $0.obstacleShare },
        ResultColumn(
          "standing", Phrase("Stands", zh: "现行等级"),
          .phrase(
            rows.map { row in
              let standing = indicator(row).standings[row.place]
              let name = standing.colour?.name ?? Phrase(verbatim: "")
              return standing.isStale
                ? Phrase("\(name.english), stale", zh: "\(name.chinese)（陈旧）") : name
            })),
        ResultColumn("since", Phrase("Since", zh: "起始"), .phrase(rows.map { since($0) })),
        ResultColumn(
          "trend", Phrase("Trend", zh: "趋势"),
          .remark(rows.map { row in row.trend.map { shownTrend($0, indicators[row.indicator]) } })),
        number("years_to_target", Phrase("Years", zh: "年数")) { $0.yearsToTarget },
      ], keyColumns: 2, notes: more + listNotes
    ).adding(cautions: alarmCautions)
  }

  /// Since when a row's colour stands, in words.
  func since(_ entry: AccountabilityList.Entry) -> Phrase {
    since(indicators[entry.indicator].standings[entry.place])
  }

  /// Since when a colour stands, in words.
  func since(_ standing: StandingWarning) -> Phrase {
    guard hasPeriods, let since = standing.since else { return Phrase(verbatim: "") }
    let label = label(since)
    return standing.isFromStart ? Phrase("\(label) or before", zh: "\(label)或更早") : Phrase(verbatim: label)
  }

  /// The direction of a row's trend.
  func direction(of entry: AccountabilityList.Entry) -> Phrase? {
    entry.trend.map { direction(of: $0, indicators[entry.indicator]) }
  }

  /// The direction of a trend.
  func direction(of trend: SensSlope, _ indicator: EvaluatedIndicator) -> Phrase {
    let improvement = indicator.improvement(trend)
    return improvement > 0
      ? Phrase("improving", zh: "改善")
      : improvement < 0 ? Phrase("worsening", zh: "恶化") : Phrase("level", zh: "持平")
  }

  /// The direction of a trend as people read it, who would take noise for one.
  func shownTrend(_ trend: SensSlope, _ indicator: EvaluatedIndicator) -> Phrase {
    let direction = direction(of: trend, indicator)
    return trend.couldBeNoise ? Phrase("unclear", zh: "不明显") : direction
  }

  private var listTitle: Phrase {
    let place = listLabel.map { " \($0)" } ?? ""
    return Phrase("Accountability list\(place)", zh: "责任清单\(listLabel.map { "（\($0)）" } ?? "")")
  }

  /// Groups in every period, all counties first.
  public var groupTable: ResultTable { groupTable(name: "groups", groups) }

  /// The groups in the period of the list.
  public var briefGroupTable: ResultTable {
    groupTable(name: "groups_brief", groups.filter { $0.period == list.period })
  }

  private func groupTable(name: String, _ rows: [GroupEvaluation]) -> ResultTable {
    func numbers(_ name: String, _ heading: Phrase, _ value: (GroupEvaluation) -> Double?) -> ResultColumn {
      ResultColumn(
        name, heading, .number(rows.map { value($0) ?? .nan }), display: .fixedDecimals(4))
    }
    func counts(_ colour: WarningColour) -> ResultColumn {
      ResultColumn(colour.key, colour.name, .integer(rows.map { $0.colours[colour.rawValue] }))
    }
    let isBrief = name != "groups"
    let column = specification.group?.name
    return ResultTable(
      name: name, title: Phrase("Scores and colours by group", zh: "各分组得分与预警等级"),
      columns: [
        .variables("index", Phrase("Index", zh: "指数"), rows.map(\.index)),
        isBrief
          ? ResultColumn(
            "group", column.map(Phrase.init(verbatim:)) ?? Phrase("Group", zh: "分组"),
            .phrase(
              rows.map { $0.group.map(Phrase.init(verbatim:)) ?? Phrase("All counties", zh: "全部县域") }))
          : ResultColumn("group", Phrase("Group", zh: "分组"), .text(rows.map(\.group))),
      ] + timeColumn(rows.map(\.period)) + [
        ResultColumn("n", Phrase("n", zh: "n"), .integer(rows.map(\.count))),
        numbers("mean", Phrase("Mean", zh: "均值"), \.mean),
      ]
        + (isBrief && specification.population == nil
          ? [] : [numbers("weighted_mean", Phrase("Weighted mean", zh: "加权均值"), \.weightedMean)])
        + [
          numbers("min", Phrase("Lowest", zh: "最低"), \.range?.low),
          numbers("max", Phrase("Highest", zh: "最高"), \.range?.high),
          ResultColumn("best", Phrase("Best", zh: "最优县域"), .text(rows.map { $0.best.map { units[$0] } })),
          ResultColumn("worst", Phrase("Worst", zh: "最差县域"), .text(rows.map { $0.worst.map { units[$0] } })),
          counts(.red), counts(.yellow), counts(.green),
          ResultColumn("none", Phrase("No colour", zh: "无等级"), .integer(rows.map(\.colourless))),
        ], keyColumns: 2, notes: groupNotes
    ).adding(cautions: alarmCautions)
  }

  /// Dagum's parts of the scores between the groups; nil without groups.
  public var dagumTable: ResultTable? {
    let rows = grouped.disparities
    guard !rows.isEmpty else { return nil }
    func numbers(_ name: String, _ heading: Phrase, _ value: (DagumDecomposition) -> Double) -> ResultColumn {
      ResultColumn(
        name, heading, .number(rows.map { $0.dagum.map(value) ?? .nan }), display: .fixedDecimals(4))
    }
    func share(_ part: @escaping (DagumDecomposition) -> Double) -> (DagumDecomposition) -> Double {
      { $0.gini > 0 ? part($0) / $0.gini : .nan }
    }
    return ResultTable(
      name: "dagum", title: Phrase("Gini coefficient of the scores by group (Dagum)", zh: "得分的Dagum基尼系数及其分解"),
      columns: [.variables("index", Phrase("Index", zh: "指数"), rows.map(\.index))]
        + timeColumn(rows.map(\.period)) + [
          numbers("gini", Phrase("G", zh: "总体 G"), \.gini),
          numbers("within", Phrase("Within", zh: "组内 Gw"), \.within),
          numbers("net_between", Phrase("Net between", zh: "组间净值 Gnb"), \.netBetween),
          numbers("transvariation", Phrase("Transvariation", zh: "超变密度 Gt"), \.transvariation),
          numbers("share_within", Phrase("Share within", zh: "组内贡献"), share(\.within)),
          numbers("share_net_between", Phrase("Share between", zh: "组间净值贡献"), share(\.netBetween)),
          numbers("share_transvariation", Phrase("Share overlap", zh: "超变密度贡献"), share(\.transvariation)),
        ], keyColumns: 2,
      notes: [
        Phrase(
          "G = within + net between + transvariation (Dagum 1997)\(specification.population == nil ? "" : ", weighted by \(specification.population ?? "")").",
          zh: "G = 组内 + 组间净值 + 超变密度（Dagum，1997）\(specification.population.map { "，以\($0)加权" } ?? "")。")
      ])
  }

  /// Incomes of town and country by group; nil without them.
  public var gapTable: ResultTable? {
    let rows = grouped.gaps
    guard !rows.isEmpty, let sectors = specification.sectors else { return nil }
    func numbers(_ name: String, _ heading: Phrase, _ value: (GroupGap) -> Double?) -> ResultColumn {
      ResultColumn(name, heading, .number(rows.map { value($0) ?? .nan }))
    }
    let people =
      sectors.urbanPopulation == nil
      ? Phrase("each county counting once", zh: "各县域等权")
      : Phrase("weighted by the sectors' people", zh: "以城乡人口加权")
    return ResultTable(
      name: "urban_rural", title: Phrase("Town and country by group", zh: "各分组城乡差距"),
      columns: [ResultColumn("group", Phrase("Group", zh: "分组"), .text(rows.map(\.group)))]
        + timeColumn(rows.map(\.period)) + [
          ResultColumn("n", Phrase("n", zh: "n"), .integer(rows.map(\.count))),
          numbers("ratio_of_means", Phrase("Ratio of means", zh: "均值之比"), \.ratioOfMeans),
          numbers("mean_of_ratios", Phrase("Mean of ratios", zh: "比值均值"), \.meanOfRatios),
          numbers("mean_gap", Phrase("Mean gap", zh: "平均差距"), \.meanGap),
        ], keyColumns: 2,
      notes: [
        Phrase(
          "\(sectors.urban) over \(sectors.rural); means \(people.english). The ratio of means and the mean of the counties' ratios are different numbers.",
          zh: "\(sectors.urban)与\(sectors.rural)之比，\(people.chinese)；均值之比与各县域比值的均值不同。")
      ])
  }
}
