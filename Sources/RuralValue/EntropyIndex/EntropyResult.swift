/// Entropy weights and the scores that they give.
public struct EntropyResult: Sendable, Equatable {
  /// What was asked for.
  public let specification: EntropySpecification
  /// The periods, ascending.
  public let periods: [Int]
  /// How the periods count.
  public let frequency: PeriodFrequency
  /// Whether there are periods; a cross-section has none.
  public let hasPeriods: Bool
  /// The unit of each row.
  public let unitOfRow: [String]
  /// The period of each row.
  public let periodOfRow: [Int]
  /// The number of units.
  public let unitCount: Int
  /// What was found for each indicator, in the system's order.
  public let indicators: [IndicatorResult]
  /// The scores: first one a whole index, then one a dimension.
  public let scores: [Score]

  /// What was found for one indicator.
  public struct IndicatorResult: Sendable, Equatable {
    /// The indicator.
    public let indicator: Indicator
    /// e, averaged over the periods unless the weighting is pooled.
    public let entropy: Double
    /// d = 1 − e, averaged likewise.
    public let divergence: Double
    /// The final weight, averaged likewise.
    public let weight: Double
    /// e in each period; the same throughout where the weighting is pooled.
    public let entropyByPeriod: [Double]
    /// d in each period.
    public let divergenceByPeriod: [Double]
    /// The weight in each period.
    public let weightByPeriod: [Double]
    /// Whether it is the same number in every unit and period; its weight is then 0.
    public let isConstant: Bool
    /// The periods in which it is the same in every unit.
    public let constantPeriods: [Int]
  }

  /// One column of scores.
  public struct Score: Sendable, Equatable {
    /// The index.
    public let index: String
    /// The dimension, or nil for the whole index.
    public let dimension: String?
    /// The dimension's share of the index's weights; 1 for the whole.
    public let weight: Double
    /// One score a row.
    public let values: [Double]

    /// The column's name: `V`, `V_economic`.
    public var columnName: String { dimension.map { "\(index)_\($0)" } ?? index }
  }

  init(
    panel: Panel, specification: EntropySpecification, normalised: NormalisedIndicators,
    weights: EntropyWeights
  ) {
    self.specification = specification
    periods = panel.periods
    frequency = panel.frequency
    hasPeriods = panel.hasPeriods
    unitOfRow = (0..<panel.rowCount).map { panel.unit(ofRow: $0) }
    periodOfRow = (0..<panel.rowCount).map { panel.period(ofRow: $0) }
    unitCount = panel.units.count

    let groupOfPeriod = panel.periods.indices.map { specification.weighting == .pooled ? 0 : $0 }
    let entropy = EntropyWeights.averages(weights.entropy)
    let divergence = EntropyWeights.averages(weights.divergence)
    indicators = specification.system.indicators.enumerated().map { j, indicator in
      IndicatorResult(
        indicator: indicator, entropy: entropy[j], divergence: divergence[j], weight: weights.final[j],
        entropyByPeriod: groupOfPeriod.map { weights.entropy[$0][j] },
        divergenceByPeriod: groupOfPeriod.map { weights.divergence[$0][j] },
        weightByPeriod: groupOfPeriod.map { weights.weight[$0][j] }, isConstant: normalised.isConstant[j],
        constantPeriods: normalised.constantPeriods[j].map { panel.periods[$0] })
    }

    // The weights that score a period's rows: its own for annual weights, else the final ones.
    let scoringWeights = panel.periods.indices.map { period in
      specification.weighting == .annual ? weights.weight[period] : weights.final
    }
    func scores(of positions: [Int], dividedBy divisor: (_ period: Int) -> Double) -> [Double] {
      (0..<panel.rowCount).map { row in
        let period = panel.periodOfRow[row]
        var sum = 0.0
        for j in positions { sum += scoringWeights[period][j] * normalised.columns[j][row] }
        let divisor = divisor(period)
        // Weights that add up to 1 but for rounding must not lift who is best in everything above 1, where no system of
        // a coupling is.
        return divisor > 0 ? min(sum / divisor, 1) : 0
      }
    }
    let system = specification.system
    let wholes = system.indices.map { index in
      Score(
        index: index, dimension: nil, weight: 1,
        values: scores(of: system.positions(ofIndex: index)) { _ in 1 })
    }
    let parts = system.indices.flatMap { index in
      system.dimensions(ofIndex: index).filter { !$0.isEmpty }.map { dimension in
        let members = system.positions(ofIndex: index).filter { system.indicators[$0].dimension == dimension }
        return Score(
          index: index, dimension: dimension, weight: members.reduce(0) { $0 + weights.final[$1] },
          values: scores(of: members) { period in
            specification.subIndex == .contribution
              ? 1 : members.reduce(0) { $0 + scoringWeights[period][$1] }
          })
      }
    }
    self.scores = wholes + parts
  }
}
