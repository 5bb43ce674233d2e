import RuralValue
import RuralValueFormats

/// How polygons are read, where a command lets one say it.
struct PolygonOptions: OptionGroup {
  static let options: [Option<PolygonOptions>] = [
    Option(
      \.excluded, "exclude", .list,
      "ids of polygons to leave out, or numbers of features such as #9 (of several files b.json#9)"),
    Option(
      \.object, "object", .text.called("NAME"),
      "the object of a TopoJSON file (default: the only one)"),
    Option(
      \.isSwapped, "swap-coordinates", .flag, "latitude stands before longitude in the file"),
  ]

  /// The property with the ids; each command says in its own words what else may hold them.
  var identifier: String?
  var excluded: [String] = []
  var object: String?
  var isSwapped = false
}

/// Polygons from GeoJSON or TopoJSON files or from shapefiles, with their ids.
struct PolygonInput {
  let paths: [String]
  let options: PolygonOptions

  init(paths: [String], _ options: PolygonOptions) {
    self.paths = paths
    self.options = options
  }

  /// Whether a file is to be read as polygons: JSON, a shapefile, or one whose name says that it should be.
  static func isMeant(_ path: String, _ bytes: [UInt8]) -> Bool {
    let kind = FileKind(lookingInto: bytes)
    if kind == .shapes || kind == .zippedShapefile { return true }
    if kind.isOtherTable { return false }
    let name = path.lowercased()
    return WeightsInput.isJSON(bytes)
      || !isTable(bytes)
        && ["json", "jsonl", "json.gz", "json.zip", ".shp", ".kml", ".gml", ".gpkg"].contains {
          name.hasSuffix($0)
        }
  }

  /// Whether the first line plainly has cells, whatever the file is called.
  private static func isTable(_ bytes: [UInt8]) -> Bool {
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    guard let first = line.first, first > 0x20, !"<{[".utf8.contains(first), !line.contains(0) else {
      return false
    }
    return line.contains { ",;\t".utf8.contains($0) }
  }

  /// Reads the files as one layer, notes what is odd about it, and leaves out the units that are excluded and the
  /// features that are none.
  func read(_ inputs: InputReader) throws -> (layer: PolygonLayer, ids: [String]) {
    if let twice = paths.indices.first(where: { place in
      paths[..<place].contains { FileName.isSame($0, paths[place]) }
    }) {
      throw UsageError.conflict(
        "\(InputReader.name(of: paths[twice])) is given twice; expected each file once.")
    }
    let readings = try paths.map { try inputs.polygons($0, object: options.object) }
    var layer = try PolygonLayer.joined(readings.map(\.layer))
    let selection = try layer.selection(property: options.identifier, excluded: options.excluded)
    try judge(readings, selection, inputs)
    if let property = selection.property, options.identifier == nil {
      inputs.note([
        Phrase(
          "\(layer.source): ids are taken from the property \"\(property)\".",
          zh: "\(layer.source)：以属性“\(property)”作为单元标识。")
      ])
    }
    inputs.note(layer.notes(on: selection))
    if selection.positions.count < layer.features.count {
      let isKept = Set(selection.positions)
      layer = layer.keeping { isKept.contains($0) }
    }
    if options.isSwapped { layer = layer.swapped }
    inputs.note(layer.coordinateNotes + layer.geometryNotes(ids: selection.ids))
    return (layer, selection.ids)
  }

  /// Notes what reading the features had to decide that are kept, and throws what is wrong with their geometries.
  private func judge(
    _ readings: [PolygonReading], _ selection: PolygonLayer.Selection, _ inputs: InputReader
  ) throws {
    var first = 0
    for reading in readings {
      let count = reading.layer.features.count
      let kept = Set(selection.positions.filter { first..<first + count ~= $0 }.map { $0 - first + 1 })
      try reading.requireSound { kept.contains($0) }
      inputs.note(reading.notes { kept.contains($0) })
      first += count
    }
  }
}
