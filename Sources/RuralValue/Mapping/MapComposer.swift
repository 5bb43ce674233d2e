/// Composes maps: projects shapes, classes values, and words legends and notes.
public struct MapComposer: Sendable {
  let layer: PolygonLayer
  let ids: [String]
  let names: [String]
  let specification: MapSpecification
  let surroundings: PolygonLayer?

  /// A composer over polygons; `names` stand in tool tips, and `surroundings` are the polygons of a wider area in which an
  /// inset shows the map.
  public init(
    layer: PolygonLayer, ids: [String], names: [String], surroundings: PolygonLayer? = nil,
    _ specification: MapSpecification
  ) {
    self.layer = layer
    self.ids = ids
    self.names = names
    self.surroundings = surroundings
    self.specification = specification
  }

  /// The figure of one map a variable and period; of a single map where there are no variables.
  ///
  /// Circles are of one variable and stand on the map of the same period. Throws `MapError` where table and
  /// map have no unit in common or the map is not inside its surroundings, and `GeometryError` for a property that is not
  /// there.
  public func compose(
    _ variables: [MapVariable], circles: MapVariable? = nil, ellipses: [MapEllipse] = []
  ) throws -> MapFigure {
    let projection = MapProjection(specification.projection, for: layer)
    let plane = projection.project(x: layer.x, y: layer.y)
    let projected = PolygonLayer(
      source: layer.source, features: layer.features, rings: layer.rings, x: plane.x, y: plane.y)
    let panelCount = max(1, variables.reduce(0) { $0 + $1.sections.count }, circles?.sections.count ?? 0)
    // A unit's values, colours, words and marks on each panel, as values and as the text that is written.
    try MemoryLimit.require(
      bytes: 900 * Double(panelCount) * Double(ids.count) + 60 * Double(layer.x.count),
      for: "\(grouped(panelCount)) maps of \(grouped(ids.count)) units",
      remedy: "Show fewer years with \(Setting("periods"))")
    let panels = try panelData(variables, circles)
    let fills = try FillStyle(
      self, panels.map(\.values), isStudied: isStudied(variables, circles), title: legendTitle(variables))
    let circleClasses = CircleClasses(
      panels.compactMap(\.circles), circles == nil ? nil : specification.circleClasses)
    let groups = try specification.outlineProperty.map(texts(of:)) ?? layer.features.map { _ in "" }
    let titles = PanelTitles(
      panels.map { ($0.variable, $0.period) }, specification.variableLabels,
      areClasses: specification.fill == .hotCold || specification.fill == .lisa,
      span: specification.analysis?.span)
    let centres = try self.drawn(ellipses, projection)
    let drawn = panels.indices.map { position in
      MapFigure.Panel(
        title: titles[position], fills: fills.colours(panels[position].values),
        circles: panels[position].circles.map { $0.map { circleClasses?.entry(of: $0) } }
          ?? ids.map { _ in nil },
        values: tips(panels[position], fills, circleName: circles?.name),
        ellipses: Self.shown(centres, period: panels[position].period),
        marks: fills.marks(panels[position].values))
    }
    return MapFigure(
      title: specification.title.map(Phrase.init(verbatim:)),
      description: description(variables, circles, panels.count, fills),
      layer: projected, isInKilometres: projection != .plane, isGlobal: projection.isGlobal,
      anchors: projected.interiorPoints, names: names,
      labels: try labels(projected), locator: try locator(), outlines: projected.outlines(ofGroups: groups),
      graticule: specification.hasGraticule ? Graticule(layer, projection).lines : [],
      outlineName: specification.outlineProperty.flatMap { labelled($0) }, ellipses: centres,
      ellipseTitle: ellipseTitle(ellipses), panels: drawn,
      fillLegend: fills.legend(over: drawn.flatMap(\.fills).firstAppearances),
      circleLegend: circleClasses.map {
        MapFigure.Legend(title: label(of: circles?.name ?? "", withUnit: true), entries: $0.entries)
      },
      notes: notes(projection, fills, variables, titles, unmatched: unmatched(variables, circles)))
  }

  /// The values of one panel by unit, NaN where there is none.
  struct PanelData {
    let variable: String?
    let period: Int?
    let values: [Double]
    let circles: [Double]?
  }

