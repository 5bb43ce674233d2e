internal import RuralValueNumerics

/// The weights of a panel with all that depends on them alone: lags, determinants, traces.
final class SpatialSystem {
  /// The lag over the panel.
  let lag: SpatialLag
  /// The units' number, N.
  let unitCount: Int
  /// Whether all rows of all weights sum to one, so that W1 = 1 and there are no islands.
  let isRowStochastic: Bool
  /// d = W1, the sums of the rows of weights that do not change over time; of the first ones else.
  let rowSums: [Double]
  /// c where all rows of constant weights sum to the same c, as those of row-standardised weights without islands do:
  /// the filters I − rW then leave effects of periods what they are.
  let commonRowSum: Double?
  /// The determinant of each of the weights.
  private let determinants: [LogDeterminant]
  private let shares: [Double]
  private lazy var moments = averageMoments
  private var knownSpectrum: WeightsSpectrum?
  /// The weights of WX where they are others than those of Wy.
  var regressorWeights: RegressorWeights?
  /// Whether these are weights of Wu alone, which those of Wy are not.
  var isOfErrorsAlone = false
  /// The weights of Wu beside these of Wy, where a model has both processes and each its own.
  var errorSystem: SpatialSystem?

  /// G's trace, that of its square, and log|I − rW|, averaged over the periods.
  struct Traces {
    let logDeterminant: Double
    let g: Double
    let gSquared: Double
  }

  /// What depends on weights, one or more, by the algebra that is cheaper for each unless it is given.
  init(
    _ weights: [SpatialWeights], matrixOfPeriod: [Int], algebra: SpatialAlgebra? = nil
  ) throws(SpatialDurbinError) {
    guard weights.contains(where: { $0.linkCount > 0 }) else { throw .noLinks }
    unitCount = weights[0].unitCount
    isRowStochastic = weights.allSatisfy { $0.isRowStandardised && $0.islandPositions.isEmpty }
    var determinants: [LogDeterminant] = []
    for weights in weights { determinants.append(try LogDeterminant(weights, algebra: algebra)) }
    self.determinants = determinants
    lag = SpatialLag(
      matrices: weights.map(\.sparseMatrix), matrixOfPeriod: matrixOfPeriod,
      dense: weights.count == 1 ? determinants[0].dense : nil)
    shares = lag.periodsOfMatrix.map { Double($0) / Double(matrixOfPeriod.count) }
    rowSums = SpatialSystem.rowSums(lag.matrices[0], areOne: isRowStochastic)
    commonRowSum = SpatialSystem.common(rowSums, of: lag)
  }

  private static func rowSums(_ weights: SparseMatrix, areOne: Bool) -> [Double] {
    let ones = [Double](repeating: 1, count: weights.size)
    return areOne ? ones : weights.times(ones)
  }

  private static func common(_ sums: [Double], of lag: SpatialLag) -> Double? {
    guard lag.isConstant, let first = sums.first else { return nil }
    return sums.allSatisfy { abs($0 - first) <= 1e-12 * abs(first) } ? first : nil
  }

  /// The same weights, which do not change over time, with what is known of them, over some number of periods.
  init(_ other: SpatialSystem, periodCount: Int) {
    precondition(other.lag.isConstant, "Weights that change over time belong to their periods.")
    lag = SpatialLag(
      matrices: other.lag.matrices, matrixOfPeriod: [Int](repeating: 0, count: periodCount),
      dense: other.lag.dense)
    unitCount = other.unitCount
    isRowStochastic = other.isRowStochastic
    determinants = other.determinants
    shares = [1]
    rowSums = other.rowSums
    commonRowSum = other.commonRowSum
  }

  /// The weights to which a process belongs.
  func of(_ process: LeeYuTransformation.Process) -> SpatialSystem {
    process == .error ? errorSystem ?? self : self
  }

  /// The determinant of weights that do not change over time.
  var determinant: LogDeterminant { determinants[0] }

  /// The determinant of one of the weights.
  func determinant(_ position: Int) -> LogDeterminant { determinants[position] }

  /// The interval in which I − rW is regular in every period.
  var bounds: ClosedRange<Double> {
    let low = determinants.map(\.bounds.lowerBound).max() ?? -1
    let high = determinants.map(\.bounds.upperBound).min() ?? 1
    return low...high
  }

  /// The traces at r, averaged over the periods.
  func traces(_ r: Double) throws(SpatialDurbinError) -> Traces {
    var (value, first, second) = (0.0, 0.0, 0.0)
    for (determinant, share) in zip(determinants, shares) {
      let term = try determinant(r)
      value += share * term.value
      first += share * term.first
      second += share * term.second
    }
    return Traces(logDeterminant: value, g: -first, gSquared: -second)
  }

  /// The traces at r from the first terms of log|I − rW| = −Σ r^q tr W^q / q: enough to know where to look.
  func roughTraces(_ r: Double) -> Traces {
    var (value, first, second) = (0.0, 0.0, 0.0)
    for (q, moment) in moments.enumerated().dropFirst(2) {
      let order = Double(q)
      var power = moment
      for _ in 0..<(q - 2) { power *= r }
      value -= power * r * r / order
      first += power * r
      second += power * (order - 1)
    }
    return Traces(logDeterminant: value, g: first, gSquared: second)
  }

