/// Finds polygons that have no vertex in common although their borders run within a hair of each other.
///
/// Looked for along the open boundary only, where borders do not fit, so that a clean national map costs a tenth
/// of a pass over its vertices. What a tolerance of the same size would link besides, a vertex near an edge in the
/// middle of a border that fits, only overlapping polygons have.
struct NearTouching {
  /// Two features and how far apart their borders are where they are nearest.
  struct Pair: Equatable {
    let first: Int
    let second: Int
    let squaredDistance: Double
  }

  /// The pairs beyond those known, in ascending order.
  let pairs: [Pair]

  /// Looks for pairs no farther apart than a reach that satisfy a condition.
  init(_ layer: PolygonLayer, _ open: OpenBoundary, reach: Double, where isSought: (Int, Int) -> Bool) {
    let grid = EdgeGrid(layer, edges: open.edges, reach: reach)
    var found: [UInt64: Double] = [:]
    // A heap of edges on one spot would take the square of their number: such a file is not searched to its end.
    var budget = 64 * (layer.x.count + open.edges.count) + 10_000_000
    for ring in layer.rings where ring.vertices.count > 2 && budget > 0 && !open.edges.isEmpty {
      for vertex in ring.vertices {
        let (x, y) = (layer.x[vertex], layer.y[vertex])
        let cell = grid.cell(x: x, y: y)
        budget -= cell.count
        for place in cell {
          let edge = grid.edges[Int(grid.places[place])]
          guard Int(edge.feature) != ring.feature else { continue }
          let distance = grid.squaredDistance(x, y, edge)
          guard distance <= reach * reach, isSought(ring.feature, Int(edge.feature)) else { continue }
          let key = PairKey.of(ring.feature, Int(edge.feature))
          found[key] = min(found[key] ?? .infinity, distance)
        }
      }
    }
    pairs = found.sorted { $0.key < $1.key }.map {
      Pair(first: Int($0.key >> 32), second: Int($0.key & 0xFFFF_FFFF), squaredDistance: $0.value)
    }
  }

  /// The smallest power of ten, from a thousandth of a reach up to it, that as a tolerance links all pairs.
  func tolerance(upTo reach: PowerOfTen) -> PowerOfTen {
    let farthest = pairs.map(\.squaredDistance).max() ?? 0
    var tolerance = reach
    while tolerance.exponent > reach.exponent - 3 {
      let smaller = tolerance.tenth
      // Half of it, so that rounding errors do not decide.
      guard farthest <= smaller.value * smaller.value / 4 else { break }
      tolerance = smaller
    }
    return tolerance
  }
}

/// A power of ten with a whole exponent, as people give tolerances.
struct PowerOfTen: Equatable, CustomStringConvertible {
  let exponent: Int

  init(exponent: Int) { self.exponent = exponent }

  /// The largest that is no more than a positive number.
  init(atMost number: Double) {
    var exponent = 0
    while exponent > -300, PowerOfTen(exponent: exponent).value > number { exponent -= 1 }
    while exponent < 300, PowerOfTen(exponent: exponent + 1).value <= number { exponent += 1 }
    self.exponent = exponent
  }

  /// The number: the one that its decimal is read as, for small powers are exact and a quotient is rounded once.
  var value: Double {
    let power = (0..<abs(exponent)).reduce(1.0) { product, _ in product * 10 }
    return exponent < 0 ? 1 / power : power
  }

  var tenth: PowerOfTen { PowerOfTen(exponent: exponent - 1) }
  var tenfold: PowerOfTen { PowerOfTen(exponent: exponent + 1) }

  /// Its decimal: `0.00001`.
  var description: String { FixedDecimals.text(value, decimals: max(0, -exponent)) }
}
