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
      $0 + Double($1.entries.count) * MapLayout.legendRow + Double(titleLines($1).count) * 17 + 22
    }
    return rows + 96 + (figure.outlineName == nil ? 0 : 28) + EllipseDrawing(figure: figure).legendHeight
  }

  private func titleLines(_ legend: MapFigure.Legend) -> [String] {
    SVGText.lines(legend.title.text(in: language), width: width, size: MapLayout.textSize)
  }

  /// Draws the block with its corner where the layout has it.
  func draw(on canvas: inout SVGCanvas, _ layout: MapLayout, _ prefix: String) {
    var y = layout.legendY
    drawNorthArrow(on: &canvas, x: layout.legendX + 10, y: y)
    y += 58
    if let legend = figure.fillLegend {
      y = drawTitle(legend, on: &canvas, x: layout.legendX, y: y)
      for entry in legend.entries {
        canvas.rectangle(
          x: layout.legendX, y: y, width: 26, height: 14, fill: SVGText.fill(entry.colour, prefix))
        if let mark = entry.mark {
          canvas.append(
            "<g stroke=\"#222222\" stroke-width=\"0.4\">\(SVGText.mark(mark, x: layout.legendX + 13, y: y + 7, size: 4.2))</g>"
          )
        }
        canvas.write(
          entry.text.text(in: language), x: layout.legendX + 34, y: y + 11.5, size: MapLayout.textSize)
        y += MapLayout.legendRow
      }
      y += 12
    }
    if let legend = figure.circleLegend {
      y = drawTitle(legend, on: &canvas, x: layout.legendX, y: y)
      for (level, entry) in legend.entries.enumerated() {
        canvas.circle(x: layout.legendX + 13, y: y + 7, radius: layout.radii[level], fill: entry.colour)
        canvas.write(
          entry.label.text(in: language), x: layout.legendX + 34, y: y + 11.5, size: MapLayout.textSize)
        y += max(MapLayout.legendRow, 2 * layout.radii[level] + 4)
      }
      y += 12
    }
    if let name = figure.outlineName {
      canvas.append(
        "<path d=\"M\(SVGText.number(layout.legendX)) \(SVGText.number(y + 7))h26\" stroke=\"#3c3c3c\" stroke-width=\"1.2\"/>"
      )
      canvas.write(name.text(in: language), x: layout.legendX + 34, y: y + 11.5, size: MapLayout.textSize)
      y += MapLayout.legendRow + 8
    }
    y = EllipseDrawing(figure: figure).drawLegend(
      on: &canvas, x: layout.legendX, y: y, width: width, language: language)
    drawScaleBar(on: &canvas, layout, x: layout.legendX, y: y + 8)
  }

  private func drawTitle(
    _ legend: MapFigure.Legend, on canvas: inout SVGCanvas, x: Double, y: Double
  ) -> Double {
    var y = y
    for line in titleLines(legend) {
      canvas.write(line, x: x, y: y + 10, size: MapLayout.textSize, isBold: true)
      y += 17
    }
    return y + 4
  }

  private func drawNorthArrow(on canvas: inout SVGCanvas, x: Double, y: Double) {
    func number(_ value: Double) -> String { SVGText.number(value) }
    canvas.write("N", x: x, y: y + 11, size: 13, anchor: .middle, isBold: true)
    let (top, bottom, middle) = (y + 15, y + 42, y + 36)
    canvas.append(
      "<path d=\"M\(number(x)) \(number(top))L\(number(x - 7)) \(number(bottom))L\(number(x)) \(number(middle))Z\""
        + " fill=\"#222222\" stroke=\"#222222\" stroke-width=\"0.7\"/>")
    canvas.append(
      "<path d=\"M\(number(x)) \(number(top))L\(number(x + 7)) \(number(bottom))L\(number(x)) \(number(middle))Z\""
        + " fill=\"#ffffff\" stroke=\"#222222\" stroke-width=\"0.7\"/>")
  }

  /// A bar of the largest round length that fits the legend's width with its text.
  private func drawScaleBar(on canvas: inout SVGCanvas, _ layout: MapLayout, x: Double, y: Double) {
    let wanted = (width - 30) / layout.scale
    var step = 1e-6
    while step * 10 <= wanted { step *= 10 }
    let length = step * (wanted >= 5 * step ? 5 : wanted >= 2 * step ? 2 : 1)
    let pixels = length * layout.scale
    canvas.rectangle(x: x, y: y, width: pixels / 2, height: 5, fill: "#222222", stroke: "#222222")
    canvas.rectangle(
      x: x + pixels / 2, y: y, width: pixels / 2, height: 5, fill: "#ffffff", stroke: "#222222")
    let unit = figure.isInKilometres ? " km" : ""
    canvas.write("0", x: x, y: y + 19, size: MapLayout.noteSize, anchor: .middle)
    canvas.write(text(length / 2), x: x + pixels / 2, y: y + 19, size: MapLayout.noteSize, anchor: .middle)
    canvas.write(
      text(length) + unit, x: x + pixels, y: y + 19, size: MapLayout.noteSize, anchor: .middle)
  }

  private func text(_ value: Double) -> String { FixedDecimals.text(value, atMost: 6) }
}
