/// What a simulated indicator panel is to be: which counties and years, which indicators, which seed.
public struct IndicatorSimulationSpecification: Sendable, Equatable {
  /// The counties and their neighbours.
  public let network: CountyNetwork
  /// The years.
  public let periods: ClosedRange<Int>
  /// The indicators with their magnitudes.
  public let indicators: [IndicatorMagnitude]
  /// ρ of the spatial autoregression from which every trait and every shock is drawn.
  public let spatialDependence: Double
  /// The seed.
  public let seed: UInt64

  /// A specification; the indicators are by default those of the Hunan study.
  ///
  /// Throws `SimulationError.noPeriods` and `.dependenceOutOfRange`. An indicator that contains another one
  /// must stand after it: that is the programmer's to see to.
  public init(
    network: CountyNetwork, firstPeriod: Int = 2012, lastPeriod: Int = 2022,
    indicators: [IndicatorMagnitude] = IndicatorMagnitude.hunan, spatialDependence: Double = 0.8, seed: UInt64
  ) throws(SimulationError) {
    guard firstPeriod <= lastPeriod else { throw .noPeriods(first: firstPeriod, last: lastPeriod) }
    guard spatialDependence >= 0, spatialDependence < 1 else {
      throw .dependenceOutOfRange(spatialDependence)
    }
    self.network = network
    periods = firstPeriod...lastPeriod
    self.indicators = indicators
    self.spatialDependence = spatialDependence
    self.seed = seed
  }
}
