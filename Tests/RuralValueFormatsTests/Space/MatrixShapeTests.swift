import RuralValue
import RuralValueFormats
import TestSupport
import Testing

/// One matrix of weights, drawn, in each shape that programs write, under ids of several kinds.
@Suite struct MatrixShapeTests {
  /// How a program writes the ids of a matrix.
  enum Shape: CaseIterable {
    case idCorner, blankCorner, noCorner, prefixOfR, nameColumn, numberedColumns, numberedFromZero, headerOnly
    case headerOnlyOfR, bare, numberedOnly, rowNumbers, rowNumbersFromZero, bareSpaced, spacedOfR

    /// Whether the order of the data is all that there is to go by.
    var lacksIds: Bool {
      switch self {
      case .bare, .numberedOnly, .rowNumbers, .rowNumbersFromZero, .bareSpaced: true
      default: false
      }
    }
  }

  enum Ids: CaseIterable {
    case codes, names, padded, shuffled

    func ids(_ count: Int) -> [String] {
      let codes = (0..<count).map { "\(430_101 + 2 * $0)" }
      switch self {
      case .codes: return codes
      case .names:
        return (0..<count).map { ["长沙", "浏阳", "宁乡", "望城"][$0 % 4] + ["县", "市", "区"][$0 / 4 % 3] + "\($0)号" }
      case .padded: return (0..<count).map { "0\(1001 + $0)" }
      case .shuffled: return (0..<count).map { codes[($0 * 7 + 3) % count] }
      }
    }
  }

  static let cases = Shape.allCases.flatMap { shape in Ids.allCases.map { (shape, $0) } }

  static func drawn(_ count: Int) -> [[Double]] {
    var random = SplitMix64(state: UInt64(count))
    return (0..<count).map { i in
      (0..<count).map { j in
        guard i != j else { return 0 }
        let draw = Double(random.next() >> 11) / 9_007_199_254_740_992
        return draw < 0.4 || (i + 1) % count == j ? (draw * 8).rounded() / 4 + 0.25 : 0
      }
    }
  }

  static func text(_ matrix: [[Double]], _ ids: [String], _ shape: Shape) -> String {
    func lines(_ header: [String]?, _ labels: ([String]) -> [[String]], _ separator: String = ",") -> String {
      let rows = zip(labels(ids), matrix).map { $0 + $1.map { "\($0)" } }
      return ((header.map { [$0] } ?? []) + rows).map { $0.joined(separator: separator) + "\n" }.joined()
    }
    let numbers = (1...ids.count).map { "\($0)" }
    let fromZero = (0..<ids.count).map { "\($0)" }
    func beside(_ ids: [String]) -> [[String]] { ids.map { [$0] } }
    func none(_ ids: [String]) -> [[String]] { ids.map { _ in [] } }
    switch shape {
    case .idCorner: return lines(["id"] + ids, beside)
    case .blankCorner: return lines([""] + ids, beside)
    case .noCorner: return lines(ids, beside)
    case .prefixOfR: return lines(["\"\""] + ids.map { "X\($0)" }, beside)
    case .nameColumn: return lines(["code", "name"] + ids) { $0.map { [$0, "n\($0)"] } }
    case .numberedColumns: return lines(["id"] + numbers.map { "v\($0)" }, beside)
    case .numberedFromZero: return lines([""] + fromZero, beside)
    case .headerOnly: return lines(ids, none)
    case .headerOnlyOfR: return lines(ids.map { $0.first!.isNumber ? "X\($0)" : $0 }, none)
    case .bare: return lines(nil, none)
    case .numberedOnly: return lines(numbers.map { "V\($0)" }, none)
    case .rowNumbers: return lines([""] + numbers.map { "V\($0)" }) { _ in numbers.map { [$0] } }
    case .rowNumbersFromZero: return lines([""] + fromZero) { _ in fromZero.map { [$0] } }
    case .bareSpaced: return lines(nil, none, " ")
    case .spacedOfR: return lines(ids.map { "\"\($0)\"" }, { $0.map { ["\"\($0)\""] } }, " ")
    }
  }

  @Test(arguments: cases) func `a matrix is the same in every shape, by id or else in the order of the data`(
    shape: Shape, kind: Ids
  ) throws {
    for count in [4, 5, 12, 31] {
      let (matrix, ids) = (Self.drawn(count), kind.ids(count))
      let text = Self.text(matrix, ids, shape)
      let data = WeightsOptions.DataUnits(source: "p.csv", ids: ids)
      let reading = try WeightsReading(
        WeightsTable(Array(text.utf8), source: "w.csv"), WeightsOptions(data: data))
      let place = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
      #expect(Set(reading.weights.units) == Set(ids), "\(count)")
      let read = reading.weights
      for (i, from) in read.units.enumerated() {
        for (j, to) in read.units.enumerated() {
          let expected = matrix[try #require(place[from])][try #require(place[to])]
          #expect(read.weight(from: i, to: j) == expected, "\(count): \(from) \(to)")
        }
      }
      let saysOrder = reading.notes.contains {
        $0.english.contains("in the order in which p.csv has its units")
      }
      #expect(saysOrder == shape.lacksIds)
    }
  }

  @Test(arguments: [Shape.bare, .numberedOnly, .bareSpaced])
  func `without data a matrix without ids is refused, whatever its numbers`(shape: Shape) {
    for count in [4, 12] {
      let text = Self.text(Self.drawn(count), Ids.codes.ids(count), shape)
      let error = #expect(throws: WeightsError.self) {
        try WeightsReading(WeightsTable(Array(text.utf8), source: "w.csv"), WeightsOptions())
      }
      #expect(error == .matrixWithoutIds(source: "w.csv", size: count, data: nil))
    }
  }

