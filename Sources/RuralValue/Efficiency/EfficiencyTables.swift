/// The tables of efficiency.
extension EfficiencyResult {
  private typealias Row = (unit: UnitEfficiency, rank: Int, count: Int)

  private var rows: [Row] {
    periods.flatMap { period in
      zip(period.units, period.ranks).map { ($0, $1, period.units.count) }
    }
  }

  private func time(_ period: Int) -> Int? { hasPeriods ? period : nil }

  private func keys(_ units: [String], _ times: [Int]) -> [ResultColumn] {
    [
      ResultColumn("unit", Phrase("Unit", zh: "单元"), .text(units)),
      ResultColumn("time", Phrase("Time", zh: "时间"), .integer(times.map(time))),
    ]
  }

  private func timeColumn(_ name: String, _ heading: Phrase, _ times: [Int]) -> ResultColumn {
    ResultColumn(name, heading, .integer(times.map(time)))
  }

  /// One row a unit and period: `unit, time, score, super_score, ranked_score, rank, …, duality_gap`; `map` can show it.
  ///
  /// `isSimulated` marks every row of simulated data.
  public func table(isSimulated: Bool = false) -> ResultTable {
    let units = rows.map(\.unit)
    let columns =
      keys(units.map(\.unit), units.map(\.period)) + [
        ResultColumn("score", Phrase("Score", zh: "效率值"), .number(units.map(\.score))),
        ResultColumn(
          "super_score", Phrase("Super-efficiency", zh: "超效率值"), .number(units.map { $0.superScore ?? .nan }),
          missing: .blank),
        ResultColumn(
          "ranked_score", Phrase("Score for ranks", zh: "排序用效率值"), .number(units.map(\.rankedScore))),
        ResultColumn("rank", Phrase("Rank", zh: "排名"), .integer(rows.map(\.rank))),
        ResultColumn("ccr", Phrase("CCR", zh: "CCR效率"), .number(units.map(\.constantScore))),
        ResultColumn("bcc", Phrase("BCC", zh: "BCC效率"), .number(units.map(\.variableScore))),
        ResultColumn(
          "scale_efficiency", Phrase("Scale efficiency", zh: "规模效率"), .number(units.map(\.scaleEfficiency))),
        ResultColumn("returns", Phrase("Returns to scale", zh: "规模报酬"), .text(units.map(\.returns.rawValue))),
        ResultColumn(
          "duality_gap", Phrase("Duality gap", zh: "对偶间隙"), .number(units.map(\.dualityGap))),
        ResultColumn("reason", Phrase("Remark", zh: "备注"), .remark(units.map(remark)), missing: .blank),
      ]
      + (isSimulated
        ? [
          ResultColumn(
            Table.simulatedColumn, Phrase("Simulated", zh: "模拟数据"), .text(units.map { _ in "yes" }))
        ] : [])
    return ResultTable(
      name: "efficiency", title: title, columns: columns, keyColumns: 2, notes: methodNotes
    ).adding(cautions: cautions)
  }

  /// The same for a page: without what only files need.
  public var briefTable: ResultTable {
    let table = self.table()
    var dropped: Set = ["ranked_score", "duality_gap"]
    if !hasPeriods { dropped.insert("time") }
    if units.allSatisfy({ $0.superScore == nil }) { dropped.insert("super_score") }
    if units.allSatisfy({ remark($0) == nil }) { dropped.insert("reason") }
    let columns = table.columns.filter { !dropped.contains($0.name) }.map { column in
      column.name != "returns"
        ? column
        : ResultColumn(column.name, column.heading, .phrase(units.map(\.returns.phrase)))
    }
    return ResultTable(
      name: table.name, title: table.title, columns: columns, keyColumns: hasPeriods ? 2 : 1,
      notes: table.notes
    ).adding(cautions: table.cautions)
  }

  /// What is to be said of one unit.
  private func remark(_ unit: UnitEfficiency) -> Phrase? {
    if let reason = unit.superReason { return reason }
    return unit.isEfficient && !unit.isStronglyEfficient
      ? Phrase("weakly efficient: slacks remain", zh: "弱有效：仍有松弛") : nil
  }

  /// One row a period, and with groups one a group and period below.
  public var summaryTable: ResultTable {
    summary(name: "efficiency_by_time", periods.map { (nil, $0.period, $0.units) })
  }

