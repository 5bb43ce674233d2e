public import RuralValue

/// Draws maps as self-contained SVG that browsers, Inkscape and librsvg show alike.
///
/// No scripts, no style sheets, no fonts from elsewhere; a title and a description for screen readers and a
/// tool tip a unit.
public struct SVGMapRenderer: Sendable {
  /// The language of legends and notes.
  public let language: Language
  /// How wide figures are on paper, in millimetres, where that is known: their letters can then be read there.
  public let width: Double?

  /// A renderer for one language, and a width on paper in millimetres.
  public init(language: Language = .english, width: Double? = nil) {
    self.language = language
    self.width = width
  }

  /// The bytes of the SVG file.
  public func bytes(of figure: MapFigure) -> [UInt8] { Array(text(of: figure).utf8) }

  /// The text of the SVG file.
  public func text(of figure: MapFigure) -> String {
    let layout = MapLayout(figure, language: language, paper: width.map { $0 / 25.4 * 72 })
    var canvas = SVGCanvas()
    let prefix = SVGText.prefix(of: figure)
    open(&canvas, figure, layout, prefix)
    defineShapes(&canvas, MapShapes(figure, layout), figure, prefix)
    for (line, title) in layout.titleLines.enumerated() {
      canvas.write(
        title, x: layout.width / 2,
        y: MapLayout.margin + MapLayout.titleSize - 2 + Double(line) * (MapLayout.titleSize + 4),
        size: MapLayout.titleSize, anchor: .middle, isBold: true)
    }
    for position in figure.panels.indices { draw(position, on: &canvas, figure, layout, prefix) }
    canvas.append("<g>")
    LegendBlock(figure, language: language).draw(on: &canvas, layout, prefix)
    canvas.append("</g>")
    for (line, text) in layout.noteLines.enumerated() {
      canvas.write(
        text, x: MapLayout.margin, y: layout.noteY + Double(line) * (MapLayout.noteSize + 5),
        size: MapLayout.noteSize, colour: "#444444")
    }
    canvas.append("</svg>")
    return canvas.text
  }

  private func open(
    _ canvas: inout SVGCanvas, _ figure: MapFigure, _ layout: MapLayout, _ prefix: String
  ) {
    let (width, height) = (SVGText.number(layout.width), SVGText.number(layout.height))
    let fonts =
      language == .chinese
      ? "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',SimHei,sans-serif"
      : "Arial,Helvetica,'Liberation Sans','Noto Sans CJK SC','Microsoft YaHei',sans-serif"
    canvas.append(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"\(width)\""
        + " height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-labelledby=\"\(prefix)t \(prefix)d\""
        + " lang=\"\(HTMLText.languageTag(language))\" font-family=\"\(fonts)\">")
    let title = figure.title ?? figure.fillLegend?.title ?? Phrase("Map", zh: "地图")
    canvas.append("<title id=\"\(prefix)t\">\(HTMLText.escaped(title.text(in: language)))</title>")
    canvas.append("<desc id=\"\(prefix)d\">\(HTMLText.escaped(figure.description.text(in: language)))</desc>")
    canvas.append("<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>")
  }

  private func defineShapes(
    _ canvas: inout SVGCanvas, _ shapes: MapShapes, _ figure: MapFigure, _ prefix: String
  ) {
    canvas.append("<defs>")
    for pattern in SVGText.patterns(of: figure, prefix) { canvas.append(pattern) }
    for unit in figure.layer.features.indices {
      canvas.append("<path id=\"\(prefix)\(unit)\" d=\"\(shapes.unit(unit))\"/>")
    }
    canvas.append("<path id=\"\(prefix)o\" d=\"\(shapes.outlines)\"/>")
    canvas.append("</defs>")
  }

