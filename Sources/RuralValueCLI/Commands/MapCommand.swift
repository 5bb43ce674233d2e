import RuralValue
import RuralValueFormats

/// `ruralvalue map`: graded maps, overlays, hot and cold spots, study areas.
struct MapCommand: Command {
  static let definition = CommandDefinition(
    name: "map",
    summary: "graded maps, circles over colours, hot and cold spots, study areas, as SVG",
    usage: "POLYGONS.geojson [--table T.csv --fill X] [--out MAP.svg] [options]",
    examples: [
      .init(
        purpose: "value as colour and factor flow as circles, two years side by side with common classes",
        call:
          "ruralvalue map counties.geojson --table scores.csv --fill V --circles F --periods 2012,2022 --out m.svg"
      ),
      .init(
        purpose: "hot and cold spots of several variables",
        call:
          "ruralvalue map counties.geojson --table hot/hotspot_classes.csv --hot V,P,C,I,T --out hotspots.svg"
      ),
      .init(
        purpose: "the study area, its prefectures in colours with their Chinese names",
        call:
          "ruralvalue map counties.geojson --regions prefecture --labels prefecture --lang zh --out area.svg"),
    ],
    options: [
      OptionDefinition("--table", "TABLE.csv", "the table with the values, a panel or a cross-section"),
      OptionDefinition("--fill", "LIST", "the column shown as colour; several columns give as many maps"),
      OptionDefinition(
        "--circles", "COL", "the column shown as graded circles, or a sum of columns such as P+C+I+T"),
      OptionDefinition("--hot", "LIST", "columns of classes -3 … 3, as `hotspot` writes them, one map each"),
      OptionDefinition("--regions", "PROP", "colour by a property of the polygons: the study area"),
      OptionDefinition("--periods", "LIST", "the years to show, e.g. 2012,2017,2022 (default: all)"),
      OptionDefinition(
        "--method", choices: ClassificationMethod.allCases.map(\.rawValue),
        "how classes are made (default natural)"),
      OptionDefinition("--classes", "N", "the number of classes, 2 to 9 (default 5)"),
      OptionDefinition("--breaks", "LIST", "upper bounds of the classes instead, e.g. 0.2,0.4,0.6"),
      OptionDefinition("--circle-classes", "N", "the number of circle sizes, 2 to 7 (default 4)"),
      OptionDefinition(
        "--palette", choices: MapPalette.allCases.map(\.rawValue),
        "colours (default ylgn: yellow to dark green)"),
      OptionDefinition(
        "--projection", choices: MapProjection.Family.allCases.map(\.rawValue),
        "equal areas (default albers), true angles, or coordinates as they are"),
      OptionDefinition(
        "--outline", "PROP", "thicker lines around groups with the same property, e.g. prefecture"),
      OptionDefinition(
        "--labels", "PROP", "write this property on the map, once a group, where there is room"),
      OptionDefinition("--name", "PROP", "the property with the units' names for tool tips (default: found)"),
      OptionDefinition(
        "--label", "X=NAME", repeats: true,
        "what a column, a region or the property of --outline is called in legends and captions"),
      OptionDefinition("--graticule", help: "a frame with meridians and parallels"),
      OptionDefinition("--title", "TEXT", "a title above the map"),
      OptionDefinition(
        "--source", "TEXT",
        "the source of data and boundaries, below the map (default: the polygons' member map_source)"),
      OptionDefinition(
        "--approval", "TEXT", "the map approval number (审图号), below the map (default: map_approval_number)"),
      OptionDefinition("--id", "PROP", "the property with the units' ids (default: found)"),
      OptionDefinition("--exclude", "LIST", "ids of polygons to leave out"),
      OptionDefinition("--out", "FILE.svg", "the file to write (default: standard output)"),
      OptionDefinition("--unit", "COL", "the column of ids in the table (default: the first)"),
      OptionDefinition(
        "--time", "COL", "the column of years in the table (default: the second, if it is one)"),
    ] + OptionDefinition.csv,
    remarks: [
      """
      Classes are common to all maps of a figure. Natural breaks are the exact optimum (Fisher–Jenks). Units \
      without a value are hatched and have a class of their own in the legend. The projection suits the extent: \
      parallels a sixth from its edges, and 105° E, 25° and 47° N for all of China; it stands below the map.
      """
    ], writesOneFile: true)

