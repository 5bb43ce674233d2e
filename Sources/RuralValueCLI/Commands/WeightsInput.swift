import RuralValue
import RuralValueFormats

/// The option `--weights W` of commands that need weights.
struct WeightsInput: OptionGroup {
  static let options: [Option<WeightsInput>] = [
    Option(
      \.path, "weights", .weights, default: "",
      required: "a weights file (CSV, GAL, GWT) or polygons (GeoJSON)",
      "the weights: an edge list or square matrix (CSV), GAL, GWT, or polygons (GeoJSON), then queen contiguity"
    ),
    Option(
      \.identifier, "id", .property, "the property with the units' ids, where W is GeoJSON"),
  ]

  var path = ""
  var identifier: String?

  /// Reads the weights as they stand in the file.
  func read(_ inputs: InputReader) throws -> SpatialWeights {
    let reading = try WeightsInput.read(path, identifier: identifier, inputs)
    inputs.note(reading.notes)
    return reading.weights
  }

  /// Reads weights of any format, told by the name's ending and by the first byte.
  static func read(_ path: String, identifier: String?, _ inputs: InputReader) throws -> WeightsReading {
    let bytes = try inputs.bytes(of: path)
    let source = InputReader.name(of: path)
    let name = path.lowercased()
    if name.hasSuffix(".gal") { return try GALFile.read(bytes, source: source) }
    if name.hasSuffix(".gwt") { return try GWTFile.read(bytes, source: source) }
    guard PolygonInput.isMeant(path, bytes) else { return try WeightsReading(inputs.table(path)) }
    let polygons = try PolygonInput(path: path, identifier: identifier).read(inputs)
    let built = try WeightsBuilder(layer: polygons.layer, ids: polygons.ids).build(.queen)
    return WeightsReading(
      weights: built.weights,
      notes: [
        Phrase("\(source): weights are queen contiguity of its polygons.", zh: "\(source)：按多边形 Queen 邻接生成权重。")
      ] + polygons.layer.boundaryNotes(ids: polygons.ids, queen: built.weights))
  }

  /// Whether the first character that is not white space opens a JSON object, in UTF-8 or in UTF-16 with its
  /// mark.
  static func isJSON(_ bytes: [UInt8]) -> Bool {
    let mark: [UInt8]? = [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]].first { bytes.starts(with: $0) }
    let text = bytes[(mark?.count ?? 0)...]
    return text.first { $0 > 0x20 } == UInt8(ascii: "{")
  }
}
