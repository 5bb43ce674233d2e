/// Which published formula printed coupling degrees must have come from.
///
/// Every printed number stands for all that round to it. With the systems, a formula fits a row where the C that they allow
/// and the printed one have a point in common. Without them only what a formula can give at all speaks against it, and
/// nothing proves it.
///
/// Source: methods/evaluation.md, 2.5 and 2.6.
public struct CouplingExplanation: Sendable, Equatable {
  let printed: PrintedCoupling
  let findings: [Finding]
  /// What T is a multiple of Σ aU by, in all rows, where that is not one.
  let levelFactor: RoundingInterval?

  /// One formula held to all rows of a printed column.
  struct Finding: Sendable, Equatable {
    /// The printed column.
    let column: String
    /// Its key: that of a `CouplingFormula`, or of a relation between columns.
    let key: String
    let formula: Phrase
    let fit: Fit
    /// How many rows could be held to it, and how many of them agree.
    let rows: Int
    let fitting: Int
    /// The first row that does not agree.
    let firstMisfit: String?
  }

  /// How a formula stands to a printed column.
  enum Fit: String, Sendable {
    /// Agrees with every row in which the systems are known.
    case yes
    /// Agrees with every row, but the systems are not known: not ruled out, and not proved.
    case possible
    /// Does not agree with some row, whatever the rounding.
    case no

    var phrase: Phrase {
      switch self {
      case .yes: Phrase("yes", zh: "符合")
      case .possible: Phrase("possible", zh: "未排除")
      case .no: Phrase("no", zh: "不符")
      }
    }
  }

  /// Holds printed degrees to every formula, with the systems' weights, which add up to one.
  public init(_ printed: PrintedCoupling, weights: [Double]) {
    self.printed = printed
    let hasEqualWeights = weights.allSatisfy { $0 == weights[0] }
    var findings: [Finding] = []
    for (place, column) in printed.columns.enumerated() {
      for formula in CouplingFormula.applicable(weights: weights) {
        findings.append(
          Self.finding(printed, column.coupling, formula.rawValue, formula.phrase) { row in
            guard let coupling = row.coupling[place] else { return nil }
            if let systems = row.systems {
              return formula.interval(systems, weights: weights).map { ($0.overlaps(coupling), true) }
            }
            let level = hasEqualWeights ? row.level : nil
            return (formula.possible(count: weights.count, level: level).overlaps(coupling), false)
          })
      }
    }
    let sums = printed.rows.map { row in row.systems.map { Self.weightedSum($0, weights) } }
    findings.append(
      Self.finding(printed, printed.levelColumn ?? "T", "t_weighted_sum", Phrase(verbatim: "T = ΣaU")) {
        row in
        guard let level = row.level, let systems = row.systems else { return nil }
        return (Self.weightedSum(systems, weights).overlaps(level), true)
      })
    let isSum = findings.last?.fit == .yes
    levelFactor = isSum ? nil : Self.commonFactor(printed.rows, sums)
    for (place, column) in printed.columns.enumerated() where column.coordination != nil {
      findings.append(
        Self.finding(
          printed, column.coordination ?? "", "d_squared_is_ct",
          Phrase(verbatim: "\(column.coordination ?? "")² = \(column.coupling)·T")
        ) { row in
          guard let coupling = row.coupling[place]?.nonNegative,
            let own = row.coordination[place]?.nonNegative,
            let level = (row.level ?? row.systems.map { Self.weightedSum($0, weights) })
          else { return nil }
          let least = max(level.lower, 0)
          return (
            RoundingInterval(own.lower * own.lower, own.upper * own.upper).overlaps(
              RoundingInterval(coupling.lower * least, coupling.upper * max(level.upper, 0))), true
          )
        })
    }
    if weights.count == 2, printed.systemsFrom == .none,
      let classical = printed.columns.firstIndex(where: { $0.form == .classical }),
      let corrected = printed.columns.firstIndex(where: { $0.form == .corrected })
    {
      findings.append(
        Self.finding(
          printed, "c_classical, c_corrected", "implied_systems",
          Phrase("both C of two systems in [0, 1]", zh: "两种C隐含的两系统均在[0,1]内")
        ) { row in
          guard let one = row.coupling[classical], let other = row.coupling[corrected]
          else { return nil }
          return (ImpliedSystems.arePossible(classical: one, corrected: other), false)
        })
    }
    self.findings = findings.filter { $0.rows > 0 }
  }

  /// A formula's finding from what each row says: nil where it says nothing, else whether it agrees, and whether that is
  /// from the systems themselves.
  private static func finding(
    _ printed: PrintedCoupling, _ column: String, _ key: String, _ formula: Phrase,
    _ verdict: (PrintedCoupling.Row) -> (agrees: Bool, isComplete: Bool)?
  ) -> Finding {
    let verdicts = printed.rows.map { ($0.name, verdict($0)) }
    let known = verdicts.compactMap { name, verdict in verdict.map { (name, $0) } }
    let misfit = known.first { !$0.1.agrees }
    return Finding(
      column: column, key: key, formula: formula,
      fit: misfit != nil ? .no : known.contains { $0.1.isComplete } ? .yes : .possible, rows: known.count,
      fitting: known.count { $0.1.agrees }, firstMisfit: misfit?.0)
  }

  /// Σ aU of systems within their roundings.
  private static func weightedSum(_ systems: [RoundingInterval], _ weights: [Double]) -> RoundingInterval {
    RoundingInterval(
      zip(systems, weights).reduce(0) { $0 + $1.0.lower * $1.1 },
      zip(systems, weights).reduce(0) { $0 + $1.0.upper * $1.1 })
  }

  /// What T can be a multiple of Σ aU by in every row; nil where no factor serves all, or fewer than two rows tell.
  private static func commonFactor(
    _ rows: [PrintedCoupling.Row], _ sums: [RoundingInterval?]
  ) -> RoundingInterval? {
    var factor: RoundingInterval?
    var count = 0
    for (row, sum) in zip(rows, sums) {
      guard let level = row.level, let sum, sum.lower > 0 else { continue }
      let own = level.divided(byPositive: sum)
      count += 1
      guard let known = factor else {
        factor = own
        continue
      }
      guard known.overlaps(own) else { return nil }
      let low = max(known.lower, own.lower)
      factor = RoundingInterval(low, max(low, min(known.upper, own.upper)))
    }
    return count > 1 ? factor : nil
  }
}
