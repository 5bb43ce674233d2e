internal import RuralValueNumerics

/// The weights W₂ of the regressors' lag where they are others than those of the outcome's lag, and what one unit of θ
/// then contributes to effects.
///
/// (I − ρW)y = Xβ + W₂Xθ + … has the effects (I − ρW)⁻¹(bI + θW₂): direct effects need c = tr (I − ρW)⁻¹W₂ / N, total
/// ones w = 1′(I − ρW)⁻¹W₂1 / N. Both are smooth in ρ but for a pole at the upper bound, which is taken out; the rest is
/// interpolated at sixteen Chebyshev nodes on the pieces that the determinant has, so that draws of ρ cost nothing. At a
/// node c takes N sparse solutions.
///
/// Source: LeSage and Pace (2009), sec. 2.7, with W₂ in the place of the second W.
final class RegressorWeights {
  /// The lag W₂x over the panel.
  let lag: SpatialLag
  /// Sixteen digits that tell the weights.
  let fingerprint: String
  /// The weights of one period and those of the outcome's lag, by their places, and the share of periods that have both.
  private let pairs: [(own: Int, outcome: Int, share: Double)]
  private var pieces: [Place: (trace: ChebyshevInterpolant, total: ChebyshevInterpolant)] = [:]

  /// A piece of the bounds, of one pair of weights.
  private struct Place: Hashable {
    let pair: Int
    let number: Int
  }

  /// c and w at one ρ, with their derivatives.
  struct Multiplier {
    var direct = 0.0
    var directSlope = 0.0
    var total = 0.0
    var totalSlope = 0.0
  }

  /// The weights of the regressors' lag beside those of the outcome's.
  init(_ lag: SpatialLag, beside outcome: SpatialLag, fingerprint: String) {
    self.lag = lag
    self.fingerprint = fingerprint
    var counts: [(own: Int, outcome: Int, count: Int)] = []
    for (own, other) in zip(lag.matrixOfPeriod, outcome.matrixOfPeriod) {
      if let known = counts.firstIndex(where: { $0.own == own && $0.outcome == other }) {
        counts[known].count += 1
      } else {
        counts.append((own, other, 1))
      }
    }
    let periods = Double(lag.periodCount)
    pairs = counts.map { ($0.own, $0.outcome, Double($0.count) / periods) }
  }

  /// The mean row sum of W₂: what a change everywhere does to a unit's lag.
  var meanRowSum: Double {
    pairs.reduce(0) { $0 + $1.share * lag.matrices[$1.own].values.pairwiseSum } / Double(lag.unitCount)
  }

  /// c and w at ρ, averaged over the periods.
  func multiplier(_ rho: Double, in system: SpatialSystem) throws(SpatialDurbinError) -> Multiplier {
    var result = Multiplier()
    for (position, pair) in pairs.enumerated() {
      let determinant = system.determinant(pair.outcome)
      let number = determinant.pieceNumber(rho)
      let piece = try piece(Place(pair: position, number: number), determinant)
      let upper = determinant.bounds.upperBound
      let gap = 1 - rho / upper
      func values(_ interpolant: ChebyshevInterpolant) -> (level: Double, slope: Double) {
        let level = interpolant.derivative(0, at: rho) / gap
        return (level, (interpolant.derivative(1, at: rho) + level / upper) / gap)
      }
      let (trace, total) = (values(piece.trace), values(piece.total))
      result.direct += pair.share * trace.level
      result.directSlope += pair.share * trace.slope
      result.total += pair.share * total.level
      result.totalSlope += pair.share * total.slope
    }
    return result
  }

  private func piece(
    _ place: Place, _ determinant: LogDeterminant
  ) throws(SpatialDurbinError) -> (trace: ChebyshevInterpolant, total: ChebyshevInterpolant) {
    if let known = pieces[place] { return known }
    let interval = determinant.interval(place.number)
    let weights = lag.matrices[pairs[place.pair].own]
    let transposed = weights.transposed
    let ones = [Double](repeating: 1, count: weights.size)
    let n = Double(weights.size)
    let nodes = ChebyshevInterpolant.nodes(16, in: interval)
    let progress = ProgressReport.steps(
      nodes.count, Phrase("points of the effects' multipliers", zh: "个效应乘数节点"))
    var (traces, totals): ([Double], [Double]) = ([], [])
    for (done, node) in nodes.enumerated() {
      progress.done(done)
      let filter = try determinant.inverse(node)
      let gap = 1 - node / determinant.bounds.upperBound
      // 1′(I − ρW)⁻¹ times W₂1.
      let multipliers = filter.solve([ones], transposed: true)[0]
      totals.append(gap * multipliers.innerProduct(with: weights.times(ones)) / n)
      traces.append(gap * RegressorWeights.trace(filter, transposed) / n)
    }
    let piece = (
      trace: ChebyshevInterpolant(values: traces, in: interval),
      total: ChebyshevInterpolant(values: totals, in: interval)
    )
    pieces[place] = piece
    return piece
  }

  /// tr (I − ρW)⁻¹W₂, some columns of W₂ at a time: the rows of its transpose.
  private static func trace(_ filter: SpatialInverse, _ transposed: SparseMatrix) -> Double {
    var sum = CompensatedSum()
    let size = transposed.size
    for start in stride(from: 0, to: size, by: 64) {
      let block = Array(start..<min(size, start + 64))
      let columns = block.map { j in
        var column = [Double](repeating: 0, count: size)
        for place in transposed.row(j) { column[Int(transposed.columns[place])] = transposed.values[place] }
        return column
      }
      for (j, solution) in zip(block, filter.solve(columns)) { sum.add(solution[j]) }
    }
    return sum.value
  }
}
