/// Why a minimum or a root could not be found.
public enum OptimizationError: Error, Equatable, Sendable {
  /// The function is infinite or not a number at this point.
  case notFinite(at: Double, value: Double)
  /// The interval is empty, or its ends are not finite.
  case invalidInterval(from: Double, to: Double)
  /// The function has the same sign at both ends of the interval.
  case notBracketed(from: Double, to: Double, valueAtStart: Double, valueAtEnd: Double)
}

extension OptimizationError: CustomStringConvertible {
  /// One sentence for the person who posed the problem.
  public var description: String {
    switch self {
    case .notFinite(let point, let value):
      "The function is \(value) at \(point)."
    case .invalidInterval(let from, let to):
      "There is no interval from \(from) to \(to)."
    case .notBracketed(let from, let to, let valueAtStart, let valueAtEnd):
      "The function does not change its sign between \(from), where it is \(valueAtStart), and \(to), "
        + "where it is \(valueAtEnd)."
    }
  }
}
