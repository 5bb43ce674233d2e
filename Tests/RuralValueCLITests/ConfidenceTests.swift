import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// `--confidence` and `--covariance`, which belong to every model.
@Suite struct ConfidenceTests {
  private let crimes = ProjectFiles.fixture("data/north-carolina/counties-1981-1987.csv").path
  private let sdm = [
    "sdm", ProjectFiles.fixture("reference/sdm/cigar.csv").path, "--formula", "logc ~ logp + logy",
    "--weights", ProjectFiles.fixture("reference/sdm/us-state-borders.csv").path, "--no-tests",
  ]
  private var gmm: [String] {
    [
      "gmm", crimes, "--formula", "lcrmrte ~ lag(lcrmrte) + lprbarr", "--small", "--time-effects", "none",
      "--quiet",
    ]
  }

  struct Answer: Decodable {
    struct Row: Decodable {
      let term: String
      let estimate: Double
      let std_error: Double
      let conf_low: Double
      let conf_high: Double
    }
    struct Simulated: Decodable {
      let term: String
      let mean: Double
      let conf_low: Double
      let conf_high: Double
    }
    struct Fit: Decodable { let df_residual: Int? }
    let coefficients: [Row]
    let effects: [Row]?
    let effects_simulated: [Simulated]?
    let fit: Fit
  }

  private func answer(_ words: [String]) throws -> Answer {
    try JSONDecoder().decode(Answer.self, from: Data(ruralvalue(words + ["--json"]).output.utf8))
  }

  static let levels: [(level: String, text: String, normal: Double, t89: Double)] = [
    // qnorm and qt(·, 89) of (1 + level)/2, from scipy 1.x.
    ("0.999", "99.9%", 3.2905267314919255, 3.403225455530791),
    ("0.975", "97.5%", 2.241402727604947, 2.2799550951155214),
    ("0.95", "95%", 1.959963984540054, 1.986978699506281),
  ]

  @Test(arguments: levels) func `headings name the level exactly, and intervals have it`(
    level: String, text: String, normal: Double, t89: Double
  ) throws {
    for words in [sdm + ["--draws", "50"], gmm] {
      let more = words + ["--confidence", level]
      #expect(ruralvalue(more).output.contains("\(text) low"))
      #expect(ruralvalue(more).output.contains("\(text) high"))
      #expect(ruralvalue(more + ["--lang", "zh"]).output.contains("\(text)下限"))
      let found = try answer(more)
      let isT = found.fit.df_residual != nil
      #expect(isT == (words[0] == "gmm") && (!isT || found.fit.df_residual == 89))
      for row in found.coefficients + (found.effects ?? []) {
        let half = (row.conf_high - row.conf_low) / 2 / row.std_error
        expectClose(half, isT ? t89 : normal, relative: 1e-11, from: "scipy", row.term)
        expectClose(
          (row.conf_high + row.conf_low) / 2, row.estimate, absolute: 1e-12, from: "the estimate", row.term)
      }
    }
  }

  @Test func `percentiles of simulated effects widen with the level`() throws {
    let narrow = try #require(try answer(sdm + ["--draws", "400", "--confidence", "0.5"]).effects_simulated)
    let wide = try #require(try answer(sdm + ["--draws", "400", "--confidence", "0.99"]).effects_simulated)
    for (one, other) in zip(narrow, wide) {
      #expect(one.mean == other.mean)
      #expect(other.conf_low < one.conf_low && one.conf_high < other.conf_high)
    }
  }

  @Test(arguments: ["0", "1", "1.5", "-0.1", "nan", "95", "high"])
  func `a level that is none is refused by both models`(level: String) {
    for words in [sdm, gmm] {
      let outcome = ruralvalue(words + ["--confidence=\(level)"])
      #expect(outcome.code == .usage && outcome.errors.contains("--confidence"), "\(outcome.errors)")
    }
  }

