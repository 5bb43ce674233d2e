internal import RuralValueNumerics

/// Transitions between k classes: counts n_ij, p_ij = n_ij/n_i, and what follows from them.
///
/// Sources: Quah (1993); Shorrocks (1978); Grassmann, Taksar and Heyman (1985) for the ergodic shares;
/// methods/evaluation.md, 3.2.
public struct TransitionMatrix: Sendable, Equatable {
  /// n_ij, k × k.
  public let counts: [[Int]]
  /// n_i.
  public let rowSums: [Int]
  /// The sets of classes that no transition leaves, each ascending; a class from which nothing was observed is in none.
  public let closedClasses: [[Int]]
  /// π with πP = π and sum one; nil where a row is empty or more than one set is closed.
  public let ergodic: [Double]?
  /// |λ₂|, the second largest modulus of an eigenvalue of P; nil where a row is empty.
  public let secondEigenvalue: Double?
  /// The greatest common divisor of the lengths of the ways back, of a chain with ergodic shares: above one these are no
  /// limit.
  public let period: Int?

  /// A matrix from its counts, k × k with k above one.
  public init(_ counts: [[Int]]) {
    self.counts = counts
    rowSums = counts.map { $0.reduce(0, +) }
    let links = counts.map { row in row.indices.filter { row[$0] > 0 } }
    let sets = Self.closedSets(links)
    closedClasses = sets
    guard !rowSums.contains(0) else {
      (ergodic, secondEigenvalue, period) = (nil, nil, nil)
      return
    }
    let k = counts.count
    let rows = zip(counts, rowSums).map { row, sum in row.map { Double($0) / Double(sum) } }
    let eigenvalues = try? GeneralEigenvalues(Matrix(rows: rows))
    secondEigenvalue = eigenvalues.map { values in
      zip(values.real, values.imaginary).map { ($0 * $0 + $1 * $1).squareRoot() }.sorted()[k - 2]
    }
    guard sets.count == 1 else {
      (ergodic, period) = (nil, nil)
      return
    }
    ergodic = Self.stationary(rows, on: sets[0])
    period = Self.period(links, on: sets[0])
  }

  /// k.
  public var classCount: Int { counts.count }
  /// The number of transitions.
  public var total: Int { rowSums.reduce(0, +) }
  /// Whether every class was left, or stayed in, at least once.
  public var hasEveryRow: Bool { !rowSums.contains(0) }

  /// p_ij; nil in a row without observations.
  public func probability(_ from: Int, _ to: Int) -> Double? {
    rowSums[from] > 0 ? Double(counts[from][to]) / Double(rowSums[from]) : nil
  }

  /// √(p(1 − p)/n_i).
  public func standardError(_ from: Int, _ to: Int) -> Double? {
    probability(from, to).map { ($0 * (1 - $0) / Double(rowSums[from])).squareRoot() }
  }

  /// Shorrocks' mobility (k − tr P)/(k − 1): 0 where all stay. Nil where a row is empty.
  public var mobility: Double? {
    guard hasEveryRow else { return nil }
    let trace = (0..<classCount).reduce(0.0) { $0 + (probability($1, $1) ?? 0) }
    return (Double(classCount) - trace) / Double(classCount - 1)
  }

  /// −ln 2/ln |λ₂| steps, after which half of a deviation from the ergodic shares is gone; nil where these do not attract,
  /// and zero where they are reached at once.
  public var halfLife: Double? {
    guard let second = secondEigenvalue, ergodic != nil, period == 1, second < 1 - 1e-12 else { return nil }
    return second < 1e-12 ? 0 : -log(2) / log(second)
  }

  // MARK: - Classes that communicate

  private static func reached(from start: Int, _ links: [[Int]]) -> Set<Int> {
    var (seen, open) = (Set([start]), [start])
    while let next = open.popLast() {
      for other in links[next] where seen.insert(other).inserted { open.append(other) }
    }
    return seen
  }

  /// The sets that reach each other and nothing else.
  private static func closedSets(_ links: [[Int]]) -> [[Int]] {
    let reach = links.indices.map { reached(from: $0, links) }
    return links.indices.compactMap { start in
      let own = reach[start]
      guard !links[start].isEmpty, own.allSatisfy({ reach[$0].contains(start) }), own.min() == start else {
        return nil
      }
      return own.sorted()
    }
  }

  /// π on a closed set, zero elsewhere, by elimination without a subtraction.
  private static func stationary(_ p: [[Double]], on set: [Int]) -> [Double] {
    var a = set.map { i in set.map { p[i][$0] } }
    for last in stride(from: set.count - 1, to: 0, by: -1) {
      let sum = a[last][..<last].reduce(0, +)
      for i in 0..<last {
        a[i][last] /= sum
        for j in 0..<last { a[i][j] += a[i][last] * a[last][j] }
      }
    }
    var own = [1.0]
    for place in set.indices.dropFirst() {
      own.append((0..<place).reduce(0.0) { $0 + own[$1] * a[$1][place] })
    }
    let total = own.compensatedSum
    var shares = [Double](repeating: 0, count: p.count)
    for (place, value) in zip(set, own) { shares[place] = value / total }
    return shares
  }

  private static func period(_ links: [[Int]], on set: [Int]) -> Int {
    var step = [set[0]: 0]
    var open = [set[0]]
    var common = 0
    while let next = open.popLast() {
      for other in links[next] {
        if let known = step[other] {
          var (a, b) = (common, abs(step[next]! + 1 - known))
          while b != 0 { (a, b) = (b, a % b) }
          common = a
        } else {
          step[other] = step[next]! + 1
          open.append(other)
        }
      }
    }
    return common
  }
}
