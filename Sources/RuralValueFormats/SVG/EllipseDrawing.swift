import RuralValue

/// Mean centres, their track and the ellipses around them, on a map and magnified in the legend.
///
/// The earlier ellipse is dashed and its centre hollow, the later one drawn through and filled: no colour is needed to tell
/// them apart, and a pale seam sets them off from any fill.
struct EllipseDrawing {
  let figure: MapFigure
  private static let ink = "#1a1a1a"

  /// Draws what one map shows, on a canvas whose origin is the map's corner.
  func draw(_ shown: [Int], on canvas: inout SVGCanvas, _ layout: MapLayout) {
    guard !shown.isEmpty else { return }
    let track = figure.ellipses.map { layout.place($0.centre) }
    canvas.append("<g fill=\"none\" stroke-linejoin=\"round\">")
    for number in shown {
      let points = figure.ellipses[number].outline.map { layout.place($0) }
      guard points.count > 2 else { continue }
      let path =
        "M" + points.map { "\(SVGText.number($0.x)) \(SVGText.number($0.y))" }.joined(separator: "L") + "Z"
      canvas.append("<path d=\"\(path)\" stroke=\"#ffffff\" stroke-opacity=\"0.75\" stroke-width=\"3.4\"/>")
      canvas.append(
        "<path d=\"\(path)\" stroke=\"\(Self.ink)\" stroke-width=\"1.5\"\(Self.dashes(isLast(number)))/>")
    }
    Self.line(track, on: &canvas)
    canvas.append("</g>")
    for number in shown { Self.mark(track[number], isLast: isLast(number), radius: 3, on: &canvas) }
  }

  private func isLast(_ number: Int) -> Bool { number == figure.ellipses.count - 1 }

  private static func dashes(_ isLast: Bool) -> String { isLast ? "" : " stroke-dasharray=\"6 4\"" }

  private static func line(_ points: [(x: Double, y: Double)], on canvas: inout SVGCanvas) {
    guard points.count > 1 else { return }
    let places = points.map { "\(SVGText.number($0.x)),\(SVGText.number($0.y))" }.joined(separator: " ")
    canvas.append("<polyline points=\"\(places)\" fill=\"none\" stroke=\"\(ink)\" stroke-width=\"1\"/>")
  }

