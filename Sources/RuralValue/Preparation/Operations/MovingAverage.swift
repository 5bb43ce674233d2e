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
    // No stretch of known values is longer than the panel.
    let half = min(window / 2, panel.periods.count)
    let offsets = (1...max(half, 1)).prefix(half)
    let neighbours = offsets.map {
      (earlier: panel.lag(variable.values, by: $0), later: panel.lag(variable.values, by: -$0))
    }
    for row in 0..<panel.rowCount where !variable.values[row].isNaN {
      var sum = variable.values[row]
      var count = 1
      for (earlier, later) in neighbours {
        guard !earlier[row].isNaN, !later[row].isNaN else { break }
        sum += earlier[row] + later[row]
        count += 2
      }
      if count > 1 { outcome.values[row] = sum / Double(count) }
    }
    return outcome
  }
}
