internal import RuralValueNumerics

/// Difference GMM with the instruments of a system, beside it.
///
/// A system's level equation takes for granted that the outcome has settled about its path before the first period.
/// Where it has not, no test sees it (a first year half a unit effect off its path: Hansen rejects 5 in 100, the level
/// instruments' own test 10 to 13), and the estimate that does without stands beside. Distances are in standard errors
/// of the difference estimate, which are wider than those of the difference between the two.
public struct DifferenceComparison: Sendable, Equatable {
  /// The coefficients of difference GMM; empty where it could not be estimated.
  public let estimates: [Estimate]
  /// The system's coefficients of the same parameters.
  public let system: [Estimate]
  /// Why there is no estimate.
  public let failure: String?

  /// Nil where instruments were named or the model is no system.
  init?(beside model: PreparedModel, _ steps: GMMSteps, _ panel: Panel) {
    guard model.assumed != nil, model.specification.isSystem else { return nil }
    var specification = model.specification
    specification.estimator = .difference
    do {
      let other = try PreparedModel(panel, specification)
      let end = try GMMSteps(other)
      let reference: ReferenceDistribution =
        specification.isSmallSample
        ? .t(degreesOfFreedom: DynamicPanelResult.residualDegrees(other)) : .normal
      let all = DynamicPanelResult.estimates(
        other, end.reported.coefficients,
        end.covariance.scaled(by: DynamicPanelResult.smallSampleFactor(other)), reference
      ).filter(\.parameter.isSlope)
      let own = DynamicPanelResult.estimates(
        model, steps.reported.coefficients,
        steps.covariance.scaled(by: DynamicPanelResult.smallSampleFactor(model)), reference)
      estimates = all
      system = all.compactMap { estimate in own.first { $0.parameter == estimate.parameter } }
      failure = nil
    } catch {
      (estimates, system, failure) = ([], [], "\(error)")
    }
  }

  /// (difference − system) / standard error of difference, a number a coefficient.
  public var distances: [Double] {
    zip(estimates, system).map { ($0.value - $1.value) / $0.standardError }
  }
}
