public import RuralValue

/// A coefficient's path over lag limits as SVG: estimates with their intervals, collapsed and not, and the
/// band between the within estimate and pooled OLS.
public struct CoefficientPathPlot: Sendable {
  private let sweep: LagSweep
  private let language: Language
  /// What people call the coefficient.
  private let name: String
  private let low: Double
  private let high: Double

  private static let width = 640.0
  private static let height = 400.0
  private static let margin = (left: 64.0, right: 20.0, top: 44.0, bottom: 76.0)
  private static let colours = (collapsed: "#0b5d8a", full: "#b4532a", band: "#e9e4d4")

  /// A plot of a sweep.
  public init(_ sweep: LagSweep, labels: VariableLabels = VariableLabels(), language: Language = .english) {
    self.sweep = sweep
    name = labels.words(for: WordedName(sweep.parameter, typeset: true), in: language)
    self.language = language
    let shown = sweep.rows.compactMap(sweep.interval).flatMap { [$0.low, $0.high] }.filter(\.isFinite)
    let all = shown + (sweep.bounds.map { [$0.within, $0.pooled] } ?? [])
    let (least, most) = (all.min() ?? 0, all.max() ?? 1)
    let pad = max(0.05 * (most - least), 1e-6)
    (low, high) = (least - pad, most + pad)
  }

  /// The drawing.
  public var svg: String {
    let share = Percentage.text(sweep.confidenceLevel)
    let title = Phrase(
      "\(name) over lag limits: \(share)% intervals", zh: "\(name)随滞后阶数的变化（\(share)%置信区间）"
    ).text(in: language)
    let open = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" width="640" height="400" role="img" \
      font-family="Helvetica, Arial, 'Noto Sans CJK SC', sans-serif" font-size="12">
      <title>\(HTMLText.escaped(title))</title>
      <rect width="640" height="400" fill="#ffffff"/>
      <text x="64" y="24" font-size="14">\(HTMLText.escaped(title))</text>
      """
    return ([open] + band + axes + series(collapsed: true) + series(collapsed: false) + legend + ["</svg>"])
      .joined(separator: "\n") + "\n"
  }

  private var lagCount: Int { sweep.rows.map(\.lags).max() ?? 1 }

  private func x(_ lags: Double) -> Double {
    let inner = Self.width - Self.margin.left - Self.margin.right
    return Self.margin.left + inner * (lags - 0.5) / Double(lagCount)
  }

  private func y(_ value: Double) -> Double {
    let inner = Self.height - Self.margin.top - Self.margin.bottom
    return Self.margin.top + inner * (high - value) / (high - low)
  }

  private var band: [String] {
    guard let bounds = sweep.bounds else { return [] }
    let top = y(max(bounds.within, bounds.pooled))
    let depth = y(min(bounds.within, bounds.pooled)) - top
    return [
      "<rect x=\"64\" y=\"\(shown(top))\" width=\"556\" height=\"\(shown(depth))\" fill=\"\(Self.colours.band)\"/>"
    ]
  }

  private var axes: [String] {
    let step = tickStep
    let first = Int((low / step).rounded(.up))
    let last = Int((high / step).rounded(.down))
    let rows = (first...max(first, last)).flatMap { index in
      let place = shown(y(Double(index) * step))
      let label = FixedDecimals.text(Double(index) * step, decimals: step < 0.1 ? 2 : 1)
      return [
        "<line x1=\"64\" x2=\"620\" y1=\"\(place)\" y2=\"\(place)\" stroke=\"#d0d0d0\" stroke-width=\"0.6\"/>",
        "<text x=\"58\" y=\"\(place)\" dy=\"4\" text-anchor=\"end\">\(label)</text>",
      ]
    }
    let ticks = (1...lagCount).map {
      "<text x=\"\(shown(x(Double($0))))\" y=\"342\" text-anchor=\"middle\">\($0)</text>"
    }
    let caption = Phrase("lags in each GMM set", zh: "每组GMM式工具变量的滞后数").text(in: language)
    return rows + ticks + ["<text x=\"342\" y=\"362\" text-anchor=\"middle\">\(caption)</text>"]
  }

  /// A step of 1, 2 or 5 times a power of ten that gives four to nine lines.
  private var tickStep: Double {
    var step = 1e-3
    while (high - low) / step > 8 {
      for factor in [2, 2.5, 2] where (high - low) / step > 8 { step *= factor }
    }
    return step
  }

  private func series(collapsed: Bool) -> [String] {
    let colour = collapsed ? Self.colours.collapsed : Self.colours.full
    let offset = collapsed ? -0.12 : 0.12
    let points = sweep.rows.filter { $0.isCollapsed == collapsed }.compactMap { row in
      row.coefficient.map {
        (
          x: x(Double(row.lags) + offset), row: row,
          estimate: IntervalFigure.Interval($0, level: sweep.confidenceLevel)
        )
      }
    }
    let line = points.map { "\(shown($0.x)),\(shown(y($0.estimate.estimate)))" }.joined(separator: " ")
    let marks = points.flatMap { point in
      let place = shown(point.x)
      let fill = point.row.hasTooManyInstruments ? "#ffffff" : colour
      return [
        "<line x1=\"\(place)\" x2=\"\(place)\" y1=\"\(shown(y(point.estimate.low)))\""
          + " y2=\"\(shown(y(point.estimate.high)))\" stroke=\"\(colour)\" stroke-width=\"1.4\"/>",
        "<circle cx=\"\(place)\" cy=\"\(shown(y(point.estimate.estimate)))\" r=\"3.6\" fill=\"\(fill)\""
          + " stroke=\"\(colour)\" stroke-width=\"1.4\"/>",
      ]
    }
    return [
      "<polyline points=\"\(line)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"0.8\" opacity=\"0.6\"/>"
    ]
      + marks
  }

  private var legend: [String] {
    let texts = [
      (Self.colours.collapsed, Phrase("collapsed", zh: "折叠")),
      (Self.colours.full, Phrase("not collapsed", zh: "未折叠")),
      (Self.colours.band, Phrase("within to pooled OLS", zh: "组内估计至混合OLS")),
    ]
    var place = 64.0
    var parts: [String] = []
    for (colour, term) in texts {
      let text = term.text(in: language)
      parts.append("<rect x=\"\(shown(place))\" y=\"376\" width=\"12\" height=\"12\" fill=\"\(colour)\"/>")
      parts.append("<text x=\"\(shown(place + 17))\" y=\"386\">\(text)</text>")
      place += 40 + 8 * Double(text.utf8.count)
    }
    guard sweep.rows.contains(where: \.hasTooManyInstruments) else { return parts }
    let hollow = Phrase("hollow: more instruments than units", zh: "空心：工具变量多于个体").text(in: language)
    return parts + ["<text x=\"620\" y=\"24\" text-anchor=\"end\" fill=\"#555555\">\(hollow)</text>"]
  }

  private func shown(_ value: Double) -> String { FixedDecimals.text(value, decimals: 1) }
}
