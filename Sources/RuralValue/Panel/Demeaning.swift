internal import RuralValueNumerics

/// The fixed effects that a within transformation removes.
public enum FixedEffects: String, Sendable, CaseIterable {
  /// One effect a unit, μ_i.
  case unit
  /// One effect a period, λ_t.
  case time
  /// One a unit and one a period, μ_i + λ_t.
  case twoWays = "twoways"
}

extension Panel {
  /// A variable without its fixed effects: the residual of its regression on their dummies.
  ///
  /// A missing value stays missing and enters no mean. Variables of one regression need one sample: build
  /// a `Demeaning` with `completeRows(of:)` for them.
  public func demeaned(_ values: [Double], removing effects: FixedEffects) -> [Double] {
    Demeaning(self, removing: effects, sample: completeRows(of: [values]))(values)
  }

  /// Each unit's mean over its non-missing rows, in the order of `units`; NaN where it has none.
  public func unitMeans(_ values: [Double]) -> [Double] {
    var members = [[Double]](repeating: [], count: units.count)
    for (row, value) in values.enumerated() where !value.isNaN { members[unitOfRow[row]].append(value) }
    return members.map { Moments($0).mean }
  }

  /// For each row whether all the variables are known there.
  public func completeRows(of variables: [[Double]]) -> [Bool] {
    (0..<rowCount).map { row in variables.allSatisfy { !$0[row].isNaN } }
  }
}

/// The within transformation of one sample, prepared once and applied to any number of variables.
///
/// Two ways in a balanced sample: x_it − x̄_i − x̄_t + x̄. In an unbalanced one the larger set of effects
/// (mostly the units') is concentrated out and the smaller one, λ, solves
///
///     (D_t′ M_μ D_t) λ = D_t′ M_μ x,   M_μ = I − D_μ (D_μ′ D_μ)⁻¹ D_μ′
///
/// whose T × T matrix is the Laplacian of the graph that joins periods by common units. One effect in each
/// connected component is set to zero, which leaves a positive definite system: the answer is exact, also
/// for panels that fall apart, and nothing is iterated. Three sets and more stand beside each other in the place of
/// D_t, and the dependent columns are found by pivoting. With weights all means are weighted. Source: Wansbeek and
/// Kapteyn (1989), Estimation of the error-components model with incomplete panels, Journal of Econometrics 41,
/// section 2.
public struct Demeaning: Sendable {
  /// The number of effects removed, which is the rank of their dummies: the degrees of freedom they cost.
  public let rank: Int

  /// The sets of effects; where there are several and nothing is balanced, the largest first.
  private let ways: [Grouping]
  /// The effects of the ways but the first, in a sample in which means of one are not means of the other.
  private let otherEffects: OtherEffects

  /// How the effects of the ways but the first are found.
  private enum OtherEffects: Sendable {
    /// Each by its own means.
    case means
    /// Those of one way, by a Laplacian.
    case one(LaplacianSystem)
    /// Those of several.
    case several(ManyWaySystem)
  }

  /// The transformation for the rows of a sample, by default all rows.
  public init(_ panel: Panel, removing effects: FixedEffects, sample: [Bool]? = nil) {
    precondition(sample.map { $0.count == panel.rowCount } ?? true, "The sample needs a mark for every row.")
    let units = Grouping(panel.unitOfRow, groupCount: panel.units.count, sample: sample)
    let periods = Grouping(panel.periodOfRow, groupCount: panel.periods.count, sample: sample)
    switch effects {
    case .unit: self.init([units])
    case .time: self.init([periods])
    case .twoWays: self.init([units, periods])
    }
  }

  /// The transformation that takes out sets of effects of the same rows.
  init(_ ways: [Grouping]) {
    let counts = ways.map(\.usedGroupCount)
    let isBalanced =
      ways.count < 2
      || ways.count == 2 && ways.allSatisfy { $0.weights == nil }
        && ways[0].memberCount == counts[0] * counts[1]
    guard !isBalanced else {
      self.ways = ways
      otherEffects = .means
      // A balanced sample is one connected component and has an effect too many.
      rank = max(0, counts.reduce(0, +) - (ways.count < 2 ? 0 : 1))
      return
    }
    let largest = counts.indices.max { counts[$0] < counts[$1] || counts[$0] == counts[$1] && $0 > $1 } ?? 0
    self.ways = [ways[largest]] + ways.indices.filter { $0 != largest }.map { ways[$0] }
    if ways.count == 2 {
      let system = LaplacianSystem(eliminating: self.ways[0], solvingFor: self.ways[1])
      otherEffects = .one(system)
      rank = max(0, counts.reduce(0, +) - system.componentCount)
    } else {
      let system = ManyWaySystem(eliminating: self.ways[0], solvingFor: Array(self.ways.dropFirst()))
      otherEffects = .several(system)
      rank = self.ways[0].usedGroupCount + system.rank
    }
  }

