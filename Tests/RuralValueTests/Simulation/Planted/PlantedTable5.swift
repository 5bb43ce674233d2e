import RuralValueNumerics

@testable import RuralValue

/// Scores, in logs, whose spatial Durbin model gives Table 5 of the Hunan paper.
///
/// Fixed effects take up what is common to a county or to a year, so that levels may be those of scores.
/// What decides the errors is the rest: the size of x that of b, and how much of it is left in Wx that of θ.
/// With Wv = λv, a field of eigenvectors around λ = 0 has a small lag, which makes the error of θ as many
/// times that of b as the paper has it. Size and width of the band are found by iteration.
struct PlantedTable5 {
  static let names = ["lnP", "lnC", "lnI", "lnT"]
  /// b, θ and their errors, as printed.
  static let direct = [-0.029, 0.033, 0.019, 0.013]
  static let lagged = [0.078, 0.136, 0.041, 0.150]
  static let directErrors = [0.009, 0.010, 0.006, 0.019]
  static let laggedErrors = [0.034, 0.062, 0.052, 0.306]
  static let rho = 0.044
  /// The errors' standard deviation; the paper does not print it.
  static let sigma = 0.02

  static func specification() throws -> SpatialDurbinSpecification {
    SpatialDurbinSpecification(
      formula: try FormulaSpecification("lnV ~ lnP + lnC + lnI + lnT"), draws: 0, isTested: false)
  }

  private let counties: PlantedCounties
  private let weights: SpatialWeights
  /// Eigenvalues and right eigenvectors of W.
  private let eigenvalues: [Double]
  private let eigenvectors: Matrix
  /// For each regressor and year one normal an eigenvector, N × T.
  private let draws: [[[Double]]]
  private let errors: [Double]
  private let levels: [[Double]]
  private let effects: [Double]

  init(seed: UInt64 = 5) throws {
    var counties = try PlantedCounties(seed: seed)
    weights = try counties.weights()
    let roots = counties.network.neighbours.map { Double($0.count).squareRoot() }
    var similar = Matrix(rowCount: counties.count, columnCount: counties.count)
    for (i, list) in counties.network.neighbours.enumerated() {
      for j in list { similar[i, j] = 1 / (roots[i] * roots[j]) }
    }
    let parts = try SymmetricEigen(similar)
    eigenvalues = parts.values
    eigenvectors = Matrix(diagonal: roots.map { 1 / $0 }) * parts.vectors
    draws = Self.names.map { _ in counties.years.map { _ in counties.normals() } }
    errors = counties.field(dependence: 0, persistence: 0).scaled(by: Self.sigma)
    levels = Self.names.map { _ in
      let units = counties.normals(dependence: 0.8).scaled(by: 0.15)
      return counties.rows(units, counties.trend(-1.4, -0.9))
    }
    effects = counties.normals(dependence: 0.8).scaled(by: 0.1)
    self.counties = counties
  }

  /// The columns lnV, lnP, lnC, lnI, lnT in row order.
  func draw() throws -> [(name: String, values: [Double])] {
    var sizes = [Double](repeating: 0.1, count: 4)
    var widths = zip(Self.directErrors, Self.laggedErrors).map { $0 / $1 }
    for _ in 0..<60 {
      let fields = regressors(sizes: sizes, widths: widths)
      let result = try SpatialDurbinEstimator.fit(
        counties.panel(columns(try plant(fields), fields)), weights: weights, Self.specification())
      var change = 0.0
      for (k, name) in Self.names.enumerated() {
        let ratio = result.estimate(name).standardError / Self.directErrors[k]
        let spread =
          (result.estimate("W*\(name)").standardError / Self.laggedErrors[k]) / ratio
        sizes[k] *= ratio
        widths[k] *= spread
        change = max(change, abs(ratio - 1), abs(spread - 1))
      }
      if change < 1e-6 { break }
    }
    let fields = regressors(sizes: sizes, widths: widths).map(PlantedCounties.rounded)
    return columns(PlantedCounties.rounded(try plant(fields)), fields)
  }

  /// Levels and trends, and within them the fields whose eigenvalues are about zero.
  private func regressors(sizes: [Double], widths: [Double]) -> [[Double]] {
    Self.names.indices.map { k in
      let shares = eigenvalues.map { 1 / (1 + ($0 / widths[k]) * ($0 / widths[k])) }
      let scale = sizes[k] / shares.euclideanNorm * Double(counties.count).squareRoot()
      var values = levels[k]
      for t in counties.years.indices {
        let field = eigenvectors * zip(shares, draws[k][t]).map { $0 * $1 }
        for unit in field.indices { values[unit * counties.years.count + t] += scale * field[unit] }
      }
      return values
    }
  }

  private func plant(_ fields: [[Double]]) throws -> [Double] {
    var truth: [Parameter: Double] = [.rho: Self.rho, .variance: Self.sigma * Self.sigma]
    for (k, name) in Self.names.enumerated() {
      let parameter = Parameter(name, .variable)
      (truth[parameter], truth[parameter.spatialLag]) = (Self.direct[k], Self.lagged[k])
    }
    return try ExactSpatialPanel.plant(
      counties.panel(zip(Self.names, fields).map { ($0, $1) }), weights: weights, truth: truth,
      errors: errors, unitEffects: effects, periodEffects: counties.trend(-1.2, -0.8),
      Self.specification()
    ).outcome
  }

  private func columns(_ outcome: [Double], _ fields: [[Double]]) -> [(name: String, values: [Double])] {
    [("lnV", outcome)] + zip(Self.names, fields).map { ($0, $1) }
  }
}
