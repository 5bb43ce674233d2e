extension ComparisonResult {
  /// One row a printed cell: the paper's number, the program's, and the verdict.
  public var cellTable: ResultTable {
    let rows = cells.map(\.row)
    var columns = [ResultColumn.terms("term", Phrase("term", zh: "变量"), rows.map(\.term))]
    if table.hasEffects {
      columns.append(
        ResultColumn(
          "effect", Phrase("effect", zh: "效应"),
          .phrase(rows.map { $0.effect?.phrase ?? Phrase(verbatim: "") })))
    }
    columns += [
      ResultColumn("quantity", Phrase("quantity", zh: "数量"), .phrase(cells.map(\.quantity.phrase))),
      ResultColumn("printed", Phrase("printed", zh: "印刷值"), .text(cells.map(\.printed)), missing: .blank),
      number("program", Phrase("program", zh: "程序值"), \.program, decimals: 2),
      number("lower", Phrase("from", zh: "下界"), \.interval.lower, decimals: 1),
      number("upper", Phrase("to", zh: "上界"), \.interval.upper, decimals: 1),
      ResultColumn("verdict", Phrase("verdict", zh: "结论"), .phrase(cells.map(\.verdict.phrase))),
      ResultColumn(
        "off_by", Phrase("off by", zh: "相差"),
        .number(cells.map { $0.verdict == .agrees ? .nan : $0.distance }), display: .fixedDecimals(1),
        missing: .blank),
    ]
    return ResultTable(
      name: "comparison", title: title, columns: columns, keyColumns: table.hasEffects ? 3 : 2,
      sections: sections, notes: notes)
  }

  /// One row a quantity and one for all: how many cells agree.
  public var summaryTable: ResultTable {
    let groups = quantities.map { ($0.rawValue, $0.phrase, cells($0), specification.required.contains($0)) }
    let isAllRequired = groups.allSatisfy { $0.3 }
    let all = ("all", Phrase("all", zh: "全部"), cells, isAllRequired)
    let rows = groups + [all]
    func counts(_ verdict: CellVerdict) -> ResultValues {
      .integer(rows.map { row in row.2.count { $0.verdict == verdict } })
    }
    return ResultTable(
      name: "comparison_summary", title: Phrase("How many cells agree", zh: "一致的单元格数"),
      columns: [
        ResultColumn("quantity", Phrase("quantity", zh: "数量"), .phrase(rows.map(\.1))),
        ResultColumn("cells", Phrase("cells", zh: "单元格"), .integer(rows.map(\.2.count))),
        ResultColumn("agree", Phrase("agree", zh: "一致"), counts(.agrees)),
        ResultColumn("within_tolerance", Phrase("within tolerance", zh: "在容差内"), counts(.withinTolerance)),
        ResultColumn("off", Phrase("off", zh: "不一致"), counts(.off)),
        ResultColumn("absent", Phrase("not in the results", zh: "结果中没有"), counts(.absent)),
        ResultColumn(
          "required", Phrase("required", zh: "是否要求"),
          .phrase(
            rows.map { $0.3 ? Phrase("yes", zh: "是") : Phrase("no", zh: "否") }.dropLast() + [requiredTerm])),
        ResultColumn(
          "verdict", Phrase("verdict", zh: "结论"),
          .phrase(rows.dropLast().map { (TableVerdict(whole: $0.2) ?? .differs).phrase } + [verdict.phrase])),
      ])
  }

  /// Which quantities had to agree, of those that are printed.
  private var requiredTerm: Phrase {
    if required.isEmpty { return Phrase("none", zh: "无") }
    if required == quantities { return Phrase("all", zh: "全部") }
    return Phrase(
      required.map(\.phrase.english).joined(separator: "; "),
      zh: required.map(\.phrase.chinese).joined(separator: "；"))
  }

  private var title: Phrase {
    let name = specification.title ?? table.source
    return Phrase("\(name): paper beside program", zh: "\(name)：印刷值与程序值")
  }

  private func number(
    _ name: String, _ heading: Phrase, _ value: (ComparedCell) -> Double, decimals more: Int
  ) -> ResultColumn {
    ResultColumn(
      name, heading, .number(cells.map(value)),
      rowDisplays: cells.map { cell in
        cell.quantity == .stars ? .stars : .fixedDecimals(min(max(cell.decimals, 0) + more, 15))
      })
  }

  /// A rule before every printed row but the first.
  private var sections: [ResultTable.Section] {
    cells.indices.dropFirst().filter { cells[$0].row.name != cells[$0 - 1].row.name }.map {
      .init(firstRow: $0)
    }
  }
}
