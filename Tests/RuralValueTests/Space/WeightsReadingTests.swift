import RuralValue
import Testing

@Suite struct WeightsReadingTests {
  func table(_ columns: [String], _ rows: [[String]]) -> Table {
    Table(source: "w.csv", columnNames: columns, rows: rows)
  }

  @Test func `a list with each pair once is undirected, and says so`() throws {
    let reading = try WeightsReading(table(["code_i", "code_j"], [["a", "b"], ["b", "c"]]))
    #expect(reading.weights.linkCount == 4 && reading.weights.isSymmetric)
    #expect(reading.notes.contains { $0.english.contains("undirected") })
  }

  @Test func `a list with both directions stays as it is, and says so`() throws {
    let reading = try WeightsReading(
      table(["from", "to", "weight"], [["a", "b", "0.5"], ["b", "a", "2"], ["b", "c", "1"]]))
    #expect(reading.weights.linkCount == 3)
    #expect(reading.weights.weight(from: 0, to: 1) == 0.5 && reading.weights.weight(from: 1, to: 0) == 2)
    #expect(reading.notes.count == 1)
    #expect(
      reading.notes[0].english.contains(
        "lists 1 of 2 pairs of units in one direction only and the others in both, 1 of them with two"))
  }

  @Test func `an island is a row of a unit to itself with weight zero, or a row without a neighbour`() throws
  {
    let reading = try WeightsReading(
      table(["from", "to", "w"], [["a", "b", "1"], ["c", "c", "0"], ["d", "", ""]]))
    #expect(reading.weights.units == ["a", "b", "c", "d"])
    #expect(reading.weights.islands == ["c", "d"])
  }

  @Test func `a list without a header gives its first line back`() throws {
    let reading = try WeightsReading(table(["a", "b"], [["b", "c"], ["c", "a"]]))
    #expect(reading.weights.linkCount == 6)
    #expect(reading.notes.contains { $0.english.contains("no header") })
  }

  @Test func `what a list cannot say is refused with its line`() {
    #expect(throws: WeightsError.noLinks(source: "w.csv")) {
      try WeightsReading(table(["from", "to"], []))
    }
    #expect(
      throws: WeightsError.unreadable(source: "w.csv", line: 2, column: "w", found: "", expected: "a weight")
    ) {
      try WeightsReading(table(["from", "to", "w"], [["a", "b", ""]]))
    }
    #expect(throws: TableError.self) { try WeightsReading(table(["f", "t", "w"], [["a", "b", "near"]])) }
  }

  @Test func `a square matrix is matched by its names, whatever the order of columns`() throws {
    let reading = try WeightsReading(table(["id", "b", "a"], [["a", "2", "0"], ["b", "", "3"]]))
    #expect(reading.weights.links == [.init(from: 0, to: 1, weight: 2), .init(from: 1, to: 0, weight: 3)])
  }

  @Test func `a written list reads back as the same weights`() throws {
    let weights = SpatialWeightsTests.chain.standardised(.row)
    guard case .text(let from) = weights.edgeListTable.columns[0].values,
      case .text(let to) = weights.edgeListTable.columns[1].values,
      case .number(let values) = weights.edgeListTable.columns[2].values
    else { return }
    let rows = from.indices.map { [from[$0]!, to[$0]!, "\(values[$0])"] }
    #expect(try WeightsReading(table(["from", "to", "weight"], rows)).weights == weights)
  }

  @Test(arguments: ["NA", "nan", "NaN", "-", ".", "..", "", "null", "—", "N/A", "缺失"])
  func `no cell of a matrix becomes zero, and the cell is named`(text: String) {
    #expect(
      throws: WeightsError.noWeight(
        from: "b", to: "a", found: text, source: "w.csv", line: 3, column: "a")
    ) {
      try WeightsReading(table(["id", "a", "b"], [["a", "0", "1"], ["b", text, "0"]]))
    }
    #expect(throws: WeightsError.self) {
      try WeightsReading(table(["from", "to", "w"], [["a", "b", "1"], ["b", "a", text]]))
    }
  }

  @Test func `only a unit's weight to itself may be empty in a matrix`() throws {
    let reading = try WeightsReading(table(["id", "a", "b"], [["a", "", "1"], ["b", "2", ""]]))
    #expect(reading.weights.linkCount == 2)
    #expect(throws: WeightsError.self) {
      try WeightsReading(table(["id", "a", "b"], [["a", "NA", "1"], ["b", "2", ""]]))
    }
    #expect(throws: TableError.self) {
      try WeightsReading(table(["id", "a", "b"], [["a", "0", "0x1"], ["b", "2", "0"]]))
    }
  }

  @Test func `an id that stands twice in a matrix is named with its lines`() {
    #expect(
      throws: WeightsError.repeatedUnit("a", source: "w.csv", firstLine: 2, secondLine: 3)
    ) {
      try WeightsReading(table(["id", "a", "a "], [["a", "0", "1"], ["a", "1", "0"]]))
    }
  }

  @Test func `a weight that leads to no unit is refused`() {
    #expect(throws: WeightsError.self) {
      try WeightsReading(table(["from", "to", "w"], [["a", "b", "1"], ["c", "", "0.5"]]))
    }
  }

  @Test(arguments: [
    "inverse-distance:1,abc", "inverse-distance:1,", "distance:5,x", "distance:x,5", "knn:4,", "distance:,5",
    "knn:0x4",
    "distance:inf", "queen*knn:4,x",
  ]) func `a rule with a number that is none is no rule`(text: String) {
    #expect(WeightsRule(text) == nil)
  }
}
