internal import RuralValueNumerics

/// How far units keep their ranks between two periods.
///
/// Kendall's τ_b = (P − Q)/√((n₀ − t_x)(n₀ − t_y)) with n₀ = n(n − 1)/2 and t the tied pairs, its p by the normal form with
/// ties; Spearman's ρ of mean ranks, its p by t with n − 2 degrees of freedom; the mean change of rank.
///
/// Source: Kendall (1938, 1945); Knight (1966) for counting in n log n; methods/evaluation.md, 1.7.
struct RankMobility: Sendable, Equatable {
  /// A correlation of ranks with its two-sided p.
  struct Correlation: Sendable, Equatable {
    let value: Double
    let pValue: Double
  }

  /// The number of units.
  let count: Int
  let concordant: Int
  let discordant: Int
  let tiesFirst: Int
  let tiesLast: Int
  /// τ_b; nil where a side is constant, or with fewer than three units.
  let kendall: Correlation?
  /// ρ; nil likewise.
  let spearman: Correlation?
  /// The mean of |rank − rank|, ties sharing the best rank; nil without units.
  let meanRankChange: Double?

  /// 1 − τ_b: 0 where all keep their order, 2 where it is reversed.
  var mobility: Double? { kendall.map { 1 - $0.value } }

  /// Two values of each unit.
  init(first: [Double], last: [Double]) {
    let n = first.count
    count = n
    let pairs = n * (n - 1) / 2
    let (x, y) = (Ties(first), Ties(last))
    let order = first.indices.sorted { (first[$0], last[$0]) < (first[$1], last[$1]) }
    discordant = Self.inversions(order.map { last[$0] })
    var bothTied = 0
    var run = 0
    for (place, unit) in order.enumerated() {
      let isTied =
        place > 0 && first[order[place - 1]] == first[unit] && last[order[place - 1]] == last[unit]
      run = isTied ? run + 1 : 0
      bothTied += run
    }
    concordant = pairs - x.pairs - y.pairs + bothTied - discordant
    tiesFirst = x.pairs
    tiesLast = y.pairs
    if n > 2, pairs > x.pairs, pairs > y.pairs {
      let difference = Double(concordant - discordant)
      let tau = difference / (Double(pairs - x.pairs).squareRoot() * Double(pairs - y.pairs).squareRoot())
      let m = Double(n) * Double(n - 1)
      let variance =
        (m * Double(2 * n + 5) - x.second - y.second) / 18
        + 2 * Double(x.pairs) * Double(y.pairs) / m + x.third * y.third / (9 * m * Double(n - 2))
      kendall = Correlation(
        value: tau, pValue: 2 * Normal().upperTail(at: abs(difference) / variance.squareRoot()))
      let rho = Ranks.spearman(first, last)
      let degrees = Double(n - 2)
      let t = rho * (degrees / max((1 - rho) * (1 + rho), 0)).squareRoot()
      spearman = Correlation(
        value: rho,
        pValue: t.isFinite ? 2 * StudentT(degreesOfFreedom: degrees).upperTail(at: abs(t)) : 0)
    } else {
      kendall = nil
      spearman = nil
    }
    let changes = zip(Self.bestRanks(first), Self.bestRanks(last)).map { abs(Double($0 - $1)) }
    meanRankChange = changes.isEmpty ? nil : changes.mean
  }

  /// The sets of equal values: tied pairs, Σ t(t − 1)(2t + 5), Σ t(t − 1)(t − 2) and Σ (t³ − t).
  private struct Ties {
    private(set) var (pairs, second, third, cubes) = (0, 0.0, 0.0, 0.0)

    init(_ values: [Double]) {
      let sorted = values.sorted()
      var start = 0
      for place in 1...max(sorted.count, 1) where place >= sorted.count || sorted[place] != sorted[start] {
        let count = place - start
        let t = Double(count)
        pairs += count * (count - 1) / 2
        second += t * (t - 1) * (2 * t + 5)
        third += t * (t - 1) * (t - 2)
        cubes += t * t * t - t
        start = place
      }
    }
  }

  /// The number of pairs of which the earlier is the larger: those that a merge sort carries past each other.
  private static func inversions(_ values: [Double]) -> Int {
    var (sorted, merged) = (values, values)
    var count = 0
    var width = 1
    while width < sorted.count {
      for start in stride(from: 0, to: sorted.count, by: 2 * width) {
        let (middle, end) = (min(start + width, sorted.count), min(start + 2 * width, sorted.count))
        var (left, right) = (start, middle)
        for place in start..<end {
          if left < middle, right == end || sorted[left] <= sorted[right] {
            merged[place] = sorted[left]
            left += 1
          } else {
            merged[place] = sorted[right]
            right += 1
            count += middle - left
          }
        }
      }
      swap(&sorted, &merged)
      width *= 2
    }
    return count
  }

  /// Rank 1 for the largest value; equal values share the best rank.
  static func bestRanks(_ values: [Double]) -> [Int] {
    let order = values.indices.sorted { values[$0] > values[$1] }
    var ranks = [Int](repeating: 0, count: values.count)
    for (position, place) in order.enumerated() {
      let isTied = position > 0 && values[order[position - 1]] == values[place]
      ranks[place] = isTied ? ranks[order[position - 1]] : position + 1
    }
    return ranks
  }

  /// Kendall's W of the ranks in m periods, χ² = m(n − 1)W with n − 1 degrees of freedom.
  struct Concordance: Sendable, Equatable {
    let value: Double
    let chiSquared: Double
    let degreesOfFreedom: Int
  }

  /// W = 12 S/(m²(n³ − n) − m Σ(t³ − t)), S the squared deviations of the sums of ranks; nil with fewer than two units or
  /// periods, or where all values of every period are equal.
  static func concordance(_ periods: [[Double]]) -> Concordance? {
    guard periods.count > 1, let n = periods.first?.count, n > 1 else { return nil }
    let m = Double(periods.count)
    var sums = [Double](repeating: 0, count: n)
    var tied = 0.0
    for values in periods {
      for (place, rank) in Ranks.ascending(values).enumerated() { sums[place] += rank }
      tied += Ties(values).cubes
    }
    let count = Double(n)
    let denominator = m * m * (count * count * count - count) - m * tied
    guard denominator > 0 else { return nil }
    let w = 12 * sums.centredSumOfSquares / denominator
    return Concordance(value: w, chiSquared: m * (count - 1) * w, degreesOfFreedom: n - 1)
  }
}
