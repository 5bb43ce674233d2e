import RuralValueNumerics

@testable import RuralValue

/// The 121 counties of the Hunan study over 2012–2022, and random fields over them.
struct PlantedCounties {
  let network: CountyNetwork
  let years = Array(2012...2022)
  private var generator: CounterBasedGenerator

  init(seed: UInt64) throws {
    network = try HunanFixture.network()
    generator = CounterBasedGenerator(seed: seed)
  }

  var count: Int { network.units.count }

  /// Standard normals, one a county; with dependence above zero counties are like their neighbours.
  mutating func normals(dependence: Double = 0) -> [Double] {
    let draws = generator.normals(count)
    guard dependence > 0 else { return draws }
    let smooth = SpatialFilter(neighbours: network.neighbours, dependence: dependence)(draws, fields: 1)
    let scale = 1 / smooth.sampleStandardDeviation
    return smooth.scaled(by: scale)
  }

  /// A field of counties and years: each year keeps a share of the year before. Row order, unit by unit.
  mutating func field(dependence: Double, persistence: Double) -> [Double] {
    var rows = [Double](repeating: 0, count: count * years.count)
    var current = normals(dependence: dependence)
    for t in years.indices {
      for unit in 0..<count { rows[unit * years.count + t] = current[unit] }
      let fresh = normals(dependence: dependence)
      let share = (1 - persistence * persistence).squareRoot()
      current = current.scaled(by: persistence).plus(fresh.scaled(by: share))
    }
    return rows
  }

  /// A number a county and one a year, in row order.
  func rows(_ units: [Double], _ periods: [Double]) -> [Double] {
    units.flatMap { unit in periods.map { unit + $0 } }
  }

  /// A straight line from one value in 2012 to another in 2022.
  func trend(_ first: Double, _ last: Double) -> [Double] {
    years.indices.map { first + (last - first) * Double($0) / Double(years.count - 1) }
  }

  /// Row-standardised queen contiguity.
  func weights() throws -> SpatialWeights {
    let links = network.neighbours.enumerated().flatMap { i, list in
      list.map { SpatialWeights.Link(from: i, to: $0) }
    }
    return try SpatialWeights(units: network.units.map(\.code), links: links).standardised(.row)
  }

  /// A panel of these counties with the given columns in row order.
  func panel(_ variables: [(name: String, values: [Double])]) throws -> Panel {
    try Panel(
      source: "planted", unitColumn: "code", timeColumn: "year",
      unitOfRow: network.units.flatMap { unit in years.map { _ in unit.code } },
      timeOfRow: network.units.flatMap { _ in years }, variables: variables)
  }

  /// The decimals of the file.
  static let decimals = 10

  /// Numbers as the file has them.
  static func rounded(_ values: [Double]) -> [Double] {
    let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    return values.map { ($0 * scale).rounded() / scale }
  }

  /// The file: keys, names, `simulated`, and the columns.
  func csv(_ variables: [(name: String, values: [Double])]) -> String {
    let header = "code,year,name_zh,name_en,simulated," + variables.map(\.name).joined(separator: ",")
    let lines = network.units.enumerated().flatMap { unit, county in
      years.enumerated().map { t, year in
        ([county.code, "\(year)"] + county.names + ["yes"]
          + variables.map { FixedDecimals.text($0.values[unit * years.count + t], decimals: Self.decimals) })
          .joined(separator: ",")
      }
    }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }
}
