internal import RuralValueNumerics

extension SpatialWeights {
  /// Whether w_ij = w_ji for all pairs, exactly.
  public var isSymmetric: Bool { sparseMatrix.isSymmetric }

  /// Whether every row sums to one within 1e-12, islands apart.
  public var isRowStandardised: Bool { rowsSumToOne(within: 1e-12) }

  /// Whether every row but those of islands sums to one.
  func rowsSumToOne(within tolerance: Double) -> Bool {
    zip(sparseMatrix.rowSums, 0...).allSatisfy { sum, i in
      sparseMatrix.row(i).isEmpty || abs(sum - 1) <= tolerance
    }
  }

  /// The positions of the units without neighbours; a unit that is only its own neighbour is one.
  public var islandPositions: [Int] {
    neighbourCounts.enumerated().filter { $0.element == 0 }.map(\.offset)
  }

  /// The ids of the units without neighbours.
  public var islands: [String] { islandPositions.map { units[$0] } }

  /// For each unit the number of its neighbours, itself not counted.
  public var neighbourCounts: [Int] {
    (0..<unitCount).map { i in sparseMatrix.row(i).count { sparseMatrix.columns[$0] != Int32(i) } }
  }

  /// For each unit the number of its connected component, counted from zero in order of first appearance;
  /// a link in either direction connects.
  public var components: [Int] {
    // Each unit points to another of its component, and the first of a component to itself.
    var leader = Array(0..<unitCount)
    func first(_ unit: Int) -> Int {
      var unit = unit
      while leader[unit] != unit {
        leader[unit] = leader[leader[unit]]
        unit = leader[unit]
      }
      return unit
    }
    for i in 0..<unitCount {
      for place in sparseMatrix.row(i) {
        let (one, other) = (first(i), first(Int(sparseMatrix.columns[place])))
        leader[max(one, other)] = min(one, other)
      }
    }
    var (component, count) = ([Int](repeating: 0, count: unitCount), 0)
    for unit in 0..<unitCount {
      let leader = first(unit)
      component[unit] = leader == unit ? count : component[leader]
      if leader == unit { count += 1 }
    }
    return component
  }

  /// Whether some chain of links leads back to where it began; without one all eigenvalues are zero, and powers of the
  /// weights end.
  var hasCircle: Bool {
    // Units to which no link leads are taken away, one after another.
    var incoming = [Int](repeating: 0, count: unitCount)
    for i in 0..<unitCount {
      for place in sparseMatrix.row(i) where sparseMatrix.columns[place] != Int32(i) {
        incoming[Int(sparseMatrix.columns[place])] += 1
      }
    }
    var open = incoming.indices.filter { incoming[$0] == 0 }
    var removed = 0
    while let i = open.popLast() {
      removed += 1
      for place in sparseMatrix.row(i) where sparseMatrix.columns[place] != Int32(i) {
        let j = Int(sparseMatrix.columns[place])
        incoming[j] -= 1
        if incoming[j] == 0 { open.append(j) }
      }
    }
    return removed < unitCount
  }

  /// Every link with weight one.
  public var binary: SpatialWeights { with(sparseMatrix.compactMap { _, _, _ in 1 }) }

  /// The weights without those that units give themselves.
  public var withoutSelf: SpatialWeights {
    guard (0..<unitCount).contains(where: { sparseMatrix.element($0, $0) != 0 }) else { return self }
    return with(sparseMatrix.compactMap { i, j, w in i == j ? nil : w })
  }

  /// Every link with weight one, and every unit its own neighbour, as Gi* has it.
  public var binaryWithSelf: SpatialWeights {
    var starts = [0]
    var columns: [Int32] = []
    columns.reserveCapacity(linkCount + unitCount)
    for i in 0..<unitCount {
      var others = sparseMatrix.columns[sparseMatrix.row(i)].filter { $0 != Int32(i) }
      let place = others.firstIndex { $0 > Int32(i) } ?? others.count
      others.insert(Int32(i), at: place)
      columns += others
      starts.append(columns.count)
    }
    let ones = [Double](repeating: 1, count: columns.count)
    return with(SparseMatrix(rowStarts: starts, columns: columns, values: ones))
  }

  /// The element-wise product of two weights over the same units, such as contiguity × economic distance.
  ///
  /// Throws `WeightsError` where the units differ.
  public func product(_ other: SpatialWeights) throws(WeightsError) -> SpatialWeights {
    let other = try other.aligned(to: units, of: "the other weights").weights
    return with(
      sparseMatrix.compactMap { i, j, weight in
        let product = weight * other.sparseMatrix.element(i, j)
        return product == 0 ? nil : product
      })
  }

