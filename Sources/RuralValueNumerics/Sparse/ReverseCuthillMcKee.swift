/// An order of a graph's vertices that gathers the elements of its matrix near the diagonal.
///
/// Source: Cuthill and McKee (1969); George (1971) for the reversal.
public enum ReverseCuthillMcKee {
  /// The old index of each new one.
  public static func order(_ graph: SparsePattern) -> [Int32] {
    var order: [Int32] = []
    order.reserveCapacity(graph.size)
    var marks = [Int32](repeating: 0, count: graph.size)
    for vertex in 0..<graph.size where marks[vertex] == 0 {
      let levels = BreadthFirstLevels.fromPeriphery(
        graph, near: Int32(vertex), part: 0, seen: 1, marks: &marks)
      var next = order.count
      order.append(levels.order[0])
      marks[Int(levels.order[0])] = 2
      while next < order.count {
        let discovered = graph.neighbours(of: Int(order[next])).filter { marks[Int($0)] != 2 }
          .sorted { (graph.degree(of: Int($0)), $0) < (graph.degree(of: Int($1)), $1) }
        for neighbour in discovered {
          marks[Int(neighbour)] = 2
          order.append(neighbour)
        }
        next += 1
      }
    }
    return order.reversed()
  }
}

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
