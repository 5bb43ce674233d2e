/// Places in a k-d tree, so that those near a place are found without looking at all of them.
///
/// A node is a run of the places in the tree's order, with the box around them; the box of 32 places or more
/// is cut at its middle place across its longest side. Boxes bound squared straight lines from below with the
/// same three products and two sums that compute them, and rounding keeps order: no place is passed over that
/// a look at all of them would take.
/// Source: Bentley (1975), Multidimensional binary search trees; Friedman, Bentley & Finkel (1977).
struct PlaceTree {
  let distances: PlaceDistances
  /// The places in the tree's order.
  private var order: [Int32]
  private var nodes: [Node] = []
  /// Coordinates in the tree's order.
  private var points: [SIMD3<Double>] = []

  /// The box around a run of places.
  private struct Node {
    var low: SIMD3<Double>
    var high: SIMD3<Double>
    let start: Int32
    let end: Int32
    /// The earliest of the places, which goes before others that are as near.
    var first: Int32
    /// The node of the later half; that of the first stands next to this one. Zero in a leaf.
    var later: Int32 = 0
  }

  /// A place and its squared straight line from another; of equal lines the earlier place is nearer.
  private struct Near {
    let chord: Double
    let place: Int32

    @inline(__always)
    func isNearer(than other: Near) -> Bool {
      chord < other.chord || chord == other.chord && place < other.place
    }
  }

  /// A tree of all places.
  init(_ distances: PlaceDistances) {
    self.distances = distances
    order = (0..<Int32(distances.count)).map { $0 }
    points = (0..<distances.count).map { distances.point($0) }
    nodes.reserveCapacity(distances.count / 8 + 1)
    if !order.isEmpty { grow(0, order.count) }
  }

  /// The squared straight line, with the same operations as `PlaceDistances.squaredChord`.
  @inline(__always)
  private static func square(_ d: SIMD3<Double>) -> Double { d.x * d.x + d.y * d.y + d.z * d.z }

  @inline(__always)
  private static func leastSquare(_ p: SIMD3<Double>, _ node: Node) -> Double {
    square(pointwiseMax(pointwiseMax(node.low - p, p - node.high), .zero))
  }

  @inline(__always)
  private static func greatestSquare(_ p: SIMD3<Double>, _ node: Node) -> Double {
    square(pointwiseMax(node.high - p, p - node.low))
  }
}

extension PlaceTree {
  /// Makes the nodes of a run of places.
  private mutating func grow(_ start: Int, _ end: Int) {
    let node = nodes.count
    var (low, high, first) = (points[start], points[start], order[start])
    for place in start..<end {
      low = pointwiseMin(low, points[place])
      high = pointwiseMax(high, points[place])
      first = min(first, order[place])
    }
    nodes.append(Node(low: low, high: high, start: Int32(start), end: Int32(end), first: first))
    guard end - start > 16 else { return }
    let sides = high - low
    let axis = sides.x >= sides.y && sides.x >= sides.z ? 0 : sides.y >= sides.z ? 1 : 2
    let middle = (start + end) / 2
    divide(start, end, at: middle, axis: axis)
    grow(start, middle)
    nodes[node].later = Int32(nodes.count)
    grow(middle, end)
  }

