import RuralValue

/// The inset that shows where the map lies in a wider area, below the legend.
struct LocatorDrawing {
  private let locator: MapFigure.Locator
  private let west: Double
  private let north: Double
  private let scale: Double
  let width: Double
  private let boxHeight: Double
  private static let (room, pad, heading) = (150.0, 5.0, 21.0)

  /// The drawing of a figure's inset; nil where it has none.
  init?(_ figure: MapFigure) {
    guard let locator = figure.locator else { return nil }
    self.locator = locator
    let used = locator.surroundings.rings.flatMap { Array($0.vertices) }
    let (xs, ys) = (used.map { locator.surroundings.x[$0] }, used.map { locator.surroundings.y[$0] })
    guard let west = xs.min(), let east = xs.max(), let south = ys.min(), let north = ys.max() else {
      return nil
    }
    let inner = Self.room - 2 * Self.pad
    scale = min(inner / max(east - west, 1e-9), inner / max(north - south, 1e-9))
    (self.west, self.north) = (west, north)
    (width, boxHeight) = ((east - west) * scale + 2 * Self.pad, (north - south) * scale + 2 * Self.pad)
  }

  /// The height with its heading.
  var height: Double { Self.heading + boxHeight + 6 }

  /// Draws the inset at its left upper corner.
  func draw(on canvas: inout SVGCanvas, x: Double, y: Double, _ language: Language) {
    canvas.write(
      Phrase("Location", zh: "位置示意").text(in: language), x: x, y: y + 10, size: MapLayout.textSize,
      isBold: true)
    let top = y + Self.heading - 4
    canvas.rectangle(x: x, y: top, width: width, height: boxHeight, fill: "#ffffff", stroke: "#666666")
    func place(_ px: Double, _ py: Double) -> (x: Double, y: Double) {
      (x + Self.pad + (px - west) * scale, top + Self.pad + (north - py) * scale)
    }
    func path(_ layer: PolygonLayer, least: Int) -> String {
      layer.rings.map { ring in
        MapShapes.path(
          ring.vertices.lazy.map { (layer.x[$0], layer.y[$0]) }, isClosed: true, least: least, place)
      }.joined()
    }
    canvas.append(
      "<path d=\"\(path(locator.surroundings, least: 4))\" fill=\"#e4e4e4\" fill-rule=\"evenodd\" stroke=\"#8a8a8a\""
        + " stroke-width=\"0.4\"/>")
    canvas.append(
      "<path d=\"\(path(locator.area, least: 4))\" fill=\"#333333\" stroke=\"#333333\" stroke-width=\"0.5\"/>"
    )
    let corners = locator.area.rings.flatMap { Array($0.vertices) }.map {
      place(locator.area.x[$0], locator.area.y[$0])
    }
    let (xs, ys) = (corners.map(\.x), corners.map(\.y))
    guard let left = xs.min(), let right = xs.max(), let high = ys.min(), let low = ys.max(),
      max(right - left, low - high) < 12
    else { return }
    // What is so small is looked for in vain without a frame around it.
    canvas.rectangle(
      x: left - 3, y: high - 3, width: right - left + 6, height: low - high + 6, fill: "none",
      stroke: "#b2182b", strokeWidth: "1.2")
  }
}
