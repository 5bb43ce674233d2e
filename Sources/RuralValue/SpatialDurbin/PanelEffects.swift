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

  /// Takes fixed effects out of values in period-major order, after the spatial lag and never before it.
  ///
  /// With effects of periods D(Wy) ≠ W·D(y) unless the columns of W sum to one as well; only D(Wy) gives the
  /// estimate that explicit dummies give. Source: methods/spatial-durbin.md, item 1.
  func demeaning(unitCount: Int, periodCount: Int) -> Demeaning {
    var ways: [Grouping] = []
    if hasUnitMeans { ways.append(.units(unitCount: unitCount, periodCount: periodCount)) }
    if hasPeriodMeans {
      let periods = (0..<unitCount * periodCount).map { $0 / unitCount }
      ways.append(Grouping(periods, groupCount: periodCount))
    }
    return Demeaning(ways)
  }
}

extension Grouping {
  /// The units of values in period-major order.
  static func units(unitCount: Int, periodCount: Int) -> Grouping {
    Grouping((0..<unitCount * periodCount).map { $0 % unitCount }, groupCount: unitCount)
  }
}
