import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// `disparity` from the words to JSON and files; numbers are those of Fixtures/reference/evaluation/disparity.json.
@Suite struct DisparityCommandTests {
  private static let panel = ProjectFiles.fixture("reference/evaluation/panel.csv").path
  private static let sectors = [
    "--urban", "income_urban", "--rural", "income_rural", "--urban-population", "population_urban",
    "--rural-population", "population_rural",
  ]

  private func run(_ words: [String], input: String? = nil) -> Outcome {
    ruralvalue(["disparity", input == nil ? Self.panel : "-"] + words, input: Array((input ?? "").utf8))
  }

  private func json(_ words: [String]) throws -> [String: Any] {
    let outcome = run(words + ["--json", "--quiet"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func rows(_ document: [String: Any], _ key: String) throws -> [[String: Any]] {
    try #require(document[key] as? [[String: Any]], "\(key)")
  }

  @Test func `a document has the members that CLI.md promises`() throws {
    let document = try json(["--variable", "U", "--group", "region"] + Self.sectors)
    let promised: [String: [String]] = [
      "disparity": ["time", "n", "mean", "cv", "sd_log", "gini", "theil_t", "theil_l"],
      "dagum": [
        "time", "gini", "within", "net_between", "transvariation", "share_within", "share_net_between",
        "share_transvariation",
      ],
      "dagum_groups": ["time", "group", "gini", "population_share", "value_share"],
      "dagum_pairs": ["time", "first", "second", "gini", "d", "net", "transvariation"],
      "theil": [
        "time", "index", "level", "group", "population_share", "value_share", "value", "contribution",
        "share",
      ],
      "urban_rural": ["unit", "time", "ratio", "gap", "theil_t", "theil_l"],
      "urban_rural_total": [
        "time", "ratio_of_means", "mean_of_ratios", "theil_sectors", "theil_within_units",
        "theil_between_units",
      ],
      "mobility": ["from", "to", "kendall_tau_b", "spearman", "mean_rank_change"],
      "tests": ["name", "statistic", "df", "p_value", "reason"],
    ]
    for (member, keys) in promised {
      let row = try #require(try rows(document, member).first, "\(member)")
      for key in keys { #expect(row[key] != nil, "\(member).\(key)") }
    }
    #expect(try rows(document, "tests").map { $0["name"] as? String }.contains("sigma"))
    let specification = try #require(document["specification"] as? [String: Any])
    #expect(specification["group"] as? [String] == ["region"])
    #expect(specification["sample_correction"] as? Bool == false)
    #expect(specification["unit"] as? String == "county" && specification["time"] as? String == "year")
  }

  @Test func `undefined is null and a note says why`() throws {
    let document = try json(["--variable", "U", "--group", "region"])
    let first = try #require(try rows(document, "disparity").first)
    #expect(first["theil_l"] is NSNull && first["sd_log"] is NSNull)
    let notes = try #require(document["notes"] as? [String])
    #expect(notes.contains { $0.contains("theil_l and sd_log are undefined in 2018: U is 0 for c08, c09.") })
    let sigma = try #require(try rows(document, "tests").first { $0["name"] as? String == "sigma" })
    #expect(sigma["statistic"] is NSNull && sigma["reason"] is String)
  }

  @Test func `levels of Theil carry the names of their columns and add up`() throws {
    let document = try json(["--variable", "income_urban", "--group", "region,city"])
    let theil = try rows(document, "theil").filter {
      $0["time"] as? Int == 2020 && $0["index"] as? String == "t"
    }
    let sums = theil.filter { $0["group"] is NSNull }
    #expect(sums.map { $0["level"] as? String } == ["between region", "between city", "within city"])
    let total = sums.compactMap { $0["contribution"] as? Double }.reduce(0, +)
    let year = try #require(try rows(document, "disparity").first { $0["time"] as? Int == 2020 })
    expectClose(total, try #require(year["theil_t"] as? Double), absolute: 1e-14, from: "theil_t")
    expectClose(
      sums.compactMap { $0["share"] as? Double }.reduce(0, +), 1, absolute: 1e-14, from: "shares")
    for level in ["between city", "within city"] {
      let parts = theil.filter { $0["level"] as? String == level }
      let own = try #require(parts.first?["contribution"] as? Double)
      expectClose(
        parts.dropFirst().compactMap { $0["contribution"] as? Double }.reduce(0, +), own, absolute: 1e-14,
        from: level)
    }
  }

  @Test func `the order of rows changes nothing`() throws {
    let lines = try ProjectFiles.fixtureText("reference/evaluation/panel.csv").split(separator: "\n")
    let turned = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
    let words = ["--variable", "U", "--group", "region,city", "--json", "--quiet"]
    func numbers(_ outcome: Outcome) throws -> [[Double?]] {
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      return try ["disparity", "dagum", "dagum_pairs", "theil", "mobility"].flatMap { key in
        try rows(document, key).map { row in row.keys.sorted().map { row[$0] as? Double } }
      }
    }
    let (own, other) = (try numbers(run(words)), try numbers(run(words, input: turned)))
    #expect(own.count == other.count && own.count > 100)
    for (one, two) in zip(own, other) {
      for (a, b) in zip(one, two) {
        #expect((a == nil) == (b == nil))
        if let a, let b { expectClose(a, b, absolute: 1e-14, from: "rows in another order") }
      }
    }
  }

  @Test(arguments: [
    (["--group", "region"], "needs --variable", 2),
    (["--variable", "U", "--urban", "income_urban"], "expected also --rural and --urban-population and", 2),
    (["--variable", "U", "--group", "region,city,county"], "one column, or a wider and a narrower one", 2),
    (["--variable", "U", "--group", "region,region"], "one column, or a wider and a narrower one", 2),
    (["--variable", "U", "--group", "city,region"], "lies in two groups of city", 3),
    (["--variable", "U", "--group", "regoin"], "region", 3),
    (["--variable", "U", "--population", "labour", "--sample-correction"], "--population weighs them", 2),
    (["--population", "labour"] + sectors, "--population weighs the variable", 2),
    (["--variable", "region"], "region", 3),
  ])
  func `a call that cannot be meant is answered with what was expected`(
    words: [String], expected: String, code: Int
  ) {
    let outcome = run(words)
    #expect(Int(outcome.code.rawValue) == code, "\(outcome.errors)")
    #expect(outcome.errors.contains(expected), "\(outcome.errors)")
  }

  @Test func `the folder has tables and plots, in Chinese as in English`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "disparity-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for language in ["en", "zh"] {
      let outcome = run(
        ["--variable", "U", "--group", "region,city", "--out", folder.path, "--lang", language] + Self.sectors
      )
      #expect(outcome.code == .done, "\(outcome.errors)")
      for name in [
        "disparity.csv", "dagum.csv", "dagum_groups.csv", "dagum_pairs.csv", "theil.csv", "urban_rural.csv",
        "urban_rural_total.csv", "urban_rural_groups.csv", "mobility.csv", "sigma.csv", "tests.csv",
        "disparity.svg", "dagum.svg", "dagum_groups.svg", "urban_rural_ratio.svg", "urban_rural_theil.svg",
      ] {
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: name).path), "\(name)")
      }
      let svg = try String(contentsOf: folder.appending(path: "dagum.svg"), encoding: .utf8)
      #expect(svg.contains(language == "zh" ? "超变密度" : "Transvariation"))
    }
  }

