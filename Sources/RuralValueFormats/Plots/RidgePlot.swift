import RuralValue

/// Densities one above the other, each on a base line of its own, all to one scale.
///
/// A ridge may reach over the base line above it: half as high again as the lines are apart.
struct RidgePlot {
  let figure: RidgeFigure
  var language = Language.english

  private static let right = 468.0

  /// The drawing.
  var svg: String {
    let title = figure.title.text(in: language)
    var canvas = PlotCanvas()
    let shown = ridges
    let step = min(46, max(22, 330 / Double(max(shown.count, 1))))
    let top = canvas.writeTitle(title) + 6 + 0.5 * step
    let bottom = top + step * Double(shown.count)
    let left = 20 + (shown.map { SVGText.width($0.label, size: PlotCanvas.smallSize) }.max() ?? 30)
    let highest = shown.flatMap(\.densities).max() ?? 1
    let scale = PlotScale(ends)
    func x(_ value: Double) -> Double { left + (Self.right - left) * scale.fraction(value) }
    for tick in scale.ticks {
      canvas.line(
        from: (x(tick), top - 0.4 * step), to: (x(tick), bottom), colour: PlotCanvas.grid, width: "0.7")
    }
    for (place, ridge) in shown.enumerated() {
      let base = top + step * Double(place + 1)
      func y(_ density: Double) -> Double { base - 1.5 * step * density / highest }
      canvas.write(
        ridge.label, x: left - 8, y: base, size: PlotCanvas.smallSize, anchor: .end, colour: PlotCanvas.faint)
      canvas.line(from: (left, base), to: (Self.right, base), colour: PlotCanvas.faint, width: "0.5")
      let drawn = figure.grid.indices.filter { scale.contains(figure.grid[$0]) }
      let points = drawn.map { (x(figure.grid[$0]), y(ridge.densities[$0])) }
      guard let first = points.first, let last = points.last else { continue }
      // Filled so thinly that the ridge behind shows through.
      canvas.polygon(
        [(first.0, base)] + points + [(last.0, base)], fill: Self.fill(place, of: shown.count),
        opacity: "0.82")
      canvas.polyline(points, colour: PlotCanvas.blue)
      if let mode = ridge.mode, let height = ridge.height, scale.contains(mode) {
        canvas.dot(x: x(mode), y: y(height))
      }
    }
    for tick in scale.ticks {
      canvas.write(
        scale.label(tick), x: x(tick), y: bottom + 18, size: PlotCanvas.smallSize, anchor: .middle,
        colour: PlotCanvas.faint)
    }
    let names = PlotLabel.lines(
      figure.variable.text(in: language), width: Self.right - left, size: PlotCanvas.textSize)
    for (place, line) in names.enumerated() {
      canvas.write(
        line, x: 0.5 * (left + Self.right), y: bottom + 36 + 15 * Double(place), anchor: .middle)
    }
    return canvas.drawing(title: title, height: bottom + 31 + 15 * Double(names.count), language: language)
  }

  /// Whether there is anything to draw.
  var isEmpty: Bool { ridges.isEmpty || figure.grid.count < 2 }

  private var ridges: [RidgeFigure.Ridge] {
    figure.ridges.filter { ridge in
      ridge.densities.count == figure.grid.count && ridge.densities.allSatisfy { $0 < 1e150 }
        && ridge.densities.contains { $0 > 0 }
    }
  }

  /// Where the axis begins and ends: where a density is a thousandth of the highest.
  private var ends: [Double] {
    let highest = ridges.flatMap(\.densities).max() ?? 1
    let places = figure.grid.indices.filter { place in
      ridges.contains { $0.densities[place] > 1e-3 * highest }
    }
    guard let first = places.first, let last = places.last, first < last else { return figure.grid }
    return [figure.grid[first], figure.grid[last]]
  }

  /// From pale to darker blue over the periods, which print in grey as well.
  private static func fill(_ place: Int, of count: Int) -> String {
    let colours = MapPalette.blues.colours(max(count, 2) + 2)
    return colours[place]
  }
}
