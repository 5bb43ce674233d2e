import RuralValue

/// A curve over a variable's range with its band, its turning point and the interval of that.
struct CurvePlot {
  let figure: CurveFigure
  var language = Language.english

  private static let (left, right, height) = (62.0, 468.0, 230.0)

  /// The drawing.
  var svg: String {
    let title = figure.title.text(in: language)
    var canvas = PlotCanvas()
    let above = canvas.writeTitle(title)
    let outcome = PlotLabel.lines(
      figure.outcome.text(in: language), width: PlotCanvas.width - 16, size: PlotCanvas.smallSize)
    for (place, line) in outcome.enumerated() {
      canvas.write(
        line, x: 8, y: above + 10 + 14 * Double(place), size: PlotCanvas.smallSize, colour: PlotCanvas.faint)
    }
    let top = above + 6 + 14 * Double(outcome.count)
    let bottom = top + Self.height
    func y(_ value: Double) -> Double { bottom - Self.height * vertical.fraction(value) }
    func x(_ value: Double) -> Double { Self.left + (Self.right - Self.left) * horizontal.fraction(value) }
    if let interval = figure.interval {
      let (a, b) = (x(interval.low), x(interval.high))
      canvas.bar(x: a, y: top, width: b - a, height: Self.height, fill: "#f3e3c3")
    }
    for tick in vertical.ticks {
      canvas.line(
        from: (Self.left, y(tick)), to: (Self.right, y(tick)), colour: PlotCanvas.grid, width: "0.7")
      canvas.write(
        vertical.label(tick), x: Self.left - 6, y: y(tick) + 4, size: PlotCanvas.smallSize, anchor: .end,
        colour: PlotCanvas.faint)
    }
    canvas.polygon(
      points.map { (x($0.x), y($0.high)) } + points.reversed().map { (x($0.x), y($0.low)) }, fill: "#d4e3ec")
    // Whether an effect is none is read off the line of zero.
    if figure.marksZero, points.contains(where: { $0.low < 0 }), points.contains(where: { $0.high > 0 }) {
      canvas.line(from: (Self.left, y(0)), to: (Self.right, y(0)), dashes: "5 3")
    }
    canvas.polyline(points.map { (x($0.x), y($0.y)) }, colour: PlotCanvas.blue, width: "1.8")
    canvas.line(from: (Self.left, bottom), to: (Self.right, bottom), colour: PlotCanvas.faint)
    for tick in horizontal.ticks {
      canvas.line(from: (x(tick), bottom), to: (x(tick), bottom + 4), colour: PlotCanvas.faint)
      canvas.write(
        horizontal.label(tick), x: x(tick), y: bottom + 16, size: PlotCanvas.smallSize, anchor: .middle,
        colour: PlotCanvas.faint)
    }
    if let extreme = figure.extreme {
      canvas.line(from: (x(extreme), top), to: (x(extreme), bottom), dashes: "5 3")
      let isLeft = x(extreme) > 0.5 * (Self.left + Self.right)
      canvas.write(
        FixedDecimals.text(extreme, decimals: 3).replacing("-", with: "−"), x: x(extreme) + (isLeft ? -5 : 5),
        y: top + 12, size: PlotCanvas.smallSize, anchor: isLeft ? .end : .start)
    }
    let names = PlotLabel.lines(
      figure.variable.text(in: language), width: Self.right - Self.left, size: PlotCanvas.textSize)
    for (place, line) in names.enumerated() {
      canvas.write(
        line, x: 0.5 * (Self.left + Self.right), y: bottom + 34 + 15 * Double(place), anchor: .middle)
    }
    return canvas.drawing(title: title, height: bottom + 29 + 15 * Double(names.count), language: language)
  }

  /// Whether there is anything to draw.
  var isEmpty: Bool { points.count < 2 }

  private var points: [CurveFigure.Point] {
    figure.points.filter {
      abs($0.x) < 1e150 && abs($0.y) < 1e150 && abs($0.low) < 1e150 && abs($0.high) < 1e150
    }
  }

  private var vertical: PlotScale { PlotScale(points.flatMap { [$0.low, $0.high] }) }
  private var horizontal: PlotScale { PlotScale(points.map(\.x)) }
}
