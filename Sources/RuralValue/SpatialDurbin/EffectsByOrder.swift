internal import RuralValueNumerics

/// How the effects build up over orders of neighbours: (I − ρW)⁻¹(bI + θW) = Σ_q ρ^q (bW^q + θW^{q+1}).
///
/// Source: LeSage and Pace (2009), sec. 2.7.1.
struct EffectsByOrder {
  /// For each order q from 0 the mean diagonal, tr W^q / N.
  private let diagonals: [Double]
  /// For each order the mean row sum, 1′W^q1 / N.
  private let totals: [Double]

  /// Prepares orders 0 to `orders` for weights that do not change over time.
  ///
  /// tr W^q = Σ ω^q of the spectrum, where it is given, else Σ_i (row i of W^h)·(column i of W^{q−h}): rows spread over
  /// the graph unit by unit, so that no power of W is formed.
  init(_ weights: SparseMatrix, orders: Int, spectrum: WeightsSpectrum? = nil) {
    let highest = orders + 1
    let n = Double(weights.size)
    diagonals = (spectrum?.powerSums(upTo: highest) ?? EffectsByOrder.traces(weights, highest)).map { $0 / n }
    var ones = [Double](repeating: 1, count: weights.size)
    var totals = [1.0]
    for _ in 0..<highest {
      ones = weights.times(ones)
      totals.append(ones.pairwiseSum / n)
    }
    self.totals = totals
  }

  private static func traces(_ weights: SparseMatrix, _ highest: Int) -> [Double] {
    let transposed = weights.transposed
    var traces = [CompensatedSum](repeating: CompensatedSum(), count: highest + 1)
    var forward = SparseWalk(weights.size)
    var backward = SparseWalk(weights.size)
    for i in 0..<weights.size {
      forward.start(at: i)
      backward.start(at: i)
      traces[0].add(1)
      for power in stride(from: 1, through: highest, by: 1) {
        if power.isMultiple(of: 2) { backward.step(along: weights) } else { forward.step(along: transposed) }
        traces[power].add(forward.product(with: backward))
      }
    }
    return traces.map(\.value)
  }

  /// The direct and the total effect that order q contributes.
  func contribution(order q: Int, rho: Double, b: Double, theta: Double) -> (direct: Double, total: Double) {
    var power = 1.0
    for _ in 0..<q { power *= rho }
    return (
      power * (b * diagonals[q] + theta * diagonals[q + 1]), power * (b * totals[q] + theta * totals[q + 1])
    )
  }
}

/// A sparse vector that is multiplied by a matrix again and again, starting from a unit vector.
private struct SparseWalk {
  private var values: [Double]
  private var support: [Int]
  private var next: [Double]
  private var isReached: [Bool]

  init(_ size: Int) {
    values = [Double](repeating: 0, count: size)
    next = values
    isReached = [Bool](repeating: false, count: size)
    support = []
  }

  mutating func start(at i: Int) {
    for place in support { values[place] = 0 }
    support = [i]
    values[i] = 1
  }

  /// x′ ← x′A, by the rows of A that x touches.
  mutating func step(along matrix: SparseMatrix) {
    var reached: [Int] = []
    for i in support {
      for place in matrix.row(i) {
        let j = Int(matrix.columns[place])
        if !isReached[j] {
          isReached[j] = true
          reached.append(j)
        }
        next[j] += matrix.values[place] * values[i]
      }
    }
    for i in support { values[i] = 0 }
    for j in reached {
      values[j] = next[j]
      next[j] = 0
      isReached[j] = false
    }
    support = reached
  }

  func product(with other: SparseWalk) -> Double {
    var sum = 0.0
    for i in support { sum += values[i] * other.values[i] }
    return sum
  }
}
