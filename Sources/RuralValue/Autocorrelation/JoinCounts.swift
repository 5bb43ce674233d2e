internal import RuralValueNumerics

/// Join counts of one cross-section: how many links join units of the same class, and of different ones.
///
/// J_rs = ½ Σ_i Σ_{j≠i} w_ij h_ij with binary weights, h_ij = 1 where one unit is of class r and the other of s. For 0
/// and 1 these are BB (1 with 1), WW and BW. Mean and variance are those over all ways to deal the classes to the units
/// (nonfree sampling), with n^(k) = n (n − 1) … (n − k + 1):
/// E J_rr = ½ S₀ n_r^(2) / n^(2), E J_rs = S₀ n_r n_s / n^(2),
/// Var J = ¼ (S₁ a₂ + (S₂ − 2 S₁) a₃ + (S₀² + S₁ − S₂) a₄) − (E J)², where a₂, a₃ and a₄ are the chances that
/// h is one for a pair, for two pairs with one unit in common, and for two without.
/// Source: Cliff & Ord (1981), ch. 2; as spdep's joincount.test and joincount.multi have them.
public struct JoinCounts: Sendable, Equatable {
  /// The joins of units of two classes.
  public struct Pair: Sendable, Equatable {
    /// The smaller class; nil for all joins of different classes together.
    public let first: Int?
    /// The larger class, or the same; nil for all joins of different classes together.
    public let second: Int?
    /// J, the number of joins; a link that runs one way counts half.
    public let joins: Double
    /// E(J).
    public let expected: Double
    /// The variance of J.
    public let variance: Double
    /// Two-sided p of permutations; nil without them.
    public let permutationP: Double?

    /// (J − E) / sd; NaN where the classes leave nothing to chance.
    public var z: Double { variance > 0 ? (joins - expected) / variance.squareRoot() : .nan }
    /// The two-sided p value of z.
    public var pValue: Double { Normal().twoSidedTail(at: z) }
  }

  /// The period; nil where the data have none.
  public let period: Int?
  /// The number of units, n.
  public let unitCount: Int
  /// The classes, ascending, and how many units each has.
  public let classes: [(level: Int, count: Int)]
  /// Joins within each class, then between every two, then between different classes at all.
  public let pairs: [Pair]

  /// Whether the classes are 0 and 1.
  public var isBinary: Bool { classes.map(\.level) == [0, 1] }

  /// The most classes that are counted by pairs.
  static let mostClasses = 12

  /// Whether two results are the same.
  public static func == (one: JoinCounts, other: JoinCounts) -> Bool {
    one.period == other.period && one.unitCount == other.unitCount && one.pairs == other.pairs
      && one.classes.elementsEqual(other.classes) { $0 == $1 }
  }

  /// Counts the joins of a cross-section of classes with weights over the same units; only who is a neighbour counts.
  init(
    _ section: CrossSection, variable: String, weights: SpatialWeights, permutations: Int, seed: UInt64
  ) throws(AutocorrelationError) {
    let levels = try JoinCounts.levels(section, variable: variable)
    let links = weights.withoutSelf.binary
    guard levels.count >= 4 else {
      throw .tooFewUnits(found: levels.count, needed: 4, statistic: "A join count", period: section.period)
    }
    guard links.linkCount > 0 else { throw .noLinks(period: section.period) }
    let known = Set(levels).sorted()
    guard known.count > 1 else { throw .constant(variable: variable, period: section.period) }
    let numbers = Dictionary(uniqueKeysWithValues: zip(known, known.indices))
    let classOf = levels.map { numbers[$0]! }
    let sizes = known.indices.map { level in classOf.count { $0 == level } }
    let table = JoinTable(classCount: known.count)
    let observed = table.joins(classOf, links)
    let counts = table.extremes(
      classOf, links, observed, permutations: permutations, seed: seed, period: section.period)
    let moments = JoinMoments(sizes, WeightsMoments(links))
    period = section.period
    unitCount = levels.count
    classes = zip(known, sizes).map { (level: $0, count: $1) }
    pairs = table.cells.indices.map { place in
      let (expected, variance) = moments.of(table.cells[place])
      return Pair(
        first: table.cells[place].map { known[$0.0] }, second: table.cells[place].map { known[$0.1] },
        joins: observed[place], expected: expected, variance: variance,
        permutationP: permutations == 0
          ? nil
          : min(
            1, 2 * Double(1 + min(counts[place].atLeast, counts[place].atMost)) / Double(1 + permutations)))
    }
  }

  private static func levels(
    _ section: CrossSection, variable: String
  ) throws(AutocorrelationError) -> [Int] {
    if let place = section.values.firstIndex(where: { $0 != $0.rounded() || abs($0) > 1e9 }) {
      throw .notClasses(
        variable: variable, found: .value(section.values[place], unit: section.units[place]),
        period: section.period)
    }
    let levels = section.values.map { Int($0) }
    let count = Set(levels).count
    guard count <= mostClasses else {
      throw .notClasses(variable: variable, found: .classes(count), period: section.period)
    }
    return levels
  }
}

