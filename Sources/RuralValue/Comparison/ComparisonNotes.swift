extension ComparisonResult {
  /// What stands below the cells: the verdict, and how it was come to.
  var notes: [Phrase] {
    var notes = [verdictNote, methodNote]
    if specification.tolerance > 0 { notes.append(toleranceNote) }
    if !cells(.stars).isEmpty { notes.append(starNote) }
    return notes + totalNotes + unmatched.map(Self.unmatchedNote)
  }

  private var verdictNote: Phrase {
    let isWidened = cells.contains { $0.verdict == .withinTolerance }
    let count = cells.count { $0.verdict.isReproduced }
    let counts = Phrase(
      "\(count) of \(cells.count) cells agree\(isWidened ? " within the tolerance" : "")",
      zh: "\(cells.count)个单元格中\(count)个\(isWidened ? "在容差内" : "")一致")
    guard !required.isEmpty else {
      return Phrase("\(counts.english); none is required to.", zh: "\(counts.chinese)；无一要求一致。")
    }
    let isAll = required == quantities
    let names = Phrase(
      isAll ? "all" : required.map(\.phrase.english).joined(separator: ", "),
      zh: isAll ? "全部" : required.map(\.phrase.chinese).joined(separator: "、"))
    guard !failures.isEmpty else {
      return Phrase(
        "\(counts.english); of the required ones (\(names.english)) every one does.",
        zh: "\(counts.chinese)；要求一致的（\(names.chinese)）全部一致。")
    }
    let total = required.reduce(0) { $0 + cells($1).count }
    let rows = failures.map(\.row.name).firstAppearances
    return Phrase(
      "\(counts.english); of the \(total) required ones (\(names.english)) \(failures.count)"
        + " \(failures.count == 1 ? "does" : "do") not: \(rows.joined(separator: ", ")).",
      zh: "\(counts.chinese)；要求一致的\(total)个（\(names.chinese)）中有\(failures.count)个不一致："
        + "\(rows.joined(separator: "、"))。")
  }

  /// Why a printed total cannot be had: it does not follow from the printed coefficients.
  private var totalNotes: [Phrase] {
    table.rows.filter { $0.effect == .total }.compactMap { row in
      guard let printed = row.estimate, let allowed = totals[row.term],
        !printed.interval.overlaps(allowed)
      else { return nil }
      let range = IntervalText.phrase(allowed, decimals: printed.decimals)
      return Phrase(
        "\(row.term): the printed coefficients give a total effect (b + θ)/(1 − ρ) of \(range.english);"
          + " printed is \(printed.text). With a row-standardised W no data give both.",
        zh: "\(row.term)：由印刷的系数得总效应(b＋θ)/(1－ρ)为\(range.chinese)，而印为\(printed.text)；"
          + "在行标准化权重下，任何数据都不能同时给出两者。")
    }
  }

  private var methodNote: Phrase {
    Phrase(
      "A cell agrees when the program's number rounds to the printed one, that is, lies within its bounds;"
        + " off by counts units of the last printed digit.",
      zh: "程序值舍入后等于印刷值（即落在上下界之内）为一致；“相差”以印刷值末位为单位。")
  }

  private var toleranceNote: Phrase {
    Phrase(
      "Tolerance: \(specification.tolerance) beyond the bounds.",
      zh: "容差：上下界之外\(specification.tolerance)。")
  }

  private var starNote: Phrase {
    let levels = specification.levels.enumerated().map { "\(StarText.stars($0 + 1)) p < \($1)" }
    return Phrase(
      "The program's stars: \(levels.joined(separator: ", ")).",
      zh: "程序的星号：\(levels.joined(separator: "，"))。")
  }

  private static func unmatchedNote(_ row: Unmatched) -> Phrase {
    let note = Phrase("\"\(row.row)\" is not in the results.", zh: "结果中没有“\(row.row)”。")
    guard let meant = row.suggestion else { return note }
    return Phrase(
      note.english + " Did you mean \"\(meant)\"? The column \"matches\" takes the program's name.",
      zh: note.chinese + "是否指“\(meant)”？matches列填写程序中的名称。")
  }
}
