import RuralValue
import RuralValueFormats

extension MapCommand {
  static let options: [Option<MapCommand>] =
    [
      Option(
        \.data.path, "table", .file.called("TABLE.csv"),
        "the table with the values, a panel or a cross-section")
    ] + contents + appearance + [
      Option(
        \.outputPath, "out",
        .output.called("FILE.svg").limited(
          to: { $0 == "-" || PictureFormat(ofFile: $0) != nil },
          expected: "a file name that ends in .svg, .png or .pdf"),
        default: "-", "the file to write, .svg, .png or .pdf; - is standard output, SVG"),
      Option(
        \.polygons.identifier, "id", .property, "the property with the units' ids (default: found)"),
      Option(\.data.unitColumn, "unit", .column, "the column of ids in the table (default: found)"),
      Option(
        \.data.timeColumn, "time", .timeColumn, "the column of years in the table (default: found), or none"),
    ] + PolygonOptions.options.lifted(\.polygons) + CSVOptions.options.lifted(\.data.csv)

  /// What the map shows.
  private static let contents: [Option<MapCommand>] = [
    Option(\.fill, "fill", .columns, "the column shown as colour; several columns give as many maps"),
    Option(
      \.circles, "circles", .sumOfColumns,
      "the column shown as graded circles, or a sum of columns such as P+C+I+T"),
    Option(\.hot, "hot", .columns, "columns of classes -3 … 3, as `hotspot` writes them, one map each"),
    Option(
      \.lisa, "lisa", .columns,
      "columns of classes 0 … 4, as `moran --local` writes them into lisa_classes.csv, one map each"),
    Option(
      \.showsAdjusted, "fdr", .flag,
      "of --hot and --lisa only what stays significant under false discovery control"),
    Option(
      \.ellipsesPath, "ellipses", .file.called("ELLIPSES.csv"),
      "mean centres and their ellipses over the map, from ellipses.csv of `evolve`: those of a map's own year, else of the"
        + " first and the last"),
    Option(
      \.warning, "warning", .columns,
      "columns of green, yellow and red, as `evaluate` writes them into colours.csv, one map each"),
    Option(
      \.regions, "regions", .property, "colour by a property of the polygons: the study area"),
    Option(\.data.periods, "periods", .years, "the years to show, e.g. 2012,2017,2022 (default: all)"),
    Option(\.method, "method", .choice, default: .natural, "how classes are made"),
    Option(\.classes, "classes", .integer(2...9), default: 5, "the number of classes, 2 to 9"),
    Option(
      \.breaks, "breaks",
      .numbers(
        expected: "at most eight ascending numbers",
        where: { breaks in
          zip(breaks, breaks.dropFirst()).allSatisfy { $0 < $1 } && breaks.count < 9
            && breaks.allSatisfy(\.isFinite)
        }), "upper bounds of the classes instead, e.g. 0.2,0.4,0.6"),
    Option(
      \.specification.circleClasses, "circle-classes", .integer(2...7), default: 4,
      "the number of circle sizes, 2 to 7"),
  ]

  /// How the map looks.
  private static let appearance: [Option<MapCommand>] = [
    Option(\.palette, "palette", .choice, default: .ylgn, "colours {default}: yellow to dark green"),
    Option(
      \.specification.projection, "projection", .choice, default: .albers,
      "equal areas {default}, true angles, or coordinates as they are"),
    Option(
      \.specification.outlineProperty, "outline", .property,
      "thicker lines around groups with the same property, e.g. prefecture"),
    Option(
      \.specification.labelProperty, "labels", .property,
      "write this property on the map, once a group, inside it or at the end of a line; PROP_en and PROP_zh, where the"
        + " polygons have them, serve the two languages"),
    Option(
      \.nameProperty, "name", .property,
      "the property with the units' names for tool tips (default: found)"),
    Option(
      \.call.delivery.labels.texts, "label", .labels, default: [],
      "what a column, a region or the property of --outline is called in legends and captions"),
    Option(
      \.locatorPath, "locator", .file.called("WIDER.geojson"),
      "polygons of a wider area, such as a country's provinces: an inset shows where the map lies in it"),
    Option(\.specification.hasGraticule, "graticule", .flag, "a frame with meridians and parallels"),
    Option(\.specification.title, "title", .text, "a title above the map"),
    Option(
      \.specification.source, "source", .text,
      "the source of data and boundaries, below the map (default: the polygons' member map_source, or"
        + " map_source_zh)"),
    Option(
      \.specification.approval, "approval", .text,
      "the map approval number (审图号), below the map (default: map_approval_number)"),
  ]
}

