import RuralValue
import Testing

/// What a list of links means by a pair of units; right readings are written out by hand.
@Suite struct LinkDirectionTests {
  static func read(
    _ columns: [String], _ rows: [[String]], _ links: LinkDirection? = nil
  ) throws -> WeightsReading {
    try WeightsReading(
      Table(source: "w.csv", columnNames: columns, rows: rows), WeightsOptions(links: links))
  }

  static let list = ["from", "to", "weight"]
  static let once = [["a", "b", "2"], ["b", "c", "3"], ["c", "d", "1"]]
  static let partly = once + [["b", "a", "2"]]
  static let unlike = [["a", "b", "2"], ["b", "a", "5"], ["b", "c", "3"], ["c", "b", "3"]]
  static let both = [["a", "b", "2"], ["b", "a", "2"], ["b", "c", "3"], ["c", "b", "3"]]

  @Test(arguments: [
    (once, 6, "lists each pair of units once (3 pairs); the links are taken as undirected"),
    (
      partly, 4,
      "lists 2 of 3 pairs of units in one direction only and the others in both; the links are taken as directed"
    ),
    (unlike, 4, "gives 1 of 2 pairs of units two different weights; the links are taken as directed"),
    (both, 4, ""),
  ]) func `a note says how pairs were taken and how many they are`(
    rows: [[String]], links: Int, sentence: String
  ) throws {
    let reading = try Self.read(Self.list, rows)
    #expect(reading.weights.linkCount == links)
    #expect(reading.notes.map { $0.english.contains(sentence) } == (sentence.isEmpty ? [] : [true]))
    if sentence.contains("direction only") || sentence.contains("once") {
      #expect(reading.says("\(Setting("links"))"))
    }
  }

  @Test func `one pair that is also reversed does not turn the others round in silence`() throws {
    let weights = try Self.read(Self.list, Self.partly).weights
    #expect(weights.weight(from: 2, to: 1) == 0)
    let stated = try Self.read(Self.list, Self.partly, .undirected)
    #expect(stated.weights == (try Self.read(Self.list, Self.once).weights) && stated.notes.isEmpty)
  }

  @Test func `what the call says holds, without a note`() throws {
    let directed = try Self.read(Self.list, Self.once, .directed)
    #expect(directed.weights.linkCount == 3 && directed.notes.isEmpty)
    #expect(directed.weights.weight(from: 0, to: 1) == 2 && directed.weights.weight(from: 1, to: 0) == 0)
    #expect(
      throws: WeightsError.unlikeWeights(from: "a", to: "b", first: 2, second: 5, source: "w.csv")
    ) { try Self.read(Self.list, Self.unlike, .undirected) }
  }

  @Test func `rows that sum to one are what row standardisation made of one weight`() throws {
    let reading = try Self.read(
      Self.list,
      [["a", "b", "1"], ["b", "a", "0.333333"], ["b", "c", "0.666667"], ["c", "b", "1"]])
    #expect(reading.weights.linkCount == 4 && reading.notes.isEmpty)
  }

  @Test(arguments: ["netflow", "net_flow", "Net migration", "净流量", "人口净流入"])
  func `a net flow has a direction`(name: String) throws {
    let reading = try Self.read(["origin", "destination", name], Self.once)
    #expect(reading.weights.linkCount == 3)
    #expect(reading.notes.count == 1 && reading.says("\"\(name)\" has a direction"))
    #expect(try Self.read(["origin", "destination", name], Self.once, .undirected).weights.linkCount == 6)
  }

  @Test func `a link of weight zero stands in the list: its pair has two weights`() throws {
    let reading = try Self.read(Self.list, [["a", "b", "2"], ["b", "a", "0"]])
    #expect(reading.weights.linkCount == 1)
    #expect(reading.says("1 of 1 pair of units two different weights"))
  }

  @Test func `negative weights are refused with the line and how to write a net flow`() {
    for links in [nil, LinkDirection.directed, .undirected] {
      let error = #expect(throws: WeightsError.self) {
        try Self.read(["i", "j", "net"], [["a", "b", "2"], ["b", "c", "-3"]], links)
      }
      #expect(
        error?.description.hasPrefix(
          "w.csv, line 3, column \"net\": the link from \"b\" to \"c\" has the weight -3.0")
          == true)
      #expect(error?.description.contains("is one of 3.0 from \"c\" to \"b\"") == true)
    }
  }

  /// A written list must not come back mirrored, whichever way its links run.
  @Test(arguments: [
    [(0, 1), (1, 2)], [(0, 1), (1, 0), (1, 2)], [(0, 1), (1, 0), (1, 2), (2, 1)], [(2, 0), (1, 0)], [(0, 2)],
  ]) func `weights written as a list read back as they were`(pairs: [(Int, Int)]) throws {
    let links = pairs.enumerated().map {
      SpatialWeights.Link(from: $1.0, to: $1.1, weight: Double($0 % 2 + 1))
    }
    let weights = try SpatialWeights(units: ["a", "b", "c", "d"], links: links)
    guard case .text(let from) = weights.edgeListTable.columns[0].values,
      case .text(let to) = weights.edgeListTable.columns[1].values,
      case .number(let values) = weights.edgeListTable.columns[2].values
    else { return }
    let rows = from.indices.map { [from[$0] ?? "", to[$0] ?? "", "\(values[$0])"] }
    let read = try Self.read(Self.list, rows).weights
    #expect(try read.aligned(to: weights.units, of: "w.csv").weights == weights)
  }
}

