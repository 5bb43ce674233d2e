/// The elements of a drawing, in the order in which they are painted.
struct SVGCanvas {
  private(set) var text = ""

  /// Where a line of text is held.
  enum Anchor: String {
    case start, middle, end
  }

  mutating func append(_ element: String) {
    text += element
    text += "\n"
  }

  mutating func write(
    _ words: String, x: Double, y: Double, size: Double, anchor: Anchor = .start, isBold: Bool = false,
    colour: String = "#222222", halo: Bool = false
  ) {
    let position =
      "x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\" font-size=\"\(SVGText.number(size))\""
    let style =
      (anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\"")
      + (isBold ? " font-weight=\"bold\"" : "")
    let escaped = SVGText.escaped(words)
    // A halo is drawn as a text of its own below: not every program knows paint-order.
    if halo {
      append(
        "<text \(position)\(style) fill=\"none\" stroke=\"#ffffff\" stroke-opacity=\"0.85\" stroke-width=\"2.5\""
          + " stroke-linejoin=\"round\" aria-hidden=\"true\">\(escaped)</text>")
    }
    append("<text \(position)\(style) fill=\"\(colour)\">\(escaped)</text>")
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: String, stroke: String = "#777777",
    strokeWidth: String = "0.5"
  ) {
    append(
      "<rect x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\" width=\"\(SVGText.number(width))\""
        + " height=\"\(SVGText.number(height))\" fill=\"\(fill)\" stroke=\"\(stroke)\""
        + " stroke-width=\"\(strokeWidth)\"/>")
  }

  mutating func circle(x: Double, y: Double, radius: Double, fill: String) {
    append(
      "<circle cx=\"\(SVGText.number(x))\" cy=\"\(SVGText.number(y))\" r=\"\(SVGText.number(radius))\""
        + " fill=\"\(fill)\"/>")
  }
}
