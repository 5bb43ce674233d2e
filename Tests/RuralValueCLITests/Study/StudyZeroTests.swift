import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// A study whose data have a zero that has no logarithm: what needs none goes on, and what can be done about it is said
/// as one writes it.
@Suite struct StudyZeroTests {
  /// The small study with logarithms of villages, which one county has none of in 2020, and models with and without.
  private static func sandbox(log: String = "villages") throws -> StudySandbox {
    let box = try StudySandbox()
    try box.change("study.json", "{ log: \"income\" }", "{ log: \"income\" }, { log: \"\(log)\" }")
    try box.change(
      "study.json", "models: {",
      """
      models: {
          fe: [
            { name: "logs", formula: "V ~ ln_villages", se: "classical" },
            { name: "lagged", formula: "V ~ lag(ln_villages)", se: "classical", effects: "unit" },
            { name: "plain", formula: "V ~ ln_income", se: "classical" },
            { name: "inside", formula: "V ~ log(villages)", se: "classical" },
          ],
      """)
    try box.change(
      "study.json", "robustness: [",
      "robustness: [{ name: \"No time\", of: \"logs\", effects: \"unit\" }, { name: \"Units\", of: \"plain\", effects: \"unit\" },"
    )
    return box
  }

  @Test func `the logarithm of a zero stops only the steps that need it`() throws {
    let box = try Self.sandbox()
    let outcome = box.run()
    #expect(outcome.code == .data)
    let results = try box.results()
    let undone = results.filter { !["done", "reused"].contains($0.value) }
    #expect(
      undone == [
        "analysis": "done but for ln_villages", "fe-logs": "not run: needs ln_villages of analysis",
        "fe-lagged": "not run: needs ln_villages of analysis", "fe-inside": "failed",
        "fe-no-time": "not run: needs ln_villages of analysis", "robustness-logs": "not run: needs fe-logs",
        "table-models": "not run: needs fe-logs",
      ], "\(undone)")
    #expect(results["fe-plain"] == "reused" && results["robustness-plain"] == "reused")
    #expect(try box.text("results/analysis/panel.csv").split(separator: "\n")[0].hasSuffix(",ln_income"))
    #expect(!box.exists("results/fe-logs") && box.exists("results/fe-plain/coefficients.csv"))
  }

  @Test func `what is said names county and year, the remedies as the study has them, and what was not run`()
    throws
  {
    let box = try Self.sandbox()
    let outcome = box.run()
    let complaint = try #require(
      outcome.errors.split(separator: "\n").first { $0.contains("could not make ln_villages") })
    #expect(complaint.contains("\"岳麓区 (0430104)\"") && complaint.contains("2020"), "\(complaint)")
    #expect(
      complaint.contains("with log: \"villages;add=0.01\", or take ln(1 + x), with log1p: \"villages\""))
    #expect(
      complaint.hasSuffix(
        "Not run because of it: fe-logs, fe-lagged, fe-no-time, robustness-logs, table-models."),
      "\(complaint)")
    #expect(
      outcome.errors.contains("ruralvalue study: fe-inside failed: ")
        && outcome.errors.contains("prepare with log: \"villages;add=0.01\" makes ln_villages"))
    let report = try box.text("results/report.html")
    #expect(report.contains("The step analysis could not make ln_villages: "))
    #expect(
      report.contains("It was not run, for it needs ln_villages, which the step analysis could not make."))
    let manifest = try box.text("results/manifest.json")
    #expect(manifest.contains("ln_villages could not be made and is not in the panel: "))
    // At the command line the remedy is an option.
    let call = ruralvalue(["prepare", box.path("panel.csv"), "--log", "villages"])
    #expect(call.code == .data && call.errors.contains("with --log \"villages;add=0.01\""))
  }

  @Test func `the remedy makes the study whole, and every table with the column says what was added`() throws
  {
    let box = try Self.sandbox()
    #expect(box.run().code == .data)
    try box.change("study.json", "{ log: \"villages\" }", "{ log: \"villages;add=0.5;if-zero\" }")
    try box.change("study.json", "V ~ log(villages)", "V ~ ln_villages + ln_income")
    let outcome = box.run()
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(Set(try box.results().values) == ["reused"])
    let note = "is ln(villages + 0.5): 1 of 9 values of villages is 0"
    for table in [
      "fe-logs/coefficients", "fe-lagged/coefficients", "robustness-logs/robustness", "table-models/table",
    ] {
      #expect(try box.text("results/\(table).md").contains(note), "\(table)")
    }
    #expect(try !box.text("results/fe-plain/coefficients.md").contains("villages + 0.5"))
    // What a later run takes over says the same, in the other language too.
    try box.change("study.json", "title: ", "language: \"zh\", title: ")
    #expect(box.run().code == .done)
    #expect(try box.text("results/fe-logs/coefficients.md").contains("为ln(villages＋0.5)"))
  }

  @Test func `a zero in the panel's own preparation leaves the indices and their models alone`() throws {
    let box = try StudySandbox()
    try box.change(
      "study.json", "prepare: [{ interpolate: \"all\" },",
      "prepare: [{ interpolate: \"all\" }, { log: \"villages\" },")
    let outcome = box.run()
    #expect(outcome.code == .data)
    let results = try box.results()
    #expect(results["prepare"] == "done but for ln_villages")
    #expect(Set(results.filter { $0.key != "prepare" }.values) == ["reused"])
    // A model of the joined panel knows who could not make its column, and a later step may make it.
    try box.change("study.json", "V ~ lag(V)", "V ~ lag(V) + ln_villages")
    #expect(box.run().code == .data)
    #expect(try box.results()["gmm-level"] == "not run: needs ln_villages of prepare")
    try box.change("study.json", "{ log: \"income\" }", "{ log: \"income\" }, { log: \"villages;add=1\" }")
    #expect(try box.results()["gmm-level"] != "not run: needs ln_villages of prepare")
  }

  @Test func `VIF in a study is of regressors alone`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let lines = try box.text("results/describe/vif.csv").split(separator: "\n").map {
      $0.prefix { $0 != "," }
    }
    #expect(lines == ["variable", "ln_income"])
    // The logarithm of the outcome is no regressor either; a lag of it is none of its own.
    try box.change("study.json", "V ~ lag(V)", "ln_income ~ lag(ln_income) + V")
    try box.change("study.json", "variables: [\"V\", \"ln_income\"]", "variables: [\"V\", \"income\"]")
    _ = box.run()
    let others = try box.text("results/describe/vif.csv").split(separator: "\n").map {
      $0.prefix { $0 != "," }
    }
    #expect(others == ["variable", "V"])
  }

  @Test(arguments: ["hunan", "guangdong"]) func `the templates' logarithms hold where a score is 0`(
    template: String
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "zero-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(ruralvalue(["study", "--init", folder, "--template", template]).code == .done)
    let text = try String(contentsOfFile: folder + "/study.json", encoding: .utf8)
    let log = try #require(text.firstMatch(of: #/log: "([^"]+)"\ \}\]/#)?.1)
    let names = log.prefix { $0 != ";" }.split(separator: ",")
    let header = "code,year,\(names.joined(separator: ","))\n"
    let rows = (1...3).map { row in
      "a,\(row),\(names.map { $0 == "T" ? "\(row - 1)" : "\(row)" }.joined(separator: ","))\n"
    }
    try Data((header + rows.joined()).utf8).write(to: URL(filePath: folder + "/scores.csv"))
    let outcome = ruralvalue(["prepare", folder + "/scores.csv", "--log", String(log)])
    #expect(outcome.code == .done)
    // ln 0.01 for the zero; the first of another index is ln 1.
    #expect(
      outcome.output.contains("-4.605170185988091") && outcome.output.contains(",0,")
        || outcome.output.contains(",0.0,"))
    #expect(
      outcome.errors.contains("T: 0.01 was added to every value")
        && !outcome.errors.contains("\(names[0]): 0.01"))
  }

  @Test func `that counties come and go is said once, by the first that reads the panel`() throws {
    let box = try StudySandbox()
    try box.change("panel.csv", "0430104,2022,岳麓区,21,6.9,5,7\n", "")
    _ = box.run()
    let manifest = try box.text("results/manifest.json")
    let note = "Units come and go: 1 ends before 2022, last observed: 0430104 (2021)."
    // The indicators' description and their weights read the prepared panel side by side; all else comes after.
    #expect(manifest.components(separatedBy: note).count - 1 == 2, "\(manifest)")
    #expect(ruralvalue(["disparity", box.path("panel.csv"), "--variable", "income"]).errors.contains(note))
  }

  @Test func `growth on a base of zero takes its column alone, and coupling has room for zeros`() throws {
    let box = try StudySandbox()
    try box.change(
      "study.json", "{ log: \"income\" }",
      "{ log: \"income\" }, { growth: \"villages\" }, { minmax: \"villages,income\" }")
    try box.change(
      "study.json", "models: {",
      "coupling: { systems: [\"V\", \"mm_villages\", \"mm_income\"] },\n  models: {")
    let outcome = box.run()
    #expect(outcome.code == .data)
    let complaint = "ruralvalue study: analysis could not make g_villages: "
    #expect(outcome.errors.contains(complaint))
    #expect(
      outcome.errors.contains(
        "with change: \"villages\", or have such cells missing, with growth: \"villages;zero=missing\"."))
    // Nothing names the column, so that nothing waits for it.
    #expect(!outcome.errors.contains("Not run because of it"))
    let results = try box.results()
    #expect(results["analysis"] == "done but for g_villages" && results["coupling"] == "reused")
    // C and D are 0 where a system is.
    let rows = try box.text("results/coupling/coupling.csv").split(separator: "\n").map {
      $0.split(separator: ",")
    }
    let place = try #require(rows[0].firstIndex(of: "c_classical"))
    #expect(rows.contains { $0[0] == "0430104" && $0[1] == "2020" && Double($0[place]) == 0 })
  }

  @Test func `branches that do not build on what failed are whole, and each cause has its own list`() throws {
    let box = try StudySandbox()
    try box.change("study.json", "models: {", "moran: { variables: [\"V\"] },\n  models: {")
    try box.change("study.json", "V ~ lag(V)", "V ~ lag(V) + ln_villages")
    try box.change("study.json", "{ log: \"income\" }", "{ log: \"income\" }, { log: \"villages\" }")
    let outcome = box.run("--jobs", "2")
    let errors = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("ruralvalue study: ") }
    #expect(errors.count == 2, "\(errors)")
    #expect(
      errors.contains {
        $0.contains("could not make ln_villages")
          && $0.hasSuffix(
            "Not run because of it: gmm-level, gmm-one-step, 缩尾-panel, gmm-缩尾, robustness-level.")
      }, "\(errors)")
    let results = try box.results()
    #expect(results["moran-v"] == "failed")
    for step in ["prepare", "describe-indicators", "entropy", "describe", "weights-links"] {
      #expect(results[step] == "reused", "\(step)")
    }
    // One job or two, fresh or continued: the same bytes.
    let first = try box.files(in: "results")
    _ = box.run("--fresh")
    #expect(try box.files(in: "results") == first)
  }
}
