import RuralValue

/// Lines over periods: colour and dashes tell them apart, and each carries its name at its right end, so that no
/// legend has to be looked up.
struct LinePlot {
  let figure: LineFigure
  var language = Language.english

  /// Seven colours that people of any colour vision tell apart on white, after Okabe and Ito (2008); with five kinds
  /// of dashes no two of 35 lines are alike.
  private static let colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#777777"]
  private static let dashes: [String?] = [nil, "7 3", "2 2.5", "9 3 2 3", "13 3"]
  private static let left = 56.0
  private static let lineHeight = 12.5
  private static let sample = 22.0

  /// A line with what tells it from the others.
  private struct Line {
    let label: [String]
    let points: [(period: Int, value: Double)?]
    let colour: String
    let dashes: String?
    let width: String

    var last: (period: Int, value: Double) { points.compactMap(\.self).last! }
    /// The height of its name.
    var height: Double { LinePlot.lineHeight * Double(label.count) + (label.count > 1 ? 3 : 0) }
  }

  /// The drawing.
  var svg: String {
    let title = figure.title.text(in: language)
    var canvas = PlotCanvas()
    let above = canvas.writeTitle(title)
    let axis = PlotLabel.lines(
      figure.axis.text(in: language), width: PlotCanvas.width - 16, size: PlotCanvas.smallSize)
    for (place, line) in axis.enumerated() {
      canvas.write(
        line, x: 8, y: above + 10 + 14 * Double(place), size: PlotCanvas.smallSize, colour: PlotCanvas.faint)
    }
    let lines = lines
    let top = above + 10 + 14 * Double(axis.count)
    let bottom = top + max(220, lines.map(\.height).reduce(0, +))
    let scale = PlotScale(
      lines.flatMap { $0.points.compactMap { $0?.value } } + (figure.startsAtZero ? [0] : []))
    let right = PlotCanvas.width - 8 - labelWidth - Self.sample - 20
    func y(_ value: Double) -> Double { bottom - (bottom - top) * scale.fraction(value) }
    func x(_ period: Int) -> Double { place(of: period, right: right) }
    for tick in scale.ticks {
      canvas.line(from: (Self.left, y(tick)), to: (right, y(tick)), colour: PlotCanvas.grid, width: "0.7")
      canvas.write(
        scale.label(tick), x: Self.left - 6, y: y(tick) + 4, size: PlotCanvas.smallSize, anchor: .end,
        colour: PlotCanvas.faint)
    }
    canvas.line(from: (Self.left, bottom), to: (right, bottom), colour: PlotCanvas.faint)
    writePeriods(x, bottom: bottom, on: &canvas)
    for line in lines {
      for run in Self.runs(line.points) where run.count > 1 {
        canvas.polyline(
          run.map { (x($0.period), y($0.value)) }, colour: line.colour, width: line.width, dashes: line.dashes
        )
      }
      for run in Self.runs(line.points) where run.count == 1 {
        canvas.dot(x: x(run[0].period), y: y(run[0].value), radius: 2.6, colour: line.colour)
      }
    }
    let places = Self.spread(
      lines.map { (wanted: y($0.last.value), height: $0.height) }, top: top, bottom: bottom)
    for (line, centre) in zip(lines, places) {
      let end = (x: x(line.last.period), y: y(line.last.value))
      let start = right + 16
      canvas.line(from: (end.x + 3, end.y), to: (start - 2, centre), colour: line.colour, width: "0.5")
      canvas.polyline(
        [(start, centre), (start + Self.sample, centre)], colour: line.colour, width: line.width,
        dashes: line.dashes)
      let first = centre + 4 - Self.lineHeight * Double(line.label.count - 1) / 2
      for (row, words) in line.label.enumerated() {
        canvas.write(
          words, x: start + Self.sample + 4, y: first + Self.lineHeight * Double(row),
          size: PlotCanvas.smallSize)
      }
    }
    return canvas.drawing(title: title, height: bottom + 26, language: language)
  }

  /// Whether there is anything to draw.
  var isEmpty: Bool { !figure.series.contains(where: Self.hasValue) }

  private static func hasValue(_ series: LineFigure.Series) -> Bool {
    series.values.contains { $0.map(isDrawn) ?? false }
  }

  private static func isDrawn(_ value: Double) -> Bool { abs(value) < 1e150 }

  /// How wide the names may be: as the longest, up to a third of the plot.
  private var labelWidth: Double {
    let widest = figure.series.filter(Self.hasValue).map {
      SVGText.width($0.label.text(in: language), size: PlotCanvas.smallSize)
    }.max()
    return min(max(widest ?? 0, 20), PlotCanvas.width / 3)
  }

  private var lines: [Line] {
    let width = labelWidth
    var number = 0
    return figure.series.filter(Self.hasValue).map { series in
      defer { number += series.isWhole ? 0 : 1 }
      return Line(
        label: PlotLabel.lines(series.label.text(in: language), width: width, size: PlotCanvas.smallSize),
        points: series.values.enumerated().map { place, value in
          value.flatMap { Self.isDrawn($0) ? (figure.periods[place].place, $0) : nil }
        },
        colour: series.isWhole ? PlotCanvas.ink : Self.colours[number % Self.colours.count],
        dashes: series.isWhole ? nil : Self.dashes[number % Self.dashes.count],
        width: series.isWhole ? "2.4" : "1.5")
    }
  }

  private func place(of period: Int, right: Double) -> Double {
    guard let first = figure.periods.first?.place, let last = figure.periods.last?.place, last > first else {
      return (Self.left + right) / 2
    }
    return Self.left + 12
      + (right - Self.left - 18) * (Double(period) - Double(first)) / (Double(last) - Double(first))
  }

  private func writePeriods(_ x: (Int) -> Double, bottom: Double, on canvas: inout PlotCanvas) {
    var end = -Double.infinity
    for period in figure.periods {
      let half = SVGText.width(period.label, size: PlotCanvas.smallSize) / 2
      let centre = x(period.place)
      canvas.line(from: (centre, bottom), to: (centre, bottom + 4), colour: PlotCanvas.faint)
      guard centre - half > end + 5 else { continue }
      canvas.write(
        period.label, x: centre, y: bottom + 16, size: PlotCanvas.smallSize, anchor: .middle,
        colour: PlotCanvas.faint)
      end = centre + half
    }
  }

  /// The stretches of a line between its gaps.
  private static func runs(_ points: [(period: Int, value: Double)?]) -> [[(period: Int, value: Double)]] {
    points.split(whereSeparator: { $0 == nil }).map { $0.compactMap(\.self) }
  }

  /// Where the names stand: in the order of the lines' ends, as near to them as they can without one covering another.
  private static func spread(
    _ labels: [(wanted: Double, height: Double)], top: Double, bottom: Double
  ) -> [Double] {
    let order = labels.indices.sorted { (labels[$0].wanted, $0) < (labels[$1].wanted, $1) }
    var centres = labels.map(\.wanted)
    var edge = top
    for place in order {
      let half = labels[place].height / 2
      centres[place] = max(centres[place], edge + half)
      edge = centres[place] + half
    }
    edge = bottom
    for place in order.reversed() {
      let half = labels[place].height / 2
      centres[place] = min(centres[place], edge - half)
      edge = centres[place] - half
    }
    return centres
  }
}
