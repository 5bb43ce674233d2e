import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// `--se`, `--cluster`, `--coordinates` and `--places` of `sdm`, from the words to JSON.
@Suite struct SpatialErrorOptionTests {
  private static let folder = ProjectFiles.fixture("reference/spatial-corrections").path
  private static let links = "\(folder)/links-queen.csv"

  private func run(_ words: [String], panel: String = "\(folder)/panel-queen.csv", input: String? = nil)
    -> Outcome
  {
    ruralvalue(
      ["sdm", panel, "--formula", "y ~ x1 + x2", "--weights", Self.links, "--draws", "0", "--no-tests"]
        + words,
      input: Array((input ?? "").utf8))
  }

  private func document(_ outcome: Outcome) throws -> [String: Any] {
    #expect(outcome.code == .done, "\(outcome.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func error(of term: String, in document: [String: Any]) throws -> Double {
    let rows = try #require(document["coefficients"] as? [[String: Any]])
    return try #require(rows.first { $0["term"] as? String == term }?["std_error"] as? Double)
  }

  /// The panel with two columns more: places and Chinese names of prefectures.
  private func widePanel(moving: Bool = false) throws -> String {
    let units = try ProjectFiles.fixtureText("reference/spatial-corrections/units.csv").split(separator: "\n")
    var places: [Substring: [Substring]] = [:]
    for unit in units.dropFirst() {
      let cells = unit.split(separator: ",")
      places[cells[0]] = Array(cells[1...2])
    }
    let names = ["p0": "长沙市", "p1": "株洲市", "p2": "湘潭市", "p3": "衡阳市", "p4": "邵阳市"]
    let lines = try ProjectFiles.fixtureText("reference/spatial-corrections/panel-queen.csv").split(
      separator: "\n")
    return
      ([lines[0] + ",lon,lat,市"]
      + lines.dropFirst().enumerated().map { row, line in
        let cells = line.split(separator: ",")
        let name = moving && row == 12 ? "岳阳市" : names[String(cells[cells.count - 1])]!
        return line + ",\(places[cells[0]]!.joined(separator: ",")),\(name)"
      }).joined(separator: "\n")
  }

  @Test func `a column of Chinese prefectures clusters, and JSON says which errors these are`() throws {
    let named = try document(run(["--cluster", "市", "--json"], panel: "-", input: try widePanel()))
    // From standard-errors.json, cluster by pref.
    expectClose(
      try error(of: "rho", in: named), 0.05646308142518058, relative: 1e-6, from: "standard-errors.json")
    let errors = try #require(named["standard_errors"] as? [String: Any])
    #expect(errors["kind"] as? String == "cluster")
    #expect(errors["groups"] as? Int == 5)
    #expect(errors["group_column"] as? String == "市")
    #expect(errors["cutoff_km"] is NSNull && errors["kernel"] is NSNull)
    let specification = try #require(named["specification"] as? [String: Any])
    #expect(specification["se"] as? String == "cluster" && specification["cluster"] as? String == "市")
  }

  @Test
  func `Conley's errors take places from the panel's columns or from a file, and have a table by cutoff`()
    throws
  {
    let file = try document(run(["--se", "conley:45", "--places", "\(Self.folder)/units.csv", "--json"]))
    let columns = try document(
      run(["--se", "conley:45", "--coordinates", "lon,lat", "--json"], panel: "-", input: try widePanel()))
    for found in [file, columns] {
      expectClose(
        try error(of: "x1", in: found), 0.13657510520353258, relative: 1e-6, from: "standard-errors.json")
      let errors = try #require(found["standard_errors"] as? [String: Any])
      #expect(errors["kind"] as? String == "conley" && errors["kernel"] as? String == "bartlett")
      #expect(errors["cutoff_km"] as? Double == 45)
      let rows = try #require(found["errors_by_cutoff"] as? [[String: Any]])
      #expect(rows.count == 6)
      #expect(rows[0]["std_error"] as? Double == (try error(of: "x1", in: found)))
      #expect(rows[0]["std_error_half"] is Double && rows[0]["std_error_double"] is Double)
    }
    let specification = try #require(file["specification"] as? [String: Any])
    #expect(specification["se"] as? String == "conley:45")
  }

  @Test(arguments: [
    (["--cluster", "pref", "--se", "observed"], 2, "--cluster pref names the groups of --se cluster"),
    (["--se", "conley:45"], 2, "--coordinates X,Y"),
    (["--se", "conley"], 2, "such as conley:100"),
    (["--se", "conley:-3"], 2, "such as conley:100"),
    (["--se", "clustr"], 2, "Did you mean \"cluster\"?"),
    (["--coordinates", "x1,x2"], 2, "expected --se conley:KM"),
    (["--places", "units.csv"], 2, "expected --se conley:KM"),
    (["--se", "conley:45", "--coordinates", "lon"], 2, "two columns such as lon,lat"),
    (["--se", "conley:45", "--coordinates", "x1,x2"], 3, "expected one place for all periods"),
    (["--se", "conley:45", "--places", "nosuch.csv"], 4, "nosuch.csv"),
    (["--se", "robust"], 2, "Take --se cluster"),
    (["--cluster", "prefe"], 3, "Did you mean \"pref\"?"),
    (["--cluster", "year"], 3, "groups must be wider than units"),
  ]) func `a call that cannot be meant is refused with the remedy`(
    words: [String], code: Int, sentence: String
  ) {
    let outcome = run(words)
    #expect(outcome.code.rawValue == Int32(code), "\(outcome.errors)")
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func `a county that changes its prefecture is named with its years`() throws {
    let outcome = run(["--cluster", "市"], panel: "-", input: try widePanel(moving: true))
    #expect(outcome.code == .data)
    #expect(
      outcome.errors.contains("is in \"长沙市\" in 2012 (line 10) and in \"岳阳市\" in 2016 (line 14)"),
      "\(outcome.errors)")
  }

  @Test(arguments: [
    "--cluster prefecture", "--se conley:50 --coordinates lon,lat", "--se conley:50 --places p.csv",
  ])
  func `a simulated panel has neither prefectures nor places`(words: String) {
    let outcome = ruralvalue([
      "simulate", "sdm", "--counties", "16", "--coefficients", "P=0.2", "--seed", "1", "--exact",
      "--estimate", words,
    ])
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("a simulated panel"), "\(outcome.errors)")
  }
}
