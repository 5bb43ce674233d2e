import RuralValue

/// The files that make a shapefile, by their bytes.
public struct ShapefileParts: Sendable, Equatable {
  /// The shapes, `.shp`.
  public var shapes: [UInt8]
  /// The properties, `.dbf`; nil where there is no such file.
  public var attributes: [UInt8]?
  /// The encoding of the properties, `.cpg`.
  public var codePage: [UInt8]?
  /// The coordinate system, `.prj`.
  public var projection: [UInt8]?

  /// The parts of a shapefile; of the index, `.shx`, nothing is needed.
  public init(
    shapes: [UInt8], attributes: [UInt8]? = nil, codePage: [UInt8]? = nil, projection: [UInt8]? = nil
  ) {
    self.shapes = shapes
    self.attributes = attributes
    self.codePage = codePage
    self.projection = projection
  }

  /// A name of one of the files with another ending, as those beside it are called: `a/b.SHP` and `dbf` make `a/b.DBF`.
  public static func sibling(of name: String, ending: String) -> String {
    let known = [".shp", ".dbf"].contains { name.lowercased().hasSuffix($0) }
    let stem = known ? String(name.dropLast(4)) : name
    return "\(stem).\(known && name.last?.isUppercase == true ? ending.uppercased() : ending)"
  }
}

/// Reads shapefiles: polygons and points with their properties.
public enum ShapefileReader {
  /// The layer of a shapefile, whose geometries are to be judged when it is known which features are kept.
  ///
  /// Rings are told to be outlines or holes by what lies inside what. A feature whose record is marked as deleted is
  /// left out, and the others keep their numbers. Throws `ShapefileError`, which names the feature.
  public static func readAll(
    _ parts: ShapefileParts, source: String, encoding: TextEncoding? = nil
  ) throws(ShapefileError) -> PolygonReading {
    let shapes = try ShapeRecords(parts.shapes, source: source)
    let attributesName = ShapefileParts.sibling(of: source, ending: "dbf")
    guard let bytes = parts.attributes else {
      throw .noAttributes(source: source, expected: attributesName)
    }
    let document = try AttributeReader.read(
      bytes, codePage: parts.codePage, source: attributesName, encoding: encoding)
    guard document.recordCount == shapes.rings.count else {
      throw .differentCounts(
        source: source, features: shapes.rings.count, attributes: attributesName,
        records: document.recordCount)
    }
    let projection = parts.projection.flatMap { ProjectionText($0) }
    let layer = layer(shapes, document.table, projection?.reference ?? .undeclared)
    var notes = ShapefileNotes(source: source)
    notes.add(wrongLength: shapes.wrongLength, bytes: parts.shapes.count)
    func name(_ position: Int) -> String {
      let feature = layer.features.first { $0.origin?.number == position + 1 }
      let text = feature?.properties.first { $0.text != nil }?.text
      return text.map { "feature \(position + 1) (\($0))" } ?? "feature \(position + 1)"
    }
    notes.add(turned: shapes.turned)
    notes.add(
      reference: projection, isGeographic: layer.isGeographic,
      expected: ShapefileParts.sibling(of: source, ending: "prj"))
    var repairs = FeatureRepairs()
    repairs.closed = shapes.open.map { FeatureRepairs.Feature(number: $0 + 1, name: name($0)) }
    return PolygonReading(
      layer: layer, notes: document.notes + notes.notes, repairs: repairs,
      faults: shapes.short.map { feature, vertices in
        .init(
          number: feature + 1,
          error: .shortRing(vertices: vertices, source: source, feature: name(feature)))
      })
  }

  /// The features that have a record.
  private static func layer(
    _ shapes: ShapeRecords, _ table: Table, _ reference: CoordinateReference
  ) -> PolygonLayer {
    var features: [PolygonLayer.Feature] = []
    var rings: [PolygonLayer.Ring] = []
    features.reserveCapacity(table.rowCount)
    let isUnsound = Set(shapes.short.map(\.feature))
    for row in 0..<table.rowCount {
      let position = table.lines[row] - 1
      let first = rings.count
      for (vertices, isHole) in zip(shapes.rings[position], shapes.holes[position])
      where !isUnsound.contains(position) {
        rings.append(.init(vertices: vertices, feature: row, isHole: isHole))
      }
      let properties = table.columnNames.indices.map { column in
        PolygonLayer.Property(
          table.columnNames[column],
          table.isEmpty(row: row, column: column) ? nil : table.text(row: row, column: column))
      }
      features.append(
        .init(
          id: nil, properties: properties, rings: first..<rings.count,
          origin: .init(source: shapes.source, number: position + 1)))
    }
    return PolygonLayer(
      source: shapes.source, features: features, rings: rings, x: shapes.x, y: shapes.y,
      reference: reference)
  }
}
