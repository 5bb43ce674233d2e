extension EntropySensitivity {
  /// The variants with their rank correlations and the largest moves, a row a variant and index.
  public var variantTable: ResultTable {
    let rows = variants.flatMap { variant in
      variant.comparisons.isEmpty
        ? [(variant, nil as Comparison?)] : variant.comparisons.map { (variant, Optional($0)) }
    }
    return ResultTable(
      name: "sensitivity",
      title: Phrase("Sensitivity to the variant of the method", zh: "对方法设定的敏感性"),
      columns: [
        ResultColumn(
          "weights", Phrase("Weights", zh: "权重方式"), .text(rows.map { $0.0.specification.weighting.rawValue })),
        ResultColumn(
          "normalise", Phrase("Normalisation", zh: "标准化方式"),
          .text(rows.map { $0.0.specification.normalisation.rawValue })),
        ResultColumn(
          "shift", Phrase("Shift", zh: "平移量"),
          .text(rows.map { RoundTripNumber.text($0.0.specification.shift) })),
      ] + Self.comparisonColumns(rows.map(\.1)),
      notes: [Self.rankNote]
        + variants.compactMap { variant in
          variant.reason.map {
            Phrase(
              "\(variant.specification.weighting.rawValue), \(variant.specification.normalisation.rawValue),"
                + " shift \(RoundTripNumber.text(variant.specification.shift)): cannot be computed. \($0)",
              zh:
                "\(variant.specification.weighting.rawValue)、\(variant.specification.normalisation.rawValue)、平移量\(RoundTripNumber.text(variant.specification.shift))：无法计算。\($0)"
            )
          }
        })
  }

  /// The index without each indicator in turn, a row an indicator.
  public var leaveOneOutTable: ResultTable {
    ResultTable(
      name: "sensitivity_leave_one_out",
      title: Phrase("Leaving one indicator out", zh: "逐一剔除指标"),
      columns: [
        ResultColumn(
          "left_out", Phrase("Left out", zh: "剔除指标"), .phrase(leaveOneOut.map(\.indicator.indicator.name))),
        ResultColumn(
          "column", Phrase("Column", zh: "列名"), .text(leaveOneOut.map(\.indicator.indicator.column))),
        ResultColumn(
          "weight", Phrase("Its weight", zh: "原权重"), .number(leaveOneOut.map(\.indicator.weight)),
          display: .fixedDecimals(4)),
      ] + Self.comparisonColumns(leaveOneOut.map(\.comparison)), notes: [Self.rankNote])
  }

  /// Every indicator's final weight under every variant.
  public var weightTable: ResultTable {
    let computed = variants.compactMap { variant in variant.result.map { (variant.specification, $0) } }
    return ResultTable(
      name: "sensitivity_weights", title: Phrase("Weights under each variant", zh: "各方法设定下的权重"),
      columns: indicatorColumns(base.indicators) + [
        ResultColumn(
          "weight", Phrase("As asked", zh: "基准"), .number(base.indicators.map(\.weight)),
          display: .fixedDecimals(4))
      ]
        + computed.map { specification, result in
          let name =
            "\(specification.weighting.rawValue)_\(specification.normalisation.rawValue)_\(RoundTripNumber.text(specification.shift))"
          return ResultColumn(
            name, Phrase(verbatim: name), .number(result.indicators.map(\.weight)), display: .fixedDecimals(4)
          )
        })
  }

  /// The units whose rank moves most over all variants, a row each.
  ///
  /// `label` gives the name beside a unit's code, or nil.
  public func moverTable(count: Int = 10, label: (String) -> String? = { _ in nil }) -> ResultTable {
    var rows: [(index: String, unit: String, base: Double, best: Double, worst: Double)] = []
    for index in base.specification.system.indices {
      var extremes: [String: (base: Double, best: Double, worst: Double)] = [:]
      var order: [String] = []
      for mover in variants.flatMap({ $0.comparisons.filter { $0.index == index } }).flatMap(\.movers) {
        if extremes[mover.unit] == nil { order.append(mover.unit) }
        let known = extremes[mover.unit] ?? (mover.rankBefore, mover.rankBefore, mover.rankBefore)
        extremes[mover.unit] = (
          known.base, min(known.best, mover.rankAfter), max(known.worst, mover.rankAfter)
        )
      }
      let sorted = order.enumerated().sorted { a, b in
        let (x, y) = (extremes[a.element]!, extremes[b.element]!)
        return (x.worst - x.best, b.offset) > (y.worst - y.best, a.offset)
      }
      rows += sorted.prefix(count).map { entry in
        let ranks = extremes[entry.element]!
        return (index, entry.element, ranks.base, ranks.best, ranks.worst)
      }
    }
    let labels = rows.map { label($0.unit) }
    let last = base.periods[base.periods.count - 1]
    return ResultTable(
      name: "sensitivity_ranks",
      title: Phrase("Units whose rank moves most over the variants, \(last)", zh: "\(last)年位次变动最大的县域"),
      columns: [
        .variables("index", Phrase("Index", zh: "指数"), rows.map(\.index)),
        ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(rows.map(\.unit))),
      ]
        + (labels.contains { $0 != nil }
          ? [ResultColumn("label", Phrase("Name", zh: "名称"), .text(labels))] : [])
        + [
          ResultColumn(
            "rank", Phrase("Rank as asked", zh: "基准位次"), .number(rows.map(\.base)),
            display: Self.rankDisplay(rows.map(\.base))),
          ResultColumn(
            "highest", Phrase("Highest", zh: "最高位次"), .number(rows.map(\.best)),
            display: Self.rankDisplay(rows.map(\.best))),
          ResultColumn(
            "lowest", Phrase("Lowest", zh: "最低位次"), .number(rows.map(\.worst)),
            display: Self.rankDisplay(rows.map(\.worst))),
        ], notes: [Phrase("Equal scores share the mean of their ranks.", zh: "得分相同者取平均位次。")])
  }

  private static func comparisonColumns(_ comparisons: [Comparison?]) -> [ResultColumn] {
    // Where no unit moves, none moved most.
    let movers = comparisons.map { comparison in comparison?.movers.first { $0.distance > 0 } }
    return [
      .variables("index", Phrase("Index", zh: "指数"), comparisons.map { $0?.index }),
      ResultColumn(
        "rank_correlation", Phrase("Rank correlation", zh: "秩相关系数"),
        .number(comparisons.map { $0?.meanRankCorrelation ?? .nan }), display: .fixedDecimals(4)),
      ResultColumn(
        "lowest_rank_correlation", Phrase("Lowest period's", zh: "各期最低"),
        .number(comparisons.map { $0?.lowestRankCorrelation ?? .nan }), display: .fixedDecimals(4)),
      ResultColumn(
        "largest_weight_change", Phrase("Largest weight change", zh: "最大权重变动"),
        .number(comparisons.map { $0?.largestWeightChange?.change ?? .nan }), display: .fixedDecimals(4)),
      ResultColumn(
        "weight_change_of", Phrase("of", zh: "变动指标"),
        .text(comparisons.map { $0?.largestWeightChange?.column })
      ),
      ResultColumn(
        "most_moved_unit", Phrase("Unit moved most", zh: "位次变动最大"), .text(movers.map { $0?.unit })),
      ResultColumn(
        "rank_before", Phrase("from rank", zh: "原位次"), .number(movers.map { $0?.rankBefore ?? .nan }),
        display: Self.rankDisplay(movers.map { $0?.rankBefore ?? .nan })),
      ResultColumn(
        "rank_after", Phrase("to rank", zh: "新位次"), .number(movers.map { $0?.rankAfter ?? .nan }),
        display: Self.rankDisplay(movers.map { $0?.rankAfter ?? .nan })),
    ]
  }

  /// Ranks are whole numbers unless units share one.
  private static func rankDisplay(_ ranks: [Double]) -> NumberDisplay {
    .fixedDecimals(ranks.allSatisfy { $0.isNaN || $0 == Double(Int($0)) } ? 0 : 1)
  }

  private static var rankNote: Phrase {
    Phrase(
      "Rank correlations (Spearman) are taken within each period and averaged; moves are those of the last period.",
      zh: "秩相关系数（Spearman）按期计算后取平均；位次变动为最后一期。")
  }
}
