internal import RuralValueNumerics

/// How near units come to an ideal one and how far they keep from its opposite.
///
/// With x′ so that more is better: D± = √Σ_j w_j²(x′_j − ideal±_j)², or w_j in the place of w_j² where weights stand inside
/// the distance; closeness D⁻/(D⁺ + D⁻). Only rows with every indicator take part.
///
/// Source: Hwang and Yoon (1981); Deng et al. (2000) for weights inside the distance; methods/evaluation.md, 5.3.
struct TopsisCloseness: Sendable, Equatable {
  /// The distances and the closeness of each row; NaN where a cell is missing, or where nothing tells rows apart.
  let toIdeal: [Double]
  let toOpposite: [Double]
  let closeness: [Double]
  /// The columns that are the same in every row.
  let constantColumns: [Int]

  /// `columns` hold a value a row, `groups` the rows that are compared for the variant `vector`.
  init(
    _ columns: [[Double]], isPositive: [Bool], weights: [Double],
    variant: EvaluationSpecification.Topsis, groups: [[Int]]
  ) {
    let count = columns.first?.count ?? 0
    let isComplete = (0..<count).map { row in columns.allSatisfy { !$0[row].isNaN } }
    let complete = (0..<count).filter { isComplete[$0] }
    var (upper, lower) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    var constant: [Int] = []
    for (place, column) in columns.enumerated() {
      let factor = variant == .inDistance ? weights[place] : weights[place] * weights[place]
      let known = complete.map { column[$0] }
      if let low = known.min(), low == known.max() { constant.append(place) }
      let scaled =
        variant == .vector
        ? Self.vector(column, groups.map { $0.filter { isComplete[$0] } }, isPositive: isPositive[place])
        : Self.pooled(column, complete, isPositive: isPositive[place])
      for row in complete {
        let (up, down) = (scaled.best[row] - scaled.values[row], scaled.values[row] - scaled.worst[row])
        upper[row] += factor * up * up
        lower[row] += factor * down * down
      }
    }
    let (toIdeal, toOpposite) = (
      (0..<count).map { isComplete[$0] ? upper[$0].squareRoot() : .nan },
      (0..<count).map { isComplete[$0] ? lower[$0].squareRoot() : .nan }
    )
    (self.toIdeal, self.toOpposite) = (toIdeal, toOpposite)
    closeness = zip(toIdeal, toOpposite).map { up, down in up + down > 0 ? down / (up + down) : .nan }
    constantColumns = constant
  }

  /// Values with the best and the worst that each is held to.
  private typealias Scaled = (values: [Double], best: [Double], worst: [Double])

  /// By minimum and maximum of all complete rows, with the ideals 1 and 0.
  private static func pooled(_ column: [Double], _ rows: [Int], isPositive: Bool) -> Scaled {
    let known = rows.map { column[$0] }
    guard let low = known.min(), let high = known.max(), high > low else {
      let zeros = column.map { _ in 0.0 }
      return (zeros, zeros, zeros)
    }
    let origin = isPositive ? low : high
    // Halving keeps the distance finite for values near the largest double.
    let span = isPositive ? high / 2 - low / 2 : low / 2 - high / 2
    return (
      column.map { ($0 / 2 - origin / 2) / span }, column.map { _ in 1.0 }, column.map { _ in 0.0 }
    )
  }

  /// By the length of each group's column, its ideals the group's own.
  private static func vector(_ column: [Double], _ groups: [[Int]], isPositive: Bool) -> Scaled {
    var scaled = column.map { _ in Double.nan }
    var (best, worst) = (scaled, scaled)
    for rows in groups {
      let known = rows.map { column[$0] }
      guard let largest = known.map(abs).max() else { continue }
      let unit = largest > 0 ? largest : 1
      let length = unit * known.map { ($0 / unit) * ($0 / unit) }.compensatedSum.squareRoot()
      let signed = known.map { length > 0 ? (isPositive ? $0 : -$0) / length : 0 }
      for (row, value) in zip(rows, signed) {
        scaled[row] = value
        best[row] = signed.max() ?? 0
        worst[row] = signed.min() ?? 0
      }
    }
    return (scaled, best, worst)
  }
}
