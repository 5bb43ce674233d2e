internal import RuralValueNumerics

/// How weights are scaled.
public enum WeightsStandardisation: String, Sendable, CaseIterable {
  /// Each row divided by its sum, so that Wx is a mean of neighbours; rows of islands stay empty.
  case row
  /// As they are.
  case none
  /// Divided by the spectral radius, the largest modulus of an eigenvalue. Source: Elhorst (2001).
  case spectral
  /// Divided by the smaller of the largest row sum and the largest column sum.
  /// Source: Kelejian & Prucha (2010), sec. 2.2.
  case minmax
}

extension SpatialWeights {
  /// The weights on the scale that is asked for.
  public func standardised(_ standardisation: WeightsStandardisation) -> SpatialWeights {
    switch standardisation {
    case .none: return self
    case .row:
      // Weights that already are row-standardised keep their digits.
      if rowsSumToOne(within: 1e-14) { return self }
      let sums = rowSums
      guard sums.contains(where: { !$0.isFinite }) else {
        return with(sparseMatrix.mapValues { i, weight in weight / sums[i] })
      }
      // A row whose sum overflows is divided by its largest weight first.
      let units = (0..<unitCount).map { i in
        sums[i].isFinite
          ? 1 : PowerOfTwo.below(sparseMatrix.row(i).reduce(0) { max($0, sparseMatrix.values[$1]) })
      }
      let scaled = with(sparseMatrix.mapValues { i, weight in weight / units[i] })
      let scaledSums = scaled.rowSums
      return with(scaled.sparseMatrix.mapValues { i, weight in weight / scaledSums[i] })
    case .spectral:
      let scaled = ofOrdinarySize
      return scaled.divided(by: scaled.spectralRadius)
    case .minmax:
      let scaled = ofOrdinarySize
      return scaled.divided(by: min(scaled.rowSums.max() ?? 0, scaled.sparseMatrix.columnSums.max() ?? 0))
    }
  }

  /// The weights, divided by a power of two where their sums or squares would leave the range of numbers.
  private var ofOrdinarySize: SpatialWeights {
    let unit = PowerOfTwo.below(sparseMatrix.values.max() ?? 0, unlessWithin: 400)
    return unit == 1 ? self : with(sparseMatrix.mapValues { _, weight in weight / unit })
  }

  private func divided(by divisor: Double) -> SpatialWeights {
    divisor > 0 ? with(sparseMatrix.mapValues { _, weight in weight / divisor }) : self
  }

  /// The largest modulus of an eigenvalue of W, zero without links.
  ///
  /// For weights that are nowhere negative it is an eigenvalue itself (Perron and Frobenius) and lies
  /// between the smallest and the largest (Wx)_i / x_i of any positive x (Collatz and Wielandt).
  /// A symmetric W takes Lanczos steps; another takes powers of W + I, which converge where those of W
  /// would swing.
  public var spectralRadius: Double {
    guard linkCount > 0 else { return 0 }
    return isSymmetric ? lanczosLargestEigenvalue : powerIterationRadius
  }

  private var lanczosLargestEigenvalue: Double {
    let steps = min(unitCount, 300)
    var basis: [[Double]] = []
    var diagonal: [Double] = []
    var beside: [Double] = []
    var vector = normalised(startVector)
    var largest = 0.0
    for step in 0..<steps {
      basis.append(vector)
      var next = spatialLag(vector)
      diagonal.append(inner(next, vector))
      // Twice is enough to keep the basis orthogonal to the last digit.
      for _ in 0..<2 {
        for known in basis {
          let part = inner(next, known)
          for i in next.indices { next[i] -= part * known[i] }
        }
      }
      let length = inner(next, next).squareRoot()
      let isLast = step == steps - 1 || length < 1e-13 * max(1, abs(largest))
      if isLast || step % 10 == 9 {
        let value = largestRitzValue(diagonal, beside)
        if isLast || abs(value - largest) <= 1e-15 * value { return value }
        largest = value
      }
      beside.append(length)
      vector = next.map { $0 / length }
    }
    return largest
  }

  /// The largest eigenvalue of a symmetric tridiagonal matrix, by bisection on Sturm counts.
  private func largestRitzValue(_ diagonal: [Double], _ beside: [Double]) -> Double {
    var low = diagonal.max() ?? 0
    var high = low
    for i in diagonal.indices {
      let reach = (i > 0 ? beside[i - 1] : 0) + (i < diagonal.count - 1 ? beside[i] : 0)
      high = max(high, diagonal[i] + reach)
    }
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      // All pivots of T − middle · I are negative just where no eigenvalue exceeds `middle`.
      var pivot = diagonal[0] - middle
      var exceeds = pivot >= 0
      for i in diagonal.indices.dropFirst() where !exceeds {
        pivot = diagonal[i] - middle - beside[i - 1] * beside[i - 1] / pivot
        exceeds = pivot >= 0
      }
      if exceeds { low = middle } else { high = middle }
    }
    return high
  }

  private var powerIterationRadius: Double {
    var vector = normalised(startVector)
    var radius = 0.0
    for _ in 0..<200_000 {
      let image = spatialLag(vector)
      let shifted = image.indices.map { image[$0] + vector[$0] }
      let length = inner(shifted, shifted).squareRoot()
      let value = length - 1
      vector = shifted.map { $0 / length }
      if abs(value - radius) <= 1e-16 * length { return value }
      radius = value
    }
    return radius
  }

  /// A positive vector without the symmetries of regular grids.
  private var startVector: [Double] {
    (0..<unitCount).map { 1 + 0.1 * (Double($0) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1) }
  }

  private func normalised(_ vector: [Double]) -> [Double] {
    let length = inner(vector, vector).squareRoot()
    return vector.map { $0 / length }
  }

  private func inner(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }
}