  private static func mark(
    _ place: (x: Double, y: Double), isLast: Bool, radius: Double, on canvas: inout SVGCanvas
  ) {
    canvas.append(
      "<circle cx=\"\(SVGText.number(place.x))\" cy=\"\(SVGText.number(place.y))\" r=\"\(SVGText.number(radius))\""
        + " fill=\"\(isLast ? ink : "#ffffff")\" stroke=\"\(ink)\" stroke-width=\"1.2\"/>")
  }

  // MARK: - The legend

  private static let insetHeight = 118.0

  /// The height of the block in the legend; zero without ellipses.
  var legendHeight: Double {
    guard !figure.ellipses.isEmpty else { return 0 }
    return Double(17 * titleLines(width: 150, .english).count) + 4 + 2 * MapLayout.legendRow
      + (figure.ellipses.count > 1 ? Self.insetHeight + 14 : 0) + 12
  }

  private func titleLines(width: Double, _ language: Language) -> [String] {
    SVGText.lines(
      figure.ellipseTitle?.text(in: language) ?? "", width: width, size: MapLayout.textSize)
  }

  /// Draws the lines' meaning, and the track of the centres magnified; gives the height below it.
  func drawLegend(
    on canvas: inout SVGCanvas, x: Double, y: Double, width: Double, leastSize: Double, language: Language
  ) -> Double {
    guard let first = figure.ellipses.first, let last = figure.ellipses.last else { return y }
    var y = y
    for line in titleLines(width: width, language) {
      canvas.write(line, x: x, y: y + 10, size: MapLayout.textSize, isBold: true)
      y += 17
    }
    y += 4
    for (ellipse, isLast) in figure.ellipses.count > 1 ? [(first, false), (last, true)] : [(last, true)] {
      canvas.append(
        "<path d=\"M\(SVGText.number(x)) \(SVGText.number(y + 7))h26\" stroke=\"\(Self.ink)\" stroke-width=\"1.5\""
          + "\(Self.dashes(isLast))/>")
      Self.mark((x + 13, y + 7), isLast: isLast, radius: 3, on: &canvas)
      canvas.write(ellipse.label, x: x + 34, y: y + 11.5, size: MapLayout.textSize)
      y += MapLayout.legendRow
    }
    guard figure.ellipses.count > 1 else { return y + 12 }
    drawInset(on: &canvas, x: x, y: y + 4, width: width, size: max(9, leastSize), language)
    return y + 4 + Self.insetHeight + 22
  }

  /// The centres alone, as large as a box allows, with a scale of their own.
  private func drawInset(
    on canvas: inout SVGCanvas, x: Double, y: Double, width: Double, size: Double, _ language: Language
  ) {
    let centres = figure.ellipses.map(\.centre)
    let (west, east) = (centres.map(\.x).min() ?? 0, centres.map(\.x).max() ?? 0)
    let (south, north) = (centres.map(\.y).min() ?? 0, centres.map(\.y).max() ?? 0)
    canvas.rectangle(x: x, y: y, width: width, height: Self.insetHeight, fill: "#ffffff", stroke: "#888888")
    let inner = (width: width - 76, height: Self.insetHeight - 46)
    let extent = max(east - west, north - south)
    guard extent > 0 else { return }
    let scale = min(
      inner.width / max(east - west, extent * 1e-3), inner.height / max(north - south, extent * 1e-3))
    let middle = ((west + east) / 2, (south + north) / 2)
    let places = centres.map {
      (
        x: x + width / 2 + ($0.x - middle.0) * scale,
        y: y + 12 + inner.height / 2 - ($0.y - middle.1) * scale
      )
    }
    Self.line(places, on: &canvas)
    for (number, place) in places.enumerated() {
      Self.mark(place, isLast: isLast(number), radius: 2.4, on: &canvas)
    }
    // The first and the last are named first; others where there is room.
    var boxes: [(x: ClosedRange<Double>, y: ClosedRange<Double>)] = places.map {
      ($0.x - 3...$0.x + 3, $0.y - 3...$0.y + 3)
    }
    let order = [0, places.count - 1] + places.indices.dropFirst().dropLast()
    for number in order {
      let label = figure.ellipses[number].label
      let half = SVGText.width(label, size: size) / 2
      let spots = [(0.0, -7.0), (0, 13), (half + 6, 3), (-half - 6, 3)].map {
        (x: places[number].x + $0.0, y: places[number].y + $0.1)
      }
      func box(_ spot: (x: Double, y: Double)) -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
        (spot.x - half...spot.x + half, spot.y - 8...spot.y + 1)
      }
      func isInside(_ spot: (x: Double, y: Double)) -> Bool {
        let box = box(spot)
        return box.x.lowerBound > x + 1 && box.x.upperBound < x + width - 1 && box.y.lowerBound > y
      }
      let isEnd = number == 0 || isLast(number)
      let free = spots.first { spot in
        let own = box(spot)
        return isInside(spot) && !boxes.contains { $0.x.overlaps(own.x) && $0.y.overlaps(own.y) }
      }
      // The ends of the track are named in any case.
      guard let spot = free ?? (isEnd ? spots.first(where: isInside) : nil) else { continue }
      canvas.write(label, x: spot.x, y: spot.y, size: size, anchor: .middle, isBold: isEnd, halo: true)
      boxes.append(box(spot))
    }
    drawScale(
      on: &canvas, scale, x: x + 8, y: y + Self.insetHeight - 10, most: width * 0.5, size: size,
      language)
  }

  private func drawScale(
    on canvas: inout SVGCanvas, _ scale: Double, x: Double, y: Double, most: Double, size: Double,
    _ language: Language
  ) {
    var step = 1e-9
    while step * 10 * scale <= most { step *= 10 }
    let length = [5, 2, 1].map { $0 * step }.first { $0 * scale <= most } ?? step
    let end = SVGText.number(length * scale)
    canvas.append(
      "<path d=\"M\(SVGText.number(x)) \(SVGText.number(y - 3))v3h\(end)v-3\" fill=\"none\" stroke=\"\(Self.ink)\" stroke-width=\"1\"/>"
    )
    canvas.write(
      FixedDecimals.text(length, atMost: 6) + SVGText.kilometres(figure, language), x: x + length * scale + 5,
      y: y,
      size: max(9.5, size))
  }
}
