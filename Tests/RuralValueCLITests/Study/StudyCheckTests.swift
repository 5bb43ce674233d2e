import Foundation
import Testing

@testable import RuralValueCLI

/// `study --check` looks at every column, term and file inside every option.
@Suite struct StudyCheckTests {
  /// A study with one block of each verb; OPTION stands where the verb's block can have another key.
  private static let blocks: [(verb: any Command.Type, study: String)] = [
    (PrepareCommand.self, "panel: { file: \"panel.csv\", OPTION }"),
    (PrepareCommand.self, "panel: { file: \"panel.csv\", from: \"wide-years\", OPTION }"),
    (PrepareCommand.self, "panel: { file: \"panel.csv\" }, prepare: [{ OPTION }]"),
    (PrepareCommand.self, "panel: { file: \"panel.csv\" }, analysis: { OPTION }"),
    (EntropyCommand.self, "panel: { file: \"panel.csv\" }, indicators: { file: \"system.csv\", OPTION }"),
    (DescribeCommand.self, "panel: { file: \"panel.csv\" }, describe: { OPTION }"),
    (
      GMMCommand.self,
      "panel: { file: \"panel.csv\" }, models: { gmm: [{ formula: \"income ~ lag(income) + villages\", OPTION }] }"
    ),
    (
      SDMCommand.self,
      "panel: { file: \"panel.csv\" }, weights: { w: \"links.csv\" },"
        + " models: { sdm: [{ formula: \"income ~ villages\", OPTION }] }"
    ),
    (
      SDMCommand.self,
      "panel: { file: \"panel.csv\" }, weights: { w: \"links.csv\" },"
        + " models: { sdm: [{ name: \"m\", formula: \"income ~ villages\" }] }, robustness: [{ of: \"m\", OPTION }]"
    ),
    (
      MoranCommand.self,
      "panel: { file: \"panel.csv\" }, weights: { w: \"links.csv\" }, moran: { variables: \"income\", OPTION }"
    ),
    (
      HotspotCommand.self,
      "panel: { file: \"panel.csv\" }, weights: { w: \"links.csv\" }, hotspots: { variables: \"income\", OPTION }"
    ),
    (WeightsCommand.self, "panel: { file: \"panel.csv\" }, weights: { w: { file: \"links.csv\", OPTION } }"),
    (WeightsCommand.self, "panel: { file: \"panel.csv\" }, weights: { w: { file: \"MAP\", OPTION } }"),
    (
      WeightsCommand.self,
      "panel: { file: \"panel.csv\" },"
        + " weights: { w: { file: \"MAP\", rule: \"economic:income\", values: \"panel.csv\", OPTION } }"
    ),
    (
      TableCommand.self,
      "panel: { file: \"panel.csv\" }, models: { fe: [{ name: \"m\", formula: \"income ~ villages\" }] },"
        + " tables: [{ models: [\"m\"], OPTION }]"
    ),
    (
      EfficiencyCommand.self,
      "panel: { file: \"panel.csv\" }, efficiency: { inputs: \"villages\", outputs: \"income\", OPTION }"
    ),
    (
      EvaluateCommand.self,
      "panel: { file: \"panel.csv\" }, evaluate: { scorecard: \"card.csv\", OPTION }"
    ),
    (
      MapCommand.self,
      "panel: { file: \"panel.csv\" }, evaluate: { scorecard: \"card.csv\" }, maps: [{ file: \"MAP\", OPTION }]"
    ),
    (MapCommand.self, "panel: { file: \"panel.csv\" }, maps: [{ file: \"MAP\", OPTION }]"),
    (
      MapCommand.self,
      "panel: { file: \"panel.csv\" }, weights: { w: \"links.csv\" }, hotspots: { variables: \"income\" },"
        + " maps: [{ file: \"MAP\", OPTION }]"
    ),
  ]

  /// Values for an option that name something which is nowhere, by what it names.
  private static func misspelt(_ shape: OptionShape) -> [String] {
    switch shape {
    case .column, .columns, .property: ["nosuch", "nosuch,nosuch"]
    case .terms: ["nosuch", "nosuch,2:3"]
    case .formula: ["income ~ nosuch"]
    case .condition: ["nosuch=1"]
    case .file, .weights: ["nosuch.csv"]
    default: []
    }
  }

