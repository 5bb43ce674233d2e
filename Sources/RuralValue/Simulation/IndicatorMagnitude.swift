/// What a simulated indicator looks like: its unit, its size, its growth and what moves it.
///
/// For county i and τ years after the first, the indicator's latent value is
///
///     z_iτ = sizeElasticity · size_i + plainLoading · plain_i + prosperityLoading · prosperity_i
///            + spread · b_i + fluctuation · u_iτ
///
/// where size, plain, prosperity and b are fixed county traits and u is a first-order autoregression with
/// coefficient `persistence`; all are correlated in space, and all but size have unit variance. `Form` says
/// how z, the typical value c and the growth G_τ become the value x that a yearbook would print.
public struct IndicatorMagnitude: Sendable, Equatable {
  /// How an indicator's value follows from its latent one.
  public enum Form: Sendable, Equatable {
    /// A positive amount: x = c · exp(G + z); z and G in log points.
    case level
    /// A percentage between 0 and 100: x = 100 · logistic(logit(c/100) + G + z); z and G in logit points.
    case percentage
    /// A number of things that are listed and stay listed: a whole number that never falls. It starts from
    /// a Poisson draw with mean m_0, and grows by Poisson draws with mean (m_τ − m_τ−1) · exp(fluctuation · u),
    /// where m_τ = c · exp(G + z) with z free of fluctuation.
    case cumulativeCount
    /// A change over the year, of either sign: x = exp(sizeElasticity · size) · (c + |c| · z), with z free
    /// of size; no growth.
    case change
    /// An amount that contains the one in another column, as gross output contains value added:
    /// x = other · (1 + c · exp(G + z)).
    case containing(column: String)
  }

  /// The column's name.
  public let column: String
  /// How values follow from the latent ones.
  public let form: Form
  /// c in the first year, in a rural county: 县 and county-level 市.
  public let typical: Double
  /// c in the first year, in an urban district: 区.
  public let typicalUrban: Double
  /// Growth a year, in latent points, at the start of the periods.
  public let growthAtStart: Double
  /// Growth a year, in latent points, at the end of the periods; it changes evenly in between.
  public let growthAtEnd: Double
  /// How much of a county's size passes into the indicator; 1 for totals, below 0 for ratios to people.
  public let sizeElasticity: Double
  /// What one standard deviation towards the plain, away from the mountains, adds to z.
  public let plainLoading: Double
  /// What one standard deviation of prosperity adds to z.
  public let prosperityLoading: Double
  /// Standard deviation of the indicator's own fixed difference between counties, in latent points.
  public let spread: Double
  /// Standard deviation of the indicator's movement from year to year, in latent points.
  public let fluctuation: Double
  /// The autoregressive coefficient of that movement.
  public let persistence: Double
  /// The number of decimals to which values are rounded.
  public let decimals: Int

  /// A magnitude from its parameters.
  public init(
    _ column: String, _ form: Form, typical: (rural: Double, urban: Double),
    growth: (start: Double, end: Double) = (0, 0),
    loadings: (size: Double, plain: Double, prosperity: Double), spread: Double, fluctuation: Double,
    persistence: Double, decimals: Int
  ) {
    precondition(abs(persistence) < 1, "An autoregression with a coefficient of 1 or more is not stationary.")
    self.column = column
    self.form = form
    self.typical = typical.rural
    self.typicalUrban = typical.urban
    growthAtStart = growth.start
    growthAtEnd = growth.end
    sizeElasticity = loadings.size
    plainLoading = loadings.plain
    prosperityLoading = loadings.prosperity
    self.spread = spread
    self.fluctuation = fluctuation
    self.persistence = persistence
    self.decimals = decimals
  }

  /// Accumulated growth G_τ for τ = 0, 1, … in latent points.
  ///
  /// The yearly growth goes evenly from `growthAtStart` to `growthAtEnd`.
  func accumulatedGrowth(periodCount: Int) -> [Double] {
    var growth = [0.0]
    for step in 0..<max(periodCount - 1, 0) {
      let progress = periodCount > 2 ? Double(step) / Double(periodCount - 2) : 0
      growth.append(growth[step] + growthAtStart + progress * (growthAtEnd - growthAtStart))
    }
    return growth
  }
}

/// An indicator system to begin with, and magnitudes from which a panel for it can be drawn.
public enum IndicatorTemplate: String, Sendable, CaseIterable {
  /// Rural multidimensional value and four factor flows, as the Hunan paper has them.
  case hunan
  /// Urban–rural integration and the six factors of the Guangdong paper.
  case guangdong

  /// The indicator system.
  public var system: IndicatorSystem {
    switch self {
    case .hunan: .ruralValue
    case .guangdong: .factorFlows
    }
  }

  /// What simulated indicators of the system look like.
  public var magnitudes: [IndicatorMagnitude] {
    switch self {
    case .hunan: IndicatorMagnitude.hunan
    case .guangdong: IndicatorMagnitude.guangdong
    }
  }
}
