internal import RuralValueNumerics

/// What a linear panel model found.
public struct FixedEffectsResult: FittedModel {
  /// What was asked, with every default resolved.
  public let specification: FixedEffectsSpecification
  /// The outcome's name.
  public let outcomeName: String
  /// The size of the sample.
  public let sample: ResultDocument.Sample
  /// The coefficients, a constant last.
  public let estimates: [Estimate]
  /// Their covariance, row by row in their order.
  public let covariance: [[Double]]
  /// Which standard errors these are.
  public let errors: LinearErrorSummary
  /// Terms that the effects or other terms determine.
  public let omitted: [Parameter]
  /// The tests, in the order of tables.
  public let tests: [TestResult]
  /// Shares and counts of the fit.
  public let fit: LinearFitStatistics
  /// How well instruments tell the endogenous regressors, where there are some.
  public let instruments: InstrumentSummary?
  /// The turning points of variables that stand beside their squares.
  public let turningPoints: [TurningPoint]
  /// The model by groups, where it was asked for.
  public let groups: GroupComparison?
  /// The mediators' regressions, where there are some.
  public let mechanism: Mechanism?
  /// What the reader must know.
  public let notes: [Phrase]
}

/// Shares and counts of a linear fit.
public struct LinearFitStatistics: Sendable, Equatable {
  /// 1 − e′e/Σ(y − ȳ)², effects counted as explained.
  public let rSquared: Double
  /// The same per degree of freedom.
  public let adjustedRSquared: Double
  /// Of fixed effects 1 − e′e/Σÿ²; else the squared correlation of what is left of xb and y within units.
  public let withinRSquared: Double?
  /// The squared correlation of units' means of xb and y.
  public let betweenRSquared: Double?
  /// The squared correlation of xb and y.
  public let overallRSquared: Double?
  /// σ, of n − K degrees of freedom.
  public let sigma: Double
  /// e′e.
  public let residualSumOfSquares: Double
  /// ȳ − x̄′b, where effects hold the constant.
  public let constant: Double?
  /// The number of effects that were taken out.
  public let absorbedRank: Int
  /// Rows that were alone in a group with effects, and left out.
  public let singletons: Int
  /// The mean |r_ij| of the residuals of two units, where effects of periods make Pesaran's CD say nothing.
  public let meanAbsoluteCorrelation: Double?
  /// σ_u, σ_e, ρ and the range of θ, of random effects.
  public let components: Components?

  /// The variances of random effects.
  public struct Components: Sendable, Equatable {
    /// σ_u.
    public let unit: Double
    /// σ_e.
    public let idiosyncratic: Double
    /// σ²_u/(σ²_u + σ²_e).
    public let share: Double
    /// The smallest θ.
    public let thetaLow: Double
    /// The largest θ.
    public let thetaHigh: Double
  }
}
