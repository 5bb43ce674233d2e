/// H, the covariance of a unit's stacked errors that the first step supposes, up to a factor.
///
/// h = 3: [D; I][D; I]′, that is [[DD′, D], [D′, I]]. h = 2: DD′ and I on the diagonal, zero between the
/// equations. h = 1: the identity. Source: Roodman (2009), option h().
struct InitialCovariance: Sendable, Equatable {
  private let transformOperator: [[Double]]
  private let transformedCovariance: [[Double]]
  private let kind: Int

  init(_ specification: DynamicPanelSpecification, periodCount: Int) {
    kind = specification.initialWeight
    transformOperator = specification.transform.operatorRows(periodCount: periodCount)
    let rows = transformOperator
    transformedCovariance = rows.map { a in
      rows.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    }
  }

  /// The element of H for two stacked rows.
  subscript(_ a: EquationRow, _ b: EquationRow) -> Double {
    if kind == 1 { return a == b ? 1 : 0 }
    switch (a.equation, b.equation) {
    case (.transformed, .transformed): return transformedCovariance[a.period][b.period]
    case (.level, .level): return a.period == b.period ? 1 : 0
    case (.transformed, .level): return kind == 3 ? transformOperator[a.period][b.period] : 0
    case (.level, .transformed): return kind == 3 ? transformOperator[b.period][a.period] : 0
    }
  }
}

/// One of a unit's stacked rows: an equation and a period.
struct EquationRow: Sendable, Hashable {
  enum Equation: Sendable { case transformed, level }

  let equation: Equation
  let period: Int
}
