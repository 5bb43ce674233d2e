import RuralValue

extension ShapefileParts {
  /// The shapefile in a zip archive, and what messages call it.
  ///
  /// Throws `ArchiveError`, `WrongFile` where there is none, and `ShapefileError.severalShapefiles` where there are
  /// several.
  public static func unpacked(
    from bytes: [UInt8], source: String
  ) throws -> (parts: ShapefileParts, name: String) {
    var archive = try ZipArchive(bytes, source: source)
    // What a Mac packs beside a file is no file.
    let shapes = archive.entries.map(\.name).filter {
      $0.lowercased().hasSuffix(".shp") && !$0.hasPrefix("__MACOSX/")
    }
    guard let name = shapes.first else {
      let kind = FileKind(archive: archive.entries.map(\.name), mediaType: archive.mediaType)
      throw WrongFile(source: source, found: kind, use: .polygons)
    }
    guard shapes.count == 1 else { throw ShapefileError.severalShapefiles(source: source, names: shapes) }
    func part(_ ending: String) throws -> [UInt8]? {
      try archive[sibling(of: name, ending: ending)].map { try archive.unpack($0) }
    }
    let parts = ShapefileParts(
      shapes: try part("shp") ?? [], attributes: try part("dbf"), codePage: try part("cpg"),
      projection: try part("prj"))
    return (parts, "\(source)/\(VisibleText.line(name))")
  }
}

extension FileKind {
  /// The kind of a file of these bytes, of a zip archive by what it holds.
  public init(lookingInto bytes: [UInt8]) {
    self = FileKind(bytes)
    guard self == .zip, let archive = try? ZipArchive(bytes, source: "") else { return }
    self = FileKind(archive: archive.entries.map(\.name), mediaType: archive.mediaType)
  }
}
