/// Factor price indices: over time within each place, and across the places of a period.
///
/// Source: methods/evaluation.md, 5.9.
public enum PriceIndexEstimator {
  /// The columns of a table of prices besides those of places and periods.
  static let columns = ["unit", "time", "item", "price", "quantity"]

  /// Computes the indices from rows of place, period, item, price and quantity; a base that is not named is the first place
  /// or period.
  ///
  /// Rows whose price or quantity is missing do not count. Throws `FactorError` for what is off in the table, and what
  /// `PanelKeys` throws for its keys.
  public static func fit(
    _ table: Table, unitColumn: String? = nil, timeColumn: String? = nil, baseUnit: String? = nil,
    basePeriod: Int? = nil
  ) throws -> PriceIndexResult {
    let goods = try PricedGoods(table, unitColumn: unitColumn, timeColumn: timeColumn)
    if let baseUnit, !goods.units.contains(baseUnit) {
      throw FactorError.noSuchBase(found: baseUnit, source: table.source, known: goods.units)
    }
    if let basePeriod, !goods.periods.contains(basePeriod) {
      throw FactorError.noSuchBase(
        found: goods.frequency.label(basePeriod), source: table.source,
        known: goods.periods.map(goods.frequency.label))
    }
    return PriceIndexResult(
      overTime: overTime(goods, base: basePeriod), acrossPlaces: acrossPlaces(goods, base: baseUnit),
      frequency: goods.frequency, missingCount: goods.missingCount, unitColumn: goods.unitColumn,
      notes: goods.notes)
  }

  /// Every place's periods against its base and, link by link, along the chain.
  private static func overTime(_ goods: PricedGoods, base named: Int?) -> [PriceIndexResult.OverTime] {
    var rows: [PriceIndexResult.OverTime] = []
    for unit in goods.units.indices {
      let periods = goods.periods.indices.filter { goods.bundle(unit, $0) != nil }
      let base = named.flatMap { goods.periods.firstIndex(of: $0) } ?? periods.first
      guard let base, let first = goods.bundle(unit, base), let start = periods.firstIndex(of: base) else {
        continue
      }
      func index(_ from: Int, _ to: Int) -> PriceIndices {
        PriceIndices(base: goods.bundle(unit, from) ?? [], current: goods.bundle(unit, to) ?? [])
      }
      for (place, period) in periods.enumerated() {
        // Backwards the chain is that of the periods between, each against the one after it.
        let path = place >= start ? Array(periods[start...place]) : periods[place...start].reversed()
        rows.append(
          PriceIndexResult.OverTime(
            unit: goods.units[unit], from: goods.periods[base], to: goods.periods[period],
            fixed: PriceIndices(base: first, current: goods.bundle(unit, period) ?? []),
            chained: PriceIndices(chaining: zip(path, path.dropFirst()).map { index($0, $1) })))
      }
    }
    return rows
  }

  /// Every period's places against the base, by each pair alone and by all pairs together.
  private static func acrossPlaces(_ goods: PricedGoods, base named: String?) -> [PriceIndexResult.Across] {
    goods.periods.indices.compactMap { period in
      let units = goods.units.indices.filter { goods.bundle($0, period) != nil }
      guard units.count > 1 else { return nil }
      let base = named.map { name in units.firstIndex { goods.units[$0] == name } } ?? 0
      guard let base else { return nil }
      let bundles = units.map { goods.bundle($0, period) ?? [] }
      let pairs = bundles.map { one in bundles.map { PriceIndices(base: one, current: $0) } }
      return PriceIndexResult.Across(
        period: goods.hasPeriods ? goods.periods[period] : nil, units: units.map { goods.units[$0] },
        base: base, againstBase: pairs[base],
        fisher: TransitivePrices.levels(count: units.count, base: base) { pairs[$0][$1].fisher },
        tornqvist: TransitivePrices.levels(count: units.count, base: base) { pairs[$0][$1].tornqvist })
    }
  }
}

/// Prices and quantities by place, period and item.
struct PricedGoods {
  let units: [String]
  let periods: [Int]
  let frequency: PeriodFrequency
  let hasPeriods: Bool
  let unitColumn: String
  /// Rows without a price or without a quantity.
  let missingCount: Int
  let notes: [Phrase]
  private let bundles: [Int: [PriceIndices.Item?]]

  /// The items of a place in a period, nil where it has none.
  func bundle(_ unit: Int, _ period: Int) -> [PriceIndices.Item?]? { bundles[unit * periods.count + period] }

  /// Reads a table. Throws `FactorError`, `TableError` and what `PanelKeys` throws.
  init(_ table: Table, unitColumn: String?, timeColumn: String?) throws {
    let columns = try NamedColumns(table, purpose: "a table of prices", expected: PriceIndexEstimator.columns)
    let items = try columns.words(columns.position("item"))
    let (price, quantity) = (try columns.position("price"), try columns.position("quantity"))
    let numbers = try table.numbers(columns: [price, quantity])
    let keys = try PanelKeys(
      table, unitColumn: unitColumn ?? table.columnNames.first { $0 == "unit" },
      timeColumn: timeColumn ?? table.columnNames.first { $0 == "time" },
      besides: ["item", "price", "quantity"])
    (frequency, hasPeriods, notes) = (keys.frequency, keys.hasPeriods, keys.notes)
    self.unitColumn = keys.unitColumn
    units = keys.units.firstAppearances
    periods = Set(keys.periods).sorted()
    let names = items.firstAppearances
    let (unitPlace, periodPlace, itemPlace) = (units.positions, periods.positions, names.positions)
    var bundles: [Int: [PriceIndices.Item?]] = [:]
    var rowOfCell: [Int: Int] = [:]
    var missing = 0
    for row in items.indices {
      let (unit, item) = (unitPlace[keys.units[row]]!, itemPlace[items[row]]!)
      let cell = unit * periods.count + periodPlace[keys.periods[row]]!
      let time = keys.hasPeriods ? " in \(keys.frequency.label(keys.periods[row]))" : ""
      let place = "\"\(items[row])\" of \(keys.unitColumn) \"\(keys.units[row])\"\(time)"
      if let first = rowOfCell.updateValue(row, forKey: cell * names.count + item) {
        throw FactorError.repeated(
          place: place, source: table.source, firstLine: table.lines[first], secondLine: table.lines[row])
      }
      let (p, q) = (numbers[0][row], numbers[1][row])
      if p <= 0 {
        throw FactorError.priceNotPositive(value: p, place: place, source: table.source(ofRow: row))
      }
      if q < 0 {
        throw FactorError.negative(
          value: q, what: "quantity", place: place, source: table.source(ofRow: row), column: "quantity")
      }
      guard !p.isNaN, !q.isNaN else {
        missing += 1
        continue
      }
      bundles[cell, default: [PriceIndices.Item?](repeating: nil, count: names.count)][item] = .init(
        price: p, quantity: q)
    }
    self.bundles = bundles
    missingCount = missing
  }
}
