/// One indicator over all units and periods: values, how near they come, colours and what stands.
public struct EvaluatedIndicator: Sendable, Equatable {
  /// The indicator with its thresholds.
  public let entry: ScorecardIndicator
  /// The values by place, NaN where missing.
  public let values: [Double]
  /// The targets by place, NaN where there is none.
  public let targets: [Double]
  /// How near values come to their targets, not cut; NaN where undefined.
  public let attainments: [Double]
  /// How much is missing to the target, in the indicator's unit.
  public let gaps: [Double]
  /// The colours by place.
  public let colours: [WarningColour?]
  /// Why a place has no colour; nil where it has one.
  public let reasons: [Colourless?]
  /// What stands by place.
  public let standings: [StandingWarning]
  /// The changes in the baselines that judged cells were held to, by control limits.
  public let baselineChanges: [Int]
  /// How many cells control limits judged.
  public let judgedCount: Int

  /// Why a cell has no colour.
  public enum Colourless: UInt8, Sendable, Equatable {
    /// There is no value.
    case missing
    /// There is no target above zero, or no threshold for the unit's region.
    case noThreshold
    /// There are no control limits, or no change of the period.
    case noLimits
    /// The period belongs to the baseline or comes before it.
    case baseline

    /// The word in CSV and JSON.
    public var key: String {
      switch self {
      case .missing: "missing"
      case .noThreshold: "no threshold"
      case .noLimits: "no limits"
      case .baseline: "baseline"
      }
    }
  }

  /// How much is missing relative to the target; NaN where the target is zero.
  public func relativeGap(_ place: Int) -> Double {
    targets[place] == 0 ? .nan : gaps[place] / abs(targets[place])
  }
}

extension EvaluatedIndicator {
  /// An indicator of the specification's card; `regionOfPlace` names the regions that have thresholds of their own.
  init(
    _ entry: ScorecardIndicator, values: [Double], grid: EvaluationGrid,
    regionOfPlace: [String?]?, _ specification: EvaluationSpecification
  ) {
    let isPositive = entry.isPositive
    let known = entry.regional.isEmpty ? nil : regionOfPlace
    let none = ScorecardIndicator.Thresholds(target: nil)
    func thresholds(_ place: Int) -> ScorecardIndicator.Thresholds {
      (known.map { entry.thresholds(in: $0[place]) } ?? entry.general) ?? none
    }
    let held = values.indices.map(thresholds)
    self.entry = entry
    self.values = values
    targets = held.map { $0.target ?? .nan }
    attainments = zip(values, held).map {
      specification.attainment.value($0, $1, isPositive: isPositive)
    }
    gaps = zip(values, targets).map { value, target in
      value.isNaN || target.isNaN ? .nan : max(0, isPositive ? target - value : value - target)
    }
    let judged = ColouredCells(values, held, isPositive: isPositive, grid: grid, specification)
    colours = judged.colours
    reasons = values.indices.map { place in
      judged.colours[place] != nil ? nil : values[place].isNaN ? .missing : judged.reason(place)
    }
    baselineChanges = judged.baselineChanges
    judgedCount = judged.judgedCount
    standings = grid.panel.units.indices.flatMap { unit in
      StandingWarning.run(judged.colours[grid.places(ofUnit: unit)], release: specification.release)
    }
  }
}

/// The colours of one indicator by the chosen rule.
private struct ColouredCells {
  private(set) var colours: [WarningColour?]
  private(set) var baselineChanges: [Int] = []
  private(set) var judgedCount = 0
  /// The places whose periods control limits judge; nil under other rules.
  private var judgedPeriods: [Bool]?
  private let width: Int

  init(
    _ values: [Double], _ held: [ScorecardIndicator.Thresholds], isPositive: Bool, grid: EvaluationGrid,
    _ specification: EvaluationSpecification
  ) {
    colours = values.map { _ in nil }
    width = grid.width
    switch specification.rule {
    case .fixed:
      for (place, value) in values.enumerated() where !value.isNaN {
        guard let yellow = held[place].yellow, let red = held[place].red else { continue }
        colours[place] = ColourRule.fixed(value, isPositive: isPositive, yellow: yellow, red: red)
      }
    case .share(let green, let yellow):
      for (place, value) in values.enumerated() where !value.isNaN {
        guard let target = held[place].target else { continue }
        colours[place] = ColourRule.share(
          value, isPositive: isPositive, target: target, green: green, yellow: yellow)
      }
    case .quantile(let red, let yellow):
      for period in 0..<grid.width {
        let places = grid.places(ofPeriod: period)
        let own = ColourRule.quantile(
          places.map { values[$0] }, isPositive: isPositive, red: red, yellow: yellow)
        for (place, colour) in zip(places, own) { colours[place] = colour }
      }
    case .control(let from, let to):
      judge(values, isPositive: isPositive, grid: grid, from: from, to: to)
    }
  }

  private mutating func judge(
    _ values: [Double], isPositive: Bool, grid: EvaluationGrid, from: Int, to: Int
  ) {
    let frequency = grid.panel.frequency
    let baseline = frequency.bound(from, isUpper: false)...frequency.bound(to, isUpper: true)
    let periods = grid.panel.periods
    judgedPeriods = periods.map { $0 > baseline.upperBound }
    for unit in grid.panel.units.indices {
      let own = grid.places(ofUnit: unit).map { values[$0] }
      let changes = own.indices.map { period -> Double? in
        guard let before = grid.previous[period], !own[period].isNaN, !own[before].isNaN else { return nil }
        return own[period] - own[before]
      }
      let inside = periods.indices.filter { period in
        baseline.contains(periods[period])
          && grid.previous[period].map { baseline.contains(periods[$0]) } ?? false
      }
      guard let limits = ControlLimits(baseline: inside.map { changes[$0] }) else { continue }
      for (period, change) in changes.enumerated() where periods[period] > baseline.upperBound {
        guard let change else { continue }
        colours[unit * width + period] = limits.colour(of: change, isPositive: isPositive)
        baselineChanges.append(limits.changes)
        judgedCount += 1
      }
    }
  }

  /// Why a place with a value has no colour.
  func reason(_ place: Int) -> EvaluatedIndicator.Colourless {
    guard let judgedPeriods else { return .noThreshold }
    return judgedPeriods[place % width] ? .noLimits : .baseline
  }
}
