/// Which rings of one feature are holes: those inside an odd number of others, whatever their order and direction.
struct RingNesting {
  private(set) var isHole: [Bool]
  /// The rings with each hole behind the outline around it.
  private(set) var order: [Int] = []

  /// How many comparisons of edges and of boxes rings of so many vertices may take: no map needs a tenth of it.
  private static func mostSteps(vertices: Int) -> Int { min(1_000_000 + 1000 * vertices, 300_000_000) }

  /// Nil where the rings lie in each other far more often than those of any map.
  init?(_ rings: [Range<Int>], x: [Double], y: [Double]) {
    let boxes = rings.map { Box($0, x: x, y: y) }
    var depth = [Int](repeating: 0, count: rings.count)
    /// The smallest ring around each.
    var around = [Int?](repeating: nil, count: rings.count)
    var slabs = [RingSlabs?](repeating: nil, count: rings.count)
    var steps = 0
    let mostSteps = RingNesting.mostSteps(vertices: rings.reduce(0) { $0 + $1.count })
    // A sweep from left to right: what is around a ring begins no further right and is not over yet.
    let sweep = rings.indices.sorted {
      (boxes[$0].left, -boxes[$0].right) < (boxes[$1].left, -boxes[$1].right)
    }
    var active: [Int] = []
    var next = 0
    for (place, inner) in sweep.enumerated() {
      // Of two that begin alike either may be around the other.
      while next < sweep.count, boxes[sweep[next]].left <= boxes[inner].left {
        active.append(sweep[next])
        next += 1
      }
      if place.isMultiple(of: 64) { active.removeAll { boxes[$0].right < boxes[inner].left } }
      steps += active.count
      guard steps < mostSteps else { return nil }
      for outer in active where outer != inner && boxes[outer].contains(boxes[inner]) {
        if slabs[outer] == nil { slabs[outer] = RingSlabs(rings[outer], boxes[outer], x: x, y: y) }
        guard slabs[outer]!.contains(rings[inner], x: x, y: y, steps: &steps, mostSteps: mostSteps)
        else { continue }
        guard steps < mostSteps else { return nil }
        depth[inner] += 1
        if around[inner].map({ boxes[$0].contains(boxes[outer]) }) ?? true { around[inner] = outer }
      }
      guard steps < mostSteps else { return nil }
    }
    isHole = depth.map { !$0.isMultiple(of: 2) }
    var inside: [Int: [Int]] = [:]
    var astray: [Int] = []
    for ring in rings.indices where isHole[ring] {
      // Rings that cross each other may have a hole around a hole.
      if let outline = around[ring], !isHole[outline] {
        inside[outline, default: []].append(ring)
      } else {
        astray.append(ring)
      }
    }
    for ring in rings.indices where !isHole[ring] { order += [ring] + (inside[ring] ?? []) }
    order += astray
  }

  /// Twice the area, above zero for a ring that runs counter-clockwise.
  static func doubledArea(_ ring: Range<Int>, x: [Double], y: [Double]) -> Double {
    guard let first = ring.first else { return 0 }
    var (area, last) = (0.0, ring.upperBound - 1)
    for vertex in ring {
      area += (x[last] - x[first]) * (y[vertex] - y[first]) - (x[vertex] - x[first]) * (y[last] - y[first])
      last = vertex
    }
    return area
  }

  /// The bounds of a ring.
  struct Box {
    private(set) var left = Double.infinity
    private(set) var right = -Double.infinity
    private(set) var low = Double.infinity
    private(set) var high = -Double.infinity

    init(_ ring: Range<Int>, x: [Double], y: [Double]) {
      for vertex in ring {
        left = min(left, x[vertex])
        right = max(right, x[vertex])
        low = min(low, y[vertex])
        high = max(high, y[vertex])
      }
    }

    func contains(_ other: Box) -> Bool {
      left <= other.left && other.right <= right && low <= other.low && other.high <= high
    }
  }
}

/// The edges of a ring by the heights that they cross, so that a point meets few of them.
private struct RingSlabs {
  private let ring: Range<Int>
  private let low: Double
  private let height: Double
  /// Where the edges of each slab begin among `edges`, which holds their first vertices.
  private var starts: [Int] = []
  private var edges: [Int32] = []

  init(_ ring: Range<Int>, _ box: RingNesting.Box, x: [Double], y: [Double]) {
    self.ring = ring
    low = box.low
    var count = max(1, min(2048, ring.count / 8))
    // Edges that run from bottom to top stand in every slab.
    while count > 1 {
      let height = (box.high - box.low) / Double(count)
      var total = 0.0
      var last = ring.upperBound - 1
      for vertex in ring {
        total += 1 + abs(y[vertex] - y[last]) / max(height, .leastNormalMagnitude)
        last = vertex
      }
      if total <= 8 * Double(ring.count) { break }
      count /= 2
    }
    height = max((box.high - box.low) / Double(count), .leastNormalMagnitude)
    var lists = [[Int32]](repeating: [], count: count)
    var last = ring.upperBound - 1
    for vertex in ring {
      let slabs = slab(min(y[last], y[vertex]), count)...slab(max(y[last], y[vertex]), count)
      for slab in slabs { lists[slab].append(Int32(last)) }
      last = vertex
    }
    for list in lists {
      starts.append(edges.count)
      edges += list
    }
    starts.append(edges.count)
  }

  private func slab(_ y: Double, _ count: Int) -> Int { max(0, min(count - 1, Int((y - low) / height))) }

  /// Whether another ring lies inside: its first vertex, or middle of an edge, that is not on this ring decides.
  func contains(
    _ other: Range<Int>, x: [Double], y: [Double], steps: inout Int, mostSteps: Int
  ) -> Bool {
    for vertex in other {
      if let isInside = contains(x[vertex], y[vertex], x: x, y: y, steps: &steps) { return isInside }
      if steps > mostSteps { return false }
    }
    var last = other.upperBound - 1
    for vertex in other {
      let (middleX, middleY) = ((x[last] + x[vertex]) / 2, (y[last] + y[vertex]) / 2)
      if let isInside = contains(middleX, middleY, x: x, y: y, steps: &steps) { return isInside }
      last = vertex
      if steps > mostSteps { return false }
    }
    return false
  }

  /// Whether a point lies inside; nil on the ring itself.
  private func contains(
    _ pointX: Double, _ pointY: Double, x: [Double], y: [Double], steps: inout Int
  ) -> Bool? {
    let slab = slab(pointY, starts.count - 1)
    var isInside = false
    steps += starts[slab + 1] - starts[slab]
    for place in starts[slab]..<starts[slab + 1] {
      let a = Int(edges[place])
      let b = a + 1 == ring.upperBound ? ring.lowerBound : a + 1
      if x[a] == pointX, y[a] == pointY { return nil }
      let cross = (x[b] - x[a]) * (pointY - y[a]) - (pointX - x[a]) * (y[b] - y[a])
      if cross == 0, min(x[a], x[b]) <= pointX, pointX <= max(x[a], x[b]), min(y[a], y[b]) <= pointY,
        pointY <= max(y[a], y[b])
      {
        return nil
      }
      guard (y[a] > pointY) != (y[b] > pointY) else { continue }
      if (cross > 0) == (y[b] > y[a]) { isInside.toggle() }
    }
    return isInside
  }
}