  /// Brings the places that come first along an axis before the middle; of equal ones the earlier comes first.
  /// Source: Hoare (1961), Algorithm 65: Find.
  private mutating func divide(_ start: Int, _ end: Int, at middle: Int, axis: Int) {
    var (low, high) = (start, end - 1)
    while low < high {
      let (pivot, pivotPlace) = (points[(low + high) / 2][axis], order[(low + high) / 2])
      var (i, j) = (low, high)
      while i <= j {
        while points[i][axis] < pivot || points[i][axis] == pivot && order[i] < pivotPlace { i += 1 }
        while points[j][axis] > pivot || points[j][axis] == pivot && order[j] > pivotPlace { j -= 1 }
        if i <= j {
          points.swapAt(i, j)
          order.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if middle <= j { high = j } else if middle >= i { low = i } else { return }
    }
  }
}

extension PlaceTree {
  /// For every place its `count` nearest others, ascending: n × count, row by row.
  func nearest(_ count: Int) -> [Int32] {
    var result = [Int32](repeating: 0, count: order.count * count)
    var open: [(node: Int, square: Double)] = []
    let progress = ProgressReport.steps(order.count, Phrase("units", zh: "个单元"))
    // In the tree's order, so that one search finds in the cache what the one before it read.
    for position in order.indices {
      let (point, own) = (points[position], order[position])
      if position.isMultiple(of: 64) { progress.done(position) }
      var found = NearestFew(count)
      open.append((0, 0))
      while let (number, square) = open.popLast() {
        guard !found.isFull || Near(chord: square, place: nodes[number].first).isNearer(than: found.farthest)
        else { continue }
        let node = nodes[number]
        if node.later == 0 {
          for place in Int(node.start)..<Int(node.end) where order[place] != own {
            found.offer(Near(chord: Self.square(point - points[place]), place: order[place]))
          }
          continue
        }
        let (one, other) = (number + 1, Int(node.later))
        let a = Near(chord: Self.leastSquare(point, nodes[one]), place: nodes[one].first)
        let b = Near(chord: Self.leastSquare(point, nodes[other]), place: nodes[other].first)
        if a.isNearer(than: b) {
          open.append((other, b.chord))
          open.append((one, a.chord))
        } else {
          open.append((one, a.chord))
          open.append((other, b.chord))
        }
      }
      let places = found.places
      for (offset, place) in places.enumerated() { result[Int(own) * count + offset] = place }
    }
    return result
  }

  /// The nearest places of those offered so far, the farthest on top of a heap.
  private struct NearestFew {
    private let count: Int
    private var heap: [Near] = []

    init(_ count: Int) {
      self.count = count
      heap.reserveCapacity(count)
    }

    var isFull: Bool { heap.count == count }
    var farthest: Near { heap[0] }
    /// The places, ascending.
    var places: [Int32] { heap.map(\.place).sorted() }

    mutating func offer(_ near: Near) {
      if heap.count < count {
        heap.append(near)
        var child = heap.count - 1
        while child > 0, heap[(child - 1) / 2].isNearer(than: heap[child]) {
          heap.swapAt(child, (child - 1) / 2)
          child = (child - 1) / 2
        }
      } else if near.isNearer(than: heap[0]) {
        heap[0] = near
        var parent = 0
        while 2 * parent + 1 < count {
          var child = 2 * parent + 1
          if child + 1 < count, heap[child].isNearer(than: heap[child + 1]) { child += 1 }
          guard heap[parent].isNearer(than: heap[child]) else { break }
          heap.swapAt(parent, child)
          parent = child
        }
      }
    }
  }
}

extension PlaceTree {
  /// How many ordered pairs of different places are within reach; runs of places that all are count as one.
  func pairCount(within reach: PlaceDistances.Reach) -> Int {
    var count = 0
    for point in points {
      visit(from: point, within: reach, whole: { count += Int(nodes[$0].end - nodes[$0].start) }) { _, _ in
        count += 1
      }
    }
    // Every place was within reach of itself.
    return count - points.count
  }

  /// The first place, in their order, that stands within a distance of an earlier one, and the earliest of those.
  func firstCoincidence(within limit: Double = 0) -> (first: Int, second: Int)? {
    let here =
      limit > 0 ? distances.reach(limit) : PlaceDistances.Reach(limit: 0, certain: 0, possible: 0)
    for place in order.indices {
      var first = Int32(place)
      others(of: place, within: here) { other, _ in first = min(first, other) }
      if first < place { return (Int(first), place) }
    }
    return nil
  }

  /// Calls `body` with every other place within reach of one, in no order, and its squared straight line.
  @inline(__always)
  func others(of place: Int, within reach: PlaceDistances.Reach, _ body: (Int32, Double) -> Void) {
    visit(from: distances.point(place), within: reach, whole: nil) { other, chord in
      if other != Int32(place) { body(other, chord) }
    }
  }

  /// Calls `whole` with nodes of which all places are within reach, if there is one, and else `body` with
  /// each place that is.
  @inline(__always)
  private func visit(
    from point: SIMD3<Double>, within reach: PlaceDistances.Reach, whole: ((Int) -> Void)?,
    _ body: (Int32, Double) -> Void
  ) {
    guard !nodes.isEmpty else { return }
    var open = [0]
    while let number = open.popLast() {
      let node = nodes[number]
      if Self.leastSquare(point, node) > reach.possible { continue }
      if let whole, Self.greatestSquare(point, node) <= reach.certain {
        whole(number)
      } else if node.later == 0 {
        for place in Int(node.start)..<Int(node.end) {
          let chord = Self.square(point - points[place])
          if distances.isWithin(reach, squaredChord: chord) { body(order[place], chord) }
        }
      } else {
        open.append(number + 1)
        open.append(Int(node.later))
      }
    }
  }
}
