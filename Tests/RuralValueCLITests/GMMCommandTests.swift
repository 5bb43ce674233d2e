import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// `ruralvalue gmm` from words to JSON, files and messages.
@Suite struct GMMCommandTests {
  private let abdata = ProjectFiles.fixture("reference/gmm/abdata.csv").path

  private func json(_ words: [String]) throws -> [String: Any] {
    let outcome = ruralvalue(["gmm", abdata] + words + ["--json", "--quiet"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as! [String: Any]
  }

  private func row(_ rows: Any?, _ key: String, _ name: String) throws -> [String: Any] {
    try #require((rows as? [[String: Any]])?.first { $0[key] as? String == name })
  }

  @Test func `the JSON document keeps the contract`() throws {
    let document = try json([
      "--formula", "n ~ lag(n) + w + k", "--gmm", "n,2:", "--gmm", "w,2:", "--iv", "k", "--time-effects",
      "none",
      "--sums", "w,k",
    ])
    #expect(document["schema"] as? String == "ruralvalue.result/1")
    let lag = try row(document["coefficients"], "term", "lag(n, 1)")
    for key in ["estimate", "std_error", "statistic", "p_value", "conf_low", "conf_high"] {
      #expect(lag[key] is Double, "\(key)")
    }
    // ab_sys_full_td0_fd_2w of abdata.json.
    let data = try Data(contentsOf: ProjectFiles.fixture("reference/gmm/abdata.json"))
    let reference = (try JSONSerialization.jsonObject(with: data) as! [[String: Any]])
      .first { $0["spec"] as! String == "ab_sys_full_td0_fd_2w" }!
    expectClose(
      lag["estimate"] as! Double, (reference["coef"] as! [String: Double])["L1.n"]!, relative: 1e-8,
      from: "xtabond2")
    for name in [
      "ar1", "ar2", "sargan", "hansen", "wald", "diff_hansen:gmm:n", "diff_hansen:iv:k", "diff_hansen:levels",
    ] {
      #expect(try row(document["tests"], "name", name)["statistic"] is Double, "\(name)")
    }
    let fit = document["fit"] as! [String: Any]
    #expect(fit["instruments"] as? Int == 72)
    #expect(fit["observations_level"] as? Int == 891)
    #expect(fit["observations_transformed"] as? Int == 751)
    #expect((fit["within_bound"] as! Double) < (fit["ols_bound"] as! Double))
    #expect(try row(document["linear_combinations"], "term", "w+k")["kind"] as? String == "sum")
    let specification = document["specification"] as! [String: Any]
    #expect(specification["estimator"] as? String == "system")
    #expect(specification["gmm"] as? [String] == ["n,2:", "w,2:"])
    let sample = document["sample"] as! [String: Int]
    #expect(sample == ["observations": 891, "units": 140, "periods": 9, "dropped_rows": 0])
  }

  @Test func `shorthands and --collapse are the sets that they stand for`() throws {
    let short = try json([
      "--formula", "n ~ lag(n) + w + k", "--endogenous", "n", "--predetermined", "w", "--exogenous", "k",
      "--collapse",
    ])
    let long = try json([
      "--formula", "n ~ lag(n) + w + k", "--gmm", "w,1:;collapse", "--gmm", "n,2:;collapse", "--iv", "k",
    ])
    for term in ["lag(n, 1)", "w", "k", "time=1980", "(Intercept)"] {
      expectClose(
        try row(short["coefficients"], "term", term)["estimate"] as! Double,
        try row(long["coefficients"], "term", term)["estimate"] as! Double, relative: 1e-9, from: "the sets",
        term)
    }
  }

  @Test func `a sweep is written as a table and drawn as SVG`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gmm-sweep-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = ruralvalue([
      "gmm", abdata, "--formula", "n ~ lag(n) + w + k", "--gmm", "n,2:4", "--iv", "w,k", "--sweep-lags",
      "--out",
      folder.path, "--format", "csv,tex",
    ])
    #expect(outcome.code == .done, "\(outcome.errors)")
    let svg = try String(contentsOf: folder.appending(path: "lag_sweep.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg xmlns") && svg.hasSuffix("</svg>\n"))
    #expect(XMLText.isWellFormed(svg))
    let table = try String(contentsOf: folder.appending(path: "lag_sweep.csv"), encoding: .utf8)
    #expect(table.hasPrefix("lags,collapsed,instruments,estimate,std_error"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    for name in ["coefficients.csv", "tests.csv", "fit.csv", "instruments.csv", "gmm_table.tex"] {
      #expect(names.contains(name))
    }
  }

