internal import RuralValueNumerics

/// Difference and system GMM for dynamic panels.
///
///     y_it = α y_i,t−1 + x_it′β + η_i + ε_it
///
/// The equation is transformed to remove η, and instrumented with lagged levels; system GMM stacks the
/// equation in levels under it, instrumented with lagged differences. With unit i's stacked y, X and Z:
///
///     b = (X′Z A Z′X)⁻¹ X′Z A Z′y,   A₁ = (ΣZᵢ′HZᵢ)⁻,   A₂ = (ΣZᵢ′e₁e₁′Zᵢ)⁻
///
/// Conventions are those of xtabond2 3.7.2. Source: Arellano and Bond (1991); Arellano and Bover (1995);
/// Blundell and Bond (1998); Roodman (2009), "How to do xtabond2", The Stata Journal 9(1).
public enum DynamicPanelEstimator {
  /// Estimates a model on a panel.
  ///
  /// Throws `DynamicPanelError` where the numbers do not permit an estimate, and `FormulaError`, `PanelError`.
  public static func fit(_ panel: Panel, _ specification: DynamicPanelSpecification) throws
    -> DynamicPanelResult
  {
    let model = try PreparedModel(panel, specification)
    let steps = try GMMSteps(model)
    return try DynamicPanelResult(model, steps)
  }
}
