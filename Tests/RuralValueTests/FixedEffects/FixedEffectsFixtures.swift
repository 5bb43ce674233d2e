import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// The panels and reference numbers under `Fixtures/reference/fe`.
enum FixedEffectsFixtures {
  /// One specification of a reference file.
  struct Specification: @unchecked Sendable, CustomTestStringConvertible {
    let values: [String: Any]

    var name: String { values["spec"] as? String ?? "" }
    var testDescription: String { name }
    var model: String { values["model"] as? String ?? "" }
    var data: String { values["data"] as? String ?? "" }

    func text(_ key: String) -> String { values[key] as? String ?? "" }
    func texts(_ key: String) -> [String] { values[key] as? [String] ?? [] }
    func number(_ path: String...) -> Double {
      var value: Any? = values
      for key in path { value = (value as? [String: Any])?[key] }
      return (value as? NSNumber)?.doubleValue ?? .nan
    }
    func object(_ path: String...) -> [String: Any] {
      var value: Any? = values
      for key in path { value = (value as? [String: Any])?[key] }
      return value as? [String: Any] ?? [:]
    }
    func has(_ key: String) -> Bool { values[key] != nil }
  }

  static func specifications(_ file: String) -> [Specification] {
    guard let text = try? ProjectFiles.fixtureText("reference/fe/\(file).json"),
      let all = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    else { return [] }
    return (all["specifications"] as? [[String: Any]] ?? []).map { Specification(values: $0) }
  }

  /// A data set as the reference has it.
  static func table(_ name: String) throws -> Table {
    switch name {
    case "abdata.csv": return try csv("reference/gmm/abdata.csv", source: name)
    case "cigar.csv":
      return try beside(csv("reference/sdm/cigar.csv", source: name), "reference/fe/cigar-logpn.csv")
    case "produc.csv":
      let table = try beside(csv("reference/sdm/produc.csv", source: name), "reference/fe/produc-regions.csv")
      return try adding(
        table, [("lgsp", "gsp"), ("lpcap", "pcap"), ("lpc", "pc"), ("lemp", "emp")])
    default: return try csv("reference/fe/\(name)", source: name)
    }
  }

  /// A panel with the variables of a specification and the groups of columns.
  static func panel(_ name: String, variables: [String], groups: [String] = []) throws -> Panel {
    let table = try table(name)
    return try Panel(
      table, variables: variables, levels: nil,
      groups: groups.map { try GroupColumn(table, column: $0) })
  }

  private static func csv(_ path: String, source: String) throws -> Table {
    let lines = try ProjectFiles.fixtureText(path).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return Table(source: source, columnNames: lines[0], rows: Array(lines.dropFirst()))
  }

  /// A table with the column of another file at its right, row by row.
  private static func beside(_ table: Table, _ path: String) throws -> Table {
    let lines = try ProjectFiles.fixtureText(path).split(separator: "\n").map(String.init)
    return Table(
      source: table.source, columnNames: table.columnNames + [lines[0]],
      rows: (0..<table.rowCount).map { row in
        (0..<table.columnCount).map { table.text(row: row, column: $0) } + [lines[row + 1]]
      })
  }

  /// A table with the logarithms of columns.
  private static func adding(_ table: Table, _ logs: [(name: String, of: String)]) throws -> Table {
    let positions = try logs.map { try table.column(named: $0.of) }
    return Table(
      source: table.source, columnNames: table.columnNames + logs.map(\.name),
      rows: (0..<table.rowCount).map { row in
        (0..<table.columnCount).map { table.text(row: row, column: $0) }
          + positions.map { "\(log(Double(table.text(row: row, column: $0)) ?? .nan))" }
      })
  }
}