  @Test func `a misspelt column, term, property or file is found in every option that names one`() throws {
    let box = try StudySandbox()
    try box.write(
      "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"a\"},"
        + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}}]}",
      to: "map.geojson")
    var (found, tried): (Set<String>, Set<String>) = ([], [])
    for (verb, study) in Self.blocks {
      for option in Call(verb).options {
        let values = Self.misspelt(option.shape).filter { value in
          var call = Call(verb)
          return (try? call.add(option.name, value)) != nil
        }
        guard let value = values.first else { continue }
        let name = "\(verb.definition.name) \(option.name)"
        tried.insert(name)
        let text = study.replacingOccurrences(of: "OPTION", with: "\"\(option.key)\": \"\(value)\"")
          .replacingOccurrences(of: "MAP", with: "map.geojson")
        // An option that stands in the block already is tried where it does not.
        try box.write(
          "{ \(text) }".replacingOccurrences(
            of: "formula: \"income ~ villages\", \"formula\"", with: "\"formula\""
          ).replacingOccurrences(
            of: "formula: \"income ~ lag(income) + villages\", \"formula\"", with: "\"formula\""),
          to: "study.json")
        let outcome = box.run("--check")
        let sentence = outcome.errors.split(separator: "\n").first { $0.contains(".\(option.key): ") } ?? ""
        if sentence.contains("There is no file \"nosuch")
          || sentence.contains("there is no ") && sentence.contains("\"nosuch")
        {
          found.insert(name)
        }
      }
    }
    // What no block has for a key: a study gives these by other keys, which name files and columns themselves.
    let others = [
      "entropy --indicators", "moran --variable", "hotspot --variable", "map --table", "moran --weights",
      "hotspot --weights", "sdm --weights", "map --name", "efficiency --inputs", "efficiency --outputs",
      "evaluate --scorecard",
    ]
    #expect(
      tried.subtracting(found).isSubset(of: Set(others + Self.readings(tried))), "\(tried.subtracting(found))"
    )
    #expect(found.count >= 40, "\(found.sorted())")
  }

  /// How the tables that a study makes are read is no option of theirs, and files of labels serve a whole study.
  private static func readings(_ names: Set<String>) -> [String] {
    names.filter { name in
      if name.hasSuffix(" --label-file") { return true }
      return
        !name.hasPrefix("prepare") && !name.hasPrefix("weights")
        && (TableInput.reading + WeightsInput.options.map(\.definition)).contains {
          name.hasSuffix(" \($0.name)")
        }
    }
  }

  @Test func `an option whose value is a plain text or list names nothing that could be looked up`() {
    // Names that are given here, words, dates and numbers; ids of units, which the run knows.
    let known: Set<String> = [
      "approval", "breaks", "digits", "encoding", "exclude", "format", "label", "missing-as", "object",
      "periods",
      "quantiles",
      "rule", "se", "separator", "sheet",
      "county-rule", "rule", "se", "separator",
      "source", "stars", "title", "unit-name", "variable", "figures", "width",
      // Of a table of models: terms and columns, which the results have.
      "group", "keep", "drop", "order",
    ]
    for (verb, _) in Self.blocks {
      for option in Call(verb).options where option.shape == .text || option.shape == .list {
        #expect(known.contains(option.key), "\(verb.definition.name) \(option.name)")
      }
    }
  }

  @Test func `a term that the formula has is let pass, and dummies and the constant too`() throws {
    let box = try StudySandbox(
      study: """
        { panel: { file: "panel.csv" }, models: { gmm: [
          { name: "m", formula: "income ~ lag(income) + villages*pesticide", "time-effects": "none",
            lincom: ["villages + 2*villages:pesticide", "lag(income, 1) - (Intercept)", "time=2021"],
            sums: "villages,pesticide", margins: ["villages", "pesticide"], iv: "villages,lag(pesticide)" } ] },
          robustness: [{ of: "m", steps: 1 }, { of: "m", lag: 1, margins: [] }] }
        """)
    let outcome = box.run("--check")
    #expect(!outcome.errors.contains("in the formula"), "\(outcome.errors)")
  }

  @Test func `a variant's formula must have the terms that the model's options name`() throws {
    let box = try StudySandbox(
      study: """
        { panel: { file: "panel.csv" }, models: { gmm: [
          { name: "m", formula: "income ~ lag(income) + villages", sums: "villages,lag(income, 1)" } ] },
          robustness: [
            { of: "m", formula: "income ~ lag(income) + pesticide" } ] }
        """)
    let outcome = box.run("--check")
    #expect(
      outcome.errors.contains("line 4, robustness[0]: there is no term \"villages\" in the formula"),
      "\(outcome.errors)")
  }

  @Test(arguments: [
    ("iv: \"vilages\"", "villages"), ("gmm: \"incme,2:3\"", "income"),
    ("endogenous: \"lag(vilages)\"", "villages"),
    ("margins: \"vilages\"", "villages"), ("sums: \"villages,pestcide\"", "pesticide"),
    ("lincom: \"villages - pestcide\"", "pesticide"), ("cluster: \"nme\"", "name"),
    ("where: \"vilages>1\"", "villages"),
  ]) func `the nearest name is asked for at the option's own line`(option: String, nearest: String) throws {
    let box = try StudySandbox(
      study: """
        { panel: { file: "panel.csv" }, models: { gmm: [
          { formula: "income ~ lag(income) + villages*pesticide",
            \(option) } ] } }
        """)
    let errors = box.run("--check").errors
    #expect(
      errors.contains("line 3, models.gmm[0].\(option.prefix { $0 != ":" }): there is no "), "\(errors)")
    #expect(errors.contains("Did you mean \"\(nearest)\"?"), "\(errors)")
  }

  @Test func `what is wrong with a model is said once, and not of its variants again`() throws {
    let box = try StudySandbox()
    try box.change("study.json", "V ~ lag(V)", "V ~ lga(V)")
    let errors = box.run("--check").errors
    #expect(errors.contains("line 12, models.gmm[0].formula: "), "\(errors)")
    #expect(!errors.contains("robustness"), "\(errors)")
  }
}
