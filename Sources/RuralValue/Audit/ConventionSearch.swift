internal import RuralValueNumerics

/// Which meaning of the stars explains a table: each that is usual is held to every row.
///
/// Conventions are compared by how many rows they explain, as far as rows say more than chance, and by how usual
/// they are. Where even the best explains no more rows than stars that were thrown would, the most usual is taken.
struct ConventionSearch: Equatable {
  /// A convention held to the rows.
  struct Trial: Equatable {
    let convention: StarConvention
    /// The rows whose mark it allows.
    let fitting: [String]
    /// The rows that would be on the wrong side of its weakest level.
    let decisionErrors: [String]
    /// How often it is met.
    let share: Double
    /// The logarithm of its likelihood and its share together.
    let score: Double
  }

  /// The rows that print a mark, or none, beside something from which p follows.
  let judged: [String]
  /// The conventions that have every printed mark, the likeliest first.
  let trials: [Trial]
  /// How many rows fit by chance: all the same, whatever the levels.
  let chance: Double
  /// Whether the rows tell none of the widespread conventions from another.
  var tellsNothing: Bool {
    let widespread = trials.filter { $0.share >= 0.1 }
    return widespread.count > 1 && Set(widespread.map(\.fitting)).count == 1
      && widespread[0].fitting == trials[0].fitting
  }
  /// Whether the best explains no more rows than chance would.
  var isAtChance: Bool { Double(trials.first.map { $0.fitting.count } ?? 0) <= chance + 1e-9 }

  /// Nil where no row has a mark and a p value, or no mark is printed at all.
  init?(_ table: PublishedTable, _ reference: AuditReference) {
    let rows = table.rows.compactMap { row -> (name: String, mark: String, pValues: [RoundingInterval])? in
      guard let mark = row.mark else { return nil }
      let pValues = row.impliedPValues(reference)
      return pValues.isEmpty ? nil : (row.name, mark, pValues)
    }
    let printed = Set(table.rows.compactMap(\.mark)).subtracting([""])
    guard !rows.isEmpty, !printed.isEmpty else { return nil }
    let all = StarConvention.usual(weak: printed.first(where: MarkText.isWeak))
    let able = all.filter { usual in printed.allSatisfy(usual.convention.marks.contains) }
    func fits(_ convention: StarConvention, _ row: (name: String, mark: String, pValues: [RoundingInterval]))
      -> Bool
    {
      row.pValues.allSatisfy { convention.ranks(of: $0).contains(convention.rank(of: row.mark)) }
    }
    let kinds = Double(max(2, printed.count + 1))
    let tried = (able.isEmpty ? all : able).map { usual in
      (usual: usual, fitting: rows.filter { fits(usual.convention, $0) }.map(\.name))
    }
    let count = Double(rows.count)
    let most = Double(tried.map(\.fitting.count).max() ?? 0)
    // The share of misprinted rows by the best convention, half a row added, and no more than chance has.
    let error = min((count - most + 0.5) / (count + 1), (kinds - 1) / kinds)
    let weight = log((1 - error) * (kinds - 1) / error)
    let marked = Double(rows.count { !$0.mark.isEmpty })
    judged = rows.map(\.name)
    chance = count / kinds
    trials = tried.map { trial in
      let convention = trial.usual.convention
      let unused = convention.marks.count { !printed.contains($0) }
      let kept = Double(convention.marks.count - unused) / Double(convention.marks.count)
      return Trial(
        convention: convention, fitting: trial.fitting,
        decisionErrors: rows.filter { row in
          row.pValues.contains { p in
            let allowed = convention.ranks(of: p)
            return row.mark.isEmpty ? allowed.lowerBound > 0 : allowed.upperBound == 0
          }
        }.map(\.name), share: trial.usual.share,
        // Marks that the convention has and the table never prints speak against it, the more rows are marked.
        score: Double(trial.fitting.count) * weight + log(trial.usual.share)
          + max(-4, marked * log(max(kept, 0.1))))
    }.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
  }

  /// The trial of a convention that may not be among the usual ones.
  static func fitting(_ convention: StarConvention, _ table: PublishedTable, _ reference: AuditReference)
    -> [String]
  {
    table.rows.filter { row in
      guard let mark = row.mark else { return false }
      let pValues = row.impliedPValues(reference)
      return !pValues.isEmpty
        && pValues.allSatisfy { convention.ranks(of: $0).contains(convention.rank(of: mark)) }
    }.map(\.name)
  }
}

extension PublishedTable.Row {
  /// The p values that the row prints or that follow from z and from b/se.
  func impliedPValues(_ reference: AuditReference) -> [RoundingInterval] {
    let reference = reference.reaching(leastDegrees)
    return [
      pValue?.probability, statistic.map { reference.pValues(of: $0.interval) },
      (hasNegativeError ? nil : ratio).map(reference.pValues),
    ].compactMap(\.self)
  }
}
