import RuralValue

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
    let escaped = HTMLText.escaped(words)
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

/// Numbers, colours and lines of text as they stand in SVG.
enum SVGText {
  /// A colour as the value of `fill`; what is hatched, lined or dotted is a pattern.
  static func fill(_ colour: String, _ prefix: String) -> String {
    if let base = MapPalette.base(ofHatched: colour) {
      return "url(#\(prefix)\(MapPalette.isLined(colour) ? "l" : "s")\(base.dropFirst()))"
    }
    return colour == MapPalette.noData
      ? "url(#\(prefix)h)" : colour == MapPalette.notStudied ? "url(#\(prefix)n)" : colour
  }

  /// What the ids of a figure begin with: figures differ in it, so that several may stand in one page.
  static func prefix(of figure: MapFigure) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    add(figure.title?.english ?? "")
    add(figure.description.english)
    for panel in figure.panels {
      add(panel.title?.english ?? "")
      panel.fills.forEach(add)
    }
    return "m\(String(hash >> 40, radix: 36))-"
  }

  /// The patterns that a figure needs.
  static func patterns(of figure: MapFigure, _ prefix: String) -> [String] {
    func pattern(_ id: String, _ side: Int, _ fill: String, _ drawing: String) -> String {
      "<pattern id=\"\(prefix)\(id)\" width=\"\(side)\" height=\"\(side)\" patternUnits=\"userSpaceOnUse\"><rect"
        + " width=\"\(side)\" height=\"\(side)\" fill=\"\(fill)\"/>\(drawing)</pattern>"
    }
    let fills = Set(figure.panels.flatMap(\.fills) + (figure.fillLegend?.entries.map(\.colour) ?? []))
    return fills.sorted().compactMap { fill in
      if fill == MapPalette.noData {
        return pattern(
          "h", 4, "#f4f4f4", "<path d=\"M-1 1l2-2M0 4l4-4M3 5l2-2\" stroke=\"#9a9a9a\" stroke-width=\"0.6\"/>"
        )
      }
      if fill == MapPalette.notStudied {
        return pattern("n", 4, "#ffffff", "<circle cx=\"2\" cy=\"2\" r=\"0.8\" fill=\"#666666\"/>")
      }
      guard let base = MapPalette.base(ofHatched: fill) else { return nil }
      return MapPalette.isLined(fill)
        ? pattern(
          "l\(base.dropFirst())", 4, base,
          "<path d=\"M-1 3l2 2M0 0l4 4M3-1l2 2\" stroke=\"#10375c\" stroke-width=\"0.7\"/>")
        : pattern(
          "s\(base.dropFirst())", 5, base,
          "<path d=\"M-1 1l2-2M0 5l5-5M4 6l2-2\" stroke=\"#ffffff\" stroke-width=\"1.8\"/>")
    }
  }

  /// What stands behind a number of a scale bar; nothing where the plane's unit is not known.
  static func kilometres(_ figure: MapFigure, _ language: Language) -> String {
    figure.isInKilometres ? Phrase(" km", zh: " 千米").text(in: language) : ""
  }

  /// A mark around a point: a white triangle, or a smaller dark square.
  static func mark(_ mark: MapFigure.Mark, x: Double, y: Double, size: Double) -> String {
    switch mark {
    case .triangle:
      let corners = [(x, y - size), (x - size, y + 0.8 * size), (x + size, y + 0.8 * size)]
      let points = corners.map { "\(number($0.0)),\(number($0.1))" }.joined(separator: " ")
      return "<polygon points=\"\(points)\" fill=\"#ffffff\"/>"
    case .square:
      let side = 1.1 * size
      return "<rect x=\"\(number(x - side / 2))\" y=\"\(number(y - side / 2))\" width=\"\(number(side))\""
        + " height=\"\(number(side))\" fill=\"#222222\"/>"
    }
  }

  /// A number with at most one decimal.
  static func number(_ value: Double) -> String { tenths(Int((value * 10).rounded())) }

  /// A number of tenths, without a needless zero.
  static func tenths(_ value: Int) -> String {
    let size = abs(value)
    let whole = size / 10
    let decimal = size % 10
    let text = decimal == 0 ? "\(whole)" : whole == 0 ? ".\(decimal)" : "\(whole).\(decimal)"
    return value < 0 ? "-" + text : text
  }

  /// About how wide a text is, in pixels; fonts differ, so that it errs on the wide side.
  static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + advance($1) } * size
  }

  private static func advance(_ scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0x2E80...0xFFDC: 1
    case UInt32(UInt8(ascii: "i")), UInt32(UInt8(ascii: "l")), 0x20, 0x2C, 0x2E, 0x202F: 0.3
    case UInt32(UInt8(ascii: "A"))...UInt32(UInt8(ascii: "Z")), UInt32(UInt8(ascii: "m")),
      UInt32(UInt8(ascii: "w")):
      0.72
    default: 0.57
    }
  }

  /// A text in lines no wider than a width; Latin text breaks at spaces, Chinese anywhere but before punctuation.
  static func lines(_ text: String, width: Double, size: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in words(text) {
      if !line.isEmpty, SVGText.width(line + word, size: size) > width {
        lines.append(line)
        line = word == " " ? "" : word
      } else {
        line += word
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      let isWide = character.unicodeScalars.first.map { (0x2E80...0xFFDC).contains($0.value) } ?? false
      let isPunctuation = "，。、；：）》”".contains(character)
      if isPunctuation, let last = words.last, word.isEmpty {
        words[words.count - 1] = last + String(character)
      } else if isPunctuation {
        words.append(word + String(character))
        word = ""
      } else if character == " " || isWide {
        if !word.isEmpty { words.append(word) }
        words.append(String(character))
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}
