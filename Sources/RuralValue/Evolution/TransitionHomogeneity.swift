internal import RuralValueNumerics

/// Whether the transitions of several regimes follow one matrix.
///
/// With p_ij of all regimes together, Q = Σ_m Σ_i Σ_j n_i|m (p_ij|m − p_ij)²/p_ij over p_ij > 0 and
/// LR = 2 Σ n_ij|m ln(p_ij|m/p_ij) over n_ij|m > 0. Both are χ² with Σ_i (a_i − 1)(b_i − 1) degrees of freedom, a_i the
/// regimes in which row i occurs and b_i the cells of row i with p_ij > 0; rows that never occur are left out (giddy 2.3.8
/// counts one degree for each of them).
///
/// Sources: Bickenbach and Bode (2003); Rey, Kang and Wolf (2016); methods/evaluation.md, 3.4.
struct TransitionHomogeneity: Sendable, Equatable {
  let likelihoodRatio: Double
  let q: Double
  let degreesOfFreedom: Int
  /// The rows of a regime with observations, and those of them with fewer than five.
  let rowCount: Int
  let smallRowCount: Int

  static let smallRow = 5

  /// The counts of each regime, k × k.
  init(_ regimes: [[[Int]]]) {
    let k = regimes.first?.count ?? 0
    var (ratio, q) = (CompensatedSum(), CompensatedSum())
    var (degrees, rows, small) = (0, 0, 0)
    for i in 0..<k {
      let pooled = (0..<k).map { j in regimes.reduce(0) { $0 + $1[i][j] } }
      let all = pooled.reduce(0, +)
      guard all > 0 else { continue }
      let sums = regimes.map { $0[i].reduce(0, +) }
      degrees += (sums.count { $0 > 0 } - 1) * (pooled.count { $0 > 0 } - 1)
      for (regime, sum) in zip(regimes, sums) where sum > 0 {
        rows += 1
        if sum < Self.smallRow { small += 1 }
        for j in 0..<k where pooled[j] > 0 {
          let common = Double(pooled[j]) / Double(all)
          let own = Double(regime[i][j]) / Double(sum)
          q.add(Double(sum) * (own - common) * (own - common) / common)
          if regime[i][j] > 0 { ratio.add(2 * Double(regime[i][j]) * portableLogarithm(own / common)) }
        }
      }
    }
    likelihoodRatio = max(ratio.value, 0)
    self.q = q.value
    degreesOfFreedom = degrees
    rowCount = rows
    smallRowCount = small
  }

  /// The two tests under their keys.
  func tests(key: String, _ hypothesis: Phrase) -> [TestResult] {
    guard degreesOfFreedom > 0 else {
      let reason = Phrase(
        "no class was left for two different ones in two regimes", zh: "没有任何类别在两个区制中有两种去向")
      return ["lr", "q"].map { TestResult("\(key)_\($0)", hypothesis, notComputed: reason) }
    }
    return [
      TestResult("\(key)_lr", hypothesis, likelihoodRatio, .chiSquared(degreesOfFreedom)),
      TestResult("\(key)_q", hypothesis, q, .chiSquared(degreesOfFreedom)),
    ]
  }
}
