internal import RuralValueNumerics

/// Gini's coefficient in three parts by groups: within, net between, and transvariation.
///
/// Of groups with population shares P, value shares S and means m: Gw = Σ_j G_jj P_j S_j; of a pair G_jh =
/// E|Y_j − Y_h|/(m_j + m_h), its net part (P_jS_h + P_hS_j)|m_j − m_h|/(m_j + m_h) and its transvariation what is left of
/// (P_jS_h + P_hS_j)G_jh; D = |d − q|/(d + q) with d = E max(Y_j − Y_h, 0) of the group with the higher mean and q the
/// reverse. G = Gw + Gnb + Gt exactly, whatever the groups are called and in whatever order they stand.
///
/// Source: Dagum (1997); methods/evaluation.md, 1.5.
struct DagumDecomposition: Sendable, Equatable {
  /// One group.
  struct Group: Sendable, Equatable {
    let count: Int
    let populationShare: Double
    let valueShare: Double
    let mean: Double
    /// G_jj.
    let gini: Double
    /// G_jj P_j S_j.
    var contribution: Double { gini * populationShare * valueShare }
  }

  /// Two groups, by their numbers.
  struct Pair: Sendable, Equatable {
    let first: Int
    let second: Int
    /// G_jh; zero where both means are.
    let gini: Double
    /// E max(Y − Y′, 0) of the group with the higher mean, and the reverse.
    let gross: (d: Double, q: Double)
    let net: Double
    let transvariation: Double

    /// D; nil where no two values differ.
    var relativeAffluence: Double? {
      let (d, q) = gross
      return d + q > 0 ? abs(d - q) / (d + q) : nil
    }

    static func == (one: Pair, other: Pair) -> Bool {
      one.first == other.first && one.second == other.second && one.gini == other.gini
        && one.gross == other.gross
        && one.net == other.net && one.transvariation == other.transvariation
    }
  }

  let groups: [Group]
  let pairs: [Pair]
  /// Gw, Gnb and Gt.
  let within: Double
  let netBetween: Double
  let transvariation: Double

  /// G.
  var gini: Double { within + netBetween + transvariation }

  /// The parts of values that are not negative with a mean above zero, by the number of each value's group; nil for
  /// others. Every number below `groupCount` has a member.
  init?(_ sample: WeightedValues, groupOfValue: [Int], groupCount: Int) {
    self.init(GroupedValues(sample, groupOfValue: groupOfValue, groupCount: groupCount))
  }

  /// The parts of values that are not negative with a mean above zero; nil for others.
  init?(_ grouped: GroupedValues) {
    guard grouped.whole.hasPositiveMean, !grouped.whole.hasNegative else { return nil }
    let members = grouped.groups.map { AscendingMembers($0.values) }
    let groups = grouped.groups.map { group in
      Group(
        count: group.count, populationShare: group.populationShare, valueShare: group.valueShare,
        mean: group.mean, gini: group.values.gini ?? 0)
    }
    var pairs: [Pair] = []
    pairs.reserveCapacity(groups.count * (groups.count - 1) / 2)
    for first in groups.indices {
      for second in groups.indices.dropFirst(first + 1) {
        pairs.append(Self.pair(first, second, groups, members))
      }
    }
    self.groups = groups
    self.pairs = pairs
    within = groups.map(\.contribution).compensatedSum
    netBetween = pairs.map(\.net).compensatedSum
    transvariation = pairs.map(\.transvariation).compensatedSum
  }

  private static func pair(
    _ first: Int, _ second: Int, _ groups: [Group], _ members: [AscendingMembers]
  ) -> Pair {
    let (one, other) = (groups[first], groups[second])
    let total = one.mean + other.mean
    let isFirstHigher = one.mean >= other.mean
    let (higher, lower) =
      isFirstHigher ? (members[first], members[second]) : (members[second], members[first])
    let (d, q) = (higher.excess(over: lower), lower.excess(over: higher))
    guard total > 0 else {
      return Pair(first: first, second: second, gini: 0, gross: (d, q), net: 0, transvariation: 0)
    }
    let weight = one.populationShare * other.valueShare + other.populationShare * one.valueShare
    // d − q = m_j − m_h, so that what is left of d + q beside the net part is twice q.
    return Pair(
      first: first, second: second, gini: (d + q) / total, gross: (d, q),
      net: weight * (abs(one.mean - other.mean) / total), transvariation: weight * (2 * q / total))
  }
}

/// A group's values in ascending order with their shares in the group.
private struct AscendingMembers {
  let values: [Double]
  let shares: [Double]

  init(_ sample: WeightedValues) {
    let order = sample.values.indices.sorted { sample.values[$0] < sample.values[$1] }
    values = order.map { sample.values[$0] }
    shares = order.map { sample.shares[$0] }
  }

  /// E max(Y − Y′, 0), Y of this group and Y′ of another: one pass over both in ascending order.
  func excess(over other: AscendingMembers) -> Double {
    guard let highest = values.last, let least = other.values.first, highest > least else { return 0 }
    var (sum, below, weighted) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    var next = 0
    for (value, share) in zip(values, shares) {
      while next < other.values.count, other.values[next] < value {
        below.add(other.shares[next])
        weighted.add(other.shares[next] * other.values[next])
        next += 1
      }
      sum.add(share * (value * below.value - weighted.value))
    }
    return max(sum.value, 0)
  }
}
