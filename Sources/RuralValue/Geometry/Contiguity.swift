/// Which polygons touch: queen where they share a vertex, rook where they share an edge.
///
/// Coordinates are compared exactly, as spdep and PySAL do for clean boundary files.
public enum Contiguity: String, Sendable, CaseIterable {
  /// A shared point is enough.
  case queen
  /// A shared edge of positive length.
  case rook

  /// The pairs of features that touch, each once with the lower position first, in ascending order.
  public func pairs(in layer: PolygonLayer) -> [(Int, Int)] {
    let points = Contiguity.pointNumbers(of: layer)
    let shared =
      switch self {
      case .queen: SharedParts(vertices: points, of: layer)
      case .rook: SharedParts(edgesBetween: points, of: layer)
      }
    return shared.pairs(featureCount: layer.features.count)
  }

  /// A number for each vertex, the same where two have the same coordinates.
  static func pointNumbers(of layer: PolygonLayer) -> (numbers: [Int32], count: Int) {
    var points = DistinctKeys(capacity: layer.x.count)
    var numbers = [Int32](repeating: 0, count: layer.x.count)
    for vertex in layer.x.indices {
      // Adding zero turns −0 into 0.
      numbers[vertex] = points.number((layer.x[vertex] + 0).bitPattern, (layer.y[vertex] + 0).bitPattern)
    }
    return (numbers, points.count)
  }
}

/// Vertices or edges by number, and the features that have them.
private struct SharedParts {
  /// The number of each occurrence.
  private var parts: [Int32] = []
  /// The feature of each occurrence.
  private var owners: [Int32] = []
  private var partCount = 0

  init(vertices points: (numbers: [Int32], count: Int), of layer: PolygonLayer) {
    parts.reserveCapacity(layer.x.count)
    owners.reserveCapacity(layer.x.count)
    for ring in layer.rings {
      for vertex in ring.vertices {
        parts.append(points.numbers[vertex])
        owners.append(Int32(ring.feature))
      }
    }
    partCount = points.count
  }

  init(edgesBetween points: (numbers: [Int32], count: Int), of layer: PolygonLayer) {
    var edges = DistinctKeys(capacity: layer.x.count)
    parts.reserveCapacity(layer.x.count)
    owners.reserveCapacity(layer.x.count)
    for ring in layer.rings where ring.vertices.count > 1 {
      var last = points.numbers[ring.vertices.upperBound - 1]
      for vertex in ring.vertices {
        let next = points.numbers[vertex]
        if next != last {
          parts.append(edges.number(UInt64(min(last, next)), UInt64(max(last, next))))
          owners.append(Int32(ring.feature))
        }
        last = next
      }
    }
    partCount = edges.count
  }

  /// The pairs of different features that have a part in common.
  func pairs(featureCount: Int) -> [(Int, Int)] {
    var starts = [Int32](repeating: 0, count: partCount + 1)
    for part in parts { starts[Int(part) + 1] += 1 }
    for part in 0..<partCount { starts[part + 1] += starts[part] }
    var next = starts
    var features = [Int32](repeating: 0, count: parts.count)
    for (occurrence, part) in parts.enumerated() {
      features[Int(next[Int(part)])] = owners[occurrence]
      next[Int(part)] += 1
    }
    var found: Set<UInt64> = []
    // Neighbours share long runs of vertices: most pairs repeat the last one.
    var lastPartner = [Int32](repeating: -1, count: featureCount)
    for part in 0..<partCount where starts[part + 1] - starts[part] > 1 {
      for first in starts[part]..<starts[part + 1] - 1 {
        for second in first + 1..<starts[part + 1] {
          let (a, b) = (features[Int(first)], features[Int(second)])
          let (low, high) = (min(a, b), max(a, b))
          guard low != high, lastPartner[Int(low)] != high else { continue }
          lastPartner[Int(low)] = high
          found.insert(UInt64(low) << 32 | UInt64(high))
        }
      }
    }
    return found.sorted().map { (Int($0 >> 32), Int($0 & 0xFFFF_FFFF)) }
  }
}

/// Numbers keys by first appearance: equal keys get one number.
///
/// An open-addressing table over two words a key, for a dictionary would take three times as long for the
/// million vertices of a national map.
struct DistinctKeys {
  private var slots: [Int32]
  private var high: [UInt64] = []
  private var low: [UInt64] = []
  private let mask: Int

  /// A table for at most so many keys.
  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
    high.reserveCapacity(capacity)
    low.reserveCapacity(capacity)
  }

  /// The number of different keys.
  var count: Int { high.count }

  /// The number of a key.
  mutating func number(_ a: UInt64, _ b: UInt64) -> Int32 {
    var hash = (a ^ (b &* 0x9E37_79B9_7F4A_7C15)) &* 0xBF58_476D_1CE4_E5B9
    hash ^= hash >> 32
    hash = hash &* 0x94D0_49BB_1331_11EB
    var slot = Int(truncatingIfNeeded: hash >> 24) & mask
    while true {
      let known = slots[slot]
      if known < 0 {
        let number = Int32(high.count)
        slots[slot] = number
        high.append(a)
        low.append(b)
        return number
      }
      if high[Int(known)] == a, low[Int(known)] == b { return known }
      slot = (slot + 1) & mask
    }
  }
}
