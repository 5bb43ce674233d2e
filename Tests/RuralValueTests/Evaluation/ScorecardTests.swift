import TestSupport
import Testing

@testable import RuralValue

/// What a scorecard may look like, and what each fault says.
@Suite struct ScorecardTests {
  private static let header = "index,dimension,indicator,column,direction,target,yellow,red,weight"

  private func card(_ rows: String, header: String = header) throws -> Scorecard {
    try Scorecard(smallTable("\(header)\n\(rows)", source: "card.csv"))
  }

  private func message(_ rows: String, header: String = header) -> String {
    do {
      var specification = EvaluationSpecification(scorecard: try card(rows, header: header))
      specification.attainment = .mixed
      try specification.requireComplete()
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("A,d,Talents,x,+,40,50,30,1", "card.csv, line 2: \"Talents\" has direction + and yellow 50, target 40"),
    ("A,d,Ratio,x,-,2.4,2.1,1.9,1", "expected target ≤ yellow ≤ red"),
    ("A,d,Talents,x,+,60,50,55,1", "red 55, yellow 50; expected red ≤ yellow ≤ target"),
    (
      "A,d,Talents,x,+,60,50,30,0.5\nA,d,Loans,y,+,1,0.8,0.5,",
      "the weight is empty on line 3 and given on others"
    ),
    ("A,d,Talents,x,+,60,50,30,0.5\nA,d,Loans,y,+,1,0.8,0.5,0.45", "add up to 0.95; expected 1"),
    ("A,d,Talents,x,+,60,50,30,-1", "line 2: the weight of \"Talents\" is -1; expected none below 0"),
    (
      "A,d,Talents,x,+,60,50,30,1\nA,d,Again,x,+,60,50,30,",
      "column \"x\" stands twice in index A, on lines 2 and 3"
    ),
    ("A,d,Talents,x,up,60,50,30,1", "line 2, column \"direction\": found \"up\""),
    ("A,d,,x,+,60,50,30,1", "line 2, column \"indicator\": the cell is empty"),
    (
      "A,d,Talents,x,+,,50,30,1",
      "line 2, column \"target\": the cell is empty for \"Talents\"; attainment by mixed"
    ),
    (
      "A,d,Talents,x,+,60,,30,1",
      "column \"yellow\": the cell is empty for \"Talents\"; the rule of colours fixed"
    ),
    ("A,d,Outflow,x,-,0,0,0,1", "target and red both at 0"),
    ("A,d,Talents,x,+,many,50,30,1", "line 2, column \"target\": found \"many\", expected a number"),
  ])
  func `a fault is named by its row`(rows: String, expected: String) {
    let message = message(rows)
    #expect(message.contains(expected), "\(message)")
  }

  @Test func `a missing column is named with the nearest that there is`() {
    let message = message("A,d,T,x,+,60,50,30,1", header: Self.header.replacing("weight", with: "weigth"))
    #expect(
      message.contains("there is no \"weight\"") && message.contains("Did you mean \"weigth\"?"), "\(message)"
    )
  }

  @Test func `regions may not differ in direction or weight`() {
    let header = Self.header + ",region"
    let one = message("A,d,T,x,+,60,50,30,1,\nA,d,T,x,-,60,50,30,,North", header: header)
    #expect(one.contains("one direction on line 2 and the other on line 3"), "\(one)")
    let other = message("A,d,T,x,+,60,50,30,1,\nA,d,T,x,+,60,50,30,0.5,North", header: header)
    #expect(other.contains("different weights on lines 2 and 3"), "\(other)")
    let twice = message("A,d,T,x,+,60,50,30,1,North\nA,d,T,x,+,60,50,30,1,North", header: header)
    #expect(twice.contains("for region \"North\", on lines 2 and 3"), "\(twice)")
    let filled = message("A,d,T,x,+,60,50,30,1,\nA,d,T,x,+,40,,,,North", header: header)
    #expect(filled.contains("line 3: \"T\" has direction + and yellow 50, target 40"), "\(filled)")
  }

  @Test func `what weighs nothing may be there for its colour alone`() throws {
    let rows = "A,d,Talents,x,+,60,50,30,1\nA,d,Prohibited,y,-,,1,2,0"
    #expect(message(rows) == "no error")
  }

  @Test func `rules are read as they are written`() {
    for text in ["fixed", "share:1,0.8", "quantile:0.2,0.4", "control:2012:2018"] {
      #expect(ColourRule(text)?.text == text)
    }
    #expect(ColourRule("share")?.text == "share:1,0.8" && ColourRule("quantile")?.text == "quantile:0.2,0.4")
    for text in [
      "", "share:0.8,1", "share:1", "quantile:0.4,0.2", "quantile:0,1", "control", "control:2018:2012",
      "fixed:1", "reds",
    ] {
      #expect(ColourRule(text) == nil, "\(text)")
    }
    #expect(CountyRule("reds=2")?.text == "reds=2" && CountyRule("veto") == .veto)
    #expect(CountyRule("reds=0") == nil && CountyRule("reds") == nil)
  }
}
