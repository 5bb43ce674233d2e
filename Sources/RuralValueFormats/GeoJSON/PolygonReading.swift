public import RuralValue

/// A layer of polygons or points and what reading it had to decide.
public struct PolygonReading: Sendable, Equatable {
  /// The polygons.
  public let layer: PolygonLayer
  /// An encoding that was found, a coordinate system that was declared.
  private let fileNotes: [Phrase]
  private let repairs: FeatureRepairs
  /// What is wrong with geometries; those features have none in the layer.
  private let faults: [FeatureFault]

  init(layer: PolygonLayer, notes: [Phrase], repairs: FeatureRepairs, faults: [FeatureFault]) {
    (self.layer, fileNotes, self.repairs, self.faults) = (layer, notes, repairs, faults)
  }

  /// Rings that were closed, coordinate systems that were declared.
  public var notes: [Phrase] { notes { _ in true } }

  /// The notes that concern some of the features, by their numbers in the file.
  public func notes(_ isKept: (_ number: Int) -> Bool) -> [Phrase] {
    fileNotes + repairs.notes(source: layer.source, isKept)
  }

  /// Throws what is wrong with the first geometry among features by their numbers in the file.
  public func requireSound(_ isKept: (_ number: Int) -> Bool) throws(GeoJSONError) {
    if let fault = faults.first(where: { isKept($0.number) }) { throw fault.error }
  }

  /// A feature whose geometry cannot be used, and why.
  struct FeatureFault: Sendable, Equatable {
    /// Its number in the file, counted from one.
    let number: Int
    let error: GeoJSONError
  }
}

/// What was mended in features, or left out of them.
struct FeatureRepairs: Sendable, Equatable {
  /// A feature by its number in the file and by what messages call it.
  struct Feature: Sendable, Equatable {
    let number: Int
    let name: String
  }

  /// The features of which a ring had to be closed.
  var closed: [Feature] = []
  /// The features of whose geometry collections the polygons are taken.
  var collected: [Feature] = []

  func notes(source: String, _ isKept: (Int) -> Bool) -> [Phrase] {
    var notes: [Phrase] = []
    let closed = closed.filter { isKept($0.number) }
    if let (names, chinese) = listed(closed) {
      notes.append(
        Phrase(
          "\(source): rings of \(closed.count) feature\(closed.count == 1 ? "" : "s") did not end where they begin"
            + " and were closed: \(names).",
          zh: "\(source)：\(closed.count) 个要素的环首尾不闭合，已自动闭合：\(chinese)。"))
    }
    if let (names, chinese) = listed(collected.filter { isKept($0.number) }) {
      notes.append(
        Phrase(
          "\(source): of geometry collections only the polygons are taken: \(names).",
          zh: "\(source)：下列要素为几何集合，仅取其中的多边形：\(chinese)。"))
    }
    return notes
  }

  /// Ten names, in both languages' way; nil where there are none.
  private func listed(_ features: [Feature]) -> (String, String)? {
    guard !features.isEmpty else { return nil }
    let text = features.prefix(10).map(\.name).joined(separator: ", ")
    return (text + (features.count > 10 ? ", …" : ""), text + (features.count > 10 ? "……" : ""))
  }
}