  @Test func `centring reports inflation and margins stand at quantiles`() throws {
    let document = try json([
      "--formula", "n ~ lag(n) + w*k*ys", "--gmm", "n,2:4;collapse", "--exogenous", "w*k*ys", "--center",
      "--margins",
      "w,k", "--quantiles", "0.25,0.75",
    ])
    #expect((document["vif"] as? [[String: Any]])?.count == 8)
    let effects = document["marginal_effects"] as! [[String: Any]]
    // Two moderators each at two quantiles, and both together at two: six rows a variable.
    #expect(effects.count == 12)
    #expect((effects[0]["at"] as? [String: Any])?.keys.sorted().contains("k") == true)
    #expect(try row(document["coefficients"], "term", "w:k:ys")["kind"] as? String == "product")
  }

  @Test(arguments: [
    (["--gmm", "n,2:"], 2, "gmm needs --formula F"),
    (["--formula", "n ~ lag(n) + wage2"], 3, "Did you mean \"wage\"?"),
    (["--formula", "n ~ lag(n) + w", "--gmm", "n"], 2, "--gmm is \"n\""),
    (["--formula", "n ~ lag(n) + w", "--sums", "w,kk"], 2, "no coefficient \"kk\""),
    (["--formula", "n ~ lag(n) + w", "--sums", "w"], 2, "two to ten coefficients"),
    (["--formula", "n ~ lag(n) + w", "--quantiles", "2"], 2, "fractions between 0 and 1"),
    (["--formula", "n ~ lag(n) + w", "--confidence", "95"], 2, "a level such as 0.95"),
    (["--formula", "n ~ lag(n) + w", "--iv", "w;eq=levels"], 2, "Did you mean \"eq=level\"?"),
    (["--formula", "n ~ lag(n) + log(w)", "--periods", "1976:1977"], 3, "3 consecutive periods"),
    (["--formula", "n ~ lag(n) + log(k)"], 3, "log(k) needs positive values, but id \"1\" has"),
    (["--formula", "n ~ lag(n) + w + yr1976"], 5, "yr1976 has the same value in every usable row"),
    (["--formula", "n ~ lag(n) + w + ind", "--estimator", "difference"], 5, "ind does not vary over time"),
    (["--formula", "n ~ lag(n) + w", "--cluster", "year"], 3, "groups must be wider than units"),
  ])
  func `bad input is answered with its cause and an exit code`(words: [String], code: Int, message: String) {
    let outcome = ruralvalue(["gmm", abdata] + words)
    #expect(outcome.code.rawValue == Int32(code), "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func `one cluster for all units is none`() {
    let rows = (0..<40).map { "u\($0 / 4),\(2012 + $0 % 4),\(Double($0 * $0 % 17)),all" }
    let text = (["id,year,y,c"] + rows).joined(separator: "\n")
    let outcome = ruralvalue(
      ["gmm", "-", "--formula", "y ~ lag(y)", "--cluster", "c"], input: Array(text.utf8))
    #expect(outcome.code == .data)
    #expect(outcome.errors.contains("all units are in one group"), "\(outcome.errors)")
  }

  @Test func `nothing is written where the model cannot be estimated`() {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gmm-none-\(UUID().uuidString)")
    let outcome = ruralvalue([
      "gmm", abdata, "--formula", "n ~ lag(n) + w + yr1976", "--sweep-lags", "--out", folder.path,
    ])
    #expect(outcome.code == .numerical)
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }

