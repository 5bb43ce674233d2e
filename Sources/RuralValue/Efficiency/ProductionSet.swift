internal import RuralValueNumerics

/// What some units made of what: inputs, good outputs and bad outputs, all above zero.
struct ProductionSet: Sendable, Equatable {
  /// x, m arrays of n values.
  let inputs: [[Double]]
  /// y, s arrays of n values.
  let outputs: [[Double]]
  /// b, q arrays of n values.
  let undesirable: [[Double]]
  /// n.
  let count: Int

  /// A set from its columns, of one length.
  init(inputs: [[Double]], outputs: [[Double]], undesirable: [[Double]] = []) {
    self.inputs = inputs
    self.outputs = outputs
    self.undesirable = undesirable
    count = inputs.first?.count ?? 0
  }

  /// All columns: inputs, outputs, bad outputs.
  var columns: [[Double]] { inputs + outputs + undesirable }

  /// One unit's values, in the order of columns.
  func point(_ unit: Int) -> [Double] { columns.map { $0[unit] } }

  /// The set without its bad outputs.
  var withoutUndesirable: ProductionSet { ProductionSet(inputs: inputs, outputs: outputs) }

  /// Several sets as one, unit behind unit.
  static func pooled(_ sets: [ProductionSet]) -> ProductionSet {
    func joined(_ columns: (ProductionSet) -> [[Double]]) -> [[Double]] {
      let width = sets.first.map { columns($0).count } ?? 0
      return (0..<width).map { column in sets.flatMap { columns($0)[column] } }
    }
    return ProductionSet(
      inputs: joined(\.inputs), outputs: joined(\.outputs), undesirable: joined(\.undesirable))
  }
}

/// The complete units of each period of a panel.
struct ProductionSample: Sendable, Equatable {
  /// The panel's rows that each period has, in the order of units.
  let rowsOfPeriod: [[Int]]
  /// What they made of what.
  let sets: [ProductionSet]
  /// Who is left out, and where.
  let notes: [Phrase]

  /// Reads a panel. A unit without a value leaves that period and is named.
  ///
  /// Throws `EfficiencyError.notAboveZero`, `tooWide`, `noCompleteRow`, and `PanelError.noSuchVariable`.
  init(_ panel: Panel, _ specification: EfficiencySpecification) throws {
    let columns = try specification.columns.map { try panel.values(of: $0.name) }
    for (column, values) in zip(specification.columns, columns) {
      try Self.requirePositive(panel, column.name, column.role, values)
    }
    var notes: [Phrase] = []
    rowsOfPeriod = panel.periods.indices.map { period in
      let rows = panel.rows(ofPeriod: period)
      let complete = rows.filter { row in columns.allSatisfy { !$0[row].isNaN } }
      let there = Set(complete)
      let missing = rows.filter { !there.contains($0) }.map { panel.unit(ofRow: $0) }
      if !missing.isEmpty {
        let label = panel.hasPeriods ? panel.frequency.label(panel.periods[period]) : nil
        notes.append(
          Phrase(
            "\(missing.count) unit\(missing.count == 1 ? "" : "s") without a value in some column left out"
              + "\(label.map { " of \($0)" } ?? ""): \(listed(missing, most: 10)).",
            zh: "\(label.map { "\($0)：" } ?? "")\(missing.count)个单元因变量缺失未参与计算："
              + "\(listed(missing, most: 10, in: .chinese))。"))
      }
      return complete
    }
    guard rowsOfPeriod.contains(where: { !$0.isEmpty }) else {
      throw EfficiencyError.noCompleteRow(source: panel.source, columns: specification.columns.map(\.name))
    }
    let (m, s) = (specification.inputs.count, specification.outputs.count)
    sets = rowsOfPeriod.map { rows in
      let chosen = columns.map { column in rows.map { column[$0] } }
      return ProductionSet(
        inputs: Array(chosen[..<m]), outputs: Array(chosen[m..<m + s]), undesirable: Array(chosen[(m + s)...])
      )
    }
    self.notes = notes
  }

  private static func requirePositive(
    _ panel: Panel, _ column: String, _ role: ProductionRole, _ values: [Double]
  ) throws(EfficiencyError) {
    let wrong = values.indices.filter { values[$0] <= 0 }
    if let first = wrong.min(by: { panel.lines[$0] < panel.lines[$1] }) {
      let period = panel.frequency.label(panel.period(ofRow: first))
      throw .notAboveZero(
        .init(
          source: panel.source(ofRow: first), line: panel.lines[first], column: column, role: role,
          unitColumn: panel.unitColumn, unit: panel.unit(ofRow: first),
          period: panel.hasPeriods ? "\(panel.timeColumn) \(period)" : nil), value: values[first],
        count: wrong.count)
    }
    let known = values.filter { !$0.isNaN }
    guard let least = known.min(), let most = known.max(), most / least > 1e12 else { return }
    throw .tooWide(column: column, least: least, most: most, source: panel.source)
  }
}
