internal import RuralValueNumerics

/// How far supply and demand are spread differently over the units of one period.
///
/// M = ½ Σ_i |s_i − d_i| with s_i and d_i the units' shares of all supply and of all demand, over the units in which both are
/// known: the share that would have to move for the two to coincide, between 0 and 1.
///
/// Source: Duncan and Duncan (1955); methods/evaluation.md, 5.8.
struct ShareMismatch: Sendable, Equatable {
  /// s_i and d_i; nil where the unit does not count, or a sum is zero.
  let supplyShares: [Double?]
  let demandShares: [Double?]
  /// How many units count.
  let count: Int

  /// Supply and demand of each unit, none below zero, nil where missing.
  init(supply: [Double?], demand: [Double?]) {
    precondition(supply.count == demand.count, "A supply needs its demand.")
    let known = zip(supply, demand).map { $0 != nil && $1 != nil }
    count = known.count { $0 }
    func shares(_ values: [Double?]) -> [Double?] {
      let kept = zip(values, known).map { $1 ? $0 : nil }
      let sum = kept.compactMap { $0 }.compensatedSum
      return kept.map { value in sum > 0 ? value.map { $0 / sum } : nil }
    }
    supplyShares = shares(supply)
    demandShares = shares(demand)
  }

  /// s_i − d_i.
  var gaps: [Double?] {
    zip(supplyShares, demandShares).map { supply, demand in
      supply.flatMap { supply in demand.map { supply - $0 } }
    }
  }

  /// s_i/d_i; nil where d_i is zero.
  var ratios: [Double?] {
    zip(supplyShares, demandShares).map { supply, demand in
      supply.flatMap { supply in demand.flatMap { $0 > 0 ? supply / $0 : nil } }
    }
  }

  /// M; nil where nothing is supplied or nothing demanded.
  var index: Double? {
    let gaps = gaps.compactMap { $0 }
    return gaps.isEmpty ? nil : min(gaps.map(abs).compensatedSum / 2, 1)
  }
}

/// A column of supply and one of demand whose shares are compared.
public struct ShareMismatchPair: Sendable, Equatable {
  /// The column of supply.
  public let supply: String
  /// The column of demand.
  public let demand: String

  /// A pair from the names of its columns.
  public init(supply: String, demand: String) {
    self.supply = supply
    self.demand = demand
  }

  /// What tables call it: `land_supply/land_demand`.
  public var name: String { "\(supply)/\(demand)" }
}

/// The mismatch of supply and demand, period by period.
public enum ShareMismatchEstimator {
  /// Compares the shares of pairs of columns in every period: M = ½ Σ_i |s_i − d_i|.
  ///
  /// Throws `PanelError.noSuchVariable` for a column that the panel does not have, and `FactorError.negative`.
  public static func fit(_ panel: Panel, pairs: [ShareMismatchPair]) throws -> ShareMismatchResult {
    var entries: [ShareMismatchResult.Entry] = []
    for pair in pairs {
      let (supply, demand) = (
        try values(pair.supply, "supply", panel), try values(pair.demand, "demand", panel)
      )
      for period in panel.periods.indices {
        let rows = panel.rows(ofPeriod: period)
        entries.append(
          ShareMismatchResult.Entry(
            pair: pair, period: panel.hasPeriods ? panel.periods[period] : nil,
            units: rows.map { panel.unit(ofRow: $0) },
            mismatch: ShareMismatch(supply: rows.map { supply[$0] }, demand: rows.map { demand[$0] })))
      }
    }
    return ShareMismatchResult(entries: entries, frequency: panel.frequency)
  }

  private static func values(_ name: String, _ what: String, _ panel: Panel) throws -> [Double?] {
    let values = try panel.values(of: name)
    if let row = values.indices.filter({ values[$0] < 0 }).min(by: { panel.lines[$0] < panel.lines[$1] }) {
      let time = panel.hasPeriods ? " in \(panel.frequency.label(panel.period(ofRow: row)))" : ""
      throw FactorError.negative(
        value: values[row], what: what, place: "\(panel.unitColumn) \"\(panel.unit(ofRow: row))\"\(time)",
        source: panel.source(ofRow: row), column: name)
    }
    return values.map { $0.isNaN ? nil : $0 }
  }
}
