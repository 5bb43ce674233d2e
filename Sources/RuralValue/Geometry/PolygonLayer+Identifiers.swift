extension PolygonLayer {
  /// The features' ids and where they come from.
  public struct Identifiers: Sendable, Equatable {
    /// One id a feature, all different.
    public let ids: [String]
    /// The property that holds them, or nil for the features' member `id`.
    public let property: String?
  }

  /// The features' ids: those of a property, or else the features' member `id`, or else the first
  /// property with different values whose name says that it is a code or a name.
  ///
  /// Throws `GeometryError` where an id is absent or stands twice; where several properties might have held
  /// the ids, with what keeps each of them from it.
  public func identifiers(property: String? = nil) throws(GeometryError) -> Identifiers {
    guard !features.isEmpty else { throw .empty(source: source) }
    if let property {
      guard propertyNames.contains(property) else {
        throw .noSuchProperty(name: property, source: source, properties: propertyNames)
      }
      return Identifiers(
        ids: try unique(features.map { $0.text(of: property) }, property), property: property)
    }
    if features.contains(where: { $0.id != nil }) {
      return Identifiers(ids: try unique(features.map(\.id), "id"), property: nil)
    }
    var faults: [GeometryError] = []
    for name in propertyNames where PolygonLayer.namesAnIdentifier(name) {
      do throws(GeometryError) {
        return Identifiers(ids: try unique(features.map { $0.text(of: name) }, name), property: name)
      } catch {
        faults.append(error)
      }
    }
    if faults.count == 1 { throw faults[0] }
    throw .noIdentifier(
      source: source, properties: propertyNames, nearly: faults.compactMap(\.whyNotAnIdentifier))
  }

  private func unique(_ texts: [String?], _ property: String) throws(GeometryError) -> [String] {
    var place: [String: Int] = [:]
    var ids: [String] = []
    for (feature, text) in texts.enumerated() {
      guard let text, !text.isEmpty else {
        throw .missingIdentifier(source: source, feature: feature, property: property)
      }
      if let first = place.updateValue(feature, forKey: text) {
        throw .duplicateIdentifier(text, source: source, property: property, first: first, second: feature)
      }
      ids.append(text)
    }
    return ids
  }

  private static func namesAnIdentifier(_ name: String) -> Bool {
    let name = name.lowercased()
    return name == "gb" || name == "pac"
      || ["code", "id", "fips", "name", "代码", "名称", "编码"].contains { name.contains($0) }
  }
}
