internal import RuralValueNumerics

/// What it means that a list of links names a pair of units.
public enum LinkDirection: String, Sendable, CaseIterable {
  /// The first unit has the second as its neighbour, and no more.
  case directed
  /// Each of the two is the other's neighbour.
  case undirected
}

/// How weights in a table are to be read, where it is not to be found out.
public struct WeightsOptions: Sendable, Equatable {
  /// Whether a pair of units is meant both ways; nil to find it out.
  public var links: LinkDirection?
  /// The units of the data that the weights are for, whose order a matrix without ids is in; nil where
  /// nothing is known of them.
  public var data: DataUnits?

  /// The units of data in the order of their first appearance.
  public struct DataUnits: Sendable, Equatable {
    /// What messages call the data.
    public let source: String
    /// The units' ids.
    public let ids: [String]

    /// Units from their parts.
    public init(source: String, ids: [String]) {
      self.source = source
      self.ids = ids
    }
  }

  /// Options, by default everything that can be found out.
  public init(links: LinkDirection? = nil, data: DataUnits? = nil) {
    self.links = links
    self.data = data
  }
}

extension SpatialWeights {
  /// The weights with a counterpart for every link that runs one way only.
  ///
  /// Throws `WeightsError.unlikeWeights` for a pair with two different weights, of which neither is the pair's.
  public func mirrored(source: String) throws(WeightsError) -> SpatialWeights {
    var isMirrored = true
    var unlike: (link: Link, back: Double)?
    sparseMatrix.visitWithMirror { place, from, to, back in
      let weight = sparseMatrix.values[place]
      if back == 0 {
        isMirrored = false
      } else if back != weight {
        unlike = (Link(from: from, to: to, weight: weight), back)
      }
      return unlike == nil
    }
    if let (link, back) = unlike {
      throw .unlikeWeights(
        from: units[link.from], to: units[link.to], first: link.weight, second: back, source: source)
    }
    return isMirrored ? self : with(sparseMatrix.unitedWithTranspose)
  }
}

/// How the pairs of units stand in a list of links.
struct LinkPairs {
  /// Pairs that stand in one direction only.
  private(set) var oneWay = 0
  /// Pairs that stand in both, with one weight.
  private(set) var alike = 0
  /// Pairs that stand in both, with two different weights.
  private(set) var unlike = 0

  /// Counts the pairs of weights. A link that the list gives the weight zero stands there, too.
  init(_ weights: SpatialWeights, zeros: Set<DirectedPair>) {
    let matrix = weights.sparseMatrix
    matrix.visitWithMirror { place, unit, other, back in
      if other == unit { return true }
      if back == 0 {
        if zeros.contains(DirectedPair(other, unit)) { unlike += 1 } else { oneWay += 1 }
      } else if unit < other {
        if back == matrix.values[place] { alike += 1 } else { unlike += 1 }
      }
      return true
    }
  }

  /// The number of pairs.
  var count: Int { oneWay + alike + unlike }

  /// Whether no pair stands both ways, so that either may be meant.
  var areListedOnce: Bool { oneWay > 0 && oneWay == count }

  /// What the list means where nobody says it.
  ///
  /// A list that has each pair once is undirected, as contiguity is written to save lines, unless its column of
  /// weights says that they are net flows.
  func direction(isNet: Bool) -> LinkDirection { areListedOnce && !isNet ? .undirected : .directed }

  /// What was taken, and how many pairs it concerns; nothing where every pair stands both ways with one weight,
  /// or with those that row standardisation made of one.
  func note(source: String, netColumn: String?, isRowStandardised: Bool) -> Phrase? {
    let (remedy, other) = (Setting("links"), "undirected")
    if areListedOnce, let netColumn {
      return Phrase(
        "\(source) lists each pair of units once (\(pairs(count))), and \"\(netColumn)\" has a direction: the links"
          + " are taken as directed, with the first id as the row; \(remedy) \(other) takes them both ways.",
        zh: "\(source) 中每对单元只列出一次（共 \(count) 对），且“\(netColumn)”为净流量，按有向邻接关系处理，第一个标识为行；"
          + "如为无向，请用 \(remedy) \(other)。")
    }
    if areListedOnce {
      return Phrase(
        "\(source) lists each pair of units once (\(pairs(count))); the links are taken as undirected, each weight"
          + " for both ways; \(remedy) directed keeps them one-way.",
        zh: "\(source) 中每对单元只列出一次（共 \(count) 对），按无向（对称）邻接关系处理；如为有向，请用 \(remedy) directed。")
    }
    if oneWay > 0 {
      return Phrase(
        "\(source) lists \(oneWay) of \(pairs(count)) of units in one direction only and the others in both"
          + (unlike > 0 ? ", \(unlike) of them with two different weights" : "")
          + "; the links are taken as directed, with the first id as the row; \(remedy) \(other) takes them both"
          + " ways.",
        zh: "\(source) 的 \(count) 对单元中有 \(oneWay) 对只列出一个方向，其余列出两个方向"
          + (unlike > 0 ? "（其中 \(unlike) 对两个方向的权重不同）" : "")
          + "，按有向邻接关系处理，第一个标识为行；如为无向，请用 \(remedy) \(other)。")
    }
    guard unlike > 0, !isRowStandardised else { return nil }
    return Phrase(
      "\(source) gives \(unlike) of \(pairs(count)) of units two different weights; the links are taken as"
        + " directed, with the first id as the row.",
      zh: "\(source) 的 \(count) 对单元中有 \(unlike) 对两个方向的权重不同，按有向邻接关系处理，第一个标识为行。")
  }

  private func pairs(_ count: Int) -> String { "\(count) pair\(count == 1 ? "" : "s")" }
}

/// A link by its positions, as a key.
struct DirectedPair: Hashable {
  let from: Int
  let to: Int

  init(_ from: Int, _ to: Int) { (self.from, self.to) = (from, to) }
}
