internal import RuralValueNumerics

/// The links of a list in its own order, with ids turned into positions: 12 bytes a link.
public struct LinkColumns: Sendable {
  /// The units, in the order of their first appearance.
  public var units: [String] = []
  /// The unit of each run of lines that begin with the same one, and where the run begins.
  private var runs: [(unit: Int32, start: Int)] = []
  private var neighbours: [Int32] = []
  private var weights: [Double] = []

  /// No links yet.
  public init() {}

  /// Makes room for so many links.
  public mutating func reserveCapacity(_ count: Int, hasWeights: Bool) {
    neighbours.reserveCapacity(count)
    weights.reserveCapacity(count)
  }

  /// Begins a run of links from a unit.
  public mutating func begin(_ unit: Int32) { runs.append((unit, neighbours.count)) }

  /// Adds a link from the unit of the run.
  @inline(__always)
  public mutating func append(_ neighbour: Int32, _ weight: Double = 1) {
    neighbours.append(neighbour)
    weights.append(weight)
  }

  /// The links as rows, and those of the weight zero between two units; nil where one stands twice, or there is none.
  consuming func rows() -> (matrix: SparseMatrix, zeros: Set<DirectedPair>)? {
    if let matrix = matrixInOrder() { return (matrix, []) }
    var counts = [Int](repeating: 0, count: units.count + 1)
    for (number, run) in runs.enumerated() { counts[Int(run.unit) + 1] += end(of: number) - run.start }
    for i in units.indices { counts[i + 1] += counts[i] }
    var next = counts
    var order = [Int32](repeating: 0, count: neighbours.count)
    for (number, run) in runs.enumerated() {
      for place in run.start..<end(of: number) {
        order[next[Int(run.unit)]] = Int32(place)
        next[Int(run.unit)] += 1
      }
    }
    var (starts, columns, values) = ([0], [Int32](), [Double]())
    var zeros: Set<DirectedPair> = []
    columns.reserveCapacity(neighbours.count)
    values.reserveCapacity(neighbours.count)
    for i in units.indices {
      var last: Int32 = -1
      for place in order[counts[i]..<counts[i + 1]].sorted(by: { neighbours[Int($0)] < neighbours[Int($1)] })
      {
        let (neighbour, weight) = (neighbours[Int(place)], weights[Int(place)])
        guard neighbour != last else { return nil }
        last = neighbour
        if weight != 0 {
          columns.append(neighbour)
          values.append(weight)
        } else if Int(neighbour) != i {
          zeros.insert(DirectedPair(i, Int(neighbour)))
        }
      }
      starts.append(columns.count)
    }
    guard !columns.isEmpty else { return nil }
    return (SparseMatrix(rowStarts: starts, columns: columns, values: values), zeros)
  }

  /// The links as rows where they stand in that order already; nil where they do not, or one has the weight zero.
  private func matrixInOrder() -> SparseMatrix? {
    var starts = [Int](repeating: 0, count: units.count + 1)
    var last: Int32 = -1
    for (number, run) in runs.enumerated() {
      guard run.unit > last else { return nil }
      last = run.unit
      for place in run.start..<end(of: number) {
        guard weights[place] != 0, place == run.start || neighbours[place - 1] < neighbours[place] else {
          return nil
        }
      }
      starts[Int(run.unit) + 1] = end(of: number) - run.start
    }
    for i in units.indices { starts[i + 1] += starts[i] }
    return SparseMatrix(rowStarts: starts, columns: neighbours, values: weights)
  }

  private func end(of run: Int) -> Int { run + 1 < runs.count ? runs[run + 1].start : neighbours.count }

  /// Whether a unit that no line begins with might be several in one cell.
  var mayHoldSeveralNeighbours: Bool {
    var begins = [Bool](repeating: false, count: units.count)
    for run in runs { begins[Int(run.unit)] = true }
    return units.indices.contains { !begins[$0] && units[$0].contains { ",;| ，；、".contains($0) } }
  }
}

extension WeightsReading {
  /// The columns of a list whose first rows a table has, nil where the names do not say which they are.
  public static func plainColumns(_ sample: Table) -> (from: Int, to: Int, weight: Int?)? {
    guard sample.columnCount == 2 || sample.columnCount == 3, EdgeListColumns.areNamed(sample.columnNames),
      !EdgeListColumns.haveTime(sample.columnNames), !sample.columnNames.contains(where: \.isEmpty),
      let columns = try? EdgeListColumns(sample), columns.areNamed,
      (columns.weight == nil) == (sample.columnCount == 2),
      columns.weight.map({ !sample.isNamedForRows($0) }) ?? true
    else { return nil }
    return (columns.from, columns.to, columns.weight)
  }

  /// Whether an id in a cell is the unit's id as it stands.
  public static func isPlain(id: String) -> Bool {
    guard let first = id.utf8.first, let last = id.utf8.last, first != UInt8(ascii: "'") else { return false }
    return last != UInt8(ascii: "%") && !id.utf8.contains(0) && !PlainIds.isFloat(id)
      && CellText.trimmed(id) == id
  }

  /// Weights from the links of a plain list, of which a table has the names and the first rows; nil where only the
  /// whole table can tell what is meant. Throws `WeightsError`.
  public init?(plainList list: consuming LinkColumns, named sample: Table, _ options: WeightsOptions) throws {
    let columns = try EdgeListColumns(sample)
    let units = list.units
    guard !list.mayHoldSeveralNeighbours, let (matrix, zeros) = list.rows() else { return nil }
    try self.init(
      listed: SpatialWeights(units: units, sparseMatrix: matrix), zeros: zeros, sample, columns,
      notes: columns.notes, options)
  }
}
