import RuralValue

/// Chooses which names find room on a map.
struct MapLabels {
  /// A name and where its middle stands, from the map's corner.
  struct Placed {
    let text: String
    let x: Double
    let y: Double
    let size: Double
    let isStrong: Bool
  }

  let placed: [Placed]
  let omittedCount: Int

  /// Names keep their order: an earlier one has the room.
  init(_ figure: MapFigure, _ layout: MapLayout) {
    var placed: [Placed] = []
    var boxes: [(x: ClosedRange<Double>, y: ClosedRange<Double>)] = []
    for label in figure.labels {
      let size = label.isStrong ? 12.0 : 8.5
      let place = layout.place(label.point)
      let half = SVGText.width(label.text, size: size) / 2
      let box = (x: place.x - half...place.x + half, y: place.y - size / 2...place.y + size / 2)
      if boxes.contains(where: { $0.x.overlaps(box.x) && $0.y.overlaps(box.y) }) { continue }
      boxes.append(box)
      placed.append(
        Placed(text: label.text, x: place.x, y: place.y + size * 0.36, size: size, isStrong: label.isStrong))
    }
    self.placed = placed
    omittedCount = figure.labels.count - placed.count
  }
}