  /// Whether the determinant is dear enough for a rough search to come first.
  var isLarge: Bool { determinants.contains { !$0.isExact } }

  /// tr W^q for q up to 40, averaged over the periods, each estimated by v′W^q v with one vector v of random signs.
  ///
  /// Source: Barry and Pace (1999). The estimate decides where the exact search starts, and nothing else.
  private var averageMoments: [Double] {
    var result = [Double](repeating: 0, count: 41)
    var generator = CounterBasedGenerator(seed: 1)
    let signs = (0..<unitCount).map { _ in generator.next() & 1 == 0 ? 1.0 : -1.0 }
    for (matrix, share) in zip(lag.matrices, shares) {
      var power = signs
      for q in 1..<result.count {
        power = matrix.times(power)
        result[q] += share * signs.innerProduct(with: power)
      }
    }
    return result
  }

  /// 1′(I − rW)⁻¹1 / N averaged over the periods, and its derivative in r.
  func meanTotal(_ r: Double) throws(SpatialDurbinError) -> (value: Double, derivative: Double) {
    if isRowStochastic { return (1 / (1 - r), 1 / ((1 - r) * (1 - r))) }
    let multiplier = try meanMultiplier(r)
    return (1 + r * multiplier.value, multiplier.value + r * multiplier.derivative)
  }

  /// 1′G1/N averaged over the periods, and its derivative 1′G²1/N.
  func meanMultiplier(_ r: Double) throws(SpatialDurbinError) -> (value: Double, derivative: Double) {
    if isRowStochastic { return (1 / (1 - r), 1 / ((1 - r) * (1 - r))) }
    var (value, derivative) = (0.0, 0.0)
    for (determinant, share) in zip(determinants, shares) {
      let term = try determinant.multiplierTotal(r)
      value += share * term.value / Double(unitCount)
      derivative += share * term.derivative / Double(unitCount)
    }
    return (value, derivative)
  }

  /// ∫₀^r 1′G(s)1/N ds, averaged over the periods.
  func meanMultiplierIntegral(_ r: Double) throws(SpatialDurbinError) -> Double {
    var sum = 0.0
    for (determinant, share) in zip(determinants, shares) {
      sum += share * (try determinant.multiplierIntegral(r)) / Double(unitCount)
    }
    return sum
  }

  /// The eigenvalues of weights that do not change over time, nil where there are more than so many units.
  func spectrum(upTo limit: Int) throws -> WeightsSpectrum? {
    if let known = determinant.spectrum ?? knownSpectrum { return known }
    guard unitCount <= limit else { return nil }
    let values = try WeightsSpectrum(lag.matrices[0])
    knownSpectrum = values
    return values
  }

  /// The mean row sum of W: what a change everywhere does to a unit's lag.
  var meanRowSum: Double {
    zip(lag.matrices, shares).reduce(0) { $0 + $1.1 * $1.0.values.pairwiseSum } / Double(unitCount)
  }

  /// I − ρW of weights that do not change over time, as a solver.
  func inverse(_ rho: Double) throws(SpatialDurbinError) -> SpatialInverse {
    try determinant.inverse(rho)
  }

  /// tr(W′W + WW), summed over the periods.
  var lagrangeTrace: Double {
    var sum = 0.0
    for (matrix, count) in zip(lag.matrices, lag.periodsOfMatrix) {
      sum += Double(count) * matrix.tracesOfSquares
    }
    return sum
  }
}

extension SpatialSystem {
  /// The column sums W′1 of weights that do not change over time.
  var columnSums: [Double] {
    lag.matrices[0].transposedTimes([Double](repeating: 1, count: unitCount))
  }

  /// tr M₀W and tr((M₀WM₀)² + M₀WM₀W′M₀), M₀ = I − 11′/N, of weights that do not change over time; with I for M₀ where
  /// there are no effects of periods.
  func lagrangeTraces(centred isCentred: Bool) -> (first: Double, second: Double) {
    let second = lagrangeTrace / Double(lag.periodCount)
    guard isCentred else { return (0, second) }
    let n = Double(unitCount)
    let columns = columnSums
    let mean = rowSums.compensatedSum / n
    let products =
      2 * columns.innerProduct(with: rowSums) + rowSums.innerProduct(with: rowSums)
      + columns.innerProduct(with: columns)
    return (-mean, second - products / n + 2 * mean * mean)
  }

  /// (I − ρW)⁻¹x, period by period.
  func solve(_ x: [Double], rho: Double) throws(SpatialDurbinError) -> [Double] {
    var result = x
    for position in lag.matrices.indices {
      let filter = try determinant(position).inverse(rho)
      let periods = lag.matrixOfPeriod.indices.filter { lag.matrixOfPeriod[$0] == position }
      let ranges = periods.map { $0 * unitCount..<($0 + 1) * unitCount }
      for (range, solution) in zip(ranges, filter.solve(ranges.map { Array(x[$0]) })) {
        result.replaceSubrange(range, with: solution)
      }
    }
    return result
  }
}