extension OptionKind where Value == String {
  /// A column, or a sum of columns: `P+C`.
  fileprivate static let sumOfColumns = OptionKind(
    shape: .column, placeholder: "COL", read: { text, _ in text }, json: { .string($0) },
    mentions: { $0.split(separator: "+").map { .column(String($0)) } })
}

extension OptionKind where Value == [Int] {
  /// Years separated by commas.
  fileprivate static let years = OptionKind(
    shape: .list, placeholder: "LIST",
    read: { text, option in
      try listed(text).map { word in
        guard let period = PeriodReading.bound(word) else {
          throw UsageError.notANumber(
            option: option, found: word, expected: "years separated by commas")
        }
        return period
      }
    }, json: { .array($0.map { .integer($0) }) })
}

/// The table behind a map.
struct MapData {
  var path: String?
  var periods: [Int] = []
  var unitColumn: String?
  var timeColumn: String?
  var csv = CSVOptions()

  /// The columns as variables, with the periods that were asked for.
  mutating func read(
    _ inputs: InputReader, columns: [String], areWarnings: Bool = false
  ) throws -> [MapVariable] {
    guard let path else { return [] }
    let source = try inputs.table(path, csv)
    if areWarnings {
      let table = try SpatialTable(
        source, unitColumn: unitColumn, timeColumn: timeColumn, warnings: columns)
      return try variables(of: table, columns, inputs)
    }
    // A name that is no column but a sum of columns: P+C+I+T.
    let terms = columns.map {
      source.columnNames.contains($0) ? [$0] : $0.split(separator: "+").map(String.init)
    }
    var table = try SpatialTable(
      source, unitColumn: unitColumn, timeColumn: timeColumn, variables: terms.flatMap { $0 }.firstAppearances
    )
    for (column, terms) in zip(columns, terms) where terms.count > 1 {
      try table.addSum(of: terms, as: column)
    }
    return try variables(of: table, columns, inputs)
  }

  /// Columns of classes as variables, with those under the other correction for many tests and how they came about;
  /// `adjusted` takes the classes under false discovery control.
  mutating func readClasses(
    _ inputs: InputReader, columns: [String], adjusted: Bool
  ) throws -> (variables: [MapVariable], analysis: ClassAnalysis?) {
    guard let path else { return ([], nil) }
    let source = try inputs.table(path, csv)
    var analysis = ClassAnalysis(of: source)
    let isAdjusted = analysis?.correction == .fdr
    let others = columns.map { column -> String? in
      let name = ClassAnalysis.column(of: column, isAdjusted ? .none : .fdr)
      return source.columnNames.contains(name) ? name : nil
    }
    let isSwapped = adjusted && !isAdjusted
    if isSwapped, let missing = zip(columns, others).first(where: { $0.1 == nil })?.0 {
      _ = try source.column(named: missing)
      throw MapError.noAdjustedClasses(
        variable: missing, source: source.source, column: ClassAnalysis.column(of: missing, .fdr))
    }
    let table = try SpatialTable(
      source, unitColumn: unitColumn, timeColumn: timeColumn,
      variables: (columns + others.compactMap(\.self)).firstAppearances)
    let shown = try variables(of: table, columns, inputs)
    let counterparts = try zip(shown, others).map { own, other in
      try other.map { try table.series($0).sections } ?? []
    }
    if isSwapped { analysis?.correction = .fdr }
    return (
      zip(shown, counterparts).map { own, others in
        let periods = Set(own.sections.map(\.period))
        return isSwapped
          ? MapVariable(
            name: own.name, sections: others.filter { periods.contains($0.period) },
            counterparts: own.sections, units: own.units)
          : MapVariable(
            name: own.name, sections: own.sections, counterparts: others, units: own.units)
      }, analysis
    )
  }

  private mutating func variables(
    of table: SpatialTable, _ columns: [String], _ inputs: InputReader
  ) throws -> [MapVariable] {
    inputs.note(table.panel.keyNotes)
    unitColumn = table.panel.unitColumn
    timeColumn = table.hasPeriods ? table.panel.timeColumn : nil
    periods = periods.map { table.panel.frequency.bound($0, isUpper: true) }
    for period in periods where !table.panel.periods.contains(period) {
      throw AutocorrelationError.noSuchPeriod(
        period, source: table.panel.source, periods: table.panel.periods)
    }
    return try columns.map { column in
      let series = try table.series(column)
      return MapVariable(
        name: column,
        sections: periods.isEmpty
          ? series.sections
          : periods.compactMap { period in series.sections.first { $0.period == period } },
        units: series.units)
    }
  }
}
