/// An order of a graph's vertices that keeps the factor of its matrix sparse: halves first, and the
/// separator between them last, down to small parts.
///
/// On a planar graph of n vertices the factor has O(n log n) elements and takes O(n^1.5) operations, where
/// a band takes O(n²).
///
/// Source: George and Liu (1978), "An automatic nested dissection algorithm": a separator is the middle
/// level of a breadth-first search, less what does not touch the next level.
public enum NestedDissection {
  /// The old index of each new one.
  public static func order(_ graph: SparsePattern, leafSize: Int = 24) -> [Int32] {
    var dissection = Dissection(graph, leafSize: leafSize)
    return dissection.run()
  }
}

/// The state of a dissection: which part each vertex belongs to, and the order filled from its end.
private struct Dissection {
  private let graph: SparsePattern
  private let leafSize: Int
  private var marks: [Int32]
  private var order: [Int32]
  private var end: Int
  private var lastMark: Int32 = 0

  init(_ graph: SparsePattern, leafSize: Int) {
    self.graph = graph
    self.leafSize = leafSize
    marks = [Int32](repeating: 0, count: graph.size)
    order = [Int32](repeating: 0, count: graph.size)
    end = graph.size
  }

  mutating func run() -> [Int32] {
    var open: [[Int32]] = []
    if graph.size > 0 { open.append((0..<Int32(graph.size)).map { $0 }) }
    while let part = open.popLast() { open += split(part) }
    return order
  }

  /// Places a small part or a separator at the end of the order; gives what remains to be split.
  private mutating func split(_ part: [Int32]) -> [[Int32]] {
    guard part.count > leafSize else {
      place(part.sorted { graph.degree(of: Int($0)) > graph.degree(of: Int($1)) })
      return []
    }
    let mark = newMark()
    for vertex in part { marks[Int(vertex)] = mark }
    var levels = BreadthFirstLevels.fromPeriphery(
      graph, near: part[0], part: mark, seen: newMark(), marks: &marks)
    guard levels.order.count == part.count else {
      return [levels.order, part.filter { marks[Int($0)] == mark }]
    }
    guard levels.levelCount > 2 else {
      place(levels.order.reversed())
      return []
    }
    if part.count > 20 * leafSize { levels = narrowest(levels) }
    return divide(levels)
  }

  /// The search, among several from the far side of a large part, whose middle level is the smallest.
  ///
  /// From a corner the levels bend around it; from the middle of a side they run straight across.
  private mutating func narrowest(_ levels: BreadthFirstLevels) -> BreadthFirstLevels {
    var best = levels
    let far = levels.level(levels.levelCount - 1)
    for quarter in 0...4 {
      let root = far[far.startIndex + quarter * (far.count - 1) / 4]
      let mark = newMark()
      for vertex in levels.order { marks[Int(vertex)] = mark }
      let candidate = BreadthFirstLevels(graph, from: root, part: mark, seen: newMark(), marks: &marks)
      guard candidate.levelCount > 2 else { continue }
      if candidate.level(middleLevel(candidate)).count < best.level(middleLevel(best)).count {
        best = candidate
      }
    }
    return best
  }

  private mutating func divide(_ levels: BreadthFirstLevels) -> [[Int32]] {
    let middle = middleLevel(levels)
    let beyond = newMark()
    for vertex in levels.level(middle + 1) { marks[Int(vertex)] = beyond }
    var near = Array(levels.order[..<levels.levelStarts[middle]])
    var separator: [Int32] = []
    for vertex in levels.level(middle) {
      if graph.neighbours(of: Int(vertex)).contains(where: { marks[Int($0)] == beyond }) {
        separator.append(vertex)
      } else {
        near.append(vertex)
      }
    }
    place(separator)
    return [near, Array(levels.order[levels.levelStarts[middle + 1]...])]
  }

  /// The smallest level among those that leave at least two fifths on either side, else the median level.
  private func middleLevel(_ levels: BreadthFirstLevels) -> Int {
    let count = levels.order.count
    var best = -1
    for level in 1..<(levels.levelCount - 1) {
      let before = levels.levelStarts[level]
      let after = count - levels.levelStarts[level + 1]
      guard 5 * before >= 2 * count, 5 * after >= 2 * count else { continue }
      if best < 0 || levels.level(level).count < levels.level(best).count { best = level }
    }
    if best > 0 { return best }
    let median = (1..<(levels.levelCount - 1)).first { 2 * levels.levelStarts[$0 + 1] >= count }
    return median ?? levels.levelCount - 2
  }

  private mutating func place(_ vertices: [Int32]) {
    end -= vertices.count
    order.replaceSubrange(end..<(end + vertices.count), with: vertices)
    for vertex in vertices { marks[Int(vertex)] = -1 }
  }

  private mutating func newMark() -> Int32 {
    lastMark += 1
    return lastMark
  }
}
