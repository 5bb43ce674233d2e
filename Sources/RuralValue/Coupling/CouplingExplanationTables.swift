extension CouplingExplanation {
  /// One row a printed column and formula: `column, formula, fits, rows_fitting, rows, first_misfit`.
  public var table: ResultTable {
    ResultTable(
      name: "formulas",
      title: Phrase("Formulas behind the C of \(printed.source)", zh: "\(printed.source) 中耦合度的计算公式核对"),
      columns: [
        ResultColumn("column", Phrase("Column", zh: "列"), .text(findings.map(\.column))),
        ResultColumn("formula", Phrase("Key", zh: "代号"), .text(findings.map(\.key))),
        ResultColumn("expression", Phrase("Formula", zh: "公式"), .phrase(findings.map(\.formula))),
        ResultColumn("fits", Phrase("Fits", zh: "是否符合"), .phrase(findings.map(\.fit.phrase))),
        ResultColumn(
          "rows_fitting", Phrase("Rows that fit", zh: "符合行数"), .integer(findings.map(\.fitting))),
        ResultColumn("rows", Phrase("Rows", zh: "行数"), .integer(findings.map(\.rows))),
        ResultColumn(
          "first_misfit", Phrase("First misfit", zh: "首个不符"), .text(findings.map(\.firstMisfit)),
          missing: .blank),
      ], keyColumns: 2, notes: notes)
  }

  private var methodNote: Phrase {
    let source: Phrase =
      switch printed.systemsFrom {
      case .table: Phrase("the systems as printed", zh: "系统值取印刷值")
      case .panel(let name): Phrase("the systems from \(name), as they are", zh: "系统值取自 \(name)")
      case .none:
        Phrase(
          "the systems are not known, so that a formula can be ruled out by what it can give at all, and none is proved",
          zh: "系统值未知，只能依据公式取值范围排除，不能证实")
      }
    return Phrase(
      "Every printed number stands for all that round to it; \(source.english).",
      zh: "每个印刷数字代表所有舍入为它的数；\(source.chinese)。")
  }

  /// What follows for each printed column, in sentences.
  public var notes: [Phrase] {
    [methodNote] + printed.columns.map(sentence) + [levelSentence, unmatchedSentence].compactMap { $0 }
  }

  /// That some rows have no systems, where others do.
  private var unmatchedSentence: Phrase? {
    let unknown = printed.rows.filter { $0.systems == nil }
    guard let first = unknown.first, printed.systemsFrom != .none else { return nil }
    return Phrase(
      "\(unknown.count) of \(printed.rows.count) rows lack a system, first \(first.name); they are held only to what a"
        + " formula can give at all.",
      zh: "\(printed.rows.count)行中\(unknown.count)行缺少系统值（首个为\(first.name)），仅按公式取值范围核对。")
  }

  private func sentence(_ column: PrintedCoupling.Column) -> Phrase {
    let own = findings.filter { $0.column == column.coupling }
    let fitting = own.filter { $0.fit != .no }
    let keys = fitting.map(\.key).joined(separator: ", ")
    guard let first = fitting.first else {
      return Phrase(
        "\(column.coupling): no formula of the list fits all rows, whatever the rounding.",
        zh: "\(column.coupling)：所列公式无论如何舍入均不能符合全部各行。")
    }
    if first.fit == .possible {
      return Phrase(
        "\(column.coupling): not ruled out: \(keys). Give the systems to tell them apart.",
        zh: "\(column.coupling)：未排除的公式：\(keys)；提供系统值方可区分。")
    }
    return fitting.count == 1
      ? Phrase(
        "\(column.coupling): of the list only \(keys) fits all rows.",
        zh: "\(column.coupling)：所列公式中仅 \(keys) 符合全部各行。")
      : Phrase(
        "\(column.coupling): \(keys) all fit; the printed decimals cannot tell them apart.",
        zh: "\(column.coupling)：\(keys) 均符合，印刷位数不足以区分。")
  }

  private var levelSentence: Phrase? {
    levelFactor.map { factor in
      let range = IntervalText.phrase(factor, decimals: 4)
      return Phrase(
        "T is \(range.english) times Σ aU in every row: its weights do not add up to one.",
        zh: "各行 T 均为 ΣaU 的 \(range.chinese) 倍：权重之和不为1。")
    }
  }
}
