internal import RuralValueNumerics

/// How errors become the outcome of a spatial panel:
///
///     y_t = (I − ρW)⁻¹ (X_tβ + WX_tθ + τy_{t−1} + ηWy_{t−1} + μ + c_t + u_t),   u_t = (I − λW)⁻¹ ε_t
///
/// Periods in which a term has no value for some unit keep the initial outcome. Nothing here is left to BLAS or
/// LAPACK, whose last digits depend on the processor.
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
    let lagFilter = try OutcomeFilter(system, rho: rho)
    let errorFilter = try OutcomeFilter(system, rho: lambda)
    for period in panel.periods.indices {
      let rows = panel.rows(ofPeriod: period)
      guard rows.count == system.unitCount, var sum = mean(rows, outcome) else { continue }
      let shocks = rows.map { errors[$0] }
      add(try errorFilter(shocks), scale: 1, to: &sum)
      for (row, value) in zip(rows, try lagFilter(sum)) {
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
    func addTerm(_ values: [Double], own: Double, neighbours: Double) {
      if own != 0 { add(values, scale: own, to: &sum) }
      if neighbours != 0 { add(system.lag.matrices[0].times(values), scale: neighbours, to: &sum) }
    }
    for term in terms.terms.indices {
      let values = rows.map { terms.value(term, row: $0, outcome: outcome) }
      guard !values.contains(where: \.isNaN) else { return nil }
      addTerm(values, own: coefficients[term], neighbours: neighbourCoefficients[term])
    }
    guard laggedOutcome != nil || laggedNeighbours != nil else { return sum }
    let earlier = rows.map { row in terms.row(1, before: row).map { terms.left(outcome[$0]) } ?? .nan }
    guard !earlier.contains(where: \.isNaN) else { return nil }
    addTerm(earlier, own: laggedOutcome ?? 0, neighbours: laggedNeighbours ?? 0)
    return sum
  }

  private func add(_ values: [Double], scale: Double, to sum: inout [Double]) {
    for i in sum.indices { sum[i] += scale * values[i] }
  }
}

/// x ↦ (I − ρW)⁻¹x with the same bits on every machine.
///
/// Where W is similar to a symmetric matrix its sparse Cholesky factor solves; elsewhere sweeps through the rows do.
private struct OutcomeFilter {
  private let system: SpatialSystem
  private let rho: Double
  private let factor: SpatialInverse?

  init(_ system: SpatialSystem, rho: Double) throws(SpatialDurbinError) {
    self.system = system
    self.rho = rho
    factor = rho == 0 || !system.determinant.isSymmetric ? nil : try system.inverse(rho)
  }

  func callAsFunction(_ x: [Double]) throws(SpatialDurbinError) -> [Double] {
    if let factor { return factor.solve([x])[0] }
    if rho == 0 { return x }
    guard let result = system.lag.matrices[0].fixedPoint(from: x, scale: rho) else {
      throw .singularFilter(rho: rho)
    }
    return result
  }
}
