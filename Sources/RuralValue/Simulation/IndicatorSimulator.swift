/// Draws a panel of indicators that looks like a county yearbook, and is none.
///
/// Counties differ by fixed traits (size, plain or mountain, prosperity, urban district or not) and by a
/// fixed effect of each indicator; around these every indicator moves as a first-order autoregression. All
/// traits, effects and movements are spatial autoregressions y = (I − ρW)⁻¹ε on the network. Indicators that
/// load on the same traits are correlated with each other; beyond that nothing drives anything, so the panel
/// exercises programs and shows nothing about rural development. `IndicatorMagnitude` has the equations.
public struct IndicatorSimulator: Sendable {
  /// A simulator; it has no state.
  public init() {}

  /// The panel that a specification describes: the same on every machine and for any number of threads.
  public func draw(_ specification: IndicatorSimulationSpecification) -> IndicatorSimulationResult {
    let filter = SpatialFilter(
      neighbours: specification.network.neighbours, dependence: specification.spatialDependence)
    let traits = CountyTraits(specification, filter: filter)
    var drawn: [String: [Double]] = [:]
    let values = specification.indicators.map { magnitude in
      let latent = LatentIndicator(magnitude, traits: traits, filter: filter, specification: specification)
      let values = IndicatorValues(magnitude, latent: latent, traits: traits, specification: specification)
        .values(containing: drawn)
      drawn[magnitude.column] = values
      return values
    }
    return IndicatorSimulationResult(
      units: specification.network.units, nameColumns: specification.network.nameColumns,
      periods: Array(specification.periods), columns: specification.indicators.map(\.column), values: values,
      seed: specification.seed)
  }
}
