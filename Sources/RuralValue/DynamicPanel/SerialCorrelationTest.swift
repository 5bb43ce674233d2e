internal import RuralValueNumerics

/// Arellano and Bond's test for serial correlation of order m in the first-differenced residuals.
///
///     z = Σqᵢ / √(Σq_c² + g′(−2 V X′Z A ΣZ_c′e_c q_c + V* g)),   qᵢ = wᵢ′wᵢ,₋ₘ,   g = ΣΔXᵢ′wᵢ,₋ₘ
///
/// w are the first-differenced residuals whatever the transformation, e all the stacked ones, V the
/// classical covariance of the step and V* the reported one; q_c is the sum of a cluster's qᵢ. xtabond2 sums over
/// units even where errors are clustered more widely, and so rejects a fifth to a third of true hypotheses where
/// clusters share shocks. Source: Arellano and Bond (1991), equation 8; Roodman (2009).
struct SerialCorrelationTest: Sendable {
  /// What the test takes from the estimate.
  struct Estimate: Sendable {
    let problem: GMMProblem
    let step: GMMStep
    /// V*, the reported covariance before any small-sample factor.
    let covariance: Matrix
    /// σ² after one step with classical standard errors, else nil.
    let errorVariance: Double?
    /// The transformation of the stacked equations.
    let transform: DynamicPanelSpecification.Transform
    /// Whether the first step took errors for uncorrelated, h = 1.
    let isIdentityWeight: Bool
  }

  private let estimate: Estimate
  /// The model in first differences.
  private let differences: TransformedSample
  /// w, by period of the calendar; empty where nothing can be used.
  private let residuals: [[Double]]
  private let blockOfPeriod: [Int?]

  init(_ estimate: Estimate, differences: TransformedSample, periodCount: Int) {
    self.estimate = estimate
    self.differences = differences
    var blockOfPeriod = [Int?](repeating: nil, count: periodCount)
    for (index, block) in differences.blocks.enumerated() where block.row.equation == .transformed {
      blockOfPeriod[block.row.period] = index
    }
    let residuals = differences.residuals(estimate.step.coefficients)
    self.residuals = blockOfPeriod.map { $0.map { residuals[$0] } ?? [] }
    self.blockOfPeriod = blockOfPeriod
  }

  /// What sums run over.
  enum Summation {
    /// Units, as xtabond2 has it.
    case units
    /// The clusters of the errors, which may be the units.
    case clusters
  }

  /// The test of order m.
  func test(order: Int, over summation: Summation = .clusters) -> TestResult {
    let key = "ar\(order)"
    let hypothesis = Phrase(
      "no serial correlation of order \(order) in first differences", zh: "一阶差分残差不存在\(order)阶序列相关")
    let lagged = laggedResiduals(order)
    guard lagged.contains(where: { $0.contains { $0 != 0 } }) else {
      return TestResult(
        key, hypothesis,
        notComputed: Phrase(
          "No unit has residuals \(order) \(order == 1 ? "period" : "periods") apart: the panel is too short.",
          zh: "没有个体具有相隔\(order)期的残差：面板过短。"))
    }
    let (products, slope) = productsAndSlope(lagged)
    let (square, cross) = varianceParts(products, lagged, summation)
    let moved = estimate.step.influence.transposedTimes(cross)
    let variance =
      square - 2 * slope.innerProduct(with: moved) + estimate.covariance.quadraticForm(slope)
    guard variance > 0 else {
      return TestResult(
        key, hypothesis,
        notComputed: Phrase(
          "The estimated variance of the test is not positive, as happens where residuals are nearly exact.",
          zh: "检验统计量的方差估计值非正，残差几乎为零时会如此。"))
    }
    let z = products.compensatedSum / variance.squareRoot()
    return TestResult(key, hypothesis, z, .normal)
  }

  /// w₋ₘ by period, zero where the row itself cannot be used; empty where there is none.
  private func laggedResiduals(_ order: Int) -> [[Double]] {
    residuals.indices.map { period in
      guard period >= order, let index = blockOfPeriod[period], !residuals[period - order].isEmpty else {
        return []
      }
      return zip(residuals[period - order], differences.blocks[index].usable).map { $1 ? $0 : 0 }
    }
  }

  /// qᵢ, one a unit, and g.
  private func productsAndSlope(_ lagged: [[Double]]) -> (products: [Double], slope: [Double]) {
    var products = [Double](repeating: 0, count: differences.unitCount)
    var slope = [Double](repeating: 0, count: differences.coefficientCount)
    for (period, earlier) in lagged.enumerated() where !earlier.isEmpty {
      for unit in products.indices { products[unit] += residuals[period][unit] * earlier[unit] }
      slope.add(differences.blocks[blockOfPeriod[period]!].regressors.transposedTimes(earlier))
    }
    return (products, slope)
  }

  /// Σq² and ΣZ′eq, or after one classical step what its σ²H puts in their place.
  private func varianceParts(_ products: [Double], _ lagged: [[Double]], _ summation: Summation) -> (
    Double, [Double]
  ) {
    guard let errorVariance = estimate.errorVariance else {
      if summation == .clusters, estimate.problem.isClustered {
        let sums = estimate.problem.clusterSums(products)
        return (
          sums.innerProduct(with: sums),
          estimate.problem.scores(estimate.step.residuals).transposedTimes(sums)
        )
      }
      let weighted = estimate.step.residuals.map { zip($0, products).map(*) }
      return (products.innerProduct(with: products), estimate.problem.instruments.transposedTimes(weighted))
    }
    let (square, rows) = classicalParts(lagged)
    let zero = [Double](repeating: 0, count: differences.unitCount)
    let blocks = estimate.problem.sample.blocks.map { block in
      block.row.equation == .transformed ? rows[block.row.period] : zero
    }
    return (
      errorVariance * square, estimate.problem.instruments.transposedTimes(blocks).scaled(by: errorVariance)
    )
  }

  /// w₋ₘ′DD′w₋ₘ and D*D′w₋ₘ by period, D differencing and D* transforming; under h = 1 both covariances
  /// are taken for the identity.
  private func classicalParts(_ lagged: [[Double]]) -> (square: Double, rows: [[Double]]) {
    let zero = [Double](repeating: 0, count: differences.unitCount)
    if estimate.isIdentityWeight && estimate.transform == .firstDifferences {
      let rows = lagged.map { $0.isEmpty ? zero : $0 }
      return (rows.reduce(0) { $0 + $1.innerProduct(with: $1) }, rows)
    }
    let fd = DynamicPanelSpecification.Transform.firstDifferences.operatorRows(periodCount: residuals.count)
    let own = estimate.transform.operatorRows(periodCount: residuals.count)
    let levels = fd.indices.map { s in combined(lagged, factors: fd.map { $0[s] }) }
    return (
      levels.reduce(0) { $0 + $1.innerProduct(with: $1) }, own.map { combined(levels, factors: $0) }
    )
  }

  private func combined(_ vectors: [[Double]], factors: [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: differences.unitCount)
    for (vector, factor) in zip(vectors, factors) where factor != 0 && !vector.isEmpty {
      sum.add(vector, scale: factor)
    }
    return sum
  }
}
