internal import RuralValueNumerics

/// The scatter of Moran's I in one period: each unit's value and its spatial lag.
///
/// x_i = z_i / s and y_i = (n / S₀) Σ_j w_ij z_j / s, s² = z′z / n: the line through the origin with the slope I is the
/// regression of y on x. For row-standardised weights without islands n / S₀ is one and y the mean of the neighbours.
/// The bivariate form has the lag of a second variable. Source: Anselin (1996).
public struct MoranScatter: Sendable, Equatable {
  /// The period; nil where the data have none.
  public let period: Int?
  /// The units, in the order of the data.
  public let units: [String]
  /// The standardised values.
  public let values: [Double]
  /// Their spatial lags; zero for islands.
  public let lags: [Double]
  /// Moran's I, the slope.
  public let slope: Double
  /// Whether lags are means of neighbours: n / S₀ is one.
  public let isMean: Bool

  /// The scatter of deviations over the same units as the weights.
  init(
    _ section: CrossSection, _ x: Deviations, _ y: Deviations, weights: SpatialWeights
  ) {
    let scale = Double(x.count) / weights.rowSums.reduce(0, +)
    let (own, other) = (x.variance.squareRoot(), y.variance.squareRoot())
    period = section.period
    units = section.units
    let values = x.z.map { $0 / own }
    let lags = weights.spatialLag(y.z.map { $0 / other }).map { $0 * scale }
    self.values = values
    self.lags = lags
    slope = values.indices.reduce(0) { $0 + values[$1] * lags[$1] } / Double(x.count)
    isMean = abs(scale - 1) < 1e-9
  }

  /// The places of the units without which the slope would change most, the most influential first.
  ///
  /// Without unit i it changes by −x_i e_i / (n − x_i²) with e_i = y_i − I x_i; named are those that change it by more
  /// than twice what is usual, 2 / √n standard errors. Source: Belsley, Kuh & Welsch (1980), ch. 2 (DFBETAS).
  public func influential(atMost count: Int) -> [Int] {
    let n = Double(units.count)
    let residuals = values.indices.map { lags[$0] - slope * values[$0] }
    let variance = residuals.reduce(0) { $0 + $1 * $1 } / max(1, n - 1)
    guard variance > 0 else { return [] }
    let changes = values.indices.map { unit in
      abs(values[unit] * residuals[unit]) / max(1e-12, n - values[unit] * values[unit])
        / (variance / n).squareRoot()
    }
    let order = changes.indices.filter { changes[$0] > 2 / n.squareRoot() }
      .sorted { (changes[$1], $0) < (changes[$0], $1) }
    return Array(order.prefix(count))
  }
}
