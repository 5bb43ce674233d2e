extension FixedEffectsResult {
  /// The instruments' coefficients for each endogenous regressor; nil without instruments.
  public var firstStageTable: ResultTable? { instruments.map { firstStageTable($0, f: \.f) } }

  /// The set that Anderson and Rubin's test does not reject, a row a piece; nil with several endogenous regressors.
  public var andersonRubinTable: ResultTable? { instruments.flatMap { andersonRubinTable($0) } }

  /// The test of a U shape and the turning point, a row a variable; nil where no square stands beside its variable.
  public var turningPointTable: ResultTable? {
    TurningPoint.table(turningPoints, level: confidenceLevel)?.adding(cautions: cautions)
  }
}
