extension AuditResult {
  /// One row a printed row: its cells as they were read, what b and se allow, and the verdict.
  public var rowTable: ResultTable {
    let printed = rows.map(\.printed)
    let marks = specification.convention.marks
    func cells(_ name: String, _ heading: Phrase, _ text: (PublishedTable.Row) -> String?) -> [ResultColumn] {
      let texts = printed.map(text)
      return texts.contains { $0 != nil } ? [ResultColumn(name, heading, .text(texts), missing: .blank)] : []
    }
    var columns = keyColumns(printed)
    columns += cells("estimate", Phrase(verbatim: "b")) { $0.estimate?.text }
    columns += cells("std_error", Phrase("se", zh: "标准误")) { $0.standardError?.text }
    columns += cells("statistic", Phrase(verbatim: "z")) { $0.statistic?.text }
    columns += cells("p_value", Phrase("p", zh: "p值")) { $0.pValue?.text }
    columns += cells("stars", Phrase("stars", zh: "星号")) { $0.mark }
    columns += [
      ResultColumn("verdict", Phrase("verdict", zh: "结论"), .phrase(rows.map(\.verdict.phrase))),
      ResultColumn(
        "allowed_statistic", Phrase("z by b/se", zh: "b/se所允许的z"),
        .phrase(intervals(\.allowedStatistic) { $0.statistic })),
      ResultColumn(
        "allowed_p_value", Phrase("p allowed", zh: "允许的p值"), .phrase(intervals(\.allowedPValue) { $0.pValue })
      ),
      ResultColumn(
        "allowed_stars", Phrase("stars allowed", zh: "允许的星号"),
        .phrase(rows.map { $0.allowedStars.map { StarText.range($0, of: marks) } ?? Phrase(verbatim: "") })),
    ]
    return ResultTable(
      name: "audit", title: Phrase("Audit of \(table.source)", zh: "\(table.source) 的数字核对"), columns: columns,
      keyColumns: keyCount, notes: [summaryNote, methodNote] + findings.map(\.text))
  }

  /// One row a check that fails, with the values that would have been consistent.
  public var failureTable: ResultTable {
    let failures = rows.flatMap { row in row.failures.map { (row: row, check: $0) } }
    return ResultTable(
      name: "audit_failures", title: Phrase("What does not agree", zh: "不一致之处"),
      columns: keyColumns(failures.map(\.row.printed)) + placeColumns(failures.map(\.row.printed)) + [
        ResultColumn("check", Phrase("check", zh: "检查"), .phrase(failures.map(\.check.kind.phrase))),
        ResultColumn(
          "printed", Phrase("printed", zh: "印刷值"),
          .phrase(
            failures.map { failure in
              failure.check.printed.isEmpty
                ? Phrase("none", zh: "无") : Phrase(verbatim: failure.check.printed)
            })),
        ResultColumn("allowed", Phrase("allowed", zh: "允许值"), .phrase(failures.map(\.check.allowedText))),
        ResultColumn(
          "repairs", Phrase("one cell that would settle it", zh: "单格修正建议"),
          .phrase(failures.map { Self.repairs($0.row.repairs[$0.check.kind] ?? []) })),
        ResultColumn("verdict", Phrase("verdict", zh: "结论"), .phrase(failures.map(\.check.verdict.phrase))),
      ], keyColumns: keyCount)
  }

  private static func repairs(_ repairs: [AuditRepair]) -> Phrase {
    Phrase(
      repairs.map(\.phrase.english).joined(separator: ", or "),
      zh: repairs.map(\.phrase.chinese).joined(separator: "，或"))
  }

