internal import RuralValueNumerics

/// The doubly corrected covariance of Hwang, Kang and Lee, which holds where moments fail.
///
///     ψ1_c = V1[Q′A1 m1_c + X_c′Z_c A1 m̄1 − Q′A1 (Z_c′HZ_c) A1 m̄1]
///     ψ2_c = V2[Q′A2 m2_c + X_c′Z_c A2 m̄2 − Q′A2 m1_c (m1_c′A2 m̄2)] + D ψ1_c,   V = Σ ψψ′
///
/// with m_c = Z_c′e_c, m̄ = Σ m_c and D of Windmeijer. It is the infinitesimal jackknife of the estimate: ψ_c is its
/// derivative by the weight of cluster c in all sums. Under correct moments it covers less than Windmeijer's at small N
/// (88–89 % against 92–94 % at 40 units), and so is no default.
///
/// Source: Hwang, Kang and Lee (2022), whose print was not at hand; methods/gmm-inference.md, section 8, with what pdynmc
/// does otherwise.
enum DoublyCorrectedCovariance {
  /// ψ1, C × k, of the first step.
  static func firstInfluences(_ model: PreparedModel, _ first: GMMStep, scores: Matrix) -> Matrix {
    let problem = model.problem
    let direction = first.weight.times(first.moments)
    var influences = scores.times(first.influence)
    influences += problem.clusterSums(StepCovariance.projectedRegressors(problem, direction)).times(
      first.bread)
    let weighted = problem.clusterSums(initialMoments(model, direction))
    influences.add(weighted.times(first.influence), scale: -1)
    return influences
  }

  /// ψ2, C × k, of the second step.
  static func secondInfluences(
    _ model: PreparedModel, first: GMMStep, firstScores: Matrix, second: GMMStep
  ) -> Matrix {
    let problem = model.problem
    let direction = second.weight.times(second.moments)
    var influences = problem.scores(second.residuals).times(second.influence)
    influences += problem.clusterSums(StepCovariance.projectedRegressors(problem, direction)).times(
      second.bread)
    let shares = firstScores.times(direction).scaled(by: problem.covarianceScale)
    influences.add(firstScores.scalingRows(by: shares).times(second.influence), scale: -1)
    let correction = StepCovariance.correction(
      problem, first: first, firstScores: firstScores, second: second)
    influences += firstInfluences(model, first, scores: firstScores).timesTransposed(correction)
    return influences
  }

  /// Whether the estimate has a derivative by its clusters' weights: independent instruments, and more clusters.
  static func isDefined(_ model: PreparedModel) -> Bool {
    model.firstWeight.dropped.isEmpty && model.usedClusters > model.problem.instruments.columnCount
  }

  /// Z_i′HZ_i a of each unit, N × j.
  private static func initialMoments(_ model: PreparedModel, _ direction: [Double]) -> Matrix {
    let problem = model.problem
    let covariance = InitialCovariance(
      model.specification, periodCount: model.cells.grid.periodCount)
    let rows = problem.sample.blocks.map(\.row)
    let projected = problem.instruments.times(direction)
    let turned = rows.indices.map { a in
      rows.indices.reduce(into: [Double](repeating: 0, count: problem.sample.unitCount)) { sum, b in
        let factor = covariance[rows[a], rows[b]]
        if factor != 0 { sum.add(projected[b], scale: factor) }
      }
    }
    return problem.instruments.unitProducts(turned)
  }
}
