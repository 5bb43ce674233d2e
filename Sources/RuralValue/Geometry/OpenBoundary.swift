/// The edges of a layer that no edge of a neighbour runs back along.
///
/// Where polygons fit together every edge between two of them is there twice, once in each direction, and
/// cancels: what is left is the outer border, and wherever borders do not fit. Hairline gaps, T-junctions and
/// overlaps all show there, and a clean national map has a tenth of its edges left.
struct OpenBoundary {
  /// The edges, with the polygon on the left of each.
  private(set) var edges: [LayerEdge] = []
  /// The pairs of features that lie on the same side of one edge, and so overlap.
  private(set) var sameSide: Set<UInt64> = []
  private let numbers: [Int32]

  init(_ layer: PolygonLayer) {
    let points = Contiguity.pointNumbers(of: layer)
    numbers = points.numbers
    // Edges by their end with the lower number, of which few have the same.
    var starts = [Int32](repeating: 0, count: points.count + 1)
    OpenBoundary.visitEdges(of: layer) { edge in
      starts[Int(min(numbers[Int(edge.from)], numbers[Int(edge.to)])) + 1] += 1
    }
    for point in 0..<points.count { starts[point + 1] += starts[point] }
    var next = starts
    var bucketed = [LayerEdge](
      repeating: .init(from: 0, to: 0, feature: 0), count: Int(starts[points.count]))
    OpenBoundary.visitEdges(of: layer) { edge in
      let point = Int(min(numbers[Int(edge.from)], numbers[Int(edge.to)]))
      bucketed[Int(next[point])] = edge
      next[point] += 1
    }
    for point in 0..<points.count {
      cancel(&bucketed, Int(starts[point])..<Int(starts[point + 1]))
    }
  }

  /// Keeps those of edges with one end in common that do not cancel.
  private mutating func cancel(_ bucketed: inout [LayerEdge], _ bucket: Range<Int>) {
    guard bucket.count > 1 else {
      if let only = bucket.first { edges.append(bucketed[only]) }
      return
    }
    sort(&bucketed, bucket)
    var start = bucket.lowerBound
    while start < bucket.upperBound {
      var end = start + 1
      while end < bucket.upperBound, far(bucketed[end]) == far(bucketed[start]) { end += 1 }
      if end - start == 2, isForward(bucketed[start]) != isForward(bucketed[start + 1]) {
        // Two neighbours, as nearly everywhere.
      } else if end - start == 1 {
        edges.append(bucketed[start])
      } else {
        cancelCopies(bucketed[start..<end])
      }
      start = end
    }
  }

  /// Sorts edges with one end in common by the other: a few by insertion, in place.
  private func sort(_ bucketed: inout [LayerEdge], _ bucket: Range<Int>) {
    guard bucket.count <= 32 else {
      let sorted = bucketed[bucket].sorted { far($0) < far($1) }
      bucketed.replaceSubrange(bucket, with: sorted)
      return
    }
    for place in bucket.dropFirst() {
      var next = place
      while next > bucket.lowerBound, far(bucketed[next]) < far(bucketed[next - 1]) {
        bucketed.swapAt(next, next - 1)
        next -= 1
      }
    }
  }

  @inline(__always)
  private func far(_ edge: LayerEdge) -> Int32 { max(numbers[Int(edge.from)], numbers[Int(edge.to)]) }

  @inline(__always)
  private func isForward(_ edge: LayerEdge) -> Bool { numbers[Int(edge.from)] < numbers[Int(edge.to)] }

  /// Keeps what is left of copies of one edge.
  private mutating func cancelCopies(_ copies: ArraySlice<LayerEdge>) {
    let forward = copies.filter(isForward)
    let backward = copies.filter { !isForward($0) }
    for same in [forward, backward] {
      for (first, second) in zip(same, same.dropFirst()) where first.feature != second.feature {
        sameSide.insert(PairKey.of(Int(first.feature), Int(second.feature)))
      }
    }
    let cancelled = min(forward.count, backward.count)
    edges += forward.dropFirst(cancelled)
    edges += backward.dropFirst(cancelled)
  }

  /// Calls for each edge of positive length, from end to end as the polygon lies on its left.
  private static func visitEdges(of layer: PolygonLayer, _ visit: (LayerEdge) -> Void) {
    for ring in layer.rings where ring.vertices.count > 2 {
      let isForward = (layer.signedArea(of: ring) > 0) != ring.isHole
      var last = ring.vertices.upperBound - 1
      for vertex in ring.vertices {
        if layer.x[last] != layer.x[vertex] || layer.y[last] != layer.y[vertex] {
          visit(
            .init(
              from: Int32(isForward ? last : vertex), to: Int32(isForward ? vertex : last),
              feature: Int32(ring.feature)))
        }
        last = vertex
      }
    }
  }
}

extension PolygonLayer {
  /// The area within a ring, positive where it runs counter-clockwise.
  func signedArea(of ring: Ring) -> Double {
    guard let first = ring.vertices.first else { return 0 }
    let (x0, y0) = (x[first], y[first])
    var (area, last) = (0.0, ring.vertices.upperBound - 1)
    for vertex in ring.vertices {
      area += (x[last] - x0) * (y[vertex] - y0) - (x[vertex] - x0) * (y[last] - y0)
      last = vertex
    }
    return area / 2
  }
}
