/// Linear interpolation inside a unit, on the calendar.
///
/// A missing x_t between the nearest known x_a and x_b, a < t < b, becomes
/// x_a + (x_b − x_a)(t − a)/(b − a): unevenly spaced periods weigh by their distance. Nothing is
/// extrapolated; with `extend` the nearest known value is held before the first and after the last.
struct LinearInterpolation {
  let extend: Bool
  let missingRows: PreparationOperation.MissingRows

  /// The most periods that are filled step by step; a longer calendar is a slip of the keyboard.
  static let longestCalendar = 100_000

  /// The unit-periods to add: missing rows strictly between a unit's first and last row for which at
  /// least one of the variables gets a value.
  func missingRows(
    of panel: Panel, variables: [[Double]]
  ) throws(PreparationError) -> [(unit: Int, period: Int)] {
    let calendar: [Int]
    switch missingRows {
    case .none: return []
    case .observedPeriods:
      guard !panel.isBalanced else { return [] }
      calendar = panel.periods
    case .everyStep:
      calendar = try Self.everyStep(of: panel)
    }
    var missing: [(unit: Int, period: Int)] = []
    for unit in panel.units.indices {
      let rows = panel.rows(ofUnit: unit)
      let observed = Set(rows.map(panel.period(ofRow:)))
      let span = panel.period(ofRow: rows[0])...panel.period(ofRow: rows.last!)
      let candidates = calendar.filter { span.contains($0) && !observed.contains($0) }
      guard !candidates.isEmpty else { continue }
      let known = variables.compactMap { values -> ClosedRange<Int>? in
        let known = rows.filter { !values[$0].isNaN }
        guard let first = known.first, let last = known.last else { return nil }
        return extend ? span : panel.period(ofRow: first)...panel.period(ofRow: last)
      }
      for period in candidates where known.contains(where: { $0.contains(period) }) {
        missing.append((unit, period))
      }
      try Self.requireMemory(rows: panel.rowCount + missing.count, of: panel, variables: variables.count)
    }
    return missing
  }

  /// Throws where a panel with so many rows would not fit: each row is there before and after, and stands in the
  /// report and in the table that is written.
  private static func requireMemory(
    rows: Int, of panel: Panel, variables: Int
  ) throws(PreparationError) {
    try MemoryLimit.require(
      bytes: Double(rows) * (400 + 40 * Double(panel.variableNames.count)),
      for: "\(panel.source): filling the gaps up to \(grouped(rows)) rows",
      remedy: "Check the periods of column \"\(panel.timeColumn)\", or fill only those that are observed",
      orThrow: PreparationError.tooLarge)
  }

  private static func everyStep(of panel: Panel) throws(PreparationError) -> [Int] {
    let (first, last, step) = (panel.periods[0], panel.periods.last!, panel.periodStep)
    guard panel.calendar.distance(from: first, to: last) / step < longestCalendar else {
      throw .calendarTooLong(
        source: panel.source, timeColumn: panel.timeColumn, first: first, last: last, step: step)
    }
    return panel.calendar.periods(from: first, through: last)
  }

  func outcome(_ variable: PreparedVariable) -> ColumnOutcome {
    let panel = variable.panel
    var outcome = ColumnOutcome(values: variable.values, keepsScale: true)
    for unit in panel.units.indices {
      let rows = panel.rows(ofUnit: unit)
      let known = rows.indices.filter { !variable.values[rows[$0]].isNaN }
      guard known.count < rows.count else { continue }
      var next = 0
      for position in rows.indices {
        while next < known.count, known[next] < position { next += 1 }
        if next < known.count, known[next] == position { continue }
        let row = rows[position]
        let before = next > 0 ? rows[known[next - 1]] : nil
        let after = next < known.count ? rows[known[next]] : nil
        if let before, let after {
          outcome.values[row] = Self.between(variable, row: row, before: before, after: after)
          outcome.touched.append((row, .interpolated))
        } else if extend, let nearest = before ?? after {
          outcome.values[row] = variable.values[nearest]
          outcome.touched.append((row, .extended))
        } else {
          outcome.touched.append((row, .leftMissing))
        }
      }
    }
    return outcome
  }

  private static func between(_ variable: PreparedVariable, row: Int, before: Int, after: Int) -> Double {
    let panel = variable.panel
    let calendar = panel.calendar
    let elapsed = Double(calendar.distance(from: panel.period(ofRow: before), to: panel.period(ofRow: row)))
    let distance = Double(
      calendar.distance(from: panel.period(ofRow: before), to: panel.period(ofRow: after)))
    // The product before the quotient: between 100 and 130 the thirds are 110 and 120 to the last bit.
    return variable.values[before]
      + (variable.values[after] - variable.values[before]) * elapsed / distance
  }
}

/// The centred moving average over 2h + 1 calendar steps.
///
/// At a unit's ends, and beside gaps, the window shrinks symmetrically to the largest h′ ≤ h for which all
/// of x_(t−h′) … x_(t+h′) are known, so that no average leans to one side: the first and the last value of
/// a unit stay as they are. A missing value stays missing.
struct MovingAverage {
  let window: Int

  func outcome(_ variable: PreparedVariable) -> ColumnOutcome {
    let panel = variable.panel
    var outcome = ColumnOutcome(values: variable.values, keepsScale: true)
    let position = panel.periods.positions
    // No stretch of known values is longer than the panel.
    let half = min(window / 2, panel.periods.count)
    for row in 0..<panel.rowCount where !variable.values[row].isNaN {
      let (unit, period) = (panel.unitOfRow[row], panel.period(ofRow: row))
      func value(_ steps: Int) -> Double {
        let other = panel.calendar.period(period, movedBy: steps).flatMap { position[$0] }
          .flatMap { panel.row(unit: unit, period: $0) }
        return other.map { variable.values[$0] } ?? .nan
      }
      var sum = variable.values[row]
      var count = 1
      for steps in stride(from: 1, through: half, by: 1) {
        let (earlier, later) = (value(-steps), value(steps))
        guard !earlier.isNaN, !later.isNaN else { break }
        sum += earlier + later
        count += 2
      }
      if count > 1 { outcome.values[row] = sum / Double(count) }
    }
    return outcome
  }
}