  /// The number of bytes that the transformation needs beside the variables.
  static func bytes(_ ways: [Grouping]) -> Double {
    let counts = ways.map { Double($0.usedGroupCount) }.sorted().dropLast()
    let others = counts.reduce(0, +)
    return ways.count < 2 ? 0 : 16 * others * others
  }

  /// The variable without the effects; NaN outside the sample.
  ///
  /// Inside the sample every value must be a number: a missing one there is the caller's error.
  public func callAsFunction(_ values: [Double]) -> [Double] {
    var result = values
    ways.first?.restrict(&result)
    if case .means = otherEffects {
      for way in ways { way.demean(&result) }
      return result
    }
    // The second pass removes what rounding left of large means: a projection may be applied twice.
    for _ in 0..<2 {
      ways[0].subtract(ways[0].means(result), from: &result)
      switch otherEffects {
      case .means: break
      case .one(let system): ways[1].subtract(system.solve(ways[1].sums(result)), from: &result)
      case .several(let system):
        let effects = system.solve(ways.dropFirst().map { $0.sums(result) })
        for (way, effects) in zip(ways.dropFirst(), effects) { way.subtract(effects, from: &result) }
      }
      ways[0].subtract(ways[0].means(result), from: &result)
    }
    return result
  }

  /// Every variable without the effects.
  func callAsFunction(_ columns: [[Double]]) -> [[Double]] { columns.map { self($0) } }
}

/// The rows of a sample by the unit, or by the period, that they belong to.
struct Grouping: Sendable {
  /// For every row its group, −1 outside the sample.
  let groupOfRow: [Int]
  /// The number of rows of each group in the sample.
  let sizes: [Int]
  /// The weight of every row; nil where all count alike.
  let weights: [Double]?
  /// The sum of the weights of each group, or its number of rows.
  let masses: [Double]

  init(_ groupOfRow: [Int], groupCount: Int, sample: [Bool]? = nil, weights: [Double]? = nil) {
    self.groupOfRow = sample.map { sample in zip(groupOfRow, sample).map { $1 ? $0 : -1 } } ?? groupOfRow
    self.weights = weights
    var sizes = [Int](repeating: 0, count: groupCount)
    for group in self.groupOfRow where group >= 0 { sizes[group] += 1 }
    self.sizes = sizes
    guard let weights else {
      masses = sizes.map(Double.init)
      return
    }
    var masses = [Double](repeating: 0, count: groupCount)
    for (row, group) in self.groupOfRow.enumerated() where group >= 0 { masses[group] += weights[row] }
    self.masses = masses
  }

  /// The same groups with weights.
  func weighted(_ weights: [Double]?) -> Grouping {
    Grouping(groupOfRow, groupCount: sizes.count, weights: weights)
  }

  /// The number of rows in the sample.
  var memberCount: Int { sizes.reduce(0, +) }

  /// The number of groups with at least one row in the sample.
  var usedGroupCount: Int { sizes.count { $0 > 0 } }

  /// The groups' sums, weighted where rows have weights.
  func sums(_ values: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: sizes.count)
    if let weights {
      for (row, group) in groupOfRow.enumerated() where group >= 0 {
        sums[group] += weights[row] * values[row]
      }
      return sums
    }
    // Rows of one group that follow each other add up in a register: in memory each would wait for the last.
    var (current, sum) = (-1, 0.0)
    for row in groupOfRow.indices {
      let group = groupOfRow[row]
      if group != current {
        if current >= 0 { sums[current] = sum }
        (current, sum) = (group, group >= 0 ? sums[group] : 0)
      }
      sum += values[row]
    }
    if current >= 0 { sums[current] = sum }
    return sums
  }

  /// The groups' means, zero where there is no row.
  func means(_ values: [Double]) -> [Double] {
    zip(sums(values), masses).map { $1 > 0 ? $0 / $1 : 0 }
  }

  func subtract(_ effects: [Double], from values: inout [Double]) {
    for row in groupOfRow.indices where groupOfRow[row] >= 0 { values[row] -= effects[groupOfRow[row]] }
  }

  /// Subtracts from each value the mean of its group, and then what rounding left of large means.
  func demean(_ values: inout [Double]) {
    for _ in 0..<2 { subtract(means(values), from: &values) }
  }

  /// Makes the values outside the sample NaN.
  fileprivate func restrict(_ values: inout [Double]) {
    precondition(values.count == groupOfRow.count, "A variable needs a value for every row.")
    for row in groupOfRow.indices {
      if groupOfRow[row] < 0 {
        values[row] = .nan
      } else {
        precondition(!values[row].isNaN, "A missing value stands inside the sample to be demeaned.")
      }
    }
  }
}

/// The normal equations of the second set of effects after the first is concentrated out.
struct LaplacianSystem: Sendable {
  /// The number of connected components of the sample: pieces without a unit or a period in common.
  let componentCount: Int
  /// The effects that are solved for; the others are zero.
  private let free: [Int]
  private let groupCount: Int
  /// The free effects' matrix, factored.
  private let factor: Cholesky

