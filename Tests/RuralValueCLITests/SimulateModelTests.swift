import Foundation
import RuralValue
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// `simulate dynamic-panel` and `simulate sdm`: what they draw, make exact and repeat.
@Suite struct SimulateModelTests {
  struct Answer: Decodable {
    struct Row: Decodable {
      let term: String
      let truth: Double?
      let estimate: Double?
    }
    let parameters: [Row]
  }

  private func parameters(_ words: [String]) throws -> [Answer.Row] {
    let outcome = ruralvalue(["simulate"] + words + ["--json"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8)).parameters
  }

  @Test(arguments: [
    ["dynamic-panel", "--counties", "60", "--coefficients", "P=0.2,C=-0.05"],
    [
      "dynamic-panel", "--counties", "60", "--coefficients", "P=0.2,C=-0.05,P:C=0.1", "--estimate",
      "--formula 'V ~ lag(V) + P*C' --transform fod --center=",
    ],
    [
      "dynamic-panel", "--counties", "60", "--lag", "0.9", "--coefficients", "P=0.2,lag(P)=0.1",
      "--regressors", "predetermined", "--effect-loading", "0.5", "--estimate",
      "gmm --formula \"V ~ lag(V) + P + lag(P)\" --steps 1 --predetermined P --exogenous 'lag(P);eq=diff'",
    ],
    ["sdm", "--counties", "36", "--coefficients", "P=0.2,C=-0.05", "--durbin", "P=0.1,C=0"],
    ["sdm", "--counties", "36", "--coefficients", "P=0.2", "--rho", "-0.3", "--estimate", "--effects unit"],
    ["sdm", "--counties", "36", "--coefficients", "P=0.2", "--lambda", "0.5"],
    [
      "sdm", "--counties", "36", "--coefficients", "P=0.2", "--lag", "0.4", "--neighbour-lag", "-0.1",
      "--estimate", "--lee-yu none",
    ],
  ]) func `an exact panel's estimates are its parameters to 1e-9`(words: [String]) throws {
    let words = words.map { $0.replacingOccurrences(of: " --center=", with: "") }
    for row in try parameters(words + ["--seed", "4", "--periods", "2014:2021", "--exact"]) {
      expectClose(
        try #require(row.estimate), try #require(row.truth), absolute: 1e-9, from: "--exact", row.term)
    }
  }

  @Test func `a grid's weights come with its exact panel, and with both sdm returns the parameters`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "grid-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let drawn = ruralvalue([
      "simulate", "sdm", "--counties", "36", "--coefficients", "P=0.2", "--durbin", "P=0.1", "--rho", "0.3",
      "--seed", "4", "--exact", "--out", folder,
    ])
    #expect(drawn.code == .done, "\(drawn.errors)")
    let fitted = ruralvalue([
      "sdm", folder + "/panel-simulated.csv", "--formula", "V ~ P", "--weights", folder + "/weights.csv",
      "--draws", "0", "--no-tests", "--out", folder,
    ])
    #expect(fitted.code == .done, "\(fitted.errors)")
    let rows = try String(contentsOfFile: folder + "/coefficients.csv", encoding: .utf8).split(
      separator: "\n")
    for (row, truth) in zip(rows.dropFirst(), [0.2, 0.1, 0.3]) {
      let estimate = try #require(Double(row.split(separator: ",")[1]))
      expectClose(estimate, truth, absolute: 1e-9, from: "the parameters planted", "\(row)")
    }
  }

  @Test func `what is drawn does not depend on later years, other regressors or the burn-in's length`() throws
  {
    func columns(_ words: [String], _ names: [String]) throws -> [[String]] {
      let outcome = ruralvalue(["simulate", "dynamic-panel", "--seed", "2", "--quiet"] + words)
      let lines = outcome.output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
      let places = try names.map { name in try #require(lines[0].firstIndex(of: name)) }
      return lines.dropFirst().filter { ["2015", "2016"].contains($0[1]) }.map { line in
        places.map { line[$0] }
      }
    }
    let base = ["--counties", "5", "--periods", "2015:2016", "--coefficients", "P=0.2,C=0.1"]
    let longer = ["--counties", "7", "--periods", "2015:2019", "--coefficients", "P=0.2,C=0.1"]
    let more = ["--counties", "5", "--periods", "2015:2016", "--coefficients", "P=0.2,C=0.1,I=0"]
    let keys = ["code", "year", "P", "C", "V"]
    #expect(try columns(base, keys) == columns(more, keys))
    #expect(try columns(base, keys) == Array(columns(longer, keys).prefix(10)))
    // A burn-in of other length starts the autoregressions elsewhere; 200 periods on nothing is left of that.
    let one = try columns(base + ["--burn-in", "200"], ["V"]).map { Double($0[0]) ?? .nan }
    let other = try columns(base + ["--burn-in", "260"], ["V"]).map { Double($0[0]) ?? .nan }
    for (a, b) in zip(one, other) { expectClose(a, b, absolute: 1e-12, from: "the longer burn-in") }
  }

  /// What a seed draws is the same to the last bit whatever BLAS kernel and C library a processor chooses;
  /// `.ci/kernels` runs this under all of them.
  @Test(arguments: [
    (
      "indicators --counties 40 --periods 2014:2022",
      "fab73e4bf7d88d1ce368cffbf585f28b3ac8535ba77fe85bb880d33041cb1a22"
    ),
    (
      "dynamic-panel --counties 40 --coefficients P=0.2,C=-0.05,P:C=0.1 --regressors predetermined"
        + " --heteroskedasticity 0.5 --effect-loading 0.3",
      "a48c0703c87cb1591df22e6107704a5887211b679e0f60616f3a53af35b7119b"
    ),
    (
      "sdm --counties 40 --coefficients P=0.2,C=-0.05 --durbin P=0.1 --heteroskedasticity 0.5",
      "1d669091dcbefa91f9a6a65d6dbbc61cb5f4babc489b6c0463128660de121578"
    ),
    (
      "sdm --counties 40 --coefficients P=0.2 --rho -0.3 --lag 0.4 --neighbour-lag 0.1",
      "2ffc340a5496aba4a4e5c918ab5943ff230133d0526816b1aaacf6e109841852"
    ),
    (
      "sdm --weights ONEWAY --coefficients P=0.2 --durbin P=0.1 --rho 0.7 --lambda -0.4",
      "2a655fc45a090573aed4d55760c6beb48125b23f4006ded5a06cb1d4e8ef919d"
    ),
  ]) func `a seed draws the same bytes on every machine`(call: String, digest: String) throws {
    let oneWay = FileManager.default.temporaryDirectory.appending(path: "one-way-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: oneWay) }
    let units = 0..<40
    // Each unit leans on three others, none of which leans on it.
    let rows = units.map { i in
      "\(i)" + units.map { [1, 2, 7].contains(($0 - i + 40) % 40) ? ",1" : ",0" }.joined()
    }
    try Data((["id" + units.map { ",\($0)" }.joined()] + rows).joined(separator: "\n").utf8).write(to: oneWay)
    let words = call.split(separator: " ").map { $0 == "ONEWAY" ? oneWay.path : String($0) }
    let outcome = ruralvalue(["simulate"] + words + ["--seed", "11"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(SHA256.hexadecimal(Array(outcome.output.utf8)) == digest)
  }

  @Test func `replications say the same in any language, and as JSON with the reasons of failures`() throws {
    let words = [
      "simulate", "dynamic-panel", "--counties", "30", "--periods", "2016:2022", "--coefficients",
      "P=0.3,C=0.2",
      "--seed", "5", "--replications", "6", "--estimate", "--sums P,C",
    ]
    struct Answer: Decodable {
      struct Row: Decodable {
        let term: String
        let truth: Double
        let coverage: Double
      }
      let monte_carlo: [Row]
      let estimated: Int
      let failures: [String]
    }
    let outcome = ruralvalue(words + ["--json"])
    let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
    #expect(answer.estimated == 6 && answer.failures.isEmpty)
    #expect(answer.monte_carlo.map(\.term) == ["lag(V, 1)", "P", "C", "P+C"])
    expectClose(answer.monte_carlo[3].truth, 0.5, absolute: 1e-15, from: "0.3 + 0.2")
    #expect(ruralvalue(words + ["--lang", "zh"]).output.contains("覆盖率"))
  }

  @Test func `a replication's panel gives the estimates that the replications are counted from`() throws {
    struct Answer: Decodable {
      struct Row: Decodable {
        let term: String
        let mean: Double?
        let estimate: Double?
      }
      let monte_carlo: [Row]?
      let coefficients: [Row]?
    }
    func answer(_ output: String) throws -> Answer {
      try JSONDecoder().decode(Answer.self, from: Data(output.utf8))
    }
    let call =
      "ruralvalue simulate dynamic-panel --counties 30 --periods 2016:2022 --coefficients P=0.3 --seed 5 --quiet"
    let one = try #require(try answer(shell("\(call) --replications 1 --json").output).monte_carlo)
    let two = try #require(try answer(shell("\(call) --replications 2 --json").output).monte_carlo)
    let found = try (1...2).map { number in
      let estimate = shell(
        "\(call) --replication \(number) | ruralvalue gmm - --formula 'V ~ lag(V) + P' --json --quiet")
      return try #require(try answer(estimate.output).coefficients)
    }
    for term in ["lag(V, 1)", "P"] {
      let estimates = try found.map { rows in
        try #require(rows.first { $0.term == term }?.estimate)
      }
      let (first, mean) = (one.first { $0.term == term }?.mean, two.first { $0.term == term }?.mean)
      expectClose(try #require(first), estimates[0], absolute: 1e-12, from: "gmm on replication 1", term)
      expectClose(
        try #require(mean), (estimates[0] + estimates[1]) / 2, absolute: 1e-12, from: "gmm on both", term)
      #expect(estimates[0] != estimates[1])
    }
  }

  @Test func `an outcome without a level and counties without neighbours are noted`() throws {
    let steady = ["simulate", "dynamic-panel", "--seed", "1", "--counties", "9", "--coefficients", "P=1"]
    #expect(!ruralvalue(steady).errors.contains("returns to no level"))
    #expect(ruralvalue(steady + ["--lag", "1"]).errors.contains("returns to no level"))
    let folder = FileManager.default.temporaryDirectory.appending(path: "island-\(UUID().uuidString).csv")
      .path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "id,a,b,c\na,0,1,0\nb,1,0,0\nc,0,0,0\n".write(toFile: folder, atomically: true, encoding: .utf8)
    let outcome = ruralvalue([
      "simulate", "sdm", "--weights", folder, "--coefficients", "P=1", "--rho", "0.4", "--lag", "0.4",
      "--neighbour-lag", "0.2", "--seed", "1",
    ])
    #expect(outcome.errors.contains("Without neighbours, so that their spatial lags are zero: c."))
    #expect(outcome.errors.contains("returns to no level"), "0.4 + 0.2 = 1 − 0.4")
  }

  @Test(arguments: [
    (["--exact", "--replications", "3"], "expected one of them"),
    (["--estimate", "--collapse"], "expected one of them beside it"),
    (["--exact", "--estimate", "panel.csv"], "no file"),
    (["--exact", "--estimate", "--colapse"], "Did you mean \"--collapse\"?"),
    (["--exact", "--estimate", "--cluster prefecture"], "no such column"),
    (["--exact", "--estimate", "--formula 'V ~ lag(V)'"], "P"),
    (["--sd-error", "0"], "expected a number of at least zero"),
    (["--replications", "2", "--replication", "1"], "expected one of them"),
    (["--replication", "0"], "from 1 to 1000000"),
    (["--seed", "99999999999999999999"], "given twice"),
    (["--exact", "--estimate", "--steps 1 --out x"], "--estimate has --out"),
    (["--replications", "2", "--estimate", "--periods 2015:2020"], "--estimate has --periods"),
    (["--heteroskedasticity", "800"], "expected at most 5"),
    (["--persistence", "1"], "between −1 and 1"),
    (["--feedback", "0.3"], "--regressors"),
    (["--coefficients", "P=0.2,P=0.3"], "given twice"),
    (["--outcome", "P"], "explains itself"),
  ]) func `a call that makes no sense is refused`(words: [String], sentence: String) {
    let outcome = ruralvalue(
      ["simulate", "dynamic-panel", "--seed", "1", "--counties", "30", "--coefficients", "P=0.2"] + words)
    #expect(outcome.code == .usage)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
  }
}

/// Words inside an option.
@Suite struct ShellWordsTests {
  @Test(arguments: [
    ("a  b", ["a", "b"]), ("--formula 'V ~ lag(V)' --small", ["--formula", "V ~ lag(V)", "--small"]),
    ("\"a 'b'\" c\\ d", ["a 'b'", "c d"]), ("\"a\\\"b\" 'c\\d'", ["a\"b", "c\\d"]), ("''", [""]), ("", []),
    ("x'y z'w", ["xy zw"]), ("\"a\\b\"", ["a\\b"]),
  ]) func `words are those that a shell makes`(text: String, words: [String]) throws {
    #expect(try ShellWords.split(text, option: "--estimate") == words)
  }

  @Test(arguments: ["'a", "\"a b", "a\\"]) func `an open quote is refused`(text: String) {
    #expect(throws: UsageError.self) { try ShellWords.split(text, option: "--estimate") }
  }
}

/// How long a run will still take.
@Suite struct CountdownTests {
  @Test func `the time left is that of the steps so far, rounded up`() {
    let countdown = Countdown(
      Progress(nil), 10, Phrase("replications", zh: "次重复"), language: .english)
    #expect(countdown.text(3, seconds: 0.6) == "3 of 10 replications, 0:02 left")
    #expect(countdown.text(1, seconds: 413.7) == "1 of 10 replications, 1:02:04 left")
    #expect(countdown.text(0, seconds: 9) == "0 of 10 replications")
    let chinese = Countdown(
      Progress(nil), 10, Phrase("replications", zh: "次重复"), language: .chinese)
    #expect(chinese.text(10, seconds: 9) == "10/10 次重复，剩余 0:00")
  }
}
