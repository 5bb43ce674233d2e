import RuralValueNumerics

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

/// The information entropy of one indicator's shares over n rows.
///
/// With p_i = x_i / Σ x, the entropy is e = −(1/ln n) Σ p_i ln p_i, where 0 ln 0 = 0, and the divergence is
/// d = 1 − e. It is n, the number of rows summed over, that stands in 1/ln n, so that 0 ≤ e ≤ 1: a do-file
/// in wide use sums over counties and years but divides by the logarithm of the number of years, which puts
/// e above 1, turns all divergences negative and reverses the ranking of the indicators.
///
/// The divergence is computed first, as a sum of terms none of which is negative,
/// d = (1/(n ln n)) Σ φ(x_i / x̄) with φ(u) = u ln u − u + 1: nothing cancels, even where e is nearly 1.
/// Source: Shannon (1948); methods/entropy.md, steps 2 to 4.
struct InformationEntropy: Equatable {
  /// d, between 0 (all shares equal) and 1 (one row has everything).
  let divergence: Double

  /// e = 1 − d.
  var entropy: Double { 1 - divergence }

  /// The entropy of non-negative values over at least two rows; where they are all zero, shares are not
  /// defined, nothing tells the rows apart and the divergence is 0.
  init(of values: [Double], rows: [Int], shift: Double) {
    precondition(rows.count >= 2, "Entropy needs two rows.")
    let count = Double(rows.count)
    let mean = rows.lazy.map { values[$0] + shift }.compensatedSum / count
    guard mean > 0 else {
      divergence = 0
      return
    }
    let sum = rows.lazy.map { Self.excess((values[$0] + shift - mean) / mean) }.compensatedSum
    let divergence = sum / (count * log(count))
    // By Jensen's inequality; anything beyond rounding would be an error of this program.
    precondition(divergence >= 0 && divergence < 1 + 1e-9, "Entropy left the interval from 0 to 1.")
    self.divergence = min(divergence, 1)
  }

  /// φ(1 + δ) = (1 + δ) ln(1 + δ) − δ, which is 1 at δ = −1 and never negative.
  private static func excess(_ delta: Double) -> Double {
    delta <= -1 ? 1 : max(0, (1 + delta) * log1p(delta) - delta)
  }
}

/// Indicators brought to a common scale by their minimum and maximum.
///
/// x′ = (x − min) / (max − min) for a positive indicator, (max − x) / (max − min) for a negative one;
/// 0 ≤ x′ ≤ 1; with a floor a, a + (1 − a) x′. Source: methods/entropy.md, step 1.
struct NormalisedIndicators {
  /// One array an indicator, in the panel's row order.
  let columns: [[Double]]
  /// For each indicator the periods in which it does not vary; all of them where it is a constant.
  let constantPeriods: [[Int]]
  /// For each indicator whether minimum and maximum over the whole panel are equal.
  let isConstant: [Bool]

  init(_ panel: Panel, rowsOfPeriod: [[Int]], values: [[Double]], specification: EntropySpecification) {
    var columns: [[Double]] = []
    var constantPeriods: [[Int]] = []
    var isConstant: [Bool] = []
    let allRows = Array(0..<panel.rowCount)
    let groups = specification.normalisation == .pooled ? [allRows] : rowsOfPeriod
    for (indicator, column) in zip(specification.system.indicators, values) {
      let floor = specification.floor
      var normalised = [Double](repeating: floor, count: column.count)
      for rows in groups {
        guard let (low, high) = Self.range(of: column, rows: rows), high > low else { continue }
        let origin = indicator.direction == .positive ? low : high
        // Halving keeps the distance finite for values near the largest double.
        let span = indicator.direction == .positive ? high / 2 - low / 2 : low / 2 - high / 2
        for row in rows {
          let share = (column[row] / 2 - origin / 2) / span
          normalised[row] = floor == 0 ? share : floor + (1 - floor) * share
        }
      }
      columns.append(normalised)
      constantPeriods.append(
        rowsOfPeriod.indices.filter { period in
          let range = Self.range(of: column, rows: rowsOfPeriod[period])
          return range.map { $0.low == $0.high } ?? false
        })
      let range = Self.range(of: column, rows: allRows)
      isConstant.append(range.map { $0.low == $0.high } ?? true)
    }
    self.columns = columns
    self.constantPeriods = constantPeriods
    self.isConstant = isConstant
  }

  private static func range(of values: [Double], rows: [Int]) -> (low: Double, high: Double)? {
    guard let first = rows.first else { return nil }
    var low = values[first]
    var high = low
    for row in rows {
      low = min(low, values[row])
      high = max(high, values[row])
    }
    return (low, high)
  }
}
