internal import RuralValueNumerics

/// The adjusted estimate of an SAC with effects of periods, for weights whose rows differ in their sums.
///
/// With B = I − λW, g = B1 and M_g = I − gg′/g′g, ρ and λ solve
/// (BWy)′ε/σ² − t tr M_gBGB⁻¹ = 0 and the score of the restricted likelihood of (I − ρW)y in λ; as B⁻¹g = 1,
/// tr M_gBGB⁻¹ = tr G − g′BG1/g′g. Where the rows have one sum these are Lee and Yu's. The errors of the estimates are
/// not worked out: they are those of the direct likelihood. Source: methods/spatial-corrections.md, 1.4.
enum CombinedScores {
  /// The root that the direct estimate leads to, or another start; nil where none leads to one inside the bounds.
  static func solve(_ direct: SpatialFit) throws -> SpatialFit? {
    guard let filter = direct.filteredPeriods else { return nil }
    let system = direct.system
    let transformation = LeeYuTransformation(
      direct.effects, scope: .both, unitCount: system.unitCount, periodCount: system.lag.periodCount)
    let likelihood = ConcentratedLikelihood(
      stacks: direct.likelihood.stacks, process: direct.process, transformation: transformation,
      system: system)
    let t = Double(transformation.periodCount)
    let ones = [Double](repeating: 1, count: system.unitCount)
    func score(_ values: [Double]) throws -> [Double] {
      let point = SpatialPoint(rho: values[0], lambda: values[1])
      var result = try likelihood.profile(at: point).score
      let multiplied = system.lag.matrices[0].times(try system.inverse(point.rho).solve([ones])[0])
      var filtered = multiplied
      filtered.add(system.of(.error).lag.matrices[0].times(multiplied), scale: -point.lambda)
      let share =
        filter.vector(point.lambda).innerProduct(with: filtered) / filter.squaredLength(point.lambda)
      // In place of what effects of periods take where there is no filter, 1′G1/N.
      result[0] += t * (share - multiplied.compensatedSum / Double(system.unitCount))
      return result
    }
    let search = ScoreRoot(
      bounds: [system.bounds, system.of(.error).bounds], scale: transformation.observationCount)
    // Scores of two processes can have roots where the direct estimate does not lead.
    let starts = [[direct.point.rho, direct.point.lambda]] + likelihood.starts
    var found: [Double]?
    for start in starts where found == nil { found = try search.solve(from: start, score) }
    guard let root = found else { return nil }
    var result = direct
    result.point = SpatialPoint(rho: root[0], lambda: root[1])
    let profile = try likelihood.profile(at: result.point)
    result.coefficients = profile.coefficients
    result.sigma2 = profile.sumOfSquares / transformation.observationCount
    result.score = search.size(try score(root))
    result.correction = .solved
    return result
  }
}
