internal import RuralValueNumerics

/// The distribution of z′Wy when values are dealt to units at random.
///
/// Permutation r draws from a stream of its own, so that the result depends on the seed alone.
struct GlobalPermutations {
  private let weights: SpatialWeights
  private let generator: CounterBasedGenerator

  init(_ weights: SpatialWeights, seed: UInt64, period: Int?) {
    self.weights = weights
    generator = CounterBasedGenerator(seed: seed, stream: UInt64(bitPattern: Int64(period ?? 0)))
  }

  /// (1 + #{z′Wy* ≥ z′Wy}) / (1 + R), y* a random permutation of y; where y is z, both are permuted as one.
  func upperP(of z: [Double], with y: [Double], permutations: Int) -> Double {
    let isUnivariate = z == y
    let observed = crossProduct(z, y)
    // Sums of the same terms in another order are no smaller.
    let slack = 1e-12 * z.indices.reduce(0) { $0 + abs(z[$1] * y[$1]) }
    var extreme = 0
    var shuffled = y
    for permutation in 0..<permutations {
      var stream = generator.stream(permutation)
      stream.shuffle(&shuffled)
      if crossProduct(isUnivariate ? shuffled : z, shuffled) >= observed - slack { extreme += 1 }
    }
    return Double(1 + extreme) / Double(1 + permutations)
  }

  private func crossProduct(_ z: [Double], _ y: [Double]) -> Double {
    var total = 0.0
    for i in z.indices {
      var sum = 0.0
      for place in weights.rowStarts[i]..<weights.rowStarts[i + 1] {
        sum += weights.values[place] * y[Int(weights.neighbours[place])]
      }
      total += z[i] * sum
    }
    return total
  }
}
