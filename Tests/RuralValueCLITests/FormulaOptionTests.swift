import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// One language of formulas: what a formula says and what `prepare --compute` makes are the same numbers.
@Suite struct FormulaOptionTests {
  private static let base = ProjectFiles.fixture("reference/gmm-cases/base.csv").path
  private static let gmm = ["--gmm", "y,2:4;collapse"]

  /// A ring of the forty units: each has two neighbours.
  private static func ring() throws -> StudySandbox {
    let box = try StudySandbox()
    let units = try ProjectFiles.fixtureText("reference/gmm-cases/base.csv").split(separator: "\n")
      .dropFirst()
      .compactMap { $0.split(separator: ",").first.map(String.init) }
    let names = Array(Set(units)).sorted()
    let lines = names.indices.flatMap { i in
      [1, names.count - 1].map { "\(names[i]),\(names[(i + $0) % names.count]),1" }
    }
    try box.write("from,to,weight\n" + lines.joined(separator: "\n") + "\n", to: "ring.csv")
    return box
  }

  /// The coefficients of a call over the base panel, with columns made by `prepare` before it.
  private func coefficients(_ verb: String, _ words: [String], computing steps: [String] = []) throws
    -> [[String: Any]]
  {
    let table =
      steps.isEmpty
      ? try ProjectFiles.fixtureText("reference/gmm-cases/base.csv")
      : ruralvalue(["prepare", Self.base, "--quiet"] + steps.flatMap { ["--compute", $0] }).output
    let outcome = ruralvalue([verb, "-", "--json", "--quiet"] + words, input: Array(table.utf8))
    #expect(outcome.code == .done, "\(outcome.errors)")
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    return try #require(document?["coefficients"] as? [[String: Any]])
  }

  private func expectSame(_ one: [[String: Any]], _ other: [[String: Any]], renaming names: [String: String])
    throws
  {
    #expect(one.count == other.count)
    for (a, b) in zip(one, other) {
      let (name, computed) = (a["term"] as! String, b["term"] as! String)
      #expect(names.reduce(computed) { $0.replacingOccurrences(of: $1.key, with: $1.value) } == name)
      for member in ["estimate", "std_error"] {
        expectClose(
          try #require(a[member] as? Double), try #require(b[member] as? Double), relative: 1e-12,
          absolute: 1e-14, from: "prepare --compute, \(name)")
      }
    }
  }

  @Test(arguments: [
    ("x + x:x", "x,x:x", "x + xx", "x,xx", ["xx": "x^2"], "xx = x^2"),
    ("x + I(x^2)", "x^2,x", "x + xx", "xx,x", ["xx": "x^2"], "xx = x * x"),
    ("x + x/w", "x,x/w", "x + rt", "x,rt", ["rt": "x/w"], "rt = x / w"),
    ("x + lag(x/w)", "x,x/w", "x + lag(rt)", "x,rt", ["lag(rt, 1)": "lag(x/w, 1)"], "rt = x / w"),
  ])
  func `gmm gives the same for a square and a ratio in the formula and through prepare`(
    terms: String, instruments: String, computed: String, others: String, names: [String: String],
    step: String
  ) throws {
    let formula = try coefficients(
      "gmm", ["--formula", "y ~ lag(y) + \(terms)", "--iv", instruments] + Self.gmm)
    let prepared = try coefficients(
      "gmm", ["--formula", "y ~ lag(y) + \(computed)", "--iv", others] + Self.gmm, computing: [step])
    try expectSame(formula, prepared, renaming: names)
    #expect(formula.count > 3)
  }

  @Test func `a square and a ratio are instrumented in GMM style under their own names`() throws {
    let formula = try coefficients(
      "gmm",
      ["--formula", "y ~ lag(y) + x + x^2 + x/w", "--gmm", "y,x/w,2:3;collapse", "--predetermined", "x,x:x"])
    let prepared = try coefficients(
      "gmm",
      ["--formula", "y ~ lag(y) + x + qq + rt", "--gmm", "y,rt,2:3;collapse", "--predetermined", "x,qq"],
      computing: ["qq = x^2", "rt = x/w"])
    try expectSame(formula, prepared, renaming: ["qq": "x^2", "rt": "x/w"])
  }

  @Test func `sdm gives the same for a square and a ratio in the formula and through prepare`() throws {
    let box = try Self.ring()
    let words = ["--weights", box.path("ring.csv"), "--draws", "0", "--no-tests"]
    let formula = try coefficients(
      "sdm", ["--formula", "y ~ x + x:x + x/w", "--durbin", "x^2,x/w"] + words)
    let prepared = try coefficients(
      "sdm", ["--formula", "y ~ x + sq + rt", "--durbin", "sq,rt"] + words,
      computing: ["sq = x^2", "rt = x/w"])
    try expectSame(formula, prepared, renaming: ["sq": "x^2", "rt": "x/w"])
    #expect(formula.contains { $0["term"] as? String == "W*x/w" })
  }