  private func draw(
    _ position: Int, on canvas: inout SVGCanvas, _ figure: MapFigure, _ layout: MapLayout, _ prefix: String
  ) {
    let panel = figure.panels[position]
    let origin = layout.origin(ofPanel: position)
    if panel.title != nil {
      let lines = layout.captionLines[position]
      for (line, text) in lines.enumerated() {
        canvas.write(
          text, x: origin.x - layout.inset * 0.23,
          y: origin.y - 8 - layout.inset * 0.25 - Double(lines.count - 1 - line) * MapLayout.captionRow,
          size: MapLayout.captionSize, isBold: true)
      }
    }
    let place = "translate(\(SVGText.number(origin.x)) \(SVGText.number(origin.y)))"
    canvas.append("<g transform=\"\(place)\">")
    GraticuleDrawing(figure, layout).draw(on: &canvas)
    canvas.append(
      "<g fill-rule=\"evenodd\" stroke=\"#8a8a8a\" stroke-width=\"0.35\" stroke-linejoin=\"round\">")
    for unit in figure.layer.features.indices where !figure.layer.features[unit].rings.isEmpty {
      canvas.append(
        "<use xlink:href=\"#\(prefix)\(unit)\" fill=\"\(SVGText.fill(panel.fills[unit], prefix))\"><title>\(tip(unit, figure, panel))</title></use>"
      )
    }
    canvas.append("</g>")
    canvas.append(
      "<use xlink:href=\"#\(prefix)o\" fill=\"none\" stroke=\"#3c3c3c\" stroke-width=\"0.8\""
        + " stroke-linejoin=\"round\" stroke-linecap=\"round\"/>")
    drawCircles(panel, on: &canvas, figure, layout)
    EllipseDrawing(figure: figure).draw(panel.ellipses, on: &canvas, layout)
    drawMarks(panel, on: &canvas, figure, layout)
    drawLabels(on: &canvas, figure, layout)
    canvas.append("</g>")
  }

  private func drawLabels(on canvas: inout SVGCanvas, _ figure: MapFigure, _ layout: MapLayout) {
    let labels = MapLabels(figure, layout, language).placed
    for label in labels {
      guard let leader = label.leader else { continue }
      func number(_ value: Double) -> String { SVGText.number(value) }
      canvas.append(
        "<path d=\"M\(number(leader.from.x)) \(number(leader.from.y))L\(number(leader.to.x)) \(number(leader.to.y))\""
          + " fill=\"none\" stroke=\"#222222\" stroke-width=\"0.7\"/><circle cx=\"\(number(leader.to.x))\""
          + " cy=\"\(number(leader.to.y))\" r=\"1.3\" fill=\"#222222\"/>")
    }
    for label in labels {
      canvas.write(
        label.text, x: label.x, y: label.y, size: label.size, anchor: .middle, isBold: label.isStrong,
        halo: true)
    }
  }

  private func drawCircles(
    _ panel: MapFigure.Panel, on canvas: inout SVGCanvas, _ figure: MapFigure, _ layout: MapLayout
  ) {
    guard let legend = figure.circleLegend else { return }
    canvas.append("<g stroke=\"#ffffff\" stroke-width=\"0.5\" fill-opacity=\"0.92\">")
    // Small ones last, so that no large one hides them.
    let order = panel.circles.indices.sorted { (panel.circles[$0] ?? -1, $1) > (panel.circles[$1] ?? -1, $0) }
    for unit in order {
      guard let level = panel.circles[unit], let anchor = figure.anchors[unit] else { continue }
      let place = layout.place(anchor)
      canvas.circle(x: place.x, y: place.y, radius: layout.radii[level], fill: legend.entries[level].colour)
    }
    canvas.append("</g>")
  }

  private func drawMarks(
    _ panel: MapFigure.Panel, on canvas: inout SVGCanvas, _ figure: MapFigure, _ layout: MapLayout
  ) {
    guard panel.marks.contains(where: { $0 != nil }) else { return }
    // Marks of a size that neighbours' marks do not touch.
    let room = (layout.mapWidth * layout.mapHeight / Double(max(panel.marks.count, 1))).squareRoot()
    let size = min(4.2, max(1.4, room / 7))
    canvas.append("<g stroke=\"#222222\" stroke-width=\"0.4\">")
    for (mark, anchor) in zip(panel.marks, figure.anchors) {
      guard let mark, let anchor else { continue }
      let place = layout.place(anchor)
      canvas.append(SVGText.mark(mark, x: place.x, y: place.y, size: size))
    }
    canvas.append("</g>")
  }

  private func tip(_ unit: Int, _ figure: MapFigure, _ panel: MapFigure.Panel) -> String {
    let value = panel.values[unit].map { (language == .english ? ": " : "：") + $0.text(in: language) } ?? ""
    return HTMLText.escaped(figure.names[unit] + value)
  }
}
