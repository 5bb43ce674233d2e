import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// `prepare --fill-down`, `--stack`, `--year-from-name`, `--sum-into` and `--balance`, in calls and in studies.
@Suite struct RowOptionTests {
  private let box: StudySandbox

  init() throws {
    box = try StudySandbox()
    try box.write("市,县,gdp,pop\n东市,甲,1,2\n,乙,3,4\n", to: "2020.csv")
    try box.write("市,县,pop,gdp\n东市,甲,20,10\n,乙,40,0\n", to: "gdp_2021年.csv")
    try box.write(
      "code_old,code_new,year_end_effective\n0430103,0430102,2022\n", to: "codes.csv")
  }

  private func prepare(_ words: String...) -> Outcome { ruralvalue(["prepare"] + words) }

  private var stacked: [String] {
    [
      box.path("2020.csv"), box.path("gdp_2021年.csv"), "--year-from-name", "--fill-down", "市", "--unit", "县",
      "--time",
      "year",
    ]
  }

  @Test func `files of one year each become a panel, wherever the option stands`() throws {
    let expected = "市,year,县,gdp,pop\n东市,2020,甲,1,2\n东市,2021,甲,10,20\n东市,2020,乙,3,4\n东市,2021,乙,0,40\n"
    let first = ruralvalue(["prepare", "--stack"] + stacked + ["--quiet"])
    // The first file is the option's value, and the second the input.
    #expect(
      first.output.split(separator: "\n").map { $0.split(separator: ",").sorted() }
        == expected.split(separator: "\n").map { $0.split(separator: ",").sorted() })
    let second = prepare(
      stacked[0], "--stack", stacked[1], "--year-from-name", "--fill-down", "市", "--unit", "县", "--time",
      "year",
      "--quiet")
    #expect(second.output == expected)
    let named = prepare(
      stacked[0], "--stack", stacked[1], "--year-from-name", "--unit", "县", "--time", "year")
    #expect(named.errors.contains("2020.csv: column \"year\" is 2020, from the file's name."))
    #expect(named.errors.contains("2 files were stacked, 4 rows in all"))
  }

  @Test func `a step's error names the file of its row`() throws {
    let outcome = ruralvalue(["prepare", "--stack"] + stacked + ["--log", "gdp"])
    #expect(outcome.code == .data)
    #expect(
      outcome.errors.contains("gdp_2021年.csv, line 3, column \"gdp\" (县 \"乙\", year 2021): found 0"),
      "\(outcome.errors)")
  }

  @Test func `what does not go together is refused`() throws {
    let (a, b, panel) = (box.path("2020.csv"), box.path("gdp_2021年.csv"), box.path("panel.csv"))
    for (words, text) in [
      ([a, b], "2 inputs are named; put their rows under each other with --stack"),
      ([a, "--stack", a], "is named twice"),
      ([a, "--stack", b, "--from", "wide-years"], "--stack goes with tables of one row a unit and year"),
      ([a, "--stack", ";distinct"], "--stack stands without its value"),
      ([a, "--stack", "\(b);missing"], "there is no setting \"missing\" here"),
      ([panel, "--compute", "v=code*1"], "it is the unit's key and no number"),
      ([panel, "--compute", "v = income ** 2"], "a power is written with ^, as in x ^ 2"),
      ([panel, "--year-from-name"], "The file name panel.csv holds no year"),
      ([panel, "--codes", "c.csv", "--sum-into", "c.csv;sum=x"], "--sum-into does what --codes does"),
      ([panel, "--sum-into", "c.csv;weighted=income"], "expected a column and its weights"),
      ([panel, "--balance", "rows"], "expected one of units, periods"),
      ([panel, "--balance", "units;columns="], "--balance …;columns stands without its value"),
      ([panel, "--fill-down", "nmae"], "Did you mean \"name\"?"),
      ([panel, "--log", "income;add=x"], "--log …;add is \"x\"; expected a number"),
      ([panel, "--log", "income;add=0"], "expected a number above 0"),
      ([panel, "--log1p", "income;add=1"], "there is no setting \"add\" here"),
    ] {
      let outcome = ruralvalue(["prepare"] + words)
      #expect(outcome.code != .done && outcome.output.isEmpty, "\(words)")
      #expect(outcome.errors.contains(text), "\(words): \(outcome.errors)")
    }
    let piped = ruralvalue(["prepare", "-", "--year-from-name"], input: Array("a,b\nx,1\n".utf8))
    #expect(piped.errors.contains("The file name standard input holds no year"))
  }

  @Test func `merged counties are summed by their rules, and the record has them`() throws {
    let rules = "\(box.path("codes.csv"));sum=income,villages;weighted=pesticide by villages;keep=constant"
    let outcome = prepare(box.path("panel.csv"), "--sum-into", rules, "--balance", "units", "--json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let merged = try #require((document["merged"] as? [[String: Any]])?.first)
    #expect(merged["new"] as? String == "0430102" && merged["parts"] as? String == "0430102 + 0430103")
    let specification = try #require(document["specification"] as? [String: Any])
    #expect(specification["sum_into"] as? String == rules && specification["balance"] as? String == "units")
    #expect(specification["fill_down"] as? [String] == [] && specification["stack"] as? [String] == [])
    let written = ruralvalue([
      "prepare", box.path("panel.csv"), "--sum-into", rules, "--out", box.path("out"), "--quiet",
    ])
    #expect(written.code == .done)
    // 10 + 8 yuan, and (3·5.0 + 1·6.5) / 4.
    #expect(try box.text("out/panel.csv").contains("0430102,2020,芙蓉区,18,5.375,4,7"))
    #expect(try box.text("out/merged.csv").contains("0430102 + 0430103"))
  }

  @Test func `a rule for a name with a comma or the word by stands in backticks`() throws {
    try box.write(
      "code,year,\"Income, rural\",pop by age\nA,2012,10,1\nB,2012,20,3\n", to: "odd.csv")
    try box.write("code_old,code_new\nB,A\n", to: "map.csv")
    let outcome = prepare(
      box.path("odd.csv"), "--sum-into",
      "\(box.path("map.csv"));sum=`pop by age`;weighted=`Income, rural` by `pop by age`", "--quiet")
    #expect(outcome.output == "code,year,\"Income, rural\",pop by age\nA,2012,17.5,4\n", "\(outcome.errors)")
  }

  @Test func `a study checks the columns that rules name, under the names that the call gives them`() throws {
    let study = """
      { title: "Small", panel: { file: "panel.csv", rename: "income=gdp",
          "sum-into": "codes.csv;sum=gdp,villages;weighted=pesticide by villages;keep=constant" },
        describe: { variables: "gdp" } }
      """
    try box.write(study, to: "study.json")
    #expect(box.run("--check").code == .done, "\(box.run("--check").errors)")
    for (old, new) in [("sum=gdp", "sum=income"), ("by villages", "by people"), ("codes.csv", "code.csv")] {
      try box.write(study.replacingOccurrences(of: old, with: new), to: "study.json")
      #expect(box.run("--check").code != .done, "\(new)")
    }
  }

  @Test func `a study's panel has the same options, and knows the columns that result`() throws {
    let study = """
      { title: "Small",
        panel: { file: "2020.csv", stack: ["gdp_2021年.csv"], "year-from-name": true, "fill-down": "市",
                 unit: "县", time: "year", balance: "units;columns=ln_gdp" },
        prepare: [{ log: "gdp;add=0.001" }, { interpolate: "pop" }],
        describe: { variables: "ln_gdp,pop" } }
      """
    try box.write(study, to: "study.json")
    let checked = box.run("--check")
    #expect(checked.code == .done, "\(checked.output)\(checked.errors)")
    let run = box.run("--quiet")
    #expect(run.code == .done, "\(run.output)\(run.errors)")
    // ln 0.001, to which nothing but the constant was added.
    #expect(try box.text("results/prepare/panel.csv").contains(",-6.907755278982137"))
    for (old, new, text) in [
      ("columns=ln_gdp", "columns=ln_gpd", "ln_gdp"),
      ("gdp_2021年.csv\"]", "gdp_2022年.csv\"]", "gdp_2022年.csv"),
      ("down\": \"市\"", "down\": \"州\"", "州"), ("ln_gdp,pop", "ln_gdp,pip", "pop"),
    ] {
      try box.write(study.replacingOccurrences(of: old, with: new), to: "study.json")
      let wrong = box.run("--check")
      #expect(wrong.code != .done, "\(new)")
      #expect((wrong.output + wrong.errors).contains(text), "\(new): \(wrong.output)\(wrong.errors)")
    }
  }
}
