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
/// for panels that fall apart, and nothing is iterated. Source: Wansbeek and Kapteyn (1989), Estimation of
/// the error-components model with incomplete panels, Journal of Econometrics 41, section 2.
public struct Demeaning: Sendable {
  /// The number of effects removed, which is the rank of their dummies: the degrees of freedom they cost.
  public let rank: Int

  /// None, one or two sets of effects; in an unbalanced sample the larger of two first.
  private let ways: [Grouping]
  /// The effects of the second way in an unbalanced sample.
  private let secondEffects: LaplacianSystem?

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

  /// The transformation that takes out up to two sets of effects of the same rows.
  init(_ ways: [Grouping]) {
    precondition(ways.count <= 2, "There are \(ways.count) sets of effects; expected two at the most.")
    let counts = ways.map(\.usedGroupCount)
    let isBalanced = ways.count < 2 || ways[0].memberCount == counts[0] * counts[1]
    self.ways = isBalanced || counts[0] >= counts[1] ? ways : ways.reversed()
    secondEffects = isBalanced ? nil : LaplacianSystem(eliminating: self.ways[0], solvingFor: self.ways[1])
    // A connected component of a balanced sample, which is one, has an effect too many.
    let components = secondEffects?.componentCount ?? (ways.count < 2 ? 0 : 1)
    rank = max(0, counts.reduce(0, +) - components)
  }

  /// The variable without the effects; NaN outside the sample.
  ///
  /// Inside the sample every value must be a number: a missing one there is the caller's error.
  public func callAsFunction(_ values: [Double]) -> [Double] {
    var result = values
    ways.first?.restrict(&result)
    guard let secondEffects else {
      for way in ways { way.demean(&result) }
      return result
    }
    // The second pass removes what rounding left of large means: a projection may be applied twice.
    for _ in 0..<2 {
      ways[0].subtract(ways[0].means(result), from: &result)
      ways[1].subtract(secondEffects.solve(ways[1].sums(result)), from: &result)
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

  init(_ groupOfRow: [Int], groupCount: Int, sample: [Bool]? = nil) {
    self.groupOfRow = sample.map { sample in zip(groupOfRow, sample).map { $1 ? $0 : -1 } } ?? groupOfRow
    var sizes = [Int](repeating: 0, count: groupCount)
    for group in self.groupOfRow where group >= 0 { sizes[group] += 1 }
    self.sizes = sizes
  }

  /// The number of rows in the sample.
  var memberCount: Int { sizes.reduce(0, +) }

  /// The number of groups with at least one row in the sample.
  var usedGroupCount: Int { sizes.count { $0 > 0 } }

  func sums(_ values: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: sizes.count)
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
    zip(sums(values), sizes).map { $1 > 0 ? $0 / Double($1) : 0 }
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
    for (position, group) in free.enumerated() { matrix[position, position] = Double(second.sizes[group]) }
    for rows in rowsOfFirst where !rows.isEmpty {
      let positions = rows.map { positionOfGroup[second.groupOfRow[$0]] }.filter { $0 >= 0 }
      for i in positions {
        for j in positions { matrix[i, j] -= 1 / Double(rows.count) }
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
