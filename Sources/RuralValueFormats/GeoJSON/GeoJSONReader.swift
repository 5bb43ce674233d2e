public import RuralValue

/// Reads GeoJSON collections of polygons, multipolygons and points.
public enum GeoJSONReader {
  /// A layer and what reading it had to decide.
  public struct Reading: Sendable, Equatable {
    /// The polygons.
    public let layer: PolygonLayer
    /// Rings that were closed, coordinate systems that were declared.
    public let notes: [Phrase]
  }

  /// The layer of a file's bytes.
  ///
  /// One pass over the bytes, without a tree of JSON values: a national file of 23 MB takes a tenth of a
  /// second. A third coordinate is read and dropped. The text is UTF-8, or UTF-16 with its mark, and nothing
  /// stands behind the collection. Throws `GeoJSONError`, which names the feature.
  public static func read(_ bytes: [UInt8], source: String) throws(GeoJSONError) -> Reading {
    var parser = GeoJSONParser(try utf8(bytes, source), source: source)
    try parser.parseDocument()
    let layer = PolygonLayer(
      source: source, features: parser.features, rings: parser.rings, x: parser.x, y: parser.y,
      members: parser.members)
    return Reading(layer: layer, notes: notes(parser, source))
  }

  private static func utf8(_ bytes: [UInt8], _ source: String) throws(GeoJSONError) -> [UInt8] {
    do throws(JSONCursor.ForeignBytes) {
      return try JSONCursor.utf8(bytes)
    } catch {
      throw .unexpected(
        found: error.found, expected: JSONCursor.ForeignBytes.expected, source: source, line: error.line,
        feature: nil)
    }
  }

  private static func notes(_ parser: GeoJSONParser, _ source: String) -> [Phrase] {
    var notes: [Phrase] = []
    if !parser.closedFeatures.isEmpty {
      let names = parser.closedFeatures.prefix(10).joined(separator: ", ")
      let count = parser.closedFeatures.count
      notes.append(
        Phrase(
          "\(source): rings of \(count) feature\(count == 1 ? "" : "s") did not end where they begin and were"
            + " closed: \(names)\(count > 10 ? ", …" : "").",
          zh: "\(source)：\(count) 个要素的环首尾不闭合，已自动闭合：\(names)\(count > 10 ? "……" : "")。"))
    }
    if let system = parser.coordinateSystem, !system.hasSuffix("CRS84"), !system.hasSuffix("4326") {
      notes.append(
        Phrase(
          "\(source) declares the coordinate system \(system); coordinates are taken as they are.",
          zh: "\(source) 声明的坐标系为 \(system)；坐标按原值使用。"))
    }
    return notes
  }
}