/// The pairs of classes in the order of their table, and the counting of joins into it.
private struct JoinTable {
  /// Two classes by number; nil for all joins of different classes.
  let cells: [(Int, Int)?]
  private let classCount: Int
  /// The place of a pair of classes in `cells`.
  private let places: [Int]

  init(classCount: Int) {
    var cells: [(Int, Int)?] = (0..<classCount).map { ($0, $0) }
    for first in 0..<classCount {
      for second in first + 1..<max(classCount, first + 1) { cells.append((first, second)) }
    }
    var places = [Int](repeating: 0, count: classCount * classCount)
    for (place, cell) in cells.enumerated() {
      guard let cell else { continue }
      places[cell.0 * classCount + cell.1] = place
      places[cell.1 * classCount + cell.0] = place
    }
    // Two classes have one pair of different ones, which is all of them.
    if classCount > 2 { cells.append(nil) }
    self.cells = cells
    self.classCount = classCount
    self.places = places
  }

  /// The joins of each cell.
  func joins(_ classOf: [Int], _ links: SpatialWeights) -> [Double] {
    let matrix = links.sparseMatrix
    var counts = [Int](repeating: 0, count: cells.count)
    for i in classOf.indices {
      let row = classOf[i] * classCount
      for place in matrix.row(i) { counts[places[row + classOf[Int(matrix.columns[place])]]] += 1 }
    }
    if classCount > 2 { counts[cells.count - 1] = counts[classCount..<cells.count - 1].reduce(0, +) }
    return counts.map { Double($0) / 2 }
  }

  /// Permutations of the classes with at least, and at most, as many joins in each cell.
  func extremes(
    _ classOf: [Int], _ links: SpatialWeights, _ observed: [Double], permutations: Int, seed: UInt64,
    period: Int?
  ) -> [ConditionalPermutations.Counts] {
    let generator = CounterBasedGenerator(seed: seed, stream: UInt64(bitPattern: Int64(period ?? 0)))
    var counts = [ConditionalPermutations.Counts](repeating: .init(atLeast: 0, atMost: 0), count: cells.count)
    let progress = ProgressReport.steps(permutations, Phrase("permutations", zh: "次置换"))
    for permutation in 0..<permutations {
      if permutation.isMultiple(of: 64) { progress.done(permutation) }
      var (stream, dealt) = (generator.stream(permutation), classOf)
      stream.shuffle(&dealt)
      for (place, joins) in joins(dealt, links).enumerated() {
        if joins >= observed[place] { counts[place].atLeast += 1 }
        if joins <= observed[place] { counts[place].atMost += 1 }
      }
    }
    return counts
  }
}

/// The mean and the variance of joins over all ways to deal the classes to the units.
private struct JoinMoments {
  let sizes: [Double]
  let weights: WeightsMoments
  private let n: Double

  init(_ sizes: [Int], _ weights: WeightsMoments) {
    self.sizes = sizes.map(Double.init)
    self.weights = weights
    n = Double(sizes.reduce(0, +))
  }

  func of(_ cell: (Int, Int)?) -> (expected: Double, variance: Double) {
    guard let cell else {
      // Joins of different classes are all joins but those within classes.
      let same = moments(
        two: sizes.reduce(0) { $0 + falling($1, 2) }, three: sizes.reduce(0) { $0 + falling($1, 3) },
        four: sizes.reduce(0) { $0 + falling($1, 4) } + sumOfDifferentPairs)
      return (weights.s0 / 2 - same.expected, same.variance)
    }
    let (a, b) = (sizes[cell.0], sizes[cell.1])
    return cell.0 == cell.1
      ? moments(two: falling(a, 2), three: falling(a, 3), four: falling(a, 4))
      : moments(two: 2 * a * b, three: a * b * (a + b - 2), four: 4 * falling(a, 2) * falling(b, 2))
  }

  private var sumOfDifferentPairs: Double {
    let pairs = sizes.map { falling($0, 2) }
    let total = pairs.reduce(0, +)
    return pairs.reduce(0) { $0 + $1 * (total - $1) }
  }

  /// The moments from how many ordered choices of two, three and four units have h = 1.
  private func moments(two: Double, three: Double, four: Double) -> (expected: Double, variance: Double) {
    let (s0, s1, s2) = (weights.s0, weights.s1, weights.s2)
    let expected = 0.5 * s0 * two / falling(n, 2)
    let square =
      0.25
      * (s1 * two / falling(n, 2) + (s2 - 2 * s1) * three / falling(n, 3)
        + (s0 * s0 + s1 - s2) * four / falling(n, 4))
    // What rounding leaves where classes leave nothing to chance is no variance.
    let variance = square - expected * expected
    return (expected, variance > 1e-12 * square ? variance : 0)
  }

  /// x (x − 1) … with so many factors.
  private func falling(_ x: Double, _ count: Int) -> Double {
    (0..<count).reduce(1) { $0 * (x - Double($1)) }
  }
}
