import Foundation
import RuralValue
import TestSupport

/// The reference numbers of Fixtures/reference/gmm, and the panels on which they were computed.
enum GMMReference {
  static let abdata = try! panel("abdata.csv", variables: ["n", "w", "k", "ys"])
  /// The 96 specifications by name; read anew each time, for JSONSerialization's values are not Sendable.
  static var specifications: [[String: Any]] { try! load("abdata.json") }

  static func load(_ file: String) throws -> [[String: Any]] {
    let data = try Data(contentsOf: ProjectFiles.fixture("reference/gmm/\(file)"))
    let value = try JSONSerialization.jsonObject(with: data)
    return (value as? [[String: Any]]) ?? [value as! [String: Any]]
  }

  /// A panel of a fixture, read without the project's own CSV reader.
  static func panel(
    _ file: String, unit: String = "id", time: String = "year", variables: [String],
    dropping: (_ unit: String, _ time: Int) -> Bool = { _, _ in false }
  ) throws -> Panel {
    let lines = try ProjectFiles.fixtureText("reference/gmm/\(file)").split(whereSeparator: \.isNewline)
    let header = lines[0].split(separator: ",").map(String.init)
    let rows = lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    func column(_ name: String) -> Int { header.firstIndex(of: name)! }
    let kept = rows.filter { !dropping($0[column(unit)], Int($0[column(time)])!) }
    return try Panel(
      source: file, unitColumn: unit, timeColumn: time, unitOfRow: kept.map { $0[column(unit)] },
      timeOfRow: kept.map { Int($0[column(time)])! },
      variables: variables.map { name in (name, kept.map { Double($0[column(name)]) ?? .nan }) })
  }

  /// `L1.n` as this program writes it: `lag(n, 1)`.
  static func term(_ name: String) -> String {
    if name == "_cons" { return "(Intercept)" }
    if name.hasPrefix("yr") { return "time=\(name.dropFirst(2))" }
    guard name.first == "L", let dot = name.firstIndex(of: ".") else { return name }
    return "lag(\(name[name.index(after: dot)...]), \(name.dropFirst().prefix(upTo: dot)))"
  }
}
