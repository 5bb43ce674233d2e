/// The types of shapes.
/// Source: ESRI Shapefile Technical Description (1998), page 4.
enum ShapeType {
  static func isPoint(_ type: Int) -> Bool { type == 1 || type == 11 || type == 21 }
  static func isPolygon(_ type: Int) -> Bool { type == 5 || type == 15 || type == 25 }

  /// What the shapes of a type are, in words.
  static func name(of type: Int) -> String {
    switch type {
    case 0: "none"
    case 1, 11, 21: "points"
    case 3, 13, 23: "lines"
    case 5, 15, 25: "polygons"
    case 8, 18, 28: "multipoints"
    case 31: "multipatches"
    default: "of a kind that is not known"
    }
  }
}
