/// What stands behind the values of one indicator: a fixed part a county and a moving one.
struct LatentIndicator: Sendable {
  /// The fixed part of z for each county, apart from size.
  let fixed: [Double]
  /// The movement u about it: N × T, unit by unit; standard deviation 1.
  let movement: [Double]

  /// Draws the latent values of an indicator.
  init(
    _ magnitude: IndicatorMagnitude, traits: CountyTraits, filter: SpatialFilter,
    specification: IndicatorSimulationSpecification
  ) {
    let units = specification.network.units
    let periodCount = specification.periods.count
    let fieldCount = periodCount + 1
    var shocks: [Double] = []
    shocks.reserveCapacity(units.count * fieldCount)
    for unit in units {
      var stream = CountyStream(
        seed: specification.seed, code: unit.code, column: magnitude.column, purpose: "latent")
      shocks.append(stream.normal())
      var movement = stream.normal()
      shocks.append(movement)
      for _ in 1..<max(periodCount, 1) {
        movement =
          magnitude.persistence * movement
          + (1 - magnitude.persistence * magnitude.persistence).squareRoot() * stream.normal()
        shocks.append(movement)
      }
    }
    // The filter is linear, so an autoregression of spread shocks is a spread autoregression.
    let fields = filter(shocks, fields: fieldCount)
    let own = standardised(units.indices.map { fields[$0 * fieldCount] })
    fixed = units.indices.map { unit in
      magnitude.plainLoading * traits.plain[unit] + magnitude.prosperityLoading * traits.prosperity[unit]
        + magnitude.spread * own[unit]
    }
    movement = standardised(
      units.indices.flatMap { fields[($0 * fieldCount + 1)..<(($0 + 1) * fieldCount)] })
  }
}
