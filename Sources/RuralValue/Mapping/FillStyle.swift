/// How the values of a map become colours, and what the legend says.
struct FillStyle {
  private enum Kind {
    case graded(MapClassification, [String])
    case hotCold
    case lisa(counts: [[Int]])
    case warning(counts: [[Int]])
    case regions([String?], colourOfGroup: [String: String], isKeyed: Bool)
    case plain
  }

  private let kind: Kind
  private let title: Phrase
  private let groupOrder: [String]
  private let labels: VariableLabels

  /// The style of a composer's specification over the values of all panels together.
  init(_ composer: MapComposer, _ panels: [[Double]], title: Phrase) throws {
    let all = panels.flatMap { $0 }
    self.title = title
    labels = composer.specification.variableLabels
    var groupOrder: [String] = []
    switch composer.specification.fill {
    case .graded(let method, let classes, let palette):
      let classification = MapClassification(all, method: method, classes: classes)
      kind = .graded(classification, palette.colours(classification.count))
    case .breaks(let breaks, let palette):
      let classification = MapClassification(all, breaks: breaks)
      kind = .graded(classification, palette.colours(classification.count))
    case .hotCold:
      for panel in panels {
        for (unit, value) in panel.enumerated() where !value.isNaN {
          guard value == value.rounded(), abs(value) <= 3 else {
            throw MapError.notAHotSpotClass(variable: "class", unit: composer.ids[unit], value: value)
          }
        }
      }
      kind = .hotCold
    case .lisa:
      for panel in panels {
        for (unit, value) in panel.enumerated() where !value.isNaN {
          guard value == value.rounded(), 0...4 ~= value else {
            throw MapError.notALISAClass(variable: "class", unit: composer.ids[unit], value: value)
          }
        }
      }
      kind = .lisa(
        counts: panels.map { panel in (0...4).map { level in panel.count { $0 == Double(level) } } })
    case .warning:
      kind = .warning(
        counts: panels.map { panel in
          WarningCode.all.map { code in panel.count { $0 == Double(code.number) } }
        })
    case .regions(let property):
      let groups = try composer.texts(of: property)
      groupOrder = groups.compactMap { $0 }.firstAppearances
      let isKeyed = groupOrder.count <= 8
      let colours = RegionColours(composer.layer, groups, order: groupOrder, isKeyed: isKeyed).colourOfGroup
      kind = .regions(groups, colourOfGroup: colours, isKeyed: isKeyed)
    case .plain: kind = .plain
    }
    self.groupOrder = groupOrder
  }

  /// The colours of one panel's units.
  func colours(_ values: [Double]) -> [String] {
    switch kind {
    case .graded(let classes, let colours):
      values.map { classes.classOf($0).map { colours[$0] } ?? MapPalette.noData }
    case .hotCold: values.map { $0.isNaN ? MapPalette.noData : MapPalette.hotCold[Int($0) + 3] }
    case .lisa: values.map { $0.isNaN ? MapPalette.noData : MapPalette.lisa[Int($0)] }
    case .warning: values.map { WarningCode($0)?.fill ?? MapPalette.noData }
    case .regions(let groups, let colourOfGroup, _):
      groups.map { $0.flatMap { colourOfGroup[$0] } ?? MapPalette.noData }
    case .plain: values.map { _ in "#f4f1ea" }
    }
  }

  /// The marks of one panel's units; none where colours need none.
  func marks(_ values: [Double]) -> [MapFigure.Mark?] {
    guard case .warning = kind else { return [] }
    return values.map { WarningCode($0)?.mark }
  }

  /// What a tool tip says of a value.
  func tip(_ value: Double, decimals: Int) -> Phrase? {
    if value.isNaN { return Phrase("no data", zh: "无数据") }
    if case .hotCold = kind { return FillStyle.hotColdLabels[Int(value) + 3] }
    if case .lisa = kind { return FillStyle.lisaLabels[Int(value)] }
    if case .warning = kind { return WarningCode(value)?.name }
    return Phrase(verbatim: MapClassification.text(value, decimals: decimals))
  }

