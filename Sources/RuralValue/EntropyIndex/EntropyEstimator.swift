/// Composite indices by entropy weights.
///
/// 1. x′_ij by minimum and maximum, so that 0 ≤ x′ ≤ 1 and more is better.
/// 2. p_ij = x′_ij / Σ_i x′_ij over the n rows of a period (or of the panel).
/// 3. e_j = −(1/ln n) Σ_i p_ij ln p_ij, d_j = 1 − e_j.
/// 4. w_j = d_j / Σ d, for each period, then averaged over the periods (`annual-mean`).
/// 5. Score_i = Σ_j w_j x′_ij.
///
/// Source: methods/entropy.md; the Hunan paper, equation (1).
public enum EntropyEstimator {
  /// Computes weights and scores.
  ///
  /// Throws `EntropyError` where a column is absent, a cell is missing, a period has fewer than two units or
  /// no indicator of an index varies.
  public static func fit(_ panel: Panel, _ specification: EntropySpecification) throws(EntropyError)
    -> EntropyResult
  {
    let values = try completeColumns(of: specification.system, in: panel)
    let rowsOfPeriod = panel.periods.indices.map { panel.rows(ofPeriod: $0) }
    for (period, rows) in rowsOfPeriod.enumerated()
    where rows.count < 2 && (specification.weighting != .pooled || panel.rowCount < 2) {
      throw .tooFewUnits(period: panel.periods[period], units: rows.count, source: panel.source)
    }
    let normalised = NormalisedIndicators(
      panel, rowsOfPeriod: rowsOfPeriod, values: values, specification: specification)
    let weights = try EntropyWeights(
      normalised, periods: panel.periods, rowsOfPeriod: rowsOfPeriod, specification: specification)
    return EntropyResult(panel: panel, specification: specification, normalised: normalised, weights: weights)
  }

  /// The indicators' columns, every cell of which is there.
  static func completeColumns(of system: IndicatorSystem, in panel: Panel) throws(EntropyError)
    -> [[Double]]
  {
    var columns: [[Double]] = []
    for indicator in system.indicators {
      guard let values = try? panel.values(of: indicator.column) else {
        throw .noSuchColumn(
          column: indicator.column, indicator: indicator.name.english, source: panel.source,
          columns: panel.variableNames)
      }
      let missing = values.indices.filter { values[$0].isNaN }
      guard let first = missing.min(by: { panel.lines[$0] < panel.lines[$1] }) else {
        columns.append(values)
        continue
      }
      let isPresent = panel.periods.indices.map { period in
        panel.rows(ofPeriod: period).contains { !values[$0].isNaN }
      }
      let absent = panel.periods.indices.filter { !isPresent[$0] }.map { panel.periods[$0] }
      guard absent.isEmpty else {
        throw .missingPeriods(
          column: indicator.column, periods: absent, source: panel.source,
          available: panel.periods.filter { !absent.contains($0) })
      }
      throw .missingValue(
        .init(
          source: panel.source, line: panel.lines[first], column: indicator.column,
          unitColumn: panel.unitColumn, unit: panel.unit(ofRow: first), timeColumn: panel.timeColumn,
          period: panel.period(ofRow: first), count: missing.count))
    }
    return columns
  }
}
