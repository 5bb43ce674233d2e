import RuralValue
import RuralValueFormats

/// Where units lie, for errors that go by distance and for centres: `--coordinates X,Y` of the panel, or `--places FILE`.
struct PlacesInput: OptionGroup {
  static let options: [Option<PlacesInput>] = [
    Option(
      \.coordinates, "coordinates", .properties.asPair,
      "the columns of longitude and latitude, of the panel or of a point CSV in --places (there found by name)"
    ),
    Option(
      \.path, "places", .file,
      "where the units lie: points with ids (CSV), or polygons (GeoJSON), then their centroids"),
  ]

  var coordinates: [String] = []
  var path: String?

  /// Whether the call says anything about places.
  var isGiven: Bool { path != nil || !coordinates.isEmpty }
  /// The columns of the panel that hold them.
  var panelColumns: [String] { path == nil ? coordinates : [] }

  /// Throws `UsageError` for errors that go by distance without places, and places without such errors.
  func check(errors: String?, goByDistance: Bool) throws(UsageError) {
    if goByDistance {
      guard isGiven else {
        throw .conflict(
          "--se \(errors ?? "") needs to know where the units lie; expected --coordinates X,Y with the panel's columns of"
            + " longitude and latitude, or --places FILE with points or polygons.")
      }
    } else if isGiven {
      throw .conflict(
        "--\(path == nil ? "coordinates" : "places") is for errors that go by distance; expected --se conley:KM"
          + " beside it.")
    }
  }

  /// The places of the panel's columns or of the file, and notes what reading them had to decide; nil where the call
  /// names neither.
  /// With `isPlane` coordinates are those of a plane as they are.
  func read(
    _ panel: Panel, polygons: PolygonOptions, isPlane: Bool = false, _ inputs: InputReader
  ) throws -> UnitPlaces? {
    guard let path else {
      guard coordinates.count == 2 else { return nil }
      return try UnitPlaces(
        panel, longitude: coordinates[0], latitude: coordinates[1], isPlane: isPlane)
    }
    let places = try read(path, polygons, isPlane, inputs)
    inputs.note(places.notes)
    return places
  }

  private func read(
    _ path: String, _ polygons: PolygonOptions, _ isPlane: Bool, _ inputs: InputReader
  ) throws -> UnitPlaces {
    if PolygonInput.isMeant(path, try inputs.bytes(of: path)) {
      guard coordinates.isEmpty else {
        throw UsageError.conflict(
          "--coordinates names columns of a table; \(InputReader.name(of: path)) holds polygons, whose centroids are"
            + " taken. Leave it out.")
      }
      let (layer, ids) = try PolygonInput(paths: [path], polygons).read(inputs)
      return try UnitPlaces(layer, ids: ids, isPlane: isPlane)
    }
    let table = try inputs.table(path)
    // The property of polygons that are the weights need not be a column here.
    let identifier = polygons.identifier.flatMap { table.columnNames.contains($0) ? $0 : nil }
    let (points, ids) = try PointColumns(coordinates, identifier: identifier).read(table)
    let layer = PolygonLayer(source: table.source, places: points)
    return try UnitPlaces(polygons.isSwapped ? layer.swapped : layer, ids: ids, isPlane: isPlane)
  }
}
