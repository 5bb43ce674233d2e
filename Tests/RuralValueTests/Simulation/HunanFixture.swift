import Foundation
import RuralValue
import TestSupport

/// The Hunan study's counties and links as the fixtures have them, and the simulated panel's file.
enum HunanFixture {
  /// The seed of `panel-simulated.csv`.
  static let seed: UInt64 = 20_122_022

  /// What `panel-simulated.csv` was drawn from.
  static func specification(seed: UInt64 = seed) throws -> IndicatorSimulationSpecification {
    try IndicatorSimulationSpecification(network: network(), seed: seed)
  }

  /// One draw that tests share: the one in the file.
  static let drawn = Result { try IndicatorSimulator().draw(specification()) }

  /// The 121 counties and their 315 links.
  static func network() throws -> CountyNetwork {
    try CountyNetwork(units: counties(), nameColumns: ["name_zh", "name_en"], links: links())
  }

  /// All 122 counties.
  static func counties() throws -> [SimulatedCounty] {
    try cells("data/hunan/counties.csv").map { SimulatedCounty(code: $0[0], names: [$0[1], $0[2]]) }
  }

  /// The links between 121 of them.
  static func links() throws -> [CountyLink] {
    try cells("data/hunan/queen.csv").map { CountyLink(from: $0[0], to: $0[1]) }
  }

  /// The rows below the header of a fixture without quoted cells.
  static func cells(_ path: String) throws -> [[String]] {
    try ProjectFiles.fixtureText(path).split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// A table as CSV: shortest round-trip numbers, `\n` line ends.
  static func csv(_ table: ResultTable) -> String {
    let columns = table.columns.map { column -> [String] in
      switch column.values {
      case .text(let cells): cells.map { $0 ?? "" }
      case .phrase(let cells): cells.map(\.english)
      case .remark(let cells): cells.map { $0?.english ?? "" }
      case .number(let cells): cells.map(shortest)
      case .integer(let cells): cells.map { $0.map(String.init) ?? "" }
      }
    }
    let header = table.columns.map(\.name).joined(separator: ",")
    let lines = (0..<table.rowCount).map { row in columns.map { quoted($0[row]) }.joined(separator: ",") }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }

  /// A cell that holds the separator stands in quotation marks.
  private static func quoted(_ cell: String) -> String { cell.contains(",") ? "\"\(cell)\"" : cell }

  private static func shortest(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
