internal import RuralValueNumerics

/// How far units keep their ranks between two periods.
///
/// Kendall's τ_b = (P − Q)/√((n₀ − t_x)(n₀ − t_y)) with n₀ = n(n − 1)/2 and t the tied pairs, its p by the normal form with
/// ties; Spearman's ρ of mean ranks, its p by t with n − 2 degrees of freedom; the mean change of rank.
///
/// Source: Kendall (1938, 1945); methods/evaluation.md, 1.7.
struct RankMobility: Sendable, Equatable {
  let concordant: Int
  let discordant: Int
  let tiesFirst: Int
  let tiesLast: Int
  /// τ_b and its p; nil where a side is constant.
  let kendall: (value: Double, pValue: Double)?
  /// ρ and its p; nil where a side is constant.
  let spearman: (value: Double, pValue: Double)?
  /// The mean of |rank − rank|, ties sharing the best rank.
  let meanRankChange: Double

  static func == (one: RankMobility, other: RankMobility) -> Bool {
    one.concordant == other.concordant && one.discordant == other.discordant
      && one.tiesFirst == other.tiesFirst
      && one.tiesLast == other.tiesLast && one.meanRankChange == other.meanRankChange
  }

  /// Two values of each unit, of three units or more.
  init(first: [Double], last: [Double]) {
    let n = first.count
    var (concordant, discordant) = (0, 0)
    for i in 0..<n {
      for j in 0..<i {
        let (a, b) = (first[i] - first[j], last[i] - last[j])
        if a == 0 || b == 0 { continue }
        if (a > 0) == (b > 0) { concordant += 1 } else { discordant += 1 }
      }
    }
    self.concordant = concordant
    self.discordant = discordant
    let (x, y) = (Self.ties(first), Self.ties(last))
    tiesFirst = x.pairs
    tiesLast = y.pairs
    let pairs = n * (n - 1) / 2
    if pairs > x.pairs, pairs > y.pairs {
      let difference = Double(concordant - discordant)
      let tau = difference / (Double(pairs - x.pairs).squareRoot() * Double(pairs - y.pairs).squareRoot())
      let m = Double(n) * Double(n - 1)
      let variance =
        (m * Double(2 * n + 5) - x.second - y.second) / 18
        + 2 * Double(x.pairs) * Double(y.pairs) / m + x.third * y.third / (9 * m * Double(n - 2))
      kendall = (tau, 2 * Normal().upperTail(at: abs(difference) / variance.squareRoot()))
      let rho = Ranks.spearman(first, last)
      let degrees = Double(n - 2)
      let t = rho * (degrees / max((1 - rho) * (1 + rho), 0)).squareRoot()
      spearman = (rho, t.isFinite ? 2 * StudentT(degreesOfFreedom: degrees).upperTail(at: abs(t)) : 0)
    } else {
      kendall = nil
      spearman = nil
    }
    meanRankChange = zip(Self.bestRanks(first), Self.bestRanks(last)).map { abs(Double($0 - $1)) }.mean
  }

  /// The tied pairs, Σ t(t − 1)(2t + 5) and Σ t(t − 1)(t − 2) over the sets of equal values.
  private static func ties(_ values: [Double]) -> (pairs: Int, second: Double, third: Double) {
    var (pairs, second, third) = (0, 0.0, 0.0)
    for count in Dictionary(grouping: values, by: \.self).values.map(\.count) {
      let t = Double(count)
      pairs += count * (count - 1) / 2
      second += t * (t - 1) * (2 * t + 5)
      third += t * (t - 1) * (t - 2)
    }
    return (pairs, second, third)
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

  /// Kendall's W of the ranks in m periods, χ² = m(n − 1)W with n − 1 degrees of freedom; nil where all values of every
  /// period are equal.
  static func concordance(_ periods: [[Double]]) -> (
    value: Double, chiSquared: Double, degreesOfFreedom: Int
  )? {
    guard let n = periods.first?.count, n > 1 else { return nil }
    let m = Double(periods.count)
    var sums = [Double](repeating: 0, count: n)
    var tied = 0.0
    for values in periods {
      for (place, rank) in Ranks.ascending(values).enumerated() { sums[place] += rank }
      for count in Dictionary(grouping: values, by: \.self).values.map({ Double($0.count) }) {
        tied += count * count * count - count
      }
    }
    let count = Double(n)
    let denominator = m * m * (count * count * count - count) - m * tied
    guard denominator > 0 else { return nil }
    let w = 12 * sums.centredSumOfSquares / denominator
    return (w, m * (count - 1) * w, n - 1)
  }
}
