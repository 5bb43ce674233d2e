import RuralValue
import RuralValueFormats

extension InputReader {
  /// The bytes of a file that stands beside another under its name with another ending; nil where there is none.
  func companion(of path: String, ending: String) throws -> [UInt8]? {
    guard path != "-" else { return nil }
    let name = ShapefileParts.sibling(of: path, ending: ending)
    let stem = name.dropLast(ending.count)
    for name in [name, stem + ending.lowercased(), stem + ending.uppercased()] where isThere(name) {
      return try bytes(of: name)
    }
    return nil
  }

  /// Reads polygons from a file of any kind that holds such, told by its bytes.
  func polygons(_ path: String, object: String? = nil) throws -> PolygonReading {
    let (bytes, source) = (try bytes(of: path), Self.name(of: path))
    let kind = FileKind(lookingInto: bytes)
    switch kind {
    case .shapes:
      try requireNoObject(object, source)
      if path == "-" || isUnpacked(path) { throw ShapefileError.alone(source: source) }
      let parts = ShapefileParts(
        shapes: bytes, attributes: try companion(of: path, ending: "dbf"),
        codePage: try companion(of: path, ending: "cpg"), projection: try companion(of: path, ending: "prj"))
      return try ShapefileReader.readAll(parts, source: source)
    case .zippedShapefile:
      try requireNoObject(object, source)
      let (parts, name) = try ShapefileParts.unpacked(from: bytes, source: source)
      return try ShapefileReader.readAll(parts, source: name)
    case .zip:
      // Its directory cannot be read, and the error of that says why.
      _ = try ZipArchive(bytes, source: source)
      throw WrongFile(source: source, found: kind, use: .polygons)
    case .dbase, .stata, .workbook, .foreign: throw WrongFile(source: source, found: kind, use: .polygons)
    default: return try GeoJSONReader.readAll(bytes, source: source, object: object)
    }
  }

  private func requireNoObject(_ object: String?, _ source: String) throws(UsageError) {
    guard let object else { return }
    throw .conflict(
      "--object names \"\(object)\", but \(source) is a shapefile, which holds no objects with names; leave the option"
        + " out.")
  }
}
