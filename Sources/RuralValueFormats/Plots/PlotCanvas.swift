import RuralValue

/// A plot's drawing: its frame and title, and the marks that plots share.
///
/// Plots are 480 wide, so that their words can be read on a phone, where a plot fills the width.
struct PlotCanvas {
  static let width = 480.0
  static let textSize = 12.5
  static let smallSize = 11.0
  static let ink = "#111111"
  static let faint = "#555555"
  static let blue = "#0b5d8a"
  static let grid = "#dddddd"

  private var canvas = SVGCanvas()

  /// The elements so far.
  var text: String { canvas.text }

  mutating func write(
    _ words: String, x: Double, y: Double, size: Double = textSize, anchor: SVGCanvas.Anchor = .start,
    isBold: Bool = false, colour: String = ink
  ) {
    canvas.write(words, x: x, y: y, size: size, anchor: anchor, isBold: isBold, colour: colour)
  }

  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), colour: String = ink,
    width: String = "1", dashes: String? = nil
  ) {
    canvas.append(
      "<line x1=\"\(number(start.x))\" y1=\"\(number(start.y))\" x2=\"\(number(end.x))\" y2=\"\(number(end.y))\""
        + " stroke=\"\(colour)\" stroke-width=\"\(width)\"\(dashes.map { " stroke-dasharray=\"\($0)\"" } ?? "")/>"
    )
  }

  mutating func polyline(
    _ points: [(x: Double, y: Double)], colour: String, width: String = "1.2", dashes: String? = nil
  ) {
    let places = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    canvas.append(
      "<polyline points=\"\(places)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(width)\""
        + "\(dashes.map { " stroke-dasharray=\"\($0)\"" } ?? "")/>")
  }

  mutating func polygon(_ points: [(x: Double, y: Double)], fill: String, opacity: String? = nil) {
    let places = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    let sheer = opacity.map { " fill-opacity=\"\($0)\"" } ?? ""
    canvas.append("<polygon points=\"\(places)\" fill=\"\(fill)\"\(sheer)/>")
  }

  mutating func bar(x: Double, y: Double, width: Double, height: Double, fill: String) {
    canvas.rectangle(
      x: x, y: y, width: max(0, width), height: height, fill: fill, stroke: "none", strokeWidth: "0")
  }

  /// A point that is filled where it says something, and hollow where it does not: no colour is needed to
  /// tell them apart.
  mutating func point(x: Double, y: Double, isFilled: Bool, colour: String = blue) {
    canvas.append(
      "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"3.6\" fill=\"\(isFilled ? colour : "#ffffff")\""
        + " stroke=\"\(colour)\" stroke-width=\"1.4\"/>")
  }

  /// A filled dot, as for a value that has no neighbours or a place on a line.
  mutating func dot(x: Double, y: Double, radius: Double = 2.4, colour: String = ink) {
    canvas.circle(x: x, y: y, radius: radius, fill: colour)
  }

  /// A triangle that points up or down, filled or hollow, of about a point's size.
  mutating func triangle(x: Double, y: Double, pointsUp: Bool, isFilled: Bool, colour: String = blue) {
    let way = pointsUp ? -1.0 : 1.0
    let corners = [(x, y + 4.6 * way), (x - 4.3, y - 3.2 * way), (x + 4.3, y - 3.2 * way)]
    let places = corners.map { "\(number($0.0)),\(number($0.1))" }.joined(separator: " ")
    canvas.append(
      "<polygon points=\"\(places)\" fill=\"\(isFilled ? colour : "#ffffff")\" stroke=\"\(colour)\""
        + " stroke-width=\"1.4\"/>")
  }

  /// A whole drawing of the elements, with its title for people and for screen readers.
  func drawing(title: String, height: Double, language: Language) -> String {
    let size = "width=\"\(number(Self.width))\" height=\"\(number(height))\""
    let head =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(number(Self.width)) \(number(height))\" \(size)"
      + " role=\"img\" lang=\"\(HTMLText.languageTag(language))\" font-family=\"\(Self.fonts)\">\n"
      + "<title>\(HTMLText.escaped(title))</title>\n<rect \(size) fill=\"#ffffff\"/>\n"
    return head + text + "</svg>\n"
  }

  /// The lines of a plot's title.
  static func titleLines(_ title: String) -> [String] {
    PlotLabel.lines(title, width: width - 16, size: 13.5)
  }

  /// Writes a title from the top and gives the height that it took.
  mutating func writeTitle(_ title: String) -> Double {
    let lines = Self.titleLines(title)
    for (place, line) in lines.enumerated() {
      write(line, x: 8, y: 18 + 17 * Double(place), size: 13.5, isBold: true)
    }
    return 10 + 17 * Double(lines.count)
  }

  private static let fonts =
    "Arial,Helvetica,'Liberation Sans','Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',"
    + "'PingFang SC',SimHei,sans-serif"

  private func number(_ value: Double) -> String { SVGText.number(value) }
}
