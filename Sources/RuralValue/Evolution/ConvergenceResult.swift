internal import RuralValueNumerics

/// β-convergence: whether those that were behind grew faster.
public struct ConvergenceEstimate: Sendable, Equatable {
  /// The regression.
  public enum Kind: String, Sendable, CaseIterable {
    /// Growth over the span on the logarithm at its beginning.
    case absolute
    /// The same with controls.
    case conditional
    /// With the neighbours' growth: a spatial lag.
    case spatialLag = "spatial_lag"
    /// With errors that depend on the neighbours': a spatial error.
    case spatialError = "spatial_error"
    /// Growth period by period, with effects of units and periods.
    case panel

    /// What tables call it.
    var label: Phrase {
      switch self {
      case .absolute: Phrase("absolute", zh: "绝对β收敛")
      case .conditional: Phrase("conditional", zh: "条件β收敛")
      case .spatialLag: Phrase("spatial lag", zh: "空间滞后模型")
      case .spatialError: Phrase("spatial error", zh: "空间误差模型")
      case .panel: Phrase("panel, two-way effects", zh: "面板双向固定效应")
      }
    }
  }

  /// The regression.
  public let kind: Kind
  /// b; nil where there is no estimate.
  public let beta: Estimate?
  /// ρ or λ, of the spatial ones.
  public let spatial: Estimate?
  /// Why there is no estimate.
  public let reason: Phrase?
  /// The units.
  public let unitCount: Int
  /// The rows.
  public let observations: Int
  /// T, the periods over which growth is measured, and of the panel between two of its rows.
  public let span: Int
  /// Whether growth is divided by T.
  public let isPerPeriod: Bool
  /// R², of the cross-sections without space.
  public let rSquared: Double?
  /// −(1 + ρ)/(T − 1), the first-order bias of a within estimate of ρ = 1 + b, of the panel.
  public let nickellBias: Double?

  /// λ of an estimate of b: −ln(1 + bT)/T, or −ln(1 + b)/T where growth is not divided by T; nil where there is none.
  ///
  /// Source: Barro and Sala-i-Martin (1992); methods/evaluation.md, 3.5.
  func speed(of beta: Double) -> Double? {
    let factor = 1 + beta * (isPerPeriod ? Double(span) : 1)
    return factor > 0 ? -portableLogarithm(factor) / Double(span) : nil
  }

  /// The speed λ at which a gap closes, a share a period.
  public var speed: Double? { beta.flatMap { speed(of: $0.value) } }

  /// The speed's standard error by the delta method, se(b)/(1 + bT).
  public var speedStandardError: Double? {
    guard let beta, speed != nil else { return nil }
    return isPerPeriod
      ? beta.standardError / (1 + beta.value * Double(span))
      : beta.standardError / (1 + beta.value) / Double(span)
  }

  /// The speeds at the ends of b's interval, the slower first; nil where an end has none.
  public func speedInterval(_ level: Double) -> (low: Double?, high: Double?) {
    guard let beta else { return (nil, nil) }
    let interval = beta.interval(level)
    guard interval.low.isFinite, interval.high.isFinite else { return (nil, nil) }
    return (speed(of: interval.high), speed(of: interval.low))
  }

  /// ln 2/λ; nil where the gap does not close.
  public var halfLife: Double? { speed.flatMap(Self.halfLife) }

  /// The half-lives at the ends of the interval, the shorter first; nil where the gap may never close, or at once.
  public func halfLifeInterval(_ level: Double) -> (low: Double?, high: Double?) {
    let speeds = speedInterval(level)
    return (speeds.high.flatMap(Self.halfLife), speeds.low.flatMap(Self.halfLife))
  }

  private static func halfLife(_ speed: Double) -> Double? { speed > 0 ? portableLogarithm(2) / speed : nil }
}

/// σ- and β-convergence of a variable.
public struct ConvergenceResult: Sendable, Equatable {
  /// The regressions, in the order of tables.
  public let estimates: [ConvergenceEstimate]
  /// Whether dispersion fell between the first and the last period.
  public let sigma: TestResult
  /// The standard deviations of the logarithms in the first and the last period; nil without a test.
  public let dispersions: (first: Double, last: Double)?
  /// The first and the last period.
  public let periods: (first: Int, last: Int)
  /// Units that were left out, and what else the reader must know.
  public let notes: [Phrase]

  /// Whether two results are the same.
  public static func == (one: ConvergenceResult, other: ConvergenceResult) -> Bool {
    one.estimates == other.estimates && one.sigma == other.sigma
      && one.dispersions?.first == other.dispersions?.first
      && one.dispersions?.last == other.dispersions?.last
      && one.periods == other.periods && one.notes == other.notes
  }
}
