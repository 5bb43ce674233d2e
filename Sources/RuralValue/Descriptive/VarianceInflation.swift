internal import RuralValueNumerics

/// How much the variance of a coefficient grows because its variable is explained by the others.
///
/// VIF_j = 1 / (1 − R²_j) = TSS_j / RSS_j, R²_j of the regression of x_j on the other variables and a constant.
public struct VarianceInflation: Sendable, Equatable {
  /// The variable.
  public let name: String
  /// R²_j; NaN where there is none.
  public let rSquared: Double
  /// VIF_j; +∞ where the others determine the variable, NaN where there is none.
  public let factor: Double
  /// The variables that determine this one where VIF is infinite.
  public let determinedBy: [String]
  /// Why the factor is infinite or missing.
  public let reason: Phrase?

  /// The factors of variables, given on their common rows.
  ///
  /// A variable is determined by the others where the length of its residual is at most 10⁻¹⁰ of its own
  /// (the tolerance of `IndependentColumns`).
  static func factors(names: [String], columns: [[Double]]) throws -> [VarianceInflation] {
    let count = columns.first?.count ?? 0
    let scaled = columns.map(standardised)
    let varying = names.indices.filter { scaled[$0] != nil }
    return try names.indices.map { j in
      guard let outcome = scaled[j] else {
        return missing(names[j], Phrase("constant in the common rows", zh: "在共同观测中为常数"))
      }
      let others = varying.filter { $0 != j }
      guard count > others.count + 1 else {
        return missing(
          names[j],
          Phrase(
            "\(count) common rows are too few for \(others.count + 1) variables",
            zh: "共同观测仅\(count)个，不足以估计\(others.count + 1)个变量"))
      }
      return try factor(names[j], outcome, on: others.map { (names[$0], scaled[$0]!) })
    }
  }

  private static func factor(
    _ name: String, _ outcome: [Double], on others: [(name: String, values: [Double])]
  ) throws -> VarianceInflation {
    guard !others.isEmpty else { return VarianceInflation(name, rSquared: 0, factor: 1) }
    let regressors = Matrix(columns: others.map(\.values))
    let fit = try LeastSquares(regressors, columnNames: others.map(\.name)).regress(outcome, centred: false)
    let share = fit.residualSumOfSquares / fit.totalSumOfSquares
    guard share.squareRoot() > IndependentColumns.defaultTolerance else {
      // All columns have one length, so that coefficients compare; rounding leaves less than 10⁻⁸.
      let determinedBy = zip(others, fit.coefficients).filter { abs($1) > 1e-8 }.map(\.0.name)
      return VarianceInflation(
        name, rSquared: 1, factor: .infinity, determinedBy: determinedBy,
        reason: Phrase(
          "an exact linear combination of \(listed(determinedBy))",
          zh: "是\(listed(determinedBy, in: .chinese))的精确线性组合"))
    }
    return VarianceInflation(name, rSquared: 1 - share, factor: 1 / share)
  }

  private init(
    _ name: String, rSquared: Double, factor: Double, determinedBy: [String] = [], reason: Phrase? = nil
  ) {
    self.name = name
    self.rSquared = rSquared
    self.factor = factor
    self.determinedBy = determinedBy
    self.reason = reason
  }

  private static func missing(_ name: String, _ reason: Phrase) -> VarianceInflation {
    VarianceInflation(name, rSquared: .nan, factor: .nan, reason: reason)
  }

  /// The values less their mean, over their standard deviation; nil without variation.
  private static func standardised(_ values: [Double]) -> [Double]? {
    let moments = Moments(values)
    guard moments.standardDeviation > 0 else { return nil }
    return values.map { ($0 - moments.mean) / moments.standardDeviation }
  }
}
