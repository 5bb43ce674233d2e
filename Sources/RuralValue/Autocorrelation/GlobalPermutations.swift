internal import RuralValueNumerics

/// The distribution of z′Wy when values are dealt to units at random.
///
/// Permutation r draws from a stream of its own, so that the result depends on the seed alone.
struct GlobalPermutations {
  private let weights: SparseMatrix
  private let generator: CounterBasedGenerator

  init(_ weights: SpatialWeights, seed: UInt64, period: Int?) {
    self.weights = weights.sparseMatrix
    generator = CounterBasedGenerator(seed: seed, stream: UInt64(bitPattern: Int64(period ?? 0)))
  }

  /// (1 + #{z′Wz* ≥ z′Wz}) / (1 + R), z* a random permutation of z on both sides.
  func upperP(of z: [Double], permutations: Int) -> Double {
    let pairs = SymmetricPairs(weights)
    return upperP(of: z, permutations: permutations, scale: z) { pairs.quadraticForm($0) }
  }

  /// (1 + #{x′Wy* ≥ x′Wy}) / (1 + R), y* a random permutation of y.
  func upperP(of x: [Double], with y: [Double], permutations: Int) -> Double {
    var lag = y
    return upperP(of: y, permutations: permutations, scale: x) { shuffled in
      weights.multiply(shuffled, at: 0, into: &lag)
      return x.indices.reduce(0) { $0 + x[$1] * lag[$1] }
    }
  }

  private func upperP(
    of y: [Double], permutations: Int, scale x: [Double], _ statistic: ([Double]) -> Double
  ) -> Double {
    let observed = statistic(y)
    // Sums of the same terms in another order are no smaller.
    let slack = 1e-12 * y.indices.reduce(0) { $0 + abs(x[$1] * y[$1]) }
    var extreme = 0
    var shuffled = y
    let progress = ProgressReport.steps(permutations, Phrase("permutations", zh: "次置换"))
    for permutation in 0..<permutations {
      progress.done(permutation)
      var stream = generator.stream(permutation)
      stream.shuffle(&shuffled)
      if statistic(shuffled) >= observed - slack { extreme += 1 }
    }
    return Double(1 + extreme) / Double(1 + permutations)
  }
}

/// W folded over its diagonal: z′Wz = Σ_{i ≤ j} c_ij z_i z_j with c_ij = w_ij + w_ji, half the terms.
private struct SymmetricPairs {
  private var starts: [Int] = [0]
  private var columns: [Int32] = []
  private var coefficients: [Double] = []

  init(_ weights: SparseMatrix) {
    let backward = weights.transposed
    for i in 0..<weights.size {
      var sums: [(column: Int32, weight: Double)] = []
      for graph in [weights, backward] {
        for place in graph.row(i) where graph.columns[place] >= Int32(i) {
          let own = graph.columns[place] == Int32(i)
          sums.append((graph.columns[place], own ? graph.values[place] / 2 : graph.values[place]))
        }
      }
      for (column, weight) in sums.sorted(by: { $0.column < $1.column }) {
        if columns.count > starts[i], columns[columns.count - 1] == column {
          coefficients[coefficients.count - 1] += weight
        } else {
          columns.append(column)
          coefficients.append(weight)
        }
      }
      starts.append(columns.count)
    }
  }

  func quadraticForm(_ z: [Double]) -> Double {
    var total = 0.0
    for i in 0..<starts.count - 1 {
      var sum = 0.0
      for place in starts[i]..<starts[i + 1] { sum += coefficients[place] * z[Int(columns[place])] }
      total += z[i] * sum
    }
    return total
  }
}
