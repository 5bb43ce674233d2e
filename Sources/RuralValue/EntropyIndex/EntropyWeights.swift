/// The entropy, divergence and weight of every indicator, for each period and in the end.
///
/// Weights are w_j = d_j / Σ d over the indicators of the same index. Source: methods/entropy.md, steps 3 to 5.
struct EntropyWeights {
  /// By period, then indicator; one entry for all periods where the weighting is pooled.
  private(set) var entropy: [[Double]] = []
  /// By period, then indicator.
  private(set) var divergence: [[Double]] = []
  /// The weights in force, by period, then indicator.
  private(set) var weight: [[Double]] = []
  /// The final weights, one an indicator.
  let final: [Double]

  /// Weighs normalised indicators.
  ///
  /// Throws `EntropyError.noVariation` where no indicator of an index tells the rows apart.
  init(
    _ normalised: NormalisedIndicators, periods: [Int], rowsOfPeriod: [[Int]],
    specification: EntropySpecification
  ) throws(EntropyError) {
    let system = specification.system
    let isPooled = specification.weighting == .pooled
    let groups = isPooled ? [rowsOfPeriod.flatMap { $0 }.sorted()] : rowsOfPeriod
    for (group, rows) in groups.enumerated() {
      let divergences = normalised.columns.map { column in
        InformationEntropy(of: column, rows: rows, shift: specification.shift).divergence
      }
      var weights = divergences
      for index in system.indices {
        let positions = system.positions(ofIndex: index)
        let sum = positions.reduce(0) { $0 + divergences[$1] }
        guard sum > 0 else {
          throw .noVariation(index: index, period: isPooled ? nil : periods[group])
        }
        for position in positions { weights[position] = divergences[position] / sum }
      }
      divergence.append(divergences)
      entropy.append(divergences.map { 1 - $0 })
      weight.append(weights)
    }
    final = Self.averages(weight)
  }

  /// The mean over the groups, one an indicator.
  static func averages(_ table: [[Double]]) -> [Double] {
    table[0].indices.map { j in table.reduce(0) { $0 + $1[j] } / Double(table.count) }
  }
}
