internal import RuralValueNumerics

extension WeightsBuilder {
  /// The smallest distance within which every place has another; nil with fewer than two places.
  ///
  /// The largest of all distances to the nearest neighbour: units of the coordinates where these are planar.
  public var smallestDistance: Double? {
    let (placed, distances) = places
    guard placed.count > 1 else { return nil }
    let nearest = PlaceTree(distances).nearest(1)
    return placed.indices.map { distances.distance($0, Int(nearest[$0])) }.max()
  }

  /// Weights of a kernel with one bandwidth for all, or one a unit.
  func kernel(_ kernel: DistanceKernel, _ bandwidth: KernelBandwidth) throws(WeightsError) -> SpatialWeights {
    switch bandwidth {
    case .distance(let width):
      return try decaying(within: width * kernel.reach) { kernel.weight($0 / width) }
    case .neighbours(let count):
      return try adaptive(kernel, count)
    }
  }

  /// exp(−d / scale) of pairs within a limit, or of all.
  func exponential(scale: Double, limit: Double?) throws(WeightsError) -> SpatialWeights {
    try decaying(within: limit) { realExponential(-$0 / scale) }
  }

  /// Weights of pairs within a limit by a function of their distance; where that is zero there is no link.
  private func decaying(
    within limit: Double?, _ weight: (Double) -> Double
  ) throws(WeightsError) -> SpatialWeights {
    let (placed, distances) = places
    let tree = PlaceTree(distances)
    let reach = distances.reach(limit ?? .infinity)
    let count = limit == nil ? placed.count * (placed.count - 1) : tree.pairCount(within: reach)
    var rows = try rows(
      linkCount: Double(count), "The weights of \(grouped(placed.count)) units",
      remedy: limit == nil
        ? "Give a limit, as in exponential:50,200, or take knn:K" : "Take a smaller distance, or knn:K")
    let progress = ProgressReport.steps(placed.count, Phrase("units", zh: "个单元"))
    for place in placed.indices {
      progress.done(place)
      rows.begin(placed[place])
      tree.others(of: place, within: reach) { other, chord in
        let value = weight(distances.distance(squaredChord: chord))
        if value > 0 { rows.add(placed[Int(other)], value) }
      }
    }
    // What is symmetric is its own transpose, and the rows of a transpose are in order.
    return SpatialWeights(units: units, sparseMatrix: rows.matrix.transposed)
  }

  private func adaptive(_ kernel: DistanceKernel, _ count: Int) throws(WeightsError) -> SpatialWeights {
    let (placed, distances) = places
    guard placed.count > count else {
      throw .tooFewUnits(
        found: placed.count, needed: count + 1, rule: "kernel:\(kernel.rawValue),knn:\(count)")
    }
    let tree = PlaceTree(distances)
    let nearest = tree.nearest(count)
    let widths = placed.indices.map { place in
      nearest[place * count..<(place + 1) * count].map { distances.distance(place, Int($0)) }.max() ?? 0
    }
    if let place = widths.firstIndex(where: { $0 <= distances.coincidence }) {
      throw .noBandwidth(unit: units[placed[place]], neighbours: count)
    }
    let reaches = widths.map { distances.reach($0 * kernel.reach) }
    var links: [SpatialWeights.Link] = []
    let progress = ProgressReport.steps(placed.count, Phrase("units", zh: "个单元"))
    for place in placed.indices {
      progress.done(place)
      if place.isMultiple(of: 256) {
        try SpatialWeights.requireMemory(
          links: 3 * Double(links.count), of: units.count,
          for: "The weights of \(grouped(placed.count)) units",
          remedy: "Take fewer neighbours")
      }
      tree.others(of: place, within: reaches[place]) { other, chord in
        let value = kernel.weight(distances.distance(squaredChord: chord) / widths[place])
        if value > 0 { links.append(.init(from: placed[place], to: placed[Int(other)], weight: value)) }
      }
    }
    return try SpatialWeights(units: units, links: links)
  }
}
