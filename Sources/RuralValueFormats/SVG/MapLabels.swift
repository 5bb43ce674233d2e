import RuralValue

/// Chooses where names stand on a map: inside what they name, else beside it at the end of a line.
struct MapLabels {
  /// A name and where its middle stands, from the map's corner.
  struct Placed {
    let text: String
    let x: Double
    let y: Double
    let size: Double
    let isStrong: Bool
    /// The line from the name to a point inside what it names; nil where the name stands there itself.
    let leader: (from: (x: Double, y: Double), to: (x: Double, y: Double))?
    /// What the name covers.
    let box: Box
  }

  /// A rectangle on the map.
  struct Box {
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>

    init(middle: (x: Double, y: Double), width: Double, height: Double) {
      x = middle.x - width / 2...middle.x + width / 2
      y = middle.y - height / 2...middle.y + height / 2
    }

    func overlaps(_ other: Box) -> Bool { x.overlaps(other.x) && y.overlaps(other.y) }

    /// The point of its edge that is nearest to a point outside.
    func nearest(to point: (x: Double, y: Double)) -> (x: Double, y: Double) {
      (
        min(max(point.x, x.lowerBound), x.upperBound), min(max(point.y, y.lowerBound), y.upperBound)
      )
    }

    /// Whether the way between two points crosses it.
    func isCrossed(from a: (x: Double, y: Double), to b: (x: Double, y: Double)) -> Bool {
      let steps = max(2, Int(max(abs(b.x - a.x), abs(b.y - a.y)) / 2))
      return (0...steps).contains { step in
        let share = Double(step) / Double(steps)
        return x.contains(a.x + share * (b.x - a.x)) && y.contains(a.y + share * (b.y - a.y))
      }
    }
  }

  private(set) var placed: [Placed] = []
  /// Names that find no room: of units one by one, where there are too many for lines.
  private(set) var omittedCount = 0

  /// Names keep their order: an earlier one has the room. Those that fit inside come first.
  init(_ figure: MapFigure, _ layout: MapLayout, _ language: Language) {
    guard !figure.labels.isEmpty else { return }
    let land = LabelRoom(figure.layer, units: Array(figure.layer.features.indices), layout)
    let takesLeaders = figure.labels.count <= 40
    var outside: [MapFigure.Label] = []
    for label in figure.labels {
      let size = Self.size(label, layout)
      let text = label.text.text(in: language)
      let room = LabelRoom(figure.layer, units: label.units, layout)
      let middle = layout.place(label.point)
      let spot = room.firstSpot(around: middle) { spot in
        let box = Self.box(text, size, spot)
        return room.isFull(box) && !placed.contains { $0.box.overlaps(box) }
      }
      if let spot {
        place(text, label, size, spot, leader: nil)
      } else if takesLeaders {
        outside.append(label)
      } else {
        omittedCount += 1
      }
    }
    for label in outside { placeOutside(label, land, layout, language) }
  }

  private static func size(_ label: MapFigure.Label, _ layout: MapLayout) -> Double {
    max(label.isStrong ? 12.0 : 8.5, layout.leastSize)
  }

  private static func box(_ text: String, _ size: Double, _ middle: (x: Double, y: Double)) -> Box {
    Box(middle: middle, width: SVGText.width(text, size: size) + 2, height: size * 1.1)
  }

  private mutating func place(
    _ text: String, _ label: MapFigure.Label, _ size: Double, _ spot: (x: Double, y: Double),
    leader: (from: (x: Double, y: Double), to: (x: Double, y: Double))?
  ) {
    placed.append(
      Placed(
        text: text, x: spot.x, y: spot.y + size * 0.36, size: size, isStrong: label.isStrong, leader: leader,
        box: Self.box(text, size, spot)))
  }

  /// Puts a name off the land, where there is such room, as near as it can stand.
  private mutating func placeOutside(
    _ label: MapFigure.Label, _ land: LabelRoom, _ layout: MapLayout, _ language: Language
  ) {
    let size = Self.size(label, layout)
    let text = label.text.text(in: language)
    let point = layout.place(label.point)
    func isFree(_ spot: (x: Double, y: Double)) -> Bool {
      let box = Self.box(text, size, spot)
      // Beside the map stand its frame and the next map.
      guard box.x.lowerBound >= -4, box.x.upperBound <= layout.mapWidth + 4, box.y.lowerBound >= -2,
        box.y.upperBound <= layout.mapHeight + 4
      else { return false }
      let end = box.nearest(to: point)
      return !placed.contains { other in
        if other.box.overlaps(box) || other.box.isCrossed(from: end, to: point) { return true }
        return other.leader.map { box.isCrossed(from: $0.from, to: $0.to) } ?? false
      }
    }
    let spot =
      land.firstSpot(around: point, beyond: 8) { land.isEmpty(Self.box(text, size, $0)) && isFree($0) }
      ?? land.firstSpot(around: point, beyond: 8, where: isFree)
    guard let spot else {
      omittedCount += 1
      return
    }
    place(
      text, label, size, spot, leader: (from: Self.box(text, size, spot).nearest(to: point), to: point))
  }
}

