import Foundation
import RuralValue
import TestSupport
import Testing

/// What Stata printed, to its printed rounding.
struct PublishedTests {
  private static let variables = ["Growth", "Capital", "Labor", "Wage", "Investment", "Ide", "region_id"]

  private func panel(droppingYear year: Int? = nil) throws -> Panel {
    try GMMReference.panel(
      "pyx_panel.csv", unit: "country_id", time: "Year", variables: Self.variables
    ) { unit, time in unit == "1" && time == year }
  }

  private func specification(_ gmm: [String] = ["Growth,Capital,2:"]) throws -> DynamicPanelSpecification {
    var specification = DynamicPanelSpecification(
      try FormulaSpecification("Growth ~ lag(Growth) + Capital + Labor + Wage + Investment + Ide"))
    specification.gmmInstruments = try gmm.map { try GMMInstruments($0) }
    specification.standardInstruments = [try StandardInstruments("Ide")]
    specification.timeEffects = .none
    specification.steps = .one
    specification.standardErrors = .classical
    specification.serialCorrelationOrders = 4
    return specification
  }

  static let cases = [
    "stata_1a", "stata_1b", "stata_1c", "stata_4", "stata_5", "stata_6", "stata_7", "stata_8", "stata_9a",
    "stata_9b",
  ]

  @Test(arguments: cases) func `a genuine xtabond2 log is reproduced to every printed digit`(name: String)
    throws
  {
    let reference = try GMMReference.load("published/stata_log_cases.json").first {
      $0["spec"] as! String == name
    }!
    let options = reference["recipe_options"] as! [String: Any]
    var specification = try specification(
      name == "stata_4" ? ["Growth,2:4;collapse", "Capital,2:"] : ["Growth,Capital,2:"])
    specification.initialWeight = options["h"] as? Int ?? 3
    specification.steps = options["steps"] as? Int == 2 ? .two : .one
    specification.standardErrors = options["robust"] as? Bool == true ? .robust : .classical
    specification.isSmallSample = options["small"] as? Bool ?? false
    let panel = try panel(droppingYear: reference["drop_year_of_country1"] as? Int)
    if let cluster = options["cluster"] as? String {
      specification.clusterOfUnit =
        cluster == "country_id"
        ? Array(panel.units.indices)
        : try panel.units.indices.map { unit in
          Int(try panel.values(of: cluster)[panel.rows(ofUnit: unit)[0]]) - 1
        }
    }
    let result = try DynamicPanelEstimator.fit(panel, specification)
    let errors = reference["se"] as! [String: Double]
    for (key, value) in reference["coef"] as! [String: Double] {
      let found = try #require(result.coefficient(GMMReference.term(key)))
      expectPrinted(found.value, value, digits: 7, "Stata \(name)", key)
      expectPrinted(found.standardError, errors[key]!, digits: 7, "Stata \(name)", "se of \(key)")
    }
    try expectTests(result, reference["tests"] as! [String: Any], name)
  }

