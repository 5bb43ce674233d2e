/// A panel whose estimates are its parameters.
public struct ExactPanel: Sendable {
  /// The panel with the outcome that was made.
  public let panel: Panel
  /// The outcome's column, in row order.
  public let outcome: [Double]
  /// The errors from which it was made, in row order.
  public let errors: [Double]
  /// The number of estimates that it took.
  public let iterations: Int
  /// The largest distance of an estimate from its true value, over 1 or the true value's size where that is larger.
  public let largestMiss: Double
}
