import Foundation
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// What holds for every option of every verb, because it comes from the declaration.
@Suite struct OptionTests {
  /// An option with the verb that has it.
  struct Case: Sendable, CustomTestStringConvertible {
    let verb: any Command.Type
    let option: OptionDefinition
    var name: String { verb.definition.name }
    var testDescription: String { "\(name) \(option.name)" }
  }

  static let cases: [Case] = CommandLineTool.commands.flatMap { verb in
    verb.optionDefinitions.map { Case(verb: verb, option: $0) }
  }

  /// A real call of every verb, and of every model of simulate.
  static let calls: [[String]] = [
    "prepare Fixtures/data/small/missing.csv --interpolate pesticide --log pesticide",
    "describe Fixtures/data/small/panel.csv --variables income",
    "entropy Fixtures/data/small/panel.csv --indicators Fixtures/data/small/system.csv",
    "fe Fixtures/reference/fe/county_unbalanced.csv --formula 'y ~ x1 + x1^2 + x2' --iv 'x2 ~ z1 + z2' --cluster pref"
      + " --range x1=-1:1 --mechanism x3 --absorb band",
    "gmm Fixtures/reference/gmm/abdata.csv --formula 'n ~ lag(n) + w*k' --gmm 'n,2:4;collapse' --exogenous 'w*k'"
      + " --margins w --sums w,k --lincom w+k",
    "weights Fixtures/data/hunan/queen.csv",
    "moran Fixtures/data/north-carolina/counties-1981-1987.csv --variable lcrmrte --id FIPS --permutations 0"
      + " --weights Fixtures/reference/spatial/nc_sids.geojson",
    "hotspot Fixtures/data/north-carolina/counties-1981-1987.csv --variable lcrmrte --change 1981:1987 --id FIPS"
      + " --weights Fixtures/reference/spatial/nc_sids.geojson",
    "sdm Fixtures/reference/sdm/cigar.csv --formula 'logc ~ logp + logy' --draws 0 --no-tests --orders 1"
      + " --weights Fixtures/reference/sdm/us-state-borders.csv --where 'year>=70'",
    "table Fixtures/results/linear.json Fixtures/results/spatial.json --group 'All:1-2' --keep 'l*' --drop '*lpolpc'"
      + " --order lprbconv --effects rows --brackets t --title T",
    "coupling Fixtures/reference/evaluation/panel.csv --systems U,F --weights 0.6,0.4 --group region",
    "disparity Fixtures/reference/evaluation/panel.csv --variable U --group region,city --population labour",
    "evolve Fixtures/reference/evaluation/panel.csv --variable output --controls region --bandwidth 0.05 --cuts 100,200"
      + " --coordinates x_km,y_km --projection none",
    "efficiency Fixtures/reference/evaluation/panel.csv --inputs labour,capital --outputs output --undesirable pollution"
      + " --model super-sbm --malmquist --group region",
    "evaluate Fixtures/reference/evaluation/scorecard-panel.csv --by region --attainment mixed --rule share:1,0.8"
      + " --scorecard Fixtures/reference/evaluation/scorecard-indicators.csv --population population --period 2022",
    "map Fixtures/data/hunan/counties.geojson --regions prefecture --out OUT/map.svg",
    "audit Fixtures/data/paper/table5.csv --levels 0.05,0.01",
    "compare Fixtures/data/small/printed.csv --with Fixtures/data/small/results.csv"
      + " --with Fixtures/data/small/results-sums.csv --require none",
    "simulate indicators --counties 4 --periods 2021:2022 --seed 7",
    "simulate dynamic-panel --counties 40 --coefficients P=0.2 --seed 7 --exact",
    "simulate sdm --counties 9 --coefficients P=0.2 --durbin P=0.1 --seed 7",
    "study Fixtures/studies/small/study.json --check",
  ].map { call in
    let root = ProjectFiles.root.path
    let place = call.replacingOccurrences(of: "Fixtures/", with: "\(root)/Fixtures/")
    return (try? ShellWords.split(place + " --json --quiet", option: "")) ?? []
  }

  @Test func `every verb is among the calls`() {
    let verbs = Set(Self.calls.compactMap(\.first))
    #expect(verbs == Set(CommandLineTool.commands.map { $0.definition.name }))
  }

