/// The polynomial that takes given values at the Chebyshev nodes of an interval, with its derivatives.
///
/// p(x) = Σ_k c_k T_k(u), u = (2x − a − b) / (b − a). Where the function is analytic in an ellipse around
/// the interval, the error falls geometrically with the number of nodes.
///
/// Source: Trefethen (2013), Approximation Theory and Approximation Practice, ch. 2–4 and 8.
public struct ChebyshevInterpolant: Sendable, Equatable {
  /// The interval.
  public let interval: ClosedRange<Double>
  /// c_k of the polynomial, of its first and of its second derivative.
  private let coefficients: [[Double]]

  /// The zeros of T_n, mapped to the interval, ascending.
  public static func nodes(_ count: Int, in interval: ClosedRange<Double>) -> [Double] {
    let (centre, half) = ChebyshevInterpolant.frame(interval)
    return (0..<count).map { j in
      centre - half * cos(.pi * (Double(j) + 0.5) / Double(count))
    }
  }

  /// The interpolant of values at `nodes(values.count, in: interval)`.
  public init(values: [Double], in interval: ClosedRange<Double>) {
    self.interval = interval
    let count = values.count
    let half = ChebyshevInterpolant.frame(interval).half
    // The constant is taken out so that the large mean does not cost digits of the rest.
    let mean = values.mean
    var plain = (0..<count).map { k in
      var sum = CompensatedSum()
      for j in 0..<count {
        let angle = .pi * Double(k) * (Double(count - 1 - j) + 0.5) / Double(count)
        sum.add(product: values[j] - mean, cos(angle))
      }
      return sum.value * (k == 0 ? 1 : 2) / Double(count)
    }
    plain[0] += mean
    let first = ChebyshevInterpolant.derivative(of: plain).map { $0 / half }
    let second = ChebyshevInterpolant.derivative(of: first).map { $0 / half }
    coefficients = [plain, first, second]
  }

  /// The derivative of this order (0, 1 or 2) at a point.
  public func derivative(_ order: Int = 0, at x: Double) -> Double {
    let (centre, half) = ChebyshevInterpolant.frame(interval)
    let u = (x - centre) / half
    // Clenshaw's recurrence.
    var (b1, b2) = (0.0, 0.0)
    for c in coefficients[order].dropFirst().reversed() { (b1, b2) = (2 * u * b1 - b2 + c, b1) }
    return u * b1 - b2 + (coefficients[order].first ?? 0)
  }

  private static func frame(_ interval: ClosedRange<Double>) -> (centre: Double, half: Double) {
    (
      0.5 * (interval.lowerBound + interval.upperBound),
      0.5 * (interval.upperBound - interval.lowerBound)
    )
  }

  /// c′_{k−1} = c′_{k+1} + 2k c_k, halved at zero.
  private static func derivative(of c: [Double]) -> [Double] {
    guard c.count > 1 else { return [0] }
    var result = [Double](repeating: 0, count: c.count + 1)
    for k in stride(from: c.count - 1, through: 1, by: -1) {
      result[k - 1] = result[k + 1] + 2 * Double(k) * c[k]
    }
    result[0] /= 2
    return Array(result.prefix(c.count - 1))
  }
}
