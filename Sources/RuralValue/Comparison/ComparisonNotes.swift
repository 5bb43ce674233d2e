extension ComparisonResult {
  /// What stands below the cells: the verdict, and how it was come to.
  var notes: [Term] {
    var notes = [verdictNote, methodNote]
    if specification.tolerance > 0 { notes.append(toleranceNote) }
    if !cells(.stars).isEmpty { notes.append(starNote) }
    return notes + unmatched.map(Self.unmatchedNote)
  }

  private var verdictNote: Term {
    let required = quantities.filter { specification.required.contains($0) }
    let count = cells.count { $0.verdict.isReproduced }
    let isWidened = cells.contains { $0.verdict == .withinTolerance }
    let counts = Term(
      "\(count) of \(cells.count) cells agree\(isWidened ? " within the tolerance" : "")",
      zh: "\(cells.count)个单元格中\(count)个\(isWidened ? "在容差内" : "")一致")
    if required.isEmpty { return Term("\(counts.english); none is required to.", zh: "\(counts.chinese)；无一要求一致。") }
    let names = Term(
      required == quantities ? "all" : required.map(\.term.english).joined(separator: ", "),
      zh: required == quantities ? "全部" : required.map(\.term.chinese).joined(separator: "、"))
    if failures.isEmpty {
      return Term(
        "\(counts.english); of the required ones (\(names.english)) every one does.",
        zh: "\(counts.chinese)；要求一致的（\(names.chinese)）全部一致。")
    }
    let total = required.reduce(0) { $0 + cells($1).count }
    let rows = failures.map(\.row.name).firstAppearances.joined(separator: ", ")
    return Term(
      "\(counts.english); of the \(total) required ones (\(names.english)) \(failures.count)"
        + " \(failures.count == 1 ? "does" : "do") not: \(rows).",
      zh: "\(counts.chinese)；要求一致的\(total)个（\(names.chinese)）中有\(failures.count)个不一致：\(rows)。")
  }

  private var methodNote: Term {
    Term(
      "A cell agrees when the program's number rounds to the printed one, that is, lies within its bounds;"
        + " off by counts units of the last printed digit.",
      zh: "程序值舍入后等于印刷值（即落在上下界之内）为一致；“相差”以印刷值末位为单位。")
  }

  private var toleranceNote: Term {
    Term(
      "Tolerance: \(specification.tolerance) beyond the bounds.", zh: "容差：上下界之外\(specification.tolerance)。")
  }

  private var starNote: Term {
    let levels = specification.levels.enumerated().map { "\(StarText.stars($0 + 1)) p < \($1)" }
    return Term(
      "The program's stars: \(levels.joined(separator: ", ")).",
      zh: "程序的星号：\(levels.joined(separator: "，"))。")
  }

  private static func unmatchedNote(_ row: Unmatched) -> Term {
    let question = row.suggestion.map {
      (" Did you mean \"\($0)\"? The column matches takes the program's name.", "是否指“\($0)”？matches列填写程序中的名称。")
    }
    return Term(
      "\"\(row.row)\" is not in the results.\(question?.0 ?? "")", zh: "结果中没有“\(row.row)”。\(question?.1 ?? "")")
  }
}
