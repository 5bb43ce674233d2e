import RuralValue

/// Numbers of counties by colour as bars of one length, the worst first, with the numbers in them.
struct WarningPlot {
  let figure: WarningFigure
  var language = Language.english

  private static let left = 150.0
  private static let right = 470.0
  private static let height = 17.0

  /// The drawing.
  var svg: String {
    var canvas = PlotCanvas()
    let title = figure.title.text(in: language)
    var y = canvas.writeTitle(title) + 6
    y = writeLegend(on: &canvas, y: y)
    for block in figure.blocks {
      y += 12
      for line in PlotLabel.lines(
        block.heading.text(in: language), width: PlotCanvas.width - 16, size: PlotCanvas.textSize)
      {
        canvas.write(line, x: 8, y: y + 10, isBold: true)
        y += 17
      }
      for bar in block.bars { y = draw(bar, on: &canvas, y: y) }
    }
    return canvas.drawing(title: title, height: y + 10, language: language)
  }

  /// Whether there is anything to draw.
  var isEmpty: Bool { !figure.blocks.contains { $0.bars.contains { Self.total($0) > 0 } } }

  private static func total(_ bar: WarningFigure.Bar) -> Int { bar.counts.reduce(0, +) + bar.colourless }

  /// The parts of a bar from left to right: red, yellow, green, without a colour.
  private static func parts(_ bar: WarningFigure.Bar) -> [(count: Int, fill: String, ink: String)] {
    WarningColour.allCases.reversed().map { colour in
      (bar.counts[colour.rawValue], MapPalette.warning(colour), colour == .red ? "#ffffff" : PlotCanvas.ink)
    } + [(bar.colourless, "#d9d9d9", PlotCanvas.ink)]
  }

  private func draw(_ bar: WarningFigure.Bar, on canvas: inout PlotCanvas, y: Double) -> Double {
    let lines = PlotLabel.lines(
      bar.label.text(in: language), width: Self.left - 20, size: PlotCanvas.textSize)
    let height = max(Self.height + 5, 15 * Double(lines.count) + 5)
    let middle = y + height / 2
    for (place, line) in lines.enumerated() {
      canvas.write(
        line, x: Self.left - 8, y: middle - 7.5 * Double(lines.count - 1) + 4.5 + 15 * Double(place),
        anchor: .end)
    }
    let total = Double(max(Self.total(bar), 1))
    var x = Self.left
    for part in Self.parts(bar) where part.count > 0 {
      let width = (Self.right - Self.left) * Double(part.count) / total
      canvas.bar(x: x, y: middle - Self.height / 2, width: width, height: Self.height, fill: part.fill)
      let words = "\(part.count)"
      if SVGText.width(words, size: PlotCanvas.smallSize) + 4 < width {
        canvas.write(
          words, x: x + width / 2, y: middle + 4, size: PlotCanvas.smallSize, anchor: .middle,
          colour: part.ink)
      }
      x += width
      // A white gap tells neighbours apart that look alike in print.
      canvas.line(
        from: (x, middle - Self.height / 2), to: (x, middle + Self.height / 2), colour: "#ffffff",
        width: "1.5")
    }
    return y + height
  }

  private func writeLegend(on canvas: inout PlotCanvas, y: Double) -> Double {
    var entries = WarningColour.allCases.reversed().map { (MapPalette.warning($0), $0.name) }
    if figure.blocks.contains(where: { $0.bars.contains { $0.colourless > 0 } }) {
      entries.append(("#d9d9d9", Phrase("No colour", zh: "无等级")))
    }
    var x = 8.0
    for (fill, name) in entries {
      let words = name.text(in: language)
      canvas.bar(x: x, y: y, width: 14, height: 11, fill: fill)
      canvas.write(words, x: x + 19, y: y + 10, size: PlotCanvas.smallSize)
      x += 34 + SVGText.width(words, size: PlotCanvas.smallSize)
    }
    return y + 14
  }
}
