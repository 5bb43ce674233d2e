internal import RuralValueNumerics

/// How much each indicator keeps one unit from its goal: its share of what is missing.
///
/// O_j = w_j(1 − x_j)/Σ_k w_k(1 − x_k), with w the final weights (dimension × within it) and x the attainments in the good
/// direction, 1 where the goal is reached. The shares add up to one. For a period or a group it is the share of the summed
/// w(1 − x), which is another number than the mean of the units' shares.
///
/// Source: standard in Chinese evaluations of land and towns, without one founding paper; methods/evaluation.md, 2.7.
struct ObstacleDegrees: Sendable, Equatable {
  /// w_j(1 − x_j); nil where the attainment is missing.
  let shortfalls: [Double?]
  /// O_j; nil where the attainment is missing, and everywhere where nothing is missing from the goal.
  let shares: [Double?]

  /// The shares of one unit: one weight and one attainment in [0, 1] an indicator, an attainment nil where missing.
  init(weights: [Double], attainments: [Double?]) {
    precondition(weights.count == attainments.count, "An attainment needs its weight.")
    self.init(shortfalls: zip(weights, attainments).map { weight, value in value.map { weight * (1 - $0) } })
  }

  /// The shares of several units together, by the sums of their shortfalls; an indicator that no unit has is missing.
  init(sumOf units: [ObstacleDegrees]) {
    let count = units.first?.shortfalls.count ?? 0
    self.init(
      shortfalls: (0..<count).map { j in
        let present = units.compactMap { $0.shortfalls[j] }
        return present.isEmpty ? nil : present.compensatedSum
      })
  }

  private init(shortfalls: [Double?]) {
    self.shortfalls = shortfalls
    let sum = shortfalls.compactMap { $0 }.compensatedSum
    shares = shortfalls.map { shortfall in sum > 0 ? shortfall.map { $0 / sum } : nil }
  }

  /// Whether an attainment is missing, so that the shares are over the others alone.
  var isPartial: Bool { shortfalls.contains { $0 == nil } }

  /// Whether nothing is missing from the goal, so that no share is defined.
  var isWithoutObstacle: Bool { shares.allSatisfy { $0 == nil } }

  /// The shares of groups of indicators, such as dimensions: the sum of their members', by the number of each
  /// indicator's group; nil where every member is.
  func shares(groupOfIndicator: [Int], groupCount: Int) -> [Double?] {
    (0..<groupCount).map { group in
      let members = shares.indices.compactMap { groupOfIndicator[$0] == group ? shares[$0] : nil }
      return members.isEmpty ? nil : members.compensatedSum
    }
  }
}
