import Foundation
import RuralValueFormats
import Testing
import TestSupport

@testable import RuralValue

/// The reference numbers of efficiency: reference/evaluation/efficiency.json, whose own tolerance is 1e-8; exact fractions
/// stand behind all but the global frontier, so that they are held to 1e-10 here.
enum EfficiencyReference {
  static func read(_ name: String = "efficiency") throws -> [String: Any] {
    let text = try ProjectFiles.fixtureText("reference/evaluation/\(name).json")
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// A cross-section of columns x1, x2 …, y1 …, b1 …, from rows of values.
  static func crossSection(
    _ units: [String], inputs: [[Double]], outputs: [[Double]], undesirable: [[Double]] = []
  ) throws -> Panel {
    func columns(_ rows: [[Double]], _ letter: String) -> [(name: String, values: [Double])] {
      (0..<(rows.first?.count ?? 0)).map { column in ("\(letter)\(column + 1)", rows.map { $0[column] }) }
    }
    return try Panel(
      source: "units.csv", unitOfRow: units, timeOfRow: units.map { _ in 0 }, hasPeriods: false,
      variables: columns(inputs, "x") + columns(outputs, "y") + columns(undesirable, "b"))
  }

  /// The panel of 24 counties, with the periods that are wanted.
  static func panel(_ variables: [String], periods: [Int]? = nil) throws -> Panel {
    let url = ProjectFiles.fixture("reference/evaluation/panel.csv")
    var table = try CSVReader.read(Array(try Data(contentsOf: url)), source: "panel.csv").table
    if let periods {
      table = table.keepingRows { periods.contains(Int(table.text(row: $0, column: 1)) ?? 0) }
    }
    return try Panel(table, unitColumn: "county", timeColumn: "year", variables: variables)
  }

  /// The scores of a model, unit by unit.
  static func scores(
    _ panel: Panel, _ model: EfficiencySpecification.Model,
    _ returns: EfficiencySpecification.Returns = .constant,
    _ orientation: EfficiencySpecification.Orientation = .input
  ) throws -> [UnitEfficiency] {
    func names(_ letter: Character) -> [String] { panel.variableNames.filter { $0.first == letter } }
    return try EfficiencyEstimator.fit(
      panel,
      EfficiencySpecification(
        inputs: names("x"), outputs: names("y"), undesirable: model.isRadial ? [] : names("b"), model: model,
        returns: returns, orientation: orientation)
    ).units
  }
}
