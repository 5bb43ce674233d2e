import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

/// TopoJSON: arcs joined to rings, and files that lie about them.
@Suite struct TopologyTests {
  private func read(_ text: String, object: String? = nil) throws -> PolygonLayer {
    try GeoJSONReader.read(Array(text.utf8), source: "map.json", object: object).layer
  }

  private func topology(
    _ geometries: String, arcs: String = "[[[0,0],[1,0],[1,1]],[[1,1],[0,1],[0,0]]]", more: String = ""
  ) -> String {
    "{\"type\":\"Topology\",\"objects\":{\"a\":{\"type\":\"GeometryCollection\",\"geometries\":[\(geometries)]}},"
      + "\"arcs\":\(arcs)\(more)}"
  }

  private func polygon(_ arcs: String, type: String = "Polygon") -> String {
    "{\"type\":\"\(type)\",\"id\":\"p\",\"arcs\":\(arcs)}"
  }

  @Test func `arcs run forwards and backwards, and where they meet the position stands once`() throws {
    let layer = try read(topology(polygon("[[0,1]]") + "," + polygon("[[-1,-2]]")))
    #expect(layer.x == [0, 1, 1, 0] + [1, 1, 0, 0] && layer.y == [0, 0, 1, 1] + [1, 0, 0, 1])
    let several = try read(
      topology(polygon("[[[0,1]],[[0,1],[-2,-1]]]", type: "MultiPolygon")))
    #expect(several.rings.map(\.isHole) == [false, false, true])
    #expect(
      try read(topology(polygon("[[0,1]]")).replacing("GeometryCollection", with: "Other")).features.count
        == 1)
  }

  @Test func `a transform scales what is added up from position to position`() throws {
    let layer = try read(
      topology(
        polygon("[[0]]") + ",{\"type\":\"Point\",\"coordinates\":[4,6]}",
        arcs: "[[[2,4],[2,0],[0,2],[-2,-2]]]",
        more: ",\"transform\":{\"scale\":[0.5,0.25],\"translate\":[100,20]}"))
    #expect(layer.x == [101, 102, 102] + [102] && layer.y == [21, 21, 21.5] + [21.5])
  }

  @Test func `an object alone may be one polygon, and null is a unit without one`() throws {
    let one =
      "{\"arcs\":[[[0,0],[1,0],[1,1],[0,0]]],\"objects\":{\"a\":\(polygon("[[0]]"))},\"type\":\"Topology\"}"
    #expect(try read(one).features.map(\.id) == ["p"])
    let null = try read(topology("{\"type\":null,\"id\":\"n\"}," + polygon("[[0,1]]")))
    #expect(null.features.map(\.rings.count) == [0, 1])
    let line = try read(topology("{\"type\":\"LineString\",\"arcs\":[0]}," + polygon("[[0,1]]")))
    #expect(line.features[0].otherGeometry == "LineString" && line.x.count == 4)
  }

  @Test(arguments: [
    ("[[7]]", "arc 7"), ("[[-9999]]", "arc 9998"), ("[[0.5]]", "the whole number of an arc"),
    ("[[1e300]]", "the whole number of an arc"), ("[[\"0\"]]", "the whole number of an arc"),
    ("[[0,0]]", "arc 0 does not begin where arc 0 ends"), ("[[[[[0]]]]]", "at most three deep"),
    ("[0]", "nested 2 deep instead of 3"), ("[[[0,1]]]", "nested 4 deep instead of 3"),
    ("0", "expected \"[\""),
  ]) func `arcs that are not there or do not meet are refused`(arcs: String, message: String) {
    let error = #expect(throws: GeoJSONError.self) { try read(topology(polygon(arcs))) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ",\"transform\":{\"scale\":[1e300,1],\"translate\":[0,0]}", ",\"transform\":{\"scale\":[1e11,1e11]}",
    ",\"transform\":{\"scale\":[1,null]}", ",\"transform\":7", ",\"arcs\":[]",
  ]) func `a transform beyond all coordinates, or a key twice, is refused`(more: String) {
    let arcs = "[[[0,0],[1000,0],[1000,1000]],[[1000,1000],[0,1000],[0,0]]]"
    #expect(throws: GeoJSONError.self) { try read(topology(polygon("[[0,1]]"), arcs: arcs, more: more)) }
  }

  @Test func `a file without arcs or objects is refused`() {
    #expect(throws: GeoJSONError.noSuchArc(0, source: "map.json", feature: "feature 1 (p)", arcs: 0)) {
      try read(topology(polygon("[[0]]"), arcs: "[]"))
    }
    for text in ["{\"type\":\"Topology\"}", "{\"type\":\"Topology\",\"objects\":{},\"arcs\":[]}"] {
      #expect(throws: GeoJSONError.object(named: nil, source: "map.json", objects: [])) { try read(text) }
    }
    #expect(throws: GeoJSONError.empty(source: "map.json")) { try read(topology("")) }
  }

  @Test func `a small file cannot ask for more vertices than memory holds`() {
    // 20,000 positions used 200,000 times: 4 billion vertices from a quarter of a megabyte.
    let ring = "[" + (0..<20_000).map { "[\($0 % 2),\($0 % 3)]" }.joined(separator: ",") + ",[0,0]]"
    let arcs = "[[" + Array(repeating: "0", count: 200_000).joined(separator: ",") + "]]"
    let error = #expect(throws: GeoJSONError.self) { try read(topology(polygon(arcs), arcs: "[\(ring)]")) }
    #expect(error == .arcsRepeated(source: "map.json", feature: "feature 1 (p)"))
  }

  @Test func `collections within collections are no way to exhaust the stack`() {
    let deep = String(repeating: "{\"type\":\"GeometryCollection\",\"geometries\":[", count: 100_000)
    #expect(throws: GeoJSONError.self) { try read(topology(deep)) }
    let closed = deep + String(repeating: "]}", count: 100_000)
    let error = #expect(throws: GeoJSONError.self) { try read(topology(closed)) }
    #expect(error?.description.contains("nested at most 8 deep") == true)
  }

  @Test func `a truncated topology says so, whatever the place`() {
    let text = topology(polygon("[[0,1]]"), more: ",\"transform\":{\"scale\":[1,1],\"translate\":[0,0]}")
    for length in 20..<text.utf8.count {
      let error = #expect(throws: GeoJSONError.self) {
        try GeoJSONReader.read(Array(text.utf8.prefix(length)), source: "map.json")
      }
      #expect(error?.description.contains("truncated") == true, "after \(length) bytes: \(error!)")
    }
  }

  @Test(arguments: 0..<20) func `a topology is the map that it was made of`(seed: Int) throws {
    var random = SplitMix64(state: UInt64(seed))
    let (columns, rows) = (Int.random(in: 1...5, using: &random), Int.random(in: 1...4, using: &random))
    // Arcs between the crossings of a crooked grid, each with a few positions of its own between its ends.
    func crossing(_ x: Int, _ y: Int) -> [(Int, Int)] { [(10 * x, 10 * y)] }
    var arcs: [[(Int, Int)]] = []
    func arc(from: (Int, Int), to: (Int, Int)) -> Int {
      let between = (1..<Int.random(in: 1...4, using: &random)).map { step in
        (
          from.0 + (to.0 - from.0) * step / 5 + Int.random(in: 0...1, using: &random),
          from.1 + (to.1 - from.1) * step / 5 + Int.random(in: 0...1, using: &random)
        )
      }
      arcs.append([from] + between + [to])
      return arcs.count - 1
    }
    let level = (0...rows).map { y in
      (0..<columns).map { arc(from: (10 * $0, 10 * y), to: (10 * $0 + 10, 10 * y)) }
    }
    let steep = (0..<rows).map { y in
      (0...columns).map { arc(from: (10 * $0, 10 * y), to: (10 * $0, 10 * y + 10)) }
    }
    var (geometries, features): ([String], [String]) = ([], [])
    for y in 0..<rows {
      for x in 0..<columns {
        let around = [level[y][x], steep[y][x + 1], ~level[y + 1][x], ~steep[y][x]]
        geometries.append("{\"type\":\"Polygon\",\"id\":\"\(x)-\(y)\",\"arcs\":[\(around)]}")
        let ring = around.flatMap { ($0 < 0 ? arcs[~$0].reversed() : arcs[$0]).dropLast() }
        let closed = (ring + [ring[0]]).map { "[\($0.0),\($0.1)]" }.joined(separator: ",")
        features.append(GeoJSONTests.feature("\(x)-\(y)", "[[\(closed)]]"))
      }
    }
    let expected = try GeoJSONTests.read(
      "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    ).layer
    func written(_ deltas: Bool) -> String {
      let lists = arcs.map { arc in
        arc.indices.map { place in
          let before = deltas && place > 0 ? arc[place - 1] : (0, 0)
          return "[\(arc[place].0 - before.0),\(arc[place].1 - before.1)]"
        }.joined(separator: ",")
      }
      return topology(
        geometries.joined(separator: ","), arcs: "[[\(lists.joined(separator: "],["))]]",
        more: deltas ? ",\"transform\":{\"scale\":[1,1],\"translate\":[0,0]}" : "")
    }
    for deltas in [false, true] {
      let layer = try read(written(deltas))
      #expect(layer.x == expected.x && layer.y == expected.y && layer.rings == expected.rings)
      #expect(layer.features.map(\.id) == expected.features.map(\.id))
    }
  }
}
