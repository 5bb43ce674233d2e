/// How errors become the outcome of a dynamic panel:
///
///     y_it = Σ_k β_k x_k,it + μ_i + c_it + ε_it
///
/// where terms x may hold lags of y. Where a term has no value, as in the first period, the outcome is the
/// initial one that was given.
struct DynamicPanelProcess {
  let panel: Panel
  let terms: OutcomeTerms
  /// β, one a term.
  let coefficients: [Double]
  /// μ_i + c_it, in row order.
  let effects: [Double]
  /// What the outcome's column has where the model cannot say, in row order.
  let initial: [Double]

  /// The outcome's column, in row order. Throws `ExactPanelError.explosive`.
  func outcome(_ errors: [Double]) throws(ExactPanelError) -> [Double] {
    var outcome = initial
    // Rows stand unit by unit and by period within a unit, so that lags are made before they are needed.
    for row in outcome.indices {
      var sum = effects[row] + errors[row]
      for (term, coefficient) in coefficients.enumerated() {
        sum += coefficient * terms.value(term, row: row, outcome: outcome)
      }
      guard !sum.isNaN else { continue }
      outcome[row] = terms.column(sum)
      guard outcome[row].isFinite else {
        throw .explosive(unit: panel.unit(ofRow: row), period: panel.period(ofRow: row))
      }
    }
    return outcome
  }
}
