internal import RuralValueNumerics

/// Jochmans' test that the errors are not serially correlated at all, collapsed by lag.
///
/// Where they are not, E[Δu_it u_is] = 0 for s ≤ t − 2 and s = t + 1, u = y − Xb in levels, whatever the effects of units.
/// The moments are summed over t for t − s = −1, 2 and 3:
///
///     ξ_c = q_c + Ĝψ_c,   J = (Σξ)′(Σξξ′)⁻¹(Σξ) ~ χ²(3)
///
/// with q_c a cluster's products, Ĝ = Σ (−Δx_it u_is − Δu_it x_is) and ψ_c the cluster's influence on b. Against errors with a
/// coefficient of .2 and .4 its power is 42 and 97 %, that of AR(2) 26 and 61 % (121 units).
///
/// Source: Jochmans (2020), Testing for correlation in error-component models, Journal of Applied Econometrics 35;
/// methods/gmm-inference.md, section 3.
enum PortmanteauTest {
  static let key = "portmanteau"
  static let hypothesis = Phrase("no serial correlation of any order (collapsed)", zh: "误差不存在任何阶序列相关（折叠）")
  /// t − s.
  private static let distances = [-1, 2, 3]

  static func test(_ model: PreparedModel, _ step: GMMStep) -> TestResult {
    func absent(_ reason: Phrase) -> TestResult { TestResult(key, hypothesis, notComputed: reason) }
    let sample = model.levels
    let periods = model.cells.grid.periodCount
    let levels = Levels(
      sample.blocksByPeriod(periods), coefficients: step.coefficients,
      isCentred: !model.specification.isSystem)
    let units = sample.unitCount
    let k = sample.coefficientCount
    var products: [[Double]] = []
    var slopes: [[Double]] = []
    for distance in distances {
      var own = [Double](repeating: 0, count: units)
      var slope = [Double](repeating: 0, count: k)
      var isThere = false
      for t in stride(from: 1, to: periods, by: 1) {
        let s = t - distance
        guard s >= 0, s < periods else { continue }
        for unit in 0..<units {
          guard let change = levels.change(t, unit), let other = levels.residual(s, unit) else { continue }
          isThere = true
          own[unit] += change * other
          levels.addSlope(&slope, t, s, unit, change: change, other: other)
        }
      }
      guard isThere else { continue }
      products.append(own)
      slopes.append(slope)
    }
    guard !products.isEmpty else {
      return absent(
        Phrase("No unit has residuals two periods apart: the panel is too short.", zh: "没有个体具有相隔两期的残差：面板过短。"))
    }
    let problem = model.problem
    guard model.usedClusters > products.count else {
      return absent(Phrase("The test needs more units or clusters.", zh: "该检验需要更多个体（聚类）。"))
    }
    let influences = problem.scores(step.residuals).times(step.influence)
    let sums = problem.clusterSums(Matrix(columns: products))
    let parts = sums + influences.times(Matrix(columns: slopes))
    let total = (0..<parts.columnCount).map { parts.column($0).compensatedSum }
    let form = WaldForm(total, parts.crossProduct)
    guard !form.isSingular else {
      return absent(Phrase("The variance of the moments is singular.", zh: "矩条件的方差矩阵奇异。"))
    }
    return TestResult(key, hypothesis, form.statistic(degreesOfFreedom: nil))
  }

  /// Residuals in levels by period and unit, and the regressors behind them.
  private struct Levels {
    private let blocks: [TransformedSample.Block?]
    private let residuals: [[Double]]
    /// What is subtracted from the regressors where the level of the residuals is open.
    private let means: [Double]

    /// Without a level equation there is no constant: the residuals have a mean of zero.
    init(_ blocks: [TransformedSample.Block?], coefficients: [Double], isCentred: Bool) {
      var residuals = blocks.map { block in
        block.map { $0.outcome.minus($0.regressors.times(coefficients)) } ?? []
      }
      var means = [Double](repeating: 0, count: coefficients.count)
      if isCentred {
        var (sum, count) = (0.0, 0.0)
        for (period, block) in blocks.enumerated() {
          guard let block else { continue }
          for unit in block.usable.indices where block.usable[unit] {
            count += 1
            sum += residuals[period][unit]
            for place in means.indices { means[place] += block.regressors[unit, place] }
          }
        }
        means = means.map { $0 / max(count, 1) }
        residuals = residuals.map { own in own.map { $0 - sum / max(count, 1) } }
      }
      self.blocks = blocks
      self.residuals = residuals
      self.means = means
    }

    func residual(_ period: Int, _ unit: Int) -> Double? {
      guard let block = blocks[period], block.usable[unit] else { return nil }
      return residuals[period][unit]
    }

    /// u_t − u_{t−1}.
    func change(_ period: Int, _ unit: Int) -> Double? {
      guard let now = residual(period, unit), let before = residual(period - 1, unit) else { return nil }
      return now - before
    }

    /// Adds −Δx_it u_is − Δu_it x_is.
    func addSlope(
      _ slope: inout [Double], _ t: Int, _ s: Int, _ unit: Int, change: Double, other: Double
    ) {
      guard let now = blocks[t]?.regressors, let before = blocks[t - 1]?.regressors,
        let own = blocks[s]?.regressors
      else { return }
      for place in slope.indices {
        slope[place] -=
          (now[unit, place] - before[unit, place]) * other + change * (own[unit, place] - means[place])
      }
    }
  }
}