  /// The base panel with a region that does not change and a grade that does.
  private func grouped() throws -> String {
    let lines = try ProjectFiles.fixtureText("reference/gmm-cases/base.csv").split(separator: "\n")
    let rows = lines.dropFirst().enumerated().map { row, line in
      "\(line),\(["East", "Central", "North-West"][row / 8 % 3]),\((row % 8 + row / 8 * (row / 8)) % 3 + 1)"
    }
    return ([lines[0] + ",region,grade"] + rows).joined(separator: "\n") + "\n"
  }

  private func call(_ words: [String]) throws -> Outcome {
    ruralvalue(words, input: Array(try grouped().utf8))
  }

  @Test func `dummies of levels are those that prepare makes by comparing`() throws {
    let table = try grouped()
    let made = ruralvalue(
      [
        "prepare", "-", "--quiet", "--compute", "g2 = if(grade = 2, 1, 0)", "--compute",
        "g3 = if(grade = 3, 1, 0)",
      ],
      input: Array(table.utf8)
    ).output
    func coefficients(_ input: String, _ words: [String]) throws -> [[String: Any]] {
      let outcome = ruralvalue(
        ["gmm", "-", "--json", "--quiet"] + words + Self.gmm, input: Array(input.utf8))
      #expect(outcome.code == .done, "\(outcome.errors)")
      let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      return try #require(document?["coefficients"] as? [[String: Any]])
    }
    try expectSame(
      try coefficients(
        table, ["--formula", "y ~ lag(y) + x*factor(grade)", "--iv", "x*factor(grade)"]),
      try coefficients(
        made, ["--formula", "y ~ lag(y) + x + g2 + g3 + x:g2 + x:g3", "--iv", "x,g2,g3,x:g2,x:g3"]),
      renaming: ["g2": "factor(grade)2", "g3": "factor(grade)3"])
  }

  @Test func `the base is said, and a combination of levels can be asked for`() throws {
    let outcome = try call(
      [
        "gmm", "-", "--formula", "y ~ lag(y) + x + factor(grade)", "--lincom",
        "factor(grade)2 - factor(grade)3",
      ])
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(
      outcome.errors.contains("factor(grade): the base is 1, against which 2, 3 stand."), "\(outcome.errors)")
    #expect(outcome.output.contains("factor(grade)2-factor(grade)3"))
    let chinese = try call(["gmm", "-", "--formula", "y ~ lag(y) + factor(grade)", "--lang", "zh"])
    #expect(chinese.errors.contains("factor(grade)：以1为基准组，其余为2、3。"), "\(chinese.errors)")
  }

  @Test func `slopes of all levels are centred with the variable alone, and each has its effect`() throws {
    let words = ["gmm", "-", "--formula", "y ~ lag(y) + factor(region):x", "--margins", "x", "--center"]
    let outcome = try call(words)
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(outcome.errors.contains("factor(region): there is no base"), "\(outcome.errors)")
    #expect(outcome.output.contains("each has rows of its own"), "\(outcome.output)")
  }

  @Test func `a region that never changes is named where no lag and no transformation keeps it`() throws {
    let formula = ["gmm", "-", "--formula", "y ~ lag(y) + x + factor(region)"]
    let bare = try call(formula)
    #expect(bare.errors.contains("--iv \"factor(region);eq=level\""), "\(bare.errors)")
    let advised = try call(
      formula + [
        "--gmm", "y,2:4;collapse", "--gmm", "x,1:3;collapse;eq=diff", "--iv", "factor(region);eq=level",
      ])
    #expect(advised.code == .done && advised.output.contains("factor(region)East"), "\(advised.errors)")
    let difference = try call(formula + ["--estimator", "difference"])
    #expect(difference.errors.contains("factor(region)East does not vary over time within any unit"))
    #expect(difference.errors.contains("with \"- factor(region)\""), "\(difference.errors)")
    let box = try Self.ring()
    let words = ["sdm", "-", "--weights", box.path("ring.csv"), "--draws", "0", "--no-tests"]
    let twoways = try call(words + ["--formula", "y ~ x + factor(region)"])
    #expect(twoways.code == .done, "\(twoways.errors)")
    #expect(
      (twoways.output + twoways.errors).contains("factor(region)East, `factor(region)North-West`"),
      "\(twoways.output)")
    let pooled = try call(
      words + ["--formula", "y ~ x + factor(region)", "--effects", "none", "--durbin", "factor(region)"]
        + ["--layout", "full"])
    #expect(pooled.code == .done && pooled.output.contains("W*factor(region)East"), "\(pooled.errors)")
  }

  @Test func `a study checks columns of levels, and dummies among the combinations`() throws {
    let study = """
      { title: "Small", panel: { file: "panel.csv" },
        models: { gmm: [{ name: "m", formula: "income ~ lag(income) + factor(name) + pesticide/villages",
          lincom: "factor(name)天心区" }] } }
      """
    let box = try StudySandbox(study: study)
    #expect(box.run("--check").code == .done)
    for (old, new) in [
      ("factor(name) ", "factor(nmae) "), ("pesticide/", "pestcide/"),
      ("lincom: \"factor(name)", "lincom: \"factor(nam)"),
    ] {
      try box.write(study.replacingOccurrences(of: old, with: new), to: "study.json")
      #expect(box.run("--check").code != .done, "\(new)")
    }
  }
}
