/// A root of a continuous function of one variable between two points of opposite sign.
///
/// Inverse quadratic interpolation and secants, and bisection where they do not help.
///
/// Source: Brent (1973), Algorithms for Minimization without Derivatives, ch. 4, `zero`.
public struct BrentRootFinder: Sendable, Equatable {
  /// Where the search ended.
  public struct Root: Sendable, Equatable {
    /// The root x.
    public let location: Double
    /// f(x), the smaller in absolute value at the two ends of the last bracket.
    public let value: Double
    /// How often f was evaluated.
    public let evaluations: Int
    /// Whether x is known to the tolerance.
    public let converged: Bool
  }

  /// x is found to 4 · 2⁻⁵² · |x| + tolerance.
  public var tolerance: Double
  /// The search gives up after this many evaluations.
  public var maximumEvaluations: Int

  /// A root finder with this tolerance.
  public init(tolerance: Double = 1e-14, maximumEvaluations: Int = 200) {
    self.tolerance = tolerance
    self.maximumEvaluations = maximumEvaluations
  }

  /// Finds a root of f between two points.
  ///
  /// Throws `invalidInterval`, `notBracketed`, and `notFinite` where f is.
  public func root(
    from lower: Double, to upper: Double, of f: (Double) -> Double
  ) throws(OptimizationError) -> Root {
    guard lower.isFinite && upper.isFinite && lower < upper else {
      throw .invalidInterval(from: lower, to: upper)
    }
    var bracket = try Bracket(lower: lower, upper: upper, f: f)
    while bracket.evaluations < maximumEvaluations {
      bracket.order()
      let allowed = 2 * Double.ulpOfOne * abs(bracket.best.x) + 0.5 * tolerance
      if bracket.best.value == 0 || abs(bracket.half) <= allowed { return bracket.root(converged: true) }
      try bracket.advance(f, smallest: allowed)
    }
    return bracket.root(converged: false)
  }
}

extension BrentRootFinder {
  private typealias Point = (x: Double, value: Double)

  /// The best point b, the one before it a, and c on the other side of the root.
  private struct Bracket {
    var before: Point
    var best: Point
    var opposite: Point
    var step: Double
    var stepBefore: Double
    var evaluations = 2

    init(lower: Double, upper: Double, f: (Double) -> Double) throws(OptimizationError) {
      before = (lower, try finite(f, at: lower))
      best = (upper, try finite(f, at: upper))
      guard before.value * best.value.direction <= 0 else {
        throw .notBracketed(
          from: lower, to: upper, valueAtStart: before.value, valueAtEnd: best.value)
      }
      opposite = before
      step = upper - lower
      stepBefore = step
    }

    /// Half the way from the best point to the other end.
    var half: Double { 0.5 * (opposite.x - best.x) }

    /// Sees that the root lies between best and opposite, and best has the smaller value.
    mutating func order() {
      if (best.value > 0) == (opposite.value > 0) {
        opposite = before
        step = best.x - before.x
        stepBefore = step
      }
      if abs(opposite.value) < abs(best.value) {
        before = best
        best = opposite
        opposite = before
      }
    }

    /// Moves the best point by interpolation or bisection.
    mutating func advance(_ f: (Double) -> Double, smallest: Double) throws(OptimizationError) {
      if let interpolated = interpolatedStep(smallest) {
        stepBefore = step
        step = interpolated
      } else {
        step = half
        stepBefore = half
      }
      before = best
      let x = best.x + (abs(step) > smallest ? step : half > 0 ? smallest : -smallest)
      best = (x, try finite(f, at: x))
      evaluations += 1
    }

    private func interpolatedStep(_ smallest: Double) -> Double? {
      guard abs(stepBefore) >= smallest && abs(before.value) > abs(best.value) else { return nil }
      let s = best.value / before.value
      var p: Double
      var q: Double
      if before.x == opposite.x {
        p = 2 * half * s
        q = 1 - s
      } else {
        let r = best.value / opposite.value
        q = before.value / opposite.value
        p = s * (2 * half * q * (q - r) - (best.x - before.x) * (r - 1))
        q = (q - 1) * (r - 1) * (s - 1)
      }
      if p > 0 { q = -q } else { p = -p }
      guard 2 * p < 3 * half * q - abs(smallest * q) && p < abs(0.5 * stepBefore * q) else { return nil }
      return p / q
    }

    func root(converged: Bool) -> Root {
      Root(location: best.x, value: best.value, evaluations: evaluations, converged: converged)
    }
  }
}

extension Double {
  /// −1, 0 or 1, so that a product with it keeps its sign where the plain product would underflow.
  fileprivate var direction: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
