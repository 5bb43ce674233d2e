extension FormulaLevels {
  /// What the reader must know: the base of each column, where these terms have one, and the rows that have no level.
  public func notes(on terms: [FormulaTerm], hasIntercept: Bool = true) -> [Phrase] {
    columns.map { column in
      let missing = column.levelOfRow.count { $0 == nil }
      let rows =
        missing == 0
        ? ""
        : "; \(missing) \(missing == 1 ? "row has" : "rows have") none and \(missing == 1 ? "is" : "are") not used"
      let rowsChinese = missing == 0 ? "" : "；\(missing)行缺失，不予使用"
      let (english, chinese) = standing(of: column, in: terms, hasIntercept)
      return Phrase(
        "factor(\(column.name)): \(english)\(rows).", zh: "factor(\(column.name))：\(chinese)\(rowsChinese)。")
    }
  }

  /// Which levels of a column stand in the terms, and against which.
  private func standing(
    of column: Column, in terms: [FormulaTerm], _ hasIntercept: Bool
  ) -> (english: String, chinese: String) {
    let levels = FormulaFactor.levels(of: column.name)
    let holding = terms.filter { $0.factors.contains(levels) }
    let based = holding.filter { omitsBase($0, levels, among: terms, hasIntercept) }
    let whole = holding.filter { !based.contains($0) }.map(\.name).firstAppearances
    let (base, others) = (column.levels[0], Array(column.levels.dropFirst()))
    if based.isEmpty {
      let (all, allChinese) = (
        listed(column.levels, most: 12), listed(column.levels, most: 12, in: .chinese)
      )
      // A level that a formula names alone, as in factor(grade)10, stands against all others.
      return whole.isEmpty
        ? ("the levels are \(all)", "各组为\(allChinese)")
        : ("there is no base: each of \(all) has a term of its own", "不设基准组，\(allChinese)各有一项")
    }
    let exception =
      whole.isEmpty
      ? ("", "")
      : (
        "; \(listed(whole)) \(whole.count == 1 ? "has" : "have") all levels",
        "；\(listed(whole, in: .chinese))含全部组别"
      )
    return (
      "the base is \(base), against which \(listed(others, most: 12)) stand\(exception.0)",
      "以\(base)为基准组，其余为\(listed(others, most: 12, in: .chinese))\(exception.1)"
    )
  }
}
