/// Standardisation and min–max scaling: (x − centre) / width, over the panel or within each year.
struct Rescaling {
  enum Kind { case zScore, minMax }

  let kind: Kind
  let scope: PoolingScope
  let operation: String

  func outcome(_ variable: PreparedVariable) throws(PreparationError) -> ColumnOutcome {
    var outcome = ColumnOutcome(values: variable.values)
    for (period, rows) in scope.pools(of: variable.panel) {
      let known = rows.filter { !variable.values[$0].isNaN }
      // A year without any value has nothing to scale; a column without any is an error.
      if known.isEmpty, period != nil { continue }
      let values = known.map { variable.values[$0] }
      let (centre, width) = measures(values)
      guard known.count > 1, width > 0 else {
        throw .noVariation(
          source: variable.panel.source, column: variable.name, period: period, known: known.count,
          operation: operation)
      }
      for row in known { outcome.values[row] = (variable.values[row] - centre) / width }
      switch kind {
      case .zScore: outcome.parameters += [(period, "mean", centre), (period, "sd", width)]
      case .minMax: outcome.parameters += [(period, "min", values.min()!), (period, "max", values.max()!)]
      }
    }
    return outcome
  }

  private func measures(_ values: [Double]) -> (centre: Double, width: Double) {
    switch kind {
    case .zScore:
      let moments = Moments(values)
      return (moments.mean, moments.standardDeviation)
    case .minMax:
      guard let least = values.min(), let most = values.max() else { return (.nan, .nan) }
      return (least, most - least)
    }
  }
}
