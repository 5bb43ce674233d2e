/// Gauss and Legendre's rule: the nodes and weights that integrate polynomials up to degree 2n − 1 without error.
///
/// The nodes are the zeros of P_n, found by Newton's method; w = 2/((1 − x²) P′_n(x)²).
/// Source: Davis and Rabinowitz (1984), Methods of Numerical Integration, sec. 2.7.
public struct GaussLegendre: Sendable, Equatable {
  /// The nodes in (−1, 1), ascending.
  public let nodes: [Double]
  /// Their weights, which add up to two.
  public let weights: [Double]

  /// The rule with so many nodes, one at least.
  public init(_ count: Int) {
    precondition(count > 0, "A rule needs a node.")
    var nodes = [Double](repeating: 0, count: count)
    var weights = nodes
    for j in 0..<(count + 1) / 2 {
      var x = cos(.pi * (Double(j) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      // The start is near enough for full precision in five steps.
      for _ in 0..<8 {
        let (value, derivative) = GaussLegendre.polynomial(count, at: x)
        slope = derivative
        let step = value / derivative
        x -= step
        if abs(step) < 1e-16 { break }
      }
      if 2 * j + 1 == count { x = 0 }
      slope = GaussLegendre.polynomial(count, at: x).derivative
      let weight = 2 / ((1 - x * x) * slope * slope)
      (nodes[j], nodes[count - 1 - j]) = (-x, x)
      (weights[j], weights[count - 1 - j]) = (weight, weight)
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// P_n and its derivative at x inside (−1, 1), by the recurrence in n.
  private static func polynomial(_ n: Int, at x: Double) -> (value: Double, derivative: Double) {
    var (previous, value) = (0.0, 1.0)
    for k in 1...n {
      let order = Double(k)
      (previous, value) = (value, ((2 * order - 1) * x * value - (order - 1) * previous) / order)
    }
    return (value, Double(n) * (x * value - previous) / (x * x - 1))
  }

  /// ∫ f over an interval. Rethrows what f throws.
  public func integral<Failure: Error>(
    over interval: ClosedRange<Double>, _ f: (Double) throws(Failure) -> Double
  ) throws(Failure) -> Double {
    let centre = 0.5 * (interval.lowerBound + interval.upperBound)
    let half = 0.5 * (interval.upperBound - interval.lowerBound)
    var sum = CompensatedSum()
    for (x, weight) in zip(nodes, weights) { sum.add(product: weight, try f(centre + half * x)) }
    return half * sum.value
  }
}

/// log Γ(x) for x > 0.
public func logarithmOfGamma(_ x: Double) -> Double {
  x >= 1 ? SaddlePoint.logGammaOnePlus(x - 1) : SaddlePoint.logGammaOnePlus(x) - log(x)
}
