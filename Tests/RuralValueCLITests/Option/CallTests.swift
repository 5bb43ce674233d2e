import RuralValue
import Testing

@testable import RuralValueCLI

@Suite struct CallTests {
  private static let words = [
    "panel.csv", "--formula", "V ~ P + C", "--weights", "a.csv,b.gal", "--durbin", "P", "--where", "V>=0.2",
    "--no-tests", "--where", "region!=PRD", "--draws", "50",
  ]

  @Test func `words become a call, and the call the same words`() throws {
    let call = try Call(Self.words, of: SDMCommand.self)
    #expect(call.words == Self.words)
    #expect(try Call(call.words, of: SDMCommand.self).given == call.given)
    let sdm = try #require(call.command as? SDMCommand)
    #expect(sdm.specification.formula == (try FormulaSpecification("V ~ P + C")))
    #expect(sdm.weightPaths == ["a.csv", "b.gal"])
    #expect(sdm.specification.draws == 50)
    #expect(!sdm.specification.isTested)
    #expect(sdm.input.conditions.map(\.text) == ["V>=0.2", "region!=PRD"])
  }

  @Test func `a call is shown as a shell takes it, and values that begin with dashes stay values`() throws {
    let call = try Call(["a b.csv", "--formula=V ~ P", "--weights=--w.csv"], of: SDMCommand.self)
    #expect(call.line == "ruralvalue sdm 'a b.csv' --formula 'V ~ P' --weights=--w.csv")
    #expect(try Call(call.words, of: SDMCommand.self).given == call.given)
  }

  @Test func `a study's values make the call that the words make`() throws {
    var call = Call(SDMCommand.self, inputs: ["panel.csv"])
    try call.set("formula", texts: ["V ~ P + C"])
    try call.set("weights", texts: ["a.csv,b.gal"])
    try call.set("durbin", texts: ["P"])
    try call.set("no-tests", texts: [""])
    try call.set("where", texts: ["V>=0.2", "region!=PRD"])
    try call.set("draws", texts: ["50"])
    let other = try Call(Self.words, of: SDMCommand.self)
    #expect(call.command.mentions.map(\.what) == other.command.mentions.map(\.what))
    #expect(call.command.call.given == other.command.call.given)
    try call.set("no-tests", texts: [])
    #expect(!call.gives("no-tests"))
  }

  @Test(arguments: [
    ("draws", "many"), ("draws", "-1"), ("model", "sdn"), ("formula", "V ~"), ("where", "V"),
  ]) func `a study's value is refused as the word is`(key: String, word: String) {
    func message(_ act: () throws -> Void) -> String {
      do {
        try act()
        return ""
      } catch { return "\(error)" }
    }
    var call = Call(SDMCommand.self, inputs: ["panel.csv"])
    let typed = message { try call.set(key, texts: [word]) }
    #expect(!typed.isEmpty)
    #expect(typed == message { _ = try Call(["panel.csv", "--\(key)", word], of: SDMCommand.self) })
  }

  @Test func `a variant's options stand in the place of the model's`() throws {
    let base = try Call(Self.words, of: SDMCommand.self)
    var change = Call(SDMCommand.self)
    try change.set("model", texts: ["sar"])
    try change.set("where", texts: ["year>=2015"])
    let variant = try base.overridden(by: change)
    #expect(variant.texts("where") == ["year>=2015"])
    #expect(variant.texts("model") == ["sar"])
    #expect(variant.texts("draws") == ["50"])
    #expect(variant.inputs == ["panel.csv"])
  }

  @Test func `a call knows every column, term and file inside its options`() throws {
    let gmm = try Call(
      [
        "panel.csv", "--formula", "V ~ lag(V) + P*C", "--gmm", "V,lag(Q),2:4", "--iv", "x,z;eq=level",
        "--endogenous", "log(e)", "--cluster", "city", "--where", "region=PRD", "--lincom", "P - 2*P:C",
        "--sums", "P,C", "--margins", "P",
      ], of: GMMCommand.self)
    func names(_ pick: (OptionMention) -> String?) -> Set<String> {
      Set(gmm.mentions.compactMap { pick($0.what) })
    }
    #expect(
      names { if case .column(let name) = $0 { name } else { nil } }
        == ["V", "P", "C", "Q", "x", "z", "e", "city", "region"])
    #expect(names { if case .term(let name) = $0 { name } else { nil } } == ["P", "C", "P:C"])
    let sdm = try Call(Self.words, of: SDMCommand.self)
    #expect(sdm.mentions.contains { $0.option == "--weights" && $0.what == .file("b.gal") })
    #expect(sdm.mentions.contains { $0.option == "--durbin" && $0.what == .term("P") })
  }

  @Test func `a key that no option has is met with the nearest`() {
    var call = Call(GMMCommand.self)
    #expect(throws: UsageError.self) { try call.set("estimater", texts: ["system"]) }
    do { try call.set("estimater", texts: ["system"]) } catch {
      #expect("\(error)".contains("Did you mean \"--estimator\"?"), "\(error)")
    }
  }
}
