import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

@Suite struct UsageTests {
  @Test func `the version is printed as promised`() {
    #expect(ruralvalue(["--version"]).output == "ruralvalue \(ToolVersion.number)\n")
  }

  @Test(arguments: [[], ["--help"], ["-h"], ["help"]]) func `without a command there is help, examples first`(
    words: [String]
  ) {
    let outcome = ruralvalue(words)
    #expect(outcome.code == .done)
    #expect(outcome.output.split(separator: "\n")[1] == "Examples")
    for command in CommandLineTool.commands {
      #expect(outcome.output.contains("  \(command.definition.name) "))
    }
  }

  @Test func `every command's help leads with examples and explains every option`() {
    for command in CommandLineTool.commands {
      let definition = command.definition
      for words in [
        [definition.name, "--help"], ["help", definition.name], [definition.name, "x.csv", "-h"],
      ] {
        let page = ruralvalue(words).output
        #expect(page.split(separator: "\n")[1] == "Examples")
        for option in command.optionDefinitions { #expect(page.contains(option.name)) }
        #expect(page.split(separator: "\n").allSatisfy { $0.count <= 110 }, "a line of help is too long")
      }
    }
  }

  @Test func `a misspelt command, option and choice are met with the nearest one`() {
    let command = ruralvalue(["entrop", "x.csv"])
    #expect(command.code == .usage)
    #expect(command.errors.contains("Did you mean \"entropy\"?"))
    let option = ruralvalue(["entropy", "x.csv", "--indicator", "y.csv"])
    #expect(option.code == .usage)
    #expect(option.errors.contains("Did you mean \"--indicators\"?"))
    let choice = ruralvalue(["entropy", "x.csv", "--indicators", "y.csv", "--weights", "anual"])
    #expect(choice.code == .usage)
    #expect(choice.errors.contains("Did you mean \"annual\"?"))
  }

  @Test(arguments: [
    (["entropy"], "no input is named"),
    (["entropy", "a.csv", "b.csv", "--indicators", "s.csv"], "2 inputs are named"),
    (["entropy", "a.csv"], "needs --indicators"),
    (["hotspot", "a.csv", "--variable", "", "--weights", "w.csv"], "needs --variable"),
    (["sdm", "a.csv", "--formula", "V ~ P", "--weights", " ,,"], "needs --weights"),
    (["entropy", "a.csv", "--indicators"], "--indicators stands without its value"),
    (["entropy", "a.csv", "--indicators", "--json"], "--indicators stands without its value"),
    (["entropy", "a.csv", "--json=yes"], "--json takes no value"),
    (["entropy", "a.csv", "--shift", "1", "--shift", "2"], "--shift is given twice"),
    (
      ["entropy", "a.csv", "--indicators", "s.csv", "--shift", "much"],
      "--shift is \"much\"; expected a number"
    ),
    (
      ["entropy", "a.csv", "--indicators", "s.csv", "--digits", "99"], "expected a whole number from 0 to 15"
    ),
    (
      ["entropy", "a.csv", "--indicators", "s.csv", "--digits", "two"], "expected a whole number from 0 to 15"
    ),
    (["entropy", "a.csv", "--indicators", "s.csv", "--stars", "5"], "one to three levels between 0 and 1"),
    (["entropy", "a.csv", "--indicators", "s.csv", "--format", "tex"], "expected --out DIR"),
    (
      ["entropy", "a.csv", "--indicators", "s.csv", "--out", "o", "--format", "latex"], "expected one of csv"
    ),
    (["entropy", "a.csv", "--indicators", "s.csv", "--periods", "20:10"], "expected periods such as"),
    (["entropy", "a.csv", "--indicators", "s.csv", "--skip-lines", "-1"], "at least 0"),
  ]) func `a call that is off says how to put it right`(words: [String], sentence: String) {
    let outcome = ruralvalue(words)
    #expect(outcome.code == .usage)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
  }

  @Test func `a file that is not there suggests its neighbour`() {
    let folder = ProjectFiles.fixture("data/hunan").path
    let outcome = ruralvalue([
      "entropy", "\(folder)/panel-simulatd.csv", "--indicators", "\(folder)/indicators.csv",
    ])
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains("Did you mean \"\(folder)/panel-simulated.csv\"?"))
    #expect(ruralvalue(["entropy", folder, "--indicators", "x"]).errors.contains("is a folder"))
  }
}
