import RuralValue
import RuralValueFormats

/// How a file of weights is to be read: the options of every verb that reads one.
struct WeightsReadingOptions: OptionGroup {
  static let options: [Option<WeightsReadingOptions>] = [
    Option(
      \.links, "links", .choice,
      "whether a link holds from its first unit (from, the row) alone or both ways; default: both ways in a CSV list"
        + " that has each pair once, else as the file has it"),
    Option(
      \.gwt, "gwt", .choice,
      "the third column of .gwt: weights, or distances that are left out for weights of one (default: weights"
        + " where they sum to one or ruralvalue wrote them, else binary)"),
  ]

  var links: LinkDirection?
  var gwt: GWTFile.Values?

  /// Throws where `--gwt` speaks of a file that none of those named is.
  func requireUse(by paths: [String]) throws(UsageError) {
    guard gwt != nil, !paths.contains(where: { $0.lowercased().hasSuffix(".gwt") }) else { return }
    throw .conflict(
      "--gwt says what the third column of a .gwt file holds; expected such a file, found"
        + " \(paths.joined(separator: ", ")).")
  }
}

/// The option `--weights W` of commands that need weights.
struct WeightsInput: OptionGroup {
  static let options: [Option<WeightsInput>] =
    [
      Option(
        \.path, "weights", .weights, default: "",
        required: "a weights file (CSV, GAL, GWT) or polygons (GeoJSON, shapefile)",
        "the weights: an edge list or square matrix (CSV), GAL, GWT, or polygons (GeoJSON, shapefile), then queen contiguity"
      ),
      Option(
        \.polygons.identifier, "id", .property, "the property with the units' ids, where W is polygons"),
    ] + PolygonOptions.options.lifted(\.polygons) + WeightsReadingOptions.options.lifted(\.reading)

  var path = ""
  var polygons = PolygonOptions()
  var reading = WeightsReadingOptions()

  /// What the weights are called: their file's name without its ending.
  var name: String {
    let file = FileName.last(of: path)
    return file.split(separator: ".").first.map(String.init) ?? file
  }

  /// Reads the weights as they stand in the file, and notes what reading had to decide.
  ///
  /// A matrix without ids is in the order of the data, where these are given.
  func read(_ inputs: InputReader, for data: WeightsOptions.DataUnits? = nil) throws -> SpatialWeights {
    let reading = try found(inputs, for: data)
    inputs.note(reading.notes)
    return reading.weights
  }

  /// Reads weights of any format, told by the name's ending and by the first byte.
  func found(_ inputs: InputReader, for data: WeightsOptions.DataUnits? = nil) throws -> WeightsReading {
    let options = WeightsOptions(links: reading.links, data: data)
    let lowercased = path.lowercased()
    // A .gz is read as what it holds.
    let name = lowercased.hasSuffix(".gz") ? String(lowercased.dropLast(3)) : lowercased
    if !name.hasSuffix(".gal"), !name.hasSuffix(".gwt"),
      let reading = try inputs.plainList(at: path, options)
    {
      return reading
    }
    let bytes = try inputs.bytes(of: path)
    let source = InputReader.name(of: path)
    if name.hasSuffix(".gal") {
      return try GALFile.read(bytes, source: source).finished(options, source: source)
    }
    if name.hasSuffix(".gwt") {
      return try GWTFile.read(bytes, source: source, values: reading.gwt)
        .finished(options, source: source)
    }
    let kind = FileKind(lookingInto: bytes)
    // Its directory cannot be read, and the error of that says why.
    if kind == .zip { _ = try ZipArchive(bytes, source: source) }
    if kind.isOtherTable {
      var options = CSVOptions()
      options.keepsUnnamedFirstColumn = true
      let table = try inputs.table(path, options)
      try requireNoPoints(table)
      return try WeightsReading(table, WeightsOptions(links: reading.links, data: data))
    }
    guard PolygonInput.isMeant(path, bytes) else {
      let file = try WeightsTable(bytes, source: source)
      inputs.note(file.document.notes)
      inputs.look(at: file.document.table)
      try requireNoPoints(file.document.table)
      return try WeightsReading(file, options)
    }
    let polygons = try PolygonInput(paths: [path], polygons).read(inputs)
    try polygons.layer.requireBorders()
    let built = try WeightsBuilder(layer: polygons.layer, ids: polygons.ids).build(.queen)
    return WeightsReading(
      weights: built.weights,
      notes: [
        Phrase("\(source): weights are queen contiguity of its polygons.", zh: "\(source)：按多边形 Queen 邻接生成权重。")
      ] + polygons.layer.boundaryNotes(ids: polygons.ids, queen: built.weights))
  }

  /// Throws for a table of points, which are no weights.
  private func requireNoPoints(_ table: Table) throws(UsageError) {
    guard PointColumns.arePlain(in: table) else { return }
    throw .conflict(
      "\(table.source) holds points with longitude and latitude, and no weights; make weights of them with"
        + " `ruralvalue weights` and a --rule such as knn:4 or distance:50.")
  }

  /// Whether the first character that is not white space opens a JSON object, in UTF-8 or in UTF-16 with its
  /// mark.
  static func isJSON(_ bytes: [UInt8]) -> Bool {
    let mark: [UInt8]? = [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]].first { bytes.starts(with: $0) }
    let text = bytes[(mark?.count ?? 0)...]
    return text.first { $0 > 0x20 } == UInt8(ascii: "{")
  }
}
