internal import RuralValueNumerics

/// Spatial weights W, n × n and sparse, keyed by unit id.
///
/// Row i holds the weights w_ij that unit i gives to its neighbours j. Weights of zero are not stored. A unit
/// without neighbours is an island: it stays in W with an empty row.
public struct SpatialWeights: Sendable, Equatable {
  /// The units' ids, in the order of rows and columns.
  public let units: [String]
  /// W.
  let sparseMatrix: SparseMatrix

  /// One weight, by the positions of its units.
  public struct Link: Sendable, Equatable {
    /// The row: the unit that is influenced.
    public let from: Int
    /// The column: the neighbour.
    public let to: Int
    /// The weight w_ij.
    public let weight: Double

    /// A link from its parts.
    public init(from: Int, to: Int, weight: Double = 1) {
      self.from = from
      self.to = to
      self.weight = weight
    }
  }

  /// Weights from links in any order.
  ///
  /// Throws `WeightsError.duplicateUnit`, `.duplicateLink` where a link stands twice with different weights
  /// (once is enough where they agree), and `.notFinite` or `.negative` for a weight that is.
  public init(units: [String], links: [Link]) throws(WeightsError) {
    if let repeated = units.firstRepetition { throw .duplicateUnit(repeated) }
    var counts = [Int](repeating: 0, count: units.count + 1)
    for link in links {
      guard link.weight.isFinite else {
        throw .notFinite(from: units[link.from], to: units[link.to], weight: link.weight)
      }
      guard link.weight >= 0 else {
        throw .negative(from: units[link.from], to: units[link.to], weight: link.weight)
      }
      counts[link.from + 1] += 1
    }
    for i in 0..<units.count { counts[i + 1] += counts[i] }
    var next = counts
    var order = [Int](repeating: 0, count: links.count)
    for (position, link) in links.enumerated() {
      order[next[link.from]] = position
      next[link.from] += 1
    }

    var rowStarts = [0]
    var neighbours: [Int32] = []
    var values: [Double] = []
    rowStarts.reserveCapacity(units.count + 1)
    neighbours.reserveCapacity(links.count)
    values.reserveCapacity(links.count)
    for i in 0..<units.count {
      var last: Int32 = -1
      for position in order[counts[i]..<counts[i + 1]].sorted(by: { links[$0].to < links[$1].to }) {
        let link = links[position]
        if Int32(link.to) == last {
          guard values.last == link.weight else {
            throw .duplicateLink(
              from: units[i], to: units[link.to], first: values.last ?? 0, second: link.weight)
          }
        } else if link.weight != 0 {
          last = Int32(link.to)
          neighbours.append(last)
          values.append(link.weight)
        }
      }
      rowStarts.append(neighbours.count)
    }
    self.init(
      units: units, sparseMatrix: SparseMatrix(rowStarts: rowStarts, columns: neighbours, values: values))
  }

  /// Weights from the links of a file, of which those that stand twice are told with their lines.
  ///
  /// Throws as the initialiser without lines.
  public init(units: [String], links: [Link], lines: [Int], source: String) throws(WeightsError) {
    do throws(WeightsError) {
      try self.init(units: units, links: links)
    } catch {
      guard case .duplicateLink(let from, let to, let first, let second, _, _) = error else { throw error }
      let places = [first, second].compactMap { weight in
        links.firstIndex { units[$0.from] == from && units[$0.to] == to && $0.weight == weight }
      }
      throw .duplicateLink(
        from: from, to: to, first: first, second: second, source: source, lines: places.map { lines[$0] })
    }
  }

  /// Weights that are known to be in order.
  init(units: [String], sparseMatrix: SparseMatrix) {
    self.units = units
    self.sparseMatrix = sparseMatrix
  }

  /// The number of units, n.
  public var unitCount: Int { units.count }

  /// The number of weights that are not zero; a symmetric pair counts twice.
  public var linkCount: Int { sparseMatrix.values.count }

  /// The links of a unit, by the neighbours' positions.
  public func links(of unit: Int) -> [Link] {
    sparseMatrix.row(unit).map {
      Link(from: unit, to: Int(sparseMatrix.columns[$0]), weight: sparseMatrix.values[$0])
    }
  }

  /// All links, row by row.
  public var links: [Link] { (0..<unitCount).flatMap(links(of:)) }

  /// The spatial lag Wx: for each unit the weighted sum of its neighbours' values.
  public func spatialLag(_ x: [Double]) -> [Double] { sparseMatrix.times(x) }

  /// The sums of the rows, W1.
  public var rowSums: [Double] { sparseMatrix.rowSums }

  /// The weight w_ij, zero where there is no link.
  public func weight(from i: Int, to j: Int) -> Double { sparseMatrix.element(i, j) }
}

extension SpatialWeights {
  /// Throws `WeightsError.tooLarge` where so many links would not fit the memory.
  ///
  /// A link takes 12 bytes, and three of its kind stand side by side: the weights, the same standardised, and
  /// their transpose, which tells what is symmetric.
  static func requireMemory(
    links: Double, of unitCount: Int, for what: @autoclosure () -> String, remedy: @autoclosure () -> String
  ) throws(WeightsError) {
    try MemoryLimit.require(
      bytes: 36 * links + 200 * Double(unitCount), for: "\(what()): \(grouped(links)) links",
      remedy: remedy(),
      orThrow: WeightsError.tooLarge)
  }

  /// Throws where the weights as a text would not fit beside themselves.
  ///
  /// A link of a list takes two texts and a number as cells, 40 bytes, and a line of the file; a cell of a square
  /// matrix a number, and as a rule two characters.
  public func requireMemoryOfText(isMatrix: Bool) throws(WeightsError) {
    let count = Double(unitCount)
    let idLength = count == 0 ? 0 : Double(units.reduce(0) { $0 + $1.utf8.count }) / count
    let cells = isMatrix ? count * count : Double(linkCount)
    try MemoryLimit.require(
      bytes: 24 * Double(linkCount) + (isMatrix ? 20 : 100 + 4 * idLength) * cells,
      for: isMatrix
        ? "A square matrix of \(grouped(unitCount)) × \(grouped(unitCount)) cells"
        : "A file of \(grouped(linkCount)) links",
      remedy: isMatrix ? "Write a list of links" : "Take weights with fewer links",
      orThrow: WeightsError.tooLarge)
  }
}
