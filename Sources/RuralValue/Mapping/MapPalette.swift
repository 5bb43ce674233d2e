/// Colours that people with any colour vision can tell apart, also in print.
public enum MapPalette: String, Sendable, CaseIterable {
  /// Yellow to dark green.
  case ylgn
  /// Yellow over green to dark blue.
  case ylgnbu
  /// Light to dark blue.
  case blues
  /// Yellow over orange to brown.
  case ylorbr
  /// Light to dark purple.
  case purples
  /// Light to dark grey, for black-and-white print.
  case greys

  /// Colours from light to dark, from one to nine: points at equal steps along ColorBrewer's nine.
  ///
  /// Fewer than eight leave out its palest, which paper swallows, and its darkest.
  /// Source: ColorBrewer 2.0 (Brewer, Harrower; Apache 2.0).
  public func colours(_ count: Int) -> [String] {
    let (first, last) = count >= 8 ? (0.0, 8.0) : (1.0, 7.0)
    guard count > 1 else { return [colour(at: 4)] }
    return (0..<count).map { colour(at: first + (last - first) * Double($0) / Double(count - 1)) }
  }

  private func colour(at place: Double) -> String {
    let low = min(Int(place), 7)
    let share = place - Double(low)
    let (a, b) = (Int(nine[low], radix: 16) ?? 0, Int(nine[low + 1], radix: 16) ?? 0)
    let mixed = [16, 8, 0].reduce(0) { sum, shift in
      let (from, to) = (Double(a >> shift & 0xFF), Double(b >> shift & 0xFF))
      return sum << 8 | Int((from + share * (to - from)).rounded())
    }
    let digits = String(mixed, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  private var nine: [String] {
    let text =
      switch self {
      case .ylgn: "ffffe5 f7fcb9 d9f0a3 addd8e 78c679 41ab5d 238443 006837 004529"
      case .ylgnbu: "ffffd9 edf8b1 c7e9b4 7fcdbb 41b6c4 1d91c0 225ea8 253494 081d58"
      case .blues: "f7fbff deebf7 c6dbef 9ecae1 6baed6 4292c6 2171b5 08519c 08306b"
      case .ylorbr: "ffffe5 fff7bc fee391 fec44f fe9929 ec7014 cc4c02 993404 662506"
      case .purples: "fcfbfd efedf5 dadaeb bcbddc 9e9ac8 807dba 6a51a3 54278f 3f007d"
      case .greys: "ffffff f0f0f0 d9d9d9 bdbdbd 969696 737373 525252 252525 000000"
      }
    return text.split(separator: " ").map(String.init)
  }

  /// Cold to hot at 99, 95, 90 %, not significant, 90, 95, 99 %: blue to red over a pale middle.
  ///
  /// Cold ones bear lines and are lighter than hot ones of the same level, so that a copy in grey tells them apart.
  static let hotCold = [
    lined("#4b97c9"), lined("#92c5de"), lined("#d1e5f0"), "#f7f7f2", "#fddbc7", "#ef8a62", "#a50f15",
  ]

  /// Not significant, high–high, low–low, low–high, high–low: red and blue as is usual for them, low ones with lines; in
  /// grey five steps from dark to light in the order high–high, low–low, high–low, low–high, not significant.
  static let lisa = ["#f7f7f2", "#a50f15", lined("#3d87ba"), lined("#b3cde8"), "#ef8a62"]

  /// Green, yellow and red that differ in lightness as well, so that any colour vision and a copy in grey tell them apart.
  private static let warnings = ["#5ab08f", "#fddf7e", "#b2182b"]

  /// The colour of a warning.
  public static func warning(_ colour: WarningColour) -> String { warnings[colour.rawValue] }

  /// A colour under white hatching, for what was observed earlier and not in the period itself.
  static func hatched(_ colour: String) -> String { colour + "/" }

  /// A colour under thin dark lines, for what is low or cold.
  static func lined(_ colour: String) -> String { colour + "\\" }

  /// The colour under hatching or lines; nil for one without.
  public static func base(ofHatched colour: String) -> String? {
    colour.hasSuffix("/") || isLined(colour) ? String(colour.dropLast()) : nil
  }

  /// Whether a colour bears thin dark lines.
  public static func isLined(_ colour: String) -> Bool { colour.hasSuffix("\\") }

  /// Pale colours for regions without an order, so that names and lines stand out from them.
  static let regions = [
    "#cfe5d6", "#f7e8bf", "#dad3ea", "#f6d2c2", "#c8dff0", "#e6e8c4", "#f2d6e2", "#d8d8d8", "#bfe0dc",
    "#f0dcc0",
  ]

  /// Units without a value: `none` stands for hatching, which no palette has.
  public static let noData = "none"
  /// Units of the map that were not studied: `dotted` stands for dots.
  public static let notStudied = "dotted"
  /// Graded circles: vermilion, which stands out from greens, blues and purples for any colour vision.
  static let circle = "#d55e00"
}
