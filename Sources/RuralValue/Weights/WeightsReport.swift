internal import RuralValueNumerics

/// What weights look like: counts, islands, components, symmetry, fingerprint.
public struct WeightsReport: Sendable, Equatable {
  /// The weights.
  public let weights: SpatialWeights
  /// The number of pairs of units with a link in either direction.
  public let pairCount: Int
  /// For each unit the number of its neighbours.
  public let neighbourCounts: [Int]
  /// The sizes of the connected components, the largest first.
  public let componentSizes: [Int]
  /// Whether w_ij = w_ji for all pairs.
  public let isSymmetric: Bool
  /// Links whose counterpart is absent.
  public let oneSided: [SpatialWeights.Link]

  /// Examines weights.
  public init(_ weights: SpatialWeights) {
    self.weights = weights
    let matrix = weights.sparseMatrix
    var oneSided: [SpatialWeights.Link] = []
    var linkCount = 0
    for i in 0..<weights.unitCount {
      for place in matrix.row(i) where matrix.columns[place] != Int32(i) {
        let j = Int(matrix.columns[place])
        linkCount += 1
        if matrix.element(j, i) == 0 { oneSided.append(.init(from: i, to: j, weight: matrix.values[place])) }
      }
    }
    self.oneSided = oneSided
    pairCount = (linkCount - oneSided.count) / 2 + oneSided.count
    neighbourCounts = weights.neighbourCounts
    var sizes: [Int: Int] = [:]
    for component in weights.components { sizes[component, default: 0] += 1 }
    componentSizes = sizes.values.sorted(by: >)
    isSymmetric = weights.isSymmetric
  }

  /// The mean number of neighbours.
  public var meanNeighbours: Double {
    neighbourCounts.isEmpty ? 0 : Double(neighbourCounts.reduce(0, +)) / Double(neighbourCounts.count)
  }

  private var symmetry: Phrase {
    isSymmetric
      ? Phrase("symmetric", zh: "对称")
      : oneSided.isEmpty
        ? Phrase("links symmetric, weights not", zh: "邻接对称，权重不对称") : Phrase("asymmetric", zh: "不对称")
  }

  /// One row: units, links, neighbours, components, symmetry, fingerprint.
  public var summaryTable: ResultTable {
    ResultTable(
      name: "weights_summary", title: Phrase("Spatial weights", zh: "空间权重矩阵"),
      columns: [
        ResultColumn("units", Phrase("Units", zh: "个体数"), .integer([weights.unitCount])),
        ResultColumn("links", Phrase("Links", zh: "邻接对数"), .integer([pairCount])),
        ResultColumn("nonzero", Phrase("Weights ≠ 0", zh: "非零权重数"), .integer([weights.linkCount])),
        ResultColumn(
          "mean_neighbours", Phrase("Mean neighbours", zh: "平均邻居数"), .number([meanNeighbours]),
          display: .fixedDecimals(2)),
        ResultColumn("min_neighbours", Phrase("Min", zh: "最少"), .integer([neighbourCounts.min()])),
        ResultColumn("max_neighbours", Phrase("Max", zh: "最多"), .integer([neighbourCounts.max()])),
        ResultColumn("islands", Phrase("Islands", zh: "孤岛数"), .integer([weights.islandPositions.count])),
        ResultColumn("components", Phrase("Components", zh: "连通分量"), .integer([componentSizes.count])),
        ResultColumn("symmetry", Phrase("Symmetry", zh: "对称性"), .phrase([symmetry])),
        ResultColumn("fingerprint", Phrase("Fingerprint", zh: "指纹"), .text([weights.fingerprint])),
      ],
      notes: [
        Phrase(
          "Links are pairs of units; each has two weights where it runs both ways.",
          zh: "邻接对数按单元对计；双向邻接对应两个非零权重。")
      ])
  }

