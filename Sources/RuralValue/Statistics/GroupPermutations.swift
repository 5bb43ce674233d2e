internal import RuralValueNumerics

/// The largest difference of each coefficient between groups, when units are assigned to groups of the same sizes at random.
///
/// p = (1 + #{range* ≥ range})/(1 + R); where two groups can be made in no more than 10,000 ways all are tried and p is
/// their share. The null is that units are exchangeable, not only that slopes are equal.
///
/// Of all coefficients together the smallest p counts, held against the smallest p of each assignment: it is corrected for
/// their number and for how they go together.
///
/// Source: Efron and Tibshirani (1993), chapter 15; Cleary (1999); Westfall and Young (1993).
struct GroupPermutations {
  /// p of each coefficient.
  let pValues: [Double]
  /// p of all coefficients together.
  let jointP: Double
  /// The assignments that were tried.
  let count: Int
  /// Whether these were all.
  let isExact: Bool

  static let mostExact = 10_000

  /// `refit` gives each group's coefficients for an assignment of units to groups; nil where one has none. All assignments
  /// are tried where they are few, unless that would take too long.
  init?(
    groupOfUnit: [Int], groupCount: Int, permutations: Int, seed: UInt64, triesAll: Bool = true,
    refit: ([Int]) -> [[Double]]?
  ) {
    guard let observed = refit(groupOfUnit) else { return nil }
    let terms = observed[0].count
    func ranges(_ coefficients: [[Double]]) -> [Double] {
      (0..<terms).map { term in
        let own = coefficients.map { $0[term] }
        return (own.max() ?? 0) - (own.min() ?? 0)
      }
    }
    let actual = ranges(observed)
    // Sums of the same terms in another order are no smaller.
    let bar = actual.map { $0 - 1e-12 * abs($0) }
    let units = groupOfUnit.count
    let firstSize = groupOfUnit.count { $0 == 0 }
    let ways = groupCount == 2 && triesAll ? Self.choices(units, firstSize) : .infinity
    isExact = ways <= Double(Self.mostExact)
    // What is found besides stands first where it is not among the assignments.
    var pool = isExact ? [] : [actual]
    func take(_ assignment: [Int]) {
      if let coefficients = refit(assignment) { pool.append(ranges(coefficients)) }
    }
    if isExact {
      var chosen = Array(0..<firstSize)
      repeat {
        var assignment = [Int](repeating: 1, count: units)
        for unit in chosen { assignment[unit] = 0 }
        take(assignment)
      } while Self.advance(&chosen, of: units)
    } else {
      guard permutations > 0 else { return nil }
      let generator = CounterBasedGenerator(seed: seed, stream: 0x6E0)
      let progress = ProgressReport.steps(permutations, Phrase("permutations", zh: "次置换"))
      for permutation in 0..<permutations {
        var stream = generator.stream(permutation)
        var assignment = groupOfUnit
        stream.shuffle(&assignment)
        take(assignment)
        progress.done(permutation + 1)
      }
    }
    count = pool.count - (isExact ? 0 : 1)
    guard count > 0 else { return nil }
    let size = Double(pool.count)
    let sorted = (0..<terms).map { term in pool.map { $0[term] }.sorted() }
    /// The share of assignments with a range as large.
    func share(_ term: Int, _ range: Double) -> Double {
      var (low, high) = (0, pool.count)
      while low < high {
        let middle = (low + high) / 2
        if sorted[term][middle] < range { low = middle + 1 } else { high = middle }
      }
      return Double(pool.count - low) / size
    }
    let observedShares = bar.indices.map { share($0, bar[$0]) }
    pValues = observedShares
    let smallest = (observedShares.min() ?? 1) * (1 + 1e-12)
    jointP =
      Double(
        pool.count { ranges in
          ranges.indices.contains { share($0, ranges[$0] - 1e-12 * abs(ranges[$0])) <= smallest }
        }) / size
  }

  /// The test of all coefficients together.
  func test(_ column: String) -> TestResult {
    TestResult(
      "difference_permutation:\(column)",
      Phrase(
        "Groups of \(column) do not differ, by assigning units at random: the smallest p of a coefficient",
        zh: "各\(column)组无差异（随机重新分配个体，各系数最小p值）"), pValues.min() ?? .nan, .permutations(share: jointP))
  }

  /// n over k.
  static func choices(_ n: Int, _ k: Int) -> Double {
    var result = 1.0
    for i in stride(from: 1, through: min(k, n - k), by: 1) {
      result *= Double(n - min(k, n - k) + i) / Double(i)
      if result > 1e15 { return result }
    }
    return result.rounded()
  }

  /// The next choice in lexicographic order; false after the last.
  private static func advance(_ chosen: inout [Int], of count: Int) -> Bool {
    var place = chosen.count - 1
    while place >= 0, chosen[place] == count - chosen.count + place { place -= 1 }
    guard place >= 0 else { return false }
    chosen[place] += 1
    for later in (place + 1)..<max(place + 1, chosen.count) { chosen[later] = chosen[later - 1] + 1 }
    return true
  }
}