/// Which columns of a list hold the two ends of a link.
@Suite struct EdgeListColumnTests {
  typealias List = LinkDirectionTests

  @Test(arguments: [
    ("from", "to"), ("origin", "destination"), ("Origin_Code", "Destination_Code"), ("source", "target"),
    ("i", "j"), ("code_i", "code_j"), ("from_id", "to_id"), ("起点", "终点"), ("起点代码", "终点代码"), ("迁出地", "迁入地"),
    ("流出地", "流入地"), ("orig", "dest"),
  ]) func `ends go by their names, wherever they stand`(from: String, to: String) throws {
    let reading = try List.read(
      ["name", to, "weight", from, "n2"], [["x", "b", "2", "a", "y"], ["y", "a", "4", "b", "x"]])
    #expect(reading.weights.units == ["a", "b"])
    #expect(reading.weights.weight(from: 0, to: 1) == 2 && reading.weights.weight(from: 1, to: 0) == 4)
    #expect(reading.says("from the columns \"\(from)\", \"\(to)\", \"weight\""))
  }

  @Test func `the only column that is left holds weights, and else the first of numbers`() throws {
    let rows = [["a", "x", "b", "y", "7"], ["b", "y", "a", "x", "7"]]
    let reading = try List.read(["from", "from_name", "to", "to_name", "trips"], rows)
    #expect(reading.weights.links.map(\.weight) == [7, 7])
    let bare = try List.read(["to", "from"], [["a", "b"], ["c", "b"]], .directed).weights
    #expect(bare.units == ["b", "a", "c"] && bare.neighbourCounts == [2, 0, 0])
  }

  @Test func `links of several periods are refused, and one period is none`() throws {
    let rows = [["2012", "a", "b", "1"], ["2012", "b", "a", "1"]]
    #expect(try List.read(["年份", "甲方", "乙方", "w"], rows).weights.units == ["a", "b"])
    #expect(
      throws: WeightsError.severalPeriods(source: "w.csv", column: "Year", periods: ["2012", "2013"])
    ) { try List.read(["Year", "from", "to", "weight"], rows + [["2013", "a", "b", "1"]]) }
  }

  @Test func `a link that stands twice counts once, with a note, and with two weights it is refused`() throws
  {
    let twice = try List.read(["from", "to"], [["a", "b"], ["b", "a"], ["a", "b"]])
    #expect(twice.weights.linkCount == 2)
    #expect(twice.notes.count == 1 && twice.says("1 link more than once, such as a → b"))
    #expect(
      throws: WeightsError.duplicateLink(
        from: "a", to: "b", first: 1, second: 2, source: "w.csv", lines: [2, 3])
    ) {
      try List.read(LinkDirectionTests.list, [["a", "b", "1"], ["a", "b", "2"]])
    }
  }

  @Test func `a first line of data under no header is a link, also where its units are new`() throws {
    #expect(try List.read(["a", "b", "1"], [["b", "c", "1"]]).weights.units == ["b", "c", "a"])
    #expect(try List.read(["430101", "430103"], [["430105", "430107"]]).weights.unitCount == 4)
    #expect(try List.read(["code", "neighbour_code", "1"], [["b", "c", "1"]]).weights.unitCount == 2)
  }

  @Test(arguments: [
    (["id", "v1", "v2", "v3"], [["7", "0", "1", "1"], ["8", "1", "0", "0"]]),
    (["a", "b", "c", "d", "e"], [["1", "0", "1", "1", "0"], ["2", "1", "0", "0", "1"]]),
  ]) func `what looks like part of a matrix is no list of its first three columns`(
    columns: [String], rows: [[String]]
  ) {
    #expect(throws: WeightsError.self) { try List.read(columns, rows) }
  }
}

extension WeightsReading {
  /// Whether the first note has these words.
  fileprivate func says(_ words: String) -> Bool { notes.first?.english.contains(words) == true }
}
