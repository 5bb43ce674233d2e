import RuralValue
import RuralValueFormats

/// `ruralvalue weights`: spatial weights from polygons, points or a file.
struct WeightsCommand: Command {
  static let definition = CommandDefinition(
    name: "weights",
    summary: "spatial weights from polygons, points or another weights file, and their summary",
    usage: "FILE [--rule RULE] [--out W.csv|W.gal|W.gwt] [options]",
    examples: [
      .init(
        purpose: "queen contiguity of county polygons, as a list of links",
        call: "ruralvalue weights counties.geojson --rule queen --out queen.csv"),
      .init(
        purpose: "the four nearest neighbours by great-circle distance, row-standardised",
        call: "ruralvalue weights counties.geojson --rule knn:4 --standardise row --out knn4.gwt"),
      .init(
        purpose: "contiguity times economic proximity, from a panel's column",
        call:
          "ruralvalue weights counties.geojson --rule 'queen*economic:gdp' --values panel.csv --out w.csv"
      ),
      .init(purpose: "what a weights file holds", call: "ruralvalue weights queen.gal --json"),
    ],
    remarks: [
      """
      Queen: a shared vertex is enough; rook: a shared edge. Coordinates are compared exactly, as spdep and PySAL \
      do; --tolerance heals hairline gaps and names the links it adds. Distances are great-circle kilometres \
      (mean radius 6371.0088 km) between centroids or points where coordinates are longitudes and latitudes, \
      else planar.
      """,
      """
      A link from,to is the weight in the row of from and the column of to: to is a neighbour of from. A CSV list \
      that has each pair once is taken as undirected; one with a pair in both directions is taken as it stands; \
      a note says which, and --links decides. Units without neighbours stay in the file as a row of the unit to \
      itself with weight 0.
      """,
      """
      A square matrix has its ids above and beside the numbers (in any order, with or without a name in the corner, \
      perhaps with a column of names), beside columns numbered v1, v2, …, or above alone. One without any ids is \
      read by verbs that have data, in the order of these and with a note; else weights are matched by id.
      """,
    ], writesOneFile: true)

  static let options: [Option<WeightsCommand>] =
    builtOptions + WeightsReadingOptions.options.lifted(\.reading)

  private static let builtOptions: [Option<WeightsCommand>] = [
    Option(
      \.ruleText, "rule", .rule,
      "queen, rook, knn:K, distance:KM, inverse-distance:POWER[,KM], economic:COL, file, or several joined by *"
        + " (default: queen for polygons, else file)"),
    Option(
      \.outputPath, "out",
      .output.limited(
        to: { path in
          path == "-" || ["csv", "gal", "gwt"].contains { path.lowercased().hasSuffix("." + $0) }
        }, expected: "a file name that ends in .csv, .gal or .gwt"),
      "write the weights: .csv (from,to,weight), .gal or .gwt; - is standard output"),
    Option(
      \.layout, "layout", .choice, default: .list, "how .csv holds them: links {default} or a square matrix"),
    Option(
      \.standardisation, "standardise", .choice, default: .none, "scale the weights"),
    Option(
      \.identifier, "id", .property,
      "the property or column with the units' ids (default: found)"),
    Option(\.excluded, "exclude", .list, "ids of polygons to leave out"),
    Option(
      \.tolerance, "tolerance",
      .number.called("D").limited(to: { $0 >= 0 }, expected: "a number not below zero"), default: 0,
      "also link polygons whose boundaries run within D of each other, in units of the coordinates"),
    Option(
      \.metric, "metric", .choice,
      "how distances are measured (default: great-circle where coordinates can be longitudes and latitudes)"
    ),
    Option(
      \.coordinates, "coordinates",
      .columns.called("X,Y").limited(
        to: { $0.isEmpty || $0.count == 2 }, expected: "two columns such as lon,lat"),
      "the columns of longitude and latitude of a point CSV (default: found)"),
    Option(
      \.valuesPath, "values", .file.called("TABLE.csv"),
      "the table with the column of economic:COL (default: the file itself)"),
    Option(\.unitColumn, "unit", .column, "the column of ids in --values (default: found)"),
    Option(
      \.timeColumn, "time", .timeColumn, "the column of years in --values (default: found), or none"),
  ]

  /// How a CSV file holds weights.
  enum Layout: String, CaseIterable {
    case list, matrix
  }

  /// How distances are measured.
  enum Metric: String, CaseIterable {
    case greatCircle = "great-circle"
    case planar
  }

  var call = CallFrame()
  var ruleText: String?
  var outputPath: String?
  var layout = Layout.list
  var standardisation = WeightsStandardisation.none
  var identifier: String?
  var excluded: [String] = []
  var tolerance = 0.0
  var metric: Metric?
  var coordinates: [String] = []
  var reading = WeightsReadingOptions()
  var valuesPath: String?
  var unitColumn: String?
  var timeColumn: String?

  private var path: String { call.inputs[0] }
  private var rule: WeightsRule? { ruleText.flatMap { WeightsRule($0) } }
  private var isGeographic: Bool? { metric.map { $0 == .greatCircle } }
  private var points: PointColumns { PointColumns(coordinates, identifier: identifier) }

