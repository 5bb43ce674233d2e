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
    return upperP(of: z, permutations: permutations, scale: z) { pairs.quadraticForms($0) }
  }

  /// min(1, 2 (1 + min(#≥, #≤)) / (1 + R)) of z′Wz*, z* a random permutation of z on both sides.
  func twoSidedP(of z: [Double], permutations: Int) -> Double {
    let pairs = SymmetricPairs(weights)
    let counts = counts(of: z, permutations: permutations, scale: z) { pairs.quadraticForms($0) }
    return min(1, 2 * Double(1 + min(counts.atLeast, counts.atMost)) / Double(1 + permutations))
  }

  /// (1 + #{x′Wy* ≥ x′Wy}) / (1 + R), y* a random permutation of y.
  func upperP(of x: [Double], with y: [Double], permutations: Int) -> Double {
    upperP(of: y, permutations: permutations, scale: x) { shuffled in
      var total = Lanes.zero
      for i in x.indices {
        var lag = Lanes.zero
        for place in weights.row(i) { lag += weights.values[place] * shuffled[Int(weights.columns[place])] }
        total += x[i] * lag
      }
      return total
    }
  }

  /// Some permutations side by side: what is read of W serves them all, and each sums in the order it would alone.
  fileprivate typealias Lanes = SIMD4<Double>

  private func upperP(
    of y: [Double], permutations: Int, scale x: [Double], _ statistics: ([Lanes]) -> Lanes
  ) -> Double {
    let counts = counts(of: y, permutations: permutations, scale: x, statistics)
    return Double(1 + counts.atLeast) / Double(1 + permutations)
  }

  private func counts(
    of y: [Double], permutations: Int, scale x: [Double], _ statistics: ([Lanes]) -> Lanes
  ) -> ConditionalPermutations.Counts {
    let observed = statistics(y.map { Lanes(repeating: $0) })[0]
    // Sums of the same terms in another order are no smaller, and no larger.
    let slack = 1e-12 * y.indices.reduce(0) { $0 + abs(x[$1] * y[$1]) }
    var counts = ConditionalPermutations.Counts(atLeast: 0, atMost: 0)
    var (a, b, c, d) = (y, y, y, y)
    var lanes = [Lanes](repeating: .zero, count: y.count)
    let progress = ProgressReport.steps(permutations, Phrase("permutations", zh: "次置换"))
    for first in stride(from: 0, to: permutations, by: Lanes.scalarCount) {
      progress.done(first)
      a = shuffled(d, first)
      b = shuffled(a, first + 1)
      c = shuffled(b, first + 2)
      d = shuffled(c, first + 3)
      for i in y.indices { lanes[i] = Lanes(a[i], b[i], c[i], d[i]) }
      let values = statistics(lanes)
      for lane in 0..<min(Lanes.scalarCount, permutations - first) {
        if values[lane] >= observed - slack { counts.atLeast += 1 }
        if values[lane] <= observed + slack { counts.atMost += 1 }
      }
    }
    return counts
  }

  private func shuffled(_ values: [Double], _ permutation: Int) -> [Double] {
    var (stream, values) = (generator.stream(permutation), values)
    stream.shuffle(&values)
    return values
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

  func quadraticForms(_ z: [GlobalPermutations.Lanes]) -> GlobalPermutations.Lanes {
    var total = GlobalPermutations.Lanes.zero
    for i in 0..<starts.count - 1 {
      var sum = GlobalPermutations.Lanes.zero
      for place in starts[i]..<starts[i + 1] { sum += coefficients[place] * z[Int(columns[place])] }
      total += z[i] * sum
    }
    return total
  }
}
