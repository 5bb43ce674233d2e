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
    let selection = try selection(property: property, excluded: [], leavesOutOthers: false)
    return Identifiers(ids: selection.ids, property: selection.property)
  }

  /// Features that a call keeps.
  public struct Selection: Sendable, Equatable {
    /// Their positions in the layer, ascending.
    public let positions: [Int]
    /// Their ids, all different.
    public let ids: [String]
    /// The property that holds the ids, or nil for the features' member `id`.
    public let property: String?
    /// The positions of those that were left out because they have no area.
    public let withoutArea: [Int]
  }

  /// The features without those that are excluded and those that are no units of a map, and their ids as
  /// `identifiers` finds them.
  ///
  /// A feature is excluded by its id, by another code or name that only it has, or by its number: `#9`, in a
  /// layer of several files `b.json#9`. Lines, and points among polygons, have no area and no id that anybody needs: they are left out. A feature that
  /// has no geometry at all stays, for it is a unit of which the border is unknown.
  /// Throws `GeometryError` as `identifiers` does, where an excluded feature is not there, and where none with
  /// a polygon or a point is left.
  public func selection(
    property: String? = nil, excluded: [String], leavesOutOthers: Bool = true
  ) throws(GeometryError) -> Selection {
    guard !features.isEmpty else { throw .empty(source: source) }
    func choice(_ property: String?) throws(GeometryError) -> Selection {
      let texts = features.map { feature in property.map(feature.text(of:)) ?? feature.id }
      var out: Set<Int> = []
      for text in excluded { out.formUnion(try positions(of: text, ids: texts)) }
      let left = features.indices.filter { !out.contains($0) }
      let withoutArea = leavesOutOthers ? self.withoutArea(among: left) : []
      let kept = left.filter { !withoutArea.contains($0) }
      guard !kept.isEmpty else {
        throw .noGeometry(
          source: source,
          types: withoutArea.sorted().compactMap { features[$0].otherGeometry }.firstAppearances)
      }
      return Selection(
        positions: kept, ids: try unique(kept, texts, property ?? "id"), property: property,
        withoutArea: withoutArea.sorted())
    }
    if let property {
      guard propertyNames.contains(property) else {
        throw .noSuchProperty(name: property, source: source, properties: propertyNames)
      }
      return try choice(property)
    }
    let hasMember = features.contains { $0.id != nil }
    if hasMember, !idsOnlyCount { return try choice(nil) }
    var faults: [GeometryError] = []
    for name in propertyNames where PolygonLayer.namesAnIdentifier(name) {
      do throws(GeometryError) {
        return try choice(name)
      } catch {
        if error.whyNotAnIdentifier == nil { throw error }
        faults.append(error)
      }
    }
    if hasMember { return try choice(nil) }
    // What stands twice whatever its name is one unit twice.
    if let first = faults.first, faults.count == 1 || faults.allSatisfy(\.isDuplicate) { throw first }
    throw .noIdentifier(
      source: source, properties: propertyNames, nearly: faults.compactMap(\.whyNotAnIdentifier))
  }

  /// Whether the member `id` says no more than the features' order: `feature_0`, `feature_1`, …, as some
  /// writers of TopoJSON have it.
  private var idsOnlyCount: Bool {
    features.enumerated().allSatisfy { $1.id == "feature_\((($1.origin?.number).map { $0 - 1 }) ?? $0)" }
      && propertyNames.contains { PolygonLayer.namesAnIdentifier($0) }
  }

  /// The features that an excluded text means: by number, by id, or the one that has it as another code or name.
  private func positions(of text: String, ids: [String?]) throws(GeometryError) -> [Int] {
    if let numbered = position(ofNumber: text) { return [numbered] }
    let named = features.indices.filter { ids[$0] == text }
    if !named.isEmpty { return named }
    let others = features.indices.filter { position in
      features[position].properties.contains { $0.text == text && PolygonLayer.namesAnIdentifier($0.name) }
    }
    guard others.count == 1 else {
      throw .noSuchFeature(text, source: source, ids: ids.compactMap(\.self))
    }
    return others
  }

  /// The feature that a number such as `#9` or `b.json#9` means; nil where it means none.
  private func position(ofNumber text: String) -> Int? {
    guard let sign = text.lastIndex(of: "#"), let number = Int(text[text.index(after: sign)...]) else {
      return nil
    }
    let file = text[..<sign]
    let found = features.indices.filter {
      let origin = origin(of: $0)
      return origin.number == number && (file.isEmpty || origin.source == file)
    }
    return found.count == 1 ? found[0] : nil
  }

  /// Which features have neither an area nor, in a layer of points, a place.
  private func withoutArea(among positions: [Int]) -> Set<Int> {
    func isPoint(_ feature: Int) -> Bool {
      rings[features[feature].rings].first.map { $0.vertices.count == 1 } ?? false
    }
    let hasPolygons = positions.contains { !features[$0].rings.isEmpty && !isPoint($0) }
    return Set(positions.filter { features[$0].otherGeometry != nil || (hasPolygons && isPoint($0)) })
  }

  private func unique(
    _ kept: [Int], _ texts: [String?], _ property: String
  ) throws(GeometryError) -> [String] {
    var place: [String: Int] = [:]
    var ids: [String] = []
    for feature in kept {
      let origin = origin(of: feature)
      guard let text = texts[feature], !text.isEmpty else {
        throw .missingIdentifier(source: origin.source, feature: origin.number - 1, property: property)
      }
      if let first = place.updateValue(feature, forKey: text) {
        let other = self.origin(of: first)
        guard other.source == origin.source else {
          throw .identifierInTwoFiles(text, property: property, first: other, second: origin)
        }
        throw .duplicateIdentifier(
          text, source: origin.source, property: property, first: other.number - 1, second: origin.number - 1)
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

extension PolygonLayer {
  /// The features that a selection left out, each with its number and the type of its geometry.
  public func notes(on selection: Selection) -> [Phrase] {
    guard !selection.withoutArea.isEmpty else { return [] }
    let names = selection.withoutArea.map { position in
      let (feature, origin) = (features[position], origin(of: position))
      let id = selection.property.map(feature.text(of:)) ?? feature.id
      let place = origin.source == source ? "feature \(origin.number)" : origin.description
      return "\(place) (\([id, feature.otherGeometry ?? "Point"].compactMap(\.self).joined(separator: ", ")))"
    }
    return [
      Phrase(
        "\(source): left out, for without an area they are no units: \(listed(names, most: 10)).",
        zh: "\(source)：下列要素没有面积，不作为单元，已略去：\(listed(names, most: 10, in: .chinese))。")
    ]
  }
}