/// Which places of a map some units cover, on a grid of two pixels over these.
private struct LabelRoom {
  private static let cell = 2.0
  /// The corner of the grid, from the map's corner.
  private let corner: (x: Double, y: Double)
  private let columns: Int
  private let rows: Int
  /// How many covered cells lie above and left of each corner of the grid.
  private var sums: [Int32]

  init(_ layer: PolygonLayer, units: [Int], _ layout: MapLayout) {
    let rings = units.flatMap { layer.rings[layer.features[$0].rings] }.map { ring in
      ring.vertices.map { layout.place(.init(x: layer.x[$0], y: layer.y[$0])) }
    }
    let (xs, ys) = (rings.joined().map(\.x), rings.joined().map(\.y))
    let corner = (x: xs.min() ?? 0, y: ys.min() ?? 0)
    self.corner = corner
    columns = max(1, Int((((xs.max() ?? 0) - corner.x) / Self.cell).rounded(.up)))
    rows = max(1, Int((((ys.max() ?? 0) - corner.y) / Self.cell).rounded(.up)))
    var crossings = [[Double]](repeating: [], count: rows)
    for ring in rings {
      guard var last = ring.last.map({ ($0.x - corner.x, $0.y - corner.y) }) else { continue }
      for vertex in ring {
        let next = (vertex.x - corner.x, vertex.y - corner.y)
        let (low, high) = (min(last.1, next.1), max(last.1, next.1))
        // Rows whose middle the edge crosses.
        let first = max(0, Int((low / Self.cell - 0.5).rounded(.up)))
        let end = min(Double(rows), (high / Self.cell - 0.5).rounded(.up))
        var row = first
        while Double(row) < end {
          let middle = (Double(row) + 0.5) * Self.cell
          crossings[row].append(last.0 + (middle - last.1) / (next.1 - last.1) * (next.0 - last.0))
          row += 1
        }
        last = next
      }
    }
    sums = [Int32](repeating: 0, count: (columns + 1) * (rows + 1))
    for row in 0..<rows {
      var covered = [Bool](repeating: false, count: columns)
      let ordered = crossings[row].sorted()
      for pair in stride(from: 0, to: ordered.count - 1, by: 2) {
        let first = max(0, Int((ordered[pair] / Self.cell - 0.5).rounded(.up)))
        var column = first
        while column < columns, (Double(column) + 0.5) * Self.cell < ordered[pair + 1] {
          covered[column] = true
          column += 1
        }
      }
      var along: Int32 = 0
      for column in 0..<columns {
        along += covered[column] ? 1 : 0
        sums[(row + 1) * (columns + 1) + column + 1] = sums[row * (columns + 1) + column + 1] + along
      }
    }
  }

  /// How many cells a box touches, and how many of them are covered.
  private func cells(_ box: MapLabels.Box) -> (touched: Int, covered: Int) {
    func bounds(_ range: ClosedRange<Double>, _ start: Double) -> (Int, Int) {
      (
        Int(((range.lowerBound - start) / Self.cell).rounded(.down)),
        Int(((range.upperBound - start) / Self.cell).rounded(.down)) + 1
      )
    }
    let ((left, right), (top, bottom)) = (bounds(box.x, corner.x), bounds(box.y, corner.y))
    func clamped(_ value: Int, _ most: Int) -> Int { min(max(value, 0), most) }
    let (l, r) = (clamped(left, columns), clamped(right, columns))
    let (t, b) = (clamped(top, rows), clamped(bottom, rows))
    func sum(_ row: Int, _ column: Int) -> Int { Int(sums[row * (columns + 1) + column]) }
    return ((right - left) * (bottom - top), sum(b, r) - sum(t, r) - sum(b, l) + sum(t, l))
  }

  /// Whether the units cover a box wholly.
  func isFull(_ box: MapLabels.Box) -> Bool { cells(box).touched == cells(box).covered }

  /// Whether they cover nothing of it.
  func isEmpty(_ box: MapLabels.Box) -> Bool { cells(box).covered == 0 }

  /// The nearest place to a point, none nearer than `beyond`, that will do: the point itself or every second cell.
  func firstSpot(
    around point: (x: Double, y: Double), beyond: Double = 0, where isGood: ((x: Double, y: Double)) -> Bool
  ) -> (x: Double, y: Double)? {
    if beyond == 0, isGood(point) { return point }
    var spots: [(x: Double, y: Double, distance: Double)] = []
    for row in stride(from: 0, to: rows, by: 2) {
      for column in stride(from: 0, to: columns, by: 2) {
        let (x, y) = (
          corner.x + (Double(column) + 0.5) * Self.cell, corner.y + (Double(row) + 0.5) * Self.cell
        )
        let (dx, dy) = (x - point.x, y - point.y)
        if max(abs(dx), abs(dy)) >= beyond { spots.append((x, y, dx * dx + dy * dy)) }
      }
    }
    return spots.sorted { $0.distance < $1.distance }.lazy.map { (x: $0.x, y: $0.y) }.first(where: isGood)
  }
}
