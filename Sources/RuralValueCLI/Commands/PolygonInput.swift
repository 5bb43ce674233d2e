import RuralValue
import RuralValueFormats

/// Polygons from a GeoJSON file, with their ids.
struct PolygonInput {
  let path: String
  let identifier: String?
  var excluded: [String] = []

  /// Reads the file, notes what is odd about it, and leaves out the units that are excluded.
  func read(_ inputs: InputReader) throws -> (layer: PolygonLayer, ids: [String]) {
    let source = InputReader.name(of: path)
    let reading = try GeoJSONReader.read(try inputs.bytes(of: path), source: source)
    inputs.note(reading.notes)
    let found = try reading.layer.identifiers(property: identifier)
    if let property = found.property, identifier == nil {
      inputs.note([
        Phrase(
          "\(source): ids are taken from the property \"\(property)\".",
          zh: "\(source)：以属性“\(property)”作为单元标识。")
      ])
    }
    inputs.note(reading.layer.geometryNotes(ids: found.ids))
    guard !excluded.isEmpty else { return (reading.layer, found.ids) }
    for id in excluded where !found.ids.contains(id) {
      throw UsageError.conflict(
        "--exclude names \"\(id)\", which is not on the map.\(NearestName.question(for: id, among: found.ids))"
      )
    }
    let kept = found.ids.indices.filter { !excluded.contains(found.ids[$0]) }
    let isKept = Set(kept)
    return (reading.layer.keeping { isKept.contains($0) }, kept.map { found.ids[$0] })
  }
}
