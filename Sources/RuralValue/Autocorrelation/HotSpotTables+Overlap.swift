extension HotSpotOverlapResult {
  /// One row a pair of variables and period: `first, second, time, n, observed, kappa, jaccard, jaccard_cold,
  /// cramers_v, kappa_levels, p_value, p_plain`.
  public var table: ResultTable {
    func numbers(_ value: (HotSpotOverlap) -> Double?) -> ResultValues {
      .number(overlaps.map { value($0) ?? .nan })
    }
    let p = overlaps.map { $0.pValue ?? .nan }
    var columns =
      keys + [
        ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(overlaps.map(\.agreement.unitCount))),
        ResultColumn("observed", Phrase("Agree", zh: "一致率"), numbers(\.agreement.observed)),
        ResultColumn("kappa", Phrase("Kappa", zh: "Kappa系数"), numbers(\.agreement.kappa)),
        ResultColumn("p_value", Phrase("p", zh: "p值"), .number(p), display: .probability),
        ResultColumn(
          "jaccard", Phrase("Jaccard, hot", zh: "Jaccard（热点）"), numbers { $0.agreement.jaccard(of: 1) }),
        ResultColumn(
          "jaccard_cold", Phrase("Jaccard, cold", zh: "Jaccard（冷点）"), numbers { $0.agreement.jaccard(of: -1) }
        ),
        ResultColumn("cramers_v", Phrase("Cramér's V", zh: "Cramér V"), numbers(\.agreement.cramersV)),
        ResultColumn("kappa_levels", Phrase("Kappa, 7 classes", zh: "Kappa（七类）"), numbers(\.levels.kappa)),
        ResultColumn(
          "p_plain", Phrase("p, ignores space", zh: "p值（忽略空间）"), numbers(\.plainP), display: .probability),
      ]
    if overlaps.contains(where: { $0.reason != nil }) {
      columns.append(ResultColumn("reason", Phrase("Reason", zh: "原因"), .remark(overlaps.map(\.reason))))
    }
    return ResultTable(
      name: "hotspot_overlap", title: Phrase("Overlap of hot and cold spots", zh: "冷热点的空间重合度"),
      columns: columns, keyColumns: 2, notes: [measureNote, chanceNote])
  }

  /// The units by their class on both maps: a row a class of the first variable.
  public var countTable: ResultTable {
    let rows = overlaps.flatMap { overlap in (-1...1).reversed().map { (overlap, $0) } }
    func counts(_ second: Int) -> ResultValues {
      .integer(
        rows.map { overlap, first in
          let agreement = overlap.agreement
          guard let a = agreement.classes.firstIndex(of: first),
            let b = agreement.classes.firstIndex(of: second)
          else { return 0 }
          return agreement.counts[a][b]
        })
    }
    let words = [-1: Phrase("cold", zh: "冷点"), 0: Phrase("n.s.", zh: "不显著"), 1: Phrase("hot", zh: "热点")]
    return ResultTable(
      name: "hotspot_overlap_counts",
      title: Phrase("Units by their class on both maps", zh: "按两图类别交叉统计的单元数"),
      columns: [
        .variables("first", Phrase("First", zh: "变量一"), rows.map { $0.0.first }),
        .variables("second", Phrase("Second", zh: "变量二"), rows.map { $0.0.second }),
        ResultColumn("time", Phrase("Time", zh: "时间"), .integer(rows.map { $0.0.period })),
        ResultColumn("class", Phrase("First is", zh: "变量一类别"), .phrase(rows.map { words[$0.1]! })),
        ResultColumn("hot", Phrase("Second hot", zh: "变量二热点"), counts(1)),
        ResultColumn("not_significant", Phrase("Second n.s.", zh: "变量二不显著"), counts(0)),
        ResultColumn("cold", Phrase("Second cold", zh: "变量二冷点"), counts(-1)),
      ], keyColumns: 2, notes: [classesNote])
  }

  private var keys: [ResultColumn] {
    [
      .variables("first", Phrase("First", zh: "变量一"), overlaps.map { $0.first }),
      .variables("second", Phrase("Second", zh: "变量二"), overlaps.map { $0.second }),
      ResultColumn("time", Phrase("Time", zh: "时间"), .integer(overlaps.map(\.period))),
    ]
  }

  private var classesNote: Phrase {
    Phrase(
      "Three classes: hot spot, cold spot (at 90 % and above), neither.",
      zh: "三类：热点、冷点（置信度90%及以上）、不显著。")
  }

  private var measureNote: Phrase {
    Phrase(
      "\(classesNote.english) Kappa is agreement beyond chance: 1 for the same"
        + " map, 0 for maps that have nothing to do with each other. Jaccard: units hot (cold) on both maps over those"
        + " on either. Kappa, 7 classes, also tells 90, 95 and 99 % apart.",
      zh: "\(classesNote.chinese)Kappa 为超出偶然的一致程度，1表示两图相同，0表示互不相关。"
        + "Jaccard 为两图均为热点（冷点）的单元数与至少一图为热点（冷点）的单元数之比；“Kappa（七类）”另区分90%、95%和99%置信度。")
  }

  private var chanceNote: Phrase {
    Phrase(
      "p: (1 + #{kappa* ≥ kappa}) / (1 + \(draws)) over surrogates of the first variable, their hot spots found anew and the"
        + " second map held: its own values, dealt by Moran spectral randomisation (Wagner and Dray 2015) of its normal"
        + " scores, so that it stays as clustered and as skewed as it is; seed \(seed). p, ignores space: classes shuffled"
        + " over the units, which makes any two smooth maps seem aligned; it is there for comparison with papers that"
        + " print it.",
      zh: "p = (1 + #{kappa* ≥ kappa}) / (1 + \(draws))：对变量一的正态得分作莫兰谱随机化（Wagner & Dray 2015），再按秩赋回其原有取值，"
        + "使替代样本保持原有的空间集聚程度与分布形态；重新识别其冷热点，变量二的图保持不变；种子 \(seed)。“忽略空间”的p值系随机打乱"
        + "各单元类别所得，会使任何两幅平滑的图显得一致，仅供与文献对照。")
  }
}

