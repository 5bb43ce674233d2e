internal import RuralValueNumerics

/// Rows named as interactions (`P×C`) that are in truth sums of the rows P and C.
struct CombinationSearch: Equatable {
  /// The rows that take part as main effects.
  let mains: [PublishedTable.Row]
  /// The rows named by two or more of them.
  let combinations: [PublishedTable.Row]
  /// For each main effect and then each combination, which main effects it adds up, as zeros and ones.
  let sums: [[Double]]
  /// The combinations whose estimate is the sum of the printed main effects to the last decimal.
  let exactRows: [String]
  /// The combinations whose estimate is such a sum within rounding, each looked at alone.
  let possibleRows: [String]
  /// Main effects that give all estimates as nearly as can be.
  let solution: LinearFeasibility
  /// A covariance for all standard errors, where they are printed and the estimates are sums.
  let covariance: CovarianceFeasibility?

  /// The characters that join factors in a row's name.
  static let separators = "×*:✕⨯·"

  /// The factors of a name: `P×C` has P and C.
  static func factors(of term: String) -> [String] {
    term.split(whereSeparator: separators.contains).map { CellText.trimmed(String($0)) }
  }

  /// Nil where no row is named by others.
  init?(_ table: PublishedTable) {
    guard !table.hasEffects else { return nil }
    let candidates = table.rows.filter { row in
      let factors = Self.factors(of: row.term)
      return factors.count >= 2 && Set(factors).count == factors.count && row.estimate != nil
        && factors.allSatisfy { table.row($0)?.estimate != nil }
    }
    guard !candidates.isEmpty else { return nil }
    let factors = candidates.map { Set(Self.factors(of: $0.term)) }
    let mains = table.rows.filter { row in factors.contains { $0.contains(row.term) } }
    let rows = mains + candidates
    let sums =
      mains.map { main in mains.map { $0.term == main.term ? 1.0 : 0 } }
      + factors.map { factors in mains.map { factors.contains($0.term) ? 1.0 : 0 } }
    self.mains = mains
    combinations = candidates
    self.sums = sums
    let printed = rows.compactMap { $0.estimate?.interval }
    let names = candidates.map(\.name)
    let added = sums.dropFirst(mains.count).map { sum in
      zip(sum, printed).filter { $0.0 > 0 }.map(\.1).reduce(RoundingInterval(0, 0), +)
    }
    let cells = Array(printed.dropFirst(mains.count))
    exactRows = names.indices.filter {
      abs(added[$0].middle - cells[$0].middle) < 1e-6 * cells[$0].radius
    }.map { names[$0] }
    possibleRows = names.indices.filter { added[$0].overlaps(cells[$0]) }.map { names[$0] }
    solution = LinearFeasibility(
      sums: sums, values: printed, start: printed.prefix(mains.count).map(\.middle))
    covariance = solution.isFeasible ? Self.covariance(rows, mains: mains.count, sums: sums) : nil
  }

  private static func covariance(
    _ rows: [PublishedTable.Row], mains: Int, sums: [[Double]]
  ) -> CovarianceFeasibility? {
    let errors = rows.compactMap { $0.standardError?.interval }
    guard errors.count == rows.count, errors.allSatisfy({ $0.upper > 0 }), mains <= 12 else { return nil }
    return try? CovarianceFeasibility(
      sums: sums, errors: errors, scales: errors.prefix(mains).map { max($0.middle, $0.radius) })
  }

  /// Whether the sums are more than a coincidence: all agree, or most of at least three.
  private var isWorthSaying: Bool {
    solution.isFeasible || (combinations.count >= 3 && 2 * possibleRows.count > combinations.count)
  }

  var findings: [AuditFinding] {
    guard isWorthSaying else { return [] }
    return [solution.isFeasible ? sumsFinding : misfitFinding]
      + (covariance.map { [covarianceFinding($0)] } ?? [])
  }

  private var names: [String] { combinations.map(\.name) }

  private var values: [JSONMember] {
    [
      JSONMember(
        "main_effects",
        .object(zip(mains, solution.solution).map { JSONMember($0.term, .number($1)) })),
      JSONMember("exact", JSONValue(exactRows)), JSONMember("within_rounding", JSONValue(possibleRows)),
      JSONMember("feasible", .boolean(solution.isFeasible)),
    ]
  }

  private var sumsFinding: AuditFinding {
    let numbers = zip(mains, solution.solution).map { main, value in
      "\(main.term) \(IntervalText.number(value, max(1, (main.estimate?.decimals ?? 3) + 1)))"
    }.joined(separator: ", ")
    let (count, exact) = (combinations.count, exactRows.count)
    let rest = count == exact ? "" : ", \(count - exact) within rounding"
    return AuditFinding(
      .combinations, rows: names,
      Phrase(
        "The \(count) rows named as interactions are sums of the \(mains.count) main effects (\(exact) to every"
          + " printed decimal\(rest)): \(numbers) give all \(mains.count + count) estimates. Coefficients of"
          + " products would not do so; these are linear combinations.",
        zh: "\(count)个以交互项命名的行均为\(mains.count)个主效应之和（\(exact)个与印刷数字完全一致，其余在舍入范围内）：由"
          + "\(numbers)可得全部\(mains.count + count)个系数。乘积项的系数不会如此，这些是线性组合。"),
      values: values)
  }

  private var misfitFinding: AuditFinding {
    let others = names.filter { !possibleRows.contains($0) }
    let remainder =
      others.isEmpty
      ? Phrase("each agrees alone, not all together", zh: "逐个相符但不能同时成立")
      : Phrase("not \(others.joined(separator: ", "))", zh: "\(others.joined(separator: "、"))除外")
    return AuditFinding(
      .combinations, rows: possibleRows,
      Phrase(
        "\(possibleRows.count) of \(combinations.count) rows named as interactions are sums of main effects"
          + " within rounding (\(remainder.english)). They may be linear combinations, not products.",
        zh: "\(combinations.count)个以交互项命名的行中有\(possibleRows.count)个在舍入范围内等于主效应之和（\(remainder.chinese)），"
          + "可能是线性组合而非乘积项。"),
      values: values)
  }

  private func covarianceFinding(_ covariance: CovarianceFeasibility) -> AuditFinding {
    let k = mains.count
    let count = sums.count
    let matrix = JSONValue.array(
      (0..<k).map { i in .array((0..<k).map { .number(covariance.covariance[i, $0]) }) })
    return AuditFinding(
      .covariance, rows: (mains + combinations).map(\.name),
      covariance.isFeasible
        ? Phrase(
          "One positive-definite \(k) × \(k) covariance of the main effects gives all \(count) standard errors.",
          zh: "存在一个\(k)×\(k)正定协方差矩阵，可同时得出全部\(count)个标准误。")
        : Phrase(
          "No positive-definite covariance of the \(k) main effects gives all \(count) standard errors within"
            + " their rounding.",
          zh: "不存在能在舍入范围内同时得出全部\(count)个标准误的\(k)个主效应的正定协方差矩阵。"),
      values: [
        JSONMember("feasible", .boolean(covariance.isFeasible)),
        JSONMember("terms", JSONValue(mains.map(\.term))),
        JSONMember("covariance", covariance.isFeasible ? matrix : .null),
      ])
  }
}