  init(eliminating first: Grouping, solvingFor second: Grouping) {
    groupCount = second.sizes.count
    var rowsOfFirst = [[Int]](repeating: [], count: first.sizes.count)
    for (row, group) in first.groupOfRow.enumerated() where group >= 0 { rowsOfFirst[group].append(row) }

    var components = DisjointSets(count: groupCount)
    for rows in rowsOfFirst {
      for row in rows { components.join(second.groupOfRow[row], second.groupOfRow[rows[0]]) }
    }
    let used = (0..<groupCount).filter { second.sizes[$0] > 0 }
    free = used.filter { components.root(of: $0) != $0 }
    componentCount = used.count - free.count

    var positionOfGroup = [Int](repeating: -1, count: groupCount)
    for (position, group) in free.enumerated() { positionOfGroup[group] = position }
    var matrix = Matrix(rowCount: free.count, columnCount: free.count)
    for (position, group) in free.enumerated() { matrix[position, position] = second.masses[group] }
    for (group, rows) in rowsOfFirst.enumerated() where !rows.isEmpty {
      let places = rows.map { (positionOfGroup[second.groupOfRow[$0]], first.weights?[$0] ?? 1) }
        .filter { $0.0 >= 0 }
      for (i, a) in places {
        for (j, b) in places { matrix[i, j] -= a * b / first.masses[group] }
      }
    }
    do {
      factor = try Cholesky(matrix)
    } catch {
      preconditionFailure("A Laplacian with one group fixed in each component is positive definite: \(error)")
    }
  }

  /// The effects λ of A λ = b, zero for one group in each component.
  func solve(_ right: [Double]) -> [Double] {
    var effects = [Double](repeating: 0, count: groupCount)
    guard let solution = try? factor.solve(free.map { right[$0] }) else {
      preconditionFailure("The right side has one element for each free group.")
    }
    for (position, group) in free.enumerated() { effects[group] = solution[position] }
    return effects
  }
}

/// The normal equations of several sets of effects after another set is concentrated out.
///
/// Their matrix is singular, for the sets overlap; it is scaled to a diagonal of ones and factored with pivoting, and the
/// effects left over by the pivots are zero.
struct ManyWaySystem: Sendable {
  /// The number of effects that the others do not determine.
  let rank: Int
  private let starts: [Int]
  private let scales: [Double]
  private let factor: PivotedCholesky

  init(eliminating first: Grouping, solvingFor others: [Grouping]) {
    var starts = [0]
    for way in others { starts.append(starts[starts.count - 1] + way.sizes.count) }
    let size = starts[starts.count - 1]
    var matrix = Matrix(rowCount: size, columnCount: size)
    var rowsOfFirst = [[Int]](repeating: [], count: first.sizes.count)
    for (row, group) in first.groupOfRow.enumerated() where group >= 0 { rowsOfFirst[group].append(row) }
    for (group, rows) in rowsOfFirst.enumerated() where !rows.isEmpty {
      let places = rows.flatMap { row in
        others.indices.map { (starts[$0] + others[$0].groupOfRow[row], first.weights?[row] ?? 1) }
      }
      for row in rows {
        let weight = first.weights?[row] ?? 1
        for (a, one) in others.enumerated() {
          for (b, other) in others.enumerated() {
            matrix[starts[a] + one.groupOfRow[row], starts[b] + other.groupOfRow[row]] += weight
          }
        }
      }
      for (i, a) in places {
        for (j, b) in places { matrix[i, j] -= a * b / first.masses[group] }
      }
    }
    self.starts = starts
    // What is left of a row's own mass decides, so that rounding is not taken for variation.
    let masses = others.flatMap(\.masses)
    scales = masses.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    do {
      factor = try PivotedCholesky(matrix.scaledOnBothSides(by: scales), tolerance: 1e-10)
    } catch {
      preconditionFailure("The normal equations of effects are square and finite: \(error)")
    }
    rank = factor.rank
  }

  /// The effects of each set for the sums of what is left of a variable.
  func solve(_ sums: [[Double]]) -> [[Double]] {
    let right = zip(sums.flatMap(\.self), scales).map { $0 * $1 }
    let effects = zip(factor.solve(right), scales).map { $0 * $1 }
    return starts.indices.dropLast().map { Array(effects[starts[$0]..<starts[$0 + 1]]) }
  }
}

/// Elements that fall into sets as pairs of them are joined.
struct DisjointSets: Sendable {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  /// The element that stands for the set of another one.
  func root(of element: Int) -> Int {
    var root = element
    while parents[root] != root { root = parents[root] }
    return root
  }

  /// Makes one set of the sets of two elements.
  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(of: a), root(of: b))
    // The smaller number stands for both, so that the choice does not depend on the order of joins.
    parents[max(a, b)] = min(a, b)
  }
}
