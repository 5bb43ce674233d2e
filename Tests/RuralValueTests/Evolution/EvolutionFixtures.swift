import Foundation
import TestSupport

@testable import RuralValue

/// The made-up counties and Hunan's simulated scores behind the reference numbers of `evolve`.
enum EvolutionFixtures {
  static func reference(_ name: String) throws -> [String: Any] {
    let text = try ProjectFiles.fixtureText("reference/evaluation/\(name).json")
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as! [String: Any]
  }

  static let links = rows("reference/evaluation/links.csv").dropFirst().map { ($0[0], $0[1]) }
  static let hunanLinks = rows("data/hunan/queen.csv").dropFirst().map { ($0[0], $0[1]) }

  /// 24 counties, 2018 to 2023, with dummies of the regions.
  static let panel: Panel = {
    let lines = rows("reference/evaluation/panel.csv")
    let (header, cells) = (lines[0], Array(lines.dropFirst()))
    let numbers = header.indices.filter { ![0, 1, 2, 3].contains($0) }.map { column in
      (name: header[column], values: cells.map { Double($0[column]) ?? .nan })
    }
    let regions = ["PRD", "East", "West", "North"].map { region in
      (
        name: FormulaLevels.variable(of: "region", level: region),
        values: cells.map { $0[2] == region ? 1.0 : 0 }
      )
    }
    return try! Panel(
      source: "panel.csv", unitOfRow: cells.map { $0[0] }, timeOfRow: cells.map { Int($0[1])! },
      variables: numbers + regions)
  }()

  /// 121 counties of Hunan, 2012 to 2022.
  static let hunan: Panel = {
    let cells = rows("reference/evaluation/hunan-scores-VP.csv").dropFirst()
    return try! Panel(
      source: "hunan", unitOfRow: cells.map { $0[0] }, timeOfRow: cells.map { Int($0[1])! },
      variables: [("V", cells.map { Double($0[2])! }), ("P", cells.map { Double($0[3])! })])
  }()

  /// Links both ways over all units of a panel; who has none is an island.
  static func weights(_ links: [(String, String)], of panel: Panel) -> SpatialWeights {
    let place = Dictionary(uniqueKeysWithValues: zip(panel.units, panel.units.indices))
    return try! SpatialWeights(
      units: panel.units,
      links: links.flatMap { a, b -> [SpatialWeights.Link] in
        guard let i = place[a], let j = place[b] else { return [] }
        return [.init(from: i, to: j), .init(from: j, to: i)]
      })
  }

  static let hunanPlaces: UnitPlaces = {
    let lines = rows("data/hunan/counties.csv").dropFirst()
    var places = try! UnitPlaces(
      PolygonLayer(
        source: "counties.csv", places: lines.map { .init(x: Double($0[5])!, y: Double($0[6])!) }),
      ids: lines.map { $0[0] })
    // The reference projects the points as `map` projects the polygons, whose extent is this.
    places.corners = [.init(x: 108.7831, y: 24.6344), .init(x: 114.2541, y: 30.1271)]
    return places
  }()

  static func specification(_ change: (inout EvolutionSpecification) -> Void) -> EvolutionSpecification {
    var specification = EvolutionSpecification()
    change(&specification)
    return specification
  }

  /// A panel of one variable: a row a unit, a column a period from 1 on; NaN is missing.
  static func panel(_ values: [[Double]], times: [Int]? = nil) -> Panel {
    let count = values[0].count
    let times = times ?? Array(1...count)
    return try! Panel(
      source: "made up", unitOfRow: values.indices.flatMap { unit in (0..<count).map { _ in "u\(unit)" } },
      timeOfRow: values.flatMap { _ in times }, variables: [("y", values.flatMap(\.self))])
  }

  private static func rows(_ path: String) -> [[String]] {
    try! ProjectFiles.fixtureText(path).split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
