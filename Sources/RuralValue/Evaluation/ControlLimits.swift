internal import RuralValueNumerics

/// Limits of an individuals chart of changes: which change of a period is beyond what the baseline lets expect.
///
/// Of the changes d_t between neighbouring periods of the baseline: centre d̄, σ = mean |d_t − d_(t−1)| / (2/√π). A change
/// of a later period is yellow more than 2σ from the centre on the bad side, red more than 3σ.
///
/// Source: Shewhart (1931); methods/evaluation.md, 5.4.
public struct ControlLimits: Sendable, Equatable {
  /// The mean of the baseline's changes.
  public let centre: Double
  /// Their standard deviation by moving ranges; zero where the baseline never varies.
  public let sigma: Double
  /// How many changes the baseline has.
  public let changes: Int

  /// d₂ of two: E|z₁ − z₂| of two standard normal numbers is 2/√π.
  private static let spread = 2 / Double.pi.squareRoot()

  /// The limits of a baseline's changes in the order of periods, nil where one is missing; nil itself with fewer than three
  /// changes or without a moving range.
  public init?(baseline: [Double?]) {
    let known = baseline.compactMap(\.self)
    let ranges = zip(baseline, baseline.dropFirst()).compactMap { earlier, later -> Double? in
      guard let earlier, let later else { return nil }
      return abs(later - earlier)
    }
    guard known.count >= 3, !ranges.isEmpty else { return nil }
    centre = known.compensatedSum / Double(known.count)
    sigma = ranges.compensatedSum / Double(ranges.count) / Self.spread
    changes = known.count
  }

  /// The standardised distance from the centre, above zero in the good direction; nil without variation.
  public func distance(of change: Double, isPositive: Bool) -> Double? {
    guard sigma > 0 else { return nil }
    return (isPositive ? change - centre : centre - change) / sigma
  }

  /// The colour of a change; green where the baseline never varied.
  public func colour(of change: Double, isPositive: Bool) -> WarningColour {
    guard let distance = distance(of: change, isPositive: isPositive) else { return .green }
    return distance < -3 ? .red : distance < -2 ? .yellow : .green
  }
}

/// How often limits warn of series in which nothing happens.
public struct FalseAlarms: Sendable, Equatable {
  /// The share of cells that are yellow or red.
  public let warned: Double
  /// The share of cells that are red.
  public let red: Double

  /// With σ known: 2.3 % and 0.13 %.
  public static var nominal: FalseAlarms {
    FalseAlarms(warned: Normal().upperTail(at: 2), red: Normal().upperTail(at: 3))
  }

  /// With σ from so many changes of a baseline, where changes are independent and normal, by simulation.
  ///
  /// A t distribution would do for a standard deviation; a moving range of few overlapping pairs has no closed form.
  /// Chunks have their own streams, so that the number depends on nothing but its arguments.
  public static func simulated(changes: Int, draws: Int = 40_000, seed: UInt64 = 1) -> FalseAlarms {
    precondition(changes >= 3, "Limits need three changes.")
    var generator = CounterBasedGenerator(seed: seed)
    var (warned, red) = (0, 0)
    for _ in 0..<draws {
      let baseline = (0..<changes).map { _ -> Double? in generator.normal() }
      guard let limits = ControlLimits(baseline: baseline) else { continue }
      // Both sides are alike, and two draws the price of one.
      let next = generator.normal()
      for isPositive in [true, false] {
        switch limits.colour(of: next, isPositive: isPositive) {
        case .green: break
        case .yellow: warned += 1
        case .red:
          warned += 1
          red += 1
        }
      }
    }
    return FalseAlarms(warned: Double(warned) / Double(2 * draws), red: Double(red) / Double(2 * draws))
  }
}
