/// A map or several maps side by side, ready to be drawn: shapes in the plane, classes, legends and texts.
public struct MapFigure: Sendable, Equatable {
  /// What stands above the maps.
  public let title: Phrase?
  /// What a screen reader says.
  public let description: Phrase
  /// The polygons, in kilometres or plane units, y upwards.
  public let layer: PolygonLayer
  /// Whether plane coordinates are kilometres.
  public let isInKilometres: Bool
  /// Whether it shows the globe, for which neither a scale bar nor a north arrow holds.
  public let isGlobal: Bool
  /// For each unit a point inside it; nil without geometry.
  public let anchors: [PolygonLayer.Point?]
  /// The units' names, for tool tips.
  public let names: [String]
  /// Names to be written on the map, at points.
  public let labels: [Label]
  /// Where the map lies in a wider area; nil where that is not shown.
  public let locator: Locator?
  /// Thicker lines between groups of units.
  public let outlines: [[PolygonLayer.Point]]
  /// Meridians and parallels, in the plane; empty without a graticule.
  public let graticule: [GridLine]
  /// What the thicker lines are, for the legend; nil where it is not said.
  public let outlineName: Phrase?
  /// Mean centres with their ellipses, in the order of periods; empty where there are none.
  public var ellipses: [Ellipse] = []
  /// What the legend calls them.
  public var ellipseTitle: Phrase? = nil
  /// The maps.
  public let panels: [Panel]
  /// The legend of colours.
  public let fillLegend: Legend?
  /// The legend of circles.
  public let circleLegend: Legend?
  /// What stands below: source, map approval, projection, classes.
  public let notes: [Phrase]

  /// One map.
  public struct Panel: Sendable, Equatable {
    /// Its caption: `(a) 2012`.
    public let title: Phrase?
    /// For each unit its colour.
    public let fills: [String]
    /// For each unit the entry of its circle in the legend; nil for none, as zero has none.
    public let circles: [Int?]
    /// For each unit what its tool tip says after the name.
    public let values: [Phrase?]
    /// Which ellipses stand on it.
    public var ellipses: [Int] = []
    /// For each unit a mark that says what its colour says; empty without marks.
    public var marks: [Mark?] = []
  }

  /// A mean centre with the ellipse around it, in the plane.
  public struct Ellipse: Sendable, Equatable {
    /// The period.
    public let period: Int
    /// What it is called.
    public let label: String
    /// The centre.
    public let centre: PolygonLayer.Point
    /// Points around the ellipse.
    public let outline: [PolygonLayer.Point]
  }

  /// A mark on a unit, so that no colour is needed to read the map.
  public enum Mark: Sendable, Equatable {
    case triangle
    case square
  }

  /// A legend and its entries from low to high.
  public struct Legend: Sendable, Equatable {
    /// What is shown.
    public let title: Phrase
    /// The entries.
    public let entries: [Entry]

    /// A class in a legend.
    public struct Entry: Sendable, Equatable {
      /// A colour; empty for a circle that is not drawn, as of zero.
      public let colour: String
      /// The class in words.
      public let label: Phrase
      /// How many units it has, map by map, where the legend says it.
      public var tally: [Int] = []
      /// The mark that units of the class bear.
      public var mark: Mark? = nil

      /// What the legend shows.
      public var text: Phrase {
        guard !tally.isEmpty else { return label }
        let numbers = tally.map(String.init).joined(separator: ", ")
        return Phrase("\(label.english) (\(numbers))", zh: "\(label.chinese)（\(numbers)）")
      }
    }
  }

  /// A meridian or parallel.
  public struct GridLine: Sendable, Equatable {
    /// Its degrees: `112°E`.
    public let label: String
    /// Whether it is a meridian.
    public let isMeridian: Bool
    /// Points along it.
    public let points: [PolygonLayer.Point]
  }

  /// A name on the map.
  public struct Label: Sendable, Equatable {
    /// The name.
    public let text: Phrase
    /// A point inside what it names.
    public let point: PolygonLayer.Point
    /// The units that it names.
    public let units: [Int]
    /// Whether it names a group of units and stands out.
    public let isStrong: Bool
    /// Whether its English wording is Chinese.
    public var isChinese: Bool { text.english.isChinese }
  }

  /// A wider area and the map inside it, in a plane of their own.
  public struct Locator: Sendable, Equatable {
    /// The polygons of the wider area.
    public let surroundings: PolygonLayer
    /// The polygons of the map.
    public let area: PolygonLayer
  }
}

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
        ResultColumn(
          "colour", Phrase("Colour", zh: "颜色"),
          .text(
            entries.map { entry in
              MapPalette.base(ofHatched: entry.colour).map {
                "\($0) \(MapPalette.isLined(entry.colour) ? "lined" : "hatched")"
              } ?? entry.colour
            })),
      ] + counts, notes: notes)
  }
}
