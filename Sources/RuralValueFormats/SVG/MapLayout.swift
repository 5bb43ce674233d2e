import RuralValue

/// Where the parts of a figure stand, in pixels.
struct MapLayout {
  /// Sizes that do not depend on the figure.
  static let margin = 18.0
  static let gap = 14.0
  static let titleSize = 17.0
  static let captionSize = 14.0
  static let textSize = 12.5
  static let noteSize = 11.0
  static let legendRow = 20.0

  let width: Double
  let height: Double
  /// Panels side by side.
  let columnCount: Int
  /// One map's size, its caption not counted.
  let mapWidth: Double
  let mapHeight: Double
  /// Pixels a plane unit.
  let scale: Double
  /// The smallest x and the largest y of the map.
  let west: Double
  let north: Double
  /// The left upper corner of the legend.
  let legendX: Double
  let legendY: Double
  let noteY: Double
  let noteLines: [String]
  let radii: [Double]
  /// The space around a map for a frame and its degrees; zero without a graticule.
  let inset: Double
  private let top: Double
  private let caption: Double

  init(_ figure: MapFigure, language: Language) {
    let count = figure.panels.count
    let used = figure.layer.features.flatMap { figure.layer.rings[$0.rings].flatMap { Array($0.vertices) } }
    let around = figure.panels.flatMap(\.ellipses).flatMap { figure.ellipses[$0].outline }
    let (xs, ys) = (
      used.map { figure.layer.x[$0] } + around.map(\.x), used.map { figure.layer.y[$0] } + around.map(\.y)
    )
    let (west, east) = (xs.min() ?? 0, xs.max() ?? 1)
    let (south, north) = (ys.min() ?? 0, ys.max() ?? 1)
    let (spanX, spanY) = (max(east - west, 1e-9), max(north - south, 1e-9))
    let isWide = spanX > 1.7 * spanY
    columnCount = count == 1 || isWide && count <= 3 ? 1 : count == 2 || count == 4 || isWide ? 2 : 3
    let target = columnCount == 1 ? 560.0 : columnCount == 2 ? 380 : 300
    // No map taller than a quarter more than it is wide.
    scale = min(target / spanX, target * 1.25 / spanY)
    (mapWidth, mapHeight) = (spanX * scale, spanY * scale)
    self.west = west
    self.north = north
    inset = figure.graticule.isEmpty ? 0 : 34
    top = Self.margin + (figure.title == nil ? 0 : Self.titleSize + 14)
    caption = figure.panels.contains { $0.title != nil } ? Self.captionSize + 10 : 0

    let rows = (count + columnCount - 1) / columnCount
    let cell = (
      width: mapWidth + Self.gap + inset * 1.3, height: mapHeight + caption + Self.gap + inset
    )
    let legend = LegendBlock(figure, language: language)
    let hasFreeCell = rows * columnCount > count && mapWidth >= legend.width * 0.9
    let gridRight = Self.margin + Double(columnCount) * cell.width
    legendX =
      hasFreeCell ? Self.margin + Double(count % columnCount) * cell.width + 26 : gridRight + 8
    legendY = hasFreeCell ? top + Double(rows - 1) * cell.height + caption : top + caption
    width = hasFreeCell ? gridRight + Self.margin : gridRight + legend.width + 8 + Self.margin
    let bottom = max(top + Double(rows) * cell.height, legendY + legend.height + Self.gap)
    let noteWidth = width - 2 * Self.margin
    noteLines = SVGText.lines(
      figure.notes.map { $0.text(in: language) }.joined(separator: language == .english ? " " : ""),
      width: noteWidth, size: Self.noteSize)
    noteY = bottom + Self.noteSize
    height = bottom + Double(noteLines.count) * (Self.noteSize + 5) + Self.margin

    // Few large units would have circles as large as the legend.
    let spacing = min(
      40, (mapWidth * mapHeight / Double(max(figure.layer.features.count, 1))).squareRoot())
    let classes = figure.circleLegend?.entries.count ?? 0
    radii = (0..<classes).map { level in
      max(1.2, spacing * (0.085 + 0.235 * Double(level) / Double(max(classes - 1, 1))))
    }
  }

  /// The left upper corner of a panel's map, below its caption.
  func origin(ofPanel position: Int) -> (x: Double, y: Double) {
    (
      Self.margin + inset + Double(position % columnCount) * (mapWidth + Self.gap + inset * 1.3),
      top + caption + inset * 0.4
        + Double(position / columnCount) * (mapHeight + caption + Self.gap + inset)
    )
  }

  /// A point of the plane in pixels from a map's corner.
  func place(_ point: PolygonLayer.Point) -> (x: Double, y: Double) {
    ((point.x - west) * scale, (north - point.y) * scale)
  }
}
