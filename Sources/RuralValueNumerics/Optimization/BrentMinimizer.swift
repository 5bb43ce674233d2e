/// The minimum of a function of one variable on an interval, without derivatives.
///
/// Parabolas through the three best points, and golden sections where a parabola does not help. On a
/// function with one minimum in the interval it converges to that; otherwise to a local one, or an end.
///
/// Source: Brent (1973), Algorithms for Minimization without Derivatives, ch. 5, `localmin`.
public struct BrentMinimizer: Sendable, Equatable {
  /// Where the search ended.
  public struct Minimum: Sendable, Equatable {
    /// The minimiser x.
    public let location: Double
    /// f(x).
    public let value: Double
    /// How often f was evaluated.
    public let evaluations: Int
    /// Whether x is known to the tolerance.
    public let converged: Bool
  }

  /// x is found to relativeTolerance · |x| + absoluteTolerance.
  ///
  /// A minimum is flat: below √2⁻⁵² ≈ 1.5·10⁻⁸ the function's rounding errors decide.
  public var relativeTolerance: Double
  /// x is found to relativeTolerance · |x| + absoluteTolerance.
  public var absoluteTolerance: Double
  /// The search gives up after this many evaluations.
  public var maximumEvaluations: Int

  /// A minimizer with these tolerances.
  public init(
    relativeTolerance: Double = 1.5e-8, absoluteTolerance: Double = 1e-10, maximumEvaluations: Int = 200
  ) {
    self.relativeTolerance = relativeTolerance
    self.absoluteTolerance = absoluteTolerance
    self.maximumEvaluations = maximumEvaluations
  }

  /// Minimises f between two points; f is not evaluated at them.
  ///
  /// Throws `invalidInterval`, and `notFinite` where f is.
  public func minimum(
    from lower: Double, to upper: Double, of f: (Double) -> Double
  ) throws(OptimizationError) -> Minimum {
    guard lower.isFinite && upper.isFinite && lower < upper else {
      throw .invalidInterval(from: lower, to: upper)
    }
    var search = try Search(lower: lower, upper: upper, f: f)
    while search.evaluations < maximumEvaluations {
      let tolerance = relativeTolerance * abs(search.best.x) + absoluteTolerance
      if search.hasConverged(tolerance) { return search.result(converged: true) }
      try search.evaluate(f, at: search.nextPoint(tolerance))
    }
    return search.result(converged: false)
  }
}

extension BrentMinimizer {
  private typealias Point = (x: Double, value: Double)

  /// The interval and the three best points (Brent's x, w, v).
  private struct Search {
    static let goldenSection = 0.3819660112501051
    var lower: Double
    var upper: Double
    var best: Point
    var second: Point
    var third: Point
    var step = 0.0
    var stepBefore = 0.0
    var evaluations = 1

    init(lower: Double, upper: Double, f: (Double) -> Double) throws(OptimizationError) {
      self.lower = lower
      self.upper = upper
      let x = lower + Search.goldenSection * (upper - lower)
      best = (x, try finite(f, at: x))
      second = best
      third = best
    }

    func hasConverged(_ tolerance: Double) -> Bool {
      let middle = 0.5 * (lower + upper)
      return abs(best.x - middle) <= 2 * tolerance - 0.5 * (upper - lower)
    }

    /// The point to try next, at least the tolerance away from the best.
    mutating func nextPoint(_ tolerance: Double) -> Double {
      let middle = 0.5 * (lower + upper)
      if let parabolic = parabolicStep(tolerance) {
        stepBefore = step
        step = parabolic
        let point = best.x + step
        if point - lower < 2 * tolerance || upper - point < 2 * tolerance {
          step = best.x < middle ? tolerance : -tolerance
        }
      } else {
        stepBefore = (best.x < middle ? upper : lower) - best.x
        step = Search.goldenSection * stepBefore
      }
      return best.x + (abs(step) >= tolerance ? step : step > 0 ? tolerance : -tolerance)
    }

    /// The step to the vertex of the parabola through the three points, where it lies in the interval
    /// and is shorter than half the step before last.
    private func parabolicStep(_ tolerance: Double) -> Double? {
      guard abs(stepBefore) > tolerance else { return nil }
      let r = (best.x - second.x) * (best.value - third.value)
      let q = (best.x - third.x) * (best.value - second.value)
      let numerator = (best.x - third.x) * q - (best.x - second.x) * r
      let denominator = 2 * (q - r)
      let vertex = -numerator / denominator
      guard vertex.isFinite && abs(vertex) < 0.5 * abs(stepBefore) else { return nil }
      let point = best.x + vertex
      return point > lower && point < upper ? vertex : nil
    }

    /// Evaluates f at a point and narrows the interval.
    mutating func evaluate(_ f: (Double) -> Double, at x: Double) throws(OptimizationError) {
      let point = (x: x, value: try finite(f, at: x))
      evaluations += 1
      let outer = point.value <= best.value ? best.x : x
      let towards = point.value <= best.value ? x : best.x
      if outer < towards { lower = outer } else { upper = outer }
      if point.value <= best.value {
        (third, second, best) = (second, best, point)
      } else if point.value <= second.value || second.x == best.x {
        (third, second) = (second, point)
      } else if point.value <= third.value || third.x == best.x || third.x == second.x {
        third = point
      }
    }

    func result(converged: Bool) -> Minimum {
      Minimum(location: best.x, value: best.value, evaluations: evaluations, converged: converged)
    }
  }
}

/// f at a point; throws `notFinite` where it is not.
func finite(_ f: (Double) -> Double, at x: Double) throws(OptimizationError) -> Double {
  let value = f(x)
  guard value.isFinite else { throw .notFinite(at: x, value: value) }
  return value
}
