import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// `fe` from the words to JSON and files; numbers are those of `Fixtures/reference/fe`.
@Suite struct FECommandTests {
  private static let counties = ProjectFiles.fixture("reference/fe/county_unbalanced.csv").path

  private func run(_ words: [String], panel: String = counties) -> Outcome {
    ruralvalue(["fe", panel] + words)
  }

  private func json(_ words: [String], panel: String = counties) throws -> [String: Any] {
    let outcome = run(words + ["--json", "--quiet"], panel: panel)
    #expect(outcome.code == .done, "\(outcome.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func row(_ document: [String: Any], _ part: String, _ key: String, _ name: String) throws
    -> [String: Any]
  {
    try #require(
      (document[part] as? [[String: Any]])?.first { $0[key] as? String == name }, "\(part): \(name)")
  }

  @Test func `a document has the members of every model, and which errors these are`() throws {
    let document = try json(["--formula", "y ~ x1 + x2 + x3", "--cluster", "pref", "--keep-singletons"])
    let x1 = try row(document, "coefficients", "term", "x1")
    // From linear.json, county_unbalanced_within_two_way, cluster:pref.
    let reference = try referenceValues()
    expectClose(
      try #require(x1["std_error"] as? Double), reference, relative: 1e-9, from: "linear.json")
    let errors = try #require(document["standard_errors"] as? [String: Any])
    #expect(errors["kind"] as? String == "cluster" && errors["cluster_columns"] as? [String] == ["pref"])
    #expect(errors["clusters"] as? [Int] == [8])
    let fit = try #require(document["fit"] as? [String: Any])
    for key in ["r2", "r2_within", "r2_between", "r2_overall", "absorbed", "constant"] {
      #expect(fit[key] is Double || fit[key] is Int, "\(key)")
    }
    let specification = try #require(document["specification"] as? [String: Any])
    #expect(specification["effects"] as? String == "twoways")
    #expect(specification["se"] as? String == "cluster")
    #expect(specification["cluster"] as? [String] == ["pref"])
    #expect(specification["keep_singletons"] as? Bool == true)
    let names = (document["tests"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
    #expect(
      names == [
        "f", "f_effects", "hausman", "mundlak", "serial_correlation", "heteroskedasticity", "pesaran_cd",
      ])
  }

  private func referenceValues() throws -> Double {
    let text = try ProjectFiles.fixtureText("reference/fe/linear.json")
    let all = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let specifications = all?["specifications"] as? [[String: Any]] ?? []
    let one = try #require(
      specifications.first { $0["spec"] as? String == "county_unbalanced_within_two_way" })
    let errors = (one["se"] as? [String: Any])?["cluster:pref"] as? [String: Any]
    return try #require((errors?["x1"] as? NSNumber)?.doubleValue)
  }

  @Test func `instruments bring the first stage, the rank statistics and the Anderson–Rubin set`() throws {
    let document = try json(["--formula", "y ~ x1 + x2", "--iv", "x1 ~ z1 + z2"])
    let names = (document["tests"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
    for name in [
      "first_stage:x1", "kleibergen_paap_f", "kleibergen_paap_lm", "hansen", "anderson_rubin", "endogeneity",
    ] {
      #expect(names.contains(name), "\(name)")
    }
    #expect((document["first_stage"] as? [[String: Any]])?.count == 2)
    let set = try #require((document["anderson_rubin"] as? [[String: Any]])?.first)
    #expect(set["shape"] as? String == "interval")
    #expect((set["conf_low"] as? Double ?? .nan) < (set["conf_high"] as? Double ?? .nan))
    #expect((document["cautions"] as? [String] ?? []).isEmpty)
  }

  @Test func `a weak instrument is said in every format`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fe-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = run([
      "--formula", "y ~ x1 + x2", "--iv", "x1 ~ z3", "--out", folder.path, "--format",
      "csv,md,tex,html,json", "--quiet",
    ])
    #expect(outcome.code == .done, "\(outcome.errors)")
    for name in [
      "coefficients.csv", "coefficients.md", "coefficients.tex", "coefficients.html", "fe.json",
      "fe_table.tex", "first_stage.md",
    ] {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      #expect(text.contains("The instruments are weak"), "\(name)")
    }
    let chinese = run(["--formula", "y ~ x1 + x2", "--iv", "x1 ~ z3", "--lang", "zh"])
    #expect(chinese.output.contains("弱工具变量") && chinese.output.contains("全实数轴"))
  }

  @Test func `a turning point is drawn beside its table`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fe-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = run([
      "--formula", "y ~ x1 + I(x1^2)", "--range", "x1=-20:20", "--out", folder.path, "--quiet",
    ])
    #expect(outcome.code == .done, "\(outcome.errors)")
    let drawing = try String(
      contentsOf: folder.appending(path: "turning_point_x1.svg"), encoding: .utf8)
    #expect(drawing.contains("<polyline") && drawing.hasPrefix("<svg"))
    let table = try String(contentsOf: folder.appending(path: "turning_points.csv"), encoding: .utf8)
    #expect(table.contains("inverse U"))
  }

  @Test func `groups stand side by side with the test of their difference, in gmm and sdm too`() throws {
    let document = try json([
      "--formula", "y ~ x1 + x2", "--by", "pref", "--where", "pref=g1,g2", "--permutations", "99",
    ])
    let groups = try #require(document["groups"] as? [[String: Any]])
    #expect(groups.compactMap { $0["group"] as? String } == ["g1", "g2"])
    for group in groups {
      #expect((group["coefficients"] as? [[String: Any]])?.count == 2)
      #expect((group["sample"] as? [String: Any])?["units"] as? Int == 5)
    }
    // Ten units fall into two groups of five in 252 ways.
    let differences = try #require(document["group_differences"] as? [[String: Any]])
    for row in differences {
      let p = try #require(row["p_permutation"] as? Double)
      #expect(abs(p * 252 - (p * 252).rounded()) < 1e-9)
    }
    #expect(try row(document, "tests", "name", "difference:pref")["p_value"] is Double)

    let gmm = ruralvalue([
      "gmm", ProjectFiles.fixture("reference/gmm/abdata.csv").path, "--formula", "n ~ lag(n) + w + k", "--by",
      "ind", "--where", "ind=4,9", "--json", "--quiet",
    ])
    let folder = ProjectFiles.fixture("reference/spatial-corrections").path
    let sdm = ruralvalue([
      "sdm", "\(folder)/panel-queen.csv", "--formula", "y ~ x1 + x2", "--weights",
      "\(folder)/links-queen.csv",
      "--draws", "0", "--no-tests", "--by", "pref", "--where", "pref=p0,p1", "--json", "--quiet",
    ])
    #expect(gmm.code == .done, "\(gmm.errors)")
    #expect(gmm.output.contains("difference:ind") && gmm.output.contains("\"group_differences\""))
    #expect(sdm.code == .done, "\(sdm.errors)")
    #expect(sdm.output.contains("difference:pref") && sdm.output.contains("indirect x1"))
    #expect(sdm.output.contains("Links between groups are cut"))
  }

  @Test func `one group of a comparison is what the rows alone give`() throws {
    let by = try json(["--formula", "y ~ x1 + x2", "--by", "pref", "--where", "pref=g1,g2", "--no-tests"])
    let groups = try #require(by["groups"] as? [[String: Any]])
    for group in groups {
      let label = try #require(group["group"] as? String)
      let alone = try json(["--formula", "y ~ x1 + x2", "--where", "pref=\(label)", "--no-tests"])
      for row in try #require(group["coefficients"] as? [[String: Any]]) {
        let own = try self.row(alone, "coefficients", "term", try #require(row["term"] as? String))
        for key in ["estimate", "std_error"] {
          expectClose(
            try #require(row[key] as? Double), try #require(own[key] as? Double), relative: 1e-10,
            from: "--where pref=\(label)", key)
        }
      }
    }
  }

  @Test func `each group of gmm and sdm is what its units alone give`() throws {
    let panel = ProjectFiles.fixture("reference/gmm/abdata.csv").path
    let words = ["--formula", "n ~ lag(n) + w + k", "--json", "--quiet"]
    let by = ruralvalue(
      ["gmm", panel] + words + ["--by", "ind", "--where", "ind=4,9", "--permutations", "3"])
    let alone = ruralvalue(["gmm", panel] + words + ["--where", "ind=4"])
    func document(_ outcome: Outcome) throws -> [String: Any] {
      #expect(outcome.code == .done, "\(outcome.errors)")
      return try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }
    let (first, own) = (try document(by), try document(alone))
    let group = try #require((first["groups"] as? [[String: Any]])?.first)
    for row in try #require(group["coefficients"] as? [[String: Any]]) {
      let other = try self.row(own, "coefficients", "term", try #require(row["term"] as? String))
      expectClose(
        try #require(row["estimate"] as? Double), try #require(other["estimate"] as? Double), relative: 1e-10,
        from: "--where ind=4")
    }
    #expect((first["group_differences"] as? [[String: Any]])?.first?["p_permutation"] is Double)
  }

  @Test(arguments: [
    (["--formula", "y ~ x1", "--iv", "x2 ~ z1"], "calls x2 endogenous, but the formula has no such term"),
    (["--formula", "y ~ x1", "--iv", "x1 ~ x1"], "holds as a regressor"),
    (["--formula", "y ~ x1", "--iv", "x1 ~ y"], "has the outcome y as an instrument"),
    (["--formula", "y ~ x1", "--iv", "x1"], "expected endogenous regressors, ~ and their instruments"),
    (["--formula", "y ~ x1 + x2", "--iv", "x1 + x2 ~ z1"], "need at least as many instruments; found 1"),
    (
      ["--formula", "y ~ x1", "--effects", "random", "--iv", "x1 ~ z1"],
      "--iv does not go with --effects random"
    ),
    (["--formula", "y ~ x1", "--effects", "between", "--se", "driscoll-kraay"], "is not offered with"),
    (["--formula", "y ~ x1", "--se", "robust", "--cluster", "pref"], "names the clusters of --se cluster"),
    (["--formula", "y ~ x1", "--se", "twoway-cluster", "--cluster", "pref"], "goes by two columns"),
    (["--formula", "y ~ x1", "--cluster", "pref,band", "--se", "cluster"], "has two columns"),
    (["--formula", "y ~ x1", "--lags", "2"], "--lags is for --se driscoll-kraay"),
    (["--formula", "y ~ x1", "--se", "driscoll-kraay", "--lags", "6"], "expected fewer lags than periods"),
    (["--formula", "y ~ x1", "--constant"], "--constant is for --effects difference"),
    (["--formula", "y ~ x1", "--components", "baltagi-chang"], "is for --effects random"),
    (["--formula", "y ~ x1", "--estimator", "gmm"], "there are none; expected --iv"),
    (["--formula", "y ~ x1", "--se", "conley:50"], "expected --coordinates X,Y"),
    (["--formula", "y ~ x1", "--se", "conley"], "conley: and a cutoff in kilometres"),
    (["--formula", "y ~ x1", "--se", "bootstrap:1"], "bootstrap: and a number of draws"),
    (["--formula", "y ~ x1", "--permutations", "9"], "expected --by COL"),
    (["--formula", "y ~ x1", "--range", "x1=0:1"], "has no square beside it"),
    (["--formula", "y ~ x1", "--range", "x1=1:0"], "expected a variable and its range"),
    (["--formula", "y ~ x1", "--mechanism", "x1"], "which the formula has as a regressor"),
    (["--formula", "y ~ x1", "--by", "pref", "--mechanism", "x2"], "expected one of them"),
    (["--formula", "y ~ x1", "--absorb", "prefecture"], "no column \"prefecture\""),
    (
      ["--formula", "y ~ x1", "--effects", "random", "--weights-column", "x2"],
      "--weights-column does not go with"
    ),
  ]) func `what cannot be done is refused in words`(words: [String], sentence: String) {
    let outcome = run(words)
    #expect(outcome.code == .usage || outcome.code == .data || outcome.code == .numerical)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func `what varies between units alone is left out by name, and if nothing is left that is said`()
    throws
  {
    let panel =
      "unit,year,y,x,size\n"
      + (0..<8).flatMap { unit in
        (0..<4).map { "c\(unit),\(2000 + $0),\(unit * $0 % 5),\((unit + $0 * $0) % 3),\(unit)" }
      }.joined(separator: "\n")
    let both = ruralvalue(
      ["fe", "-", "--formula", "y ~ x + size", "--no-tests"], input: Array(panel.utf8))
    #expect(both.code == .done, "\(both.errors)")
    #expect(both.errors.contains("the effects or other regressors determine them: size"))
    #expect(both.output.contains("size"))
    let alone = ruralvalue(["fe", "-", "--formula", "y ~ size"], input: Array(panel.utf8))
    #expect(alone.code == .numerical)
    #expect(
      alone.errors.contains("size does not vary once the effects of units and of periods are taken out"))
  }

  @Test func `a negative weight, a moving group and a cross-section are named with their place`() throws {
    let panel =
      "unit,year,y,x,w,g\na,2000,1,2,1,南\na,2001,2,1,-1,北\nb,2000,3,1,1,南\nb,2001,1,4,1,南\n"
      + (0..<6).flatMap { unit in
        (0..<4).map { "c\(unit),\(2000 + $0),\(unit * $0 % 5),\((unit + $0 * $0) % 3),1,北\n" }
      }.joined()
    let weight = ruralvalue(
      ["fe", "-", "--formula", "y ~ x", "--weights-column", "w"], input: Array(panel.utf8))
    #expect(weight.code == .data && weight.errors.contains("line 3: the weight w of unit \"a\" is -1"))
    let group = ruralvalue(["fe", "-", "--formula", "y ~ x", "--by", "g"], input: Array(panel.utf8))
    #expect(group.code == .data)
    #expect(group.errors.contains("unit \"a\" is in \"南\" and in \"北\""), "\(group.errors)")
    let section = "unit,y,x\n" + (0..<9).map { "u\($0),\($0 * $0),\($0)" }.joined(separator: "\n")
    let refused = ruralvalue(
      ["fe", "-", "--formula", "y ~ x", "--time", "none"], input: Array(section.utf8))
    #expect(refused.code == .usage && refused.errors.contains("expected --effects none"), "\(refused.errors)")
    let pooled = ruralvalue(
      ["fe", "-", "--formula", "y ~ x", "--time", "none", "--effects", "none"], input: Array(section.utf8))
    #expect(pooled.code == .done, "\(pooled.errors)")
    #expect(pooled.output.contains("robust to unequal variances"))
  }

  @Test func `a lag beside effects of units, and errors of independent rows, are cautioned against`() {
    let outcome = ruralvalue([
      "fe", ProjectFiles.fixture("reference/gmm/abdata.csv").path, "--formula", "n ~ lag(n) + w", "--se",
      "robust",
    ])
    #expect(outcome.output.contains("Nickell 1981"))
    #expect(outcome.output.contains("The errors are serially correlated"))
    let random = ruralvalue([
      "fe", ProjectFiles.fixture("reference/gmm/abdata.csv").path, "--formula", "n ~ w + k", "--effects",
      "random",
    ])
    #expect(random.output.contains("random effects are not consistent"))
  }

  @Test func `simulate estimates with fe: coverage, power, and an exact panel`() throws {
    let words = [
      "simulate", "dynamic-panel", "--counties", "40", "--coefficients", "P=0.2,C=0", "--seed", "3",
    ]
    let many = ruralvalue(
      words + ["--replications", "60", "--estimate", "fe --no-tests", "--json", "--quiet"])
    #expect(many.code == .done, "\(many.errors)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(many.output.utf8)) as? [String: Any])
    let p = try row(document, "monte_carlo", "term", "P")
    #expect(abs((p["bias"] as? Double ?? .nan)) < 0.02)
    #expect((p["coverage"] as? Double ?? 0) > 0.85)
    let exact = ruralvalue(
      words + ["--exact", "--estimate", "fe --effects unit", "--json", "--quiet"])
    #expect(exact.code == .done, "\(exact.errors)")
    let made = try #require(
      try JSONSerialization.jsonObject(with: Data(exact.output.utf8)) as? [String: Any])
    let estimates = try #require(
      made["estimates"] as? [[String: Any]] ?? made["parameters"] as? [[String: Any]])
    #expect(!estimates.isEmpty)
    let refused = ruralvalue(words + ["--exact", "--estimate", "fe --by region"])
    #expect(refused.code == .usage && refused.errors.contains("has no such column"))
  }
}
