public import RuralValue

/// What can make a file not a GeoJSON collection of polygons.
public enum GeoJSONError: Fault {
  /// The text is not JSON at some place.
  case unexpected(found: String, expected: String, source: String, line: Int, feature: String?)
  /// The file ends in the middle.
  case truncated(source: String, line: Int, feature: String?)
  /// A key stands twice in one object.
  case repeatedKey(String, source: String, line: Int, feature: String?)
  /// A coordinate is not a finite number.
  case badCoordinate(found: String, source: String, line: Int, feature: String?)
  /// A geometry is neither polygon nor point.
  case wrongGeometry(type: String, source: String, feature: String)
  /// A ring has fewer than three different vertices.
  case shortRing(vertices: Int, source: String, feature: String)
  /// The document is JSON of another kind.
  case notACollection(type: String?, source: String)
  /// There is no feature.
  case empty(source: String)

  /// The input is off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .unexpected(let found, let expected, let source, let line, let feature):
      return "\(source), line \(line)\(place(feature)): found \(found), expected \(expected)."
    case .truncated(let source, let line, let feature):
      return "\(source), line \(line)\(place(feature)): the file ends in the middle; it is truncated or was"
        + " not downloaded whole."
    case .repeatedKey(let key, let source, let line, let feature):
      return
        "\(source), line \(line)\(place(feature)): \"\(key)\" stands twice in one object; expected it once,"
        + " for only one of its values could count."
    case .badCoordinate(let found, let source, let line, let feature):
      return "\(source), line \(line)\(place(feature)): a coordinate is \(found); expected a finite number"
        + " below 1e12 in size, written as JSON has it, such as 112.5."
    case .wrongGeometry(let type, let source, let feature):
      return "\(source), \(feature): its geometry is a \(type); expected Polygon, MultiPolygon or Point."
    case .shortRing(let vertices, let source, let feature):
      return "\(source), \(feature): a ring has \(vertices) different vertices; expected at least three."
    case .notACollection(let type, let source):
      return "\(source): \(type.map { "the document is a \($0)" } ?? "the document has no type");"
        + " expected a GeoJSON FeatureCollection."
        + (type == "Topology" ? " Convert TopoJSON with `topo2geo` or `ogr2ogr`." : "")
    case .empty(let source):
      return "\(source): the collection holds no feature; expected one polygon a unit."
    }
  }

  private func place(_ feature: String?) -> String { feature.map { ", \($0)" } ?? "" }
}
