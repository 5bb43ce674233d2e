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
