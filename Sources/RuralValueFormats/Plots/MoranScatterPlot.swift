import RuralValue

/// Units by their values and their spatial lags: four quadrants that shape and filling tell apart, and the line of
/// Moran's I. Several periods stand two beside each other on the same axes.
struct MoranScatterPlot {
  let figure: MoranScatterFigure
  var language = Language.english

  private typealias Point = MoranScatterFigure.Point

  /// The drawing.
  var svg: String {
    let title = figure.title.text(in: language)
    var canvas = PlotCanvas()
    var top = canvas.writeTitle(title)
    let vertical = PlotLabel.lines(
      figure.vertical.text(in: language), width: PlotCanvas.width - 16, size: PlotCanvas.smallSize)
    for (place, line) in vertical.enumerated() {
      canvas.write(
        line, x: 8, y: top + 10 + 14 * Double(place), size: PlotCanvas.smallSize, colour: PlotCanvas.faint)
    }
    top += 14 * Double(vertical.count) + 8
    let across = figure.panels.count > 1 ? 2 : 1
    let width = (PlotCanvas.width - 16) / Double(across)
    let height = across == 1 ? 330.0 : 220.0
    for (number, panel) in figure.panels.enumerated() {
      let corner = (x: 8 + width * Double(number % across), y: top + (height + 32) * Double(number / across))
      draw(panel, on: &canvas, corner: corner, width: width, height: height)
    }
    let rows = (figure.panels.count + across - 1) / across
    let bottom = top + (height + 32) * Double(rows) + 4
    canvas.write(figure.horizontal.text(in: language), x: PlotCanvas.width / 2, y: bottom, anchor: .middle)
    let end = drawLegend(on: &canvas, y: bottom + 22)
    return canvas.drawing(title: title, height: end + 10, language: language)
  }

  /// Whether there is anything to draw.
  var isEmpty: Bool { !figure.panels.contains { !drawn($0).isEmpty } }

  private func drawn(_ panel: MoranScatterFigure.Panel) -> [Point] {
    panel.points.filter { abs($0.x) < 1e150 && abs($0.y) < 1e150 }
  }

  private var allPoints: [Point] { figure.panels.flatMap(drawn) }

  private func draw(
    _ panel: MoranScatterFigure.Panel, on canvas: inout PlotCanvas, corner: (x: Double, y: Double),
    width: Double, height: Double
  ) {
    let ticks = figure.panels.count > 1 ? 4 : 6
    let horizontal = PlotScale(allPoints.map(\.x) + [0], tickCount: ticks)
    let vertical = PlotScale(allPoints.map(\.y) + [0], tickCount: ticks)
    let (left, right, top) = (corner.x + 34, corner.x + width - 8, corner.y + 18)
    let bottom = corner.y + height
    func x(_ value: Double) -> Double { left + (right - left) * horizontal.fraction(value) }
    func y(_ value: Double) -> Double { bottom - (bottom - top) * vertical.fraction(value) }
    canvas.write(
      panel.heading.text(in: language), x: (left + right) / 2, y: corner.y + 12, anchor: .middle, isBold: true
    )
    for tick in vertical.ticks {
      canvas.line(from: (left, y(tick)), to: (right, y(tick)), colour: PlotCanvas.grid, width: "0.7")
      canvas.write(
        vertical.label(tick), x: left - 5, y: y(tick) + 4, size: PlotCanvas.smallSize, anchor: .end,
        colour: PlotCanvas.faint)
    }
    for tick in horizontal.ticks {
      canvas.line(from: (x(tick), bottom), to: (x(tick), bottom + 4), colour: PlotCanvas.faint)
      canvas.write(
        horizontal.label(tick), x: x(tick), y: bottom + 16, size: PlotCanvas.smallSize, anchor: .middle,
        colour: PlotCanvas.faint)
    }
    canvas.line(from: (left, bottom), to: (right, bottom), colour: PlotCanvas.faint)
    canvas.line(from: (left, y(0)), to: (right, y(0)), colour: PlotCanvas.faint, dashes: "4 3")
    canvas.line(from: (x(0), top), to: (x(0), bottom), colour: PlotCanvas.faint, dashes: "4 3")
    if let ends = ends(of: panel.slope, horizontal, vertical) {
      canvas.line(
        from: (x(ends.0), y(panel.slope * ends.0)), to: (x(ends.1), y(panel.slope * ends.1)), width: "1.6")
    }
    let points = drawn(panel)
    for point in points { Self.mark(at: (x(point.x), y(point.y)), point, on: &canvas) }
    var places = PlotNames(left: left, right: right, top: top, bottom: bottom)
    for point in points { places.avoid(x: x(point.x), y: y(point.y)) }
    places.avoidAxes(x: x(0), y: y(0))
    for point in points {
      guard let label = point.label, let place = places.place(label, x: x(point.x), y: y(point.y)) else {
        continue
      }
      canvas.write(label, x: place.x, y: place.y, size: PlotNames.size, anchor: place.anchor)
    }
  }

