internal import RuralValueNumerics

/// Arellano and Bond's test for serial correlation of order m in the first-differenced residuals.
///
///     z = Σqᵢ / √(Σqᵢ² + g′(−2 V X′Z A ΣZᵢ′eᵢqᵢ + V* g)),   qᵢ = wᵢ′wᵢ,₋ₘ,   g = ΣΔXᵢ′wᵢ,₋ₘ
///
/// w are the first-differenced residuals whatever the transformation, e all the stacked ones, V the
/// classical covariance of the step and V* the reported one. Source: Arellano and Bond (1991), equation 8;
/// Roodman (2009), section 3.5.
struct SerialCorrelationTest: Sendable {
  /// What the test takes from the estimate.
  struct Estimate: Sendable {
    let problem: GMMProblem
    let step: GMMStep
    /// Z_c′e_c of the step, C × j.
    let scores: Matrix
    /// V*, the reported covariance before any small-sample factor.
    let covariance: Matrix
    /// σ² after one step with classical standard errors, else nil.
    let errorVariance: Double?
    /// The transformation of the stacked equations.
    let transform: DynamicPanelSpecification.Transform
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

  /// The test of order m.
  func test(order: Int) -> DynamicPanelTest {
    let name = "ar\(order)"
    let zero = [Double](repeating: 0, count: differences.unitCount)
    var products = zero
    var slope = [Double](repeating: 0, count: differences.coefficientCount)
    var lagged = [[Double]](repeating: [], count: residuals.count)
    var pairCount = 0
    for period in stride(from: order, to: residuals.count, by: 1) {
      guard let index = blockOfPeriod[period], !residuals[period - order].isEmpty else { continue }
      let (block, earlier) = (differences.blocks[index], residuals[period - order])
      lagged[period] = zip(earlier, block.usable).map { $1 ? $0 : 0 }
      for unit in zero.indices { products[unit] += residuals[period][unit] * lagged[period][unit] }
      slope.add(block.regressors.transposedTimes(lagged[period]))
      pairCount += lagged[period].count { $0 != 0 }
    }
    guard pairCount > 0 else {
      return .inapplicable(
        name, "No unit has residuals \(order) \(order == 1 ? "period" : "periods") apart: the panel is too short.")
    }
    let clusterProducts = estimate.problem.clusterSums(products)
    let (square, cross) = varianceParts(clusterProducts, lagged)
    let moved = estimate.step.influence.transposedTimes(cross)
    let variance =
      square - 2 * slope.innerProduct(with: moved) + estimate.covariance.quadraticForm(slope)
    guard variance > 0 else {
      return .inapplicable(
        name, "The estimated variance of the test is not positive, as happens where residuals are nearly exact.")
    }
    let z = products.compensatedSum / variance.squareRoot()
    return DynamicPanelTest(
      name: name, statistic: z, distribution: .normal, pValue: Normal().twoSidedTail(at: z))
  }

  /// Σq² and ΣZ′eq, or after one classical step what its σ²H puts in their place.
  private func varianceParts(_ products: [Double], _ lagged: [[Double]]) -> (Double, [Double]) {
    guard let errorVariance = estimate.errorVariance else {
      return (products.innerProduct(with: products), estimate.scores.transposedTimes(products))
    }
    let fd = DynamicPanelSpecification.Transform.firstDifferences.operatorRows(periodCount: residuals.count)
    let own = estimate.transform.operatorRows(periodCount: residuals.count)
    // The errors' levels that the lagged residuals stand for: Dᶠᵈ′w₋ₘ, period by period.
    let levels = fd.indices.map { s in combined(lagged, factors: fd.map { $0[s] }) }
    let square = levels.reduce(0) { $0 + $1.innerProduct(with: $1) }
    let blocks = estimate.problem.sample.blocks.map { block in
      block.row.equation == .transformed
        ? combined(levels, factors: own[block.row.period])
        : [Double](repeating: 0, count: differences.unitCount)
    }
    return (
      errorVariance * square, estimate.problem.instruments.transposedTimes(blocks).scaled(by: errorVariance)
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
