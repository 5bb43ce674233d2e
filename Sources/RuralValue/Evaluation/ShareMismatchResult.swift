/// The mismatch of supply and demand in every period, with each unit's part.
public struct ShareMismatchResult: Sendable, Equatable {
  let entries: [Entry]
  let frequency: PeriodFrequency

  /// One pair of columns in one period.
  struct Entry: Sendable, Equatable {
    let pair: ShareMismatchPair
    let period: Int?
    let units: [String]
    let mismatch: ShareMismatch
  }
}

extension ShareMismatchResult {
  /// M by period and pair: `time, index, value, n`.
  public var table: ResultTable {
    ResultTable(
      name: "mismatch", title: Phrase("Mismatch of supply and demand", zh: "供需错配指数"),
      columns: [
        ResultColumn("time", Phrase("Period", zh: "时期"), .integer(entries.map(\.period))),
        ResultColumn("index", Phrase("Supply/demand", zh: "供给/需求"), .text(entries.map(\.pair.name))),
        ResultColumn(
          "value", Phrase("Mismatch M", zh: "错配指数 M"), .number(entries.map { $0.mismatch.index ?? .nan }),
          display: .fixedDecimals(4)),
        ResultColumn("n", Phrase("Units", zh: "县域数"), .integer(entries.map(\.mismatch.count))),
      ], keyColumns: 2, notes: [ruleNote])
  }

  /// Each unit's shares, their difference and their ratio.
  public var unitTable: ResultTable {
    func numbers(_ values: (ShareMismatch) -> [Double?]) -> ResultValues {
      .number(entries.flatMap { values($0.mismatch).map { $0 ?? .nan } })
    }
    return ResultTable(
      name: "mismatch_units", title: Phrase("Shares of supply and demand by unit", zh: "各县域供需份额"),
      columns: [
        ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(entries.flatMap { $0.units.map { $0 } })),
        ResultColumn(
          "time", Phrase("Period", zh: "时期"),
          .integer(entries.flatMap { entry in entry.units.map { _ in entry.period } })),
        ResultColumn(
          "index", Phrase("Supply/demand", zh: "供给/需求"),
          .text(entries.flatMap { entry in entry.units.map { _ in entry.pair.name } })),
        ResultColumn(
          "supply_share", Phrase("Supply s", zh: "供给份额 s"), numbers(\.supplyShares),
          display: .fixedDecimals(4)),
        ResultColumn(
          "demand_share", Phrase("Demand d", zh: "需求份额 d"), numbers(\.demandShares),
          display: .fixedDecimals(4)),
        ResultColumn("gap", Phrase(verbatim: "s − d"), numbers(\.gaps), display: .fixedDecimals(4)),
        ResultColumn("ratio", Phrase(verbatim: "s/d"), numbers(\.ratios), display: .fixedDecimals(4)),
      ], keyColumns: 3, notes: [ruleNote])
  }

  private var ruleNote: Phrase {
    Phrase(
      "M = ½ Σ|s − d| over the units in which both are known: the share that would have to move. It depends on the"
        + " size of the units: compare it over the same units only.",
      zh: "M = ½ Σ|s − d|，仅含供需均已知的县域，即需要重新配置的份额；其值依赖单元划分，只能在同一划分下比较。")
  }

  /// Units that do not count for want of a number, and periods without a mismatch.
  public var notes: [Phrase] {
    var notes: [Phrase] = []
    for entry in entries {
      let time = entry.period.map { frequency.label($0) }
      let (when, whenChinese) = (time.map { " in \($0)" } ?? "", time.map { "\($0)" } ?? "")
      let absent = entry.units.indices.filter {
        entry.mismatch.supplyShares[$0] == nil && entry.mismatch.demandShares[$0] == nil
      }
      if entry.mismatch.index == nil {
        notes.append(
          Phrase(
            "\(entry.pair.name): no mismatch\(when), for supply or demand is zero in all, or no unit has both.",
            zh: "\(entry.pair.name)：\(whenChinese)供给或需求合计为0，或无县域二者兼有，错配指数无定义。"))
      } else if !absent.isEmpty {
        let names = absent.map { entry.units[$0] }
        notes.append(
          Phrase(
            "\(entry.pair.name): left out\(when) for a missing number: \(listed(names, most: 8)).",
            zh: "\(entry.pair.name)：\(whenChinese)因缺失未计入：\(listed(names, most: 8, in: .chinese))。"))
      }
    }
    return notes
  }
}
