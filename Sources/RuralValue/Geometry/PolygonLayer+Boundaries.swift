internal import RuralValueNumerics

extension PolygonLayer {
  /// What borders that do not fit mean for contiguity: polygons that nearly touch and are not linked, and
  /// polygons that overlap.
  ///
  /// `weights` are the queen contiguity of exact vertices, if they are there already. Borders are sought within a
  /// metre of each other: in degrees 1e-5, in a plane of metres 1, and where nothing says the unit the power of
  /// ten below a millionth of the extent. So far apart are borders that two offices have rounded or simplified
  /// alike, and the sixth decimal of files that come one a prefecture; rivers and straits are wider. Only where
  /// nothing is found so near and the map falls into parts that no link joins, pairs of different parts are sought
  /// within ten metres. A tolerance that is given answers the first question: then overlaps alone are sought.
  public func boundaryNotes(
    ids: [String], queen weights: SpatialWeights? = nil, tolerance: Double = 0
  ) -> [Phrase] {
    let open = OpenBoundary(self)
    guard !open.edges.isEmpty || !open.sameSide.isEmpty else { return [] }
    let reach = touchReach
    var notes: [Phrase] = []
    let overlaps = PolygonOverlaps(self, open, depth: max(tolerance, reach.value)).pairs
    if tolerance == 0 {
      notes += nearNotes(ids: ids, open, queen: weights, reach: reach, except: overlaps)
    }
    return overlaps.isEmpty ? notes : notes + [overlapNote(overlaps, ids)]
  }

  /// Polygons that overlap, deeper than a metre.
  public func overlapNotes(ids: [String]) -> [Phrase] {
    let overlaps = PolygonOverlaps(self, OpenBoundary(self), depth: touchReach.value).pairs
    return overlaps.isEmpty ? [] : [overlapNote(overlaps, ids)]
  }

  /// A metre, or what stands for it.
  private var touchReach: PowerOfTen {
    switch reference {
    case .projected(_, let metres) where !isGeographic: return PowerOfTen(atMost: 1 / metres)
    case .webMercator where !isGeographic: return PowerOfTen(exponent: 0)
    default: break
    }
    guard !isGeographic, !looksSwapped else { return PowerOfTen(exponent: -5) }
    let extent = max((x.max() ?? 0) - (x.min() ?? 0), (y.max() ?? 0) - (y.min() ?? 0))
    return PowerOfTen(atMost: max(extent * 1e-6, 1e-12))
  }

  /// Polygons that nearly touch; those that overlap are left out, for no tolerance mends them.
  private func nearNotes(
    ids: [String], _ open: OpenBoundary, queen weights: SpatialWeights?, reach: PowerOfTen,
    except overlaps: [(Int, Int)]
  ) -> [Phrase] {
    let links = LinkSet(self, queen: weights)
    let overlapping = Set(overlaps.map { PairKey.of($0.0, $0.1) })
    let near = NearTouching(self, open, reach: reach.value) {
      !links.holds($0, $1) && !overlapping.contains(PairKey.of($0, $1))
    }
    if !near.pairs.isEmpty { return [nearNote(near, reach: reach, links, ids)] }
    guard links.partCount > 1 else { return [] }
    let wider = NearTouching(self, open, reach: reach.tenfold.value) {
      links.parts[$0] != links.parts[$1] && !overlapping.contains(PairKey.of($0, $1))
    }
    return wider.pairs.isEmpty ? [] : [nearNote(wider, reach: reach.tenfold, links, ids)]
  }

  private func nearNote(
    _ near: NearTouching, reach: PowerOfTen, _ links: LinkSet, _ ids: [String]
  ) -> Phrase {
    let count = near.pairs.count
    let apart = near.pairs.count { links.parts[$0.first] != links.parts[$0.second] }
    let names = near.pairs.map { "\(ids[$0.first])–\(ids[$0.second])" }
    let tolerance = near.tolerance(upTo: reach)
    let parts =
      apart == 0 ? nil : apart == count ? (count == 1 ? "it joins" : "all join") : "\(apart) of them join"
    return Phrase(
      "\(source): \(count) pair\(count == 1 ? " of polygons runs" : "s of polygons run") within \(reach) of each"
        + " other without a common vertex and \(count == 1 ? "is" : "are") not linked: \(listed(names, most: 5))"
        + (parts.map { "; \($0) parts of the map that no link joins" } ?? "")
        + ". In `weights`, \(Setting("tolerance")) \(tolerance) links \(count == 1 ? "it" : "them").",
      zh: "\(source)：\(count) 对多边形的边界相距不足 \(reach) 却没有公共顶点，因而未建立邻接关系："
        + "\(listed(names, most: 5, in: .chinese))"
        + (apart == 0 ? "" : "；其中 \(apart) 对连接的是互不相连的部分")
        + "。在 `weights` 中用 \(Setting("tolerance")) \(tolerance) 可使其相邻。")
  }

  private func overlapNote(_ overlaps: [(Int, Int)], _ ids: [String]) -> Phrase {
    let names = overlaps.map { "\(ids[$0.0])–\(ids[$0.1])" }
    let (count, isOne) = (overlaps.count, overlaps.count == 1)
    return Phrase(
      "\(source): \(count) pair\(isOne ? "" : "s") of polygons overlap\(isOne ? "s" : ""):"
        + " \(listed(names, most: 5)). Units of one map cover every place once; that polygons overlap makes them no"
        + " neighbours.",
      zh: "\(source)：\(count) 对多边形相互重叠：\(listed(names, most: 5, in: .chinese))。"
        + "同一幅图的单元应当互不重叠；重叠本身不构成邻接。")
  }
}

/// Which features touch by exact vertices, and the parts that these links join.
private struct LinkSet {
  private let links: Set<UInt64>
  /// For each feature the number of its part.
  let parts: [Int]
  let partCount: Int

  init(_ layer: PolygonLayer, queen weights: SpatialWeights?) {
    var links: Set<UInt64> = []
    if let weights {
      for i in weights.units.indices {
        for place in weights.sparseMatrix.row(i) {
          links.insert(PairKey.of(i, Int(weights.sparseMatrix.columns[place])))
        }
      }
    } else {
      for (a, b) in Contiguity.queen.pairs(in: layer) { links.insert(PairKey.of(a, b)) }
    }
    self.links = links
    var roots = Array(layer.features.indices)
    func root(_ feature: Int) -> Int {
      var feature = feature
      while roots[feature] != feature {
        roots[feature] = roots[roots[feature]]
        feature = roots[feature]
      }
      return feature
    }
    for link in links { roots[root(Int(link & 0xFFFF_FFFF))] = root(Int(link >> 32)) }
    parts = layer.features.indices.map(root)
    partCount = Set(parts).count
  }

  func holds(_ a: Int, _ b: Int) -> Bool { links.contains(PairKey.of(a, b)) }
}