  func check() throws { try reading.requireUse(by: call.inputs) }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let built = try build(inputs)
    ruleText = built.rule
    let links =
      reading.links == .undirected
      ? try built.weights.mirrored(source: InputReader.name(of: path)) : built.weights
    let weights = links.standardised(standardisation)
    let report = WeightsReport(weights)
    return CommandAnswer(
      document: ResultDocument(
        command: "weights", sample: nil,
        parts: [
          .init(report.summaryTable, jsonKey: nil), .init(report.countTable, jsonKey: "neighbour_counts"),
        ], values: report.members(healed: built.healed.map { ($0.0, $0.1) }),
        notes: inputs.notes + built.notes + report.notes),
      product: try outputPath.map { .init(bytes: try bytes(of: weights, path: $0), path: $0) })
  }

  private func bytes(of weights: SpatialWeights, path: String) throws -> [UInt8] {
    let name = path.lowercased()
    try weights.requireMemoryOfText(
      isMatrix: layout == .matrix && !name.hasSuffix(".gal") && !name.hasSuffix(".gwt"))
    if !name.hasSuffix(".csv"), path != "-", let id = weights.units.first(where: { $0.contains(" ") }) {
      throw UsageError.conflict(
        "The id \"\(id)\" has a space, which separates ids in GAL and GWT files; expected --out with .csv.")
    }
    if name.hasSuffix(".gal") {
      guard weights.links.allSatisfy({ $0.weight == 1 }) else {
        throw UsageError.conflict(
          "GAL files hold no weights other than one; expected --out with .csv or .gwt.")
      }
      return GALFile.bytes(of: weights)
    }
    if name.hasSuffix(".gwt") { return GWTFile.bytes(of: weights) }
    return CSVWriter.bytes(
      of: layout == .matrix ? weights.matrixTable : weights.edgeListTable,
      isSpreadsheetSafe: call.delivery.isSpreadsheetSafe)
  }

  private struct Built {
    let weights: SpatialWeights
    let rule: String
    var healed: [(String, String)] = []
    var notes: [Phrase] = []
  }

  private mutating func build(_ inputs: InputReader) throws -> Built {
    let bytes = try inputs.bytes(of: path)
    if WeightsInput.isJSON(bytes), ruleText != "file" { return try buildFromPolygons(inputs) }
    guard let rule else {
      let reading = try WeightsInput(path: path, identifier: identifier, reading: reading).found(inputs)
      return Built(weights: reading.weights, rule: "file", notes: reading.notes)
    }
    guard !rule.needsPolygons else {
      throw UsageError.conflict(
        "--rule \(ruleText ?? "") needs polygons; \(InputReader.name(of: path)) is not GeoJSON.")
    }
    let table = try inputs.table(path)
    let places = try points.read(table)
    let values = try columnValues(rule, units: places.ids, own: table, inputs)
    let built = try WeightsBuilder(
      points: places.points, ids: places.ids, values: values, isGeographic: isGeographic
    ).build(rule)
    return Built(weights: built.weights, rule: ruleText ?? "")
  }

  private mutating func buildFromPolygons(_ inputs: InputReader) throws -> Built {
    let rule = rule ?? .queen
    let polygons = try PolygonInput(path: path, identifier: identifier, excluded: excluded).read(inputs)
    let values = try columnValues(rule, units: polygons.ids, layer: polygons.layer, inputs)
    let built = try WeightsBuilder(
      layer: polygons.layer, ids: polygons.ids, values: values, tolerance: tolerance,
      isGeographic: isGeographic
    ).build(rule)
    let healed = built.healed.map { (polygons.ids[$0.0], polygons.ids[$0.1]) }
    return Built(
      weights: built.weights, rule: ruleText ?? "queen", healed: healed,
      notes: tolerance > 0 ? [WeightsReport.healingNote(healed, tolerance)] : [])
  }

  /// The values of the rule's columns, the mean over periods, in the order of units.
  private mutating func columnValues(
    _ rule: WeightsRule, units: [String], own table: Table? = nil, layer: PolygonLayer? = nil,
    _ inputs: InputReader
  ) throws -> [String: [Double]] {
    var values: [String: [Double]] = [:]
    for column in rule.columns {
      if valuesPath == nil, let layer {
        values[column] = try layer.numbers(of: column, ids: units)
        continue
      }
      let source = try valuesPath.map { try inputs.table($0) } ?? table
      guard let source else { continue }
      let spatial = try SpatialTable(
        source, unitColumn: unitColumn ?? (valuesPath == nil ? points.identifier : nil),
        timeColumn: timeColumn,
        variables: [column])
      inputs.note(spatial.panel.keyNotes)
      unitColumn = spatial.panel.unitColumn
      timeColumn = spatial.hasPeriods ? spatial.panel.timeColumn : nil
      values[column] = try spatial.panel.means(of: column, units: units)
    }
    return values
  }
}

extension OptionKind where Value == String {
  /// A rule of weights, or `file`.
  fileprivate static let rule: OptionKind = {
    var rule = OptionKind.text.called("RULE").limited(
      to: { $0 == "file" || WeightsRule($0) != nil },
      expected:
        "queen, rook, knn:K, distance:KM, inverse-distance:POWER[,KM], economic:COL, file, or several"
        + " joined by *")
    rule.mentions = { (WeightsRule($0)?.columns ?? []).map(OptionMention.column) }
    return rule
  }()
}
