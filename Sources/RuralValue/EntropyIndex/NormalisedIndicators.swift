/// Indicators brought to a common scale by their minimum and maximum.
///
/// x′ = (x − min) / (max − min) for a positive indicator, (max − x) / (max − min) for a negative one;
/// 0 ≤ x′ ≤ 1. Source: methods/entropy.md, step 1.
struct NormalisedIndicators {
  /// One array an indicator, in the panel's row order.
  let columns: [[Double]]
  /// For each indicator the periods in which it does not vary; all of them where it is a constant.
  let constantPeriods: [[Int]]
  /// For each indicator whether minimum and maximum over the whole panel are equal.
  let isConstant: [Bool]

  init(_ panel: Panel, rowsOfPeriod: [[Int]], values: [[Double]], specification: EntropySpecification) {
    var columns: [[Double]] = []
    var constantPeriods: [[Int]] = []
    var isConstant: [Bool] = []
    let allRows = Array(0..<panel.rowCount)
    let groups = specification.normalisation == .pooled ? [allRows] : rowsOfPeriod
    for (indicator, column) in zip(specification.system.indicators, values) {
      var normalised = [Double](repeating: 0, count: column.count)
      for rows in groups {
        guard let (low, high) = Self.range(of: column, rows: rows), high > low else { continue }
        let origin = indicator.direction == .positive ? low : high
        // Halving keeps the distance finite for values near the largest double.
        let span = indicator.direction == .positive ? high / 2 - low / 2 : low / 2 - high / 2
        for row in rows { normalised[row] = (column[row] / 2 - origin / 2) / span }
      }
      columns.append(normalised)
      constantPeriods.append(
        rowsOfPeriod.indices.filter { period in
          let range = Self.range(of: column, rows: rowsOfPeriod[period])
          return range.map { $0.low == $0.high } ?? false
        })
      let range = Self.range(of: column, rows: allRows)
      isConstant.append(range.map { $0.low == $0.high } ?? true)
    }
    self.columns = columns
    self.constantPeriods = constantPeriods
    self.isConstant = isConstant
  }

  private static func range(of values: [Double], rows: [Int]) -> (low: Double, high: Double)? {
    guard let first = rows.first else { return nil }
    var low = values[first]
    var high = low
    for row in rows {
      low = min(low, values[row])
      high = max(high, values[row])
    }
    return (low, high)
  }
}
