/// A table that is a panel or, without a column of periods, a single cross-section.
public struct SpatialTable: Sendable, Equatable {
  /// The units by period; a cross-section has the one period 0.
  public private(set) var panel: Panel
  /// Whether the table has periods.
  public let hasPeriods: Bool

  /// Reads the variables of a table.
  ///
  /// Periods stand in the column that is named, or in the second where every cell is one and the column is
  /// not itself a variable. Throws `PanelError` and `TableError`.
  public init(
    _ table: Table, unitColumn: String? = nil, timeColumn: String? = nil, variables: [String]
  ) throws {
    let hasPeriods = try timeColumn != nil || SpatialTable.secondColumnIsTime(table, variables, unitColumn)
    self.hasPeriods = hasPeriods
    if hasPeriods {
      panel = try Panel(table, unitColumn: unitColumn, timeColumn: timeColumn, variables: variables)
      return
    }
    guard table.columnCount > 0 else { throw PanelError.noKeyColumns(source: table.source) }
    let unitPosition = try unitColumn.map { name throws(TableError) in try table.column(named: name) } ?? 0
    var columns: [(name: String, values: [Double])] = []
    for name in variables {
      columns.append((name, try table.numbers(column: table.column(named: name))))
    }
    let units = table.texts(column: unitPosition).map(CellText.trimmed)
    if let row = units.firstIndex(of: "") {
      throw PanelError.missingUnit(
        source: table.source, line: table.lines[row], column: table.columnNames[unitPosition])
    }
    panel = try Panel(
      source: table.source, unitColumn: table.columnNames[unitPosition], timeColumn: "period",
      unitOfRow: units, timeOfRow: units.map { _ in 0 }, lines: table.lines, variables: columns)
  }

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

  private static func secondColumnIsTime(
    _ table: Table, _ variables: [String], _ unitColumn: String?
  ) throws -> Bool {
    guard table.columnCount >= 2, table.rowCount > 0, !variables.contains(table.columnNames[1]),
      table.columnNames[1] != unitColumn
    else { return false }
    var periods: Set<Int> = []
    for row in 0..<table.rowCount {
      guard let period = PeriodReading.period(table.text(row: row, column: 1)) else { return false }
      periods.insert(period)
    }
    // A count of people is a whole number too: where every unit stands once, it has one period.
    let unitPosition = unitColumn.flatMap { table.columnNames.firstIndex(of: $0) } ?? 0
    let units = Set(table.texts(column: unitPosition))
    return periods.count == 1 || units.count < table.rowCount
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
      notes: series.notes)
  }
}