  /// How many units have how many neighbours.
  public var countTable: ResultTable {
    var units: [Int: Int] = [:]
    for count in neighbourCounts { units[count, default: 0] += 1 }
    let counts = units.keys.sorted()
    return ResultTable(
      name: "weights_neighbours", title: Phrase("Units by number of neighbours", zh: "按邻居数统计的单元数"),
      columns: [
        ResultColumn("neighbours", Phrase("Neighbours", zh: "邻居数"), .integer(counts.map { $0 })),
        ResultColumn("units", Phrase("Units", zh: "单元数"), .integer(counts.map { units[$0] })),
      ])
  }

  /// The JSON members `fit` and `islands`, components and the links that a tolerance added.
  public func members(healed: [(String, String)]) -> [JSONMember] {
    [
      JSONMember(
        "fit",
        .object([
          JSONMember("units", .integer(weights.unitCount)), JSONMember("links", .integer(pairCount)),
          JSONMember("nonzero", .integer(weights.linkCount)),
          JSONMember("mean_neighbours", .number(meanNeighbours)),
          JSONMember("min_neighbours", .integer(neighbourCounts.min() ?? 0)),
          JSONMember("max_neighbours", .integer(neighbourCounts.max() ?? 0)),
          JSONMember("components", .integer(componentSizes.count)),
          JSONMember("symmetric", .boolean(isSymmetric)),
          JSONMember("fingerprint", .string(weights.fingerprint)),
        ])), JSONMember("islands", JSONValue(weights.islands)),
      JSONMember("component_sizes", .array(componentSizes.map { .integer($0) })),
      JSONMember("one_sided_links", .integer(oneSided.count)),
      JSONMember("healed_links", .array(healed.map { .array([.string($0.0), .string($0.1)]) })),
    ]
  }

  /// Islands, several components, one-sided links.
  public var notes: [Phrase] {
    var notes: [Phrase] = []
    let islands = weights.islands
    if !islands.isEmpty {
      notes.append(
        Phrase(
          "\(islands.count) unit\(islands.count == 1 ? " has" : "s have") no neighbour: \(listed(islands, most: 20)).",
          zh: "\(islands.count) 个单元没有邻居（孤岛）：\(listed(islands, most: 20, in: .chinese))。"))
    }
    if componentSizes.count > 1 {
      let sizes = listed(componentSizes.map(String.init), most: 10)
      notes.append(
        Phrase(
          "The units fall into \(componentSizes.count) components that no link joins, of \(sizes) units.",
          zh: "全部单元分为 \(componentSizes.count) 个互不相连的部分，单元数分别为 \(sizes)。"))
    }
    if !oneSided.isEmpty {
      let examples = oneSided.prefix(3).map { "\(weights.units[$0.from]) → \(weights.units[$0.to])" }
      notes.append(
        Phrase(
          "\(oneSided.count) link\(oneSided.count == 1 ? " runs" : "s run") one way only, such as"
            + " \(examples.joined(separator: ", ")).",
          zh: "\(oneSided.count) 条邻接关系是单向的，例如 \(examples.joined(separator: "、"))。"))
    }
    return notes
  }

  /// The links that a tolerance added.
  public static func healingNote(_ healed: [(String, String)], _ tolerance: Double) -> Phrase {
    let tolerance =
      (1e-15..<1e-4).contains(tolerance) ? FixedDecimals.text(tolerance, atMost: 19) : "\(tolerance)"
    guard !healed.isEmpty else {
      return Phrase(
        "A tolerance of \(tolerance) adds no link.", zh: "容差 \(tolerance) 未增加任何邻接关系。")
    }
    let pairs = listed(healed.map { "\($0.0)–\($0.1)" }, most: 20)
    return Phrase(
      "A tolerance of \(tolerance) adds \(healed.count) link\(healed.count == 1 ? "" : "s"): \(pairs).",
      zh: "容差 \(tolerance) 增加 \(healed.count) 对邻接关系：\(pairs)。")
  }
}

