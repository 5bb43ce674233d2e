import RuralValue

/// The legends of a figure with its scale bar and north arrow, one above the other.
struct LegendBlock {
  private let figure: MapFigure
  private let language: Language
  let width: Double

  init(_ figure: MapFigure, language: Language) {
    self.figure = figure
    self.language = language
    let legends = [figure.fillLegend, figure.circleLegend].compactMap { $0 }
    let entries = legends.flatMap {
      $0.entries.map { SVGText.width($0.text.text(in: language), size: MapLayout.textSize) + 36 }
    }
    width = min(max(entries.max() ?? 0, 150), 260)
  }

  /// The height without knowing pixels a kilometre.
  var height: Double {
    let legends = [figure.fillLegend, figure.circleLegend].compactMap { $0 }
    let rows = legends.reduce(0.0) {
      $0 + Double($1.entries.count) * MapLayout.legendRow + Double(titleLines($1, width).count) * 17 + 22
    }
    return rows + 96 + (figure.outlineName == nil ? 0 : 28) + EllipseDrawing(figure: figure).legendHeight
      + (LocatorDrawing(figure)?.height ?? 0)
  }

  private func titleLines(_ legend: MapFigure.Legend, _ width: Double) -> [String] {
    SVGText.lines(legend.title.text(in: language), width: width, size: MapLayout.textSize)
  }

  /// Draws the block where the layout has it.
  func draw(on canvas: inout SVGCanvas, _ layout: MapLayout, _ prefix: String) {
    guard let room = layout.legendRoom else {
      var y = drawNorthArrow(on: &canvas, x: layout.legendX + 10, y: layout.legendY)
      y = drawFill(on: &canvas, x: layout.legendX, y: y, width, prefix)
      y = drawCircles(on: &canvas, layout, x: layout.legendX, y: y, width)
      y = drawLines(on: &canvas, layout, x: layout.legendX, y: y, width)
      drawScaleBar(on: &canvas, layout, x: layout.legendX, y: y + 8, width)
      LocatorDrawing(figure)?.draw(on: &canvas, x: layout.legendX, y: y + 42, language)
      return
    }
    for part in parts(in: room, radii: layout.radii) {
      let (x, y) = (layout.legendX + part.x, layout.legendY + part.y)
      switch part.kind {
      case .fill: _ = drawFill(on: &canvas, x: x, y: y, part.width, prefix)
      case .circles: _ = drawCircles(on: &canvas, layout, x: x, y: y, part.width)
      case .lines: _ = drawLines(on: &canvas, layout, x: x, y: y, part.width)
      case .bearings:
        let below = drawNorthArrow(on: &canvas, x: x + 10, y: y - 6)
        drawScaleBar(on: &canvas, layout, x: x + 4, y: below - 2, part.width)
      case .locator: LocatorDrawing(figure)?.draw(on: &canvas, x: x, y: y, language)
      }
    }
  }

  /// Colours; the next height.
  private func drawFill(
    on canvas: inout SVGCanvas, x: Double, y: Double, _ width: Double, _ prefix: String
  ) -> Double {
    guard let legend = figure.fillLegend else { return y }
    var y = drawTitle(legend, on: &canvas, x: x, y: y, width)
    for entry in legend.entries {
      canvas.rectangle(x: x, y: y, width: 26, height: 14, fill: SVGText.fill(entry.colour, prefix))
      if let mark = entry.mark {
        canvas.append(
          "<g stroke=\"#222222\" stroke-width=\"0.4\">\(SVGText.mark(mark, x: x + 13, y: y + 7, size: 4.2))</g>"
        )
      }
      canvas.write(entry.text.text(in: language), x: x + 34, y: y + 11.5, size: MapLayout.textSize)
      y += MapLayout.legendRow
    }
    return y + 12
  }

  /// Circles; the next height.
  private func drawCircles(
    on canvas: inout SVGCanvas, _ layout: MapLayout, x: Double, y: Double, _ width: Double
  ) -> Double {
    guard let legend = figure.circleLegend else { return y }
    var y = drawTitle(legend, on: &canvas, x: x, y: y, width)
    for (level, entry) in legend.entries.enumerated() {
      if !entry.colour.isEmpty {
        canvas.circle(x: x + 13, y: y + 7, radius: layout.radii[level], fill: entry.colour)
      }
      canvas.write(entry.label.text(in: language), x: x + 34, y: y + 11.5, size: MapLayout.textSize)
      y += max(MapLayout.legendRow, 2 * layout.radii[level] + 4)
    }
    return y + 12
  }

  /// The outline and the ellipses; the next height.
  private func drawLines(
    on canvas: inout SVGCanvas, _ layout: MapLayout, x: Double, y: Double, _ width: Double
  ) -> Double {
    var y = y
    if let name = figure.outlineName {
      canvas.append(
        "<path d=\"M\(SVGText.number(x)) \(SVGText.number(y + 7))h26\" stroke=\"#3c3c3c\" stroke-width=\"1.2\"/>"
      )
      canvas.write(name.text(in: language), x: x + 34, y: y + 11.5, size: MapLayout.textSize)
      y += MapLayout.legendRow + 8
    }
    return EllipseDrawing(figure: figure).drawLegend(
      on: &canvas, x: x, y: y, width: width, leastSize: layout.leastSize, language: language)
  }

  private func drawTitle(
    _ legend: MapFigure.Legend, on canvas: inout SVGCanvas, x: Double, y: Double, _ width: Double
  ) -> Double {
    var y = y
    for line in titleLines(legend, width) {
      canvas.write(line, x: x, y: y + 10, size: MapLayout.textSize, isBold: true)
      y += 17
    }
    return y + 4
  }

