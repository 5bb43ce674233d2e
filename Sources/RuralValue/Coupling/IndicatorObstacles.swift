internal import RuralValueNumerics

/// What keeps each unit from the best of an entropy system: the obstacle degree of every indicator, by unit and period, and
/// over the units of a group or of all.
///
/// O_ij = w_j(1 − x′_ij)/Σ_k w_k(1 − x′_ik) within each index, with w the final weights of the entropy method and x′ the values
/// between minimum and maximum in the good direction. Over several units it is the share of the summed w(1 − x′).
///
/// Source: methods/evaluation.md, 2.7.
public struct IndicatorObstacles: Sendable, Equatable {
  let indicators: [EntropyResult.IndicatorResult]
  let periods: [Int]
  let frequency: PeriodFrequency
  let hasPeriods: Bool
  let unitOfRow: [String]
  let periodOfRow: [Int]
  /// O_ij, one array an indicator, NaN where undefined.
  let shares: [[Double]]
  /// Over the units of a group, or of all, in a period.
  let summed: [Summed]
  let groups: CouplingResult.Groups?
  /// What the entropy method had to say.
  let entropyNotes: [Phrase]

  /// The shares of summed shortfalls over some units in one period.
  struct Summed: Sendable, Equatable {
    /// The group; nil for all units.
    let group: Int?
    let period: Int
    let count: Int
    /// One share an indicator; nil where undefined.
    let shares: [Double?]
  }

  /// The obstacles of a panel's units in the indicators of a system, with `group` a column that the panel holds as groups.
  ///
  /// Throws `EntropyError` where the system cannot be weighed, as for a missing cell.
  public init(_ panel: Panel, _ specification: EntropySpecification, group: GroupColumn? = nil) throws {
    let result = try EntropyEstimator.fit(panel, specification)
    let scaled = try EntropyEstimator.scaledValues(panel, specification)
    indicators = result.indicators
    entropyNotes = result.notes
    (periods, frequency, hasPeriods) = (panel.periods, panel.frequency, panel.hasPeriods)
    (unitOfRow, periodOfRow) = (result.unitOfRow, panel.periodOfRow)
    groups = group.map { .init(name: $0.name, labels: $0.labels) }
    let groupOfRow = try group.map { group in try panel.groups(of: group.name) }

    let cells = RowsOfCell.all(periodOfRow: panel.periodOfRow, groupOfRow: groupOfRow)
    var shares = [[Double]](
      repeating: [Double](repeating: .nan, count: panel.rowCount), count: indicators.count)
    var summed = cells.map { _ in [Double?](repeating: nil, count: result.indicators.count) }
    for index in specification.system.indices {
      let positions = specification.system.positions(ofIndex: index)
      let weights = positions.map { result.indicators[$0].weight }
      let units = (0..<panel.rowCount).map { row in
        ObstacleDegrees(weights: weights, attainments: positions.map { scaled[$0][row] })
      }
      for (row, unit) in units.enumerated() {
        for (place, position) in positions.enumerated() { shares[position][row] = unit.shares[place] ?? .nan }
      }
      for (place, cell) in cells.enumerated() {
        let all = ObstacleDegrees(sumOf: cell.rows.map { units[$0] })
        for (member, position) in positions.enumerated() { summed[place][position] = all.shares[member] }
      }
    }
    self.shares = shares
    self.summed = zip(cells, summed).map { cell, shares in
      Summed(group: cell.group, period: cell.period, count: cell.rows.count, shares: shares)
    }
  }
}

extension EntropyEstimator {
  /// The values x′ between minimum and maximum in the good direction, one array an indicator in the panel's row order.
  ///
  /// Throws `EntropyError` where a column is absent or a cell is missing.
  static func scaledValues(
    _ panel: Panel, _ specification: EntropySpecification
  ) throws(EntropyError) -> [[Double]] {
    let values = try completeColumns(of: specification.system, in: panel)
    return NormalisedIndicators(
      panel, rowsOfPeriod: panel.periods.indices.map { panel.rows(ofPeriod: $0) }, values: values,
      specification: specification
    ).columns
  }
}
