/// Cut points between classes of values.
///
/// A class is closed on its right: its number is that of the cut points strictly below the value, plus one. Quantiles are
/// of type 7, x_⌊h⌋ + (h − ⌊h⌋)(x_⌊h⌋₊₁ − x_⌊h⌋) with h = j(n − 1)/k, where h is taken in whole numbers: a quantile that
/// is a value is that value to the last digit, and the value falls below it.
///
/// Source: methods/evaluation.md, sections 0 and 3.2.
struct ClassCuts: Sendable, Equatable {
  /// The cut points, ascending.
  let points: [Double]

  var classCount: Int { points.count + 1 }

  init(_ points: [Double]) { self.points = points }

  /// The quantiles of values that cut them into so many classes.
  ///
  /// `what` is what a message calls the values. Throws `EvolutionError.equalCuts`, with the largest number of classes that
  /// has no empty one.
  init(quantilesOf values: [Double], classes: Int, what: String) throws(EvolutionError) {
    let sorted = values.sorted()
    let points = Self.quantiles(sorted, classes)
    if let (first, _) = zip(points, points.dropFirst()).first(where: { $0 == $1 }) {
      throw .equalCuts(
        what: what, cut: first, classes: classes, proposal: Self.proposal(sorted, below: classes))
    }
    // The values at or below the first cut are one at least; above the last there may be none.
    if let last = points.last, last == sorted.last {
      throw .equalCuts(
        what: what, cut: last, classes: classes, proposal: Self.proposal(sorted, below: classes))
    }
    self.points = points
  }

  /// The class of a value, counted from zero.
  func classOf(_ value: Double) -> Int {
    var (low, high) = (0, points.count)
    while low < high {
      let middle = (low + high) / 2
      if points[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func quantiles(_ sorted: [Double], _ classes: Int) -> [Double] {
    (1..<classes).map { number in
      let (below, rest) = (number * (sorted.count - 1)).quotientAndRemainder(dividingBy: classes)
      guard rest > 0 else { return sorted[below] }
      return sorted[below] + Double(rest) / Double(classes) * (sorted[below + 1] - sorted[below])
    }
  }

  private static func proposal(_ sorted: [Double], below classes: Int) -> Int? {
    stride(from: classes - 1, through: 2, by: -1).first { count in
      let cuts = ClassCuts(quantiles(sorted, count))
      return Set(sorted.map(cuts.classOf)).count == count
    }
  }
}
