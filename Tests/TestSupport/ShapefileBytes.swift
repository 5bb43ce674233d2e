/// The files of a shapefile, written for one test.
public struct ShapefileBytes {
  private let type: Int
  /// For each feature its rings, each as pairs of coordinates; of a point one ring of one pair.
  private let features: [[[(Double, Double)]]]

  /// A file of these features, by default polygons.
  public init(type: Int = 5, features: [[[(Double, Double)]]]) {
    (self.type, self.features) = (type, features)
  }

  private static func number(_ value: Int, bigEndian: Bool = false) -> [UInt8] {
    let bits = UInt32(truncatingIfNeeded: value)
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: bits >> UInt32(8 * $0)) }
    return bigEndian ? bytes.reversed() : bytes
  }

  private static func number(_ value: Double) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * $0)) }
  }

  private func content(_ rings: [[(Double, Double)]]) -> [UInt8] {
    let points = rings.flatMap { $0 }
    let coordinates = points.flatMap { Self.number($0.0) + Self.number($0.1) }
    guard type == 5 else { return Self.number(type) + coordinates }
    var (starts, next): ([UInt8], Int) = ([], 0)
    for ring in rings {
      starts += Self.number(next)
      next += ring.count
    }
    return Self.number(type) + [UInt8](repeating: 0, count: 32) + Self.number(rings.count)
      + Self.number(points.count) + starts + coordinates
  }

  /// The `.shp`.
  public var shapes: [UInt8] {
    var body: [UInt8] = []
    for (position, feature) in features.enumerated() {
      let content = content(feature)
      body += Self.number(position + 1, bigEndian: true) + Self.number(content.count / 2, bigEndian: true)
      body += content
    }
    return Self.number(9994, bigEndian: true) + [UInt8](repeating: 0, count: 20)
      + Self.number((100 + body.count) / 2, bigEndian: true) + Self.number(1000) + Self.number(type)
      + [UInt8](repeating: 0, count: 64) + body
  }

  /// A table of one field, `ID`, that numbers the features.
  public var attributes: [UInt8] { Self.table([("ID", "C", 4)], features.indices.map { ["\($0 + 1)"] }) }

  /// A dBASE table of fields with their types and lengths, and of cells as they stand in it.
  public static func table(
    _ fields: [(String, Character, Int)], _ rows: [[String]], driver: UInt8 = 0
  ) -> [UInt8] {
    var bytes: [UInt8] = [3, 124, 1, 1] + number(rows.count)
    let (header, record) = (33 + 32 * fields.count, 1 + fields.reduce(0) { $0 + $1.2 })
    bytes += [UInt8(header & 255), UInt8(header >> 8), UInt8(record & 255), UInt8(record >> 8)]
    bytes += [UInt8](repeating: 0, count: 17) + [driver, 0, 0]
    for (name, type, length) in fields {
      bytes += Array(name.utf8) + [UInt8](repeating: 0, count: 11 - name.utf8.count)
      bytes += [type.asciiValue!, 0, 0, 0, 0, UInt8(length & 255)]
      bytes += [UInt8(length >> 8)] + [UInt8](repeating: 0, count: 14)
    }
    bytes.append(13)
    for row in rows {
      bytes.append(32)
      for (cell, field) in zip(row, fields) {
        bytes += Array(cell.utf8) + [UInt8](repeating: 32, count: field.2 - cell.utf8.count)
      }
    }
    return bytes + [26]
  }
}
