/// Flows of factors by unit, by group and between groups, for each factor and period.
public struct FactorFlowResult: Sendable, Equatable {
  let entries: [Entry]
  let units: [String]
  let groups: [String]
  let hasOutside: Bool
  let hasGroupless: Bool
  let frequency: PeriodFrequency
  /// Rows without a value.
  let missingCount: Int
  /// Flows that begin and end at one unit.
  let selfFlowCount: Int
  let source: String

  /// One factor in one period; behind the units stands what is outside, behind the groups units without one and what is
  /// outside.
  struct Entry: Sendable, Equatable {
    let factor: String
    let period: Int
    let units: FactorBalance
    let groups: FactorBalance
    /// From group (row) to group (column).
    let pairs: [[Double]]
  }
}

extension FactorFlowResult {
  /// What every unit receives and gives: `unit, time, factor, in, out, net, relative_net, within`.
  public var table: ResultTable {
    let places = Array(units.indices) + (hasOutside ? [units.count] : [])
    return balanceTable(
      name: "flows", title: Phrase("Flows of factors by unit", zh: "各县域要素流动"), key: "unit",
      heading: Phrase("Unit", zh: "县域"), places: places,
      label: { $0 < self.units.count ? self.units[$0] : Self.outside },
      balance: \.units)
  }

  /// The same by group of units, whose flows inside the group are `within`; nil without groups.
  public var groupTable: ResultTable? {
    guard !groups.isEmpty else { return nil }
    return balanceTable(
      name: "flow_groups", title: Phrase("Flows of factors by group", zh: "各区域要素流动"), key: "group",
      heading: Phrase("Group", zh: "区域"), places: groupPlaces, label: groupName, balance: \.groups)
  }

  /// How much flows from each group to each: `factor, time, from, to, value`; nil without groups.
  public var pairTable: ResultTable? {
    guard !groups.isEmpty else { return nil }
    let rows = entries.flatMap { entry in
      groupPlaces.flatMap { from in groupPlaces.map { (entry, from, $0) } }
    }
    return ResultTable(
      name: "flow_pairs", title: Phrase("Flows between groups", zh: "区域间要素流动矩阵"),
      columns: [
        ResultColumn("factor", Phrase("Factor", zh: "要素"), .text(rows.map(\.0.factor))),
        ResultColumn("time", Phrase("Period", zh: "时期"), .integer(rows.map(\.0.period))),
        ResultColumn("from", Phrase("From", zh: "流出"), .text(rows.map { groupName($0.1) })),
        ResultColumn("to", Phrase("To", zh: "流入"), .text(rows.map { groupName($0.2) })),
        ResultColumn("value", Phrase("Flow", zh: "流量"), .number(rows.map { $0.0.pairs[$0.1][$0.2] })),
      ], keyColumns: 4, notes: [ruleNote])
  }

  private static let outside = FactorFlowEstimator.outside

  private var groupPlaces: [Int] {
    Array(groups.indices) + (hasGroupless ? [groups.count] : []) + (hasOutside ? [groups.count + 1] : [])
  }

  private func groupName(_ place: Int) -> String {
    place < groups.count ? groups[place] : place == groups.count ? "no group" : Self.outside
  }

  private func balanceTable(
    name: String, title: Phrase, key: String, heading: Phrase, places: [Int], label: (Int) -> String,
    balance: (Entry) -> FactorBalance
  ) -> ResultTable {
    func numbers(_ values: (FactorBalance) -> [Double]) -> ResultValues {
      .number(
        entries.flatMap { entry in
          let values = values(balance(entry))
          return places.map { values[$0] }
        })
    }
    return ResultTable(
      name: name, title: title,
      columns: [
        ResultColumn(key, heading, .text(entries.flatMap { _ in places.map { label($0) } })),
        ResultColumn(
          "time", Phrase("Period", zh: "时期"),
          .integer(entries.flatMap { entry in places.map { _ in entry.period } })),
        ResultColumn(
          "factor", Phrase("Factor", zh: "要素"),
          .text(entries.flatMap { entry in places.map { _ in entry.factor } })),
        ResultColumn("in", Phrase("In", zh: "流入"), numbers(\.inflow)),
        ResultColumn("out", Phrase("Out", zh: "流出"), numbers(\.outflow)),
        ResultColumn("net", Phrase("Net", zh: "净流入"), numbers(\.net)),
        ResultColumn(
          "relative_net", Phrase("Net/(in + out)", zh: "净流入率"), numbers { $0.relativeNet.map { $0 ?? .nan } }),
        ResultColumn("within", Phrase("Within", zh: "内部流动"), numbers(\.within)),
      ], keyColumns: 3, notes: [ruleNote])
  }

  private var ruleNote: Phrase {
    Phrase(
      "Net is in less out; a flow from a place to itself is within it and counts in neither. A pair that the file does"
        + " not list is no flow.",
      zh: "净流入 = 流入 − 流出；同一地区内部的流动单列，不计入流入与流出；文件未列出的组合视为无流动。")
  }

  /// What the reader must know of the data.
  public var notes: [Phrase] {
    var notes: [Phrase] = []
    if selfFlowCount > 0 {
      notes.append(
        Phrase(
          "\(source): \(selfFlowCount) flow\(selfFlowCount == 1 ? " begins and ends" : "s begin and end") at one unit.",
          zh: "\(source)：\(selfFlowCount)条流动的起点与终点为同一县域。"))
    }
    if missingCount > 0 {
      notes.append(
        Phrase(
          "\(source): \(missingCount) flow\(missingCount == 1 ? " has" : "s have") no value and"
            + " \(missingCount == 1 ? "is" : "are") left out; the sums are too small by them.",
          zh: "\(source)：\(missingCount)条流动缺少数值，未计入，合计因此偏小。"))
    }
    return notes
  }
}
