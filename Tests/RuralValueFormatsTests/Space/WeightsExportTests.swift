import RuralValue
import RuralValueFormats
import Testing

/// Weights as R, pandas, ArcGIS and spreadsheets export them; right readings are written out by hand: the ring
/// 11 – 12 – 13 – 14 with the chord 11 – 13.
@Suite struct WeightsExportTests {
  static let ids = ["11", "12", "13", "14"]
  static let pairs = [("11", "12"), ("12", "13"), ("13", "14"), ("11", "14"), ("11", "13")]
  static let ring = Set(pairs.flatMap { ["\($0.0)→\($0.1)", "\($0.1)→\($0.0)"] })
  static let matrix = ["0,1,1,1", "1,0,1,0", "1,1,0,1", "1,0,1,0"]

  static func read(_ text: String, data: [String]? = ids) throws -> WeightsReading {
    let units = data.map { WeightsOptions.DataUnits(source: "p.csv", ids: $0) }
    return try WeightsReading(
      WeightsTable(Array(text.utf8), source: "w.csv"), WeightsOptions(data: units))
  }

  static func links(_ reading: WeightsReading) -> Set<String> {
    let weights = reading.weights
    return Set(weights.links.map { "\(weights.units[$0.from])→\(weights.units[$0.to])" })
  }

  static func refusal(_ text: String, data: [String]? = ids) -> String {
    do { return "read as \(links(try read(text, data: data)))" } catch { return "\(error)" }
  }

  /// A list of the ring under a header, each row made of its number from 1, its ends and the weight 2.
  static func list(_ header: String, _ row: (Int, String, String) -> String) -> String {
    ([header] + pairs.enumerated().map { row($0.offset + 1, $0.element.0, $0.element.1) })
      .joined(separator: "\n") + "\n"
  }

  /// The matrix of the ring under a header, with something before each row.
  static func square(_ header: String, _ before: (Int) -> String, after: String = "") -> String {
    ((header.isEmpty ? [] : [header]) + matrix.enumerated().map { before($0.offset) + $0.element + after })
      .joined(separator: "\n") + "\n"
  }

  @Test(arguments: [
    "\"\",\"a\",\"b\",\"w\"", "id,county1,county2,weight", "OBJECTID,FID,NID,WEIGHT", ",u,v,w",
    "Unnamed: 0,x,y,w",
    "OBJECTID,a,b,km2", "index,a,b,x",
  ]) func `a column that counts the rows of a list is no id`(header: String) throws {
    let reading = try Self.read(Self.list(header) { "\($0),\($1),\($2),2" })
    #expect(Self.links(reading) == Self.ring)
    #expect(reading.weights.links.allSatisfy { $0.weight == 2 })
    #expect(reading.notes.contains { $0.english.contains("read from the columns") })
  }

  @Test func `row numbers of R stand before the header's names, too, and without weights`() throws {
    let spaced = Self.list("a b w") { "\"\($0)\" \($1) \($2) 2" }
    #expect(Self.links(try Self.read(spaced)) == Self.ring)
    for header in ["\"\",\"a\",\"b\"", "\"\",\"from\",\"to\""] {
      let reading = try Self.read(Self.list(header) { "\($0),\($1),\($2)" })
      #expect(Self.links(reading) == Self.ring && reading.weights.links.allSatisfy { $0.weight == 1 })
    }
  }

  @Test func `a unit with one neighbour a row is not taken for a row number`() throws {
    let reading = try Self.read("id,nbr,w\n1,2,5\n2,3,5\n3,1,5\n", data: nil)
    #expect(reading.weights.units == ["1", "2", "3"] && reading.weights.linkCount == 6)
  }

  @Test(arguments: [
    ("n,o_name,o_code,d_name,d_code", "x"), ("n,src_name,src_GEOID,nbr_name,nbr_GEOID", "x"),
    ("n,名1,code1,名2,code2", "x"), ("n,a,IN_FID,b,NEAR_FID", "x"), ("n,a,流出县,b,流入县", "x"),
  ]) func `two ends are known by what their names have in common`(header: String, name: String) throws {
    let text = Self.list(header) { "\($0 + 20),\(name)\($1),\($1),\(name)\($2),\($2)" }
    #expect(Self.links(try Self.read(text)) == Self.ring)
  }

  @Test(arguments: [
    ("origin,destination,distance,flow", 7.0), ("起点,终点,距离,人口流量", 7), ("from,to,length,weight", 7),
    ("from,to,flow,权重", 7), ("a,b,distance,flow", 7), ("from,to,weight,flow", 3),
    ("from,to,distance,name", 3),
  ]) func `weights go before flows and flows before distances`(header: String, weight: Double) throws {
    let reading = try Self.read(Self.list(header) { "\($1),\($2),3,7" })
    #expect(reading.weights.links.allSatisfy { $0.weight == weight })
    let saysDistances = reading.notes.contains { $0.english.contains("the weights are the distances of") }
    #expect(saysDistances == header.hasPrefix("from,to,distance"))
  }

