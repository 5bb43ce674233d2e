import RuralValue

/// The outlines of units and groups as SVG paths, in tenths of a pixel.
///
/// Vertices are rounded before neighbours of the same place are dropped, so that a border stays the same
/// line from both its sides.
struct MapShapes {
  private let figure: MapFigure
  private let layout: MapLayout

  init(_ figure: MapFigure, _ layout: MapLayout) {
    self.figure = figure
    self.layout = layout
  }

  /// The path of one unit; empty without geometry.
  func unit(_ position: Int) -> String {
    let layer = figure.layer
    return layer.rings[layer.features[position].rings].map { ring in
      path(ring.vertices.lazy.map { (layer.x[$0], layer.y[$0]) }, isClosed: true)
    }.joined()
  }

  /// The path of the lines between groups.
  var outlines: String {
    figure.outlines.map { line in path(line.lazy.map { ($0.x, $0.y) }, isClosed: false) }.joined()
  }

  private func path(_ points: some Sequence<(Double, Double)>, isClosed: Bool) -> String {
    Self.path(points, isClosed: isClosed) { layout.place(.init(x: $0, y: $1)) }
  }

  /// A path through points as `place` puts them on the page; those nearer than `least` tenths of a pixel to the one before
  /// are left out.
  static func path(
    _ points: some Sequence<(Double, Double)>, isClosed: Bool, least: Int = 1,
    _ place: (Double, Double) -> (x: Double, y: Double)
  ) -> String {
    var text = ""
    var last: (x: Int, y: Int)?
    for (x, y) in points {
      let place = place(x, y)
      let next = (x: Int((place.x * 10).rounded()), y: Int((place.y * 10).rounded()))
      guard let previous = last else {
        text = "M\(SVGText.tenths(next.x)) \(SVGText.tenths(next.y))l"
        last = next
        continue
      }
      guard max(abs(next.x - previous.x), abs(next.y - previous.y)) >= least else { continue }
      if !text.hasSuffix("l") { text += " " }
      text += "\(SVGText.tenths(next.x - previous.x)) \(SVGText.tenths(next.y - previous.y))"
      last = next
    }
    if text.hasSuffix("l") { return "" }
    return isClosed ? text + "z" : text
  }
}

/// A frame around a map with meridians and parallels and their degrees.
struct GraticuleDrawing {
  private let figure: MapFigure
  private let layout: MapLayout
  /// How far the frame stands off the map.
  private let pad = 8.0

  init(_ figure: MapFigure, _ layout: MapLayout) {
    self.figure = figure
    self.layout = layout
  }

  /// Draws on a canvas whose origin is the map's corner.
  func draw(on canvas: inout SVGCanvas) {
    guard !figure.graticule.isEmpty else { return }
    let frame = (left: -pad, top: -pad, right: layout.mapWidth + pad, bottom: layout.mapHeight + pad)
    for line in figure.graticule {
      let inside = line.points.map { layout.place($0) }
        .filter { (frame.left...frame.right).contains($0.x) && (frame.top...frame.bottom).contains($0.y) }
      guard inside.count > 1 else { continue }
      // Finely sampled to end at the frame; drawn through every twelfth point.
      let drawn = inside.enumerated().filter { $0.offset % 12 == 0 || $0.offset == inside.count - 1 }
      let path = drawn.map(\.element).map { "\(SVGText.number($0.x)) \(SVGText.number($0.y))" }.joined(
        separator: "L")
      canvas.append(
        "<path d=\"M\(path)\" fill=\"none\" stroke=\"#b5b5b5\" stroke-width=\"0.5\" stroke-dasharray=\"3 2\"/>"
      )
      label(line, inside, frame, on: &canvas)
    }
    canvas.rectangle(
      x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top,
      fill: "none",
      stroke: "#444444", strokeWidth: "0.8")
  }

  private func label(
    _ line: MapFigure.GridLine, _ points: [(x: Double, y: Double)],
    _ frame: (left: Double, top: Double, right: Double, bottom: Double), on canvas: inout SVGCanvas
  ) {
    if line.isMeridian {
      guard let lowest = points.max(by: { $0.y < $1.y }), lowest.y > frame.bottom - 30 else { return }
      canvas.write(
        line.label, x: lowest.x, y: frame.bottom + 13, size: max(10, layout.leastSize), anchor: .middle,
        colour: "#444444")
    } else {
      guard let leftmost = points.min(by: { $0.x < $1.x }), leftmost.x < frame.left + 30 else { return }
      canvas.write(
        line.label, x: frame.left - 4, y: leftmost.y + 3.5, size: max(10, layout.leastSize), anchor: .end,
        colour: "#444444")
    }
  }
}
