/// A panel with what a model needs of it, once the rule about gaps has been followed.
struct GapFilling {
  /// The columns, without gaps but in the outcome.
  let columns: SpatialColumns
  /// The places of the periods in the panel.
  let periods: [Int]
  let gaps: SpatialGaps

  /// Throws `SpatialDurbinError` where the rule leaves nothing to estimate.
  init(_ panel: Panel, _ specification: SpatialDurbinSpecification) throws {
    let given = try SpatialColumns(panel, specification)
    let found = given.gaps(in: given.periods)
    var record = SpatialGaps(cellCount: panel.units.count * given.periods.count)
    let label = { panel.frequency.label(panel.periods[$0]) }
    guard !found.isEmpty else {
      self.init(columns: given, periods: given.periods, gaps: record)
      return
    }
    switch specification.gaps {
    case .refuse: throw Self.missing(found, given, because: nil)
    case .dropUnits:
      let dropped = Set(found.map(\.unit))
      let kept = panel.units.indices.filter { !dropped.contains($0) }
      guard kept.count >= 2 else {
        throw SpatialDurbinError.nothingLeft(
          source: panel.source, rule: .dropUnits, left: kept.count, of: panel.units.count)
      }
      let columns = try SpatialColumns(try panel.keeping(units: kept), specification)
      record.units = dropped.sorted().map { panel.units[$0] }
      record.cellCount = kept.count * columns.periods.count
      self.init(columns: columns, periods: columns.periods, gaps: record)
    case .dropPeriods:
      let dropped = Set(found.map(\.period))
      let kept = given.periods.filter { !dropped.contains($0) }
      guard !kept.isEmpty else {
        throw SpatialDurbinError.nothingLeft(
          source: panel.source, rule: .dropPeriods, left: 0, of: given.periods.count)
      }
      record.periods = dropped.sorted().map(label)
      record.cellCount = panel.units.count * kept.count
      self.init(columns: given, periods: kept, gaps: record)
    case .integrate:
      if let reason = Self.obstacle(specification) { throw Self.missing(found, given, because: reason) }
      record.outcomes = given.cells(without: \.frame.outcome.values)
      let interpolated = found.filter(\.lacksRegressor)
      record.regressors = interpolated.map {
        SpatialGaps.Cell(unit: panel.units[$0.unit], period: label($0.period))
      }
      guard Double(interpolated.count) <= SpatialGaps.mostInterpolated * Double(record.cellCount) else {
        throw SpatialDurbinError.tooManyGaps(
          source: panel.source, count: interpolated.count, total: record.cellCount,
          units: Set(interpolated.map(\.unit)).count, periods: Set(interpolated.map(\.period)).count)
      }
      let columns = interpolated.isEmpty ? given : try given.interpolating(specification)
      try Self.requireOutcomes(columns, given.periods)
      self.init(columns: columns, periods: given.periods, gaps: record)
    }
  }

  private init(columns: SpatialColumns, periods: [Int], gaps: SpatialGaps) {
    self.columns = columns
    self.periods = periods
    self.gaps = gaps
  }

  /// Why the missing outcomes cannot be integrated out, if they cannot.
  private static func obstacle(_ specification: SpatialDurbinSpecification) -> String? {
    if specification.dynamics != nil {
      return "\(Setting("dynamic")) needs every unit-period, for a gap is also a gap in the next period's lag"
    }
    if specification.resolvedEstimator != .likelihood {
      return
        "\(Setting("estimator")) \(specification.resolvedEstimator.rawValue) needs every unit-period; only a likelihood can"
        + " do without an outcome"
    }
    if specification.effects.isRandom {
      return
        "\(Setting("effects")) random needs every unit-period; its likelihood with gaps is not worked out"
    }
    let outcome = Set(specification.formula.outcome.variables)
    if let term = specification.formula.terms.first(where: { term in
      term.factors.contains { !outcome.isDisjoint(with: $0.variables) }
    }) {
      return
        "the formula has the outcome on the right as well (\(term.name)), where a gap cannot be integrated out"
    }
    return nil
  }

  private static func missing(
    _ gaps: [SpatialColumns.Gap], _ columns: SpatialColumns, because reason: String?
  ) -> SpatialDurbinError {
    let panel = columns.panel
    return .missingValue(
      .init(
        source: panel.source, term: gaps[0].term, unit: panel.units[gaps[0].unit],
        period: panel.periods[gaps[0].period], count: gaps.count,
        total: panel.units.count * columns.periods.count, reason: reason))
  }

  /// Every unit needs an outcome in one of the periods, and a value of every regressor.
  private static func requireOutcomes(_ columns: SpatialColumns, _ periods: [Int]) throws(SpatialDurbinError)
  {
    let panel = columns.panel
    for unit in panel.units.indices {
      let rows = periods.compactMap { panel.row(unit: unit, period: $0) }
      let absent = columns.named.first { column in rows.allSatisfy { column.values[$0].isNaN } }
      if let absent { throw .neverObserved(source: panel.source, term: absent.name, unit: panel.units[unit]) }
      let gap = columns.frame.regressors.first { column in rows.contains { column.values[$0].isNaN } }
      if let gap { throw .neverObserved(source: panel.source, term: gap.name, unit: panel.units[unit]) }
    }
  }
}
