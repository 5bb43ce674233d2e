import RuralValue

/// Moran's I over the years: a line, the expectation where neighbours are unrelated, and the band within which
/// 95 of 100 unrelated years would lie.
struct MoranPlot {
  typealias Year = MoranFigure.Year

  let figure: MoranFigure
  var language = Language.english

  private var title: String { figure.title.text(in: language) }

  private static let left = 52.0
  private static let right = 468.0
  private static let height = 220.0

  /// The drawing.
  var svg: String {
    var canvas = PlotCanvas()
    let top = canvas.writeTitle(title) + 8
    let bottom = top + Self.height
    drawAxes(top: top, bottom: bottom, on: &canvas)
    func y(_ value: Double) -> Double { bottom - Self.height * scale.fraction(value) }
    let known = shown.filter { $0.expected.isFinite && $0.deviation.isFinite && abs($0.deviation) < 1e150 }
    if known.count > 1 {
      let upper = known.map { (x($0), y($0.expected + 1.96 * $0.deviation)) }
      let lower = known.map { (x($0), y($0.expected - 1.96 * $0.deviation)) }
      canvas.polygon(upper + lower.reversed(), fill: "#e4e4e4")
    }
    for (first, second) in zip(known, known.dropFirst()) {
      canvas.line(
        from: (x(first), y(first.expected)), to: (x(second), y(second.expected)), colour: PlotCanvas.faint,
        dashes: "5 3")
    }
    if shown.count > 1 { canvas.polyline(shown.map { (x($0), y($0.value)) }, colour: PlotCanvas.blue) }
    for year in shown { canvas.point(x: x(year), y: y(year.value), isFilled: year.pValue < 0.05) }
    let end = writeLegend(on: &canvas, y: bottom + 34)
    return canvas.drawing(title: title, height: end + 8, language: language)
  }

  /// Whether there is anything to draw.
  var isEmpty: Bool { shown.isEmpty }

  private var shown: [Year] {
    figure.years.filter { abs($0.value) < 1e150 }.sorted { $0.period < $1.period }
  }

  private var scale: PlotScale {
    PlotScale(
      shown.flatMap {
        [$0.value, $0.expected, $0.expected - 1.96 * $0.deviation, $0.expected + 1.96 * $0.deviation]
      } + [0])
  }

  private func x(_ year: Year) -> Double {
    guard let first = shown.first?.period, let last = shown.last?.period, last > first else {
      return (Self.left + Self.right) / 2
    }
    let inner = Self.right - Self.left - 24
    return Self.left + 12 + inner * (Double(year.period) - Double(first)) / (Double(last) - Double(first))
  }

  private func drawAxes(top: Double, bottom: Double, on canvas: inout PlotCanvas) {
    for tick in scale.ticks {
      let y = bottom - Self.height * scale.fraction(tick)
      canvas.line(from: (Self.left, y), to: (Self.right, y), colour: PlotCanvas.grid, width: "0.7")
      canvas.write(
        scale.label(tick), x: Self.left - 6, y: y + 4, size: PlotCanvas.smallSize, anchor: .end,
        colour: PlotCanvas.faint)
    }
    var end = -Double.infinity
    for year in shown {
      let label = String(year.period)
      let half = SVGText.width(label, size: PlotCanvas.smallSize) / 2
      guard x(year) - half > end + 5 else { continue }
      canvas.write(
        label, x: x(year), y: bottom + 16, size: PlotCanvas.smallSize, anchor: .middle,
        colour: PlotCanvas.faint)
      end = x(year) + half
    }
  }

  private func writeLegend(on canvas: inout PlotCanvas, y: Double) -> Double {
    let words = Phrase(
      "Filled: p < 0.05; hollow: not. Dashed: expectation without spatial association; grey: 1.96 standard"
        + " deviations around it.",
      zh: "实心表示p<0.05，空心表示不显著；虚线为无空间关联时的期望值，灰色带为其上下1.96个标准差。"
    ).text(in: language)
    let lines = PlotLabel.lines(words, width: PlotCanvas.width - 16, size: PlotCanvas.smallSize)
    for (place, line) in lines.enumerated() {
      canvas.write(
        line, x: 8, y: y + 14 * Double(place), size: PlotCanvas.smallSize, colour: PlotCanvas.faint)
    }
    return y + 14 * Double(lines.count - 1)
  }
}
