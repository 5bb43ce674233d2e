import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueCLI

/// From the study file to the calls of its steps.
@Suite struct StudyPlanTests {
  /// A slip, the place that its message names, and what it asks.
  struct Slip: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let expected: [String]
    var testDescription: String { new }

    init(_ old: String, _ new: String, _ expected: String...) {
      self.old = old
      self.new = new
      self.expected = expected
    }
  }

  static let slips = [
    Slip("title:", "titel:", "line 3, titel: there is no key \"titel\"", "Did you mean \"title\"?"),
    Slip("seed: 7", "sede: 7", "sede", "Did you mean \"seed\"?"),
    Slip("output:", "ouput:", "Did you mean \"output\"?"),
    Slip("formats: [", "format: [", "output.format: there is no key", "Did you mean \"formats\"?"),
    Slip("\"tex\"", "\"latx\"", "output.formats: there is no format \"latx\""),
    Slip("unit: \"code\"", "units: \"code\"", "panel.units: there is no key", "Did you mean \"unit\"?"),
    Slip("unit: \"code\"", "unit: [true]", "panel.unit[0]: found true; expected COL"),
    Slip(
      "unit: \"code\"", "unit: \"cde\"", "panel.unit: there is no column \"cde\"", "Did you mean \"code\"?"),
    Slip("label: \"name\"", "label: \"nmae\"", "indicators.label", "Did you mean \"name\"?"),
    Slip("steps: 1", "cluster: \"towns\"", "robustness[0].cluster: there is no column \"towns\""),
    Slip("interpolate:", "interpolte:", "prepare[0].interpolte", "Did you mean \"interpolate\"?"),
    Slip("window=3", "windwo=3", "there is no setting \"windwo\"", "Did you mean \"window\"?"),
    Slip("window=3", "windwo=3", "prepare[1].smooth: --smooth"),
    Slip("\"income;window=3", "\"incme;window=3", "prepare[1].smooth: there is no column \"incme\""),
    Slip("log: \"income\"", "log: \"income;as\"", "analysis.prepare[0].log: "),
    Slip("log: \"income\"", "log: \"incom\"", "analysis.prepare[0].log: there is no column"),
    Slip("window=3", "window=4", "prepare[1].smooth: The moving average has a window of 4"),
    Slip("\"results\"", "\"re,sults\"", "output.folder: is \"re,sults\"; expected"),
    Slip("\"results\"", "\"--out\"", "output.folder: is \"--out\"; expected"),
    Slip("V ~ lag(V)", "V ~ lag(V) + year", "It is a key of the panel, which the scores call \"time\""),
    Slip("label:", "lable:", "indicators.lable", "Did you mean \"label\"?"),
    Slip("analysis:", "analisys:", "Did you mean \"analysis\"?"),
    Slip("log: \"income\"", "lgo: \"income\"", "analysis.prepare[0].lgo", "Did you mean \"log\"?"),
    Slip("log: \"income\"", "log: \"incom\"", "no column \"incom\"", "Did you mean \"income\"?"),
    Slip("describe: { variables", "describe: { variable", "Did you mean \"variables\"?"),
    Slip("\"ln_income\"]", "\"ln_incme\"]", "describe.variables", "Did you mean \"ln_income\"?"),
    Slip("links.csv", "lnks.csv", "There is no file \"lnks.csv\". Did you mean \"links.csv\"?"),
    Slip("gmm: [", "gm: [", "models.gm: there is no key", "Did you mean \"gmm\"?"),
    Slip("formula:", "formla:", "models.gmm[0].formla: there is no key", "Did you mean \"formula\"?"),
    Slip("V ~ lag(V)", "V ~ lga(V)", "models.gmm[0]", "lga"),
    Slip("V ~ lag(V)", "V ~ lag(V) + Q", "models.gmm[0].formula: there is no column \"Q\""),
    Slip("V ~ lag(V)", "V ~ lag(V) + name", "The panel has it").withoutAnalysis,
    Slip("\"time-effects\"", "\"time-efects\"", "Did you mean \"time-effects\"?"),
    Slip("\"none\"", "\"nonne\"", "models.gmm[0].time-effects", "Did you mean \"none\"?"),
    Slip("of: \"level\", steps", "off: \"level\", steps", "Did you mean \"of\"?"),
    Slip("of: \"level\", steps", "of: \"levl\", steps", "robustness[0].of", "Did you mean \"level\"?"),
    Slip("steps: 1", "steps: 7", "robustness[0].steps: --steps is \"7\"; expected one of"),
    Slip("winsorise: [0.1, 0.1]", "winsorise: 3", "robustness[1].winsorise: found the number 3"),
    Slip("steps: 1", "lag: \"one\"", "robustness[0].lag: found the text \"one\"; expected a whole number"),
    Slip("steps: 1", "where: \"name\"", "\"name\" is no condition on rows"),
    Slip("steps: 1", "where: \"nme=x\"", "robustness[0].where: there is no column \"nme\""),
  ]

  @Test(arguments: slips) func `a slip is named with its place and the nearest name`(slip: Slip) throws {
    let box = try StudySandbox()
    let before = try box.text("study.json")
    try #require(before.contains(slip.old), "the study has no \(slip.old)")
    try box.change("study.json", slip.old, slip.new)
    let outcome = box.run("--check")
    #expect(outcome.code != .done && outcome.code != .internalError)
    #expect(outcome.output.isEmpty)
    for words in slip.expected { #expect(outcome.errors.contains(words), "\(outcome.errors)") }
    #expect(!box.exists("results"))
  }

  @Test func `the panel's own keys may be named where the scores call them otherwise`() throws {
    let box = try StudySandbox()
    try box.change(
      "study.json", "steps: 1", "steps: 1, where: [\"code!=0430104\", \"year>=2020\"], cluster: \"code\"")
    try box.change("study.json", "analysis: {", "analysis: { where: \"year>2000\",")
    let outcome = box.run("--check")
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(
      outcome.output.contains("--where 'unit!=0430104' --where 'time>=2020' --cluster unit"),
      "\(outcome.output)")
    #expect(outcome.output.contains("--where 'time>2000'"))
    let answer = box.run("--json")
    #expect(!answer.errors.contains("no column"), "\(answer.errors)")
  }

  @Test func `all problems are named at once, and the first decides the exit code`() {
    let outcome = ruralvalue(["study", ProjectFiles.fixture("studies/wrong/keys.json").path])
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("has 10 problems"), "\(outcome.errors)")
  }

  @Test func `a column that is not there stops a check but only its step in a run`() throws {
    let box = try StudySandbox()
    try box.change("study.json", "V ~ lag(V)", "V ~ lag(V) + Q")
    #expect(box.run("--check").code == .data)
    let results = try box.results()
    #expect(results["gmm-level"] == "failed")
    #expect(results["describe"] == "done")
  }

  @Test(arguments: [
    ("V ~ lag(V) + P*C", "V ~ lag(V, 1) + lag(P, 1) + lag(C, 1) + lag(P, 1):lag(C, 1)"),
    ("ln_V ~ ln_P + lag(C, 2) - 1", "ln_V ~ lag(ln_P, 1) + lag(C, 3) + 0"),
    ("V ~ lag(V, 1:2) + log(P)", "V ~ lag(V, 1) + lag(V, 2) + lag(log(P), 1)"),
  ]) func `regressors go a period back and lags of the outcome stay`(formula: String, lagged: String) throws {
    let specification = try FormulaSpecification(formula)
    let text = LaggedFormula.text(specification, steps: 1)
    #expect(text == lagged)
    // What is written is read again as the same terms.
    #expect(try FormulaSpecification(text).terms.count == specification.terms.count)
    for (name, original) in LaggedFormula.names(specification, steps: 1) where !name.hasPrefix("W*") {
      #expect(specification.terms.contains { $0.name == original })
    }
  }

  @Test(arguments: [
    ("Winsorised at 1 %", "winsorised-at-1"), ("珠三角／其他", "珠三角-其他"), ("../up", "up"), ("", "unnamed"),
    ("a/b", "a-b"), (String(repeating: "长", count: 90), String(repeating: "长", count: 60)),
  ]) func `a name becomes a folder's name`(name: String, slug: String) {
    #expect(StudyNames.slug(name) == slug)
  }

  @Test func `a study without indicators models the panel's own columns`() throws {
    let box = try StudySandbox(
      study: """
        { panel: { file: "panel.csv" }, models: { gmm: { formula: "income ~ lag(income)", "time-effects": "none" } } }
        """)
    let outcome = box.run("--check")
    #expect(outcome.code == .done)
    #expect(
      outcome.output.contains(
        "ruralvalue gmm panel.csv --formula 'income ~ lag(income)' --time-effects none --out results/gmm-1\n")
    )
  }

  @Test func `a model's periods go before the panel's, and conditions of both hold`() throws {
    let box = try StudySandbox(
      study: """
        {
          panel: { file: "panel.csv", periods: "2020:2022", where: "code!=0430104" },
          describe: { variables: "income", periods: "2021:", where: ["villages>0"] },
        }
        """)
    #expect(
      box.run("--check").output.contains(
        "ruralvalue describe panel.csv --where 'code!=0430104' --variables income --periods 2021:"
          + " --where 'villages>0' --out results/describe\n"), "\(box.run("--check"))")
  }

  @Test func `the calls that a check prints give the study's own tables`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let script = box.run("--check").output
    let calls = script.split(separator: "\n").filter { $0.hasPrefix("ruralvalue ") }
    #expect(calls.count == 10)
    // In the study's folder; the tests run elsewhere, so paths are made absolute.
    for call in calls {
      let made = call.replacingOccurrences(of: "results/", with: box.path("byhand") + "/")
        .replacingOccurrences(of: " panel.csv", with: " " + box.path("panel.csv"))
        .replacingOccurrences(of: " system.csv", with: " " + box.path("system.csv"))
        .replacingOccurrences(of: " links.csv", with: " " + box.path("links.csv"))
      let outcome = shell(made)
      #expect(outcome.code == .done, "\(made)\n\(outcome.errors)")
    }
    let byHand = try box.files(in: "byhand")
    let byStudy = try box.files(in: "results")
    #expect(byHand.count > 40)
    // JSON names its inputs, whose paths differ here; plots and tables of `weights` are the study's alone.
    for (name, bytes) in byHand where !name.hasSuffix(".json") { #expect(byStudy[name] == bytes, "\(name)") }
  }
}

extension StudyPlanTests.Slip {
  /// The same slip, for a study whose models see the scores alone.
  var withoutAnalysis: StudyPlanTests.Slip {
    StudyPlanTests.Slip(
      "analysis: { prepare: [{ log: \"income\" }] },\n  describe: { variables: [\"V\", \"ln_income\"] },\n",
      "describe: { variables: [\"V\", \"name\"] },\n", expected[0])
  }
}
