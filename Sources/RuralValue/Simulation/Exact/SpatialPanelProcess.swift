internal import RuralValueNumerics

/// How errors become the outcome of a spatial panel:
///
///     y_t = (I − ρW)⁻¹ (X_tβ + WX_tθ + τy_{t−1} + ηWy_{t−1} + μ + c_t + u_t),   u_t = (I − λW)⁻¹ ε_t
///
/// Periods in which a term has no value for some unit keep the initial outcome.
struct SpatialPanelProcess {
  let panel: Panel
  let terms: OutcomeTerms
  let system: SpatialSystem
  /// β, one a term.
  let coefficients: [Double]
  /// θ, one a term; zero where the term enters without its lag.
  let neighbourCoefficients: [Double]
  /// τ and η of the outcome a period earlier; nil where the model has no such term.
  var laggedOutcome: Double?
  var laggedNeighbours: Double?
  let rho: Double
  let lambda: Double
  /// μ_i + c_it, in row order.
  let effects: [Double]
  /// What the outcome's column has where the model cannot say, in row order.
  let initial: [Double]

  /// The outcome's column, in row order. Throws `ExactPanelError.explosive` and `SpatialDurbinError`.
  func outcome(_ errors: [Double]) throws -> [Double] {
    var outcome = initial
    let lagFilter = rho == 0 ? nil : try system.inverse(rho)
    let errorFilter = lambda == 0 ? nil : try system.inverse(lambda)
    for period in panel.periods.indices {
      let rows = panel.rows(ofPeriod: period)
      guard rows.count == system.unitCount, var sum = mean(rows, outcome) else { continue }
      let shocks = rows.map { errors[$0] }
      sum.add(errorFilter?.solve([shocks])[0] ?? shocks)
      let left = lagFilter?.solve([sum])[0] ?? sum
      for (row, value) in zip(rows, left) {
        outcome[row] = terms.column(value)
        guard outcome[row].isFinite else {
          throw ExactPanelError.explosive(
            unit: panel.unit(ofRow: row), period: panel.period(ofRow: row))
        }
      }
    }
    return outcome
  }

  /// All but the errors of one period, or nil where a term has no value.
  private func mean(_ rows: [Int], _ outcome: [Double]) -> [Double]? {
    var sum = rows.map { effects[$0] }
    func add(_ values: [Double], _ own: Double, _ neighbours: Double) {
      if own != 0 { sum.add(values, scale: own) }
      if neighbours != 0 { sum.add(system.lag.matrices[0].times(values), scale: neighbours) }
    }
    for term in terms.terms.indices {
      let values = rows.map { terms.value(term, row: $0, outcome: outcome) }
      guard !values.contains(where: \.isNaN) else { return nil }
      add(values, coefficients[term], neighbourCoefficients[term])
    }
    guard laggedOutcome != nil || laggedNeighbours != nil else { return sum }
    let earlier = rows.map { row in terms.row(1, before: row).map { terms.left(outcome[$0]) } ?? .nan }
    guard !earlier.contains(where: \.isNaN) else { return nil }
    add(earlier, laggedOutcome ?? 0, laggedNeighbours ?? 0)
    return sum
  }
}
