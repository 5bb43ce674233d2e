/// What is asked of the evolution of a variable.
public struct EvolutionSpecification: Sendable, Equatable {
  /// The parts of the answer.
  public enum Part: String, Sendable, CaseIterable {
    /// Kernel densities by period.
    case kernel
    /// Transitions between classes, with spatial weights those of each class of the neighbours' mean.
    case transitions
    /// σ- and β-convergence.
    case convergence
    /// The weighted mean centre and the standard deviational ellipse by period, of units with places.
    case centre
  }

  /// Which values the quantiles are of that cut classes.
  public enum QuantileRule: String, Sendable, CaseIterable {
    /// All units and periods together.
    case pooled
    /// Each period by itself.
    case annual
  }

  /// Where the cut points of the spatial lag come from.
  public enum LagClasses: String, Sendable, CaseIterable {
    /// The lag's own quantiles.
    case own
    /// The variable's cut points.
    case same
  }

  /// What is done about a density at zero, below which there are no values.
  public enum Boundary: String, Sendable, CaseIterable {
    /// Nothing: some mass lies below zero.
    case none
    /// What lies below zero is turned back: f(x) + f(−x).
    case reflect
  }

  /// Standard errors of β.
  public enum StandardError: String, Sendable, CaseIterable {
    /// Robust to unequal variances, n/(n − K); of the panel clustered by unit.
    case hc1
    /// Of errors of one variance.
    case classical
  }

  /// The parts to be computed.
  public var parts: [Part] = Part.allCases
  /// The number of quantile classes.
  public var classes = 4
  /// Cut points in the place of quantiles, ascending.
  public var cuts: [Double] = []
  /// Which values the quantiles are of.
  public var quantiles = QuantileRule.pooled
  /// Where the cut points of the spatial lag come from.
  public var lagClasses = LagClasses.own
  /// How wide the kernel is.
  public var bandwidth = BandwidthRule.silverman
  /// What is done about a density at zero.
  public var boundary = Boundary.none
  /// The column of the people whom a unit's value stands for, by whom densities are weighted.
  public var populationColumn: String?
  /// The columns of conditional convergence, of which the first period counts.
  public var controls: [String] = []
  /// Standard errors of β.
  public var standardError = StandardError.hc1
  /// How axes of the ellipse are scaled.
  public var ellipse = EllipseConvention.yuill
  /// How places come to lie in the plane.
  public var projection = MapProjection.Family.albers
  /// The level of intervals.
  public var confidenceLevel = 0.95

  /// A specification with every default.
  public init() {}
}