  @Test func `a study takes one block or several, and its report shows the plots`() throws {
    let box = try StudySandbox(
      study: """
        { panel: { file: "panel.csv" },
          disparity: [ { variables: ["U", "F"], group: "region" },
            { name: "sectors", urban: "income_urban", rural: "income_rural", "urban-population": "population_urban",
              "rural-population": "population_rural" } ] }
        """)
    try box.write(try ProjectFiles.fixtureText("reference/evaluation/panel.csv"), to: "panel.csv")
    let outcome = ruralvalue(["study", box.path("study.json"), "--out", box.path("out"), "--quiet"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    for name in [
      "disparity-u/disparity.csv", "disparity-f/dagum.svg", "disparity-sectors/urban_rural_total.csv",
      "disparity-sectors/urban_rural_ratio.svg",
    ] { #expect(FileManager.default.fileExists(atPath: box.path("out/\(name)")), "\(name)") }
    let report = try box.text("out/report.html")
    #expect(report.contains("Disparity of U by region") && report.contains("Transvariation"))
  }

  @Test func `a study names the column that is not there before anything runs`() throws {
    let box = try StudySandbox(
      study: "{ panel: { file: \"panel.csv\" }, disparity: { variables: [\"U\"], group: \"regoin\" } }")
    try box.write(try ProjectFiles.fixtureText("reference/evaluation/panel.csv"), to: "panel.csv")
    let outcome = ruralvalue(["study", box.path("study.json"), "--check"])
    #expect(outcome.errors.contains("regoin") && outcome.errors.contains("region"), "\(outcome.errors)")
  }
}