  @Test(arguments: [
    ("\"\",\"x\",\"V1\",\"V2\",\"V3\",\"V4\"", 1), (",code,0,1,2,3", 0), ("OBJECTID,code,w1,w2,w3,w4", 1),
    ("FID,code,w1,w2,w3,w4", 0), ("Unnamed: 0,code,1,2,3,4", 1),
  ]) func `ids beside row numbers are the ids of a matrix, in whatever order the data stand`(
    header: String, start: Int
  ) throws {
    let text = Self.square(header) { "\($0 + start),\(Self.ids[$0])," }
    for data in [Self.ids, Self.ids.reversed(), nil] {
      let reading = try Self.read(text, data: data)
      #expect(Self.links(reading) == Self.ring)
      #expect(!reading.notes.contains { $0.english.contains("p.csv") })
    }
  }

  @Test func `row numbers that count from zero below columns that count from one are in the data's order`()
    throws
  {
    let reading = try Self.read(Self.square("FID,w1,w2,w3,w4") { "\($0)," })
    #expect(Self.links(reading) == Self.ring)
    #expect(reading.notes.contains { $0.english.contains("in the order in which p.csv has its units") })
  }

  @Test func `numbers that are the data's ids but for zeros are refused, not put in order`() throws {
    let text = Self.square(",1,2,3,4") { "\($0 + 1)," }
    let padded = ["03", "01", "04", "02"]
    let error = #expect(throws: WeightsError.self) {
      try Self.read(text, data: padded).weights.aligned(to: padded, of: "p.csv")
    }
    #expect(error?.description.contains("but for leading zeros") == true)
  }

  @Test func `names that differ by a space inside are refused with that`() throws {
    let weights = try Self.read("from,to\n长沙县,浏阳市\n浏阳市,宁乡县\n").weights
    let error = #expect(throws: WeightsError.self) {
      try weights.aligned(to: ["长 沙县", "浏阳市"], of: "p.csv")
    }
    #expect(error?.description.contains("but for the spaces in them") == true)
  }

  @Test(arguments: [
    square(",11.0,12.0,13.0,14.0") { "\(ids[$0]).0," }, square(",11.0,12.0,13.0,14.0") { "\(ids[$0])," },
    square(",'11,'12,'13,'14") { "'\(ids[$0])," }, square("id,v1,v2,v3,v4") { "\(ids[$0]).0," },
    list("from,to") { "\($1).0,\($2).0" }, list("from,to") { "'\($1),'\($2)" },
  ]) func `ids lose what data frames and spreadsheets put to them, with a note`(text: String) throws {
    let reading = try Self.read(text)
    #expect(Self.links(reading) == Self.ring)
    let sentence = text.contains("'") ? "the apostrophe before" : "ids end in .0"
    #expect(reading.notes.count { $0.english.contains(sentence) } == 1, "\(reading.notes)")
  }

  @Test func `a square with empty cells behind it is a square`() throws {
    let reading = try Self.read(Self.square("", { _ in "" }, after: ","))
    #expect(Self.links(reading) == Self.ring)
  }

  @Test(arguments: [",", "\t", " "])
  func `ids before a square without a header are ids, with a note`(separator: String) throws {
    let text = Self.square("") { "\(Self.ids[$0])," }
    let distinct = "11,0,2,3,5\n12,2,0,7,0\n13,3,7,0,8\n14,5,0,8,0\n"
    for text in [text, distinct] {
      let reading = try Self.read(
        text.replacing(",", with: separator), data: Self.ids.reversed())
      #expect(Self.links(reading) == Self.ring)
      #expect(reading.notes.contains { $0.english.contains("has no header: its first column") })
    }
  }

  @Test(arguments: [",", ";", "|", " ", "、"])
  func `several neighbours in one cell are refused`(separator: String) {
    let text = "id,neighbours\n11,\"12\(separator)13\"\n12,\"11\(separator)13\"\n13,\"11\(separator)12\"\n"
    #expect(Self.refusal(text).contains("w.csv, line 2: \"12\(separator)13\" holds 2 neighbours in one cell"))
    #expect(Self.refusal(text).contains("one link a row"))
  }

  @Test func `a link that stands twice is told with its lines, text for a weight with the columns`() {
    let twice = Self.refusal("from,to,flow\n11,12,3\n12,11,3\n11,13,2\n11,12,5\n")
    #expect(
      twice.contains(
        "w.csv, lines 2, 5: the link from \"11\" to \"12\" stands twice, with the weights 3.0 and 5.0"))
    let text = Self.refusal("name,code,near\n甲,11,乙\n乙,12,甲\n丙,13,甲\n")
    #expect(text.contains("line 2, column \"near\": found \"乙\""))
    #expect(text.contains("read from \"name\" to \"code\" with the weights of \"near\""))
  }

  @Test func `a tolerance is written as it was said`() {
    #expect(WeightsReport.healingNote([], 0.00001).english == "A tolerance of 0.00001 adds no link.")
    #expect(WeightsReport.healingNote([], 0.000025).english == "A tolerance of 0.000025 adds no link.")
  }
}
