/// A table that is a panel or, without a column of periods, a single cross-section.
public struct SpatialTable: Sendable, Equatable {
  /// The units by period; a cross-section has the one period 0.
  public private(set) var panel: Panel
  /// Whether the table has periods.
  public var hasPeriods: Bool { panel.hasPeriods }

  /// Reads the variables of a table, whose keys are named or found (`KeyColumns`).
  ///
  /// Throws `KeyColumnError`, `PanelError` and `TableError`.
  public init(
    _ table: Table, unitColumn: String? = nil, timeColumn: String? = nil, variables: [String]
  ) throws {
    panel = try Panel(table, unitColumn: unitColumn, timeColumn: timeColumn, variables: variables)
  }

  /// A panel, or the one cross-section that it is.
  public init(_ panel: Panel) { self.panel = panel }

  /// Adds the sum of some variables as another, missing where one of them is.
  ///
  /// Throws `PanelError.noSuchVariable`, and `AutocorrelationError.overflow` for a sum that is no number.
  public mutating func addSum(of variables: [String], as name: String) throws {
    var sums = [Double](repeating: 0, count: panel.rowCount)
    for variable in variables {
      for (row, value) in try panel.values(of: variable).enumerated() { sums[row] += value }
    }
    if let row = sums.firstIndex(where: \.isInfinite) {
      throw AutocorrelationError.overflow(
        variable: name, unit: panel.unit(ofRow: row), period: hasPeriods ? panel.period(ofRow: row) : nil)
    }
    panel = panel.with([(name: name, values: sums)])
  }

  /// A variable, every period by itself.
  ///
  /// Throws `PanelError.noSuchVariable`.
  public func series(_ variable: String) throws(PanelError) -> SpatialSeries {
    let series = try SpatialSeries(panel, variable: variable)
    guard !hasPeriods else { return series }
    return SpatialSeries(
      source: series.source, variable: variable,
      sections: series.sections.map { CrossSection(period: nil, units: $0.units, values: $0.values) },
      units: series.units, notes: series.notes)
  }
}
