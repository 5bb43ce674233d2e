/// What a county is like for all indicators at once, fixed over time.
struct CountyTraits: Sendable {
  /// Size in log points about a county of usual size, standard deviation `sizeSpread`.
  let size: [Double]
  /// Plain (+) or mountain (−), standardised.
  let plain: [Double]
  /// Prosperity, standardised.
  let prosperity: [Double]

  /// The standard deviation of size in log points: the largest of 121 counties is some ten times the smallest.
  static let sizeSpread = 0.45

  /// Draws the traits of every county of a specification.
  init(_ specification: IndicatorSimulationSpecification, filter: SpatialFilter) {
    func trait(_ name: String) -> [Double] {
      let shocks = specification.network.units.map { unit in
        var stream = CountyStream(seed: specification.seed, code: unit.code, column: name, purpose: "trait")
        return stream.normal()
      }
      return standardised(filter(shocks, fields: 1))
    }
    size = trait("size").map { CountyTraits.sizeSpread * $0 }
    plain = trait("plain")
    prosperity = trait("prosperity")
  }
}

/// Values less their mean, over their standard deviation; zeros where all are equal.
func standardised(_ values: [Double]) -> [Double] {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  return values.map { deviation > 0 ? ($0 - mean) / deviation : 0 }
}
