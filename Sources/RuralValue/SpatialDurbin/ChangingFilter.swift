internal import RuralValueNumerics

/// Fixed effects under an error's filter that changes from period to period.
///
/// With B_t = I − λW_t the dummies of units become the stacked B_t, which no means take out, and those of a period
/// g_t = B_t1. With M_t = I − g_tg_t′/g_t′g_t (I without effects of periods), S = Σ_t B_t′M_tB_t (one unit left out where
/// there are both, for S1 = 0) and μ_v = S⁻¹ Σ_t B_t′M_tB_t v_t, a column v becomes M_tB_t(v_t − μ_v). The restricted
/// likelihood, the density of the contrasts orthogonal to the filtered dummies, subtracts
///
/// ½ (log|S| − m log T + log N + Σ_t log(g_t′g_t/N)), m = N − 1 with effects of periods (log N only then), else N.
///
/// The time at one λ is that of N³/3 + kNT·(links of a unit), the memory 24N² bytes.
/// Source: methods/spatial-corrections.md, 1.6.
final class ChangingFilter {
  /// The columns as they are at one λ.
  struct Filtered {
    /// M_tB_t(v_t − μ_v) of every column.
    let errors: [[Double]]
    /// W_t(v_t − μ_v − α_v,t1), minus the derivative of the above in λ but for what the effects take of it.
    let slopes: [[Double]]
    /// Both, side by side, compressed.
    let triangle: Matrix
    /// What the restricted likelihood subtracts, and its derivative in λ.
    let subtracted: (value: Double, slope: Double)
  }

  private let lag: SpatialLag
  private let transposed: [SparseMatrix]
  private let rowSums: [[Double]]
  private let hasUnits: Bool
  private let hasPeriods: Bool
  private let isRestricted: Bool
  private let columns: [[Double]]
  private let laggedColumns: [[Double]]
  /// Σ_t (W_t + W_t′) and Σ_t W_t′W_t.
  private let sums: (linear: Matrix, square: Matrix)
  private var known: [(lambda: Double, filtered: Filtered)] = []

  /// Whether demeaning does not take the effects out of a model's errors.
  static func isNeeded(_ process: SpatialProcess, _ effects: PanelEffects, _ system: SpatialSystem) -> Bool {
    process.hasError && !process.hasLag && !effects.isRandom && !system.lag.isConstant
      && (effects.hasUnitMeans || (effects.hasPeriodMeans && !system.isRowStochastic))
  }

  /// The filter of these columns, as they are before effects are taken out.
  init(
    _ columns: [[Double]], lag: SpatialLag, effects: PanelEffects, isRestricted: Bool
  ) throws(SpatialDurbinError) {
    self.lag = lag
    self.columns = columns
    self.isRestricted = isRestricted
    hasUnits = effects.hasUnitMeans
    hasPeriods = effects.hasPeriodMeans
    laggedColumns = columns.map { lag($0) }
    transposed = lag.matrices.map(\.transposed)
    rowSums = lag.matrices.map(\.rowSums)
    let size = lag.unitCount
    var (linear, square) = (Matrix(rowCount: 0, columnCount: 0), Matrix(rowCount: 0, columnCount: 0))
    if hasUnits {
      try MemoryLimit.require(
        bytes: 40 * Double(size) * Double(size),
        for: "The \(grouped(size)) effects of units under weights that change over time",
        remedy: "Take weights of one year, or \(Setting("model")) sar or sdm",
        orThrow: SpatialDurbinError.tooLarge)
      linear = Matrix(rowCount: size, columnCount: size)
      square = linear
      for (weights, count) in zip(lag.matrices, lag.periodsOfMatrix) {
        ChangingFilter.add(weights, times: Double(count), to: &linear, &square)
      }
    }
    sums = (linear, square)
  }

  private static func add(
    _ weights: SparseMatrix, times count: Double, to linear: inout Matrix, _ square: inout Matrix
  ) {
    for i in 0..<weights.size {
      for place in weights.row(i) {
        let j = Int(weights.columns[place])
        let value = count * weights.values[place]
        linear[i, j] += value
        linear[j, i] += value
        for other in weights.row(i) {
          square[j, Int(weights.columns[other])] += value * weights.values[other]
        }
      }
    }
  }

  /// The columns at λ; those of the last few are kept, for an estimate asks for one several times.
  func callAsFunction(_ lambda: Double) throws -> Filtered {
    if let found = known.first(where: { $0.lambda == lambda }) { return found.filtered }
    let filtered = try filtered(lambda)
    known = known.suffix(5) + [(lambda, filtered)]
    return filtered
  }

