extension ComparisonResult {
  /// One row a printed cell: the paper's number, the program's, and the verdict.
  public var cellTable: ResultTable {
    let rows = cells.map(\.row)
    var columns = [ResultColumn("term", Term("term", zh: "变量"), .text(rows.map(\.term)))]
    if table.hasEffects {
      columns.append(
        ResultColumn(
          "effect", Term("effect", zh: "效应"), .term(rows.map { $0.effect?.term ?? Term(verbatim: "") })))
    }
    columns += [
      ResultColumn("quantity", Term("quantity", zh: "数量"), .term(cells.map(\.quantity.term))),
      ResultColumn("printed", Term("printed", zh: "印刷值"), .text(cells.map(\.printed)), missing: .blank),
      number("program", Term("program", zh: "程序值"), \.program, decimals: 2),
      number("lower", Term("from", zh: "下界"), \.interval.lower, decimals: 1),
      number("upper", Term("to", zh: "上界"), \.interval.upper, decimals: 1),
      ResultColumn("verdict", Term("verdict", zh: "结论"), .term(cells.map(\.verdict.term))),
      ResultColumn(
        "off_by", Term("off by", zh: "相差"),
        .number(cells.map { $0.verdict == .agrees ? .nan : $0.distance }), display: .fixedDecimals(1),
        missing: .blank),
    ]
    return ResultTable(
      name: "comparison", title: title, columns: columns, keyColumns: table.hasEffects ? 3 : 2,
      sections: sections, notes: notes)
  }

  /// One row a quantity and one for all: how many cells agree.
  public var summaryTable: ResultTable {
    let groups = quantities.map { ($0.rawValue, $0.term, cells($0), specification.required.contains($0)) }
    let isAllRequired = groups.allSatisfy { $0.3 }
    let all = ("all", Term("all", zh: "全部"), cells, isAllRequired)
    let rows = groups + [all]
    func counts(_ verdict: CellVerdict) -> ResultValues {
      .integer(rows.map { row in row.2.count { $0.verdict == verdict } })
    }
    return ResultTable(
      name: "comparison_summary", title: Term("How many cells agree", zh: "一致的单元格数"),
      columns: [
        ResultColumn("quantity", Term("quantity", zh: "数量"), .term(rows.map(\.1))),
        ResultColumn("cells", Term("cells", zh: "单元格"), .integer(rows.map(\.2.count))),
        ResultColumn("agree", Term("agree", zh: "一致"), counts(.agrees)),
        ResultColumn("within_tolerance", Term("within tolerance", zh: "在容差内"), counts(.withinTolerance)),
        ResultColumn("off", Term("off", zh: "不一致"), counts(.off)),
        ResultColumn("absent", Term("not in the results", zh: "结果中没有"), counts(.absent)),
        ResultColumn(
          "required", Term("required", zh: "是否要求"),
          .term(rows.map { $0.3 ? Term("yes", zh: "是") : Term("no", zh: "否") }.dropLast() + [requiredTerm])),
        ResultColumn(
          "verdict", Term("verdict", zh: "结论"),
          .term(rows.dropLast().map { (TableVerdict(whole: $0.2) ?? .differs).term } + [verdict.term])),
      ])
  }

  /// Which quantities had to agree, of those that are printed.
  private var requiredTerm: Term {
    if required.isEmpty { return Term("none", zh: "无") }
    if required == quantities { return Term("all", zh: "全部") }
    return Term(
      required.map(\.term.english).joined(separator: "; "),
      zh: required.map(\.term.chinese).joined(separator: "；"))
  }

  private var title: Term {
    let name = specification.title ?? table.source
    return Term("\(name): paper beside program", zh: "\(name)：印刷值与程序值")
  }

  private func number(
    _ name: String, _ heading: Term, _ value: (ComparedCell) -> Double, decimals more: Int
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
