internal import RuralValueNumerics

extension IndicatorObstacles {
  /// One row a unit, period and indicator: `unit, time, index, dimension, indicator, column, share`.
  public var longTable: ResultTable {
    let rows = indicators.indices.flatMap { j in unitOfRow.indices.map { (j, $0) } }
    return ResultTable(
      name: "obstacles_long", title: title,
      columns: [
        ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(rows.map { unitOfRow[$0.1] })),
        ResultColumn("time", Phrase("Period", zh: "时期"), .integer(rows.map { time(periodOfRow[$0.1]) })),
      ] + indicatorColumns(rows.map(\.0)) + [
        ResultColumn(
          "share", Phrase("Obstacle degree", zh: "障碍度"), .number(rows.map { shares[$0.0][$0.1] }),
          display: .fixedDecimals(4))
      ], keyColumns: 2, notes: [ruleNote])
  }

  /// The shares side by side, ready for a map: `unit, time`, then a column an indicator.
  public func wideTable(isSimulated: Bool) -> ResultTable {
    let columns = indicators.map(\.indicator.column)
    let names = indicators.map { result in
      columns.count { $0 == result.indicator.column } > 1
        ? "\(result.indicator.index)_\(result.indicator.column)" : result.indicator.column
    }
    return ResultTable(
      name: "obstacles", title: title,
      columns: [ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(unitOfRow))]
        + (hasPeriods
          ? [ResultColumn("time", Phrase("Period", zh: "时期"), .integer(periodOfRow.map { time($0) }))] : [])
        + zip(names, indicators).enumerated().map { j, named in
          ResultColumn(named.0, named.1.indicator.name, .number(shares[j]), display: .fixedDecimals(4))
        }
        + (isSimulated
          ? [
            ResultColumn(
              Table.simulatedColumn, Phrase("Simulated", zh: "模拟数据"), .text(unitOfRow.map { _ in "yes" }))
          ]
          : []),
      keyColumns: hasPeriods ? 2 : 1, notes: [ruleNote])
  }

  /// The shares over all units, and over each group's, in every period: `group, time, index, dimension, indicator, column,
  /// share, n`.
  public var summedTable: ResultTable {
    let rows = summed.flatMap { cell in indicators.indices.map { (cell, $0) } }
    return ResultTable(
      name: "obstacle_groups", title: Phrase("Obstacle degrees over all units", zh: "总体障碍度"),
      columns: placeColumns(rows.map(\.0)) + indicatorColumns(rows.map(\.1)) + [
        ResultColumn(
          "share", Phrase("Obstacle degree", zh: "障碍度"), .number(rows.map { $0.0.shares[$0.1] ?? .nan }),
          display: .fixedDecimals(4)),
        ResultColumn("n", Phrase("Units", zh: "县域数"), .integer(rows.map(\.0.count))),
      ], keyColumns: groups == nil ? 1 : 2, notes: [summedNote])
  }

  /// The same by dimension, the sum of its indicators': `group, time, index, dimension, share, n`.
  public var dimensionTable: ResultTable {
    let names = indicators.map { [$0.indicator.index, $0.indicator.dimension] }
    let dimensions = names.firstAppearances
    let rows = summed.flatMap { cell in
      dimensions.map { dimension -> (cell: Summed, dimension: [String], share: Double?) in
        let members = names.indices.compactMap { names[$0] == dimension ? cell.shares[$0] : nil }
        return (cell, dimension, members.isEmpty ? nil : members.compensatedSum)
      }
    }
    return ResultTable(
      name: "obstacle_dimensions", title: Phrase("Obstacle degrees of the dimensions", zh: "各维度障碍度"),
      columns: placeColumns(rows.map(\.cell)) + [
        .variables("index", Phrase("Index", zh: "指数"), rows.map { $0.dimension[0] }),
        ResultColumn("dimension", Phrase("Dimension", zh: "维度"), .text(rows.map { $0.dimension[1] })),
        ResultColumn(
          "share", Phrase("Obstacle degree", zh: "障碍度"), .number(rows.map { $0.share ?? .nan }),
          display: .fixedDecimals(4)),
        ResultColumn("n", Phrase("Units", zh: "县域数"), .integer(rows.map(\.cell.count))),
      ], keyColumns: groups == nil ? 1 : 2, notes: [summedNote])
  }

  /// The group, where there are groups, and the period of cells.
  private func placeColumns(_ cells: [Summed]) -> [ResultColumn] {
    let period = ResultColumn(
      "time", Phrase("Period", zh: "时期"), .integer(cells.map { time($0.period) }))
    guard let groups else { return [period] }
    return [
      ResultColumn(
        "group", Phrase(verbatim: groups.name), .text(cells.map { $0.group.map { groups.labels[$0] } })),
      period,
    ]
  }

  /// The indicators by their obstacle degree over all units in the last period, greatest first within each index.
  public var summaryTable: ResultTable {
    let all = summed.filter { $0.group == nil }
    let (first, last) = (all[0], all[all.count - 1])
    let order = indicators.indices.map { $0 }.sorted { a, b in
      let (one, other) = (place(a), place(b))
      return one != other ? one < other : (last.shares[a] ?? -1, -a) > (last.shares[b] ?? -1, -b)
    }
    let ends = all.count > 1 ? [first, last] : [last]
    return ResultTable(
      name: "obstacle_summary", title: Phrase("Obstacles to the best of each index", zh: "主要障碍因素"),
      columns: indicatorColumns(order, withColumn: false) + [
        ResultColumn(
          "weight", Phrase("Weight w", zh: "权重 w"), .number(order.map { indicators[$0].weight }),
          display: .fixedDecimals(4))
      ]
        + ends.map { end in
          let name = hasPeriods ? frequency.label(periods[end.period]) : "share"
          return ResultColumn(
            hasPeriods ? "share_\(name)" : name,
            hasPeriods ? Phrase(verbatim: name) : Phrase("Obstacle degree", zh: "障碍度"),
            .number(order.map { end.shares[$0] ?? .nan }), display: .fixedDecimals(4))
        }, keyColumns: 3, notes: [summedNote])
  }

  private func place(_ position: Int) -> Int {
    let indices = indicators.map(\.indicator.index)
    return indices.firstIndex(of: indices[position]) ?? 0
  }

  private func time(_ period: Int) -> Int? { hasPeriods ? periods[period] : nil }

  private func indicatorColumns(_ positions: [Int], withColumn: Bool = true) -> [ResultColumn] {
    let own = positions.map { indicators[$0].indicator }
    return [
      .variables("index", Phrase("Index", zh: "指数"), own.map(\.index)),
      ResultColumn("dimension", Phrase("Dimension", zh: "维度"), .text(own.map(\.dimension))),
      ResultColumn("indicator", Phrase("Indicator", zh: "指标"), .phrase(own.map(\.name))),
    ] + (withColumn ? [ResultColumn("column", Phrase("Column", zh: "列名"), .text(own.map(\.column)))] : [])
  }

  private var title: Phrase { Phrase("Obstacle degrees of the indicators", zh: "指标障碍度") }

  private var ruleNote: Phrase {
    Phrase(
      "Obstacle degree: w(1 − x′)/Σw(1 − x′) within each index, w the entropy weights (annual-mean), x′ by minimum and"
        + " maximum over all periods. A unit that is best in every indicator has none.",
      zh: "障碍度：各指数内 w(1−x′)/Σw(1−x′)，w 为熵权（逐期均值），x′ 为全样本极差标准化值；各指标均为最优的县域无障碍度。")
  }

  private var summedNote: Phrase {
    Phrase(
      "Over several units: the share of summed w(1 − x′), which is not the mean of their shares; w the entropy weights"
        + " (annual-mean).",
      zh: "多个县域的障碍度为 w(1−x′) 合计的份额，不等于各县域障碍度的平均；w 为熵权（逐期均值）。")
  }

  /// What the reader must know of the data.
  public var notes: [Phrase] { entropyNotes }
}
