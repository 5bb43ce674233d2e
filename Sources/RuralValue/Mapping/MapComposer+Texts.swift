extension MapComposer {
  /// What stands below the maps.
  func notes(
    _ projection: MapProjection, _ fills: FillStyle, _ variables: [MapVariable], _ titles: PanelTitles,
    unmatched: [String]
  ) -> [Phrase] {
    var notes: [Phrase] = []
    if specification.isSimulated {
      notes.append(ResultDocument.simulatedMark)
    }
    notes += classNotes(variables, titles)
    if let note = fills.note(panelCount: titles.count) { notes.append(note) }
    notes.append(Phrase("Projection: \(projection.name.english).", zh: "投影：\(projection.name.chinese)。"))
    if let source = specification.source {
      notes.append(Phrase("Source: \(source).", zh: "数据来源：\(source)。"))
    } else if let source = member("map_source") {
      notes.append(
        Phrase("Boundaries: \(source).", zh: "底图来源：\(member("map_source_zh") ?? source)。"))
    }
    if let approval = specification.approval {
      notes.append(Phrase("Map approval number: \(approval).", zh: "审图号：\(approval)。"))
    }
    if !unmatched.isEmpty {
      notes.append(
        Phrase(
          "Not on the map: \(listed(unmatched, most: 10)).",
          zh: "地图中缺少：\(listed(unmatched, most: 10, in: .chinese))。"))
    }
    return notes
  }

  /// A text that belongs to the whole map.
  private func member(_ name: String) -> String? { layer.members.first { $0.name == name }?.text }

  /// What a screen reader says instead of showing the maps.
  func description(
    _ variables: [MapVariable], _ circles: MapVariable?, _ panelCount: Int, _ fills: FillStyle
  ) -> Phrase {
    let what = variables.map { label(of: $0.name).english }.joined(separator: ", ")
    let periods =
      variables.first?.sections.compactMap(\.period).map(String.init).joined(separator: ", ") ?? ""
    let english =
      "\(panelCount) map\(panelCount == 1 ? "" : "s") of \(ids.count) units"
      + (what.isEmpty ? "" : "; colour: \(what)") + (periods.isEmpty ? "" : "; periods: \(periods)")
      + (circles.map { "; circles: \(label(of: $0.name).english)" } ?? "") + "."
    let chinese =
      "\(panelCount) 幅地图，\(ids.count) 个单元" + (what.isEmpty ? "" : "；颜色：\(what)")
      + (periods.isEmpty ? "" : "；时期：\(periods)")
      + (circles.map { "；圆点：\(label(of: $0.name).chinese)" } ?? "") + "。"
    return Phrase(english, zh: chinese)
  }

  /// A text of a property in both languages: its label, else what the properties of the same name that end in _en and _zh
  /// hold of the unit.
  func phrase(of text: String, in property: String, unit: Int) -> Phrase {
    guard !specification.variableLabels.names.contains(text) else { return label(of: text) }
    let feature = layer.features[unit]
    return Phrase(feature.text(of: "\(property)_en") ?? text, zh: feature.text(of: "\(property)_zh") ?? text)
  }

  /// The names to be written on the map: one a group of units with the same text, on its largest unit's side
  /// of the middle.
  func labels(_ projected: PolygonLayer) throws(GeometryError) -> [MapFigure.Label] {
    guard let property = specification.labelProperty else { return [] }
    let texts = try texts(of: property)
    var order: [String] = []
    var members: [String: [Int]] = [:]
    for (unit, text) in texts.enumerated() {
      guard let text, !text.isEmpty else { continue }
      if members[text] == nil { order.append(text) }
      members[text, default: []].append(unit)
    }
    let isGrouped = order.count < texts.count / 2
    return order.compactMap { text in
      let units = members[text] ?? []
      // The groups' members as one polygon: its centroid, or a point inside it.
      let merged = PolygonLayer(
        source: "",
        features: [
          .init(
            id: nil, properties: [], rings: 0..<units.reduce(0) { $0 + projected.features[$1].rings.count })
        ],
        rings: units.flatMap { projected.rings[projected.features[$0].rings] }.map {
          .init(vertices: $0.vertices, feature: 0, isHole: $0.isHole)
        }, x: projected.x, y: projected.y)
      return merged.interiorPoints[0].map {
        .init(
          text: phrase(of: text, in: property, unit: units[0]), point: $0, units: units, isStrong: isGrouped)
      }
    }
  }
}

/// The captions of maps side by side: a letter, and what tells them apart.
struct PanelTitles {
  private let titles: [Phrase?]
  /// The number of maps.
  var count: Int { titles.count }

  /// Captions of maps, of classes also where there is one alone; `span` is what their periods stand for, the last of two.
  init(
    _ panels: [(variable: String?, period: Int?)], _ labels: VariableLabels, areClasses: Bool = false,
    span: ClassAnalysis.Span? = nil
  ) {
    func phrase(_ period: Int) -> Phrase { span?.phrase ?? Phrase(verbatim: String(period)) }
    func joined(_ parts: [Phrase?], _ mark: String = "") -> Phrase? {
      let parts = parts.compactMap(\.self)
      guard !parts.isEmpty else { return mark.isEmpty ? nil : Phrase(verbatim: mark) }
      return Phrase(
        mark + parts.map(\.english).joined(separator: ", "),
        zh: mark + parts.map(\.chinese).joined(separator: "，"))
    }
    guard panels.count > 1 else {
      titles = panels.map { panel in
        joined([areClasses ? panel.variable.map { labels.phrase(of: $0) } : nil, panel.period.map(phrase)])
      }
      return
    }
    let hasVariables = Set(panels.map(\.variable)).count > 1
    let hasPeriods = Set(panels.map(\.period)).count > 1
    titles = panels.enumerated().map { position, panel in
      let variable = hasVariables ? panel.variable.map { labels.phrase(of: $0) } : nil
      let period = hasPeriods || !hasVariables ? panel.period.map(phrase) : nil
      return joined([variable, period], "\(Self.letter(position)) ")
    }
  }

  /// The letter of a map among several: `(a)`.
  static func letter(_ position: Int) -> String {
    "(\(Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(position % 26)))))"
  }

  subscript(_ position: Int) -> Phrase? { titles[position] }
}
