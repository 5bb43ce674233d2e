internal import RuralValueNumerics

/// How the productivity of one unit changed between two periods: Malmquist's index, with bad outputs that of Malmquist
/// and Luenberger.
///
/// Contemporaneous, of output distances d = 1/φ under constant returns, d^s(t) of the point of t against the frontier of s:
/// EC = d^b(b)/d^a(a), TC = √[d^a(b)/d^b(b) · d^a(a)/d^b(a)], M = EC·TC. Global: M = d^G(b)/d^G(a), TC = M/EC. EC is its
/// pure part, of distances under variable returns, times its scale part. With bad outputs each d is 1/(1 + β) of the
/// directional distance β. Above one is better.
///
/// Source: Färe, Grosskopf, Norris and Zhang (1994); Pastor and Lovell (2005); Chung, Färe and Grosskopf (1997); Oh (2010).
public struct ProductivityChange: Sendable, Equatable {
  /// The unit.
  public let unit: String
  /// The earlier and the later period.
  public let from: Int, to: Int
  /// M; nil where a programme between the periods has no answer.
  public let malmquist: Double?
  /// EC.
  public let efficiencyChange: Double
  /// TC.
  public let technicalChange: Double?
  /// The pure part of EC; nil with bad outputs.
  public let pureEfficiencyChange: Double?
  /// With bad outputs, Luenberger's differences; nil without.
  public let luenberger: Luenberger?
  /// Why the change has no number.
  public let reason: Phrase?
  /// The largest duality gap of the programmes.
  public let dualityGap: Double

  /// The scale part of EC.
  public var scaleChange: Double? { pureEfficiencyChange.map { efficiencyChange / $0 } }

  /// Changes as differences of directional distances: L = EC + TC; above zero is better. Source: Chambers et al. (1996).
  public struct Luenberger: Sendable, Equatable {
    /// L.
    public let total: Double?
    /// D^a(a) − D^b(b).
    public let efficiency: Double
    /// What is left of L.
    public let technical: Double?
  }
}

/// The changes of all units between neighbouring periods, and over the whole span.
struct ProductivityMeasurement {
  private let sample: ProductionSample
  private let panel: Panel
  private let frontier: EfficiencySpecification.Frontier
  private let isDirectional: Bool
  /// The rows of each period by unit, as places in the period's set.
  private let placeOfUnit: [[Int: Int]]
  private var programs: [EnvelopmentProgram]
  private var pooled: EnvelopmentProgram?
  private var own: [[Distance]] = []
  private var pure: [[Distance]] = []
  private var global: [[Distance]] = []

  /// 1/φ or 1/(1 + β) of a point, and β; nil where nothing compares.
  private struct Distance {
    let ratio: Double?
    let beta: Double?
    let gap: Double
  }

  /// Throws `EfficiencyError.unsolved`.
  init(
    _ panel: Panel, _ sample: ProductionSample, _ frontier: EfficiencySpecification.Frontier,
    hasUndesirable: Bool
  ) throws(EfficiencyError) {
    self.panel = panel
    self.sample = sample
    self.frontier = frontier
    isDirectional = hasUndesirable
    placeOfUnit = sample.rowsOfPeriod.map { rows in
      Dictionary(uniqueKeysWithValues: rows.enumerated().map { (panel.unitOfRow[$1], $0) })
    }
    let form: EnvelopmentProgram.Form = isDirectional ? .directional : .radialOutput
    programs = sample.sets.map { EnvelopmentProgram($0, form, .free) }
    var variable = isDirectional ? [] : sample.sets.map { EnvelopmentProgram($0, form, .one) }
    if frontier == .global { pooled = EnvelopmentProgram(.pooled(sample.sets), form, .free) }
    var firstOfPeriod = 0
    for period in sample.sets.indices {
      let count = sample.sets[period].count
      var (own, pure, global) = ([Distance](), [Distance](), [Distance]())
      for place in 0..<count {
        own.append(try distance(&programs[period], of: place, in: period, unit: place))
        if !isDirectional { pure.append(try distance(&variable[period], of: place, in: period, unit: place)) }
        if pooled != nil {
          global.append(try distance(&pooled!, of: place, in: period, unit: firstOfPeriod + place))
        }
      }
      self.own.append(own)
      self.pure.append(pure)
      self.global.append(global)
      firstOfPeriod += count
    }
  }

