/// Coupling and coordination of several systems, by unit and period.
///
/// C = n (∏U)^(1/n)/ΣU and its correction, T = Σ aU, D = √(C T), of systems in [0, 1]; see `CouplingDegree`.
///
/// Source: methods/evaluation.md, section 2.
public enum CouplingEstimator {
  /// Couples the systems in every row of a panel; rows that lack one are undefined.
  ///
  /// `group` is a column that the panel holds as groups, whose means are taken too. Throws `PanelError.noSuchVariable` for a
  /// column that is not there and `CouplingError.outOfRange` for a value outside [0, 1].
  public static func fit(
    _ panel: Panel, _ specification: CouplingSpecification, group: GroupColumn? = nil
  ) throws -> CouplingResult {
    var columns: [[Double]] = []
    for name in specification.systems { columns.append(try panel.values(of: name)) }
    try requireUnitInterval(columns, panel, specification)
    var rows: [CouplingDegree?] = []
    rows.reserveCapacity(panel.rowCount)
    for row in 0..<panel.rowCount {
      let systems = columns.map { $0[row] }
      rows.append(
        systems.contains(where: \.isNaN) ? nil : CouplingDegree(systems, weights: specification.weights))
    }
    guard rows.contains(where: { $0 != nil }) else {
      throw CouplingError.noCompleteRow(systems: specification.systems, source: panel.source)
    }
    let groupOfRow = try group.map { group in try panel.groups(of: group.name) }
    return CouplingResult(
      panel: panel, specification: specification, systems: columns, degrees: rows,
      groups: group.map { .init(name: $0.name, labels: $0.labels) },
      groupOfRow: groupOfRow)
  }

  /// Throws for the first value, in the order of lines, that is outside [0, 1].
  private static func requireUnitInterval(
    _ columns: [[Double]], _ panel: Panel, _ specification: CouplingSpecification
  ) throws(CouplingError) {
    var count = 0
    var first: (row: Int, column: Int)?
    for (column, values) in columns.enumerated() {
      for (row, value) in values.enumerated() where value < 0 || value > 1 {
        count += 1
        if first.map({ panel.lines[row] < panel.lines[$0.row] }) ?? true { first = (row, column) }
      }
    }
    guard let first else { return }
    throw .outOfRange(
      value: columns[first.column][first.row], column: specification.systems[first.column],
      unitColumn: panel.unitColumn, unit: panel.unit(ofRow: first.row),
      period: panel.hasPeriods ? panel.frequency.label(panel.period(ofRow: first.row)) : nil,
      source: panel.source(ofRow: first.row), line: panel.lines[first.row], count: count)
  }
}
