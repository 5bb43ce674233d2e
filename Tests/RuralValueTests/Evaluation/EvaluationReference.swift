import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// reference/evaluation/evaluate.json and its inputs: exact fractions by rule; numpy, scipy, pymcdm.
enum EvaluationReference {
  static let folder = "reference/evaluation"

  static func document(_ name: String = "evaluate.json") throws -> [String: Any] {
    let text = try ProjectFiles.fixtureText("\(folder)/\(name)")
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  static func rows(_ path: String...) throws -> [[String: Any]] {
    var value: Any = try document()
    for key in path { value = try #require((value as? [String: Any])?[key]) }
    return try #require(value as? [[String: Any]])
  }

  static func table(_ name: String) throws -> Table {
    smallTable(try ProjectFiles.fixtureText("\(folder)/\(name)"), source: name)
  }

  static func card() throws -> Scorecard { try Scorecard(table("scorecard-indicators.csv")) }

  /// The panel, or one year of it.
  static func panel(only year: Int? = nil) throws -> Panel {
    let table = try table("scorecard-panel.csv")
    let time = try table.column(named: "year")
    let kept = table.keepingRows { row in year == nil || Int(table.text(row: row, column: time)) == year }
    return try Panel(
      kept, unitColumn: "county", timeColumn: "year",
      variables: ["population", "talents", "reinvested", "loan_deposit", "income_ratio", "outflow"],
      levels: nil, groups: [GroupColumn(kept, column: "region")])
  }

  /// The evaluation of the reference's panel with its card, changed as a test wants it.
  static func result(
    only year: Int? = nil, _ change: (inout EvaluationSpecification) -> Void = { _ in }
  ) throws -> EvaluationResult {
    var specification = EvaluationSpecification(scorecard: try card())
    specification.attainment = .mixed
    specification.missing = .renormalise
    specification.population = "population"
    specification.group = try GroupColumn(table("scorecard-panel.csv"), column: "region")
    change(&specification)
    return try EvaluationEstimator.fit(try panel(only: year), specification)
  }
}

extension EvaluationResult {
  /// The place of a unit and a period.
  func place(_ unit: Any?, _ period: Any?) throws -> Int {
    let (unit, period) = (try #require(unit as? String), try #require(period as? Int))
    return try #require(units.firstIndex(of: unit)) * periods.count
      + #require(periods.firstIndex(of: period))
  }

  /// The indicator of a column.
  func indicator(_ column: Any?) throws -> EvaluatedIndicator {
    let column = try #require(column as? String)
    return try #require(indicators.first { $0.entry.indicator.column == column })
  }
}

/// Holds a number to the reference, where null is a number that is undefined.
func hold(
  _ own: Double, to value: Any?, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let value = (value as? NSNumber)?.doubleValue else {
    #expect(own.isNaN, "\(name) is \(own), undefined in the reference", sourceLocation: sourceLocation)
    return
  }
  expectClose(
    own, value, relative: 1e-10, absolute: 1e-12, from: "evaluate.json", name, sourceLocation: sourceLocation)
}
