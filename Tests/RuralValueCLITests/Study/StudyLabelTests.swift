import Foundation
import Testing

@testable import RuralValueCLI

/// The key `labels` of a study: words for all steps, comparisons and headings.
@Suite struct StudyLabelTests {
  private static let models = """
    panel: { file: "panel.csv" }, models: { gmm: [{ name: "m", formula: "income ~ lag(income) + villages",
      "time-effects": "none" }] }
    """

  private func plan(_ labels: String, _ more: String = models) throws -> (box: StudySandbox, outcome: Outcome)
  {
    let box = try StudySandbox(study: "{ labels: \(labels), \(more) }")
    try box.write("name,label,label_zh\nincome,Income,收入\nvillages,Villages,村落\n", to: "words.csv")
    return (box, box.run("--check"))
  }

  @Test func `a step is given the words for the names that it names`() throws {
    let outcome = try plan(
      """
      { income: "Income", pesticide: "Pesticide", villages: { label: "Villages", label_zh: "村落", unit: "个" } }
      """
    ).outcome
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(outcome.output.contains("--label income=Income"), "\(outcome.output)")
    #expect(outcome.output.contains("--label 'villages=Villages;zh=村落;unit=个'"))
    #expect(!outcome.output.contains("Pesticide"))
  }

  @Test func `a file of labels goes to every step`() throws {
    let outcome = try plan("\"words.csv\"").outcome
    #expect(outcome.code == .done && outcome.output.contains("--label-file words.csv"), "\(outcome.errors)")
  }

  @Test func `labels of a call go with those of the file`() throws {
    let (box, _) = try plan("{ income: \"Income\" }")
    let outcome = box.run("--check", "--label", "villages=Hamlets")
    #expect(
      outcome.output.contains("--label income=Income --label villages=Hamlets"), "\(outcome.output)")
  }

  @Test(arguments: [
    ("{ income: \"\" }", "labels.income: is empty"),
    ("{ income: [1, 2] }", "labels.income: found a list of 2"),
    ("{ income: { lable: \"x\" } }", "Did you mean \"label\"?"),
    ("\"nosuch.csv\"", "There is no file \"nosuch.csv\""),
    ("\"panel.csv\"", "has none of the columns \"label\""), ("3.5", "3.5"),
  ])
  func `what is no label is said at its place`(labels: String, message: String) throws {
    let outcome = try plan(labels).outcome
    #expect(outcome.code != .done && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func `the report, its headings and the comparison of variants have the words`() throws {
    let box = try StudySandbox(
      study: """
        { labels: ["words.csv"], panel: { file: "panel.csv" }, disparity: { variables: "income" },
          models: { fe: [{ name: "m", formula: "income ~ villages + pesticide", effects: "unit", se: "classical" }] },
          robustness: [{ of: "m", effects: "none" }] }
        """)
    try box.write("name,label,label_zh\nincome,Income,收入\nvillages,Villages,村落\n", to: "words.csv")
    let outcome = box.run()
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(!outcome.errors.contains("--label"), "\(outcome.errors)")
    let report = try box.text("results/report.html")
    #expect(report.contains("Disparity of Income") && report.contains("Villages"))
    #expect(try box.text("results/robustness-m/robustness.csv").contains("villages"))
    #expect(try !box.text("results/robustness-m/robustness.csv").contains("Villages"))
  }

  @Test func `digits may be significant in a study`() throws {
    let box = try StudySandbox(study: "{ output: { digits: \"3s\" }, \(Self.models) }")
    #expect(box.run("--check").output.contains("--digits 3s"))
    try box.change("study.json", "\"3s\"", "\"3x\"")
    #expect(
      box.run("--check").errors.contains("output.digits: found the text \"3x\"; expected a whole number"))
  }
}
