internal import RuralValueNumerics

/// Everything that is random in a simulated panel, with the periods that run before it.
///
/// Which stream a number comes from follows from names: a unit's errors stay what they are when units, regressors
/// or later periods are added, and whatever the burn-in is.
struct SimulationDraws: Sendable {
  /// The regressors over all periods, those before the first included.
  let panel: Panel
  /// One a unit.
  let unitEffects: [Double]
  /// One a period of `panel`.
  let periodEffects: [Double]
  /// In row order.
  let errors: [Double]

  /// Draws a design with some periods before its first.
  init(_ design: SimulationDesign, burnIn: Int) throws {
    let periods = (design.periods.lowerBound - burnIn)...design.periods.upperBound
    let cells = Double(design.units.count) * Double(periods.count)
    let columns = Double(design.regressors.count + design.nameColumns.count + 2)
    try MemoryLimit.require(
      bytes: cells * (250 + 60 * columns),
      for:
        "A panel of \(grouped(design.units.count)) units × \(grouped(periods.count)) periods, those before the first"
        + " included, × \(grouped(columns)) columns",
      remedy: "Draw fewer units or periods")
    let effects = design.units.map { unit in
      var stream = CountyStream(
        seed: design.streamSeed, code: unit, column: design.outcome, purpose: "unit effect")
      return design.unitDeviation * stream.normal()
    }
    periodEffects = periods.map { period in
      var stream = CountyStream(
        seed: design.streamSeed, code: "\(period)", column: design.outcome, purpose: "time effect")
      return design.timeDeviation * stream.normal()
    }
    var shocks: [[Double]] = []
    var deviations: [Double] = []
    for unit in design.units {
      shocks.append(Self.series(design, unit, column: design.outcome, burnIn: burnIn))
      var stream = CountyStream(
        seed: design.streamSeed, code: unit, column: design.outcome, purpose: "spread")
      let h = design.heteroskedasticity
      deviations.append(design.errorDeviation * portableExponential(h * stream.normal() - h * h))
    }
    let regressors = design.regressors.map { column in
      design.units.indices.flatMap { unit in
        Self.regressor(
          design, design.units[unit], column, effect: effects[unit], shocks: shocks[unit], burnIn: burnIn)
      }
    }
    unitEffects = effects
    errors = design.units.indices.flatMap { unit in shocks[unit].map { deviations[unit] * $0 } }
    panel = try Panel(
      source: "the simulated panel", unitColumn: "code", timeColumn: "year",
      unitOfRow: design.units.flatMap { [String](repeating: $0, count: periods.count) },
      timeOfRow: design.units.flatMap { _ in Array(periods) },
      variables: zip(design.regressors, regressors).map { ($0, $1) })
  }

  /// Standard normal numbers, one a period; those before the first period go backwards from it.
  private static func series(
    _ design: SimulationDesign, _ unit: String, column: String, burnIn: Int
  ) -> [Double] {
    var before = CountyStream(seed: design.streamSeed, code: unit, column: column, purpose: "shocks before")
    var after = CountyStream(seed: design.streamSeed, code: unit, column: column, purpose: "shocks")
    let earlier = (0..<burnIn).map { _ in before.normal() }
    return earlier.reversed() + design.periods.map { _ in after.normal() }
  }

  private static func regressor(
    _ design: SimulationDesign, _ unit: String, _ column: String, effect: Double, shocks: [Double],
    burnIn: Int
  ) -> [Double] {
    let own = series(design, unit, column: column, burnIn: burnIn)
    let r = design.dependence == .exogenous ? 0 : design.feedback
    let phi = design.persistence
    let shift = design.dependence == .predetermined ? 1 : 0
    var state = 0.0
    var values: [Double] = []
    for t in own.indices {
      let error = t >= shift ? shocks[t - shift] : 0
      let shock = r * error + (1 - r * r).squareRoot() * own[t]
      state = t == 0 ? shock : phi * state + (1 - phi * phi).squareRoot() * shock
      let share = design.unitDeviation > 0 ? effect / design.unitDeviation : 0
      values.append(design.effectLoading * share + state)
    }
    return values
  }
}
