import Foundation
import RuralValue
import TestSupport

/// Hunan's links and the simulated scores behind the reference numbers of overlaps.
struct OverlapReference {
  let root: [String: Any]

  init() throws {
    let data = try Data(contentsOf: ProjectFiles.fixture("reference/overlap/overlap.json"))
    root = try JSONSerialization.jsonObject(with: data) as! [String: Any]
  }

  func part(_ path: String...) -> [String: Any] {
    path.reduce(root) { $0[$1] as! [String: Any] }
  }

  static let units: [String] = Set(pairs.flatMap { [$0.0, $0.1] }).sorted()

  private static let pairs = rows("data/hunan/queen.csv").map { ($0[0], $0[1]) }

  static let weights: SpatialWeights = {
    let place = Dictionary(uniqueKeysWithValues: zip(units, units.indices))
    return try! SpatialWeights(
      units: units,
      links: pairs.flatMap { a, b in
        [.init(from: place[a]!, to: place[b]!), SpatialWeights.Link(from: place[b]!, to: place[a]!)]
      })
  }()

  /// A score of one year, in the order of units; the longitude where the name is that.
  static func values(_ name: String, _ year: String) -> [Double] {
    let isScore = name != "longitude"
    let rows = rows(isScore ? "reference/overlap/hunan-scores-VP.csv" : "data/hunan/counties.csv")
    let column = isScore ? (name == "V" ? 2 : 3) : 5
    let values = Dictionary(
      rows.filter { !isScore || $0[1] == year }.map { ($0[0], Double($0[column])!) },
      uniquingKeysWith: { first, _ in first })
    return units.map { values[$0]! }
  }

  private static func rows(_ path: String) -> [[String]] {
    try! ProjectFiles.fixtureText(path).split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