  /// One row a finding.
  public var findingTable: ResultTable {
    ResultTable(
      name: "audit_findings", title: Phrase("Findings", zh: "整体发现"),
      columns: [
        ResultColumn("finding", Phrase("finding", zh: "发现"), .text(findings.map(\.kind.rawValue))),
        ResultColumn(
          "rows", Phrase("rows", zh: "行"), .text(findings.map { $0.rows.joined(separator: "; ") })),
        ResultColumn("text", Phrase("text", zh: "说明"), .phrase(findings.map(\.text))),
      ])
  }

  private func keyColumns(_ rows: [PublishedTable.Row]) -> [ResultColumn] {
    var columns = [ResultColumn.terms("term", Phrase("term", zh: "变量"), rows.map(\.term))]
    if table.hasEffects {
      columns.append(
        ResultColumn(
          "effect", Phrase("effect", zh: "效应"),
          .phrase(rows.map { $0.effect?.phrase ?? Phrase(verbatim: "") })))
    }
    if hasColumns {
      columns.append(
        ResultColumn("column", Phrase("column", zh: "列"), .text(rows.map(\.column)), missing: .blank))
    }
    return columns
  }

  /// Whether the table has several models.
  private var hasColumns: Bool { rows.contains { $0.printed.column != nil } }

  private var keyCount: Int { 1 + (table.hasEffects ? 1 : 0) + (hasColumns ? 1 : 0) }

  /// Where a row stands, of a table in a document.
  private func placeColumns(_ rows: [PublishedTable.Row]) -> [ResultColumn] {
    guard let place = table.place else { return [] }
    let heading = place.countsRows ? Phrase("row", zh: "行") : Phrase("line", zh: "行号")
    return [ResultColumn("line", heading, .integer(rows.map { $0.line }))]
  }

  private func intervals(
    _ interval: (AuditedRow) -> RoundingInterval?, _ cell: (PublishedTable.Row) -> PrintedNumber?
  ) -> [Phrase] {
    rows.map { row in
      interval(row).map { IntervalText.phrase($0, decimals: cell(row.printed)?.decimals ?? 3) }
        ?? Phrase(verbatim: "")
    }
  }

  private var summaryNote: Phrase {
    let counts = AuditVerdict.allCases.map { ($0, rows($0).count) }.filter { $0.1 > 0 }
    return Phrase(
      "\(rows.count) rows: \(counts.map(Self.english).joined(separator: ", ")).",
      zh: "共\(rows.count)行：\(counts.map { "\($0.0.phrase.chinese)\($0.1)行" }.joined(separator: "，"))。")
  }

  private static func english(_ verdict: AuditVerdict, _ count: Int) -> String {
    verdict == .decisionError
      ? "\(count) decision error\(count > 1 ? "s" : "")" : "\(count) \(verdict.phrase.english)"
  }

  private var methodNote: Phrase {
    let levels = specification.convention.text
    let least = rows.compactMap(\.printed.leastDegrees).min().map { FixedDecimals.text($0, atMost: 0) }
    let reference = specification.reference
    let isOpen = least != nil && reference == AuditReference()
    let others =
      isOpen
      ? " or t with the degrees of freedom that units or observations leave (\(least ?? "") or more)" : ""
    let chinese = isOpen ? "或由个体数、样本量所定自由度（不少于\(least ?? "")）的t分布" : ""
    return Phrase(
      "Every printed number stands for all that round to it; p from \(reference.name)\(others);"
        + " \(levels). A decision error is on the wrong side of p <"
        + " \(specification.weakestLevel) at any rounding.",
      zh: "每个印刷数字代表所有舍入为它的数；p值依\(reference.name)\(chinese)；\(levels.replacing(", ", with: "，"))。"
        + "“显著性判断有误”指无论如何舍入都在p < \(specification.weakestLevel)的另一侧。")
  }
}

extension PublishedTable.Effect {
  /// The effect in both languages.
  public var phrase: Phrase {
    switch self {
    case .direct: Phrase("direct", zh: "直接")
    case .indirect: Phrase("indirect", zh: "间接")
    case .total: Phrase("total", zh: "总")
    }
  }
}