extension HotSpotTables {
  /// One row a variable and period: `time, n, g, expected, sd, z, p_value`, with permutations `p_permutation`.
  public var generalTable: ResultTable {
    let rows = zip(names, results).flatMap { name, result in result.general.map { (name: name, g: $0) } }
    let p = rows.map(\.g.pValue)
    // Three digits of E(G), which is about the share of pairs that are linked.
    let least = rows.map(\.g.expected).filter { $0 > 0 }.min() ?? 1
    var (decimals, unit) = (3, 1.0)
    while unit > least, decimals < 12 { (decimals, unit) = (decimals + 1, unit / 10) }
    var columns =
      variableColumn(rows.map(\.name)) + [
        ResultColumn("time", Phrase("Time", zh: "时间"), .integer(rows.map(\.g.period))),
        ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(rows.map(\.g.unitCount))),
        ResultColumn(
          "g", Phrase("General G", zh: "全局G统计量"), .number(rows.map(\.g.g)), display: .fixedDecimals(decimals),
          significance: p),
        ResultColumn(
          "expected", Phrase("E(G)", zh: "期望 E(G)"), .number(rows.map(\.g.expected)),
          display: .fixedDecimals(decimals)),
        ResultColumn(
          "sd", Phrase("sd(G)", zh: "标准差"), .number(rows.map { $0.g.variance.squareRoot() }),
          display: .fixedDecimals(decimals)),
        ResultColumn("z", Phrase(verbatim: "z"), .number(rows.map(\.g.z))),
        ResultColumn("p_value", Phrase("p", zh: "p值"), .number(p), display: .probability),
      ]
    if hasPermutations {
      columns.append(
        ResultColumn(
          "p_permutation", Phrase("p (perm.)", zh: "p值（置换）"),
          .number(rows.map { $0.g.permutationP ?? .nan }), display: .probability))
    }
    if rows.contains(where: { $0.g.reason != nil }) {
      columns.append(ResultColumn("reason", Phrase("Reason", zh: "原因"), .remark(rows.map(\.g.reason))))
    }
    return ResultTable(
      name: "hotspot_general_g",
      title: Phrase(
        "General G of \(titleNames.signedEnglish)", zh: "\(titleNames.signedChinese) 的全局G统计量（Getis–Ord）"),
      columns: columns,
      notes: [
        Phrase(
          "General G (Getis and Ord 1992), binary weights without self; z and p (two-sided) under randomisation. z above"
            + " zero: high values stand together; below: low values do.",
          zh: "全局G统计量（Getis & Ord 1992），0–1权重、不含自身；z 与双侧 p 值基于随机化假设。z 大于零表示高值集聚，小于零表示低值集聚。"),
        Phrase(
          "Weights \(results[0].fingerprint), binary.", zh: "权重矩阵（0–1），指纹 \(results[0].fingerprint)。"),
      ])
  }

  /// Whether general G is computed of any variable and period.
  public var hasGeneralG: Bool { results.contains { $0.general.contains { $0.reason == nil } } }

  /// Why general G is not computed, where it is of none.
  public var generalNotes: [Phrase] {
    guard !hasGeneralG, let reason = results.flatMap(\.general).compactMap(\.reason).first else { return [] }
    return [
      Phrase("General G is not computed: \(reason.english).", zh: "未计算全局G统计量：\(reason.chinese)。")
    ]
  }
}
