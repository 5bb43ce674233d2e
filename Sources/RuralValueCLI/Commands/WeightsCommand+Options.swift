import RuralValue
import RuralValueFormats

extension WeightsCommand {
  static let options: [Option<WeightsCommand>] =
    own + PolygonOptions.options.lifted(\Self.polygons) + WeightsReadingOptions.options.lifted(\.reading)

  private static let own: [Option<WeightsCommand>] = [
    Option(
      \.ruleText, "rule", .rule,
      "\(ruleNames), or several joined by * (default: queen for polygons, else file)"),
    Option(
      \.unionPath, "union", .weights,
      "a second weights file, or polygons: links that either has, each with the weight one"),
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
      \.polygons.identifier, "id", .property,
      "the property or column with the units' ids (default: found)"),
    Option(
      \.tolerance, "tolerance",
      .number.called("D").limited(to: { $0 >= 0 }, expected: "a number not below zero"), default: 0,
      "also link polygons whose boundaries run within D of each other, in units of the coordinates"),
    Option(
      \.metric, "metric", .choice,
      "how distances are measured (default: great-circle where coordinates can be longitudes and latitudes)"
    ),
    Option(
      \.coordinateUnit, "coordinate-unit", .choice,
      "the unit of planar coordinates, for distances in kilometres (default: as the crs member says)"),
    Option(
      \.coordinates, "coordinates", .columns.asPair,
      "the columns of longitude and latitude of a point CSV (default: found)"),
    Option(
      \.valuesPath, "values", .file.called("TABLE.csv"),
      "the table with the column of economic:COL (default: the file itself)"),
    Option(\.unitColumn, "unit", .column, "the column of ids in --values (default: found)"),
    Option(
      \.timeColumn, "time", .timeColumn, "the column of years in --values (default: found), or none"),
  ]
}

/// What `--rule` takes.
private let ruleNames =
  "queen[:K], rook[:K], border[:km], knn:K, distance:KM|min, inverse-distance:POWER[,KM], exponential:SCALE[,KM],"
  + " kernel:NAME,KM|knn:K, economic:COL, file"

extension OptionKind where Value == String {
  /// A rule of weights, or `file`.
  fileprivate static let rule: OptionKind = {
    var rule = OptionKind.text.called("RULE").limited(
      to: { $0 == "file" || WeightsRule($0) != nil },
      expected:
        "\(ruleNames), or several joined by *")
    rule.mentions = { (WeightsRule($0)?.columns ?? []).map(OptionMention.column) }
    return rule
  }()
}
