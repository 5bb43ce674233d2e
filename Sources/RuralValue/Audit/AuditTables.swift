extension AuditResult {
  /// One row a printed row: its cells as they were read, what b and se allow, and the verdict.
  public var rowTable: ResultTable {
    let printed = rows.map(\.printed)
    func cells(_ name: String, _ heading: Term, _ text: (PublishedTable.Row) -> String?) -> [ResultColumn] {
      let texts = printed.map(text)
      return texts.contains { $0 != nil } ? [ResultColumn(name, heading, .text(texts), missing: .blank)] : []
    }
    var columns = keyColumns(printed)
    columns += cells("estimate", Term(verbatim: "b")) { $0.estimate?.text }
    columns += cells("std_error", Term("se", zh: "标准误")) { $0.standardError?.text }
    columns += cells("statistic", Term(verbatim: "z")) { $0.statistic?.text }
    columns += cells("p_value", Term("p", zh: "p值")) { $0.pValue?.text }
    columns += cells("stars", Term("stars", zh: "星号")) { $0.stars.map(StarText.stars) }
    columns += [
      ResultColumn("verdict", Term("verdict", zh: "结论"), .term(rows.map(\.verdict.term))),
      ResultColumn(
        "allowed_statistic", Term("z by b/se", zh: "b/se所允许的z"),
        .term(intervals(\.allowedStatistic) { $0.statistic })),
      ResultColumn(
        "allowed_p_value", Term("p allowed", zh: "允许的p值"), .term(intervals(\.allowedPValue) { $0.pValue })),
      ResultColumn(
        "allowed_stars", Term("stars allowed", zh: "允许的星号"),
        .term(rows.map { $0.allowedStars.map(StarText.range) ?? Term(verbatim: "") })),
    ]
    return ResultTable(
      name: "audit", title: Term("Audit of \(table.source)", zh: "\(table.source) 的数字核对"), columns: columns,
      keyColumns: table.hasEffects ? 2 : 1, notes: [summaryNote, methodNote] + findings.map(\.text))
  }

  /// One row a check that fails, with the values that would have been consistent.
  public var failureTable: ResultTable {
    let failures = rows.flatMap { row in row.failures.map { (row: row, check: $0) } }
    return ResultTable(
      name: "audit_failures", title: Term("What does not agree", zh: "不一致之处"),
      columns: keyColumns(failures.map(\.row.printed)) + [
        ResultColumn("check", Term("check", zh: "检查"), .term(failures.map(\.check.kind.term))),
        ResultColumn(
          "printed", Term("printed", zh: "印刷值"),
          .term(
            failures.map { failure in
              failure.check.printed.isEmpty ? Term("none", zh: "无") : Term(verbatim: failure.check.printed)
            })),
        ResultColumn("allowed", Term("allowed", zh: "允许值"), .term(failures.map(\.check.allowedText))),
        ResultColumn(
          "repairs", Term("one cell that would settle it", zh: "单格修正建议"),
          .term(failures.map { Self.repairs($0.row.repairs[$0.check.kind] ?? []) })),
        ResultColumn("verdict", Term("verdict", zh: "结论"), .term(failures.map(\.check.verdict.term))),
      ], keyColumns: table.hasEffects ? 2 : 1)
  }

  private static func repairs(_ repairs: [AuditRepair]) -> Term {
    Term(
      repairs.map(\.term.english).joined(separator: ", or "),
      zh: repairs.map(\.term.chinese).joined(separator: "，或"))
  }

  /// One row a finding.
  public var findingTable: ResultTable {
    ResultTable(
      name: "audit_findings", title: Term("Findings", zh: "整体发现"),
      columns: [
        ResultColumn("finding", Term("finding", zh: "发现"), .text(findings.map(\.kind.rawValue))),
        ResultColumn("rows", Term("rows", zh: "行"), .text(findings.map { $0.rows.joined(separator: "; ") })),
        ResultColumn("text", Term("text", zh: "说明"), .term(findings.map(\.text))),
      ])
  }

  private func keyColumns(_ rows: [PublishedTable.Row]) -> [ResultColumn] {
    let terms = ResultColumn("term", Term("term", zh: "变量"), .text(rows.map(\.term)))
    guard table.hasEffects else { return [terms] }
    return [
      terms,
      ResultColumn(
        "effect", Term("effect", zh: "效应"), .term(rows.map { $0.effect?.term ?? Term(verbatim: "") })),
    ]
  }

  private func intervals(
    _ interval: (AuditedRow) -> RoundingInterval?, _ cell: (PublishedTable.Row) -> PrintedNumber?
  ) -> [Term] {
    rows.map { row in
      interval(row).map { IntervalText.term($0, decimals: cell(row.printed)?.decimals ?? 3) }
        ?? Term(verbatim: "")
    }
  }

  private var summaryNote: Term {
    let counts = AuditVerdict.allCases.map { ($0, rows($0).count) }.filter { $0.1 > 0 }
    return Term(
      "\(rows.count) rows: \(counts.map(Self.english).joined(separator: ", ")).",
      zh: "共\(rows.count)行：\(counts.map { "\($0.0.term.chinese)\($0.1)行" }.joined(separator: "，"))。")
  }

  private static func english(_ verdict: AuditVerdict, _ count: Int) -> String {
    verdict == .decisionError
      ? "\(count) decision error\(count > 1 ? "s" : "")" : "\(count) \(verdict.term.english)"
  }

  private var methodNote: Term {
    let levels = specification.levels.enumerated().map { "\(StarText.stars($0 + 1)) p < \($1)" }
    return Term(
      "Every printed number stands for all that round to it; p from \(specification.reference.name);"
        + " \(levels.joined(separator: ", ")). A decision error is on the wrong side of p <"
        + " \(specification.weakestLevel) at any rounding.",
      zh: "每个印刷数字代表所有舍入为它的数；p值依\(specification.reference.name)；\(levels.joined(separator: "，"))。"
        + "“显著性判断有误”指无论如何舍入都在p < \(specification.weakestLevel)的另一侧。")
  }
}

extension PublishedTable.Effect {
  /// The effect in both languages.
  public var term: Term {
    switch self {
    case .direct: Term("direct", zh: "直接")
    case .indirect: Term("indirect", zh: "间接")
    case .total: Term("total", zh: "总")
    }
  }
}
