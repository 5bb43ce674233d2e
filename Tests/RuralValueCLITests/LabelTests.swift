import Foundation
import RuralValue
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// `--label` and `--label-file`: words for people, names for scripts.
@Suite struct LabelTests {
  private static let scores = ProjectFiles.fixture("data/hunan/scores-table4.csv").path
  private static let panel = ProjectFiles.fixture("reference/gmm/abdata.csv").path
  private static let labels = ["--label", "n=Employment;zh=就业;unit=10³", "--label", "w=Wage;zh=工资"]
  private static let formula = ["--formula", "n ~ lag(n) + w*k"]

  /// A file in a folder of its own.
  private func file(_ text: String) throws -> (path: String, folder: DeliveryTests.Folder) {
    let folder = DeliveryTests.Folder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try text.write(toFile: "\(folder.path)/labels.csv", atomically: true, encoding: .utf8)
    return ("\(folder.path)/labels.csv", folder)
  }

  @Test func `a model's tables have words, and its CSV and JSON its terms`() throws {
    let folder = DeliveryTests.Folder()
    let call = ["gmm", Self.panel] + Self.formula + Self.labels
    let outcome = ruralvalue(call + ["--out", folder.path, "--format", "csv,tex,html,md", "--quiet"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    for words in ["Employment (t−1)", "Wage × k", "Constant"] {
      #expect(outcome.output.contains(words), "\(words)")
      #expect(try folder.text("gmm_table.html").contains(words), "\(words)")
    }
    #expect(outcome.output.contains("of Employment; "))
    #expect(try folder.text("gmm_table.tex").contains("Wage $\\times$ k"))
    #expect(try folder.text("gmm_table.tex").contains("\\multicolumn{1}{c}{Employment}"))
    for name in ["coefficients.csv", "gmm_table.csv"] {
      let text = try folder.text(name)
      #expect(text.contains("\"lag(n, 1)\",") && text.contains("w:k") && !text.contains("Wage"), "\(name)")
    }
    let plain = ruralvalue(["gmm", Self.panel] + Self.formula + ["--json", "--quiet"])
    let labelled = ruralvalue(call + ["--json", "--quiet"])
    func coefficients(_ text: String) throws -> Substring {
      let start = try #require(text.firstRange(of: "\"coefficients\""))
      return text[start.lowerBound...].prefix { $0 != "]" }
    }
    #expect(try coefficients(plain.output) == coefficients(labelled.output))
    #expect(labelled.output.contains("\"label\": ["))
    let chinese = ruralvalue(call + ["--lang", "zh", "--quiet"])
    #expect(chinese.output.contains("就业（t−1）") && chinese.output.contains("常数项"))
  }

  @Test func `without labels text tables keep the terms and journal tables set them`() throws {
    let folder = DeliveryTests.Folder()
    let outcome = ruralvalue(
      ["gmm", Self.panel] + Self.formula + ["--out", folder.path, "--format", "md", "--quiet"])
    #expect(outcome.output.contains("lag(n, 1)") && outcome.output.contains("(Intercept)"))
    let journal = try folder.text("gmm_table.md")
    #expect(journal.contains("n (t−1)") && journal.contains("w × k") && journal.contains("Constant"))
  }

  @Test func `a file of labels has units for describe, and a label of the call holds before it`() throws {
    let (path, folder) = try file("name,label,label_zh,unit\nn,Jobs,岗位,10³\nw,Pay,,\n")
    defer { _ = folder }
    let call = ["describe", Self.panel, "--variables", "n,w", "--label-file", path]
    let outcome = ruralvalue(call + ["--label", "w=Wage"])
    #expect(outcome.output.contains("Jobs (10³)") && outcome.output.contains("Wage"), "\(outcome.errors)")
    #expect(!outcome.output.contains("Pay") && !outcome.errors.contains("--label"))
    #expect(ruralvalue(call + ["--lang", "zh"]).output.contains("岗位（10³）"))
  }

  @Test func `a label for what is not there is said, with the nearest name`() throws {
    let outcome = ruralvalue([
      "describe", Self.panel, "--variables", "n,w", "--label", "wage=Wage", "--label", "wq=X",
    ])
    #expect(outcome.code == .done)
    #expect(
      outcome.errors.contains("there is no \"wq\" to be called otherwise. Did you mean \"w\"?"),
      "\(outcome.errors)")
    let (path, folder) = try file("name,label\nq1,X\nq2,Y\n")
    defer { _ = folder }
    #expect(
      ruralvalue(["describe", Self.panel, "--variables", "n,w", "--label-file", path]).errors
        .contains("has a label for nothing that is here"))
  }

