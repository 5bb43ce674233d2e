/// The effects that a likelihood has, one notch finer than what a call can ask for: random effects of units
/// may stand beside fixed effects of periods, as the Hausman test of a two-way model needs them.
struct PanelEffects: Sendable, Equatable {
  /// What becomes of the units' effects.
  enum UnitEffects: Sendable, Equatable {
    case none, fixed, random
  }

  let units: UnitEffects
  let hasPeriodMeans: Bool

  var hasUnitMeans: Bool { units == .fixed }
  var isRandom: Bool { units == .random }
  /// Whether the data have no mean left, so that a constant has no place.
  var isCentred: Bool { hasUnitMeans || hasPeriodMeans }

  init(units: UnitEffects, periods: Bool) {
    self.units = units
    hasPeriodMeans = periods
  }

  init(_ effects: SpatialDurbinSpecification.Effects) {
    switch effects {
    case .unit: self.init(units: .fixed, periods: false)
    case .time: self.init(units: .none, periods: true)
    case .twoways: self.init(units: .fixed, periods: true)
    case .none: self.init(units: .none, periods: false)
    case .random: self.init(units: .random, periods: false)
    }
  }
}
