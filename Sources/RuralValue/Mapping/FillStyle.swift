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
  /// For each unit whether it was studied.
  private let isStudied: [Bool]
  /// The groups of a study area, in the order of the legend, and their words.
  private let groups: [(name: String, words: Phrase)]

  /// The style of a composer's specification over the values of all panels together.
  init(_ composer: MapComposer, _ panels: [[Double]], isStudied: [Bool], title: Phrase) throws {
    let all = panels.flatMap { $0 }
    self.title = title
    self.isStudied = isStudied
    var named: [(name: String, words: Phrase)] = []
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
      let groupOrder = groups.compactMap { $0 }.firstAppearances
      named = groupOrder.map { group in
        (group, composer.phrase(of: group, in: property, unit: groups.firstIndex(of: group) ?? 0))
      }
      let isKeyed = groupOrder.count <= 8
      let colours = RegionColours(composer.layer, groups, order: groupOrder, isKeyed: isKeyed).colourOfGroup
      kind = .regions(groups, colourOfGroup: colours, isKeyed: isKeyed)
    case .plain: kind = .plain
    }
    groups = named
  }

  /// The colours of one panel's units.
  func colours(_ values: [Double]) -> [String] {
    if case .regions(let groups, let colourOfGroup, _) = kind {
      return groups.map { $0.flatMap { colourOfGroup[$0] } ?? MapPalette.noData }
    }
    return zip(values, isStudied).map { value, isStudied in
      guard isStudied else { return MapPalette.notStudied }
      let colour: String? =
        switch kind {
        case .plain: Self.plainColour
        case .graded(let classes, let colours): classes.classOf(value).map { colours[$0] }
        case .warning: WarningCode(value)?.fill
        case .hotCold: value.isNaN ? nil : MapPalette.hotCold[Int(value) + 3]
        case .lisa: value.isNaN ? nil : MapPalette.lisa[Int(value)]
        case .regions: nil
        }
      return colour ?? MapPalette.noData
    }
  }

  private static let plainColour = "#f4f1ea"

  /// The marks of one panel's units; none where colours need none.
  func marks(_ values: [Double]) -> [MapFigure.Mark?] {
    guard case .warning = kind else { return [] }
    return values.map { WarningCode($0)?.mark }
  }

  /// What a tool tip says of a value.
  func tip(_ value: Double, unit: Int, decimals: Int) -> Phrase? {
    if !isStudied[unit] { return Phrase("not studied", zh: "未纳入研究") }
    if value.isNaN { return Phrase("no data", zh: "无数据") }
    if case .hotCold = kind { return FillStyle.hotColdLabels[Int(value) + 3] }
    if case .lisa = kind { return FillStyle.lisaLabels[Int(value)] }
    if case .warning = kind { return WarningCode(value)?.name }
    return Phrase(verbatim: MapClassification.text(value, decimals: decimals))
  }

  /// The legend over the colours that the maps have, or nil where they need none.
  func legend(over fills: [String]) -> MapFigure.Legend? {
    var missing: [MapFigure.Legend.Entry] = []
    if fills.contains(MapPalette.noData) {
      let isLisa = if case .lisa = kind { true } else { false }
      missing.append(
        .init(
          colour: MapPalette.noData,
          label: isLisa
            ? Phrase("No neighbour or no data", zh: "无邻居或无数据") : Phrase("No data", zh: "无数据")))
    }
    if fills.contains(MapPalette.notStudied) {
      missing.append(.init(colour: MapPalette.notStudied, label: Phrase("Not studied", zh: "未纳入研究")))
    }
    switch kind {
    case .graded(let classes, let colours):
      let entries = zip(colours, classes.labels).map {
        MapFigure.Legend.Entry(colour: $0, label: Phrase(verbatim: $1))
      }
      return MapFigure.Legend(title: title, entries: entries + missing)
    case .hotCold:
      let entries = zip(MapPalette.hotCold, FillStyle.hotColdLabels).reversed().map {
        MapFigure.Legend.Entry(colour: $0, label: $1)
      }
      return MapFigure.Legend(title: title, entries: entries + missing)
    case .lisa(let counts):
      return MapFigure.Legend(
        title: title,
        entries: [1, 2, 4, 3, 0].map { level in
          // Of more than four maps a legend has no room for the numbers.
          .init(
            colour: MapPalette.lisa[level], label: FillStyle.lisaLabels[level],
            tally: counts.count > 4 ? [] : counts.map { $0[level] })
        } + missing)
    case .warning(let counts):
      return MapFigure.Legend(
        title: title,
        entries: WarningCode.all.compactMap { code in
          let tally = counts.map { $0[code.number] }
          // Stale colours stand in the legend where there are some.
          guard !code.isStale || tally.contains(where: { $0 > 0 }) else { return nil }
          return .init(
            colour: code.fill, label: code.name, tally: counts.count > 4 ? [] : tally, mark: code.mark)
        } + missing)
    case .regions(_, let colourOfGroup, let isKeyed):
      guard isKeyed else { return nil }
      return MapFigure.Legend(
        title: title,
        entries: groups.map { .init(colour: colourOfGroup[$0.name] ?? MapPalette.noData, label: $0.words) })
    case .plain:
      guard !missing.isEmpty else { return nil }
      return MapFigure.Legend(
        title: Phrase("Units", zh: "单元"),
        entries: [.init(colour: Self.plainColour, label: Phrase("Studied", zh: "研究单元"))] + missing)
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
    let bounds =
      classes.hasOwnZero
      ? Phrase(", zero by itself", zh: "，零值单列")
      : classes.isWhole ? Phrase(verbatim: "") : Phrase("; upper bounds belong to their class", zh: "；各级含上限")
    return Phrase(
      "Classes: \(english)\(common.english)\(bounds.english).",
      zh: "分级：\(chinese)\(common.chinese)\(bounds.chinese)。")
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
