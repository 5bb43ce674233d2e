import RuralValue

/// The shapes of a `.shp` file, one after the other.
struct ShapeRecords {
  let source: String
  /// The rings of each feature; of a point one of one vertex, of a null shape none.
  private(set) var rings: [[Range<Int>]] = []
  /// Whether each ring bounds a hole, beside `rings`.
  private(set) var holes: [[Bool]] = []
  private(set) var x: [Double] = []
  private(set) var y: [Double] = []
  let type: Int
  /// The length that the header says, where it is not the file's.
  private(set) var wrongLength: Int?
  /// The features, by position, of which a ring did not end where it began.
  private(set) var open: [Int] = []
  /// The features, by position, whose outlines run against the format's direction.
  private(set) var turned: [Int] = []
  /// The features, by position, with a ring of fewer than three vertices, and how many it has.
  private(set) var short: [(feature: Int, vertices: Int)] = []

  private let file: BinaryBytes

  init(_ bytes: [UInt8], source: String) throws(ShapefileError) {
    self.source = source
    file = BinaryBytes(bytes: bytes)
    let headers = BinaryBytes(bytes: bytes, isHighFirst: true)
    guard file.holds(4, at: 0), headers.int32(at: 0) == 9994 else {
      throw .notShapes(source: source, code: file.holds(4, at: 0) ? headers.int32(at: 0) : 0)
    }
    guard file.holds(100, at: 0) else {
      throw .truncatedShapes(source: source, feature: nil, announced: 100, left: bytes.count)
    }
    type = file.int32(at: 32)
    guard type == 0 || ShapeType.isPoint(type) || ShapeType.isPolygon(type) else {
      throw .shapeType(source: source, type: type)
    }
    x.reserveCapacity(bytes.count / 16)
    y.reserveCapacity(bytes.count / 16)
    var place = 100
    while place < bytes.count {
      let feature = rings.count + 1
      guard file.holds(8, at: place) else {
        throw .truncatedShapes(source: source, feature: feature, announced: 8, left: bytes.count - place)
      }
      let length = 2 * headers.size(4, at: place + 4)
      place += 8
      guard length >= 4, file.holds(length, at: place) else {
        throw .truncatedShapes(
          source: source, feature: feature, announced: length, left: bytes.count - place)
      }
      try add(place..<place + length, feature: feature)
      place += length
    }
    guard !rings.isEmpty else { throw .noFeatures(source: source) }
    let said = 2 * headers.int32(at: 24)
    if said > bytes.count {
      throw .shorterThanSaid(source: source, announced: said, bytes: bytes.count, features: rings.count)
    }
    if said != bytes.count { wrongLength = said }
  }

  /// Adds the shape in a range of bytes.
  private mutating func add(_ range: Range<Int>, feature: Int) throws(ShapefileError) {
    let found = file.int32(at: range.lowerBound)
    guard found == type || found == 0 else {
      throw .mixedShapes(source: source, feature: feature, found: found, expected: type)
    }
    if found == 0 {
      rings.append([])
      holes.append([])
    } else if ShapeType.isPoint(type) {
      guard range.count >= 20 else {
        throw .counts(source: source, feature: feature, what: "point", announced: 1, bytes: range.count - 4)
      }
      try addVertex(at: range.lowerBound + 4, feature: feature)
      rings.append([x.count - 1..<x.count])
      holes.append([false])
    } else {
      try addPolygon(range, feature: feature)
    }
  }

  private mutating func addVertex(at place: Int, feature: Int) throws(ShapefileError) {
    let (first, second) = (file.double(at: place), file.double(at: place + 8))
    guard abs(first) < 1e12, abs(second) < 1e12 else {
      throw .coordinate(source: source, feature: feature, found: abs(first) < 1e12 ? second : first)
    }
    x.append(first)
    y.append(second)
  }

  /// Adds a polygon: type, box, number of parts, number of points, where each part begins, points.
  private mutating func addPolygon(_ range: Range<Int>, feature: Int) throws(ShapefileError) {
    guard range.count >= 44 else {
      throw .counts(source: source, feature: feature, what: "parts", announced: 1, bytes: range.count - 4)
    }
    let (parts, points) = (file.int32(at: range.lowerBound + 36), file.int32(at: range.lowerBound + 40))
    let left = range.count - 44
    guard parts >= 0, parts <= left / 4 else {
      throw .counts(source: source, feature: feature, what: "parts", announced: parts, bytes: left)
    }
    guard points >= 0, points <= (left - 4 * parts) / 16 else {
      throw .counts(
        source: source, feature: feature, what: "points", announced: points, bytes: left - 4 * parts)
    }
    guard parts > 0 || points == 0 else {
      throw .counts(source: source, feature: feature, what: "parts", announced: parts, bytes: left)
    }
    let starts = range.lowerBound + 44
    let vertices = starts + 4 * parts
    var found: [Range<Int>] = []
    for part in 0..<parts {
      let start = file.int32(at: starts + 4 * part)
      let end = part + 1 < parts ? file.int32(at: starts + 4 * part + 4) : points
      guard part > 0 || start == 0, start >= 0, start < points else {
        throw .partStart(source: source, feature: feature, part: part + 1, start: start, points: points)
      }
      guard start < end, end <= points else {
        throw .partStart(source: source, feature: feature, part: part + 2, start: end, points: points)
      }
      let first = x.count
      for point in start..<end { try addVertex(at: vertices + 16 * point, feature: feature) }
      if x.count - first > 1, x[first] == x[x.count - 1], y[first] == y[y.count - 1] {
        x.removeLast()
        y.removeLast()
      } else if open.last != feature - 1 {
        open.append(feature - 1)
      }
      if x.count - first < 3, short.last?.feature != feature - 1 {
        short.append((feature - 1, x.count - first))
      }
      found.append(first..<x.count)
    }
    try arrange(found, feature: feature)
  }

  /// Tells outlines from holes and puts each hole behind its outline.
  private mutating func arrange(_ found: [Range<Int>], feature: Int) throws(ShapefileError) {
    if found.count == 1 {
      rings.append(found)
      holes.append([false])
    } else {
      guard let nesting = RingNesting(found, x: x, y: y) else {
        throw .nesting(source: source, feature: feature, rings: found.count)
      }
      rings.append(nesting.order.map { found[$0] })
      holes.append(nesting.order.map { nesting.isHole[$0] })
    }
    let isTurned = zip(rings[feature - 1], holes[feature - 1]).contains { ring, isHole in
      !isHole && RingNesting.doubledArea(ring, x: x, y: y) > 0
    }
    if isTurned { turned.append(feature - 1) }
  }
}

/// The types of shapes.
/// Source: ESRI Shapefile Technical Description (1998), page 4.
enum ShapeType {
  static func isPoint(_ type: Int) -> Bool { type == 1 || type == 11 || type == 21 }
  static func isPolygon(_ type: Int) -> Bool { type == 5 || type == 15 || type == 25 }

  /// What the shapes of a type are, in words.
  static func name(of type: Int) -> String {
    switch type {
    case 0: "none"
    case 1, 11, 21: "points"
    case 3, 13, 23: "lines"
    case 5, 15, 25: "polygons"
    case 8, 18, 28: "multipoints"
    case 31: "multipatches"
    default: "of a kind that is not known"
    }
  }
}
