import RuralValue

/// Reads GeoJSON and TopoJSON: polygons, multipolygons and points.
public enum GeoJSONReader {
  /// A layer and what reading it had to decide.
  public typealias Reading = PolygonReading

  /// The layer of a file's bytes, all of whose geometries are sound.
  ///
  /// One pass over the bytes, without a tree of JSON values: a national file of 23 MB takes a tenth of a
  /// second. A third coordinate is read and dropped. The text is UTF-8, UTF-16 with its mark, or against the
  /// standard GB18030, with a note; nothing stands behind the collection. A single feature is a collection of
  /// one, and features may stand behind each other. Lines and other geometries without an area are kept as features
  /// without rings; of a geometry collection the polygons are taken. Throws `GeoJSONError`, which names the feature.
  public static func read(
    _ bytes: [UInt8], source: String, object: String? = nil
  ) throws(GeoJSONError) -> Reading {
    let reading = try readAll(bytes, source: source, object: object)
    try reading.requireSound { _ in true }
    return reading
  }

  /// The layer of a file's bytes, whose geometries are to be judged when it is known which features are kept.
  ///
  /// `object` names an object of TopoJSON. Throws `GeoJSONError` where the text cannot be read.
  public static func readAll(
    _ bytes: [UInt8], source: String, object: String? = nil
  ) throws(GeoJSONError) -> Reading {
    let kind = FileKind(bytes)
    guard kind == .json || kind == .text else {
      throw .otherFile(WrongFile(source: source, found: kind, use: .polygons))
    }
    let text = try PolygonText(bytes, source: source)
    var parser = GeoJSONParser(text.bytes, source: source)
    try parser.parseDocument(object: object)
    if let object, parser.topology == nil { throw .noObjects(named: object, source: source) }
    let layer = PolygonLayer(
      source: source, features: parser.features, rings: parser.rings, x: parser.x, y: parser.y,
      members: parser.members,
      reference: parser.coordinateSystem.map { CoordinateReference(name: $0) } ?? .undeclared)
    return Reading(
      layer: layer, notes: text.notes + notes(parser, layer.reference, source), repairs: parser.repairs,
      faults: parser.faults)
  }

  private static func notes(
    _ parser: GeoJSONParser, _ reference: CoordinateReference, _ source: String
  ) -> [Phrase] {
    var notes: [Phrase] = []
    if parser.isSequence {
      let count = parser.features.count
      notes.append(
        Phrase(
          "\(source): \(count) features that stand one after the other are read as one collection.",
          zh: "\(source)：逐个排列的 \(count) 个要素按一个要素集合读取。"))
    }
    guard let system = parser.coordinateSystem, !system.hasSuffix("CRS84"), !system.hasSuffix("4326") else {
      return notes
    }
    switch reference {
    case .projected, .webMercator:
      notes.append(
        Phrase(
          "\(source) declares the coordinate system \(system), a plane in metres.",
          zh: "\(source) 声明的坐标系为 \(system)（平面坐标，单位为米）。"))
    default:
      notes.append(
        Phrase(
          "\(source) declares the coordinate system \(system); coordinates are taken as they are.",
          zh: "\(source) 声明的坐标系为 \(system)；坐标按原值使用。"))
    }
    return notes
  }
}