  /// The square roots of the diagonal are the standard errors, and a sum's error follows from the block.
  @Test func `the covariance is that of the coefficients, as a table, in JSON and as a file`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cov-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for words in [sdm + ["--draws", "0"], gmm + ["--lincom", "lag(lcrmrte, 1)+lprbarr"]] {
      let outcome = ruralvalue(words + ["--covariance", "--json"])
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      let coefficients = try #require(document["coefficients"] as? [[String: Any]])
      let rows = try #require(document["covariance"] as? [[String: Any]])
      let terms = coefficients.compactMap { $0["term"] as? String }
      #expect(rows.compactMap { $0["term"] as? String } == terms)
      for (row, coefficient) in zip(rows, coefficients) {
        let term = try #require(row["term"] as? String)
        #expect(Set(row.keys) == Set(terms + ["term"]))
        expectClose(
          try #require(row[term] as? Double).squareRoot(), try #require(coefficient["std_error"] as? Double),
          relative: 1e-14, from: "the standard error", term)
      }
      if let sums = document["linear_combinations"] as? [[String: Any]] {
        func value(_ i: Int, _ j: Int) throws -> Double { try #require(rows[i][terms[j]] as? Double) }
        let variance = try value(0, 0) + value(1, 1) + 2 * value(0, 1)
        expectClose(
          try #require(sums[0]["std_error"] as? Double), variance.squareRoot(), relative: 1e-12, from: "1′V1")
      }
      #expect(ruralvalue(words + ["--covariance"]).output.contains("Covariance of the coefficients"))
      #expect(!ruralvalue(words).output.contains("Covariance of the coefficients"))
      let written = ruralvalue(words + ["--covariance", "--out", folder.path])
      #expect(written.code == .done)
      let text = try String(contentsOf: folder.appending(path: "covariance.csv"), encoding: .utf8)
      #expect(text.split(separator: "\n").count == terms.count + 1)
    }
  }

  /// What stands in cases/confidence: a small-sample model at 99.9 %, its report and its robustness table.
  @Test(arguments: levels) func `report and robustness table have the estimate's own interval`(
    level: String, text: String, normal: Double, t89: Double
  ) throws {
    let box = try StudySandbox(
      study: """
        { title: "t", seed: 1, output: { folder: "results", formats: ["csv"] },
          panel: { file: "\(crimes)" },
          models: { gmm: [ { name: "a", formula: "lcrmrte ~ lag(lcrmrte) + lprbarr", small: true,
                             confidence: \(level), "time-effects": "none" } ] },
          robustness: [ { name: "b", of: "a", steps: 1 } ] }
        """)
    #expect(box.run().code == .done)
    let report = try box.text("results/report.html")
    #expect(report.contains("with \(text) intervals"))
    #expect(report.contains("Lines: \(text) intervals"))
    for wrong in ["95%", "98%", "100%"] where wrong != text {
      #expect(!report.contains("\(wrong) intervals") && !report.contains("\(wrong) low"))
    }
    func cells(_ path: String) throws -> [[String]] {
      // Commas outside quotes part cells.
      try box.text(path).split(separator: "\n").map { line in
        var isQuoted = false
        return line.split(omittingEmptySubsequences: false) { letter in
          if letter == "\"" { isQuoted.toggle() }
          return letter == "," && !isQuoted
        }.map(String.init)
      }
    }
    func column(_ name: String, _ rows: [[String]]) throws -> [Double?] {
      let place = try #require(rows[0].firstIndex(of: name))
      return rows.dropFirst().map { row in Double(row[place]) }
    }
    let own = try cells("results/gmm-a/coefficients.csv")
    let compared = try cells("results/robustness-a/robustness_coefficients.csv")
    for name in ["estimate", "std_error", "p_value", "conf_low", "conf_high"] {
      let (found, expected) = (try column(name, compared), try column(name, own))
      #expect(Array(found.prefix(expected.count)) == expected, "\(name)")
    }
    let (estimate, error) = (try column("estimate", compared), try column("std_error", compared))
    let high = try column("conf_high", compared)
    for row in high.indices {
      let (top, middle) = (try #require(high[row]), try #require(estimate[row]))
      expectClose(
        (top - middle) / (try #require(error[row])), t89, relative: 1e-11,
        from: "t with 89 degrees of freedom")
    }
  }
}
