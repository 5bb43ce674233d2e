/// The groups that a panel's units belong to, by a column.
struct UnitGroups {
  /// For each unit of the panel the number of its group; nil where it has no row among those that count.
  let groupOfUnit: [Int?]
  /// The groups that are there.
  let present: [Int]
  private let labels: [String]

  /// Throws `GroupComparisonError` for a unit in two groups and for fewer than two groups.
  init(
    _ panel: Panel, _ codes: [Int?], rows: [Int], column: String, labels: [String]?
  ) throws(GroupComparisonError) {
    var groupOfUnit = [Int?](repeating: nil, count: panel.units.count)
    let labels = labels ?? []
    func label(_ group: Int) -> String { labels.indices.contains(group) ? labels[group] : "\(group)" }
    for row in rows {
      guard let group = codes[row] else { continue }
      let unit = panel.unitOfRow[row]
      if let known = groupOfUnit[unit], known != group {
        throw .changing(
          column: column, unit: panel.units[unit], unitColumn: panel.unitColumn,
          groups: [label(known), label(group)])
      }
      groupOfUnit[unit] = group
    }
    let present = Set(groupOfUnit.compactMap(\.self)).sorted()
    guard present.count >= 2 else { throw .tooFew(column: column, groups: present.map(label)) }
    self.groupOfUnit = groupOfUnit
    self.present = present
    self.labels = labels
  }

  /// What a group is called.
  func label(_ group: Int) -> String { labels.indices.contains(group) ? labels[group] : "\(group)" }
}

/// What can keep a model from being compared between groups.
public enum GroupComparisonError: Fault {
  /// A unit in two groups.
  case changing(column: String, unit: String, unitColumn: String, groups: [String])
  /// Fewer than two groups.
  case tooFew(column: String, groups: [String])
  /// A group in which the model cannot be estimated.
  case group(column: String, label: String, reason: String)

  /// The column is off, or the numbers of a group.
  public var kind: FaultKind {
    switch self {
    case .changing, .tooFew: .data
    case .group: .numerical
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .changing(let column, let unit, let unitColumn, let groups):
      "\(Setting("by")) \(column): \(unitColumn) \"\(unit)\" is in \(groups.map { "\"\($0)\"" }.joined(separator: " and in "))"
        + ", in different periods. Groups are of units; give the unit one group for all periods, as that of the first year."
    case .tooFew(let column, let groups):
      "\(Setting("by")) \(column) has \(groups.isEmpty ? "no group" : "the one group \"\(groups[0])\"") among the rows of the"
        + " model; expected two or more."
    case .group(let column, let label, let reason):
      "In the group \(column) = \(label) the model cannot be estimated. \(reason)"
    }
  }
}

extension Panel {
  /// The panel of some of the units, by their place, in their order.
  func keeping(units kept: [Int]) throws(PanelError) -> Panel {
    let isKept = Set(kept)
    let rows = (0..<rowCount).filter { isKept.contains(unitOfRow[$0]) }
    let panel = try Panel(
      source: source, unitColumn: unitColumn, timeColumn: timeColumn, unitOfRow: rows.map(unit(ofRow:)),
      timeOfRow: rows.map(period(ofRow:)), frequency: frequency, hasPeriods: hasPeriods, keyNotes: keyNotes,
      lines: rows.map { lines[$0] },
      variables: variableNames.indices.map { place in
        (variableNames[place], rows.map { columns[place][$0] })
      }, sourceOfRow: sourceOfRow.map { sources in rows.map { sources[$0] } })
    // A step that was stated holds for the part as well.
    return panel.periodStep == periodStep ? panel : try panel.steppingBy(periodStep)
  }
}

extension GroupComparison {
  /// Estimates a model in each group of a panel's units, by a column that the panel holds, and compares.
  ///
  /// `fit` gives the model of a part of the panel, with estimates besides its coefficients, such as effects. With
  /// `permutations` units are assigned to groups of the same sizes at random, and all is estimated anew; what cannot be
  /// estimated then is left out. Throws `GroupComparisonError`, and what the panel throws.
  public static func fitting(
    _ panel: Panel, column: String, labels: [String]?, permutations: Int = 0, seed: UInt64 = 1,
    notes: [Phrase] = [], fit: (Panel) throws -> (model: any FittedModel, further: [Estimate])
  ) throws -> GroupComparison {
    let groups = try UnitGroups(
      panel, panel.groups(of: column), rows: Array(0..<panel.rowCount), column: column, labels: labels)
    func part(_ units: [Int]) throws -> (model: any FittedModel, further: [Estimate]) {
      try fit(try panel.keeping(units: units))
    }
    let models = try groups.present.map { group in
      let units = groups.groupOfUnit.indices.filter { groups.groupOfUnit[$0] == group }
      do {
        let (model, further) = try part(units)
        return (label: groups.label(group), model: model, further: further)
      } catch let fault as any Fault {
        throw GroupComparisonError.group(
          column: column, label: groups.label(group), reason: fault.description)
      }
    }
    let comparison = GroupComparison(column: column, independent: models, notes: notes)
    guard permutations > 0 else { return comparison }
    let number = groups.present.positions
    let units = groups.groupOfUnit.indices.filter { groups.groupOfUnit[$0] != nil }
    let parameters = comparison.differences.map(\.parameter)
    let result = GroupPermutations(
      groupOfUnit: units.map { number[groups.groupOfUnit[$0]!]! }, groupCount: groups.present.count,
      permutations: permutations, seed: seed, triesAll: false
    ) { assignment in
      let own = groups.present.indices.map { group -> [Double]? in
        let chosen = assignment.indices.filter { assignment[$0] == group }.map { units[$0] }
        guard let model = try? part(chosen).model else { return nil }
        let values = parameters.map { model.coefficient($0)?.value ?? .nan }
        return values.contains { $0.isNaN } ? nil : values
      }
      return own.contains { $0 == nil } ? nil : own.compactMap(\.self)
    }
    guard let result else { return comparison }
    return GroupComparison(
      column: column, groups: comparison.groups,
      differences: zip(comparison.differences, result.pValues).map { difference, p in
        Difference(
          parameter: difference.parameter, estimate: difference.estimate, test: difference.test,
          permutationP: p)
      }, tests: comparison.tests + [result.test(column)],
      notes: comparison.notes + [
        Phrase(
          "p by permutation: \(result.count) of \(permutations) random assignments of units to groups of the same sizes gave an"
            + " estimate, seed \(seed); the null is that units are exchangeable, not only that slopes are equal.",
          zh: "置换检验p值：按相同组规模随机重新分配个体\(permutations)次，其中\(result.count)次可估计，种子\(seed)；原假设为个体可交换，而不仅是斜率相等。")
      ])
  }
}

extension DynamicPanelResult {
  /// The result with the test of a difference between groups behind its own.
  public func adding(_ groups: GroupComparison) -> DynamicPanelResult {
    var result = self
    result.tests += groups.tests
    return result
  }
}

extension SpatialDurbinResult {
  /// The result with the test of a difference between groups behind its own.
  public func adding(_ groups: GroupComparison) -> SpatialDurbinResult {
    var result = self
    result.tests += groups.tests
    return result
  }
}
