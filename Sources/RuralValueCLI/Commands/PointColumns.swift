import RuralValue

/// Which columns of a point CSV hold ids, longitudes and latitudes.
struct PointColumns {
  let identifier: String?
  private let names: (x: String, y: String)?

  init(_ coordinates: [String], identifier: String?) {
    names = coordinates.count == 2 ? (coordinates[0], coordinates[1]) : nil
    self.identifier = identifier
  }

  /// The points of a table.
  func read(_ table: Table) throws -> (points: [PolygonLayer.Point], ids: [String]) {
    let idColumn = try identifier.map { try table.column(named: $0) } ?? 0
    let ids = table.texts(column: idColumn).map(CellText.trimmed)
    let x = try column(names?.x, among: Self.longitudes + ["x"], table)
    let y = try column(names?.y, among: Self.latitudes + ["y"], table)
    let idName = table.columnNames[idColumn]
    if let row = ids.firstIndex(of: "") {
      throw WeightsError.unreadable(
        source: table.source, line: table.lines[row],
        column: table.sourceColumn(row: row, column: idColumn), found: "", expected: "the id of the point")
    }
    try WeightsError.requireEachOnce(ids, lines: table.lines, source: table.source, column: idName)
    let (xs, ys) = (try table.numbers(column: x), try table.numbers(column: y))
    for row in 0..<table.rowCount where xs[row].isNaN || ys[row].isNaN {
      let place = xs[row].isNaN ? x : y
      throw WeightsError.unreadable(
        source: table.source, line: table.line(row: row, column: place),
        column: table.sourceColumn(row: row, column: place), found: table.text(row: row, column: place),
        expected: "the \(place == x ? "longitude" : "latitude") of \"\(ids[row])\"")
    }
    return (zip(xs, ys).map { PolygonLayer.Point(x: $0, y: $1) }, ids)
  }

  /// Whether a table has columns that go by the names of longitude and latitude.
  static func arePlain(in table: Table) -> Bool {
    let names = Set(table.columnNames.map { $0.lowercased() })
    return !names.isDisjoint(with: longitudes) && !names.isDisjoint(with: latitudes)
  }

  private static let longitudes = ["lon", "lng", "long", "longitude", "经度"]
  private static let latitudes = ["lat", "latitude", "纬度"]

  private func column(_ name: String?, among usual: [String], _ table: Table) throws -> Int {
    if let name { return try table.column(named: name) }
    for candidate in usual {
      if let position = table.columnNames.firstIndex(where: { $0.lowercased() == candidate }) {
        return position
      }
    }
    throw UsageError.conflict(
      "\(table.source) has no column named \(usual.joined(separator: ", ")); name longitude and latitude with"
        + " --coordinates X,Y. The columns are: \(table.columnNames.joined(separator: ", ")).")
  }
}

extension OptionKind where Value == [String] {
  /// The same for the columns of longitude and latitude.
  var asPair: OptionKind {
    called("X,Y").limited(to: { $0.isEmpty || $0.count == 2 }, expected: "two columns such as lon,lat")
  }
}
