internal import RuralValueNumerics

/// The Gaussian kernel density of one period.
///
/// f(x) = 1/h Σ p_i φ((x − x_i)/h), summed directly; turned back at zero f(x) + f(−x) for x ≥ 0, which integrates to one.
///
/// Source: Silverman (1986); methods/evaluation.md, 3.1.
struct KernelDensity: Sendable, Equatable {
  /// The values, ascending.
  let values: [Double]
  /// p, which add up to one, in the same order.
  let shares: [Double]
  /// h.
  let bandwidth: Double
  let isReflected: Bool

  /// Beyond so many h a value adds less than e^(−72).
  private static let reach = 12.0

  /// Values with their weights, none of which is zero. h is that of the values without weights.
  init(_ values: [Double], weights: [Double]? = nil, _ rule: BandwidthRule, isReflected: Bool = false) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    self.values = order.map { values[$0] }
    let own = weights.map { weights in order.map { weights[$0] } } ?? values.map { _ in 1 }
    let total = own.compensatedSum
    shares = own.map { $0 / total }
    bandwidth = rule.width(ofSorted: self.values)
    self.isReflected = isReflected
  }

  /// Whether there is a density at all: a width that is a number above zero.
  var isDefined: Bool { bandwidth > 0 && bandwidth.isFinite }

  /// f(x).
  func density(at x: Double) -> Double {
    guard isReflected else { return plain(at: x) }
    return x < 0 ? 0 : plain(at: x) + plain(at: -x)
  }

  private func plain(at x: Double) -> Double {
    sum(at: x) { exp(-0.5 * $0 * $0) } / (bandwidth * (2 * Double.pi).squareRoot())
  }

  /// f′(x), but for a factor that is positive.
  private func slope(at x: Double) -> Double {
    let own = sum(at: x) { -$0 * exp(-0.5 * $0 * $0) }
    return isReflected ? own - sum(at: -x) { -$0 * exp(-0.5 * $0 * $0) } : own
  }

  /// Σ p_i k((x − x_i)/h) over the values within reach.
  @inline(__always)
  private func sum(at x: Double, _ kernel: (Double) -> Double) -> Double {
    var place = firstPlace(notBelow: x - Self.reach * bandwidth)
    let end = x + Self.reach * bandwidth
    var total = 0.0
    while place < values.count, values[place] <= end {
      total += shares[place] * kernel((x - values[place]) / bandwidth)
      place += 1
    }
    return total
  }

  private func firstPlace(notBelow bound: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The mass of f below zero: Σ p_i Φ(−x_i/h); zero where it is turned back.
  var massBelowZero: Double {
    guard !isReflected else { return 0 }
    let normal = Normal()
    return zip(values, shares).map { $1 * normal.upperTail(at: $0 / bandwidth) }.compensatedSum
  }

  /// The highest point, and the number of local maxima on a grid.
  ///
  /// The mode is sought between the neighbours of the grid's highest point, so that it does not depend on the grid.
  func peak(on grid: [Double], _ densities: [Double]) -> (mode: Double, height: Double, maxima: Int) {
    let count = grid.count
    var maxima = 0
    for place in 0..<count {
      let isRising = place == 0 || densities[place] > densities[place - 1]
      guard isRising else { continue }
      // A flat top counts once.
      var next = place + 1
      while next < count, densities[next] == densities[place] { next += 1 }
      if next == count || densities[next] < densities[place] { maxima += 1 }
    }
    let top = densities.indices.max { densities[$0] < densities[$1] } ?? 0
    var (low, high) = (grid[max(top - 1, 0)], grid[min(top + 1, count - 1)])
    if slope(at: low) > 0, slope(at: high) < 0 {
      for _ in 0..<45 {
        let middle = low + (high - low) / 2
        if slope(at: middle) > 0 { low = middle } else { high = middle }
      }
      let mode = low + (high - low) / 2
      return (mode, density(at: mode), maxima)
    }
    return (grid[top], densities[top], maxima)
  }
}
