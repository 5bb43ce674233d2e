internal import RuralValueNumerics

/// Turns latent values into those that a yearbook would print.
struct IndicatorValues {
  private let magnitude: IndicatorMagnitude
  private let latent: LatentIndicator
  private let traits: CountyTraits
  private let specification: IndicatorSimulationSpecification
  /// G_τ.
  private let growth: [Double]

  init(
    _ magnitude: IndicatorMagnitude, latent: LatentIndicator, traits: CountyTraits,
    specification: IndicatorSimulationSpecification
  ) {
    self.magnitude = magnitude
    self.latent = latent
    self.traits = traits
    self.specification = specification
    growth = magnitude.accumulatedGrowth(periodCount: specification.periods.count)
  }

  /// The values, N × T, unit by unit, rounded.
  ///
  /// `drawn` holds the columns drawn before, of which this one may contain one.
  func values(containing drawn: [String: [Double]]) -> [Double] {
    switch magnitude.form {
    case .level:
      return eachValue { unit, period, z in typical(unit) * portableExponential(growth[period] + z) }
    case .percentage:
      return eachValue { unit, period, z in
        let logit = portableLogarithm(typical(unit) / (100 - typical(unit))) + growth[period] + z
        return 100 / (1 + portableExponential(-logit))
      }
    case .change:
      return eachValue { unit, _, z in
        let sizePart = magnitude.sizeElasticity * traits.size[unit]
        return portableExponential(sizePart) * (typical(unit) + abs(typical(unit)) * (z - sizePart))
      }
    case .containing(let column):
      guard let other = drawn[column] else { preconditionFailure("\(column) must be drawn before.") }
      return eachValue { unit, period, z in
        other[unit * growth.count + period] * (1 + typical(unit) * portableExponential(growth[period] + z))
      }
    case .cumulativeCount:
      return specification.network.units.indices.flatMap(cumulativeCounts)
    }
  }

  /// A value for each county and period from a function of both and of z, rounded.
  private func eachValue(_ value: (_ unit: Int, _ period: Int, _ z: Double) -> Double) -> [Double] {
    let scale = powerOfTen(magnitude.decimals)
    return specification.network.units.indices.flatMap { unit in
      growth.indices.map { period in
        let z = fixed(unit) + magnitude.fluctuation * latent.movement[unit * growth.count + period]
        // Adding zero turns −0 into 0.
        return (value(unit, period, z) * scale).rounded() / scale + 0
      }
    }
  }

  /// The counts of one county, one a period.
  private func cumulativeCounts(unit: Int) -> [Double] {
    var stream = CountyStream(
      seed: specification.seed, code: specification.network.units[unit].code, column: magnitude.column,
      purpose: "counts")
    let mean = growth.map { typical(unit) * portableExponential($0 + fixed(unit)) }
    var count = stream.poisson(mean: mean[0])
    var counts = [Double(count)]
    for period in growth.indices.dropFirst() {
      let pace = portableExponential(magnitude.fluctuation * latent.movement[unit * growth.count + period])
      count += stream.poisson(mean: (mean[period] - mean[period - 1]) * pace)
      counts.append(Double(count))
    }
    return counts
  }

  private func fixed(_ unit: Int) -> Double {
    magnitude.sizeElasticity * traits.size[unit] + latent.fixed[unit]
  }

  private func typical(_ unit: Int) -> Double {
    specification.network.units[unit].isUrban ? magnitude.typicalUrban : magnitude.typical
  }

  private func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}

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