  /// Where the line enters and leaves the axes.
  private func ends(
    of slope: Double, _ horizontal: PlotScale, _ vertical: PlotScale
  ) -> (Double, Double)? {
    guard slope.isFinite else { return nil }
    var (low, high) = (horizontal.low, horizontal.high)
    if slope != 0 {
      let (a, b) = (vertical.low / slope, vertical.high / slope)
      (low, high) = (max(low, min(a, b)), min(high, max(a, b)))
    }
    return low < high ? (low, high) : nil
  }

  /// High among high: filled circle; low among low: hollow circle; high among low: triangle upwards, filled; low among
  /// high: triangle downwards, hollow.
  private static func mark(at place: (x: Double, y: Double), _ point: Point, on canvas: inout PlotCanvas) {
    switch (point.x > 0, point.y > 0) {
    case (true, true): canvas.point(x: place.x, y: place.y, isFilled: true, colour: "#a50f15")
    case (false, false): canvas.point(x: place.x, y: place.y, isFilled: false, colour: "#2b7bba")
    case (true, false):
      canvas.triangle(x: place.x, y: place.y, pointsUp: true, isFilled: true, colour: "#d9703f")
    case (false, true):
      canvas.triangle(x: place.x, y: place.y, pointsUp: false, isFilled: false, colour: "#5b8db8")
    }
  }

  private func drawLegend(on canvas: inout PlotCanvas, y: Double) -> Double {
    let entries: [(Point, Phrase)] = [
      (Point(x: 1, y: 1), Phrase("high–high", zh: "高–高")),
      (Point(x: -1, y: -1), Phrase("low–low", zh: "低–低")),
      (Point(x: 1, y: -1), Phrase("high–low", zh: "高–低")),
      (Point(x: -1, y: 1), Phrase("low–high", zh: "低–高")),
    ]
    for (number, entry) in entries.enumerated() {
      let x = 40 + 108 * Double(number)
      Self.mark(at: (x, y - 4), entry.0, on: &canvas)
      canvas.write(
        entry.1.text(in: language), x: x + 9, y: y, size: PlotCanvas.smallSize, colour: PlotCanvas.faint)
    }
    return y
  }
}

/// Names beside points: each where it covers no point and no other name, or nowhere.
private struct PlotNames {
  static let size = 10.0

  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  private var taken: [Box] = []

  private struct Box {
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    func meets(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  init(left: Double, right: Double, top: Double, bottom: Double) {
    self.left = left
    self.right = right
    self.top = top
    self.bottom = bottom
  }

  /// Keeps names off a point.
  mutating func avoid(x: Double, y: Double) {
    taken.append(Box(left: x - 3, right: x + 3, top: y - 3, bottom: y + 3))
  }

  /// Keeps names off the lines of zero.
  mutating func avoidAxes(x: Double, y: Double) {
    taken.append(Box(left: x - 0.5, right: x + 0.5, top: top, bottom: bottom))
    taken.append(Box(left: left, right: right, top: y - 0.5, bottom: y + 0.5))
  }

  /// Where a name stands: right of its point, left, above or below, the first that is free.
  mutating func place(
    _ name: String, x: Double, y: Double
  ) -> (x: Double, y: Double, anchor: SVGCanvas.Anchor)? {
    let width = SVGText.width(name, size: Self.size)
    let choices: [(x: Double, y: Double, anchor: SVGCanvas.Anchor, start: Double)] = [
      (x + 6, y + 3.5, .start, x + 6), (x - 6, y + 3.5, .end, x - 6 - width),
      (x, y - 6, .middle, x - width / 2), (x, y + 13, .middle, x - width / 2),
    ]
    for choice in choices {
      let box = Box(
        left: choice.start, right: choice.start + width, top: choice.y - 8, bottom: choice.y + 2)
      guard box.left >= left, box.right <= right, box.top >= top, box.bottom <= bottom,
        !taken.contains(where: box.meets)
      else { continue }
      taken.append(box)
      return (choice.x, choice.y, choice.anchor)
    }
    return nil
  }
}
