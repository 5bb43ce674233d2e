extension MapFigure {
  /// The legend as a table: each map's number of units in each class.
  public var classTable: ResultTable {
    let entries = fillLegend?.entries ?? []
    let counts = panels.enumerated().map { position, panel in
      ResultColumn(
        panels.count == 1 ? "units" : "units_\(position + 1)", panel.title ?? Phrase("Units", zh: "单元数"),
        .integer(entries.map { entry in panel.fills.count { $0 == entry.colour } }))
    }
    return ResultTable(
      name: "map_classes", title: fillLegend?.title ?? Phrase("Map", zh: "地图"),
      columns: [
        ResultColumn("class", Phrase("Class", zh: "分级"), .phrase(entries.map(\.label))),
        ResultColumn("colour", Phrase("Colour", zh: "颜色"), .text(entries.map { $0.colour })),
      ] + counts, notes: notes)
  }
}
