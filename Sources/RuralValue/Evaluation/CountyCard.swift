/// One county on one page: its scores, and each indicator with value, target, distance, colour, since when, and trend.
public struct CountyCard: Sendable, Equatable {
  /// The county's name, or its code.
  public let name: String
  /// Its code, group and period.
  public let facts: [Phrase]
  /// For each index its score, its rank and how that changed, and the county's colour.
  public let headlines: [Headline]
  /// Its indicators, the worst first.
  public let table: ResultTable

  /// What stands above the table, for one index.
  public struct Headline: Sendable, Equatable {
    /// Score and rank in words.
    public let text: Phrase
    /// The county's colour; nil without one.
    public let colour: WarningColour?
    /// The colour in words.
    public let colourText: Phrase
  }
}

extension WarningColour {
  /// A sign that tells colours apart without colour: a triangle, a square, a disc.
  public var sign: String {
    switch self {
    case .green: "●"
    case .yellow: "■"
    case .red: "▲"
    }
  }
}

extension EvaluationResult {
  /// A card for each county in the period of the list, in the panel's order.
  public func cards(label: (String) -> String? = { _ in nil }) -> [CountyCard] {
    let ranked = indices.map { index in
      units.indices.count { index.ranks[$0 * periods.count + list.period] != nil }
    }
    return units.indices.map { unit in
      let place = unit * periods.count + list.period
      let name = label(units[unit])
      var facts: [Phrase] = []
      if name != nil { facts.append(Phrase("Code \(units[unit])", zh: "代码 \(units[unit])")) }
      if let group = group(place), let column = specification.group?.name {
        facts.append(Phrase("\(column): \(group)", zh: "\(column)：\(group)"))
      }
      if let listLabel { facts.append(Phrase("Period \(listLabel)", zh: "时期 \(listLabel)")) }
      return CountyCard(
        name: name ?? units[unit], facts: facts,
        headlines: zip(indices, ranked).map { headline($0, place, ranked: $1) },
        table: cardTable(unit, place))
    }
  }

  private func headline(_ index: IndexScores, _ place: Int, ranked: Int) -> CountyCard.Headline {
    var text: Phrase
    if let rank = index.ranks[place] {
      let score = FixedDecimals.text(index.scores[place], decimals: 4)
      text = Phrase(
        "\(index.index): score \(score), rank \(rank) of \(ranked)",
        zh: "\(index.index)：得分 \(score)，第\(rank)位（共\(ranked)个）"
      )
      if let change = index.rankChanges[place] {
        let way: Phrase =
          change > 0
          ? Phrase(", up \(change)", zh: "，上升\(change)位")
          : change < 0
            ? Phrase(", down \(-change)", zh: "，下降\(-change)位") : Phrase(", as before", zh: "，位次不变")
        text = Phrase(text.english + way.english, zh: text.chinese + way.chinese)
      }
    } else {
      text = Phrase("\(index.index): no score, for an indicator is missing", zh: "\(index.index)：指标缺失，无得分")
    }
    return .init(text: text, colour: index.colours[place], colourText: colourWords(index.colours[place]))
  }

  private func colourWords(_ colour: WarningColour?) -> Phrase {
    guard let colour else { return Phrase("no colour", zh: "无等级") }
    return Phrase("\(colour.sign) \(colour.name.english)", zh: "\(colour.sign) \(colour.name.chinese)")
  }

  private func cardTable(_ unit: Int, _ place: Int) -> ResultTable {
    let order = indicators.indices.sorted { one, other in
      let (first, second) = (
        indicators[one].standings[place].colour?.rawValue ?? -1,
        indicators[other].standings[place].colour?.rawValue ?? -1
      )
      return (second, one) < (first, other)
    }
    let rows = order.map { indicators[$0] }
    let trends = rows.map { $0.trend(ofUnit: unit, through: list.period, years: years) }
    func numbers(
      _ name: String, _ heading: Phrase, _ display: NumberDisplay = .decimals,
      _ value: (EvaluatedIndicator) -> Double
    ) -> ResultColumn {
      ResultColumn(name, heading, .number(rows.map(value)), display: display)
    }
    return ResultTable(
      name: "card", title: Phrase("Indicators", zh: "各项指标"),
      columns: [
        ResultColumn("indicator", Phrase("Indicator", zh: "指标"), .phrase(rows.map(\.entry.indicator.name))),
        numbers("value", Phrase("Value", zh: "指标值"), .quantity) { $0.values[place] },
        numbers("target", Phrase("Target", zh: "目标值"), .quantity) { $0.targets[place] },
        numbers("gap", Phrase("Distance", zh: "差距")) { $0.gaps[place] },
        numbers("attainment", Phrase("Attainment", zh: "达成度")) { $0.attainments[place] },
        ResultColumn(
          "standing", Phrase("Stands", zh: "现行等级"),
          .phrase(
            rows.map { row in
              let standing = row.standings[place]
              let words = colourWords(standing.colour)
              guard standing.isStale else { return words }
              return standing.colour == nil
                ? Phrase("missing", zh: "缺失") : Phrase("\(words.english), stale", zh: "\(words.chinese)（陈旧）")
            })),
        ResultColumn("since", Phrase("Since", zh: "起始"), .phrase(rows.map { since($0.standings[place]) })),
        ResultColumn(
          "trend", Phrase("Trend", zh: "趋势"),
          .remark(zip(rows, trends).map { row, trend in trend.map { shownTrend($0, row) } })),
        ResultColumn(
          "years", Phrase("Years to target", zh: "达标所需年数"),
          .number(
            zip(rows, trends).map { row, trend in
              // What is reached takes no time.
              row.gaps[place] > 0 ? row.yearsToTarget(place, trend) ?? .nan : .nan
            }), display: .fixedDecimals(1), missing: .blank),
      ], keyColumns: 1)
  }
}