  @Test(arguments: calls)
  func `specification has each declared option under its own name, typed`(words: [String]) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "options-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = ruralvalue(
      words.map { $0.replacingOccurrences(of: "OUT/", with: folder.path + "/") })
    #expect(outcome.code == .done || outcome.code == .decisionErrors, "\(outcome.errors)")
    let members = try #require(try JSONReader.read(Array(outcome.output.utf8))["specification"])
    let verb = try #require(CommandLineTool.commands.first { $0.definition.name == words[0] })
    for option in verb.optionDefinitions {
      let value = try #require(members[option.jsonKey], "\(words[0]) lacks \(option.jsonKey)")
      if value.value != .null {
        #expect(Self.suits(value.value, option), "\(option.name): \(value)")
      }
    }
    let call = try Call(Array(words.dropFirst()), of: verb)
    for given in call.given {
      let key = call.options.first { $0.name == given.name }?.jsonKey ?? ""
      #expect(members[key]?.value != .null, "\(given.name) is given, and null")
    }
  }

  /// Whether a value is of the type that the option's shape has in JSON.
  private static func suits(_ value: JSONNode.Value, _ option: OptionDefinition) -> Bool {
    switch (value, option.shape) {
    case (.list, _) where option.repeats: true
    case (.boolean, .flag): true
    // Decimals are a number, significant digits a text.
    case (.integer, .text): option.key == "digits"
    case (.integer, .integer), (.integer, .number), (.number, .number): true
    case (.text(let text), .choice(let choices)): choices.contains(text)
    case (.integer(let number), .choice(let choices)): choices.contains("\(number)")
    case (.list(let ends), .periods): ends.count == 2
    case (.list, .list), (.list, .columns), (.list, .terms), (.list, .weights), (.list, .property): true
    case (.object, .coefficients): true
    case (.text, .text), (.text, .column), (.text, .property), (.text, .file), (.text, .folder),
      (.text, .output):
      true
    case (.text, .weights), (.text, .formula), (.text, .call): true
    default: false
    }
  }

  @Test(arguments: cases) func `help shows an option with its default`(each: Case) {
    let page = ruralvalue([each.name, "--help"]).output
    let words = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains(each.option.name + (each.option.value.map { " \($0)" } ?? "")))
    if let standard = each.option.standard { #expect(words.contains("(default \(standard))")) }
  }

  @Test(arguments: cases) func `a misspelt option is met with the nearest`(each: Case) {
    let outcome = ruralvalue([each.name, "x.csv", "--q\(each.option.key)"])
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("Did you mean \"\(each.option.name)\"?"), "\(outcome.errors)")
  }

  @Test(arguments: cases)
  func `what no option of its kind takes is refused, as a word and as a study's text alike`(each: Case) {
    func message(_ act: () throws -> Void) -> String? {
      do {
        try act()
        return nil
      } catch { return "\(error)" }
    }
    var call = Call(each.verb, inputs: ["x.csv"])
    let name = each.option.name
    switch each.option.shape {
    case .flag:
      #expect(
        message { _ = try Call(["x.csv", "\(name)=yes"], of: each.verb) }
          == "\(name) takes no value; found \"yes\".")
    case .integer, .number, .choice, .periods, .formula, .condition:
      let refused = message { _ = try Call(["x.csv", name, "?"], of: each.verb) }
      #expect(refused?.contains("?") == true && refused?.contains("expected") == true, "\(refused ?? "")")
      #expect(message { try call.set(each.option.key, texts: ["?"]) } == refused)
    default:
      #expect(
        message { _ = try Call(["x.csv", name], of: each.verb) }
          == "\(name) stands without its value; expected \(name) \(each.option.value ?? "").")
    }
    #expect(!call.gives(name))
  }

  @Test(arguments: CaseTests.folders) func `a call's words make the same call again`(folder: String) throws {
    let url = ProjectFiles.fixture("cases").appending(path: folder).appending(path: "cmd")
    let line = try String(contentsOf: url, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    for words in try ShellWords.split(line, option: "cmd").split(separator: "|").map(Array.init) {
      guard words.count > 1,
        let verb = CommandLineTool.commands.first(where: { $0.definition.name == words[1] }),
        let call = try? Call(Array(words.dropFirst(2)), of: verb)
      else { continue }
      let again = try Call(call.words, of: verb)
      #expect(again.given == call.given && again.inputs == call.inputs)
      let typed = try Call(Array(ShellWords.split(call.line, option: "").dropFirst(2)), of: verb)
      #expect(typed.given == call.given)
    }
  }
}