  @Test func `residuals are a table that moran reads, and of them the counties' effects are gone`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gmm-residuals-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let data = ProjectFiles.fixture("data/hunan").path
    let scores = ruralvalue([
      "entropy", "\(data)/panel-simulated.csv", "--indicators", "\(data)/indicators.csv", "--out",
      folder.path,
      "--quiet",
    ])
    #expect(scores.code == .done, "\(scores.errors)")
    let file = folder.appending(path: "residuals.csv").path
    let gmm = ["gmm", "\(folder.path)/scores.csv", "--formula", "V ~ lag(V) + P", "--quiet"]
    let outcome = ruralvalue(gmm + ["--residuals", file])
    #expect(outcome.code == .done, "\(outcome.errors)")
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    #expect(
      lines[0].hasSuffix(
        "y,fitted,level,unit_effect,idiosyncratic,transformed,used_level,used_transformed"))
    #expect(lines.count == 1 + 121 * 11)
    let moran = ruralvalue([
      "moran", file, "--variable", "idiosyncratic", "--weights", "\(data)/queen.csv", "--permutations", "19",
      "--periods", "2013:2022", "--quiet",
    ])
    #expect(moran.code == .done, "\(moran.errors)")
    let piped = ruralvalue(gmm + ["--residuals", "-"])
    #expect(piped.output == (try String(contentsOfFile: file, encoding: .utf8)))
    let refused = ruralvalue(gmm + ["--residuals", "r.xlsx"])
    #expect(refused.code == .usage && refused.errors.contains("ends in .csv"), "\(refused.errors)")
    let onto = ruralvalue(gmm + ["--residuals", "\(folder.path)/scores.csv"])
    #expect(onto.code != .done, "the table that is read must not be lost")
    // Neither leaves anything of the other behind.
    let results = "\(folder.path)/results"
    _ = ruralvalue(gmm + ["--residuals", "\(folder.path)/scores.csv", "--out", results])
    #expect(!FileManager.default.fileExists(atPath: results))
    _ = ruralvalue(gmm + ["--residuals", "\(folder.path)/new.csv", "--out", "\(folder.path)/scores.csv"])
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/new.csv"))
  }

  @Test func `what a referee asks next is in the document, under the keys of its tables`() throws {
    let document = try json([
      "--formula", "n ~ lag(n) + w*k + I(w^2)", "--gmm", "n,2:4;collapse", "--gmm",
      "w,k,1:3;collapse;eq=diff",
      "--long-run", "--nonlinear", "--test", "w:*", "--test", "w = k", "--at", "k=0,p50", "--at", "w=mean",
    ])
    for key in ["long_run", "nonlinear_gmm", "marginal_effects", "turning_points"] {
      #expect((document[key] as? [[String: Any]])?.isEmpty == false, "\(key)")
    }
    for name in ["portmanteau", "test:w:*", "test:w = k"] {
      #expect(try row(document["tests"], "name", name)["statistic"] is Double, "\(name)")
    }
    let margins = try #require(document["marginal_effects"] as? [[String: Any]])
    #expect(margins.count == 2 + 1 && margins.allSatisfy { $0["long_run"] is Double })
    let specification = document["specification"] as! [String: Any]
    #expect(specification["at"] as? [String] == ["k=0,p50", "w=mean"])
    #expect(specification["test"] as? [String] == ["w:*", "w = k"])
  }

  @Test func `the bands of effects and turning points stand in the folder of --out`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gmm-bands-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = ruralvalue([
      "gmm", abdata, "--formula", "n ~ lag(n) + w*k + I(w^2)", "--gmm", "n,2:4;collapse", "--gmm",
      "w,k,1:3;collapse;eq=diff", "--at", "k=0,p50", "--out", folder.path, "--quiet",
    ])
    #expect(outcome.code == .done, "\(outcome.errors)")
    for name in [
      "marginal_effects.svg", "marginal_effect_w_by_k.svg", "turning_point_w.svg",
    ] {
      let svg = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      #expect(XMLText.isWellFormed(svg), "\(name)")
    }
  }

  @Test func `the order of the file's rows does not matter`() throws {
    let lines = try ProjectFiles.fixtureText("reference/gmm/abdata.csv").split(separator: "\n")
    let shuffled = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
    let words = ["--formula", "n ~ lag(n) + w + k", "--gmm", "n,2:4", "--iv", "w,k"]
    let plain = ruralvalue(["gmm", abdata] + words + ["--quiet"])
    let other = ruralvalue(["gmm", "-"] + words + ["--quiet"], input: Array(shuffled.utf8))
    #expect(plain.output == other.output)
  }
}

/// As much of XML as a drawing needs: tags that close in the order in which they opened.
private enum XMLText {
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    for part in text.split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1) {
      guard let end = part.firstIndex(of: ">") else { return false }
      let tag = part[..<end]
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { !$0.isWhitespace })
      }
    }
    return open.isEmpty
  }
}
