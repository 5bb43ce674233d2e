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
