import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// Coupling through the command line, files and a study.
@Suite struct CouplingCommandTests {
  static let panel = ProjectFiles.fixture("reference/evaluation/panel.csv").path
  static let hunan = ProjectFiles.fixture("data/hunan").path
  private let space = SpaceCommandTests()

  private func json(_ call: String) throws -> [String: Any] {
    let output = space.done("\(call) --json --quiet")
    return try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }

  @Test func `JSON has the promised members, null where C is undefined`() throws {
    let printed = ProjectFiles.fixture("data/coupling/printed-lost-coefficient.csv").path
    let document = try json(
      "ruralvalue coupling \(Self.panel) --systems U,F --group region --explain \(printed)")
    let rows = try #require(document["rows"] as? [[String: Any]])
    #expect(rows.count == 144)
    #expect(
      Set([
        "unit", "time", "c_classical", "c_corrected", "t", "d_classical", "d_corrected", "grade",
        "grade_name",
      ])
      .isSubset(of: Set(rows[0].keys)))
    let zero = try #require(rows.first { $0["unit"] as? String == "c09" && $0["time"] as? Int == 2018 })
    #expect(
      zero["c_classical"] is NSNull && zero["d_classical"] as? Double == 0 && zero["grade"] as? Int == 1)
    let groups = try #require(document["groups"] as? [[String: Any]])
    #expect(groups.count == 30 && groups[0]["group"] is NSNull && groups[6]["group"] as? String == "East")
    let formulas = try #require(document["formulas"] as? [[String: Any]])
    #expect(Set(["formula", "fits", "rows_fitting", "first_misfit"]).isSubset(of: Set(formulas[0].keys)))
    #expect(
      formulas.filter { $0["fits"] as? String == "yes" }.map { $0["formula"] as? String }
        == ["lost_coefficient", "t_weighted_sum", "d_squared_is_ct"])
    #expect(formulas.first { $0["formula"] as? String == "lost_coefficient" }?["first_misfit"] is NSNull)
  }

  @Test func `obstacle degrees of an entropy system add up to one within each index`() throws {
    let document = try json(
      "ruralvalue coupling \(Self.hunan)/panel-simulated.csv --indicators \(Self.hunan)/indicators.csv --systems V,P"
        + " --periods 2021:2022")
    let obstacles = try #require(document["obstacles"] as? [[String: Any]])
    var sums: [String: Double] = [:]
    for row in obstacles {
      let key = "\(row["unit"] ?? "") \(row["time"] ?? "") \(row["index"] ?? "")"
      sums[key, default: 0] += try #require(row["share"] as? Double)
    }
    #expect(sums.count == 121 * 2 * 5 && obstacles.count == 121 * 2 * 24)
    for (key, sum) in sums { expectClose(sum, 1, absolute: 1e-12, from: "all indicators of an index", key) }
    // Over all units the dimensions of an index add up to one too.
    let dimensions = try #require(document["obstacle_dimensions"] as? [[String: Any]])
    var parts: [String: Double] = [:]
    for row in dimensions {
      parts["\(row["time"] ?? "") \(row["index"] ?? "")", default: 0] += try #require(row["share"] as? Double)
    }
    #expect(parts.count == 10)
    for (key, sum) in parts { expectClose(sum, 1, absolute: 1e-12, from: "all dimensions of an index", key) }
    // The systems that are indices of the system are scored as entropy scores them.
    let entropy = try json(
      "ruralvalue entropy \(Self.hunan)/panel-simulated.csv --indicators \(Self.hunan)/indicators.csv --periods 2021:2022"
    )
    let scores = try #require(entropy["scores"] as? [[String: Any]])
    let rows = try #require(document["rows"] as? [[String: Any]])
    for row in rows.prefix(20) {
      let score = scores.first {
        $0["index"] as? String == "V" && $0["dimension"] is NSNull
          && $0["unit"] as? String == row["unit"] as? String
          && $0["time"] as? Int == row["time"] as? Int
      }
      #expect(row["V"] as? Double == score?["score"] as? Double)
    }
  }

  @Test func `the table it writes is drawn by map and explained by its own formulas and no other`() throws {
    try space.inFolder { out in
      space.done(
        "ruralvalue coupling \(Self.hunan)/panel-simulated.csv --indicators \(Self.hunan)/indicators.csv --systems V,P,C"
          + " --out \(out) --quiet")
      #expect(try space.text("\(out)/coupling.csv").hasPrefix("unit,time,V,P,C,c_classical,c_corrected,t,"))
      #expect(try space.text("\(out)/coupling.svg").contains("Coordination of V, P, C"))
      #expect(try space.text("\(out)/obstacles.csv").contains(",simulated\n"))
      let map = space.done(
        "ruralvalue map \(Self.hunan)/counties.geojson --table \(out)/coupling.csv --fill d_classical --periods 2022 --quiet"
      )
      #expect(map.contains("d_classical") && map.contains("Simulated data"))
      let document = try json("ruralvalue coupling --systems V,P,C --explain \(out)/coupling.csv")
      let formulas = try #require(document["formulas"] as? [[String: Any]])
      let fitting = formulas.filter { $0["fits"] as? String == "yes" }.map {
        "\($0["column"] ?? "") \($0["formula"] ?? "")"
      }
      #expect(
        fitting == [
          "c_classical classical", "c_corrected corrected", "t t_weighted_sum", "d_classical d_squared_is_ct",
          "d_corrected d_squared_is_ct",
        ])
    }
  }

  @Test func `the order of the systems changes no degree, and another order of rows no mean`() throws {
    let one = try json("ruralvalue coupling \(Self.panel) --systems U,F,H --group region")
    let other = try json("ruralvalue coupling \(Self.panel) --systems H,U,F --group region")
    let (a, b) = (
      try #require(one["groups"] as? [[String: Any]]), try #require(other["groups"] as? [[String: Any]])
    )
    for (first, second) in zip(a, b) {
      for key in ["c_classical", "c_corrected", "d_classical", "d_corrected", "t"] {
        expectClose(
          try #require(first[key] as? Double), try #require(second[key] as? Double), absolute: 1e-13,
          from: "the other order", key)
      }
    }
  }

  @Test func `what contradicts itself is refused with what was expected`() {
    let panel = Self.panel
    space.refused("ruralvalue coupling \(panel)", .usage, "needs --systems")
    space.refused("ruralvalue coupling --systems U,F", .usage, "no input is named")
    space.refused(
      "ruralvalue coupling --systems U,F --explain x.csv --group region", .usage, "expected PANEL.csv")
    space.refused("ruralvalue coupling \(panel) --systems U,F --weights 0.5,x", .usage, "add up to 1")
    space.refused(
      "ruralvalue coupling \(panel) --systems U,F --group regoin", .data, "Did you mean \"region\"?")
    space.refused("ruralvalue coupling \(panel) --systems U,F --explain nosuch.csv", .file, "nosuch.csv")
    space.refused(
      "ruralvalue coupling \(panel) --systems U,F --explain \(panel)", .data, "no column of printed coupling")
  }

  @Test func `a study couples its indices, finds their obstacles, and its maps show the degrees`() throws {
    let box = try StudySandbox(
      study: """
        { seed: 1, panel: { file: "panel.csv", unit: "code", time: "year" }, indicators: { file: "two.csv" },
          coupling: [{ }, { name: "weights", systems: ["A", "B"], weights: [0.6, 0.4], obstacles: true }],
          maps: [{ name: "d", file: "squares.geojson", fill: "d_classical", table: "coupling-weights" }] }
        """)
    try box.write(
      "index,dimension,indicator,column,direction\nA,,Income,income,+\nB,,Villages,villages,+\nB,,Pesticide,pesticide,-\n",
      to: "two.csv")
    try box.write(
      "code,year,name,income,pesticide,villages\n"
        + (0..<3).flatMap { unit in
          (2020...2021).map {
            "043010\(unit),\($0),c\(unit),\(unit + 10 * ($0 - 2019)),\(4 - unit),\(unit * 2 + 1)"
          }
        }.joined(separator: "\n"), to: "panel.csv")
    let squares = (0..<3).map { place in
      """
      {"type": "Feature", "properties": {"code": "043010\(place)"}, "geometry": {"type": "Polygon", "coordinates":
      [[[\(110 + place), 28], [\(111 + place), 28], [\(111 + place), 29], [\(110 + place), 29], [\(110 + place), 28]]]}}
      """
    }
    try box.write(
      "{\"type\": \"FeatureCollection\", \"features\": [\(squares.joined(separator: ","))]}",
      to: "squares.geojson")
    let outcome = box.run()
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(try box.text("results/coupling-1/coupling.csv").hasPrefix("unit,time,A,B,c_classical"))
    #expect(box.exists("results/coupling-weights/obstacles.csv"))
    #expect(try box.text("results/map-d/d.svg").contains("d_classical"))
    #expect(try box.text("results/report.html").contains("Coupling coordination of A, B"))
    try box.change("study.json", "obstacles: true", "obstacles: \"yes\", systems: [\"A\", \"Q\"]")
    let wrong = box.run("--check")
    #expect(
      wrong.errors.contains("obstacles: found the text \"yes\"; expected true or false"), "\(wrong.errors)")
  }
}
