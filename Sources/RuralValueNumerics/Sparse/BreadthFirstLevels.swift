/// The vertices of one part of a graph in the order of a breadth-first search, level by level.
struct BreadthFirstLevels {
  /// The vertices in the order of their discovery.
  private(set) var order: [Int32]
  /// Level l is `order[levelStarts[l]..<levelStarts[l + 1]]`.
  private(set) var levelStarts: [Int]

  /// Searches from a root among the vertices whose mark is `part`; marks are set to `seen` on the way.
  init(_ graph: SparsePattern, from root: Int32, part: Int32, seen: Int32, marks: inout [Int32]) {
    order = [root]
    levelStarts = [0]
    marks[Int(root)] = seen
    var first = 0
    while first < order.count {
      let end = order.count
      levelStarts.append(end)
      for position in first..<end {
        for neighbour in graph.neighbours(of: Int(order[position])) where marks[Int(neighbour)] == part {
          marks[Int(neighbour)] = seen
          order.append(neighbour)
        }
      }
      first = end
    }
  }

  /// The number of levels.
  var levelCount: Int { levelStarts.count - 1 }

  /// The vertices of a level.
  func level(_ l: Int) -> ArraySlice<Int32> { order[levelStarts[l]..<levelStarts[l + 1]] }

  /// The levels from a vertex that lies about as far out as any; marks go from `part` to `seen`.
  ///
  /// Source: Gibbs, Poole and Stockmeyer (1976), pseudo-peripheral vertices.
  static func fromPeriphery(
    _ graph: SparsePattern, near start: Int32, part: Int32, seen: Int32, marks: inout [Int32]
  ) -> BreadthFirstLevels {
    var levels = BreadthFirstLevels(graph, from: start, part: part, seen: seen, marks: &marks)
    while true {
      let candidate = levels.level(levels.levelCount - 1).min {
        (graph.degree(of: Int($0)), $0) < (graph.degree(of: Int($1)), $1)
      }!
      for vertex in levels.order { marks[Int(vertex)] = part }
      let further = BreadthFirstLevels(graph, from: candidate, part: part, seen: seen, marks: &marks)
      if further.levelCount <= levels.levelCount { return further }
      levels = further
    }
  }
}