  private func expectTests(_ result: DynamicPanelResult, _ tests: [String: Any], _ name: String) throws {
    for (key, value) in tests {
      guard let value = value as? Double else { continue }
      if key == "wald" || key == "F" {
        // xtabond2 has the constant in the statistic but not in the degrees of freedom (methods, section 9).
        let divisor = key == "F" ? Double(result.estimates.count - 1) : 1
        expectPrinted(
          overallWald(result) / divisor, value, decimals: 2, "Stata \(name)", "Wald with the constant")
      } else {
        // Where errors are clustered, xtabond2 still sums the tests for serial correlation over units.
        let byUnit = result.serialCorrelationByUnit.first { $0.key == key }
        let found = try #require((byUnit ?? result.test(key))?.statistic, "\(key)")
        expectPrinted(found, value, decimals: 2, "Stata \(name)", key)
      }
    }
    let sets = (tests["diff_in_hansen"] ?? tests["diff_in_sargan_correct"] ?? tests["diff_in_sargan"])
    for (key, numbers) in sets as? [String: [Double]] ?? [:] {
      let set = key.hasPrefix("GMM") ? "levels" : key.hasPrefix("gmm(Growth") ? "gmm:Growth" : "iv:Ide"
      let test = try #require(result.test("diff_hansen:\(set)"))
      expectPrinted(test.excluding!.value, numbers[0], decimals: 2, "Stata \(name)", "\(key), excluding")
      #expect(test.excluding!.degreesOfFreedom == Int(numbers[1]))
      expectPrinted(try #require(test.statistic), numbers[2], decimals: 2, "Stata \(name)", key)
      #expect(test.degreesOfFreedom == Int(numbers[3]))
    }
  }

  /// b′V⁻¹b by Gaussian elimination: the test's own arithmetic, not the program's.
  private func overallWald(_ result: DynamicPanelResult) -> Double {
    let b = result.estimates.map(\.value)
    var rows = zip(result.covariance, b).map { $0 + [$1] }
    for p in b.indices {
      for r in b.indices where r != p {
        let factor = rows[r][p] / rows[p][p]
        for c in p...b.count { rows[r][c] -= factor * rows[p][c] }
      }
    }
    return b.indices.reduce(0) { $0 + b[$1] * rows[$1][b.count] / rows[$1][$1] }
  }

  static let files = [
    "published_ab1991_a2_twostep", "published_pinggu2010_sys_twostep_small", "published_pydynpd_doc_sys",
    "published_pydynpd_doc_xtabond2_diff", "published_roodman2009_diff_onestep_robust",
    "published_roodman_sys_onestep_robust", "published_xtabond_ex1_onestep_gmm",
    "published_xtabond_ex2_onestep_robust", "published_xtabond_ex4_twostep_windmeijer",
  ]

  @Test(arguments: files) func `a published table is reproduced to its printed digits`(file: String) throws {
    let reference = try GMMReference.load("published/\(file).json")[0]
    let result = try DynamicPanelEstimator.fit(panel(for: file), specification(for: file))
    let published = reference["published"] as! [String: Any]
    let errors = published["se"] as! [String: Double]
    for (key, value) in published["coef"] as! [String: Double] {
      let found = try #require(result.coefficient(key == "cons" ? "one" : term(key, file)), "\(key)")
      expectPrinted(found.value, value, digits: 7, file, key)
      expectPrinted(
        found.standardError * factor(file, result), errors[key]!, digits: 7, file, "se of \(key)")
    }
    let tests = published["tests"] as? [String: Any] ?? [:]
    for key in ["sargan", "hansen", "ar1", "ar2"] {
      guard let value = tests[key] as? Double else { continue }
      let decimals =
        file.contains("doc_sys") && key == "hansen"
        ? 3 : file.contains("roodman_sys") && key == "hansen" ? 1 : 2
      expectPrinted(try #require(result.test(key)?.statistic), value, decimals: decimals, file, key)
    }
    if let p = tests["hansen_p"] as? Double {
      expectPrinted(try #require(result.test("hansen")?.pValue), p, decimals: 3, file, "p of Hansen")
    }
    if let f = tests["F"] as? Double {
      // The covariance's factor divides F; this xtabond2 tested slopes only, as this program does.
      let wald = try #require(result.test("wald"))
      let value = try #require(wald.statistic)
      #expect(wald.outcome == .statistic(.init(value, .f(15, 139))))
      let ours = value / (factor(file, result) * factor(file, result))
      expectPrinted(ours, f, decimals: 2, file, "F")
    }
    if let count = tests["j"] as? Int { #expect(result.ledger.count == count) }
    if let count = tests["n"] as? Int { #expect(result.counts.observations == count) }
    for (key, set) in ["dh_n": "gmm:n", "dh_w": "gmm:w", "dh_k": "iv:k"] {
      guard let numbers = tests[key] as? [Double] else { continue }
      let test = try #require(result.test("diff_hansen:\(set)"))
      expectPrinted(test.excluding!.value, numbers[0], decimals: 2, file, key)
      expectPrinted(try #require(test.statistic), numbers[1], decimals: 2, file, key)
    }
  }

  /// Stata's xtabond has the calendar year and a constant in differences, which stand for a trend and its
  /// levels; our time dummies start where xtabond's do.
  private func panel(for file: String) throws -> Panel {
    let panel = GMMReference.abdata
    let years = (0..<panel.rowCount).map { panel.period(ofRow: $0) }
    let dummies = (1977...1984).map { year in
      (name: "yr\(year)", values: years.map { $0 == year ? 1.0 : 0 })
    }
    return panel.with(dummies + [(name: "one", values: years.map { Double($0) })])
  }

  private func term(_ name: String, _ file: String) -> String {
    name.hasPrefix("yr") ? name : GMMReference.term(name)
  }

  private func specification(for file: String) throws -> DynamicPanelSpecification {
    let years = (1980...1984).map { "yr\($0)" }.joined(separator: " + ")
    let full = "n ~ lag(n, 1:2) + lag(w, 0:1) + lag(k, 0:2) + lag(ys, 0:2)"
    let standard = "w,lag(w),lag(k, 0:2),lag(ys, 0:2)"
    switch file {
    case "published_pydynpd_doc_sys", "published_pydynpd_doc_xtabond2_diff":
      var specification = try base("n ~ lag(n, 1:2) + w + k", gmm: ["n,2:4", "w,1:3"], iv: ["k"])
      specification.estimator = file.hasSuffix("sys") ? .system : .difference
      return specification
    case "published_roodman2009_diff_onestep_robust":
      var specification = try base(full, gmm: ["n,2:"], iv: [standard])
      specification.estimator = .difference
      specification.timeEffects = .both
      specification.steps = .one
      return specification
    case "published_roodman_sys_onestep_robust":
      var specification = try base(
        "n ~ lag(n) + lag(w, 0:1) + lag(k, 0:1)", gmm: ["n,w,k,2:"], iv: [])
      specification.timeEffects = .level
      specification.steps = .one
      return specification
    case "published_pinggu2010_sys_twostep_small":
      var specification = try base(
        "\(full) + \(years)", gmm: ["lag(n),1:", "w,k,1:"],
        iv: [years.replacingOccurrences(of: " + ", with: ",")])
      specification.isSmallSample = true
      return specification
    default:
      var specification = try base(
        "\(full) + \(years) + one", gmm: ["n,2:"],
        iv: [standard + "," + years.replacingOccurrences(of: " + ", with: ",") + ",one"])
      specification.estimator = .difference
      specification.steps = file.contains("twostep") ? .two : .one
      specification.standardErrors =
        file.contains("robust") || file.contains("windmeijer") ? .robust : .classical
      return specification
    }
  }

  private func base(_ formula: String, gmm: [String], iv: [String]) throws -> DynamicPanelSpecification {
    var specification = DynamicPanelSpecification(try FormulaSpecification(formula))
    specification.timeEffects = .none
    specification.gmmInstruments = try gmm.map { try GMMInstruments($0) }
    specification.standardInstruments = try iv.map { try StandardInstruments($0) }
    return specification
  }

  /// What a program's convention multiplies standard errors with (the files' notes).
  private func factor(_ file: String, _ result: DynamicPanelResult) -> Double {
    let (n, k) = (Double(result.counts.observations), Double(result.estimates.count))
    switch file {
    // Stata's xtabond divides the sum of squares by N − k.
    case "published_xtabond_ex1_onestep_gmm": return (n / (n - k)).squareRoot()
    // xtabond2 of about 2010: N/(N − (k − 1)) in place of (N − 1)/(N − k).
    case "published_pinggu2010_sys_twostep_small":
      return (n / (n - k + 1) / ((n - 1) / (n - k))).squareRoot()
    default: return 1
    }
  }

  private func expectPrinted(
    _ actual: Double, _ printed: Double, decimals: Int, _ source: String, _ what: String
  ) {
    let half = 0.5000001 * pow(10, -Double(decimals))
    expectClose(actual, printed, absolute: half, from: source, what)
  }

  /// Stata prints seven significant digits, at most seven decimals.
  private func expectPrinted(
    _ actual: Double, _ printed: Double, digits: Int, _ source: String, _ what: String
  ) {
    let whole = printed == 0 ? 0 : max(0, Int(floor(log10(abs(printed)))) + 1)
    expectPrinted(actual, printed, decimals: digits - whole, source, what)
  }
}