  @Test(arguments: ["P", "=x", "P=", "P=;unit=", " =x"])
  func `what is no label is refused`(text: String) {
    let outcome = ruralvalue(["describe", Self.panel, "--label", text])
    #expect(
      outcome.code == .usage && outcome.errors.contains("such as P=Population flow"), "\(outcome.errors)")
  }

  @Test(
    arguments: [
      ("P=A=B", "P", "A=B", nil, nil), ("P=a;b", "P", "a;b", nil, nil),
      ("P=Flow;zh=流;unit=10⁴ t", "P", "Flow", "流", "10⁴ t"), ("P=;unit=t", "P", nil, nil, "t"),
      ("`a=b`=Flow", "a=b", "Flow", nil, nil), (" P = Flow ", "P", "Flow", nil, nil),
      ("P=x;unit=;zh=", "P", "x", nil, nil),
    ] as [(String, String, String?, String?, String?)])
  func `a label is read`(text: String, name: String, english: String?, chinese: String?, unit: String?) {
    #expect(
      VariableLabels.Label(text) == .init(name: name, english: english, chinese: chinese, unit: unit))
  }

  @Test func `the column of names of entropy and evaluate is told from a label by its sign`() {
    let call = DeliveryTests.call
    let plain = ruralvalue(call + ["--json", "--quiet"]).output
    let named = ruralvalue(call + ["--label", "name", "--json", "--quiet"]).output
    #expect(plain.contains("\"label\": null") && named.contains("\"label\": \"name\""))
    let both = ruralvalue(call + ["--label", "name", "--label", "V=Rural value", "--quiet"])
    #expect(both.output.contains("Rural value") && both.output.contains("Name"), "\(both.errors)")
  }

  @Test func `hostile labels are texts in every format`() throws {
    let folder = DeliveryTests.Folder()
    let hostile = "n=\u{1B}[31m<script>&\\input{x}_%|\u{202E}" + String(repeating: "长", count: 3000)
    let outcome = ruralvalue(
      ["gmm", Self.panel, "--label", hostile, "--out", folder.path, "--format", "md,tex,html"] + Self.formula)
    #expect(outcome.code == .done)
    #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\u{202E}"))
    #expect(try !folder.text("gmm_table.html").contains("<script>"))
    #expect(try !folder.text("gmm_table.tex").contains("\\input{x}"))
  }

  @Test func `pictures have words on their axes and above their panels`() throws {
    let folder = DeliveryTests.Folder()
    let outcome = ruralvalue(
      ["gmm", Self.panel, "--margins", "w", "--out", folder.path, "--quiet"] + Self.formula + Self.labels
        + ["--label", "k=Capital"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    let plot = try folder.text("marginal_effects.svg")
    #expect(plot.contains(">Wage<") && plot.contains("Capital at 0.50"))
  }

  @Test func `a map's label has a unit in the legend`() {
    let counties = ProjectFiles.fixture("data/hunan/counties.geojson").path
    let outcome = ruralvalue([
      "map", counties, "--table", ProjectFiles.fixture("data/hunan/counties.csv").path, "--fill",
      "lon", "--time", "none", "--label", "lon=Longitude;zh=经度;unit=度",
      "--lang", "zh",
    ])
    #expect(outcome.code == .done && outcome.output.contains("经度（度）"), "\(outcome.errors)")
  }
}
