import TestSupport
import Testing

@testable import RuralValue

@Suite struct EfficiencyErrorTests {
  private static let plain = """
    county,year,x,z,y
    a,2018,1,2,3
    b,2018,2,3,4
    c,2018,4,3,4
    a,2019,1,2,3
    b,2019,2,3,5
    c,2019,4,3,4
    """

  private func fit(
    _ text: String, inputs: [String] = ["x", "z"], change: EfficiencySpecification.Frontier? = nil
  ) throws -> EfficiencyResult {
    let table = smallTable(text)
    let panel = try Panel(table, unitColumn: "county", timeColumn: "year", variables: inputs + ["y"])
    return try EfficiencyEstimator.fit(
      panel, EfficiencySpecification(inputs: inputs, outputs: ["y"], change: change))
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch { return "\(error)" }
  }

  @Test(arguments: ["0", "-2"])
  func `a value that is not above zero is named with its unit, period and column`(
    value: String
  ) throws {
    let text = Self.plain.replacing("b,2019,2,", with: "b,2019,\(value),")
    let said = message { _ = try fit(text) }
    #expect(
      said.hasPrefix(
        "panel.csv, line 6, column \"x\": input of county \"b\" in year 2019 is \(value); expected a number above zero."
      ))
    #expect(said.contains("use a level"))
  }

  @Test func `a column is one thing only, and radial models have no bad outputs`() {
    #expect(throws: EfficiencyError.twoRoles(column: "y", .input, .output)) {
      try EfficiencySpecification(inputs: ["x", "y"], outputs: ["y"])
    }
    #expect(throws: EfficiencyError.undesirableInRadial(.constantRadial)) {
      try EfficiencySpecification(inputs: ["x"], outputs: ["y"], undesirable: ["b"], model: .constantRadial)
    }
    let said = message {
      _ = try EfficiencySpecification(inputs: ["x"], outputs: ["y"], undesirable: ["x"])
    }
    #expect(said.hasPrefix("Column \"x\" would be an input and an undesirable output at once"))
  }

  @Test func `a unit without a value leaves its period and is named`() throws {
    let result = try fit(Self.plain.replacing("c,2018,4,3", with: "c,2018,4,"), change: .contemporaneous)
    #expect(result.periods.map(\.units.count) == [2, 3])
    #expect(result.changes.map(\.unit) == ["a", "b"])
    #expect(result.notes.map(\.english) == ["1 unit without a value in some column left out of 2018: c."])
    #expect(result.changeTable.cautions.first?.english.contains("2018: 2, 2019: 3") == true)
  }

  @Test func `no complete unit, one period only and values too far apart are refused`() {
    let empty = "county,year,x,z,y\na,2018,1,,3\nb,2018,2,,4\n"
    #expect(message { _ = try fit(empty) }.contains("not one unit has a value in each of x, z, y"))
    let one = "county,year,x,z,y\na,2018,1,2,3\nb,2018,2,3,4\n"
    #expect(message { _ = try fit(one, change: .global) }.contains("need at least two periods; found 1"))
    #expect(
      message { _ = try fit(one.replacing("a,2018,1,", with: "a,2018,1e14,")) }.contains("further apart"))
  }

  @Test func `few units are a caution, and so is a second-stage regression`() throws {
    let cautions = try fit(Self.plain).table().cautions.map(\.english)
    #expect(cautions.count == 2)
    #expect(cautions[0].hasPrefix("3 units are few for 3 columns: with fewer than 9 units"))
    #expect(cautions[1].contains("Simar and Wilson"))
  }

  @Test func `a unit alone in its period is efficient and has no super-score, with the reason`() throws {
    let panel = try Panel(
      smallTable("county,year,x,y\na,2018,1,3\n"), unitColumn: "county", timeColumn: "year",
      variables: ["x", "y"])
    let result = try EfficiencyEstimator.fit(
      panel, EfficiencySpecification(inputs: ["x"], outputs: ["y"], model: .superSlacks))
    #expect(result.units[0].score == 1 && result.units[0].superScore == nil)
    #expect(result.units[0].superReason?.english == "there is no other unit")
  }

  @Test func `ranks are by super-efficiency, and equal scores share the best`() throws {
    let panel = try EfficiencyReference.crossSection(
      ["a", "b", "c", "d"], inputs: [[1], [2], [2], [4]], outputs: [[3], [3], [3], [3]])
    let result = try EfficiencyEstimator.fit(
      panel, EfficiencySpecification(inputs: ["x1"], outputs: ["y1"], model: .superSlacks))
    guard case .integer(let ranks) = result.table().column("rank")?.values else { return }
    #expect(ranks == [1, 2, 2, 4])
  }
}