  let path: String
  let outputPath: String
  let identifier: String?
  let excluded: [String]
  let nameProperty: String?
  let data: MapData
  let fillColumns: [String]
  let circleColumn: String?
  let specification: MapSpecification

  init(_ arguments: ParsedArguments) throws {
    path = arguments.inputs[0]
    outputPath = arguments.text("--out") ?? "-"
    identifier = arguments.text("--id")
    excluded = arguments.list("--exclude")
    nameProperty = arguments.text("--name")
    let hot = arguments.list("--hot")
    let fills = arguments.list("--fill")
    guard hot.isEmpty || fills.isEmpty,
      [!hot.isEmpty, !fills.isEmpty, arguments.has("--regions")].count(where: { $0 }) <= 1
    else {
      throw UsageError.conflict("--fill, --hot and --regions exclude each other; expected one of them.")
    }
    fillColumns = (fills + hot).firstAppearances
    circleColumn = arguments.text("--circles")
    data = try MapData(arguments, needsTable: !fillColumns.isEmpty || circleColumn != nil)
    specification = try MapSpecification(arguments, isHot: !hot.isEmpty, isGraded: !fills.isEmpty)
    if outputPath == "-", arguments.has("--json") {
      throw UsageError.conflict("Standard output cannot hold both the map and JSON; expected --out FILE.svg.")
    }
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    let polygons = try PolygonInput(path: path, identifier: identifier, excluded: excluded).read(inputs)
    var specification = specification
    if specification.approval == nil {
      specification.approval = polygons.layer.members.first { $0.name == "map_approval_number" }?.text
    }
    let columns = fillColumns + (circleColumn.map { [$0] } ?? [])
    let variables = try columns.isEmpty ? [] : data.read(inputs, columns: columns)
    specification.isSimulated = inputs.hasSimulatedData
    let composer = MapComposer(
      layer: polygons.layer, ids: polygons.ids, names: try names(polygons.layer, ids: polygons.ids),
      specification)
    let figure = try composer.compose(
      Array(variables.prefix(fillColumns.count)), circles: circleColumn == nil ? nil : variables.last)
    return CommandAnswer(
      document: ResultDocument(
        command: "map", specification: members, sample: nil,
        parts: [.init(figure.classTable, jsonKey: "classes")],
        notes: inputs.notes),
      product: .init(bytes: SVGMapRenderer(language: data.language).bytes(of: figure), path: outputPath))
  }

  /// The units' names: a property that is named or that says it is a name in the map's language, else the ids.
  private func names(_ layer: PolygonLayer, ids: [String]) throws -> [String] {
    let usual =
      data.language == .chinese
      ? ["name_zh", "name", "NAME", "名称", "name_en"] : ["name_en", "name", "NAME", "名称", "name_zh"]
    if let nameProperty, !layer.propertyNames.contains(nameProperty) {
      throw GeometryError.noSuchProperty(
        name: nameProperty, source: layer.source, properties: layer.propertyNames)
    }
    let property = nameProperty ?? usual.first { layer.propertyNames.contains($0) }
    guard let property else { return ids }
    return zip(layer.features, ids).map { $0.text(of: property) ?? $1 }
  }

  private var members: [JSONMember] {
    [
      JSONMember("fill", JSONValue(fillColumns)), JSONMember("circles", JSONValue(circleColumn)),
      JSONMember("periods", .array(data.periods.map { .integer($0) })),
      JSONMember("projection", .string(specification.projection.rawValue)),
      JSONMember("outline", JSONValue(specification.outlineProperty)),
      JSONMember("labels", JSONValue(specification.labelProperty)), JSONMember("out", .string(outputPath)),
    ]
  }
}
