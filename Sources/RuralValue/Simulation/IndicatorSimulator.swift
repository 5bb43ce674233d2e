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
  /// Throws `SimulationError.noPeriods`, `.dependenceOutOfRange` and `.tooLarge`. An indicator that contains another one
  /// must stand after it: that is the programmer's to see to.
  public init(
    network: CountyNetwork, firstPeriod: Int = 2012, lastPeriod: Int = 2022,
    indicators: [IndicatorMagnitude] = IndicatorMagnitude.hunan, spatialDependence: Double = 0.8, seed: UInt64
  ) throws(SimulationError) {
    guard firstPeriod <= lastPeriod else { throw .noPeriods(first: firstPeriod, last: lastPeriod) }
    // Nearer to one, the sum over ever farther neighbours has no end that anybody would live to see.
    guard spatialDependence >= 0, spatialDependence <= 0.9999 else {
      throw .dependenceOutOfRange(spatialDependence)
    }
    let columns = indicators.count + network.nameColumns.count
    let periodCount = Double(lastPeriod) - Double(firstPeriod) + 1
    // Keys and names as text, every indicator as numbers and all of it as the text that is written.
    try MemoryLimit.require(
      bytes: Double(network.units.count) * periodCount * (200 + 40 * Double(columns)),
      for:
        "A panel of \(grouped(network.units.count)) units × \(grouped(periodCount)) periods × \(columns) columns",
      remedy: "Draw fewer units or periods", orThrow: SimulationError.tooLarge)
    for magnitude in indicators {
      let growth = (periodCount - 1) * (magnitude.growthAtStart + magnitude.growthAtEnd) / 2
      // Things are counted one by one; amounts need only stay numbers.
      guard growth <= (magnitude.form == .cumulativeCount ? 12 : 500) else {
        throw .growthTooLong(column: magnitude.column, periods: periodCount, growth: growth)
      }
    }
    self.network = network
    periods = firstPeriod...lastPeriod
    self.indicators = indicators
    self.spatialDependence = spatialDependence
    self.seed = seed
  }
}

/// A simulated panel: every county in every year, in the order of codes and years.
public struct IndicatorSimulationResult: Sendable, Equatable {
  /// The counties.
  public let units: [SimulatedCounty]
  /// What the counties' further names are called.
  public let nameColumns: [String]
  /// The years.
  public let periods: [Int]
  /// The indicators' column names.
  public let columns: [String]
  /// The values of each indicator, N × T, unit by unit.
  public let values: [[Double]]
  /// The seed from which they came.
  public let seed: UInt64

  /// A result from its parts.
  init(
    units: [SimulatedCounty], nameColumns: [String], periods: [Int], columns: [String], values: [[Double]],
    seed: UInt64
  ) {
    self.units = units
    self.nameColumns = nameColumns
    self.periods = periods
    self.columns = columns
    self.values = values
    self.seed = seed
  }

  /// The values of an indicator, or nil where there is none of this name.
  public func values(of column: String) -> [Double]? {
    columns.firstIndex(of: column).map { values[$0] }
  }
}

/// Sets out a simulated panel: code, year, names, the mark `simulated`, and one column an indicator.
public enum IndicatorSimulationTable {
  /// The table, named `panel-simulated`.
  ///
  /// Every row says `yes` under `simulated`, so that no cut of the file passes for data.
  public static func table(of result: IndicatorSimulationResult) -> ResultTable {
    let rows = result.units.flatMap { unit in result.periods.map { (unit, $0) } }
    var columns = [
      ResultColumn("code", Phrase("County code", zh: "县域代码"), .text(rows.map { $0.0.code })),
      ResultColumn("year", Phrase("Year", zh: "年份"), .integer(rows.map { $0.1 })),
    ]
    for (position, name) in result.nameColumns.enumerated() {
      columns.append(
        ResultColumn(name, Phrase(verbatim: name), .text(rows.map { $0.0.names[position] })))
    }
    columns.append(
      ResultColumn("simulated", Phrase("Simulated", zh: "模拟数据"), .text(rows.map { _ in "yes" })))
    for (name, values) in zip(result.columns, result.values) {
      columns.append(ResultColumn(name, Phrase(verbatim: name), .number(values)))
    }
    return ResultTable(
      name: "panel-simulated", title: Phrase("Simulated county panel", zh: "模拟县域面板"), columns: columns,
      notes: [
        Phrase(
          "Simulated data, drawn by ruralvalue with seed \(result.seed): not observations of any county.",
          zh: "本数据为模拟数据，由 ruralvalue 以随机种子 \(result.seed) 生成，并非任何县域的实际观测值。")
      ])
  }
}
