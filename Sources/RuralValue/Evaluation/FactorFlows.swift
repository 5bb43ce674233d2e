internal import RuralValueNumerics

/// What flows of one factor in one period leave at each place: inflow, outflow, and what stays within.
///
/// Of a table of flows v(from, to): in_i = Σ_{j≠i} v(j, i), out_i = Σ_{j≠i} v(i, j), net = in − out, within_i = v(i, i). Over all
/// places net adds up to zero, for every flow leaves one and reaches one.
///
/// Source: methods/evaluation.md, section 5; CLI.md, evaluate.
struct FactorBalance: Sendable, Equatable {
  /// Σ of what comes from other places, and of what goes there.
  let inflow: [Double]
  let outflow: [Double]
  /// What begins and ends at the place itself.
  let within: [Double]

  /// in − out.
  var net: [Double] { zip(inflow, outflow).map { $0 - $1 } }

  /// net/(in + out), from −1 to 1; nil where nothing flows.
  var relativeNet: [Double?] {
    zip(inflow, outflow).map { $0 + $1 > 0 ? ($0 - $1) / ($0 + $1) : nil }
  }

  /// Flows between places by their numbers, below `count`.
  init(_ flows: [(from: Int, to: Int, value: Double)], count: Int) {
    var inflow = [CompensatedSum](repeating: CompensatedSum(), count: count)
    var (outflow, within) = (inflow, inflow)
    for flow in flows {
      if flow.from == flow.to {
        within[flow.from].add(flow.value)
      } else {
        outflow[flow.from].add(flow.value)
        inflow[flow.to].add(flow.value)
      }
    }
    self.inflow = inflow.map(\.value)
    self.outflow = outflow.map(\.value)
    self.within = within.map(\.value)
  }
}

/// Flows of factors between the units of a panel, by unit and by group of units.
public enum FactorFlowEstimator {
  /// The columns of a table of flows.
  static let columns = ["from", "to", "time", "factor", "value"]
  /// What stands for every place that the panel does not have.
  static let outside = "outside"
  private static let outsideNames: Set<String> = [outside, "域外", "区域外", "外地"]

  /// Adds up the flows of a table with the columns `from,to,time,factor,value`.
  ///
  /// `units` are those of the panel, in its order, and `groupOfUnit` their groups. A pair that the table does not have is
  /// no flow. Throws `FactorError` for a place that is no unit, a flow below zero and a flow that stands twice, and what
  /// `PanelKeys` throws for the periods.
  public static func fit(
    _ table: Table, units: [String], groupOfUnit: [String: String] = [:]
  ) throws -> FactorFlowResult {
    let flows = try ListedFlows(table, units: units)
    let groups = groupOfUnit.isEmpty ? [] : Set(units.compactMap { groupOfUnit[$0] }).sorted()
    let place = groups.positions
    // Units without a group, and places outside, are one place more each.
    let (none, beyond) = (groups.count, groups.count + 1)
    let groupOfPlace = units.map { groupOfUnit[$0].flatMap { place[$0] } ?? none } + [beyond]
    let entries = flows.series.map { series in
      FactorFlowResult.Entry(
        factor: series.factor, period: series.period,
        units: FactorBalance(series.flows, count: units.count + 1),
        groups: FactorBalance(
          series.flows.map { (groupOfPlace[$0.from], groupOfPlace[$0.to], $0.value) }, count: groups.count + 2
        ),
        pairs: pairs(series.flows, groupOfPlace, count: groups.count + 2))
    }
    return FactorFlowResult(
      entries: entries, units: units, groups: groups, hasOutside: flows.hasOutside,
      hasGroupless: !groups.isEmpty && groupOfPlace.dropLast().contains(none), frequency: flows.frequency,
      missingCount: flows.missingCount, selfFlowCount: flows.selfFlowCount, source: table.source)
  }

  private static func pairs(
    _ flows: [(from: Int, to: Int, value: Double)], _ groupOfPlace: [Int], count: Int
  ) -> [[Double]] {
    var sums = [[CompensatedSum]](
      repeating: [CompensatedSum](repeating: CompensatedSum(), count: count), count: count)
    for flow in flows { sums[groupOfPlace[flow.from]][groupOfPlace[flow.to]].add(flow.value) }
    return sums.map { $0.map(\.value) }
  }

  /// The flows of a table by factor and period, places by their numbers; behind the units stands what is outside.
  private struct ListedFlows {
    struct Series {
      let factor: String
      let period: Int
      var flows: [(from: Int, to: Int, value: Double)] = []
    }

    private(set) var series: [Series] = []
    let frequency: PeriodFrequency
    private(set) var missingCount = 0
    private(set) var selfFlowCount = 0
    private(set) var hasOutside = false

    init(_ table: Table, units: [String]) throws {
      let columns = try NamedColumns(
        table, purpose: "a table of flows", expected: FactorFlowEstimator.columns)
      let (from, to) = (try columns.position("from"), try columns.position("to"))
      let (time, value) = (try columns.position("time"), try columns.position("value"))
      let factors = try columns.words(columns.position("factor"))
      let ends = [PlainIds(try columns.words(from)).ids, PlainIds(try columns.words(to)).ids]
      let periods = try PeriodColumn(table, column: time)
      let values = try table.numbers(column: value)
      frequency = periods.frequency
      let placeOfUnit = units.positions
      var known: [Key: Int] = [:]
      var placeOfSeries: [Key: Int] = [:]
      for row in values.indices {
        let places = try zip(ends, ["from", "to"]).map { names, column throws(FactorError) in
          if let place = placeOfUnit[names[row]] { return place }
          guard FactorFlowEstimator.outsideNames.contains(names[row]) else {
            throw .unknownUnit(
              unit: names[row], source: table.source(ofRow: row), line: table.lines[row], column: column,
              units: units)
          }
          return units.count
        }
        let (origin, goal, period) = (places[0], places[1], periods.periods[row])
        let name =
          "the flow of \(factors[row]) from \"\(ends[0][row])\" to \"\(ends[1][row])\" in"
          + " \(frequency.label(period))"
        if let first = known.updateValue(
          row, forKey: Key(factor: factors[row], period: period, from: origin, to: goal))
        {
          throw FactorError.repeated(
            place: name, source: table.source, firstLine: table.lines[first], secondLine: table.lines[row])
        }
        guard !values[row].isNaN else {
          missingCount += 1
          continue
        }
        guard values[row] >= 0 else {
          throw FactorError.negative(
            value: values[row], what: "flow", place: String(name.dropFirst("the flow of ".count)),
            source: "\(table.source(ofRow: row)), line \(table.lines[row])", column: "value")
        }
        if origin == units.count || goal == units.count { hasOutside = true }
        if origin == goal { selfFlowCount += 1 }
        let key = Key(factor: factors[row], period: period, from: 0, to: 0)
        if placeOfSeries[key] == nil {
          placeOfSeries[key] = series.count
          series.append(Series(factor: factors[row], period: period))
        }
        series[placeOfSeries[key]!].flows.append((origin, goal, values[row]))
      }
      let order = factors.firstAppearances.positions
      series.sort { (order[$0.factor]!, $0.period) < (order[$1.factor]!, $1.period) }
    }

    private struct Key: Hashable {
      let factor: String
      let period: Int
      let from: Int
      let to: Int
    }
  }
}