  private func panelData(_ variables: [MapVariable], _ circles: MapVariable?) throws(MapError) -> [PanelData]
  {
    let place = ids.positions
    func spread(_ section: CrossSection?) -> [Double] {
      var values = [Double](repeating: .nan, count: ids.count)
      for (unit, value) in zip(section?.units ?? [], section?.values ?? []) {
        if let position = place[unit] { values[position] = value }
      }
      return values
    }
    for variable in variables + (circles.map { [$0] } ?? []) {
      let units = variable.sections.flatMap(\.units).firstAppearances
      guard !units.isEmpty else { throw .noValues(variable: variable.name) }
      guard units.contains(where: { place[$0] != nil }) else {
        throw .noUnitMatches(variable: variable.name, tableUnits: units, mapUnits: ids)
      }
    }
    let fills = variables.flatMap { variable in variable.sections.map { (variable.name, $0) } }
    if fills.isEmpty {
      let sections: [CrossSection?] = circles.map { $0.sections.map { $0 } } ?? [nil]
      return sections.map { section in
        PanelData(
          variable: nil, period: section?.period, values: spread(nil), circles: section.map { spread($0) })
      }
    }
    return fills.map { name, section in
      PanelData(
        variable: name, period: section.period, values: spread(section),
        circles: circles.map { circles in spread(circles.sections.first { $0.period == section.period }) })
    }
  }

  /// For each unit whether the table has it; all of them where there is no table.
  private func isStudied(_ variables: [MapVariable], _ circles: MapVariable?) -> [Bool] {
    let shown = variables + (circles.map { [$0] } ?? [])
    let known = Set(shown.flatMap(\.units))
    return ids.map { shown.isEmpty || known.contains($0) }
  }

  private func legendTitle(_ variables: [MapVariable]) -> Phrase {
    if case .regions(let property) = specification.fill {
      return labelled(property) ?? Phrase("Region", zh: "区域")
    }
    if case .warning = specification.fill {
      guard variables.count == 1 else { return Phrase("Warning", zh: "预警等级") }
      let name = label(of: variables[0].name)
      return Phrase("Warning: \(name.english)", zh: "预警等级：\(name.chinese)")
    }
    if specification.fill == .hotCold || specification.fill == .lisa { return classTitle(variables) }
    return variables.count == 1
      ? label(of: variables[0].name, withUnit: true) : Phrase("Value", zh: "取值")
  }

  /// The texts of a property, one a unit.
  func texts(of property: String) throws(GeometryError) -> [String?] {
    guard layer.propertyNames.contains(property) else {
      throw .noSuchProperty(name: property, source: layer.source, properties: layer.propertyNames)
    }
    return layer.features.map { $0.text(of: property) }
  }

  /// What a variable is called on the map.
  func label(of name: String, withUnit: Bool = false) -> Phrase {
    specification.variableLabels.phrase(of: name, withUnit: withUnit)
  }

  /// What a name is called; nil where it has no label.
  private func labelled(_ name: String) -> Phrase? {
    specification.variableLabels.names.contains(name) ? label(of: name) : nil
  }

  private func tips(_ panel: PanelData, _ fills: FillStyle, circleName: String?) -> [Phrase?] {
    let circleDecimals = min(
      4, MapClassification.decimals(telling: panel.circles?.filter { $0.isFinite } ?? []))
    let decimals = MapClassification.decimals(telling: panel.values.filter { $0.isFinite })
    return ids.indices.map { unit in
      var parts: [Phrase] = []
      if let variable = panel.variable,
        let text = fills.tip(panel.values[unit], unit: unit, decimals: min(decimals, 4))
      {
        let name = label(of: variable)
        parts.append(Phrase("\(name.english) \(text.english)", zh: "\(name.chinese) \(text.chinese)"))
      }
      if let value = panel.circles?[unit], !value.isNaN {
        let name = circleName.map { label(of: $0) } ?? Phrase(verbatim: "")
        let text = MapClassification.text(value, decimals: circleDecimals)
        parts.append(Phrase("\(name.english) \(text)", zh: "\(name.chinese) \(text)"))
      }
      return parts.isEmpty
        ? nil
        : Phrase(
          parts.map(\.english).joined(separator: "; "), zh: parts.map(\.chinese).joined(separator: "；"))
    }
  }

  private func unmatched(_ variables: [MapVariable], _ circles: MapVariable?) -> [String] {
    let known = Set(ids)
    return (variables + (circles.map { [$0] } ?? [])).flatMap { $0.sections.flatMap(\.units) }
      .filter { !known.contains($0) }.firstAppearances
  }
}

/// The classes of circles: zero draws none.
private struct CircleClasses {
  private let classification: MapClassification
  private let hasZero: Bool

  /// The classes of the circles of all maps; nil where there are none.
  init?(_ values: [[Double]], _ count: Int?) {
    guard let count else { return nil }
    let all = values.flatMap { $0 }
    hasZero = all.contains(0)
    classification = MapClassification(all.filter { $0 != 0 }, method: .natural, classes: count)
  }

  /// The entry of a value in the legend; nil where it has no circle.
  func entry(of value: Double) -> Int? {
    value == 0 ? nil : classification.classOf(value).map { $0 + (hasZero ? 1 : 0) }
  }

  var entries: [MapFigure.Legend.Entry] {
    (hasZero ? [.init(colour: "", label: Phrase("0: no circle", zh: "0：无圆"))] : [])
      + classification.labels.map { .init(colour: MapPalette.circle, label: Phrase(verbatim: $0)) }
  }
}
