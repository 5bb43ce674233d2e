import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// Densities, transitions, convergence and centres through the command line, files, maps and studies.
@Suite struct EvolveCommandTests {
  static let hunan = ProjectFiles.fixture("data/hunan").path
  static let evaluation = ProjectFiles.fixture("reference/evaluation").path
  static let scores = "\(evaluation)/hunan-scores-VP.csv"
  static let panel = "\(evaluation)/panel.csv"
  private let space = SpaceCommandTests()

  private func json(_ call: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(space.done("\(call) --json --quiet").utf8)) as! [String: Any]
  }

  @Test func `the document has the promised members`() throws {
    let document = try json(
      "ruralvalue evolve \(Self.scores) --variable V --weights \(Self.hunan)/queen.csv --places \(Self.hunan)/counties.csv"
    )
    let promised = [
      "kernel": ["time", "x", "density"],
      "kernel_summary": ["time", "n", "bandwidth", "mode", "height", "maxima", "mass_below_zero"],
      "transitions": ["regime", "from", "to", "count", "probability"],
      "ergodic": ["regime", "class", "share"],
      "convergence": ["kind", "beta", "std_error", "speed", "speed_std_error", "half_life", "n", "span"],
      "centre": [
        "time", "x", "y", "longitude", "latitude", "long_axis", "short_axis", "rotation", "area", "move_km",
        "bearing",
      ],
    ]
    for (key, members) in promised {
      let rows = try #require(document[key] as? [[String: Any]], "\(key)")
      #expect(!rows.isEmpty && members.allSatisfy { rows[0].keys.contains($0) }, "\(key): \(rows[0].keys)")
    }
    let transitions = try #require(document["transitions"] as? [[String: Any]])
    #expect(transitions[0]["regime"] is NSNull && transitions[0]["from"] as? Int == 1)
    #expect(transitions.count == 5 * 16 && transitions.last?["regime"] as? Int == 4)
    let tests = try #require(document["tests"] as? [[String: Any]]).compactMap { $0["name"] as? String }
    for name in ["homogeneity_lr", "homogeneity_q", "homogeneity_time_lr", "sigma"] {
      #expect(tests.contains(name))
    }
    let kinds = try #require(document["convergence"] as? [[String: Any]]).compactMap { $0["kind"] as? String }
    #expect(kinds == ["absolute", "spatial_lag", "spatial_error", "panel"])
    #expect((document["fit"] as? [String: Any])?["weights_fingerprint"] is String)
    #expect((document["kernel"] as? [Any])?.count == 11 * 201)
  }

  @Test func `only what is asked for is computed`() throws {
    let document = try json("ruralvalue evolve \(Self.panel) --variable F --parts kernel")
    #expect(document["kernel"] != nil && document["transitions"] == nil && document["tests"] == nil)
    #expect((document["specification"] as? [String: Any])?["parts"] as? [String] == ["kernel"])
    let whole = try json("ruralvalue evolve \(Self.panel) --variable F")
    #expect(
      (whole["specification"] as? [String: Any])?["parts"] as? [String] == [
        "kernel", "transitions", "convergence",
      ])
    #expect(whole["centre"] == nil)
  }

  @Test func `the folder gets the ridge plot, and its ellipses are drawn by the map`() throws {
    try space.inFolder { out in
      let call =
        "ruralvalue evolve \(Self.scores) --variable V --places \(Self.hunan)/counties.geojson --quiet --out \(out)/e"
      space.done(call)
      let plot = try space.text("\(out)/e/kernel.svg")
      #expect(
        plot.contains("Kernel densities of V") && plot.contains(">2012</text>")
          && plot.contains(">2022</text>"))
      let ellipses = try space.text("\(out)/e/ellipses.csv")
      #expect(ellipses.split(separator: "\n").count == 1 + 11 * 73)
      let map =
        "ruralvalue map \(Self.hunan)/counties.geojson --ellipses \(out)/e/ellipses.csv --quiet --out \(out)"
      space.done("\(map)/plain.svg")
      let plain = try space.text("\(out)/plain.svg")
      // Two ellipses, each with its seam; the first dashed.
      #expect(plain.components(separatedBy: "stroke-width=\"3.4\"").count == 3)
      #expect(plain.contains("V: mean centre, ellipse") && plain.contains(" km</text>"))
      space.done(
        "\(map)/years.svg --table \(Self.scores) --fill V --periods 2012,2017,2022 --lang zh --label V=乡村价值")
      let years = try space.text("\(out)/years.svg")
      #expect(years.components(separatedBy: "stroke-width=\"3.4\"").count == 4)
      #expect(years.contains(">乡村价值："))
      space.refused(
        "ruralvalue map \(Self.hunan)/counties.geojson --ellipses \(out)/e/centre.csv", .data,
        "Expected ellipses.csv")
      space.done(
        "ruralvalue evolve \(Self.panel) --variable output --coordinates x_km,y_km --projection none --parts centre"
          + " --quiet --out \(out)/plane")
      space.refused(
        "ruralvalue map \(Self.hunan)/counties.geojson --ellipses \(out)/plane/ellipses.csv", .data,
        "is in degrees")
    }
  }

  @Test func `simulated data stay simulated on the map of their ellipses`() throws {
    try space.inFolder { (out: String) throws -> Void in
      space.done(
        "ruralvalue evolve \(Self.hunan)/panel-simulated.csv --variable rural_income --coordinates lon,lat --parts centre"
          + " --places \(Self.hunan)/counties.csv --quiet --out \(out)/e")
      space.done(
        "ruralvalue map \(Self.hunan)/counties.geojson --ellipses \(out)/e/ellipses.csv --quiet --out \(out)/m.svg"
      )
      let svg = try space.text("\(out)/m.svg")
      #expect(svg.contains("Simulated data"))
    }
  }

  @Test func `polygons and points give nearly the same centre, and planes need to be named`() throws {
    func last(_ places: String) throws -> [String: Any] {
      let rows = try json("ruralvalue evolve \(Self.scores) --variable V --parts centre \(places)")["centre"]
      return try #require((rows as? [[String: Any]])?.last)
    }
    let (points, polygons) = (
      try last("--places \(Self.hunan)/counties.csv"), try last("--places \(Self.hunan)/counties.geojson")
    )
    for key in ["longitude", "latitude"] {
      expectClose(
        points[key] as? Double ?? .nan, polygons[key] as? Double ?? .nan, absolute: 0.05,
        from: "the polygons", key)
    }
    let call = "ruralvalue evolve \(Self.panel) --variable output --parts centre --coordinates x_km,y_km"
    space.refused(call, .data, "--projection none")
    let plane = try #require(try json("\(call) --projection none")["centre"] as? [[String: Any]])
    #expect(plane[0]["longitude"] is NSNull && plane[0]["x"] is Double)
  }

  @Test func `calls that contradict themselves are refused`() {
    let call = "ruralvalue evolve \(Self.panel) --variable F"
    space.refused("\(call) --cuts 0.2,0.4 --classes 3", .usage, "exclude each other")
    space.refused("\(call) --cuts 0.4,0.2", .usage, "ascending")
    space.refused("\(call) --lag-classes same", .usage, "--weights")
    space.refused("\(call) --parts centre", .usage, "--coordinates")
    space.refused("\(call) --parts kernel --coordinates x_km,y_km", .usage, "--parts leaves out")
    space.refused("\(call) --parts kernl", .usage, "kernel")
    space.refused("\(call) --bandwidth -1", .usage, "above zero")
    space.refused("\(call) --classes 1", .usage, "from 2 to 20")
    space.refused("\(call) --population gdp", .data, "gdp")
    space.refused("\(call) --controls regin", .data, "region")
    space.refused("\(call) --weights \(Self.evaluation)/links.csv", .data, "c24")
    space.refused("ruralvalue evolve \(Self.panel) --variable region", .data, "expected a number")
    space.refused("\(call) --periods 2018:2018", .data, "--parts kernel")
    space.refused(
      "ruralvalue evolve \(Self.hunan)/panel-simulated.csv --variable traditional_villages --classes 9",
      .numerical, "--classes")
  }

  @Test func `a study makes an evolve block, and a map of its centres`() throws {
    try space.inFolder { out in
      let text = """
        {
          panel: { file: "\(Self.scores)", unit: "unit", time: "time" },
          weights: { queen: { file: "\(Self.hunan)/queen.csv" } },
          evolve: [
            { variables: ["V"], places: "\(Self.hunan)/counties.geojson", classes: 3 },
            { name: "flow", variables: ["P"], weights: "none", parts: "kernel" },
          ],
          maps: [
            { name: "centre", file: "\(Self.hunan)/counties.geojson", ellipses: true },
            { name: "value", file: "\(Self.hunan)/counties.geojson", fill: "V", periods: [2012, 2022], ellipses: "V" },
          ],
        }
        """
      try Data(text.utf8).write(to: URL(filePath: "\(out)/study.json"))
      space.done("ruralvalue study \(out)/study.json --quiet")
      let results = "\(out)/results"
      #expect(try space.text("\(results)/evolve-v/transitions.csv").contains("3,1,1,"))
      #expect(try space.text("\(results)/evolve-flow/kernel.csv").hasPrefix("time,x,density"))
      for map in ["map-centre/centre.svg", "map-value/value.svg"] {
        #expect(try space.text("\(results)/\(map)").contains("V: mean centre, ellipse"))
      }
      let report = try space.text("\(results)/report.html")
      #expect(report.contains("How V evolved") && report.contains("Kernel densities of P"))
      try Data(text.replacing("ellipses: \"V\"", with: "ellipses: \"W\"").utf8).write(
        to: URL(filePath: "\(out)/study.json"))
      space.refused("ruralvalue study \(out)/study.json --check", .usage, "no centres of \"W\"")
    }
  }
}
