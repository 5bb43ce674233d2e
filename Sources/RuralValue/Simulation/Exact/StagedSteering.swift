internal import RuralValueNumerics

/// Steers errors until estimates have their true values: in one go, or where that fails by way of stations.
///
/// Between the estimates at the start and the truth lie s stations on a straight line. At each the directions
/// are taken anew, so that what is not linear is small from one to the next. Where that fails as well, as with
/// many instruments, whose own dependence on the errors then counts, the directions come from the estimator's
/// full gradient by differences: one estimate an error, in panels of up to 4,000 unit-periods.
struct StagedSteering {
  /// Directions and, if it is known, the Jacobian ∂f/∂c along them at these errors.
  let directions: ([Double]) throws -> (columns: [[Double]], jacobian: Matrix?)
  /// The estimates at errors.
  let estimates: ([Double]) throws -> [Double]
  /// Their true values.
  let truth: [Double]
  /// The estimates' names.
  let names: [String]

  private static let attempts: [(stages: Int, isFull: Bool)] = [(1, false), (4, false), (1, true), (4, true)]
  private static let largestFull = 4000
  /// A station between need not be met exactly.
  private static let roughly = 1e-6

  /// The errors at which the estimates are true. Throws `ExactPanelError.notConverged`.
  func solve(from start: [Double]) throws -> ErrorSteering.End {
    let first = try estimates(start)
    let scales = truth.map { max(abs($0), 1) }
    var iterations = 0
    var nearest: ErrorSteering.End?
    for (stages, isFull) in Self.attempts where !isFull || start.count <= Self.largestFull {
      var errors = start
      for stage in 1...stages {
        let share = Double(stage) / Double(stages)
        let target = stage == stages ? truth : first.plus(truth.minus(first).scaled(by: share))
        guard let (columns, jacobian) = try? isFull ? fullDirections(errors) : directions(errors) else {
          break
        }
        let steering = ErrorSteering(directions: columns, scales: scales) { try estimates($0).minus(target) }
        guard let end = try? steering.solve(from: errors, jacobian: jacobian) else { break }
        iterations += end.iterations
        errors = end.errors
        guard stage == stages else {
          if end.size > Self.roughly { break }
          continue
        }
        let total = ErrorSteering.End(
          errors: end.errors, miss: end.miss, iterations: iterations, size: end.size)
        if end.size <= ErrorSteering.tolerance { return total }
        if end.size < nearest?.size ?? .infinity { nearest = total }
      }
    }
    // Whatever keeps the directions from being found is the better reason.
    if nearest == nil { _ = try directions(start) }
    let miss = nearest?.miss ?? first.minus(truth)
    let worst = miss.indices.max { abs(miss[$0]) / scales[$0] < abs(miss[$1]) / scales[$1] } ?? 0
    throw ExactPanelError.notConverged(
      iterations: iterations, coefficient: names[worst], truth: truth[worst],
      estimate: truth[worst] + miss[worst])
  }

  private func fullDirections(_ errors: [Double]) throws -> (columns: [[Double]], jacobian: Matrix?) {
    let rows = try LeastChange.gradient(at: errors, estimates)
    return (try LeastChange.directions(rows), .identity(rows.count))
  }
}
