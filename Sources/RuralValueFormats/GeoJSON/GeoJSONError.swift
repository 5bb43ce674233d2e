public import RuralValue

/// What can make a file not a GeoJSON collection of polygons.
public enum GeoJSONError: Fault {
  /// The text is not JSON at some place.
  case unexpected(found: String, expected: String, source: String, place: TextPlace, feature: String?)
  /// The file ends in the middle.
  case truncated(source: String, place: TextPlace, feature: String?)
  /// A key stands twice in one object.
  case repeatedKey(String, source: String, place: TextPlace, feature: String?)
  /// A coordinate is not a finite number.
  case badCoordinate(found: String, source: String, place: TextPlace, feature: String?)
  /// A geometry is neither polygon nor point.
  case wrongGeometry(type: String, source: String, feature: String)
  /// A ring has fewer than three different vertices.
  case shortRing(vertices: Int, source: String, feature: String)
  /// The document is JSON of another kind.
  case notACollection(type: String?, source: String)
  /// There is no feature.
  case empty(source: String)
  /// The file is another's, told by its first bytes.
  case otherFile(WrongFile)
  /// The document is Esri's JSON.
  case esri(source: String)
  /// The document is a geometry without a feature, and so without an id.
  case bareGeometry(type: String, source: String)
  /// TopoJSON holds several objects, and none is named; or it lacks the one that is.
  case object(named: String?, source: String, objects: [String])
  /// An object is named of a file that has none.
  case noObjects(named: String, source: String)
  /// A geometry of TopoJSON runs along an arc that is not there.
  case noSuchArc(Int, source: String, feature: String, arcs: Int)
  /// Two arcs that follow each other in a ring do not meet.
  case arcsApart(Int, Int, source: String, feature: String)
  /// A position of an arc lies beyond all coordinates.
  case badArc(Int, source: String)
  /// The geometries of TopoJSON run along its arcs far more often than neighbours can.
  case arcsRepeated(source: String, feature: String)

  /// The input is off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .unexpected(let found, let expected, let source, let place, let feature):
      return "\(source), \(place)\(inFeature(feature)): found \(found), expected \(expected)."
    case .truncated(let source, let place, let feature):
      return "\(source), \(place)\(inFeature(feature)): the file ends in the middle; it is truncated or was"
        + " not downloaded whole."
    case .repeatedKey(let key, let source, let place, let feature):
      return
        "\(source), \(place)\(inFeature(feature)): \"\(key)\" stands twice in one object; expected it once,"
        + " for only one of its values could count."
    case .badCoordinate(let found, let source, let place, let feature):
      return "\(source), \(place)\(inFeature(feature)): a coordinate is \(found); expected a finite number"
        + " below 1e12 in size, written as JSON has it, such as 112.5."
    case .wrongGeometry(let type, let source, let feature):
      return "\(source), \(feature): its geometry is a \(type); expected Polygon, MultiPolygon or Point."
    case .shortRing(let vertices, let source, let feature):
      return "\(source), \(feature): a ring has \(vertices) different vertices; expected at least three."
    case .notACollection(let type, let source):
      return "\(source): \(type.map { "the document is a \($0)" } ?? "the document has no type");"
        + " expected a GeoJSON FeatureCollection, or TopoJSON."
    case .empty(let source):
      return "\(source): the collection holds no feature; expected one polygon a unit."
    default: return strangerDescription
    }
  }

  private func inFeature(_ feature: String?) -> String { feature.map { ", \($0)" } ?? "" }

  /// The description of what documents of other kinds are wrong in.
  private var strangerDescription: String {
    switch self {
    case .otherFile(let file): return file.description
    case .esri(let source):
      return
        "\(source): this is Esri's JSON (attributes and rings), not GeoJSON. Ask the service for f=geojson,"
        + " or convert the file: ogr2ogr -f GeoJSON OUT.geojson FILE"
    case .bareGeometry(let type, let source):
      return
        "\(source): the document is a bare \(type), which has no id; expected a FeatureCollection. Wrap it:"
        + " {\"type\":\"Feature\",\"id\":\"…\",\"properties\":{},\"geometry\":…}"
    case .object(nil, let source, let objects):
      return objects.isEmpty
        ? "\(source): the TopoJSON holds no object; expected one with a geometry a unit."
        : "\(source): the TopoJSON holds \(objects.count) objects: \(objects.joined(separator: ", ")). Name the"
          + " one to read with \(Setting("object"))."
    case .object(let name?, let source, let objects):
      return "\(source): the TopoJSON has no object \"\(name)\"."
        + "\(NearestName.question(for: name, among: objects)) Its objects are: \(objects.joined(separator: ", "))."
    case .noObjects(let name, let source):
      return
        "\(source): \(Setting("object")) names \"\(name)\", but the file is GeoJSON, which holds no objects"
        + " with names; leave the option out."
    case .noSuchArc(let arc, let source, let feature, let arcs):
      return "\(source), \(feature): its border runs along arc \(arc), but the file has"
        + (arcs == 0 ? " no arcs" : " arcs 0 to \(arcs - 1)")
        + "; it is damaged. Download or export it again."
    case .arcsApart(let first, let second, let source, let feature):
      return
        "\(source), \(feature): arc \(second) does not begin where arc \(first) ends, as arcs of one ring do;"
        + " the file is damaged. Download or export it again."
    case .badArc(let arc, let source):
      return
        "\(source), arc \(arc): a position is no finite number below 1e12 in size once the member transform is"
        + " applied; the file is damaged."
    case .arcsRepeated(let source, let feature):
      return
        "\(source), \(feature): borders run along the file's arcs more than 64 times over; expected twice, once"
        + " for the polygon on either side. The file is damaged."
    default: return ""
    }
  }
}

/// A place in a text.
public struct TextPlace: Sendable, Equatable, CustomStringConvertible {
  /// The line, counted from one.
  public let line: Int
  /// The column, counted from one.
  public let column: Int

  /// The line; and the column where a line is so long that one would have to look for it.
  public var description: String { column > 80 ? "line \(line), column \(column)" : "line \(line)" }
}

extension JSONCursor {
  /// The present place, for messages.
  var textPlace: TextPlace {
    let (line, column) = place
    return TextPlace(line: line, column: column)
  }
}
