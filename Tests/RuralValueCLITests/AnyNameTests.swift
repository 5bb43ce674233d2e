import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// A regressor may have any name: in every verb that estimates nothing changes but the name.
///
/// A name that formulas read as something else stands in backticks, there and in results.
@Suite struct AnyNameTests {
  struct Name: CustomTestStringConvertible, Sendable {
    let column: String
    var testDescription: String { column }
    /// The name in formulas and in results.
    var term: String {
      column.allSatisfy { $0.isLetter || $0.isNumber } ? column : "`\(column)`"
    }
  }

  static let plain = ["rho", "lambda", "sigma2", "theta", "V"].map(Name.init)
  static let names =
    plain + ["W*x", "W*logy", "(Intercept)", "time=2014", "time=1980", "P:C"].map(Name.init)

  /// A folder with a copy of a fixture in which one column has another name.
  private final class Renamed {
    let folder: URL

    init(_ fixture: String, _ old: String, _ new: String) throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "name-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var lines = try ProjectFiles.fixtureText(fixture).split(
        separator: "\n", omittingEmptySubsequences: false)
      lines[0] = Substring(
        lines[0].split(separator: ",", omittingEmptySubsequences: false).map { $0 == old ? new[...] : $0 }
          .joined(separator: ","))
      try Data(lines.joined(separator: "\n").utf8).write(to: folder.appending(path: "panel.csv"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var panel: String { folder.appending(path: "panel.csv").path }
    func path(_ name: String) -> String { folder.appending(path: name).path }
    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
  }

  /// What was printed, with both names made one and widths, line breaks and drawings left out.
  private func canonical(_ text: String, _ name: Name, _ old: String, _ folder: URL) -> String {
    var text = text.replacing(folder.path, with: "").replacing("\\", with: "").replacing(
      /<svg[^\u{0}]*?<\/svg>/, with: "")
    for word in [name.term, name.column, old] {
      text = text.replacing(word, with: "NAME")
    }
    return text.replacing(/\s+/, with: " ").replacing(/[=─-]+/, with: "-")
  }

  // MARK: sdm

  private let links = ProjectFiles.fixture("reference/sdm/us-state-borders.csv").path

  private func cigarettes(_ name: Name, _ more: [String]) throws -> (Outcome, Renamed) {
    let renamed = try Renamed("reference/sdm/cigar.csv", "logp", name.column)
    let outcome = ruralvalue(
      ["sdm", renamed.panel, "--formula", "logc ~ \(name.term) + logy", "--weights", links] + more)
    return (outcome, renamed)
  }

  @Test(
    arguments: names, [[], ["--effects", "random", "--draws", "0"], ["--dynamic", "both", "--draws", "0"]])
  func `sdm prints the same but for the name`(name: Name, more: [String]) throws {
    let (found, one) = try cigarettes(name, more)
    let (expected, other) = try cigarettes(Name(column: "logp"), more)
    #expect(found.code == .done, "\(found.errors)")
    #expect(
      canonical(found.output, name, "logp", one.folder)
        == canonical(expected.output, name, "logp", other.folder))
    #expect(
      canonical(found.errors, name, "logp", one.folder)
        == canonical(expected.errors, name, "logp", other.folder))
  }

  private struct Answer: Decodable {
    struct Test: Decodable {
      let name: String
      let statistic: Double?
      let df: Int?
    }
    struct Coefficient: Decodable {
      let term: String
      let estimate: Double
    }
    let tests: [Test]
    let coefficients: [Coefficient]
  }

  /// Hausman's 22.527 with 5 degrees of freedom is that of the panel before any renaming.
  @Test(arguments: names) func `Hausman's test stays what it is under every name`(name: Name) throws {
    let (outcome, _) = try cigarettes(name, ["--draws", "0", "--json"])
    let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
    let hausman = try #require(answer.tests.first { $0.name == "hausman" })
    expectClose(try #require(hausman.statistic), 22.527, absolute: 5e-4, from: "logp, cases/names")
    #expect(hausman.df == 5)
    #expect(
      answer.coefficients.map(\.term) == [name.term, "logy", "W*\(name.term)", "W*logy", "rho", "sigma2"])
  }

  @Test(arguments: names) func `weights side by side and every format are the same but for the name`(
    name: Name
  )
    throws
  {
    func run(_ name: Name) throws -> Renamed {
      let renamed = try Renamed("reference/sdm/cigar.csv", "logp", name.column)
      let outcome = ruralvalue([
        "sdm", renamed.panel, "--formula", "logc ~ \(name.term) + logy", "--weights",
        "\(links),\(ProjectFiles.fixture("reference/sdm/us-states-two-steps.gal").path)", "--draws", "0",
        "--no-tests", "--out", renamed.path("out"), "--format", "csv,md,html", "--covariance",
      ])
      #expect(outcome.code == .done, "\(outcome.errors)")
      return renamed
    }
    let (found, expected) = (try run(name), try run(Name(column: "logp")))
    for table in ["coefficients", "effects", "weights_comparison"] {
      for format in ["csv", "md", "html"] {
        #expect(
          canonical(try found.text("out/\(table).\(format)"), name, "logp", found.folder)
            == canonical(try expected.text("out/\(table).\(format)"), name, "logp", expected.folder),
          "\(table).\(format)")
      }
    }
    let header = try found.text("out/covariance.csv").prefix { !$0.isNewline }
    let columns = header.split(separator: ",")
    #expect(columns.count == 7 && Set(columns).count == 7, "\(header)")
  }

  // MARK: gmm

  @Test(arguments: names, [[], ["--small", "--center"]])
  func `gmm prints the same but for the name`(name: Name, more: [String]) throws {
    func run(_ name: Name) throws -> (Outcome, Renamed) {
      let renamed = try Renamed("reference/gmm/abdata.csv", "w", name.column)
      let outcome = ruralvalue(
        [
          "gmm", renamed.panel, "--formula", "n ~ lag(n) + \(name.term)*k", "--gmm", "n,2:4;collapse", "--iv",
          "\(name.term),k,\(name.term):k", "--sums", "\(name.term),k", "--margins", name.term,
        ] + more)
      #expect(outcome.code == .done, "\(outcome.errors)")
      return (outcome, renamed)
    }
    let other = Name(column: "wages")
    let (found, one) = try run(name)
    let (expected, two) = try run(other)
    #expect(
      canonical(found.output, name, "wages", one.folder)
        == canonical(expected.output, name, "wages", two.folder))
    #expect(
      canonical(found.errors, name, "wages", one.folder)
        == canonical(expected.errors, name, "wages", two.folder))
  }

  // MARK: study

  @Test(arguments: names) func `a study's robustness, report and plots are the same but for the name`(
    name: Name
  )
    throws
  {
    func run(_ name: Name) throws -> Renamed {
      let renamed = try Renamed("reference/sdm/cigar.csv", "logp", name.column)
      try FileManager.default.copyItem(atPath: links, toPath: renamed.path("links.csv"))
      let study = """
        { title: "t", seed: 1, output: { folder: "results", formats: ["csv", "tex"] },
          panel: { file: "panel.csv" },
          weights: { links: "links.csv" },
          models: {
            gmm: [ { name: "a", formula: "logc ~ lag(logc) + \(name.term) + logy", small: true } ],
            sdm: [ { name: "s", formula: "logc ~ \(name.term) + logy", weights: "links", draws: 0,
                     "no-tests": true } ] },
          robustness: [
            { name: "b", of: "a", steps: 1 }, { name: "c", of: "a", lag: 1 },
            { name: "d", of: "s", effects: "unit" }, { name: "e", of: "s", lag: 1 } ] }
        """
      try Data(study.utf8).write(to: renamed.folder.appending(path: "study.json"))
      let outcome = ruralvalue(["study", renamed.path("study.json")])
      #expect(outcome.code == .done, "\(outcome.errors)\(outcome.output)")
      return renamed
    }
    let other = Name(column: "prices")
    let (found, expected) = (try run(name), try run(other))
    for file in [
      "robustness-a/robustness.csv", "robustness-a/robustness.tex", "robustness-a/robustness_verdicts.csv",
      "robustness-a/robustness_coefficients.csv", "robustness-s/robustness.csv",
      "robustness-s/robustness_verdicts.csv", "robustness-s/robustness_coefficients.csv",
    ] {
      #expect(
        canonical(try found.text("results/\(file)"), name, "prices", found.folder)
          == canonical(try expected.text("results/\(file)"), name, "prices", expected.folder), "\(file)")
    }
    let verdicts = try found.text("results/robustness-s/robustness_verdicts.csv")
    #expect(verdicts.split(whereSeparator: \.isNewline).count == 6, "\(verdicts)")
    for step in ["gmm-a", "sdm-s", "robustness-a", "robustness-s"] {
      func marks(_ renamed: Renamed) throws -> Int {
        try renamed.text("results/\(step)/figure_1.svg").matches(of: /<circle/).count
      }
      #expect(try marks(found) == marks(expected) && marks(found) > 1, "\(step)")
    }
    func captions(_ renamed: Renamed, _ name: Name) throws -> [String] {
      try renamed.text("results/report.html").matches(of: /<figcaption>(.*?)<\/figcaption>/).map {
        canonical(String($0.output.1), name, "prices", renamed.folder)
      }
    }
    #expect(try captions(found, name) == captions(expected, name))
  }

  // MARK: compare

  @Test(arguments: plain) func `a printed table is reproduced under every name`(name: Name) throws {
    let (outcome, renamed) = try cigarettes(
      name,
      [
        "--draws", "0", "--no-tests", "--out",
        FileManager.default.temporaryDirectory.path + "/any-\(name.column)",
      ])
    #expect(outcome.code == .done)
    let folder = FileManager.default.temporaryDirectory.appending(path: "any-\(name.column)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let results = try String(contentsOf: folder.appending(path: "coefficients.csv"), encoding: .utf8)
    // As a paper prints them: three decimals, and names of its own for the model's parameters.
    let own = ["rho": "spatial rho", "sigma2": "error variance"]
    let lines = results.split(separator: "\n")
    let printed = lines.enumerated().map { number, line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).prefix(3).map(String.init)
      guard number > 0 else { return (cells + ["matches"]).joined(separator: ",") }
      let numbers = cells[1...].map { Double($0).map { String(format: "%.3f", $0) } ?? $0 }
      let isParameter = number >= lines.count - own.count
      let term = isParameter ? own[cells[0]] ?? cells[0] : cells[0]
      return ([term] + numbers + [isParameter ? cells[0] : ""]).joined(separator: ",")
    }
    try Data((printed.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: "printed.csv"))
    let compared = ruralvalue([
      "compare", folder.path + "/printed.csv", "--with", folder.path + "/coefficients.csv",
    ])
    #expect(compared.code == .done, "\(compared.errors)\(compared.output)")
    withExtendedLifetime(renamed) {}
  }

  // MARK: simulate

  private struct Simulated: Decodable {
    struct Row: Decodable {
      let term: String
      let truth: Double
      let coverage: Double
      let rejected: Double?

      enum CodingKeys: String, CodingKey {
        case term, truth, coverage
        case rejected = "rejected_0.05"
      }
    }
    let monte_carlo: [Row]
  }

  /// The draws of a regressor follow from its name, so that here the truth is looked at and not the numbers.
  @Test(arguments: names) func `Monte Carlo tells a regressor from the model's own parameters`(name: Name)
    throws
  {
    let outcome = ruralvalue([
      "simulate", "sdm", "--counties", "25", "--periods", "2015:2020", "--rho", "0.3", "--coefficients",
      "\(name.term)=0.2,C=-0.1", "--durbin", "\(name.term)=0.15", "--outcome", "y", "--seed", "1",
      "--replications", "3",
      "--json",
    ])
    #expect(outcome.code == .done, "\(outcome.errors)")
    let rows = try JSONDecoder().decode(Simulated.self, from: Data(outcome.output.utf8)).monte_carlo
    #expect(
      rows.map(\.term) == [
        name.term, "C", "W*\(name.term)", "rho", "sigma2", "direct \(name.term)", "direct C",
        "indirect \(name.term)", "indirect C", "total \(name.term)", "total C",
      ])
    #expect(rows.prefix(5).map(\.truth) == [0.2, -0.1, 0.15, 0.3, 1])
    #expect(rows.map { $0.rejected == nil } == rows.indices.map { $0 == 4 })
    expectClose(rows[9].truth, 0.5, absolute: 1e-12, from: "(0.2 + 0.15)/(1 − 0.3)")
  }

  @Test(arguments: names) func `an exact panel has its parameters under every name`(name: Name) throws {
    struct Exact: Decodable {
      struct Row: Decodable {
        let term: String
        let truth: Double?
        let estimate: Double?
      }
      let parameters: [Row]
    }
    for kind in ["sdm", "dynamic-panel"] {
      let outcome = ruralvalue(
        [
          "simulate", kind, "--counties", "36", "--coefficients", "\(name.term)=0.2,C=-0.1", "--outcome",
          "y", "--seed", "1", "--exact", "--json",
        ] + (kind == "sdm" ? ["--rho", "0.3", "--durbin", "\(name.term)=0.15"] : []))
      #expect(outcome.code == .done, "\(outcome.errors)")
      let rows = try JSONDecoder().decode(Exact.self, from: Data(outcome.output.utf8)).parameters
      #expect(rows.count == (kind == "sdm" ? 5 : 3))
      for row in rows {
        expectClose(
          try #require(row.estimate), try #require(row.truth), absolute: 1e-9, from: "--exact", row.term)
      }
    }
  }
}
