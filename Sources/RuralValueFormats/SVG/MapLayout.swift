import RuralValue

/// Where the parts of a figure stand, in pixels.
///
/// A figure that is printed so narrow that its letters could not be read has fewer maps side by side and its legend
/// below them, so that its smallest letters are six points high on paper.
struct MapLayout {
  /// The smallest letters on paper, in points, as journals ask for them.
  static let leastPoints = 6.0
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
  let titleLines: [String]
  /// The captions above the maps, each in its lines.
  let captionLines: [[String]]
  /// Whether the legend stands below the maps and how wide it may be there.
  let legendRoom: Double?
  /// The size of letters that can be read on paper; zero for a figure of no width on paper.
  let leastSize: Double
  let radii: [Double]
  /// The space around a map for a frame and its degrees; zero without a graticule.
  let inset: Double
  private let top: Double
  private let caption: Double

  /// A layout, for a width on paper in points where there is one.
  init(_ figure: MapFigure, language: Language, paper: Double? = nil) {
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
    let usual = count == 1 || isWide && count <= 3 ? 1 : count == 2 || count == 4 || isWide ? 2 : 3
    let legend = LegendBlock(figure, language: language)
    let inset = figure.graticule.isEmpty ? 0.0 : 34
    // No map taller than a quarter more than it is wide.
    func scale(_ target: Double) -> Double { min(target / spanX, target * 1.25 / spanY) }
    func hasFreeCell(_ columns: Int, _ mapWidth: Double) -> Bool {
      (count + columns - 1) / columns * columns > count && mapWidth >= legend.width * 0.9
    }
    func right(_ columns: Int, _ mapWidth: Double) -> Double {
      Self.margin + Double(columns) * (mapWidth + Self.gap + inset * 1.3)
    }
    func width(_ columns: Int, _ target: Double) -> Double {
      let mapWidth = spanX * scale(target)
      return right(columns, mapWidth) + Self.margin
        + (hasFreeCell(columns, mapWidth) ? 0 : legend.width + 8)
    }
    var (columns, target) = (usual, usual == 1 ? 560.0 : usual == 2 ? 380 : 300)
    var room: Double?
    if let paper, case let most = paper * Self.noteSize / Self.leastPoints, width(columns, target) > most {
      let narrow = Self.narrow(most, usual, legend: legend.width, inset: inset) { target in
        legend.height <= 1.2 * spanY * scale(target)
      }
      (columns, target) = (narrow.columns, narrow.target)
      if narrow.isBelow { room = max(most - 2 * Self.margin, narrow.target) }
    }
    columnCount = columns
    self.scale = scale(target)
    let mapWidth = spanX * scale(target)
    (self.mapWidth, mapHeight) = (mapWidth, spanY * scale(target))
    self.west = west
    self.north = north
    self.inset = inset

    let hasFreeCell = room == nil && hasFreeCell(columns, mapWidth)
    let gridRight = right(columns, mapWidth)
    let width = room.map { $0 + 2 * Self.margin } ?? width(columns, target)
    self.width = width
    leastSize = paper.map { Self.leastPoints * width / $0 } ?? 0
    titleLines =
      figure.title.map {
        SVGText.lines($0.text(in: language), width: width - 2 * Self.margin, size: Self.titleSize)
      } ?? []
    // Captions stand on one line where nothing narrows the maps.
    captionLines = figure.panels.map { panel in
      let text = panel.title?.text(in: language) ?? ""
      return paper == nil
        ? [text] : SVGText.lines(text, width: mapWidth + inset, size: Self.captionSize)
    }
    top = Self.margin + (titleLines.isEmpty ? 0 : Double(titleLines.count) * (Self.titleSize + 4) + 10)
    caption =
      figure.panels.contains { $0.title != nil }
      ? Self.captionSize + 10 + Double((captionLines.map(\.count).max() ?? 1) - 1) * Self.captionRow : 0

    let rows = (count + columnCount - 1) / columnCount
    let cell = (
      width: mapWidth + Self.gap + inset * 1.3, height: mapHeight + caption + Self.gap + inset
    )
    // Few large units would have circles as large as the legend.
    let spacing = min(
      40, (mapWidth * mapHeight / Double(max(figure.layer.features.count, 1))).squareRoot())
    let entries = figure.circleLegend?.entries ?? []
    let bare = entries.count { $0.colour.isEmpty }
    let radii = entries.indices.map { entry in
      entry < bare
        ? 0
        : max(
          1.2, spacing * (0.085 + 0.235 * Double(entry - bare) / Double(max(entries.count - bare - 1, 1))))
    }
    self.radii = radii
    legendRoom = room
    let gridBottom = top + Double(rows) * cell.height
    if let room {
      (legendX, legendY) = (Self.margin, gridBottom + 6)
      noteLines = Self.lines(of: figure, language, width: width)
      let bottom = legendY + legend.height(below: room, radii: radii) + Self.gap
      noteY = bottom + Self.noteSize
      height = bottom + Double(noteLines.count) * (Self.noteSize + 5) + Self.margin
      return
    }
    legendX =
      hasFreeCell ? Self.margin + Double(count % columnCount) * cell.width + 26 : gridRight + 8
    legendY = hasFreeCell ? top + Double(rows - 1) * cell.height + caption : top + caption
    let bottom = max(gridBottom, legendY + legend.height + Self.gap)
    noteLines = Self.lines(of: figure, language, width: width)
    noteY = bottom + Self.noteSize
    height = bottom + Double(noteLines.count) * (Self.noteSize + 5) + Self.margin
  }

  /// The notes in lines below a figure of this width.
  private static func lines(of figure: MapFigure, _ language: Language, width: Double) -> [String] {
    SVGText.lines(
      figure.notes.map { $0.text(in: language) }.joined(separator: language == .english ? " " : ""),
      width: width - 2 * margin, size: noteSize)
  }

  /// How many maps stand side by side in a figure that is no wider than `most`, how wide each is, and whether the legend
  /// stands below them: as many as leave each a width in which counties can be told apart. A legend beside a single map is
  /// as high as that at most.
  private static func narrow(
    _ most: Double, _ usual: Int, legend: Double, inset: Double, isAsHigh: (Double) -> Bool
  ) -> (columns: Int, target: Double, isBelow: Bool) {
    let room = most - 2 * margin
    func target(_ columns: Int, isBelow: Bool) -> Double {
      (isBelow ? room + gap : room - legend - 8) / Double(columns) - gap - inset * 1.3
    }
    for columns in stride(from: usual, through: 1, by: -1) {
      for isBelow in [false, true] {
        let target = target(columns, isBelow: isBelow)
        let least = columns > 1 ? 180 : isBelow ? 0 : 0.55 * room
        if target >= least, columns > 1 || isBelow || isAsHigh(target) {
          return (columns, max(target, 120), isBelow)
        }
      }
    }
    return (1, 120, true)
  }

  /// The height of a line of a caption.
  static let captionRow = 17.0

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