  /// The arrow to the north; the next height.
  private func drawNorthArrow(on canvas: inout SVGCanvas, x: Double, y: Double) -> Double {
    guard !figure.isGlobal else { return y }
    func number(_ value: Double) -> String { SVGText.number(value) }
    canvas.write(
      Phrase("N", zh: "北").text(in: language), x: x, y: y + 11, size: 13, anchor: .middle, isBold: true)
    let (top, bottom, middle) = (y + 15, y + 42, y + 36)
    canvas.append(
      "<path d=\"M\(number(x)) \(number(top))L\(number(x - 7)) \(number(bottom))L\(number(x)) \(number(middle))Z\""
        + " fill=\"#222222\" stroke=\"#222222\" stroke-width=\"0.7\"/>")
    canvas.append(
      "<path d=\"M\(number(x)) \(number(top))L\(number(x + 7)) \(number(bottom))L\(number(x)) \(number(middle))Z\""
        + " fill=\"#ffffff\" stroke=\"#222222\" stroke-width=\"0.7\"/>")
    return y + 58
  }

  /// A bar of the largest round length that fits the legend's width with its text.
  private func drawScaleBar(
    on canvas: inout SVGCanvas, _ layout: MapLayout, x: Double, y: Double, _ width: Double
  ) {
    guard !figure.isGlobal else { return }
    let wanted = (width - 30) / layout.scale
    var step = 1e-6
    while step * 10 <= wanted { step *= 10 }
    let length = step * (wanted >= 5 * step ? 5 : wanted >= 2 * step ? 2 : 1)
    let pixels = length * layout.scale
    canvas.rectangle(x: x, y: y, width: pixels / 2, height: 5, fill: "#222222", stroke: "#222222")
    canvas.rectangle(
      x: x + pixels / 2, y: y, width: pixels / 2, height: 5, fill: "#ffffff", stroke: "#222222")
    canvas.write("0", x: x, y: y + 19, size: MapLayout.noteSize, anchor: .middle)
    let (half, whole) = (text(length / 2), text(length) + SVGText.kilometres(figure, language))
    // The number in the middle stands where it touches neither end's.
    if (SVGText.width(half, size: MapLayout.noteSize) + SVGText.width(whole, size: MapLayout.noteSize)) / 2
      + 4
      < pixels / 2
    {
      canvas.write(half, x: x + pixels / 2, y: y + 19, size: MapLayout.noteSize, anchor: .middle)
    }
    canvas.write(
      whole, x: x + pixels, y: y + 19, size: MapLayout.noteSize,
      anchor: .middle)
  }

  private func text(_ value: Double) -> String { FixedDecimals.text(value, atMost: 6) }
}

/// The legend below maps: its parts side by side, as many as the room takes, and the others below them.
extension LegendBlock {
  fileprivate struct Part {
    enum Kind { case fill, circles, lines, bearings, locator }
    let kind: Kind
    let width: Double
    let height: Double
    var x = 0.0
    var y = 0.0
  }

  /// The height of the block where it stands below maps.
  func height(below room: Double, radii: [Double]) -> Double {
    parts(in: room, radii: radii).map { $0.y + $0.height }.max() ?? 0
  }

  fileprivate func parts(in room: Double, radii: [Double]) -> [Part] {
    var parts: [Part] = []
    func add(_ kind: Part.Kind, _ legend: MapFigure.Legend, rows: Double) {
      let texts = legend.entries.map {
        SVGText.width($0.text.text(in: language), size: MapLayout.textSize) + 36
      }
      let width = min(max(texts.max() ?? 0, 110), room)
      parts.append(
        Part(kind: kind, width: width, height: Double(titleLines(legend, width).count) * 17 + 4 + rows))
    }
    if let legend = figure.fillLegend {
      add(.fill, legend, rows: Double(legend.entries.count) * MapLayout.legendRow)
    }
    if let legend = figure.circleLegend {
      add(.circles, legend, rows: radii.reduce(0) { $0 + max(MapLayout.legendRow, 2 * $1 + 4) })
    }
    let ellipses = EllipseDrawing(figure: figure).legendHeight
    if figure.outlineName != nil || ellipses > 0 {
      let name = figure.outlineName.map {
        SVGText.width($0.text(in: language), size: MapLayout.textSize) + 36
      }
      let height =
        (figure.outlineName == nil ? 0 : MapLayout.legendRow + 8) + (ellipses > 0 ? ellipses + 12 : 0)
      parts.append(
        Part(kind: .lines, width: min(max(name ?? 0, ellipses > 0 ? 160 : 0), room), height: height))
    }
    if !figure.isGlobal { parts.append(Part(kind: .bearings, width: 110, height: 76)) }
    if let locator = LocatorDrawing(figure) {
      parts.append(Part(kind: .locator, width: locator.width, height: locator.height))
    }
    return Self.placed(parts, in: room)
  }

  /// The parts from left to right, in rows.
  private static func placed(_ parts: [Part], in room: Double) -> [Part] {
    let gap = 20.0
    var (placed, x, y, tallest) = ([Part](), 0.0, 0.0, 0.0)
    for var part in parts {
      if x > 0, x + part.width > room {
        (x, y, tallest) = (0, y + tallest + 10, 0)
      }
      (part.x, part.y) = (x, y)
      placed.append(part)
      x += part.width + gap
      tallest = max(tallest, part.height)
    }
    return placed
  }
}