extension WeightsReport {
  /// The smallest distance that leaves no island, rounded up, so that it can be given as it stands.
  public static func distanceNote(_ smallest: Double, isKilometres: Bool) -> Phrase {
    var (decimals, power) = (3, 1e3)
    while smallest * power < 100, decimals < 12 { (decimals, power) = (decimals + 1, power * 10) }
    var whole = (smallest * power).rounded(.up)
    if whole / power < smallest { whole += 1 }
    let text = FixedDecimals.text(whole / power, atMost: decimals)
    return Phrase(
      "The smallest distance that leaves no unit without a neighbour is \(text)\(isKilometres ? " km" : ", in units of the coordinates").",
      zh: "使每个单元都有邻居的最小距离为 \(text)\(isKilometres ? " 公里" : "（坐标单位）")。")
  }

  /// What a union has of both weights.
  public static func unionNote(_ one: SpatialWeights, _ other: SpatialWeights, _ union: SpatialWeights)
    -> Phrase
  {
    let counts = [one, other, union].map { WeightsReport($0).pairCount }
    let both = counts[0] + counts[1] - counts[2]
    return Phrase(
      "Union: \(counts[0]) and \(counts[1]) links, \(both) of them in both, make \(counts[2]); every link has the weight one.",
      zh: "并集：分别有 \(counts[0]) 和 \(counts[1]) 对邻接关系，其中 \(both) 对共有，合并后 \(counts[2]) 对，权重均为 1。")
  }
}

extension Panel {
  /// For each of some units the mean of a variable over the periods with a value; NaN without one.
  ///
  /// Throws `PanelError.noSuchVariable`.
  public func means(of variable: String, units wanted: [String]) throws(PanelError) -> [Double] {
    let values = try values(of: variable)
    let position = units.positions
    return wanted.map { unit in
      guard let place = position[unit] else { return .nan }
      let known = rows(ofUnit: place).map { values[$0] }.filter { !$0.isNaN }
      return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
    }
  }
}

extension SpatialWeights {
  /// The square matrix: a column of ids, then one column a unit.
  public var matrixTable: ResultTable {
    let columns = (0..<unitCount).map { j in
      ResultColumn(
        units[j], Phrase(verbatim: units[j]), .number((0..<unitCount).map { weight(from: $0, to: j) }))
    }
    return ResultTable(
      name: "weights_matrix", title: Phrase("Spatial weights", zh: "空间权重矩阵"),
      columns: [ResultColumn("unit", Phrase("Unit", zh: "单元"), .text(units.map { $0 }))] + columns)
  }

  /// The list of links `from,to,weight`; an island is a row of a unit to itself with weight zero.
  ///
  /// Where every link runs one way only, its counterpart stands beside it with weight zero: a list that has each
  /// pair once would be read as undirected.
  public var edgeListTable: ResultTable {
    let isOneWay = (0..<unitCount).allSatisfy { unit in
      links(of: unit).allSatisfy { weight(from: $0.to, to: unit) == 0 }
    }
    let listed = isOneWay ? withZeroCounterparts : (0..<unitCount).map(links(of:))
    return listTable(listed)
  }

  /// The links of every unit, and with weight zero those that come to it and not back.
  private var withZeroCounterparts: [[Link]] {
    var listed = (0..<unitCount).map(links(of:))
    for link in links { listed[link.to].append(Link(from: link.to, to: link.from, weight: 0)) }
    return listed.map { $0.sorted { $0.to < $1.to } }
  }

  private func listTable(_ listed: [[Link]]) -> ResultTable {
    var from: [String?] = []
    var to: [String?] = []
    var weights: [Double] = []
    for i in 0..<unitCount {
      let links = listed[i]
      for link in links.isEmpty ? [Link(from: i, to: i, weight: 0)] : links {
        from.append(units[i])
        to.append(units[link.to])
        weights.append(link.weight)
      }
    }
    return ResultTable(
      name: "weights", title: Phrase("Spatial weights", zh: "空间权重矩阵"),
      columns: [
        ResultColumn("from", Phrase("Unit", zh: "单元"), .text(from)),
        ResultColumn("to", Phrase("Neighbour", zh: "邻接单元"), .text(to)),
        ResultColumn("weight", Phrase("Weight", zh: "权重"), .number(weights)),
      ])
  }
}