  static func read(_ text: String, _ options: WeightsOptions = WeightsOptions()) throws -> WeightsReading {
    try WeightsReading(WeightsTable(Array(text.utf8), source: "w.csv"), options)
  }

  @Test func `symmetric distances without ids are told from ids above and beside`() throws {
    let rows = "0,12.5,30,41\n12.5,0,20,33\n30,20,0,9\n41,33,9,0\n"
    #expect(throws: WeightsError.self) { try Self.read(rows) }
    let data = WeightsOptions.DataUnits(source: "p.csv", ids: ["a", "b", "c", "d"])
    let weights = try Self.read(rows, WeightsOptions(data: data)).weights
    #expect(weights.units == data.ids && weights.weight(from: 0, to: 3) == 41)
    let labelled = try Self.read(",30,20,41\n30,0,12,33\n20,12,0,9\n41,33,9,0\n").weights
    #expect(labelled.units == ["30", "20", "41"] && labelled.weight(from: 0, to: 2) == 33)
  }

  @Test func `columns that count may not be taken for ids in another order`() {
    let error = #expect(throws: WeightsError.self) {
      try Self.read("id,v1,v2,v3\n2,0,1,1\n1,1,0,0\n3,1,0,0\n")
    }
    #expect(error?.description.contains("may be that of the unit 1 or that of the first row, 2") == true)
  }

  @Test(arguments: [
    ("id,a,b,c\na,0,1,1\nb,1,0,0\n", "The id \"c\" stands above and not beside"),
    (",a,b,c\na,0,1,1\nb,1,0,1\nc,1,1,0\n合计,2,2,2\n", "Line 5 holds the sums of the columns: delete it"),
    (",a,b,c\na,0,1,1\nb,1,0,1\nc,1,1,0\nd,5,2,2\n", "The id \"d\" stands beside and not above"),
    (
      ",a,b,c\na,0,1,1\nb,1,0,1\nd,1,1,0\n",
      "The id \"c\" stands above and not beside. The id \"d\" stands beside"
    ),
    ("id,v1,v2,v3,v4\n7,0,1,0,1\n8,1,0,1,0\n9,0,1,0,1\n", "3 rows and 4 numbered columns"),
    ("a,b,x,y,z\n1,2,3,4,5\n2,3,4,5,6\n", "has 2 rows and 5 columns; expected a list"),
    (",a,b\na,0,1\nb,,0\n", "the weight from \"b\" to \"a\" is empty"),
    (",a,b\na,0,-1\nb,1,0\n", "line 2, column \"b\": the link from \"a\" to \"b\" has the weight -1"),
    (",a,b\na,0,0\nb,0,0\n", "there is no link"),
  ]) func `a matrix that cannot be one is refused where it breaks`(text: String, sentence: String) {
    do {
      let reading = try Self.read(text)
      Issue.record("read as \(reading.weights.links)")
    } catch { #expect("\(error)".contains(sentence), "\(error)") }
  }

  @Test func `one half of a matrix stays one half, with a note, and both ways on demand`() throws {
    let half = ",a,b,c\na,0,1,2\nb,0,0,3\nc,0,0,0\n"
    let reading = try Self.read(half)
    #expect(reading.weights.linkCount == 3)
    #expect(reading.notes.contains { $0.english.contains("above the diagonal only (3 pairs)") })
    let both = try Self.read(half, WeightsOptions(links: .undirected))
    #expect(both.weights.linkCount == 6 && both.weights.isSymmetric && both.notes.isEmpty)
  }

  @Test func `inverse distances, flows and contiguity do not look like distances`() throws {
    let places: [(x: Double, y: Double)] = (0..<12).map { (Double($0 * 5 % 12), Double($0 * $0 % 7)) }
    func distance(_ i: Int, _ j: Int) -> Double {
      let (x, y) = (places[i].x - places[j].x, places[i].y - places[j].y)
      return (x * x + y * y).squareRoot()
    }
    func matrix(_ weight: (Double) -> Double) -> String {
      let ids = places.indices.map { "c\($0)" }
      let rows: [[Double]] = places.indices.map { i in
        places.indices.map { j in i == j ? 0 : weight(distance(i, j)) }
      }
      return Self.text(rows, ids, .idCorner)
    }
    func says(_ text: String) throws -> Bool {
      try Self.read(text).notes.contains { $0.english.contains("look like distances") }
    }
    #expect(try says(matrix { $0 }))
    #expect(
      try !says(matrix { 1 / $0 }) && !says(matrix { 1 / ($0 * $0) }) && !says(matrix { $0 < 4 ? 1 : 0 }))
    #expect(try !says(matrix { _ in 1 }))
  }
}