  private func filtered(_ lambda: Double) throws -> Filtered {
    let periods = lag.matrices.indices.map { FilteredDummies(rowSums[$0], lambda, hasPeriods: hasPeriods) }
    let (effects, subtracted) = try effects(lambda, periods)
    var (errors, slopes) = ([[Double]](), [[Double]]())
    let size = lag.unitCount
    for (place, column) in columns.enumerated() {
      var (error, slope) = (column, laggedColumns[place])
      for (period, matrix) in lag.matrixOfPeriod.enumerated() {
        let range = period * size..<(period + 1) * size
        var rest = Array(column[range])
        var lagged = Array(laggedColumns[place][range])
        if let effects {
          rest = rest.minus(effects.column(place))
          lagged = lagged.minus(lag.matrices[matrix].times(effects.column(place)))
        }
        var filtered = rest
        filtered.add(lagged, scale: -lambda)
        let share = periods[matrix].remove(from: &filtered)
        lagged.add(rowSums[matrix], scale: -share)
        error.replaceSubrange(range, with: filtered)
        slope.replaceSubrange(range, with: lagged)
      }
      errors.append(error)
      slopes.append(slope)
    }
    return Filtered(
      errors: errors, slopes: slopes, triangle: Matrix(columns: errors + slopes).orthogonalCompression,
      subtracted: subtracted)
  }

  /// μ of every column, one column each, and what the restricted likelihood subtracts.
  private func effects(
    _ lambda: Double, _ periods: [FilteredDummies]
  ) throws -> (Matrix?, (value: Double, slope: Double)) {
    let (size, counts) = (lag.unitCount, lag.periodsOfMatrix)
    var (logarithm, slope) = (CompensatedSum(), CompensatedSum())
    if hasPeriods && isRestricted {
      for (dummies, count) in zip(periods, counts) {
        logarithm.add(Double(count) * log(dummies.squaredLength / Double(size)))
        slope.add(Double(count) * dummies.squaredLengthSlope / dummies.squaredLength)
      }
    }
    guard hasUnits else { return (nil, (0.5 * logarithm.value, 0.5 * slope.value)) }
    var (s, derivative) = (lambda * lambda * sums.square, 2 * lambda * sums.square)
    s.add(sums.linear, scale: -lambda)
    derivative.add(sums.linear, scale: -1)
    for i in 0..<size { s[i, i] += Double(lag.periodCount) }
    if hasPeriods {
      for (position, (dummies, count)) in zip(periods, counts).enumerated() {
        // B_t′g_t and its derivative −W_t′g_t − B_t′d_t.
        let back = transposed[position]
        let laggedG = back.times(dummies.vector)
        var c = dummies.vector
        c.add(laggedG, scale: -lambda)
        var bend = laggedG.plus(rowSums[position]).scaled(by: -1)
        bend.add(back.times(rowSums[position]), scale: lambda)
        let (weight, length) = (Double(count), dummies.squaredLength)
        s.addOuterProduct(c, c, scale: -weight / length)
        derivative.addOuterProduct(c, bend, scale: -weight / length)
        derivative.addOuterProduct(bend, c, scale: -weight / length)
        derivative.addOuterProduct(c, c, scale: weight * dummies.squaredLengthSlope / (length * length))
      }
    }
    let kept = Array(0..<(hasPeriods ? size - 1 : size))
    if hasPeriods { s = s.selectingRows(kept).selectingColumns(kept) }
    let factor: Cholesky
    do { factor = try Cholesky(s) } catch { throw SpatialDurbinError.singularFilter(rho: lambda) }
    if isRestricted {
      logarithm.add(factor.logDeterminant - Double(kept.count) * log(Double(lag.periodCount)))
      if hasPeriods { logarithm.add(log(Double(size))) }
      let inverse = factor.inverse
      for j in kept {
        for i in kept { slope.add(product: inverse[i, j], derivative[i, j]) }
      }
    }
    let right = Matrix(columns: columns.indices.map { normal($0, lambda, periods) }).selectingRows(kept)
    var solution = try factor.solve(right)
    if hasPeriods { solution = solution.appendingRows(Matrix(rowCount: 1, columnCount: columns.count)) }
    return (solution, (0.5 * logarithm.value, 0.5 * slope.value))
  }

  /// Σ_t B_t′M_tB_t v_t.
  private func normal(_ place: Int, _ lambda: Double, _ periods: [FilteredDummies]) -> [Double] {
    let size = lag.unitCount
    var result = [Double](repeating: 0, count: size)
    for (period, matrix) in lag.matrixOfPeriod.enumerated() {
      let range = period * size..<(period + 1) * size
      var filtered = Array(columns[place][range])
      filtered.add(Array(laggedColumns[place][range]), scale: -lambda)
      _ = periods[matrix].remove(from: &filtered)
      result.add(filtered)
      result.add(transposed[matrix].times(filtered), scale: -lambda)
    }
    return result
  }
}

/// A period's dummy as the errors' filter leaves it, g = 1 − λd; nothing where there are no effects of periods.
private struct FilteredDummies {
  let vector: [Double]
  /// g′g and its derivative −2d′g.
  let squaredLength: Double
  let squaredLengthSlope: Double
  private let isRemoved: Bool

  init(_ rowSums: [Double], _ lambda: Double, hasPeriods: Bool) {
    vector = rowSums.map { 1 - lambda * $0 }
    squaredLength = vector.innerProduct(with: vector)
    squaredLengthSlope = -2 * rowSums.innerProduct(with: vector)
    isRemoved = hasPeriods
  }

  /// Takes g out of a period's values, and says how much of it there was.
  func remove(from values: inout [Double]) -> Double {
    guard isRemoved else { return 0 }
    let share = vector.innerProduct(with: values) / squaredLength
    values.add(vector, scale: -share)
    return share
  }
}
