internal import RuralValueNumerics

/// Natural breaks: the classes with the smallest sum of squared deviations from their means.
public enum NaturalBreaks {
  /// The largest value of each class, ascending; fewer where there are fewer different values.
  ///
  /// The exact optimum, by the dynamic programme of Fisher (1958) over different values; each step is found
  /// by halving, for the best last class begins no earlier when more values are classed. The iterative
  /// variant misses the optimum in over half of the cases tried.
  public static func upperBounds(of values: [Double], classes: Int) -> [Double] {
    precondition(classes > 0, "There is at least one class.")
    let programme = Programme(values.filter { !$0.isNaN })
    guard programme.count > classes else { return programme.values }
    return programme.bestBounds(classes)
  }

  /// Different values with their counts, and the cost of classing a run of them together.
  private struct Programme {
    let values: [Double]
    /// Counts, sums and sums of squares of the values before each place.
    private var counts: [Double] = [0]
    private var sums: [Double] = [0]
    private var squares: [Double] = [0]

    var count: Int { values.count }

    init(_ all: [Double]) {
      let sorted = all.sorted()
      let centre = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
      // Deviations near one have squares that neither overflow nor vanish, whatever the values' unit is.
      let largest = max(abs(sorted.first ?? 0), abs(sorted.last ?? 0))
      let coarse = PowerOfTwo.below(largest)
      let unit = PowerOfTwo.below(
        sorted.reduce(0) { max($0, abs($1 / coarse - centre / coarse)) })
      var values: [Double] = []
      for value in sorted {
        let deviation = (value / coarse - centre / coarse) / unit
        if values.last != value {
          values.append(value)
          counts.append(counts[counts.count - 1])
          sums.append(sums[sums.count - 1])
          squares.append(squares[squares.count - 1])
        }
        counts[values.count] += 1
        sums[values.count] += deviation
        squares[values.count] += deviation * deviation
      }
      self.values = values
    }

    /// The squared deviations of the values `first..<end` from their mean.
    private func cost(_ first: Int, _ end: Int) -> Double {
      let sum = sums[end] - sums[first]
      return squares[end] - squares[first] - sum * sum / (counts[end] - counts[first])
    }

    func bestBounds(_ classes: Int) -> [Double] {
      // best[end]: the least cost of the values before `end` in so many classes.
      var best = (0...count).map { $0 == 0 ? 0 : cost(0, $0) }
      var starts: [[Int]] = []
      for classCount in 2...max(2, classes) where classes > 1 {
        var next = [Double](repeating: .infinity, count: count + 1)
        var start = [Int](repeating: 0, count: count + 1)
        extend(best, &next, &start, ends: classCount...count, starts: classCount - 1...count - 1)
        best = next
        starts.append(start)
      }
      var bounds: [Double] = []
      var end = count
      for start in starts.reversed() {
        bounds.append(values[end - 1])
        end = start[end]
      }
      bounds.append(values[end - 1])
      return bounds.reversed()
    }

    /// Finds the best beginning of the last class for all ends in a range, the middle one first.
    private func extend(
      _ best: [Double], _ next: inout [Double], _ start: inout [Int], ends: ClosedRange<Int>,
      starts: ClosedRange<Int>
    ) {
      let end = (ends.lowerBound + ends.upperBound) / 2
      for first in starts.lowerBound...min(starts.upperBound, end - 1) {
        let total = best[first] + cost(first, end)
        if total < next[end] {
          next[end] = total
          start[end] = first
        }
      }
      if ends.lowerBound < end {
        extend(best, &next, &start, ends: ends.lowerBound...end - 1, starts: starts.lowerBound...start[end])
      }
      if end < ends.upperBound {
        extend(best, &next, &start, ends: end + 1...ends.upperBound, starts: start[end]...starts.upperBound)
      }
    }
  }
}
