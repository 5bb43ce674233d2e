import RuralValue
import RuralValueFormats
import Testing

@Suite struct WeightsFileTests {
  static let weights = try! SpatialWeights(
    units: ["430103", "430104", "430105", "9"],
    links: [.init(from: 0, to: 1), .init(from: 1, to: 0), .init(from: 2, to: 0)])

  func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func `GAL and GWT read back what was written, islands included`() throws {
    #expect(try GALFile.read(GALFile.bytes(of: Self.weights), source: "w.gal").weights == Self.weights)
    let scaled = Self.weights.standardised(.minmax)
    #expect(try GWTFile.read(GWTFile.bytes(of: scaled), source: "w.gwt").weights == scaled)
  }

  @Test func `lists and matrices read back what was written, islands included`() throws {
    let scaled = Self.weights.standardised(.minmax)
    for table in [scaled.edgeListTable, scaled.matrixTable] {
      let document = try CSVReader.read(CSVWriter.bytes(of: table), source: "w.csv")
      #expect(try WeightsReading(document.table).weights == scaled)
    }
  }

  @Test func `points of GeoJSON have distances`() throws {
    func point(_ id: String, _ place: String) -> String {
      GeoJSONTests.feature(id, place, type: "Point")
    }
    let layer = try GeoJSONTests.read(
      GeoJSONTests.collection(point("a", "[112,28]"), point("b", "[112,28.1]"), point("c", "[113,28]"))
    ).layer
    let weights = try WeightsBuilder(layer: layer, ids: ["a", "b", "c"]).build(.distance(20)).weights
    #expect(weights.links.map { [$0.from, $0.to] } == [[0, 1], [1, 0]])
  }

  @Test func `GAL of GeoDa and of spdep, with long headers, Windows line ends and lists over several lines`()
    throws
  {
    let text = "0 3 counties code\r\na 2\r\nb c\r\nb 1\r\na\r\nc 0\r\n\r\n"
    let weights = try GALFile.read(bytes(text), source: "w.gal").weights
    #expect(weights.links(of: 0).map(\.to) == [1, 2] && weights.links(of: 2).isEmpty)
    #expect(try GALFile.read(bytes("2\na 1\nb\nb 1\na\n"), source: "w.gal").weights.linkCount == 2)
  }

  @Test func `a declared length that is absent is an error at once`() {
    let error = #expect(throws: WeightsError.self) {
      try GALFile.read(bytes("2\na 999999999\nb\n"), source: "w.gal")
    }
    #expect(error?.description.contains("line 2: found \"1 neighbours\", expected \"") == false)
    #expect(error?.description.contains("expected 999999999 neighbours of a") == true)
    #expect(throws: WeightsError.self) { try GALFile.read(bytes("1000000000\na 1\na\n"), source: "w.gal") }
    #expect(throws: WeightsError.self) { try GALFile.read(bytes(""), source: "w.gal") }
    #expect(throws: WeightsError.self) { try GALFile.read(bytes("1\na 1\nz\n"), source: "w.gal") }
  }

  /// Case 5 of the folder attack: the smallest integer, from which nothing can be taken away.
  @Test(arguments: ["-9223372036854775808", "-1", "9223372036854775808"])
  func `a count of units below zero or beyond all integers is refused where it stands`(count: String) {
    for header in [count, "0 \(count) counties code"] {
      let gwt = #expect(throws: WeightsError.self) {
        try GWTFile.read(bytes("\(header)\na b 1\n"), source: "w")
      }
      #expect(
        gwt?.description.hasPrefix("w, line 1: found \"\(header)\", expected the number of units") == true)
      let gal = #expect(throws: WeightsError.self) {
        try GALFile.read(bytes("\(header)\na 0\n"), source: "w")
      }
      #expect(
        gal?.description.hasPrefix("w, line 1: found \"\(header)\", expected the number of units") == true)
    }
  }

  @Test func `GWT counts units that it does not name`() throws {
    let reading = try GWTFile.read(bytes("0 1000000000 x y\na b 1\n"), source: "w.gwt")
    #expect(reading.weights.units == ["a", "b"])
    #expect(reading.notes.contains { $0.english.contains("names 2: 999999998 without neighbours") })
    #expect(throws: WeightsError.self) { try GWTFile.read(bytes("0 2 x y\na b\n"), source: "w.gwt") }
    #expect(throws: WeightsError.noLinks(source: "w.gwt")) {
      try GWTFile.read(bytes("0 2 x y\n"), source: "w.gwt")
    }
  }
}
