internal import RuralValueNumerics

/// The covariance of the coefficients after one step and after two.
enum StepCovariance {
  /// One step, robust: V₁ X′Z A₁ S A₁ Z′X V₁ with S = ΣZ_c′e₁e₁′Z_c.
  static func robust(_ step: GMMStep, momentCovariance: Matrix) -> Matrix {
    step.influence.transposedTimes(momentCovariance.times(step.influence)).symmetrised
  }

  /// Two steps, with Windmeijer's correction for the first step's part in the weight matrix:
  ///
  ///     V = V₂ + D V₁ᵣ D′ + D V₂ + V₂ D′,   D = V₂ X′Z A₂ F
  ///
  /// where F, j × k, is minus the derivative of S by the first step's coefficients, times A₂Z′e₂.
  /// Source: Windmeijer (2005), Journal of Econometrics 126, equation 3.3.
  static func windmeijer(
    _ problem: GMMProblem, first: GMMStep, firstScores: Matrix, firstRobust: Matrix, second: GMMStep
  ) -> Matrix {
    let correction = self.correction(problem, first: first, firstScores: firstScores, second: second)
    let crossed = correction.times(second.bread)
    return
      (second.bread + correction.times(firstRobust).timesTransposed(correction) + crossed
      + crossed.transposed).symmetrised
  }

  /// Iterated to its end, b obeys b − β = ε + D (b − β): V = (I − D)⁻¹ V₂ (I − D′)⁻¹.
  ///
  /// Source: Hansen and Lee (2021), Econometrica 89; the correction is Windmeijer's (2005).
  static func iterated(
    _ problem: GMMProblem, previous: GMMStep, previousScores: Matrix, last: GMMStep
  ) throws(DynamicPanelError) -> Matrix {
    let correction = self.correction(problem, first: previous, firstScores: previousScores, second: last)
    let identity = Matrix.identity(correction.rowCount)
    guard let inverse = try? LU(identity - correction).inverse, inverse.isFinite else {
      throw .overflow(what: "Windmeijer's correction")
    }
    return inverse.times(last.bread).timesTransposed(inverse).symmetrised
  }

  /// D, k × k: how the second step's coefficients answer to the first step's through the weight matrix.
  static func correction(
    _ problem: GMMProblem, first: GMMStep, firstScores: Matrix, second: GMMStep
  ) -> Matrix {
    let direction = second.weight.times(second.moments)
    let scoreWeights = firstScores.times(direction)
    var derivative = problem.instruments.transposedTimesRegressors(
      of: problem.sample, weights: problem.clusterOfUnit.map { scoreWeights[$0] })
    derivative += firstScores.transposedTimes(
      problem.clusterSums(projectedRegressors(problem, direction)))
    return problem.covarianceScale * second.influence.transposedTimes(derivative)
  }

  /// (a′Zᵢ′Xᵢ) of each unit, N × k.
  static func projectedRegressors(_ problem: GMMProblem, _ direction: [Double]) -> Matrix {
    var result = Matrix(
      rowCount: problem.sample.unitCount, columnCount: problem.sample.coefficientCount)
    for (block, projection) in zip(problem.sample.blocks, problem.instruments.times(direction)) {
      result += block.regressors.scalingRows(by: projection)
    }
    return result
  }
}
