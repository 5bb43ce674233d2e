extension SpatialWeights {
  /// The transpose W′.
  public var transposed: SpatialWeights {
    var starts = [Int](repeating: 0, count: unitCount + 1)
    for j in neighbours { starts[Int(j) + 1] += 1 }
    for i in 0..<unitCount { starts[i + 1] += starts[i] }
    var next = starts
    var rows = [Int32](repeating: 0, count: linkCount)
    var weights = [Double](repeating: 0, count: linkCount)
    for i in 0..<unitCount {
      for place in row(i) {
        let target = next[Int(neighbours[place])]
        next[Int(neighbours[place])] += 1
        rows[target] = Int32(i)
        weights[target] = values[place]
      }
    }
    return SpatialWeights(units: units, rowStarts: starts, neighbours: rows, values: weights)
  }

  /// Whether w_ij = w_ji for all pairs, exactly.
  public var isSymmetric: Bool { self == transposed }

  /// The links whose counterpart is absent or has another weight.
  public var asymmetricLinks: [Link] {
    links.filter { weight(from: $0.to, to: $0.from) != $0.weight }
  }

  /// Whether every link has a counterpart, of whatever weight.
  public var isPatternSymmetric: Bool {
    let transposed = transposed
    return rowStarts == transposed.rowStarts && neighbours == transposed.neighbours
  }

  /// Whether every row sums to one within 1e-12, islands apart.
  public var isRowStandardised: Bool {
    let sums = rowSums
    return (0..<unitCount).allSatisfy { row($0).isEmpty || abs(sums[$0] - 1) <= 1e-12 }
  }

  /// The positions of the units without neighbours; a unit that is only its own neighbour is one.
  public var islandPositions: [Int] {
    (0..<unitCount).filter { i in row(i).allSatisfy { neighbours[$0] == Int32(i) } }
  }

  /// The ids of the units without neighbours.
  public var islands: [String] { islandPositions.map { units[$0] } }

  /// For each unit the number of its neighbours, itself not counted.
  public var neighbourCounts: [Int] {
    (0..<unitCount).map { i in row(i).count { neighbours[$0] != Int32(i) } }
  }

  /// For each unit the number of its connected component, counted from zero in order of first appearance;
  /// a link in either direction connects.
  public var components: [Int] {
    let backward = transposed
    var component = [Int](repeating: -1, count: unitCount)
    var count = 0
    for start in 0..<unitCount where component[start] < 0 {
      component[start] = count
      var open = [start]
      while let i = open.popLast() {
        for graph in [self, backward] {
          for place in graph.row(i) where component[Int(graph.neighbours[place])] < 0 {
            component[Int(graph.neighbours[place])] = count
            open.append(Int(graph.neighbours[place]))
          }
        }
      }
      count += 1
    }
    return component
  }

  /// Every link with weight one.
  public var binary: SpatialWeights {
    SpatialWeights(
      units: units, rowStarts: rowStarts, neighbours: neighbours,
      values: [Double](repeating: 1, count: linkCount))
  }

  /// The weights without those that units give themselves.
  public var withoutSelf: SpatialWeights {
    rebuilt { i, place in neighbours[place] == Int32(i) ? nil : values[place] }
  }

  /// Every link with weight one, and every unit its own neighbour, as Gi* has it.
  public var binaryWithSelf: SpatialWeights {
    var starts = [0]
    var columns: [Int32] = []
    columns.reserveCapacity(linkCount + unitCount)
    for i in 0..<unitCount {
      var others = row(i).map { neighbours[$0] }.filter { $0 != Int32(i) }
      let place = others.firstIndex { $0 > Int32(i) } ?? others.count
      others.insert(Int32(i), at: place)
      columns += others
      starts.append(columns.count)
    }
    return SpatialWeights(
      units: units, rowStarts: starts, neighbours: columns,
      values: [Double](repeating: 1, count: columns.count))
  }

  /// The element-wise product of two weights over the same units, such as contiguity × economic distance.
  ///
  /// Throws `WeightsError` where the units differ.
  public func product(_ other: SpatialWeights) throws(WeightsError) -> SpatialWeights {
    let other = try other.aligned(to: units, of: "the other weights").weights
    return rebuilt { i, place in
      let weight = values[place] * other.weight(from: i, to: Int(neighbours[place]))
      return weight == 0 ? nil : weight
    }
  }

  /// The same units with each weight replaced, or dropped where the replacement is nil.
  func rebuilt(_ replacement: (_ row: Int, _ place: Int) -> Double?) -> SpatialWeights {
    var starts = [0]
    var columns: [Int32] = []
    var weights: [Double] = []
    for i in 0..<unitCount {
      for place in row(i) {
        guard let weight = replacement(i, place) else { continue }
        columns.append(neighbours[place])
        weights.append(weight)
      }
      starts.append(columns.count)
    }
    return SpatialWeights(units: units, rowStarts: starts, neighbours: columns, values: weights)
  }
}