  /// One row a group and period; nil without groups. `labels` are the groups' names.
  public func groupTable(labels: [String]) -> ResultTable? {
    guard !groups.isEmpty else { return nil }
    var parts: [(String?, Int, [UnitEfficiency])] = []
    for (number, label) in labels.enumerated() {
      for (period, groups) in zip(periods, groups) {
        let members = zip(period.units, groups).filter { $0.1 == number }.map(\.0)
        if !members.isEmpty { parts.append((label, period.period, members)) }
      }
    }
    return summary(name: "efficiency_by_group", parts)
  }

  private func summary(name: String, _ parts: [(group: String?, period: Int, units: [UnitEfficiency])])
    -> ResultTable
  {
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func number(_ name: String, _ heading: Phrase, _ value: ([UnitEfficiency]) -> Double) -> ResultColumn {
      ResultColumn(name, heading, .number(parts.map { value($0.units) }))
    }
    func count(_ returns: ReturnsToScale) -> ResultColumn {
      ResultColumn(
        "\(returns.rawValue)_returns",
        Phrase("\(returns.phrase.english) returns", zh: "规模报酬\(returns.phrase.chinese)"),
        .integer(parts.map { $0.units.count { $0.returns == returns } }))
    }
    let groupColumn =
      parts.contains { $0.group != nil }
      ? [ResultColumn("group", Phrase("Group", zh: "分组"), .text(parts.map(\.group)))] : []
    let times = hasPeriods ? [timeColumn("time", Phrase("Time", zh: "时间"), parts.map(\.period))] : []
    let isByGroup = !groupColumn.isEmpty
    return ResultTable(
      name: name,
      title: isByGroup
        ? Phrase("\(modelName.english): groups", zh: "\(modelName.chinese)：分组均值")
        : Phrase("\(modelName.english): summary", zh: "\(modelName.chinese)：汇总"),
      columns: groupColumn + times + [
        ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(parts.map(\.units.count))),
        ResultColumn(
          "efficient", Phrase("Efficient", zh: "有效个体数"),
          .integer(parts.map { $0.units.count(where: \.isEfficient) })),
        number("mean", Phrase("Mean score", zh: "效率均值")) { mean($0.map(\.score)) },
        number("min", Phrase("Lowest", zh: "最低")) { $0.map(\.score).min() ?? .nan },
        number("max", Phrase("Highest", zh: "最高")) { $0.map(\.rankedScore).max() ?? .nan },
        number("mean_scale_efficiency", Phrase("Mean scale efficiency", zh: "规模效率均值")) {
          mean($0.map(\.scaleEfficiency))
        },
        count(.increasing), count(.constant), count(.decreasing),
      ], keyColumns: max(1, groupColumn.count + times.count), notes: isByGroup ? [] : methodNotes
    ).adding(cautions: cautions)
  }

  /// One row a unit, period and column.
  public var slackTable: ResultTable {
    let rows = units.flatMap { unit in unit.slacks.map { (unit, $0) } }
    return ResultTable(
      name: "efficiency_slacks", title: Phrase("Slacks and targets", zh: "松弛变量与目标值"),
      columns: keys(rows.map(\.0.unit), rows.map(\.0.period)) + [
        .names(
          "column", Phrase("Column", zh: "变量"), rows.map { WordedName($0.1.column, .quantity) }),
        ResultColumn("role", Phrase("Role", zh: "类型"), .text(rows.map(\.1.role.rawValue))),
        ResultColumn("value", Phrase("Value", zh: "实际值"), .number(rows.map(\.1.value)), display: .quantity),
        ResultColumn("slack", Phrase("Slack", zh: "松弛"), .number(rows.map(\.1.slack))),
        ResultColumn(
          "target", Phrase("Target", zh: "目标值"), .number(rows.map(\.1.target)), display: .quantity),
      ], keyColumns: 3, notes: [slackNote])
  }

  /// One row a unit, period and peer.
  public var peerTable: ResultTable {
    let rows = units.flatMap { unit in unit.peers.map { (unit, $0) } }
    return ResultTable(
      name: "efficiency_peers", title: Phrase("Peers", zh: "参照单元"),
      columns: keys(rows.map(\.0.unit), rows.map(\.0.period)) + [
        ResultColumn("peer", Phrase("Peer", zh: "参照单元"), .text(rows.map(\.1.unit))),
        ResultColumn("weight", Phrase("Weight λ", zh: "权重 λ"), .number(rows.map(\.1.weight))),
      ], keyColumns: 2, notes: [uniquenessNote])
  }
}