  /// The legend, or nil where colours need none.
  func legend(showsNoData: Bool) -> MapFigure.Legend? {
    let noData = MapFigure.Legend.Entry(colour: MapPalette.noData, label: Phrase("No data", zh: "无数据"))
    switch kind {
    case .graded(let classes, let colours):
      let entries = zip(colours, classes.labels).map {
        MapFigure.Legend.Entry(colour: $0, label: Phrase(verbatim: $1))
      }
      return MapFigure.Legend(title: title, entries: entries + (showsNoData ? [noData] : []))
    case .hotCold:
      let entries = zip(MapPalette.hotCold, FillStyle.hotColdLabels).reversed().map {
        MapFigure.Legend.Entry(colour: $0, label: $1)
      }
      return MapFigure.Legend(
        title: Phrase("Getis–Ord Gi*", zh: "冷热点（Gi*）"), entries: entries + (showsNoData ? [noData] : []))
    case .lisa(let counts):
      let noNeighbour = MapFigure.Legend.Entry(
        colour: MapPalette.noData, label: Phrase("No neighbour or no data", zh: "无邻居或无数据"))
      return MapFigure.Legend(
        title: Phrase("Local Moran's I (LISA)", zh: "局部莫兰指数（LISA）"),
        entries: [1, 2, 4, 3, 0].map { level in
          // Of more than four maps a legend has no room for the numbers.
          .init(
            colour: MapPalette.lisa[level], label: FillStyle.lisaLabels[level],
            tally: counts.count > 4 ? [] : counts.map { $0[level] })
        } + (showsNoData ? [noNeighbour] : []))
    case .warning(let counts):
      return MapFigure.Legend(
        title: title,
        entries: WarningCode.all.compactMap { code in
          let tally = counts.map { $0[code.number] }
          // Stale colours stand in the legend where there are some.
          guard !code.isStale || tally.contains(where: { $0 > 0 }) else { return nil }
          return .init(
            colour: code.fill, label: code.name, tally: counts.count > 4 ? [] : tally, mark: code.mark)
        } + (showsNoData ? [noData] : []))
    case .regions(_, let colourOfGroup, let isKeyed):
      guard isKeyed else { return nil }
      return MapFigure.Legend(
        title: title,
        entries: groupOrder.map {
          .init(colour: colourOfGroup[$0] ?? MapPalette.noData, label: labels.phrase(of: $0))
        })
    case .plain: return nil
    }
  }

  /// How the classes came about, for the notes below the map.
  func note(panelCount: Int) -> Phrase? {
    guard case .graded(let classes, _) = kind else { return nil }
    let common =
      panelCount > 1 ? Phrase(", common to all maps", zh: "，各图分级一致") : Phrase("", zh: "")
    let (english, chinese) =
      switch classes.method {
      case .natural: ("natural breaks (Fisher–Jenks)", "自然断点法（Fisher–Jenks）")
      case .quantile: ("quantiles", "分位数")
      case .equal: ("equal intervals", "等间距")
      case nil: ("given breaks", "给定断点")
      }
    return Phrase("Classes: \(english)\(common.english).", zh: "分级：\(chinese)\(common.chinese)。")
  }

  private static let lisaLabels = [
    Phrase("Not significant", zh: "不显著"), Phrase("High–high", zh: "高–高集聚"), Phrase("Low–low", zh: "低–低集聚"),
    Phrase("Low–high", zh: "低–高集聚"), Phrase("High–low", zh: "高–低集聚"),
  ]

  private static let hotColdLabels = [
    Phrase("Cold spot, 99 %", zh: "冷点（置信度99%）"), Phrase("Cold spot, 95 %", zh: "冷点（置信度95%）"),
    Phrase("Cold spot, 90 %", zh: "冷点（置信度90%）"), Phrase("Not significant", zh: "不显著"),
    Phrase("Hot spot, 90 %", zh: "热点（置信度90%）"), Phrase("Hot spot, 95 %", zh: "热点（置信度95%）"),
    Phrase("Hot spot, 99 %", zh: "热点（置信度99%）"),
  ]
}

/// Colours for groups of units: one each where a legend names them, else few, and different for neighbours.
private struct RegionColours {
  let colourOfGroup: [String: String]

  init(_ layer: PolygonLayer, _ groups: [String?], order: [String], isKeyed: Bool) {
    var colours: [String: String] = [:]
    if isKeyed {
      for (position, group) in order.enumerated() { colours[group] = MapPalette.regions[position] }
    } else {
      var neighbours: [String: Set<String>] = [:]
      for (a, b) in Contiguity.queen.pairs(in: layer) {
        guard let first = groups[a], let second = groups[b], first != second else { continue }
        neighbours[first, default: []].insert(second)
        neighbours[second, default: []].insert(first)
      }
      for group in order {
        let taken = Set((neighbours[group] ?? []).compactMap { colours[$0] })
        colours[group] = MapPalette.regions.first { !taken.contains($0) } ?? MapPalette.regions[0]
      }
    }
    colourOfGroup = colours
  }
}
