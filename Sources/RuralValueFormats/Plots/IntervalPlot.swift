import RuralValue

/// Estimates with their intervals: a row a term, and one panel or several beside each other.
///
/// It is what coefficients, effects and robustness checks have in common. Rows that do not fit side by side
/// continue below, with their labels again.
struct IntervalPlot {
  typealias Panel = IntervalFigure.Panel

  let figure: IntervalFigure
  var language = Language.english

  private var panels: [Panel] { figure.panels }
  private var title: String { figure.title.text(in: language) }
  /// The rows' names in the language of the drawing.
  var labels: [String] { figure.labels.map { $0.text(in: language) } }

  static let labelSize = PlotCanvas.textSize

  /// The drawing.
  var svg: String {
    var canvas = PlotCanvas()
    var y = canvas.writeTitle(title) + 8
    let shared = figure.sharesScale ? scale(panels, across: min(figure.panelsAcross, panels.count)) : nil
    for start in stride(from: 0, to: panels.count, by: figure.panelsAcross) {
      let band = Array(panels[start..<min(panels.count, start + figure.panelsAcross)])
      y = draw(band, from: y, shared, on: &canvas)
    }
    y = writeLegend(on: &canvas, y: y + 4)
    return canvas.drawing(title: title, height: y + 8, language: language)
  }

  private func scale(_ panels: [Panel], across: Int) -> PlotScale {
    let intervals = panels.flatMap(\.intervals).compactMap(\.self).filter(\.estimate.isFinite)
    return PlotScale(
      intervals.flatMap { [$0.estimate, $0.low, $0.high] } + [0],
      tickCount: across > 1 ? 4 : 5)
  }

  private func draw(_ band: [Panel], from top: Double, _ shared: PlotScale?, on canvas: inout PlotCanvas)
    -> Double
  {
    let gap = 14.0
    let left = labelWidth + 18
    let across = Double(min(figure.panelsAcross, panels.count))
    let width = (PlotCanvas.width - 10 - left - gap * (across - 1)) / across
    let headings = band.map {
      PlotLabel.lines($0.heading.text(in: language), width: width, size: PlotCanvas.textSize)
    }
    let first = top + 16 * Double(headings.map(\.count).max() ?? 0) + 2
    let rows = rowCentres(from: first)
    for (place, lines) in labelLines.enumerated() {
      let start = rows.centres[place] - 7.5 * Double(lines.count - 1) + 4.5
      for (number, line) in lines.enumerated() {
        canvas.write(line, x: left - 8, y: start + 15 * Double(number), size: Self.labelSize, anchor: .end)
      }
    }
    for (place, panel) in band.enumerated() {
      let x = left + (width + gap) * Double(place)
      for (number, line) in headings[place].enumerated() {
        canvas.write(line, x: x + width / 2, y: top + 12 + 16 * Double(number), anchor: .middle, isBold: true)
      }
      let area = Area(left: x, width: width, top: first, bottom: rows.bottom)
      for row in emptyRows {
        canvas.write(
          Phrase("no result", zh: "无结果").text(in: language), x: x + 4, y: rows.centres[row] + 4,
          size: PlotCanvas.smallSize, colour: PlotCanvas.faint)
      }
      draw(panel, rows.centres, in: area, shared ?? scale([panel], across: Int(across)), on: &canvas)
    }
    return rows.bottom + 28
  }

  private struct Area {
    let left: Double
    let width: Double
    let top: Double
    let bottom: Double
  }

  private func draw(
    _ panel: Panel, _ centres: [Double], in area: Area, _ scale: PlotScale, on canvas: inout PlotCanvas
  ) {
    func x(_ value: Double) -> Double { area.left + area.width * scale.fraction(value) }
    for tick in scale.ticks {
      canvas.line(
        from: (x(tick), area.top), to: (x(tick), area.bottom), colour: PlotCanvas.grid, width: "0.7")
    }
    writeTicks(scale, in: area, on: &canvas)
    canvas.line(
      from: (area.left, area.bottom), to: (area.left + area.width, area.bottom), colour: PlotCanvas.faint,
      width: "0.8")
    canvas.line(from: (x(0), area.top), to: (x(0), area.bottom), width: "1", dashes: "4 2")
    for (interval, y) in zip(panel.intervals, centres) {
      guard let interval, interval.estimate.isFinite, scale.contains(interval.estimate) else { continue }
      if interval.low.isFinite, interval.high.isFinite {
        canvas.line(
          from: (x(interval.low), y), to: (x(interval.high), y), colour: PlotCanvas.blue, width: "1.6")
      }
      canvas.point(x: x(interval.estimate), y: y, isFilled: interval.excludesZero)
    }
  }

  /// Labels below the axis, leaving out those that would touch the one before.
  private func writeTicks(_ scale: PlotScale, in area: Area, on canvas: inout PlotCanvas) {
    var end = -Double.infinity
    for tick in scale.ticks {
      let label = scale.label(tick)
      let half = SVGText.width(label, size: PlotCanvas.smallSize) / 2
      let least = area.left - 6 + half
      let centre = min(
        max(area.left + area.width * scale.fraction(tick), least), area.left + area.width + 6 - half)
      guard centre - half > end + 4 else { continue }
      canvas.write(
        label, x: centre, y: area.bottom + 14, size: PlotCanvas.smallSize, anchor: .middle,
        colour: PlotCanvas.faint)
      end = centre + half
    }
  }

  private func writeLegend(on canvas: inout PlotCanvas, y: Double) -> Double {
    let share = figure.confidenceLevel.map { Percentage.text($0) + "%" }
    let words = Phrase(
      "Lines: \(share.map { $0 + " " } ?? "")intervals. Filled: the interval excludes zero; hollow: it does not.",
      zh: "横线为\(share ?? "")置信区间；实心表示区间不含零，空心表示含零。"
    ).text(in: language)
    let lines = PlotLabel.lines(words, width: PlotCanvas.width - 16, size: PlotCanvas.smallSize)
    for (place, line) in lines.enumerated() {
      canvas.write(
        line, x: 8, y: y + 8 + 14 * Double(place), size: PlotCanvas.smallSize, colour: PlotCanvas.faint)
    }
    return y + 14 * Double(lines.count)
  }

  /// The width that labels have.
  private var labelWidth: Double {
    let widest = labels.map { SVGText.width($0, size: Self.labelSize) }.max() ?? 0
    return min(max(widest, 30), figure.panelsAcross > 1 && panels.count > 1 ? 128 : 190)
  }

  /// Each row's label in lines.
  private var labelLines: [[String]] {
    labels.map { PlotLabel.lines($0, width: labelWidth, size: Self.labelSize) }
  }

  /// The rows in which no panel has an estimate, where that is to be said.
  private var emptyRows: [Int] {
    guard figure.marksEmptyRows else { return [] }
    return labels.indices.filter { row in
      !panels.contains { row < $0.intervals.count && ($0.intervals[row]?.estimate.isFinite ?? false) }
    }
  }

  /// The height of each row's middle, and where the last row ends.
  private func rowCentres(from top: Double) -> (centres: [Double], bottom: Double) {
    var y = top + 4
    let centres = labelLines.map { lines in
      let height = max(21, 15 * Double(lines.count) + 6)
      y += height
      return y - height / 2
    }
    return (centres, y + 4)
  }
}
