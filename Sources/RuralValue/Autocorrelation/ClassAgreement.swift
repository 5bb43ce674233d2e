/// How far two class maps of the same units agree.
///
/// With n_ab units in class a of the first map and b of the second: p_o = Σ n_aa / n, p_e = Σ n_a· n_·a / n²,
/// κ = (p_o − p_e) / (1 − p_e); the Jaccard index of class k is n_kk / (n_k· + n_·k − n_kk); Cramér's
/// V = √(χ² / (n (min(r, c) − 1))) over the r rows and c columns that are not empty.
/// Sources: Cohen (1960), Jaccard (1901), Cramér (1946).
public struct ClassAgreement: Sendable, Equatable {
  /// The classes of either map, ascending.
  public let classes: [Int]
  /// n_ab: a row a class of the first map, a column a class of the second.
  public let counts: [[Int]]

  /// Compares the classes of the same units on two maps.
  public init(_ first: [Int], _ second: [Int]) {
    precondition(first.count == second.count, "Both maps need a class of every unit.")
    let classes = Set(first + second).sorted()
    var counts = classes.map { _ in [Int](repeating: 0, count: classes.count) }
    let place = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    for (a, b) in zip(first, second) { counts[place[a]!][place[b]!] += 1 }
    self.classes = classes
    self.counts = counts
  }

  /// The number of units, n.
  public var unitCount: Int { rowSums.reduce(0, +) }
  private var rowSums: [Int] { counts.map { $0.reduce(0, +) } }
  private var columnSums: [Int] { classes.indices.map { b in counts.reduce(0) { $0 + $1[b] } } }

  /// p_o, the share of units with the same class; nil without units.
  public var observed: Double? {
    unitCount == 0 ? nil : Double(classes.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(unitCount)
  }

  /// p_e, the share expected of maps that have nothing to do with each other; nil without units.
  public var expected: Double? {
    unitCount == 0
      ? nil
      : Double(zip(rowSums, columnSums).reduce(0) { $0 + $1.0 * $1.1 }) / Double(unitCount * unitCount)
  }

  /// Cohen's κ; nil where both maps have one class alone, and the same.
  public var kappa: Double? {
    ClassAgreement.kappa(
      unitCount: unitCount, agreeing: classes.indices.reduce(0) { $0 + counts[$1][$1] },
      products: zip(rowSums, columnSums).reduce(0) { $0 + $1.0 * $1.1 })
  }

  /// κ = (n Σ n_aa − Σ n_a· n_·a) / (n² − Σ n_a· n_·a): of whole numbers, so that equal values are equal to the bit.
  static func kappa(unitCount n: Int, agreeing: Int, products: Int) -> Double? {
    n * n == products ? nil : Double(n * agreeing - products) / Double(n * n - products)
  }

  /// The Jaccard index of a class; nil where neither map has it.
  public func jaccard(of level: Int) -> Double? {
    guard let place = classes.firstIndex(of: level) else { return nil }
    let both = counts[place][place]
    let either = rowSums[place] + columnSums[place] - both
    return either == 0 ? nil : Double(both) / Double(either)
  }

  /// χ² of the table, over the rows and columns that are not empty.
  public var chiSquared: Double {
    let (rows, columns, n) = (rowSums, columnSums, Double(unitCount))
    var sum = 0.0
    for a in classes.indices where rows[a] > 0 {
      for b in classes.indices where columns[b] > 0 {
        let expected = Double(rows[a]) * Double(columns[b]) / n
        let difference = Double(counts[a][b]) - expected
        sum += difference * difference / expected
      }
    }
    return sum
  }

  /// Cramér's V; nil where one of the maps has a single class.
  public var cramersV: Double? {
    let few = min(rowSums.count { $0 > 0 }, columnSums.count { $0 > 0 })
    return few < 2 ? nil : (chiSquared / (Double(unitCount) * Double(few - 1))).squareRoot()
  }
}
