extension CountyNetwork {
  /// Row-standardised weights of the counties' neighbours.
  public var weights: SpatialWeights {
    get throws(WeightsError) {
      try SpatialWeights(
        units: units.map(\.code),
        links: neighbours.enumerated().flatMap { unit, others in
          others.map { SpatialWeights.Link(from: unit, to: $0) }
        }
      ).standardised(.row)
    }
  }
}
