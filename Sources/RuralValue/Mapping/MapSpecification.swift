/// What a map is to show and how.
public struct MapSpecification: Sendable, Equatable {
  /// What colours mean.
  public var fill: Fill
  /// How circles are graded: the number of their classes, by natural breaks.
  public var circleClasses: Int
  /// The family of the projection.
  public var projection: MapProjection.Family
  /// The property whose groups get thicker lines around them; the whole map gets one in any case.
  public var outlineProperty: String?
  /// The property whose texts are written on the map.
  public var labelProperty: String?
  /// How classes of hot spots or clusters came about, which the map then says; nil where nothing is known of it.
  public var analysis: ClassAnalysis?
  /// Whether the data are simulated, which the map then says.
  public var isSimulated = false
  /// Whether meridians and parallels are drawn, with their degrees around the map.
  public var hasGraticule = false
  /// What stands above the map.
  public var title: String?
  /// Where the data and the boundaries come from.
  public var source: String?
  /// The number under which the boundaries were approved (审图号).
  public var approval: String?
  /// Names in legends and captions, by variable.
  public var variableLabels: VariableLabels

  /// What colours mean.
  public enum Fill: Sendable, Equatable {
    /// Classes of values.
    case graded(method: ClassificationMethod, classes: Int, palette: MapPalette)
    /// Classes between given breaks.
    case breaks([Double], palette: MapPalette)
    /// Classes −3 … 3 of a hot-spot analysis.
    case hotCold
    /// Classes 0 … 4 of local Moran's I.
    case lisa
    /// Green, yellow and red of a warning, observed in the period or earlier.
    case warning
    /// Groups of units by a property: the study area.
    case regions(property: String)
    /// Outlines only.
    case plain
  }

  /// A specification; by default five natural classes from yellow to green.
  public init(
    fill: Fill = .graded(method: .natural, classes: 5, palette: .ylgn), circleClasses: Int = 4,
    projection: MapProjection.Family = .albers, outlineProperty: String? = nil, labelProperty: String? = nil,
    title: String? = nil, source: String? = nil, approval: String? = nil,
    variableLabels: VariableLabels = VariableLabels()
  ) {
    self.fill = fill
    self.circleClasses = circleClasses
    self.projection = projection
    self.outlineProperty = outlineProperty
    self.labelProperty = labelProperty
    self.title = title
    self.source = source
    self.approval = approval
    self.variableLabels = variableLabels
  }
}

/// A variable on a map: for each period a value a unit.
public struct MapVariable: Sendable, Equatable {
  /// The column's name.
  public let name: String
  /// The periods, in the order of maps.
  public let sections: [CrossSection]
  /// Of classes of hot spots or clusters those under the other correction for many tests, period by period; else empty.
  public let counterparts: [CrossSection]
  /// The units that were studied, those too that have no value.
  public let units: [String]

  /// A variable from its cross-sections; without `units` those of its cross-sections were studied.
  public init(
    name: String, sections: [CrossSection], counterparts: [CrossSection] = [], units: [String]? = nil
  ) {
    self.name = name
    self.sections = sections
    self.counterparts = counterparts
    self.units = units ?? sections.flatMap(\.units).firstAppearances
  }
}

/// What can keep a map from being drawn.
public enum MapError: Fault {
  /// Not one unit of the table is on the map.
  case noUnitMatches(variable: String, tableUnits: [String], mapUnits: [String])
  /// No value is there to be classed.
  case noValues(variable: String)
  /// A value of a hot-spot class is not −3 … 3.
  case notAHotSpotClass(variable: String, unit: String, value: Double)
  /// A value of a class of local Moran's I is not 0 … 4.
  case notALISAClass(variable: String, unit: String, value: Double)
  /// A table of classes has none under false discovery control.
  case noAdjustedClasses(variable: String, source: String, column: String)
  /// The outline of the wider area does not hold the map.
  case locatorElsewhere(source: String, map: String)
  /// A table of ellipses lacks a column, or its points.
  case notEllipses(source: String, column: String)
  /// The ellipses have no coordinates of the map's kind.
  case ellipsesElsewhere(source: String, isMapInDegrees: Bool)
  /// A word of a warning is no colour.
  case notAWarning(found: String, source: String, line: Int, column: String)

  /// The input is off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noUnitMatches(let variable, let tableUnits, let mapUnits):
      return
        "Not one unit with \(variable) is on the map: the table has \(listed(tableUnits, most: 3)), the map"
        + " \(listed(mapUnits, most: 3)). Name the map's codes with \(Setting("id")) and the table's with \(Setting("unit"))."
    case .noValues(let variable):
      return "There is not one value of \(variable) to be drawn."
    case .notAHotSpotClass(let variable, let unit, let value):
      return
        "\(variable) of \"\(unit)\" is \(value); expected a class from -3 to 3, as `hotspot` writes them."
    case .notALISAClass(let variable, let unit, let value):
      return
        "\(variable) of \"\(unit)\" is \(RoundTripNumber.text(value)); expected a class from 0 to 4, as `moran` writes"
        + " them into lisa_classes.csv."
    case .noAdjustedClasses(let variable, let source, let column):
      return
        "\(source) has no column \"\(column)\" with the classes of \(variable) under false discovery control; expected"
        + " hotspot_classes.csv of `hotspot` or lisa_classes.csv of `moran` with \(Setting("local")), written anew, or the same files with _fdr"
        + " in their names without \(Setting("fdr"))."
    case .locatorElsewhere(let source, let map):
      return
        "\(map) does not lie in \(source); expected for \(Setting("locator")) the polygons of a wider area, such as a country's"
        + " provinces, in the same coordinates."
    case .notEllipses(let source, let column):
      return
        "\(source) has no centres and ellipses to draw: the column \"\(column)\" is missing or does not hold them. Expected"
        + " ellipses.csv, as `evolve` with \(Setting("places")) or \(Setting("coordinates")) writes it into its folder."
    case .ellipsesElsewhere(let source, let isMapInDegrees):
      return isMapInDegrees
        ? "\(source) is in degrees, and the ellipses lie in a plane of their own; expected those that `evolve` makes of"
          + " longitudes and latitudes."
        : "\(source) lies in a plane, and the ellipses have no plane coordinates; expected those that `evolve` makes of the"
          + " same coordinates."
    case .notAWarning(let found, let source, let line, let column):
      return
        "\(source), line \(line), column \"\(column)\": found \"\(found)\"; expected green, yellow or red, behind stale where it"
        + " was seen earlier, as `evaluate` writes them into colours.csv."
    }
  }
}
