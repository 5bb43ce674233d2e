import Foundation
import RuralValueFormats
import Testing

@testable import RuralValueCLI

/// The key `tables` of a study: its models side by side.
@Suite struct StudyTableTests {
  private static let models = """
    panel: { file: "panel.csv" }, models: { fe: [
      { name: "one", formula: "income ~ villages", effects: "unit", se: "classical" },
      { name: "two", formula: "income ~ villages + pesticide", effects: "unit", se: "classical" },
      { name: "other", formula: "pesticide ~ villages", effects: "unit", se: "classical" } ] }
    """

  private static func check(_ more: String) throws -> Outcome {
    try StudySandbox(study: "{ \(models)\(more) }").run("--check")
  }

  @Test func `without the block models of one outcome stand side by side`() throws {
    let box = try StudySandbox(study: "{ \(Self.models), output: { formats: [\"csv\", \"docx\", \"tex\"] } }")
    let outcome = box.run()
    #expect(outcome.code == .done, "\(outcome.errors)")
    let table = try box.text("results/table-models/table.csv")
    #expect(table.hasPrefix("key,label,(1),(2),row_kind\n"), "\(table)")
    // The numbers are those of the models' own files.
    for (column, step) in [(2, "fe-one"), (3, "fe-two")] {
      let own = try box.text("results/\(step)/coefficients.csv").split(separator: "\n")
      let number = own.first { $0.hasPrefix("villages,") }?.split(separator: ",")[1]
      let row = table.split(separator: "\n").first { $0.hasPrefix("villages,") }
      #expect(number != nil && row?.split(separator: ",", omittingEmptySubsequences: false)[column] == number)
    }
    let files = try box.files(in: "results").keys
    for name in ["table-models/table.docx", "table-models/table.tex", "fe-one/fe.json"] {
      #expect(files.contains { $0.hasSuffix(name) }, "\(name)")
    }
    #expect(!files.contains { $0.hasSuffix("fe-other/fe.json") || $0.hasSuffix("fe-one/tables.json") })
    let report = try box.text("results/report.html")
    #expect(report.contains("Models of income") && report.contains("ruralvalue table results/fe-one/fe.json"))
    // The second time nothing is done anew, and the bytes are the same.
    #expect(box.run().code == .done)
    #expect(try box.text("results/table-models/table.csv") == table)
  }

  @Test func `the block says which models, and how they stand`() throws {
    let outcome = try Self.check(
      """
      , robustness: [{ name: "pooled", of: "two", effects: "none" }], tables: [{ name: "main", models: ["two", "pooled", "other"],
        group: "Fixed:1;Pooled:2", keep: ["villages", "lag(income, 1)"], drop: [], order: "villages", effects: "none",
        brackets: "t", title: "Table 4" }]
      """)
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(
      outcome.output.contains(
        "ruralvalue table results/fe-two/fe.json results/fe-pooled/fe.json results/fe-other/fe.json"
          + " --group 'Fixed:1;Pooled:2' --keep 'villages,lag(income, 1)'"), "\(outcome.output)")
    #expect(!outcome.output.contains("table-models"))
    #expect(try !Self.check(", tables: false").output.contains("ruralvalue table"))
    #expect(try Self.check(", tables: {}").output.contains("results/fe-other/fe.json"))
  }

  @Test(arguments: [
    ("[{ models: [\"tow\"] }]", "there is no model \"tow\". Did you mean \"two\"?"),
    ("[{ models: [] }]", "names no model"), ("[{ model: [\"one\"] }]", "Did you mean \"models\"?"),
    (
      "[{ models: [\"one\", \"two\"], group: \"A:1-3\" }]",
      "the columns 1 to 3; the table has the columns 1 to 2"
    ),
    (
      "[{ models: [\"one\"], keep: [\"vilages\"] }]",
      "there is no term \"vilages\" in the models. Did you mean \"villages\"?"
    ),
    ("[{ models: [\"one\"], drop: \"direct pesticide\" }]", "there is no term \"direct pesticide\""),
    ("[{ models: [\"one\"], effects: \"tall\" }]", "panels"), ("3", "expected a list of tables"),
  ])
  func `what is off is said at its place`(tables: String, message: String) throws {
    let outcome = try Self.check(", tables: \(tables)")
    #expect(outcome.code != .done && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func `a model that fails leaves its table out, with the reason`() throws {
    let box = try StudySandbox(study: "{ \(Self.models) }")
    try box.change(
      "study.json", "formula: \"income ~ villages + pesticide\"",
      "formula: \"income ~ villages + villages^2 + villages^3 + pesticide\", iv: \"villages ~ pesticide\"")
    let outcome = box.run()
    #expect(outcome.code != .done)
    #expect(try box.text("results/report.html").contains("builds on the step fe-two"), "\(outcome.errors)")
  }
}
