extension ClassAnalysis.Span {
  /// What was made of a variable between two periods: `growth 2012–2022`.
  var phrase: Phrase {
    let years = "\(periods.lowerBound)–\(periods.upperBound)"
    return comparison == .growth
      ? Phrase("growth rate \(years)", zh: "\(years)年增长率") : Phrase("change \(years)", zh: "\(years)年变化量")
  }
}

/// What a map of hot spots or clusters says of itself.
extension MapComposer {
  /// The title of the legend: what was measured, and of one variable on several maps its name.
  func classTitle(_ variables: [MapVariable]) -> Phrase {
    let isHot = specification.fill == .hotCold
    let what =
      isHot
      ? Phrase("Hot and cold spots (Gi*)", zh: "冷热点（Gi*）")
      : Phrase("Local Moran's I (LISA)", zh: "局部莫兰指数（LISA）")
    guard variables.count == 1, variables[0].sections.count > 1 else { return what }
    let name = label(of: variables[0].name)
    return Phrase("\(what.english): \(name.english)", zh: "\(name.chinese)：\(what.chinese)")
  }

  /// The variables in words, with what was made of them.
  private func subject(_ variables: [MapVariable]) -> Phrase {
    let names = variables.map { label(of: $0.name) }
    let (english, chinese) = (
      names.map(\.english).joined(separator: ", "), names.map(\.chinese).joined(separator: "、")
    )
    guard let span = specification.analysis?.span?.phrase else { return Phrase(english, zh: chinese) }
    return Phrase("\(english), \(span.english)", zh: "\(chinese)，\(span.chinese)")
  }

  /// What was measured, of how many units, with which weights, and what was done about many tests at once.
  func classNotes(_ variables: [MapVariable], _ titles: PanelTitles) -> [Phrase] {
    let isHot = specification.fill == .hotCold
    guard isHot || specification.fill == .lisa else { return [] }
    let subject = subject(variables)
    let statistic = isHot ? Phrase("Gi*", zh: " Gi* 统计量") : Phrase("Local Moran's I", zh: "局部莫兰指数")
    let size = sizes(variables)
    guard let analysis = specification.analysis else {
      return [
        Phrase(
          "\(statistic.english) of \(subject.english); \(size); the table does not say with which weights, nor whether"
            + " corrected for many tests.",
          zh: "\(subject.chinese)的\(statistic.chinese)；\(size)；数据表未说明权重矩阵及是否作多重检验校正。")
      ]
    }
    let other = analysis.laggedVariable.map { label(of: $0) }
    let beside = Phrase(
      other.map { " beside neighbours' \($0.english)" } ?? "", zh: other.map { "（对邻居的\($0.chinese)）" } ?? "")
    let scaling =
      analysis.standardisation.map { Phrase.scaling($0) } ?? Phrase("binary, with self", zh: "0–1，含自身")
    return [
      Phrase(
        "\(statistic.english) of \(subject.english)\(beside.english); weights: \(analysis.weights),"
          + " \(scaling.english); \(size)\(basis(analysis).english); \(correction(analysis).english).",
        zh:
          "\(subject.chinese)\(beside.chinese)的\(statistic.chinese)；权重矩阵：\(analysis.weights)（\(scaling.chinese)）；"
          + "\(size)\(basis(analysis).chinese)；\(correction(analysis).chinese)。")
    ] + survivors(variables, analysis)
  }

  /// n, or that of each map where they differ.
  private func sizes(_ variables: [MapVariable]) -> String {
    let sizes = variables.flatMap { $0.sections.map(\.units.count) }
    guard Set(sizes).count > 1 else { return "n\u{A0}=\u{A0}\(sizes.first ?? 0)" }
    return "n\u{A0}=\u{A0}"
      + sizes.enumerated().map { "\(PanelTitles.letter($0)) \($1)" }.joined(separator: ", ")
  }

  /// From which p a cluster counts.
  private func basis(_ analysis: ClassAnalysis) -> Phrase {
    guard analysis.statistic == .clusters else { return Phrase(verbatim: "") }
    let level = RoundTripNumber.text(analysis.significance)
    return analysis.permutations == 0
      ? Phrase("; p ≤ \(level) of z, two-sided", zh: "；p ≤ \(level)（z 的双侧 p 值）")
      : Phrase(
        "; p ≤ \(level) of \(grouped(analysis.permutations)) permutations, two-sided",
        zh: "；p ≤ \(level)（\(grouped(analysis.permutations)) 次置换，双侧）")
  }

  private func correction(_ analysis: ClassAnalysis) -> Phrase {
    switch analysis.correction {
    case .none: Phrase("not corrected for many tests", zh: "未作多重检验校正")
    case .fdr:
      Phrase(
        "corrected for many tests by false discovery control (FDR, Benjamini–Hochberg)",
        zh: "已作多重检验校正（FDR，Benjamini–Hochberg）")
    }
  }

  /// How many units stay significant under false discovery control, of those found without it.
  private func survivors(_ variables: [MapVariable], _ analysis: ClassAnalysis) -> [Phrase] {
    let pairs = variables.flatMap { variable in
      variable.sections.map { section in
        (shown: section, other: variable.counterparts.first { $0.period == section.period })
      }
    }
    let counts = pairs.compactMap { shown, other in
      other.map { other -> (found: Int, left: Int) in
        let (own, others) = (shown.values.count { $0 != 0 }, other.values.count { $0 != 0 })
        return analysis.correction == .fdr ? (others, own) : (own, others)
      }
    }
    guard counts.count == pairs.count, counts.contains(where: { $0.found > 0 }) else { return [] }
    let level = Percentage.text(analysis.significance)
    if counts.allSatisfy({ $0.left == 0 }) {
      let found = listed(counts.map { "\($0.found)" })
      let few = fewPermutations(analysis, among: pairs.map(\.shown.units.count).max() ?? 0)
      return [
        Phrase(
          "No unit stays significant at \(level) % after FDR control\(few.english); found without: \(found).",
          zh: "经 FDR 校正后，没有单元在\(level)%水平上显著\(few.chinese)；未校正时显著的单元数：\(found)。")
      ]
    }
    let (english, chinese) = (
      listed(counts.map { "\($0.left) of \($0.found)" }), listed(counts.map { "\($0.left)/\($0.found)" })
    )
    return [
      Phrase(
        "Units that stay significant at \(level) % after FDR control, of those found without: \(english).",
        zh: "经 FDR 校正后在\(level)%水平上仍显著的单元数／未校正时的单元数：\(chinese)。")
    ]
  }

  /// That permutations are too few for false discovery control to find a single unit.
  private func fewPermutations(_ analysis: ClassAnalysis, among count: Int) -> Phrase {
    guard analysis.permutations > 0,
      2 / Double(1 + analysis.permutations) > analysis.significance / Double(max(1, count))
    else { return Phrase(verbatim: "") }
    let permutations = grouped(analysis.permutations)
    return Phrase(
      ", for which \(permutations) permutations are too few", zh: "（\(permutations) 次置换不足以进行该校正）")
  }

  /// Numbers map by map, with their letters where there are several.
  private func listed(_ numbers: [String]) -> String {
    numbers.count == 1
      ? numbers[0]
      : numbers.enumerated().map { "\(PanelTitles.letter($0)) \($1)" }.joined(separator: ", ")
  }
}
