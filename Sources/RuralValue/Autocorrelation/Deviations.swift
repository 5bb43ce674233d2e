internal import RuralValueNumerics

/// The deviations z = x − x̄ of a cross-section and their moments.
struct Deviations: Equatable {
  let z: [Double]
  let mean: Double
  /// z′z.
  let sumOfSquares: Double

  /// The number of units, n.
  var count: Int { z.count }
  /// m₂ = z′z / n.
  var variance: Double { sumOfSquares / Double(count) }
  /// m₄ = Σ z⁴ / n.
  var fourthMoment: Double { z.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(count) }

  /// Throws where there are too few units or all have the same value.
  init(
    _ section: CrossSection, variable: String, needed: Int, statistic: String
  ) throws(AutocorrelationError) {
    let values = section.values
    guard values.count >= needed else {
      throw .tooFewUnits(found: values.count, needed: needed, statistic: statistic, period: section.period)
    }
    guard values.contains(where: { $0 != values[0] }) else {
      throw .constant(variable: variable, period: section.period)
    }
    let mean = values.mean
    z = values.map { $0 - mean }
    self.mean = mean
    sumOfSquares = values.centredSumOfSquares
  }

  /// z′Wz.
  func crossProduct(_ weights: SpatialWeights) -> Double {
    let lag = weights.spatialLag(z)
    var sum = CompensatedSum()
    for i in z.indices { sum.add(product: z[i], lag[i]) }
    return sum.value
  }

  /// Σ w_ij (z_i − z_j)².
  func squaredDifferences(_ weights: SpatialWeights) -> Double {
    var sum = CompensatedSum()
    for i in z.indices {
      for place in weights.row(i) {
        let difference = z[i] - z[Int(weights.neighbours[place])]
        sum.add(weights.values[place] * difference * difference)
      }
    }
    return sum.value
  }
}
