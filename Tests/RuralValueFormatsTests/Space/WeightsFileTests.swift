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

  /// What the third column of a foreign file holds, told by its numbers alone.
  @Test(arguments: [
    ("0 3 counties id\na b 12.5\nb a 12.5\nb c 3\nc b 3\n", true, "taken as distances"),
    ("3\na b 12.5\nb a 12.5\nb c 0\nc b 0\n", true, "taken as distances"),
    ("0 3 counties id\na b 1\nb a 1\nb c 1\nc b 1\n", true, ""),
    ("0 3 counties id\na b 1\nb a .333333\nb c .666667\nc b 1\n", false, "every unit sum to one"),
    ("0 3 ruralvalue id\na b 7\nb a 7\nc c 0\n", false, ""),
    ("0 3 counties id\na b 1\nb a .4\nb c .5\nc b 1\n", true, "taken as distances"),
  ]) func `distances of GWT count as links of weight one, weights as weights`(
    text: String, isBinary: Bool, sentence: String
  ) throws {
    let reading = try GWTFile.read(bytes(text), source: "w.gwt")
    let said = try GWTFile.read(bytes(text), source: "w.gwt", values: .weights).weights
    let ones = try GWTFile.read(bytes(text), source: "w.gwt", values: .binary).weights
    #expect(reading.weights == (isBinary ? ones : said))
    #expect(ones.links.allSatisfy { $0.weight == 1 })
    #expect(reading.notes.map { $0.english.contains(sentence) } == (sentence.isEmpty ? [] : [true]))
  }

  @Test func `a distance of zero is a link, and a unit's distance to itself is none`() throws {
    let reading = try GWTFile.read(bytes("0 3 x id\na b 0\nb a 0\nb c 2\na a 0\nc c 5\n"), source: "w.gwt")
    #expect(reading.weights.links.map { [$0.from, $0.to] } == [[0, 1], [1, 0], [1, 2]])
    #expect(
      message("w.gwt", bytes("2\na b -1\nb a 1\n")).hasPrefix("w.gwt, line 2: the link from \"a\" to \"b\""))
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

  private func message(_ name: String, _ text: [UInt8]) -> String {
    do throws(WeightsError) {
      _ = name == "w.gal" ? try GALFile.read(text, source: name) : try GWTFile.read(text, source: name)
      return "read"
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("0x10", "Hexadecimal"), ("1,5", "decimal sign"), ("inf", "infinite"), ("nan", ""), ("NA", ""), ("-", ""),
    ("1.5.2", ""), ("1e999", "too large"), ("\"1\"", ""),
  ]) func `a weight of a GWT file is a number as CSV has it`(weight: String, advice: String) {
    let message = message("w.gwt", bytes("0 2 x id\na b \(weight)\nb a 1\n"))
    #expect(message.hasPrefix("w.gwt, line 2: found \"a b \(weight)\", expected two ids and a weight."))
    #expect(message.contains(advice))
  }

  @Test func `a weight in full-width digits is read as in CSV, and words behind it are not`() throws {
    let reading = try GWTFile.read(bytes("2\na b １.5\nb a 1\n"), source: "w.gwt", values: .weights)
    #expect(reading.weights.weight(from: 0, to: 1) == 1.5)
    #expect(message("w.gwt", bytes("2\na b 1 km\n")).contains("expected two ids and a weight"))
    #expect(message("w.gwt", bytes("2\n\"a c\" b 1\n")).contains("expected two ids and a weight"))
  }

  @Test(arguments: [
    "+3", "-3", "3.0", "0x3", "３", "1e3", "99999999999999999999", "-9223372036854775808", "NA",
  ])
  func `the count of units is digits alone`(count: String) {
    for name in ["w.gal", "w.gwt"] {
      for header in [count, "0 \(count) x id"] {
        #expect(
          message(name, bytes("\(header)\na 0\n")).contains(
            "line 1: found \"\(header)\", expected the number"))
      }
    }
  }

  @Test(arguments: [
    ("2\na 1\nb\nb 1\na\nc 0\n", "line 6: found \"c 0\", expected the end of the file behind the 2 units"),
    ("2\na 1\nb\nb 1\na\n# the end\n", "line 6: found \"# the end\", expected the end of the file"),
    ("3\na 1\nb\nb 1\na\n", "line 1: found \"2 units\", expected 3 units"),
    ("2\na 2\nb b\nb 1\na\n", "line 2: found \"b twice\", expected each neighbour of a once"),
    ("2\na 1\na\na 1\na\n", "the id \"a\" stands twice, on lines 2 and 4"),
    ("2\na 1\nb a\nb 0\n", "found \"2 neighbours\", expected 1 neighbours of a"),
    ("2\na +1\nb\nb 0\n", "line 2: found \"a +1\", expected a unit and the number"),
    ("2\na １\nb\nb 0\n", "line 2: found \"a １\", expected a unit and the number"),
  ]) func `a GAL file says no more and no less than it counts`(text: String, message expected: String) {
    #expect(message("w.gal", bytes(text)).contains(expected), "\(message("w.gal", bytes(text)))")
  }

  @Test func `a GWT file names no more units than it counts`() {
    #expect(
      message("w.gwt", bytes("2\na b 1\nb c 1\n")).contains("found \"3 units\", expected at most 2 units"))
  }

  @Test func `ids in GB18030 stay apart, and bytes that are no text are refused`() throws {
    let (changsha, zhuzhou): ([UInt8], [UInt8]) = ([0xB3, 0xA4, 0xC9, 0xB3], [0xD6, 0xEA, 0xD6, 0xDE])
    let text = bytes("2\n") + changsha + bytes(" ") + zhuzhou + bytes(" 1\n")
    let reading = try GWTFile.read(text, source: "w.gwt")
    #expect(reading.weights.units == ["长沙", "株洲"])
    #expect(reading.notes.contains { $0.english.contains("GB18030") })
    #expect(message("w.gwt", bytes("2\na b 1\nb \u{0} 1\n")).contains("line 3: found \"a NUL byte\""))
    #expect(message("w.gal", bytes("2\n") + [0x61, 0xFF, 0x20, 0x30, 0x0A]).contains("no character"))
  }
}
