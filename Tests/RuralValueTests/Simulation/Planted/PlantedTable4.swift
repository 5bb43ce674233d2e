import RuralValueNumerics

@testable import RuralValue

/// Scores whose dynamic panel GMM gives Table 4 of the Hunan paper.
///
/// y does not change where the regressors X become XM and their coefficients b become M⁻¹b, and the
/// covariance V of b becomes M⁻¹VM⁻ᵀ, for X are their own instruments. So M is chosen such that
/// M⁻¹VM⁻ᵀ is the covariance Σ behind the printed errors, with symmetric roots: M = V^½ Σ^−½. V depends a
/// little on y and hence on the coefficients Mb that are planted: M is found by iteration. Between rounds
/// the size of the counties' effects is moved until the error of lag(V) is the printed one.
struct PlantedTable4 {
  static let names = ["P", "C", "I", "T"]
  /// Numbers of which all 15 printed coefficients of the four and their sums are roundings.
  static let coefficients = [
    0.19926019607538567, -0.03542495517062487, -0.06397664783046733, -0.0036176717847224565,
  ]
  /// A covariance with which the 15 printed errors, z and p are roundings too; both were found by least squares
  /// on the distances from the roundings' bounds.
  static let covariance = Matrix(rows: [
    [0.003686292084603927, -0.0035275207036832945, -6.948814571630874e-05, -2.8408464890173645e-05],
    [-0.0035275207036832945, 0.003555628547836629, -9.784031711563838e-05, -1.9840960790912385e-05],
    [-6.948814571630874e-05, -9.784031711563838e-05, 0.00033323715592078584, -0.00014650238577387307],
    [-2.8408464890173645e-05, -1.9840960790912385e-05, -0.00014650238577387307, 0.00022535933081275654],
  ])
  /// The coefficient of lag(V), and its error by the printed z of 2.833.
  static let lag = 0.064
  static let lagError = 0.064 / 2.833

  static func specification() throws -> DynamicPanelSpecification {
    var specification = DynamicPanelSpecification(try FormulaSpecification("V ~ lag(V) + P + C + I + T"))
    specification.gmmInstruments = [try GMMInstruments("V,2:;collapse")]
    specification.standardInstruments = try names.map { try StandardInstruments($0) }
    return specification
  }

  private let counties: PlantedCounties
  /// Four unmixed regressors, in row order.
  private let fields: [[Double]]
  private let errors: [Double]
  /// Standard normals, one a county.
  private let effects: [Double]
  private let start: [Double]
  /// Common to all counties; the time dummies take it up.
  private let years: [Double]

  init(seed: UInt64 = 4) throws {
    var counties = try PlantedCounties(seed: seed)
    fields = Self.names.map { _ in
      let units = counties.normals(dependence: 0.8)
      let within = counties.field(dependence: 0.6, persistence: 0.3)
      return counties.rows(units, counties.trend(0, 0)).plus(within)
    }
    // The size of errors scales everything, and is such that scores lie between 0 and 1.
    errors = counties.field(dependence: 0, persistence: 0).scaled(by: 0.004)
    effects = counties.normals(dependence: 0.8)
    start = counties.normals().scaled(by: 0.004)
    years = counties.trend(0.2, 0.35)
    self.counties = counties
  }

  /// The columns V, P, C, I, T in row order.
  func draw() throws -> [(name: String, values: [Double])] {
    let (size, mix) = try settled()
    let trend = counties.rows([Double](repeating: 0, count: counties.count), counties.trend(0.36, 0.5))
    let scores = Self.names.indices.map { k in
      PlantedCounties.rounded((0..<4).reduce(trend) { $0.plus(fields[$1].scaled(by: mix[$1, k])) })
    }
    let outcome = try plant(scores, coefficients: Self.coefficients, size: size)
    return [("V", PlantedCounties.rounded(outcome))] + zip(Self.names, scores).map { ($0, $1) }
  }

  /// The size of the counties' effects and the mixture with which all errors are the printed ones.
  ///
  /// Secant steps on the size, with the mixture settled for each: both go on to where rounding stops them, so
  /// that other builds end at the same scores.
  private func settled() throws -> (size: Double, mix: Matrix) {
    var sizes = [0.004, 0.0043]
    var (mix, miss) = try settledMixture(size: sizes[0], from: .identity(4))
    for _ in 0..<20 {
      let before = miss
      (mix, miss) = try settledMixture(size: sizes[1], from: mix)
      if abs(miss) < 1e-11 || miss == before { break }
      let next = sizes[1] - miss * (sizes[1] - sizes[0]) / (miss - before)
      sizes = [sizes[1], next]
    }
    return (sizes[1], mix)
  }

  /// The mixture that gives the covariance for a size of effects, and how far lag(V)'s error then is off.
  private func settledMixture(size: Double, from start: Matrix) throws -> (mix: Matrix, miss: Double) {
    let root = try Self.power(Self.covariance, -0.5)
    var (mix, miss) = (start, 0.0)
    for _ in 0..<30 {
      let outcome = try plant(fields, coefficients: mix * Self.coefficients, size: size)
      let (covariance, error) = try errors(of: outcome, fields)
      let next = try Self.power(covariance, 0.5) * root
      let change = zip(next.elements, mix.elements).map { abs($0 - $1) }.max()!
      (mix, miss) = (next, error - Self.lagError)
      if change < 1e-11 { break }
    }
    return (mix, miss)
  }

  /// The outcome with which these regressors have these coefficients.
  private func plant(_ regressors: [[Double]], coefficients: [Double], size: Double) throws -> [Double] {
    let effects = effects.scaled(by: size)
    let truth = Dictionary(
      uniqueKeysWithValues: zip(Self.names.map { Parameter($0, .variable) }, coefficients))
    return try ExactDynamicPanel.plant(
      counties.panel(zip(Self.names, regressors).map { ($0, $1) }),
      truth: truth.merging([Parameter("lag(V, 1)", .laggedOutcome): Self.lag]) { $1 }, errors: errors,
      unitEffects: effects,
      periodEffects: years, initial: counties.rows(effects.plus(start), years), Self.specification()
    ).outcome
  }

  /// The covariance of the four coefficients and the standard error of lag(V).
  private func errors(
    of outcome: [Double], _ regressors: [[Double]]
  ) throws -> (covariance: Matrix, lag: Double) {
    let panel = try counties.panel([("V", outcome)] + zip(Self.names, regressors).map { ($0, $1) })
    let result = try DynamicPanelEstimator.fit(panel, Self.specification())
    let positions = Self.names.map { name in result.estimates.firstIndex { $0.name == name }! }
    return (
      Matrix(rows: positions.map { i in positions.map { result.covariance[i][$0] } }),
      result.laggedOutcome!.standardError
    )
  }

  /// A symmetric positive-definite matrix to the power ½ or −½.
  private static func power(_ matrix: Matrix, _ power: Double) throws -> Matrix {
    let parts = try SymmetricEigen(matrix)
    let roots = parts.values.map { power > 0 ? $0.squareRoot() : 1 / $0.squareRoot() }
    return (parts.vectors * Matrix(diagonal: roots)).timesTransposed(parts.vectors)
  }
}
