/// The rows over which means, extremes and quantiles are taken.
public enum PoolingScope: String, Sendable, CaseIterable {
  /// All rows of the panel: values stay comparable over time.
  case panel
  /// The rows of one period at a time: values tell a unit's place among the others of its year.
  case year

  /// The rows of each pool, by the period that the pool stands for; nil for the whole panel.
  func pools(of panel: Panel) -> [(period: Int?, rows: [Int])] {
    switch self {
    case .panel: [(nil, Array(0..<panel.rowCount))]
    case .year: panel.periods.indices.map { (panel.periods[$0], panel.rows(ofPeriod: $0)) }
    }
  }
}
