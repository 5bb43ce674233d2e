import RuralValue
import RuralValueFormats

/// `ruralvalue weights`: spatial weights from polygons, points or a file.
struct WeightsCommand: Command {
  static let definition = CommandDefinition(
    name: "weights",
    summary: "spatial weights from polygons, points or another weights file, and their summary",
    usage: "FILE… [--rule RULE] [--out W.csv|W.gal|W.gwt] [options]",
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
      .init(
        purpose: "county files that come one a prefecture, whose common borders differ in the sixth decimal",
        call: "ruralvalue weights a.json b.json c.json --tolerance 0.00001 --out queen.csv"),
      .init(
        purpose: "no island: all within the smallest distance at which every county has a neighbour",
        call: "ruralvalue weights counties.geojson --rule distance:min --out near.csv"),
      .init(
        purpose: "neighbours of the second order, and of the first two",
        call: "ruralvalue weights counties.geojson --rule queen:2 --out second.csv"),
      .init(
        purpose: "contiguity and the ferries of a list",
        call: "ruralvalue weights queen.csv --union ferries.csv --out linked.csv"),
      .init(purpose: "what a weights file holds", call: "ruralvalue weights queen.gal --json"),
    ],
    remarks: [
      """
      Queen: a shared vertex is enough; rook: a shared edge. Coordinates are compared exactly, as spdep and PySAL \
      do; --tolerance heals hairline gaps and names the links it adds, and without it polygons that run within a \
      metre of each other unlinked are counted. Distances are great-circle kilometres (mean radius 6371.0088 km) \
      between centroids or points where coordinates are longitudes and latitudes, else planar kilometres by the \
      file's crs member or --coordinate-unit.
      """,
      """
      Rules: queen, rook; queen:K, rook:K the neighbours of order K and no other, queen:A-B those of orders A to B; \
      border the common border over a unit's whole border, border:km its length (polygons that meet in points alone are \
      no neighbours); knn:K; distance:KM, and distance:min the smallest distance that leaves no unit without a \
      neighbour; inverse-distance:POWER[,KM]; exponential:SCALE[,KM], exp(-d/SCALE); kernel:NAME,KM or \
      kernel:NAME,knn:K, where u is the distance over KM, or over that of the unit's K-th nearest: triangular 1 - u, \
      epanechnikov 1 - u², bisquare (or quartic) (1 - u²)², all zero from u = 1 on, and gaussian exp(-u²/2), cut at \
      u = 3; economic:COL. Without KM all pairs are linked. Weights of kernels are one at no distance, and no unit is \
      its own neighbour.
      """,
      """
      --union W links what either file links; every link then has the weight one. Its units must be among those of FILE.
      """,
      """
      Polygons are GeoJSON (a collection, one feature, or a feature a line), TopoJSON or a shapefile; several files \
      are one layer. Features without an area, such as lines, are left out with a note.
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
    ], inputs: 1...Int.max, writesOneFile: true)

  /// How a CSV file holds weights.
  enum Layout: String, CaseIterable {
    case list, matrix
  }

  var call = CallFrame()
  var ruleText: String?
  var unionPath: String?
  var outputPath: String?
  var layout = Layout.list
  var standardisation = WeightsStandardisation.none
  var polygons = PolygonOptions()
  var tolerance = 0.0
  var metric: DistanceMetric?
  var coordinateUnit: CoordinateUnit?
  var coordinates: [String] = []
  var reading = WeightsReadingOptions()
  var valuesPath: String?
  var unitColumn: String?
  var timeColumn: String?

  private var path: String { call.inputs[0] }
  private var rule: WeightsRule? { ruleText.flatMap { WeightsRule($0) } }
  private var points: PointColumns { PointColumns(coordinates, identifier: polygons.identifier) }

  func check() throws {
    try reading.requireUse(by: call.inputs + (unionPath.map { [$0] } ?? []))
    guard tolerance == 0 || rule?.measuresBorders != true else {
      throw UsageError.conflict(
        "--tolerance finds neighbours whose borders do not fit, and --rule border measures borders that do; expected one"
          + " of them.")
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let built = try build(inputs)
    ruleText = built.rule
    let links =
      reading.links == .undirected
      ? try built.weights.mirrored(source: InputReader.name(of: path)) : built.weights
    let joined = try unionPath.map { try union(links, $0, inputs) }
    let weights = (joined?.weights ?? links).standardised(standardisation)
    let report = WeightsReport(weights)
    return CommandAnswer(
      document: ResultDocument(
        command: "weights", sample: nil,
        parts: [
          .init(report.summaryTable, jsonKey: nil), .init(report.countTable, jsonKey: "neighbour_counts"),
        ],
        values: report.members(healed: built.healed.map { ($0.0, $0.1) })
          + (built.smallestDistance.map { [JSONMember("smallest_distance", .number($0))] } ?? []),
        notes: inputs.notes + built.notes + (joined.map { [$0.note] } ?? []) + report.notes),
      product: try outputPath.map { .init(bytes: try bytes(of: weights, path: $0), path: $0) })
  }

  /// The links of the weights or of a second file, and what became of them.
  private func union(
    _ weights: SpatialWeights, _ path: String, _ inputs: InputReader
  ) throws -> (weights: SpatialWeights, note: Phrase) {
    let other = try WeightsInput(path: path, polygons: polygons, reading: reading).found(inputs)
    inputs.note(other.notes)
    let joined = try weights.union(other.weights, source: InputReader.name(of: path))
    return (joined, WeightsReport.unionNote(weights, other.weights, joined))
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
    var smallestDistance: Double? = nil
  }

  private mutating func build(_ inputs: InputReader) throws -> Built {
    let bytes = try inputs.bytes(of: path)
    // Its directory cannot be read, and the error of that says why.
    if FileKind(lookingInto: bytes) == .zip { _ = try ZipArchive(bytes, source: InputReader.name(of: path)) }
    if ruleText != "file", PolygonInput.isMeant(path, try inputs.bytes(of: path)) {
      return try buildFromPolygons(inputs)
    }
    guard call.inputs.count == 1 else {
      throw UsageError.conflict(
        "Several files are one layer of polygons; \(InputReader.name(of: path)) holds no polygons.")
    }
    guard let rule else {
      if !PolygonInput.isMeant(path, try inputs.bytes(of: path)) {
        try refuse(
          ["--tolerance", "--exclude", "--swap-coordinates", "--object", "--metric", "--coordinate-unit"],
          "polygons or points", "\(InputReader.name(of: path)) holds weights")
      }
      let reading = try WeightsInput(path: path, polygons: polygons, reading: reading).found(inputs)
      return Built(weights: reading.weights, rule: "file", notes: reading.notes)
    }
    guard !rule.needsPolygons else {
      throw UsageError.conflict(
        "--rule \(ruleText ?? "") needs polygons (GeoJSON or a shapefile); \(InputReader.name(of: path)) holds none."
      )
    }
    try refuse(
      ["--tolerance", "--exclude", "--object"], "polygons", "\(InputReader.name(of: path)) holds points")
    let table = try inputs.table(path)
    let places = try points.read(table)
    let values = try columnValues(rule, units: places.ids, own: table, inputs)
    let given = PolygonLayer(source: table.source, places: places.points)
    let measured = try measured(polygons.isSwapped ? given.swapped : given, by: rule)
    let builder = WeightsBuilder(
      points: measured?.layer.vertices ?? places.points, ids: places.ids, values: values,
      isGeographic: measured?.isGeographic)
    let smallest = rule.hasLimit ? builder.smallestDistance : nil
    return Built(
      weights: try builder.build(rule).weights, rule: ruleText ?? "",
      notes: (measured?.notes ?? []) + distanceNotes(smallest, measured), smallestDistance: smallest)
  }

  /// How near units must be counted as neighbours for none to be an island.
  private func distanceNotes(_ smallest: Double?, _ measured: MeasuredLayer?) -> [Phrase] {
    guard let smallest, let measured else { return [] }
    return [
      WeightsReport.distanceNote(
        smallest, isKilometres: measured.isInKilometres(metric, unit: coordinateUnit))
    ]
  }

  /// Throws for an option that would do nothing to what the file holds.
  private func refuse(_ options: [String], _ expected: String, _ found: String) throws(UsageError) {
    guard let option = options.first(where: call.given.contains) else { return }
    throw .conflict("\(option) is about \(expected); \(found), to which it does nothing. Leave it out.")
  }

  private mutating func buildFromPolygons(_ inputs: InputReader) throws -> Built {
    let rule = rule ?? .queen
    let (layer, ids) = try PolygonInput(paths: call.inputs, polygons).read(inputs)
    if rule.needsPolygons { try layer.requireBorders() }
    let values = try columnValues(rule, units: ids, layer: layer, inputs)
    let measured = try measured(layer, by: rule)
    let builder = WeightsBuilder(
      layer: measured?.layer ?? layer, ids: ids, values: values,
      tolerance: tolerance * (measured?.scale ?? 1), isGeographic: measured?.isGeographic)
    let built = try builder.build(rule)
    let smallest = rule.hasLimit ? builder.smallestDistance : nil
    let healed = built.healed.map { (ids[$0.0], ids[$0.1]) }
    var notes = (measured?.notes ?? []) + distanceNotes(smallest, measured)
    if tolerance > 0 { notes.append(WeightsReport.healingNote(healed, tolerance)) }
    if rule.needsPolygons {
      notes += layer.boundaryNotes(
        ids: ids, queen: rule == .queen ? built.weights : nil, tolerance: tolerance)
    }
    return Built(
      weights: built.weights, rule: ruleText ?? "queen", healed: healed, notes: notes,
      smallestDistance: smallest)
  }

  /// The places as distances are measured between them; nil for a rule that measures none.
  private func measured(_ layer: PolygonLayer, by rule: WeightsRule) throws -> MeasuredLayer? {
    guard rule.measuresDistances else { return nil }
    return try layer.measured(metric, unit: coordinateUnit, needsUnit: rule.measuresKilometres)
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
