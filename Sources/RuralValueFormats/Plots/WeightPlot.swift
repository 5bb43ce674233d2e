import RuralValue

/// Indicator weights as bars, under the names of their dimensions, with the range over the years.
struct WeightPlot {
  typealias Bar = WeightFigure.Bar

  let figure: WeightFigure
  var language = Language.english

  private var title: String { figure.title.text(in: language) }

  private static let labelWidth = 196.0
  private static let left = 212.0
  private static let right = 426.0

  /// The drawing.
  var svg: String {
    var canvas = PlotCanvas()
    var y = canvas.writeTitle(title) + 4
    var group: Phrase?
    for bar in shown {
      if bar.group != group {
        y = writeGroup(bar.group.text(in: language), on: &canvas, y: y + 8)
        group = bar.group
      }
      y = draw(bar, on: &canvas, y: y)
    }
    y = writeLegend(on: &canvas, y: y + 18)
    return canvas.drawing(title: title, height: y + 8, language: language)
  }

  /// Whether there is anything to draw.
  var isEmpty: Bool { shown.isEmpty }

  private var shown: [Bar] { figure.bars.filter { $0.weight >= 0 && $0.weight < 1e150 } }

  private var hasRanges: Bool {
    shown.contains { $0.lowest.isFinite && $0.highest.isFinite && $0.highest > $0.lowest }
  }

  private var most: Double {
    max(shown.flatMap { [$0.weight, $0.highest] }.filter { $0 < 1e150 }.max() ?? 1, 1e-12)
  }

  private func x(_ weight: Double) -> Double {
    Self.left + (Self.right - Self.left) * min(1, max(0, weight / most))
  }

  private func writeGroup(_ name: String, on canvas: inout PlotCanvas, y: Double) -> Double {
    let lines = PlotLabel.lines(name, width: PlotCanvas.width - 16, size: PlotCanvas.textSize)
    for (place, line) in lines.enumerated() {
      canvas.write(line, x: 8, y: y + 13 + 16 * Double(place), isBold: true)
    }
    return y + 16 * Double(lines.count) + 4
  }

  private func draw(_ bar: Bar, on canvas: inout PlotCanvas, y: Double) -> Double {
    let lines = PlotLabel.lines(
      bar.label.text(in: language), width: Self.labelWidth, size: PlotCanvas.textSize)
    let height = max(20, 15 * Double(lines.count) + 5)
    let middle = y + height / 2
    for (place, line) in lines.enumerated() {
      canvas.write(
        line, x: Self.left - 8, y: middle - 7.5 * Double(lines.count - 1) + 4.5 + 15 * Double(place),
        anchor: .end)
    }
    canvas.bar(x: Self.left, y: middle - 6.5, width: x(bar.weight) - Self.left, height: 13, fill: "#5f92b5")
    if bar.lowest.isFinite, bar.highest.isFinite, bar.highest > bar.lowest {
      canvas.line(from: (x(bar.lowest), middle), to: (x(bar.highest), middle), width: "1.2")
      for end in [bar.lowest, bar.highest] {
        canvas.line(from: (x(end), middle - 3.5), to: (x(end), middle + 3.5), width: "1.2")
      }
    }
    canvas.line(
      from: (Self.left, y), to: (Self.left, y + height), colour: PlotCanvas.faint, width: "0.8")
    canvas.write(
      FixedDecimals.text(bar.weight, decimals: 4), x: PlotCanvas.width - 4, y: middle + 4,
      size: PlotCanvas.smallSize, anchor: .end)
    return y + height
  }

  private func writeLegend(on canvas: inout PlotCanvas, y: Double) -> Double {
    let words =
      (hasRanges
      ? Phrase(
        "Bars: weight. Lines: lowest and highest weight over the years.", zh: "条形为权重，横线为各年权重的最低值与最高值。")
      : Phrase("Bars: weight.", zh: "条形为权重。")).text(in: language)
    canvas.write(words, x: 8, y: y, size: PlotCanvas.smallSize, colour: PlotCanvas.faint)
    return y
  }
}
