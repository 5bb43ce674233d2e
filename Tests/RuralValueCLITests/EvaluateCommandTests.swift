import Foundation
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// Scorecards through the command line, files, maps and studies.
@Suite struct EvaluateCommandTests {
  static let folder = ProjectFiles.fixture("reference/evaluation").path
  static let call =
    "ruralvalue evaluate \(folder)/scorecard-panel.csv --scorecard \(folder)/scorecard-indicators.csv"
  private let space = SpaceCommandTests()

  private func json(_ call: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(space.done("\(call) --json --quiet").utf8)) as! [String: Any]
  }

  @Test func `JSON has the promised members of every row`() throws {
    let document = try json(
      "\(Self.call) --by region --population population --attainment mixed --missing renormalise --release 2")
    let promised: [String: [String]] = [
      "cells": [
        "unit", "time", "index", "column", "value", "attainment", "gap", "relative_gap", "colour", "standing",
        "since", "not_green_since", "stale",
      ],
      "scores": ["unit", "time", "index", "score", "rank", "rank_change", "reds", "yellows", "colour"],
      "accountability": [
        "unit", "group", "index", "indicator", "column", "value", "target", "gap", "obstacle_share", "colour",
        "standing", "since", "trend", "years_to_target",
      ],
      "groups": [
        "group", "time", "n", "mean", "weighted_mean", "min", "max", "best", "worst", "red", "yellow",
        "green",
      ],
    ]
    for (key, members) in promised {
      let rows = try #require(document[key] as? [[String: Any]])
      #expect(Set(rows[0].keys).isSuperset(of: members), "\(key): \(rows[0].keys.sorted())")
    }
    let cells = try #require(document["cells"] as? [[String: Any]])
    #expect(cells.count == 360)
    let hole = try #require(
      cells.first {
        $0["unit"] as? String == "k11" && $0["column"] as? String == "reinvested"
          && $0["time"] as? Int == 2023
      })
    #expect(hole["value"] is NSNull && hole["colour"] is NSNull && hole["reason"] as? String == "missing")
    #expect(hole["standing"] as? String == "yellow" && hole["stale"] as? Int == 1)
    let list = try #require(document["accountability"] as? [[String: Any]])
    #expect(list.count == 41 && list[0]["unit"] as? String == "k12" && list[0]["group"] as? String == "North")
    let specification = try #require(document["specification"] as? [String: Any])
    #expect(specification["rule"] as? String == "fixed" && specification["county_rule"] as? String == "veto")
  }

  @Test func `a target of zero under ratio is null with a reason that proposes goalposts`() throws {
    let outcome = shell(Self.call)
    #expect(outcome.code == .done)
    #expect(outcome.errors.contains("has target 0: a ratio to it says nothing"), "\(outcome.errors)")
    #expect(outcome.errors.contains("--attainment goalpost") && outcome.errors.contains("mixed"))
    let scores = try #require(try json(Self.call)["scores"] as? [[String: Any]])
    #expect(scores.allSatisfy { $0["score"] is NSNull && $0["rank"] is NSNull })
  }

  @Test func `the folder holds what other commands read, and a page a county in both languages`() throws {
    try space.inFolder { out in
      let call = "\(Self.call) --by region --attainment mixed --release 2 --quiet --cards --out \(out)"
      space.done(call)
      #expect(try space.text("\(out)/scores.csv").hasPrefix("unit,time,A\nk01,2018,0.84864"))
      #expect(
        try space.text("\(out)/colours.csv").hasPrefix(
          "unit,time,A,talents,reinvested,loan_deposit,income_ratio,outflow\nk01,2018,yellow,yellow,"))
      #expect(try space.text("\(out)/colours.csv").contains("k11,2023,yellow,yellow,stale yellow,"))
      let cards = try space.text("\(out)/cards.html")
      #expect(cards.matches(of: /<section class="rv-card"/).count == 12)
      #expect(cards.contains("<h2>k12</h2>") && cards.contains("rank 11 of 11"), "k11 lacks an indicator")
      #expect(cards.contains("A: no score, for an indicator is missing"))
      #expect(
        cards.contains("▲ Red") && cards.contains("2018 or before") && cards.contains("■ Yellow, stale"))
      #expect(cards.contains("A county has the worst colour of its indicators (veto)."))
      #expect(try space.text("\(out)/warnings.svg").contains("Counties by colour: A"))
      #expect(try space.text("\(out)/mean_scores.svg").contains("Mean score"))
      space.done("\(call) --lang zh")
      let chinese = try space.text("\(out)/cards.html")
      #expect(chinese.contains("▲ 红") && chinese.contains("2018或更早") && chinese.contains("达标所需年数"))
      #expect(!chinese.contains("Years to target"))
    }
  }

  @Test func `flows, mismatch and prices stand beside the scorecard, flows by the groups of --by`() throws {
    try space.inFolder { out in
      try Data(
        "from,to,time,factor,value\nk01,k04,2023,labour,5\nk04,k01,2023,labour,2\nk12,k01,2023,labour,4\n"
          .utf8
      )
      .write(to: URL(filePath: "\(out)/flows.csv"))
      let document = try json(
        "\(Self.call) --by region --attainment mixed --flows \(out)/flows.csv --supply talents --demand population"
          + " --prices \(Self.folder)/prices.csv")
      let groups = try #require(document["flow_groups"] as? [[String: Any]])
      let delta = try #require(groups.first { $0["group"] as? String == "PRD" })
      #expect(delta["in"] as? Double == 6 && delta["out"] as? Double == 5 && delta["net"] as? Double == 1)
      let mismatch = try #require(document["mismatch"] as? [[String: Any]])
      #expect(mismatch.count == 6 && Set(mismatch[0].keys).isSuperset(of: ["time", "index", "value"]))
      let prices = try #require(document["prices"] as? [[String: Any]])
      #expect(
        Set(prices[0].keys).isSuperset(of: [
          "from", "to", "laspeyres", "paasche", "fisher", "tornqvist", "coverage",
        ]))
      let across = try #require(
        prices.first {
          $0["comparison"] as? String == "places" && $0["to"] as? String == "m2" && $0["time"] as? Int == 2021
        })
      expectClose(
        try #require(across["fisher"] as? Double), 0.7130121274399734, relative: 1e-10, from: "evaluate.json")
    }
  }

  @Test func `the same call gives the same bytes, whatever the order of rows`() throws {
    try space.inFolder { out in
      let text = try space.text("\(Self.folder)/scorecard-panel.csv")
      let lines = text.split(separator: "\n").map(String.init)
      let moved = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n"
      try Data(moved.utf8).write(to: URL(filePath: "\(out)/moved.csv"))
      let options = "--by region --attainment mixed --quiet --json"
      let one = try json("\(Self.call) \(options)")["accountability"] as? [[String: Any]]
      let other =
        try json(
          "ruralvalue evaluate \(out)/moved.csv --scorecard \(Self.folder)/scorecard-indicators.csv \(options)"
        )[
          "accountability"] as? [[String: Any]]
      #expect(one as NSArray? == other as NSArray?)
    }
  }

  @Test(arguments: [
    ("--by regoin", ExitCode.data, "Did you mean \"region\"?"),
    ("--urban outflow", .usage, "two sides of one gap"),
    ("--topsis vector", .usage, "is about --weights topsis"),
    ("--weights topsis --missing renormalise", .usage, "expected one of them"),
    ("--rule share:0.5,0.8", .usage, "0 < H ≤ G"),
    ("--county-rule reds=none", .usage, "such as reds=2"),
    ("--period 2030", .usage, "--period names 2030"),
    ("--rule control:2022:2023", .usage, "a baseline 2022–2023 with periods in it and after it"),
    ("--population outflow", .data, "expected none below 0"),
    ("--cards", .usage, "expected --out DIR"),
    ("--supply talents", .usage, "names 1 column and --demand 0"),
  ]) func `what is off is met with what was expected`(options: String, code: ExitCode, message: String) {
    space.refused("\(Self.call) \(options)", code, message)
  }

  @Test func `faults of the card name their row`() throws {
    try space.inFolder { out in
      let header = "index,dimension,indicator,column,direction,target,yellow,red,weight"
      for (rows, message) in [
        (
          "A,d,Talents,talents,+,40,50,30,1",
          "card.csv, line 2: \"Talents\" has direction + and yellow 50, target 40"
        ),
        ("A,d,Talents,talent,+,60,50,30,1", "line 2 names for \"Talents\". Did you mean \"talents\"?"),
        ("A,d,Talents,talents,+,60,50,30,0.5", "add up to 0.5; expected 1"),
      ] {
        try Data("\(header)\n\(rows)\n".utf8).write(to: URL(filePath: "\(out)/card.csv"))
        space.refused(
          "ruralvalue evaluate \(Self.folder)/scorecard-panel.csv --scorecard \(out)/card.csv", .data, message
        )
      }
      try Data(
        "\(header),region\nA,d,Talents,talents,+,60,50,30,1,\nA,d,Talents,talents,+,60,,,,Nroth\n".utf8
      )
      .write(to: URL(filePath: "\(out)/card.csv"))
      let call = "ruralvalue evaluate \(Self.folder)/scorecard-panel.csv --scorecard \(out)/card.csv"
      space.refused(
        "\(call) --by region", .data,
        "found \"Nroth\", which column \"region\" of the panel does not have. Did you mean \"North\"?")
      space.refused(call, .usage, "expected --region or --by")
    }
  }

  @Test func `an empty or constant column is said`() throws {
    try space.inFolder { out in
      try Data("county,year,x,y\na,2020,1,\nb,2020,1,\nc,2020,1,\n".utf8).write(
        to: URL(filePath: "\(out)/p.csv"))
      let header = "index,dimension,indicator,column,direction,target,yellow,red,weight"
      try Data("\(header)\nA,d,Empty,y,+,2,1,0,1\n".utf8).write(to: URL(filePath: "\(out)/card.csv"))
      let call = "ruralvalue evaluate \(out)/p.csv --scorecard \(out)/card.csv"
      space.refused(call, .data, "column \"y\": there is not one value for \"Empty\"")
      try Data("\(header)\nA,d,Same,x,+,2,1,0,1\n".utf8).write(to: URL(filePath: "\(out)/card.csv"))
      let same = shell("\(call) --weights topsis")
      #expect(same.errors.contains("\"Same\" is the same in all complete rows"), "\(same.errors)")
      space.refused("\(call) --weights entropy", .numerical, "no indicator varies")
    }
  }

  @Test func `the warning map has every colour, marks, and hatching for what was seen earlier`() throws {
    try space.inFolder { out in
      let hunan = SpaceCommandTests.hunan
      try Data(
        "code,year,A\n430103,2022,red\n430104,2022,yellow\n430105,2022,green\n430111,2022,stale red\n430112,2022,\n"
          .utf8
      ).write(to: URL(filePath: "\(out)/colours.csv"))
      let map = "ruralvalue map \(hunan)/counties.geojson --table \(out)/colours.csv --warning A --quiet"
      let svg = space.done(map)
      #expect(svg.contains(">Warning: A</text>") && svg.contains(">Red (1)</text>"))
      #expect(svg.contains(">Red, seen earlier (1)</text>") && !svg.contains("Yellow, seen earlier"))
      #expect(svg.matches(of: /<pattern id="[^"]*sb2182b"/).count == 1)
      #expect(
        svg.contains("fill=\"#b2182b\"") && svg.contains("fill=\"#5ab08f\"")
          && svg.contains(">No data</text>"))
      // A triangle on each red unit and in each legend entry of red, a square likewise for yellow.
      #expect(svg.matches(of: /<polygon points/).count == 4)
      #expect(space.done("\(map) --lang zh").contains("红（沿用前期）"))
      try Data("code,year,A\n430103,2022,orange\n".utf8).write(to: URL(filePath: "\(out)/colours.csv"))
      space.refused(map, .data, "line 2, column \"A\": found \"orange\"; expected green, yellow or red")
      space.refused("\(map) --hot A", .usage, "exclude each other")
    }
  }

  @Test func `a study evaluates its panel and maps the colours that stand`() throws {
    let box = try StudySandbox(
      study: """
        { panel: { file: "panel.csv", unit: "code", time: "year" },
          evaluate: [{ scorecard: "card.csv", release: 2, cards: true }, { name: "Reds", scorecard: "card.csv", rule: "quantile" }],
          maps: [{ file: "map.geojson", warning: "A", periods: 2022 }] }
        """)
    let squares = (0..<3).map { place in
      """
      {"type": "Feature", "properties": {"code": "\(["0430102", "0430103", "0430104"][place])"}, "geometry": {"type": "Polygon",
      "coordinates": [[[\(place), 0], [\(place + 1), 0], [\(place + 1), 1], [\(place), 1], [\(place), 0]]]}}
      """
    }
    try box.write(
      "{\"type\": \"FeatureCollection\", \"features\": [\(squares.joined(separator: ","))]}",
      to: "map.geojson")
    let outcome = box.run("--quiet")
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(box.exists("results/evaluate-1/cards.html") && box.exists("results/evaluate-reds/colours.csv"))
    let report = try box.text("results/report.html")
    #expect(report.contains("Accountability list") && report.contains("Counties by colour: A"))
    #expect(report.contains("Warning: A"))
    try box.change("study.json", "warning: \"A\"", "warning: \"B\"")
    #expect(box.run("--check").errors.contains("there is no column \"B\""))
  }
}
