/// The sums of weights on which the moments of Moran's I and Geary's C depend.
///
/// S₀ = Σ w_ij, S₁ = ½ Σ (w_ij + w_ji)², S₂ = Σ_i (w_i. + w_.i)². Source: Cliff & Ord (1981), ch. 1.
struct WeightsMoments: Equatable {
  let s0: Double
  let s1: Double
  let s2: Double

  init(_ weights: SpatialWeights) {
    let (rows, columns) = (weights.rowSums, weights.columnSums)
    let transposed = weights.transposed
    s0 = rows.reduce(0, +)
    s2 = zip(rows, columns).reduce(0) { $0 + ($1.0 + $1.1) * ($1.0 + $1.1) }
    // Σ (w_ij + w_ji)² = 2 Σ w_ij² + 2 Σ w_ij w_ji.
    var sum = 0.0
    for i in 0..<weights.unitCount {
      let row = weights.row(i)
      var back = transposed.rowStarts[i]
      let backEnd = transposed.rowStarts[i + 1]
      for place in row {
        let j = weights.neighbours[place]
        while back < backEnd, transposed.neighbours[back] < j { back += 1 }
        let counterpart = back < backEnd && transposed.neighbours[back] == j ? transposed.values[back] : 0
        sum += weights.values[place] * (weights.values[place] + counterpart)
      }
    }
    s1 = sum
  }
}
