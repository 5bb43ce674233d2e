internal import RuralValueNumerics

/// Weights as they stood in a file, and what reading had to decide.
public struct WeightsReading: Sendable, Equatable {
  /// The weights.
  public let weights: SpatialWeights
  /// What the reader must know: that a list was taken as undirected, that a diagonal was left out.
  public let notes: [Phrase]

  /// A reading from its parts.
  public init(weights: SpatialWeights, notes: [Phrase] = []) {
    self.weights = weights
    self.notes = notes
  }

  /// Weights from a table with a header: a square matrix in any of its shapes, or a list of links.
  ///
  /// Throws `WeightsError` and `TableError`.
  public init(_ table: Table, _ options: WeightsOptions = WeightsOptions()) throws {
    if let layout = try MatrixLayout(table, options) {
      self = try WeightsReading(matrix: table, layout, options)
    } else {
      self = try WeightsReading(edgeList: table, options)
    }
  }

  /// Weights from a square of numbers without a header, in the order of the data or behind a column of ids.
  ///
  /// Throws `WeightsError.matrixWithoutIds` where the data are unknown or have another number of units.
  public init(bareMatrix table: Table, _ options: WeightsOptions) throws {
    let layout = try MatrixLayout(bare: table, options)
    self = try WeightsReading(matrix: table, layout, options)
  }

  /// The reading of what a file gives the units, finished: no unit is its own neighbour, and links hold both
  /// ways where the call says so.
  ///
  /// Throws `WeightsError` where links cannot be undirected.
  public func finished(_ options: WeightsOptions, source: String) throws(WeightsError) -> WeightsReading {
    var (weights, notes) = (weights, notes)
    let selfCount = (0..<weights.unitCount).count { weights.weight(from: $0, to: $0) != 0 }
    if selfCount > 0 {
      weights = weights.withoutSelf
      notes.append(
        Phrase(
          "\(source) gives \(selfCount) unit\(selfCount == 1 ? "" : "s") a weight to \(selfCount == 1 ? "itself" : "themselves");"
            + " it is left out, for no unit is its own neighbour.",
          zh: "\(source) 中有 \(selfCount) 个单元对自身的权重不为零（对角线），已剔除：单元不是自身的邻居。"))
    }
    if options.links == .undirected { weights = try weights.mirrored(source: source) }
    return WeightsReading(weights: weights, notes: notes)
  }
}

extension WeightsReading {
  /// Weights from a square matrix.
  ///
  /// A unit's weight to itself may be an empty cell; elsewhere one that is empty or says that a value is missing
  /// is refused, for it may be a weight. Throws `TableError.notANumber` and `WeightsError`.
  fileprivate init(matrix table: Table, _ layout: MatrixLayout, _ options: WeightsOptions) throws {
    let units = layout.units
    var links: [SpatialWeights.Link] = []
    for (place, column) in layout.columns.enumerated() {
      let place = layout.firstColumn + place
      try SpatialWeights.requireMemory(
        links: 2.5 * Double(links.count), of: units.count,
        for: "\(table.source): \(grouped(units.count)) units",
        remedy: "Write the links as a list of from,to,weight")
      for (row, weight) in try table.numbers(column: place).enumerated() where weight != 0 {
        if weight.isNaN {
          let found = table.text(row: row, column: place)
          guard row == column, found.isEmpty else {
            throw WeightsError.noWeight(
              from: units[row], to: units[column], found: found, source: table.source,
              line: table.line(row: row, column: place), column: table.sourceColumn(row: row, column: place))
          }
          continue
        }
        guard weight > 0 else {
          throw WeightsError.negative(
            from: units[row], to: units[column], weight: weight, source: table.source,
            line: table.line(row: row, column: place), column: table.sourceColumn(row: row, column: place))
        }
        links.append(.init(from: row, to: column, weight: weight))
      }
    }
    let reading = try WeightsReading(
      weights: SpatialWeights(units: units, links: links), notes: layout.notes
    ).finished(options, source: table.source)
    guard reading.weights.linkCount > 0 else { throw WeightsError.noLinks(source: table.source) }
    self.init(
      weights: reading.weights,
      notes: reading.notes + Self.triangleNotes(links, table.source, options)
        + reading.weights.distanceNotes(table.source))
  }

  /// The note that a matrix has but one half, where it has.
  private static func triangleNotes(
    _ links: [SpatialWeights.Link], _ source: String, _ options: WeightsOptions
  ) -> [Phrase] {
    let links = links.filter { $0.from != $0.to }
    let isUpper = links.allSatisfy { $0.from < $0.to }
    guard options.links == nil, links.count > 1, isUpper || links.allSatisfy({ $0.from > $0.to }) else {
      return []
    }
    return [
      Phrase(
        "\(source) has weights \(isUpper ? "above" : "below") the diagonal only (\(links.count) pairs); the links are"
          + " taken as directed; \(Setting("links")) undirected takes them both ways.",
        zh: "\(source) 仅\(isUpper ? "上" : "下")三角有权重（\(links.count) 对），按有向邻接关系处理；"
          + "如为无向，请用 \(Setting("links")) undirected。")
    ]
  }
}

extension SpatialWeights {
  /// The note that the weights look like distances, where they do.
  func distanceNotes(_ source: String) -> [Phrase] {
    guard looksLikeDistances else { return [] }
    return [
      Phrase(
        "\(source): every pair of units has a weight, and the weights look like distances, with which the farthest"
          + " units would count most. If they are, write their inverse (1/d, or 1/d²) in their place, or make"
          + " weights from the places with \(Setting("rule")) inverse-distance:1.",
        zh: "\(source)：每对单元都有权重，且数值形似距离；若确为距离，则越远的单元权重越大。请改写为其倒数（1/d 或 1/d²），"
          + "或由坐标以 \(Setting("rule")) inverse-distance:1 生成权重。")
    ]
  }

  /// Whether weights are such as distances: of every pair, both ways alike, far from equal, and no way longer than
  /// a detour over a third unit. Inverse distances break the last. At most forty units are looked at for it.
  var looksLikeDistances: Bool {
    guard unitCount >= 4, linkCount == unitCount * (unitCount - 1), isSymmetric else { return false }
    let weights = sparseMatrix.values
    guard let least = weights.min(), let most = weights.max(), most > 2 * least else { return false }
    let count = min(unitCount, 40)
    let sample = (0..<count).map { $0 * unitCount / count }
    let distances = sample.map { i in sample.map { weight(from: i, to: $0) } }
    return distances.indices.allSatisfy { i in
      (0..<i).allSatisfy { j in
        distances.indices.allSatisfy { k in
          k == i || k == j || distances[i][j] <= (distances[i][k] + distances[k][j]) * (1 + 1e-9)
        }
      }
    }
  }
}