  /// The same units with other weights.
  func with(_ matrix: SparseMatrix) -> SpatialWeights { SpatialWeights(units: units, sparseMatrix: matrix) }
}

extension SpatialWeights {
  /// The weights of the units that data have, in the data's order, matched by id and never by position.
  ///
  /// Units that only the weights have are left out with their links and named in `unused`; rows must then
  /// be standardised anew. Throws `WeightsError.unitsWithoutWeights` where the data have a unit that the
  /// weights have not, and guesses the cause.
  public func aligned(
    to dataUnits: [String], of source: String
  ) throws(WeightsError) -> (weights: SpatialWeights, unused: [String]) {
    if dataUnits == units { return (self, []) }
    let place = units.positions
    let absent = dataUnits.filter { place[$0] == nil }
    guard absent.isEmpty else {
      throw .unitsWithoutWeights(
        absent, source: source, dataUnitCount: dataUnits.count, weightUnits: units,
        cause: SpatialWeights.mismatchCause(dataUnits: absent, weightUnits: units))
    }
    var newPosition = [Int32](repeating: -1, count: unitCount)
    for (position, unit) in dataUnits.enumerated() { newPosition[place[unit]!] = Int32(position) }
    var starts = [0]
    var columns: [Int32] = []
    var weights: [Double] = []
    columns.reserveCapacity(linkCount)
    weights.reserveCapacity(linkCount)
    for unit in dataUnits {
      let kept = sparseMatrix.row(place[unit]!).compactMap { place in
        let column = newPosition[Int(sparseMatrix.columns[place])]
        return column < 0 ? nil : (column: column, place: place)
      }
      .sorted { $0.column < $1.column }
      for link in kept {
        columns.append(link.column)
        weights.append(sparseMatrix.values[link.place])
      }
      starts.append(columns.count)
    }
    let aligned = SparseMatrix(rowStarts: starts, columns: columns, values: weights)
    return (
      SpatialWeights(units: dataUnits, sparseMatrix: aligned),
      units.enumerated().filter { newPosition[$0.offset] < 0 }.map(\.element)
    )
  }

  /// Why ids do not match, where that is plain: leading zeros that a spreadsheet removed, or spaces within names.
  static func mismatchCause(dataUnits: [String], weightUnits: [String]) -> String? {
    func match(_ plain: (String) -> String) -> Bool {
      let known = Set(weightUnits.map(plain))
      return dataUnits.allSatisfy { known.contains(plain($0)) }
    }
    if match(PlainIds.withoutZeros) {
      return "They match but for leading zeros, which spreadsheets remove: keep codes as text."
    }
    guard match(PlainIds.withoutSpaces) else { return nil }
    return "They match but for the spaces in them: write them alike in both files."
  }
}

extension SpatialWeights {
  /// Sixteen hexadecimal digits that tell whether two tables used the same weights, of all units.
  public var fingerprint: String { fingerprint(among: units) }

  /// Sixteen hexadecimal digits that tell whether two tables used the same weights: those of the links, as they were
  /// given, among the units of the data.
  ///
  /// What a verb makes of them (standardised, binary, with self) and the periods that it takes do not show.
  /// The sum modulo 2⁶⁴ of one hash a unit and one a link: it does not depend on the order of units.
  /// A link's hash is taken over both ids (FNV-1a) and the weight rounded to 36 bits of significand, so
  /// that the order in which a row was summed does not show. It guards against mistakes, not attackers.
  public func fingerprint(among used: [String]) -> String {
    let isUsed = Set(used)
    let unitHashes = units.map { SpatialWeights.fnv1a($0.utf8) }
    var sum: UInt64 = 0
    for i in 0..<unitCount where isUsed.contains(units[i]) {
      sum &+= SpatialWeights.mixed(unitHashes[i])
      for place in sparseMatrix.row(i) {
        let j = Int(sparseMatrix.columns[place])
        guard j != i, isUsed.contains(units[j]) else { continue }
        let pair = SpatialWeights.mixed(unitHashes[i]) ^ (unitHashes[j] &* 0x9E37_79B9_7F4A_7C15)
        sum &+= SpatialWeights.mixed(pair &+ SpatialWeights.rounded(sparseMatrix.values[place]))
      }
    }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func fnv1a(_ bytes: String.UTF8View) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  /// The finishing steps of SplitMix64.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The bit pattern of a weight without its last sixteen bits, rounded.
  private static func rounded(_ weight: Double) -> UInt64 {
    (weight.bitPattern &+ (1 << 15)) >> 16
  }
}
