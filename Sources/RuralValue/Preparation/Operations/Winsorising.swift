/// Winsorising: values below the quantile at `lowerTail` or above that at 1 − `upperTail` become the quantile.
///
/// Quantiles are of type 7 (`Quantile`), over the panel or within each year; missing values stay missing.
/// Stata's `winsor2` takes type 2 quantiles, whose cut-offs differ in small samples.
struct Winsorising {
  let lowerTail: Double
  let upperTail: Double
  let scope: PoolingScope

  func outcome(_ variable: PreparedVariable) -> ColumnOutcome {
    var outcome = ColumnOutcome(values: variable.values, keepsScale: true)
    for (period, rows) in scope.pools(of: variable.panel) {
      let known = rows.filter { !variable.values[$0].isNaN }
      guard !known.isEmpty else { continue }
      let sorted = known.map { variable.values[$0] }.sorted()
      let lower = Quantile.value(at: lowerTail, ofSorted: sorted)
      let upper = Quantile.value(at: 1 - upperTail, ofSorted: sorted)
      outcome.parameters += [(period, "lower", lower), (period, "upper", upper)]
      for row in known {
        let value = variable.values[row]
        guard value < lower || value > upper else { continue }
        outcome.values[row] = value < lower ? lower : upper
        outcome.touched.append((row, .winsorised))
      }
    }
    return outcome
  }
}
