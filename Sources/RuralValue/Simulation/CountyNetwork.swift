/// Counties and who borders on whom, in the order of their codes.
///
/// The order is the network's own, so that a draw does not depend on the order of lines in a file.
public struct CountyNetwork: Sendable, Equatable {
  /// The counties that have a neighbour, by ascending code.
  public let units: [SimulatedCounty]
  /// What the counties' further names are called, `name_zh`, `name_en`.
  public let nameColumns: [String]
  /// For each county the positions of its neighbours, ascending.
  public let neighbours: [[Int]]
  /// The codes of counties that were given but have no link; they are not in `units`.
  public let unlinkedCodes: [String]

  /// A network from counties and undirected links, each given once or in both directions.
  ///
  /// Counties without a link are left out and named in `unlinkedCodes`: Furong District, which the study
  /// of Hunan does not cover. Throws `SimulationError` for a county that stands twice, a link of a county with
  /// itself or with one that is not there, and where there are no links.
  public init(
    units given: [SimulatedCounty], nameColumns: [String] = [], links: [CountyLink]
  ) throws(SimulationError) {
    let sorted = given.sorted { $0.code < $1.code }
    for (earlier, later) in zip(sorted, sorted.dropFirst()) where earlier.code == later.code {
      throw .duplicateUnit(code: later.code)
    }
    guard !links.isEmpty else { throw .noLinks }
    let linked = Set(links.flatMap { [$0.from, $0.to] })
    let units = sorted.filter { linked.contains($0.code) }
    let position = units.map(\.code).positions
    var neighbours = [Set<Int>](repeating: [], count: units.count)
    for link in links {
      guard link.from != link.to else { throw .selfLink(code: link.from) }
      for code in [link.from, link.to] where position[code] == nil {
        throw .unknownUnit(code: code, known: sorted.map(\.code))
      }
      neighbours[position[link.from]!].insert(position[link.to]!)
      neighbours[position[link.to]!].insert(position[link.from]!)
    }
    precondition(units.allSatisfy { $0.names.count == nameColumns.count }, "Every county needs every name.")
    self.units = units
    self.nameColumns = nameColumns
    self.neighbours = neighbours.map { $0.sorted() }
    unlinkedCodes = sorted.map(\.code).filter { !linked.contains($0) }
  }
}

/// A county to simulate.
public struct SimulatedCounty: Sendable, Equatable {
  /// Its code, which stays text.
  public let code: String
  /// Its names, for the network's `nameColumns`.
  public let names: [String]
  /// Whether it is an urban district (区), where farming is small and incomes are high.
  public let isUrban: Bool

  /// A county from its code and names.
  public init(code: String, names: [String] = [], isUrban: Bool) {
    self.code = code
    self.names = names
    self.isUrban = isUrban
  }

  /// A county whose names tell whether it is an urban district: one ends in 区 or in "District".
  public init(code: String, names: [String]) {
    let isUrban = names.contains { $0.hasSuffix("区") || $0.hasSuffix(" District") }
    self.init(code: code, names: names, isUrban: isUrban)
  }
}

/// Two counties that border on each other.
public struct CountyLink: Sendable, Equatable {
  /// The code of one county.
  public let from: String
  /// The code of the other.
  public let to: String

  /// A link from two codes.
  public init(from: String, to: String) {
    self.from = from
    self.to = to
  }
}

extension CountyNetwork {
  /// Pseudo-counties on a square grid, for sizes of which there is no map at hand.
  ///
  /// Each borders on the up to eight around it; every third in every third row is an urban district with its
  /// neighbour to the east, some 22 % in all. Codes are six digits from 900001 in row order. At least two.
  public static func grid(unitCount: Int) throws(SimulationError) -> CountyNetwork {
    guard (2...99_999).contains(unitCount) else { throw .unitCountOutOfRange(unitCount) }
    let width = Int(Double(unitCount).squareRoot().rounded(.up))
    let codes = (1...unitCount).map { String(900_000 + $0) }
    let units = codes.enumerated().map { position, code in
      let (row, column) = position.quotientAndRemainder(dividingBy: width)
      return SimulatedCounty(code: code, isUrban: row % 3 == 1 && column % 3 != 0)
    }
    var links: [CountyLink] = []
    for position in 0..<unitCount {
      let isFirstInRow = position % width == 0
      let isLastInRow = position % width == width - 1
      var later = [position + width]
      if !isFirstInRow { later.append(position + width - 1) }
      if !isLastInRow { later += [position + 1, position + width + 1] }
      links += later.filter { $0 < unitCount }.map { CountyLink(from: codes[position], to: codes[$0]) }
    }
    return try CountyNetwork(units: units, links: links)
  }
}

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
