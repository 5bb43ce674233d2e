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

  /// Colours from light to dark, from one to nine. Source: ColorBrewer 2.0 (Brewer, Harrower; Apache 2.0), nine classes.
  public func colours(_ count: Int) -> [String] {
    let all = nine
    let picks: [Int] =
      switch count {
      case ...1: [4]
      case 2: [1, 6]
      case 3: [1, 4, 7]
      case 4: [0, 2, 5, 7]
      case 5: [0, 2, 4, 6, 8]
      case 6: [0, 2, 3, 5, 6, 8]
      case 7: [0, 1, 3, 4, 5, 7, 8]
      case 8: [0, 1, 2, 3, 5, 6, 7, 8]
      default: Array(0...8)
      }
    return picks.map { "#" + all[$0] }
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
  static let hotCold = ["#2166ac", "#67a9cf", "#d1e5f0", "#f7f7f2", "#fddbc7", "#ef8a62", "#b2182b"]

  /// Colours for regions without an order. Source: ColorBrewer 2.0 Set3 and Pastel1, lightness evened.
  static let regions = [
    "#8dd3c7", "#ffffb3", "#bebada", "#fdb462", "#80b1d3", "#fccde5", "#b3de69", "#d9d9d9", "#bc80bd", "#ccebc5",
    "#ffed6f", "#fb8072", "#e5d8bd", "#b3cde3",
  ]

  /// Units without a value.
  static let noData = "#e6e6e6"
  /// Graded circles: vermilion, which stands out from greens, blues and purples for any colour vision.
  static let circle = "#d55e00"
}
