import RuralValue
import RuralValueFormats

/// `ruralvalue map`: graded maps, overlays, hot and cold spots, study areas.
struct MapCommand: Command {
  static let definition = CommandDefinition(
    name: "map",
    summary:
      "graded maps, circles over colours, hot spots, LISA clusters, warnings, study areas",
    usage: "POLYGONS.geojson… [--table T.csv --fill X] [--out MAP.svg|.png|.pdf] [options]",
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
        purpose: "clusters and outliers of local Moran's I, from `moran --local --out m`",
        call: "ruralvalue map counties.geojson --table m/lisa_classes.csv --lisa V --out lisa.svg"),
      .init(
        purpose: "hot spots that stay significant under false discovery control, with the map's number",
        call:
          "ruralvalue map counties.geojson --table hot/hotspot_classes.csv --hot V --fdr --approval … --out h.pdf"
      ),
      .init(
        purpose: "where the centre of output moved, and its ellipse, from `evolve --places … --out evolve`",
        call: "ruralvalue map counties.geojson --ellipses evolve/ellipses.csv --out centre.svg"),
      .init(
        purpose: "green, yellow and red counties, from `evaluate --out e`",
        call:
          "ruralvalue map counties.geojson --table e/colours.csv --warning V --periods 2022 --out warning.svg"
      ),
      .init(
        purpose: "the study area, its prefectures in colours with their Chinese names",
        call:
          "ruralvalue map counties.geojson --regions prefecture --labels prefecture --lang zh --out area.svg"),
    ],
    remarks: [
      """
      Classes are common to all maps of a figure. Natural breaks are the exact optimum (Fisher–Jenks); of counts \
      zero is a class by itself, and draws no circle. Units without a value are hatched, units that the table does \
      not have are dotted ("not studied"). The projection suits the extent: parallels a sixth from its edges, 105° E, \
      25° and 47° N for all of China, Equal Earth for the globe; it stands below the map.
      """,
      """
      Below hot spots and clusters stand variable, period, weights, n and the correction for many tests, and how \
      many units stay significant under false discovery control; --fdr colours these alone.
      """,
      """
      Polygons are GeoJSON, TopoJSON or a shapefile; several files are one layer. --out m.png and m.pdf are made of \
      the SVG by rsvg-convert, Chromium or Inkscape, whichever is on the PATH; PNG has 300 pixels an inch.
      """,
    ], inputs: 1...Int.max, writesOneFile: true, pictures: .one)

  var call = CallFrame()
  var data = MapData()
  var fill: [String] = []
  var circles: String?
  var hot: [String] = []
  var lisa: [String] = []
  var showsAdjusted = false
  var ellipsesPath: String?
  var locatorPath: String?
  var warning: [String] = []
  var regions: String?
  var method = ClassificationMethod.natural
  var classes = 5
  var breaks: [Double] = []
  var palette = MapPalette.ylgn
  var specification = MapSpecification()
  var nameProperty: String?
  var polygons = PolygonOptions()
  var outputPath = "-"

  /// The columns shown as colour.
  private var fillColumns: [String] { (fill + hot + lisa + warning).firstAppearances }
  /// The format that the file's name says.
  private var format: PictureFormat { PictureFormat(ofFile: outputPath) ?? .svg }
  private var language: Language { call.delivery.rendering.language }

  func check() throws {
    guard
      [!hot.isEmpty, !lisa.isEmpty, !warning.isEmpty, !fill.isEmpty, regions != nil].count(where: { $0 }) <= 1
    else {
      throw UsageError.conflict(
        "--fill, --hot, --lisa, --warning and --regions exclude each other; expected one of them.")
    }
    guard data.path != nil || data.csv == CSVOptions() else {
      throw UsageError.conflict(
        "--sheet, --encoding and the other options about tables need --table; expected it, or them left out.")
    }
    guard data.path != nil || (fillColumns.isEmpty && circles == nil) else {
      throw UsageError.missingOption(
        option: "--table TABLE.csv", command: "map", purpose: "the table with the columns to show")
    }
    guard !showsAdjusted || !hot.isEmpty || !lisa.isEmpty else {
      throw UsageError.conflict("--fdr is about the classes of --hot and --lisa; expected one of them.")
    }
    guard warning.isEmpty || circles == nil else {
      throw UsageError.conflict("--circles and --warning exclude each other; expected one of them.")
    }
    if outputPath == "-", call.delivery.isJSON {
      throw UsageError.conflict("Standard output cannot hold both the map and JSON; expected --out FILE.svg.")
    }
    guard call.delivery.figureWidth == nil || format != .svg else {
      throw UsageError.conflict(
        "--width is the width of PNG and PDF, for SVG has any; expected --out FILE.png or --out FILE.pdf beside it."
      )
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let pictures = PictureMaker(formats: [format], width: call.delivery.figureWidth)
    try pictures.requireProgram()
    let (layer, ids) = try drawable(inputs)
    if specification.approval == nil {
      specification.approval = layer.members.first { $0.name == "map_approval_number" }?.text
    }
    specification.outlineProperty = specification.outlineProperty ?? regions
    specification.fill = coloured
    specification.variableLabels = call.labels
    let columns = fillColumns + (circles.map { [$0] } ?? [])
    let shown = try fillVariables(inputs)
    let overlaid = try circles.map { try data.read(inputs, columns: [$0]) }?.first
    let ellipses = try ellipsesPath.map { try MapEllipse.read(try inputs.table($0)) } ?? []
    specification.isSimulated = inputs.hasSimulatedData
    let composer = MapComposer(
      layer: layer, ids: ids, names: try names(layer, ids: ids), surroundings: try surroundings(inputs),
      specification)
    inputs.note(publicationNotes(composer, layer))
    let figure = try composer.compose(shown, circles: overlaid, ellipses: ellipses)
    inputs.note(languageNotes(figure))
    // Letters are as large as they must be where the figure is printed so wide.
    let width = (call.studyWidth ?? call.delivery.figureWidth)?.millimetres
    let printed = width.map { SVGMapRenderer(language: language, width: $0).text(of: figure) }
    let svg = SVGMapRenderer(language: language).bytes(of: figure)
    // What a map calls by a label may be a property, one of its values or a sum of columns.
    var labelled = Set(
      columns + layer.propertyNames + [specification.analysis?.laggedVariable].compactMap(\.self))
    for property in [specification.outlineProperty, specification.labelProperty].compactMap(\.self) {
      labelled.formUnion(layer.features.compactMap { $0.text(of: property) })
    }
    var answer = CommandAnswer(
      document: ResultDocument(
        command: "map", specification: [JSONMember("fill", JSONValue(fillColumns))], sample: nil,
        parts: [.init(figure.classTable, jsonKey: "classes")],
        notes: inputs.notes),
      product: .init(
        bytes: format == .svg
          ? svg
          : try pictures.bytes(
            of: printed ?? String(decoding: svg, as: UTF8.self), as: format,
            named: FileName.last(of: outputPath)),
        path: outputPath))
    answer.product?.printed = printed
    answer.labelledNames = labelled
    return answer
  }

  /// The polygons as they can be projected.
  ///
  /// Coordinates of web maps become degrees again; swapped ones would lie on their side.
  private func drawable(_ inputs: InputReader) throws -> (layer: PolygonLayer, ids: [String]) {
    let (layer, ids) = try PolygonInput(paths: call.inputs, polygons).read(inputs)
    inputs.note(layer.overlapNotes(ids: ids))
    guard specification.projection != .none else { return (layer, ids) }
    if layer.looksSwapped, let x = layer.x.first, let y = layer.y.first {
      throw GeometryError.swappedMap(source: layer.source, pointX: x, pointY: y)
    }
    guard case .webMercator = layer.reference, !layer.isGeographic else { return (layer, ids) }
    let measured = try layer.measured(needsUnit: false)
    inputs.note(measured.notes)
    return (measured.layer, ids)
  }

  /// The variables shown as colour; of classes also how they came about.
  private mutating func fillVariables(_ inputs: InputReader) throws -> [MapVariable] {
    guard !fillColumns.isEmpty else { return [] }
    guard !hot.isEmpty || !lisa.isEmpty else {
      return try data.read(inputs, columns: fillColumns, areWarnings: !warning.isEmpty)
    }
    let classes = try data.readClasses(inputs, columns: fillColumns, adjusted: showsAdjusted)
    specification.analysis = classes.analysis
    if classes.analysis?.correction != .fdr, classes.variables.contains(where: { !$0.counterparts.isEmpty }) {
      inputs.note([
        Phrase(
          "Colours are not corrected for many tests; \(Setting("fdr")) colours what stays significant under false discovery"
            + " control.",
          zh: "图中类别未作多重检验校正；\(Setting("fdr")) 只显示经 FDR 校正后仍显著的单元。")
      ])
    }
    return classes.variables
  }

  /// The polygons of the wider area; nil where none are given.
  private func surroundings(_ inputs: InputReader) throws -> PolygonLayer? {
    guard let locatorPath else { return nil }
    return try inputs.polygons(locatorPath, object: nil).layer
  }

  /// That an English map bears Chinese names, and what would make them English.
  private func languageNotes(_ figure: MapFigure) -> [Phrase] {
    guard language == .english, let property = specification.labelProperty,
      figure.labels.contains(where: \.isChinese)
    else { return [] }
    let name = property.hasSuffix("_zh") ? String(property.dropLast(3)) : property
    return [
      Phrase(
        "Names on the map are Chinese; expected for English ones a property \(name)_en of the polygons, or"
          + " \(Setting("label")) for each.",
        zh: "地图上的名称为中文；英文名称请用多边形的属性 \(name)_en，或逐个以 \(Setting("label")) 给出。")
    ]
  }

  /// What a map of Chinese boundaries needs before it is published and does not have.
  private func publicationNotes(_ composer: MapComposer, _ layer: PolygonLayer) -> [Phrase] {
    guard specification.approval == nil, composer.hasChineseBoundaries else { return [] }
    let hasSource =
      specification.source != nil
      || layer.members.contains { $0.name == "map_source" && $0.text != nil }
    let source =
      hasSource
      ? Phrase("", zh: "")
      : Phrase(
        ", and the source of data and boundaries with \(Setting("source"))",
        zh: "，并以 \(Setting("source")) 注明数据与底图来源")
    return [
      Phrase(
        "The map shows boundaries in China and bears no map approval number (审图号), which it needs in print; give it"
          + " with \(Setting("approval")), or in the polygons as map_approval_number\(source.english).",
        zh: "地图含中国境内界线而无审图号，公开出版须标注；请用 \(Setting("approval")) 给出，或写入多边形文件的 map_approval_number"
          + "\(source.chinese)。")
    ]
  }

  /// What colours mean.
  private var coloured: MapSpecification.Fill {
    if !hot.isEmpty { return .hotCold }
    if !lisa.isEmpty { return .lisa }
    if !warning.isEmpty { return .warning }
    if let regions { return .regions(property: regions) }
    guard !fill.isEmpty else { return .plain }
    return breaks.isEmpty
      ? .graded(method: method, classes: classes, palette: palette) : .breaks(breaks, palette: palette)
  }

  /// The units' names: a property that is named or that says it is a name in the map's language, else the ids.
  private func names(_ layer: PolygonLayer, ids: [String]) throws -> [String] {
    let usual =
      language == .chinese
      ? ["name_zh", "name", "NAME", "名称", "name_en"] : ["name_en", "name", "NAME", "名称", "name_zh"]
    if let nameProperty, !layer.propertyNames.contains(nameProperty) {
      throw GeometryError.noSuchProperty(
        name: nameProperty, source: layer.source, properties: layer.propertyNames)
    }
    let property = nameProperty ?? usual.first { layer.propertyNames.contains($0) }
    guard let property else { return ids }
    return zip(layer.features, ids).map { $0.text(of: property) ?? $1 }
  }
}