  /// The changes of the units that both periods have, given by their places.
  mutating func changes(from first: Int, to last: Int) throws(EfficiencyError) -> [ProductivityChange] {
    var changes: [ProductivityChange] = []
    for row in sample.rowsOfPeriod[first] {
      let unit = panel.unitOfRow[row]
      guard let a = placeOfUnit[first][unit], let b = placeOfUnit[last][unit] else { continue }
      changes.append(try change(a, b, from: first, to: last, unit: panel.units[unit]))
    }
    return changes
  }

  private mutating func change(_ a: Int, _ b: Int, from first: Int, to last: Int, unit: String)
    throws(EfficiencyError) -> ProductivityChange
  {
    let (before, after) = (own[first][a], own[last][b])
    let efficiency = (after.ratio ?? .nan) / (before.ratio ?? .nan)
    var gap = max(before.gap, after.gap)
    var malmquist: Double?
    var total: Double?
    var reason: Phrase?
    switch frontier {
    case .global:
      let (one, other) = (global[first][a], global[last][b])
      gap = max(gap, one.gap, other.gap)
      malmquist = (other.ratio ?? .nan) / (one.ratio ?? .nan)
      total = one.beta.flatMap { beta in other.beta.map { beta - $0 } }
    case .contemporaneous:
      let later = try distance(&programs[first], of: b, in: last)
      let earlier = try distance(&programs[last], of: a, in: first)
      gap = max(gap, later.gap, earlier.gap)
      if let d = later.ratio, let e = earlier.ratio {
        malmquist = (efficiency * d / e).squareRoot()
      }
      if let d = later.beta, let e = earlier.beta, let own = before.beta, let new = after.beta {
        total = ((own - d) + (e - new)) / 2
      }
      reason = Self.reason(
        later: later.beta, earlier: earlier.beta, isDirectional: isDirectional, hasNumber: malmquist != nil)
    }
    let technical = malmquist.map { $0 / efficiency }
    var luenberger: ProductivityChange.Luenberger?
    if isDirectional, let one = before.beta, let other = after.beta {
      luenberger = .init(
        total: total, efficiency: one - other, technical: total.map { $0 - (one - other) })
    }
    if !isDirectional { gap = max(gap, pure[first][a].gap, pure[last][b].gap) }
    return ProductivityChange(
      unit: unit, from: panel.periods[first], to: panel.periods[last], malmquist: malmquist,
      efficiencyChange: efficiency, technicalChange: technical,
      pureEfficiencyChange: isDirectional
        ? nil : (pure[last][b].ratio ?? .nan) / (pure[first][a].ratio ?? .nan), luenberger: luenberger,
      reason: reason, dualityGap: gap)
  }

  private static func reason(later: Double?, earlier: Double?, isDirectional: Bool, hasNumber: Bool)
    -> Phrase?
  {
    guard isDirectional, !hasNumber else { return nil }
    switch (later == nil, earlier == nil) {
    case (true, true):
      return Phrase(
        "both programmes between the periods are infeasible", zh: "两个跨期规划均无可行解")
    case (true, false):
      return Phrase("later point, earlier frontier: infeasible", zh: "后期观测点对前期前沿无可行解")
    case (false, true):
      return Phrase("earlier point, later frontier: infeasible", zh: "前期观测点对后期前沿无可行解")
    case (false, false):
      return Phrase("a distance of −1 or below has no ratio", zh: "方向距离不大于−1，比率无定义")
    }
  }

  private func distance(
    _ program: inout EnvelopmentProgram, of place: Int, in period: Int, unit: Int? = nil
  ) throws(EfficiencyError) -> Distance {
    do {
      let optimum = try program.optimum(of: sample.sets[period].point(place), unit: unit)
      guard let optimum else { return Distance(ratio: nil, beta: nil, gap: 0) }
      guard isDirectional else {
        return Distance(ratio: 1 / optimum.factor, beta: nil, gap: optimum.gap)
      }
      // A unit on its own frontier is at distance zero, but for rounding.
      let isRounding = unit != nil && optimum.factor < 1 - UnitEfficiency.threshold
      let beta = isRounding ? 0 : optimum.factor
      return Distance(ratio: beta > -1 ? 1 / (1 + beta) : nil, beta: beta, gap: optimum.gap)
    } catch {
      throw .unsolved(
        unit: panel.unit(ofRow: sample.rowsOfPeriod[period][place]),
        period: panel.frequency.label(panel.periods[period]), reason: error.description)
    }
  }
}
