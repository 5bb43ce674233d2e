extension DisparityResult {
  /// The answer of `disparity`: what people read is shown, and what they would scroll through is written.
  public var document: ResultDocument {
    var parts: [ResultDocument.Part] = []
    if specification.variable != nil {
      parts.append(.init(measureTable, jsonKey: "disparity"))
      if !specification.groups.isEmpty { parts += groupParts }
    }
    if specification.urbanRural != nil { parts += urbanRuralParts }
    if specification.variable != nil {
      parts += [
        .init(mobilityTable, shown: !mobility.isEmpty, jsonKey: "mobility"),
        .init(sigmaTable, shown: !dispersion.isEmpty, jsonKey: "sigma"),
        .init(testTable, shown: hasPeriods, jsonKey: "tests"),
      ]
    }
    return ResultDocument(
      command: "disparity", sample: sample, parts: parts, notes: notes, figures: figures)
  }

  /// What stands in titles for the variable.
  var variable: String { specification.variable ?? "" }

  func timeColumn(_ periods: [Int]) -> ResultColumn {
    ResultColumn("time", Phrase("Time", zh: "时间"), .integer(periods.map { hasPeriods ? $0 : nil }))
  }

  /// A column of an index, to four decimals as papers print it; nil is an empty cell.
  static func index(_ name: String, _ heading: Phrase, _ values: [Double?]) -> ResultColumn {
    ResultColumn(name, heading, .number(values.map { $0 ?? .nan }), display: .fixedDecimals(4))
  }

  // MARK: - Measures

  /// A row a period: `time, n, mean, cv, sd_log, gini, theil_t, theil_l`, with weights also `population`.
  var measureTable: ResultTable {
    let people = years.map { $0.population ?? .nan }
    return ResultTable(
      name: "disparity",
      title: Phrase("Disparity of \(variable.asVariable) between units", zh: "\(variable.asVariable)的区域差异"),
      columns: [
        timeColumn(years.map(\.period)),
        ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(years.map(\.units.count))),
      ]
        + (specification.population == nil
          ? []
          : [
            ResultColumn(
              "population", Phrase("People", zh: "人口"), .number(people), display: .fixedDecimals(0))
          ])
        + [
          ResultColumn(
            "mean", Phrase("Mean", zh: "均值"), .number(years.map { $0.units.isEmpty ? .nan : $0.values.mean })),
          Self.index("cv", Phrase("CV", zh: "变异系数"), years.map(\.variation)),
          Self.index("sd_log", Phrase("SD of ln", zh: "对数标准差"), years.map(\.logDeviation)),
          Self.index("gini", Phrase("Gini", zh: "基尼系数"), years.map(\.gini)),
          Self.index("theil_t", Phrase("Theil T", zh: "泰尔指数T"), years.map(\.theilT)),
          Self.index("theil_l", Phrase("Theil L", zh: "泰尔指数L"), years.map(\.theilL)),
        ], notes: measureNotes)
  }

  private var measureNotes: [Phrase] {
    let people = specification.population
    let isSample = specification.correctsSample
    let weighting =
      people.map {
        Phrase(
          "weighted by \($0) (the coefficient of variation is Williamson's); sd_log counts each unit once",
          zh: "以\($0)加权（变异系数即Williamson系数）；对数标准差中各个体权重相同")
      } ?? Phrase("each unit counts once", zh: "各个体权重相同")
    let deviation =
      isSample
      ? Phrase("the standard deviation with n − 1", zh: "标准差以n−1为除数")
      : Phrase("the standard deviation with n", zh: "标准差以n为除数")
    let gini =
      isSample
      ? Phrase("Gini's coefficient times n/(n − 1)", zh: "基尼系数乘以n/(n−1)")
      : Phrase("Gini's coefficient without a sample's correction", zh: "基尼系数不作样本修正")
    return [
      Phrase(
        "Conventions: \(weighting.english); CV has \(deviation.english); SD of ln has n − 1; \(gini.english); Theil T = Σ s ln(s/p),"
          + " Theil L = Σ p ln(p/s) (mean logarithmic deviation) with shares s of value and p of people.",
        zh:
          "口径：\(weighting.chinese)；变异系数的\(deviation.chinese)；对数标准差以n−1为除数；\(gini.chinese)；泰尔指数T＝Σ s ln(s/p)，"
          + "L＝Σ p ln(p/s)（平均对数离差），s为数值份额，p为人口份额。")
    ]
  }

  // MARK: - Ranks and dispersion

  /// A row for two periods: `from, to, n, kendall_tau_b, p_kendall, spearman, p_spearman, mobility, mean_rank_change`.
  var mobilityTable: ResultTable {
    let ranks = mobility.map(\.ranks)
    func p(_ name: String, _ values: [Double?]) -> ResultColumn {
      ResultColumn(name, Phrase("p", zh: "p值"), .number(values.map { $0 ?? .nan }), display: .probability)
    }
    return ResultTable(
      name: "mobility",
      title: Phrase("Mobility of ranks of \(variable.asVariable)", zh: "\(variable.asVariable)的位次变动"),
      columns: [
        ResultColumn("from", Phrase("From", zh: "起"), .integer(mobility.map(\.from))),
        ResultColumn("to", Phrase("To", zh: "止"), .integer(mobility.map(\.to))),
        ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(ranks.map(\.count))),
        Self.index("kendall_tau_b", Phrase("Kendall τb", zh: "Kendall τb"), ranks.map(\.kendall?.value)),
        p("p_kendall", ranks.map(\.kendall?.pValue)),
        Self.index("spearman", Phrase("Spearman ρ", zh: "Spearman ρ"), ranks.map(\.spearman?.value)),
        p("p_spearman", ranks.map(\.spearman?.pValue)),
        Self.index("mobility", Phrase("1 − τb", zh: "1−τb"), ranks.map(\.mobility)),
        ResultColumn(
          "mean_rank_change", Phrase("Mean rank change", zh: "平均位次变动"),
          .number(ranks.map { $0.meanRankChange ?? .nan }), display: .fixedDecimals(2)),
      ], keyColumns: 2,
      notes: [
        Phrase(
          "p of τb by the normal form with ties, p of ρ by t with n − 2 degrees of freedom: of no association at all, which ranks of"
            + " the same units years apart seldom have. Ranks from the highest; equal values share the best rank in the mean change,"
            + " the mean rank in ρ. Undefined with fewer than three units, or where all values of a period are equal.",
          zh: "τb的p值为含结修正的正态近似，ρ的p值为自由度n−2的t检验，原假设为完全无关，而同一批个体各年位次很少如此。位次由高到低；平均变动中并列取最优位次，"
            + "ρ中取平均位次。个体少于三个或某期所有值相等时无定义。")
      ])
  }

  /// A row a measure of dispersion: `measure, from, to, first, last, change, slope, std_error, df`.
  var sigmaTable: ResultTable {
    let trends = dispersion.map(\.trend)
    func number(
      _ name: String, _ heading: Phrase, _ part: InferencePart, _ values: [Double?]
    ) -> ResultColumn {
      ResultColumn(
        name, heading, .number(values.map { $0 ?? .nan }), display: .finerInference(part, decimals: 5))
    }
    return ResultTable(
      name: "sigma",
      title: Phrase("σ-convergence of \(variable.asVariable)", zh: "\(variable.asVariable)的σ收敛"),
      columns: [
        ResultColumn("measure", Phrase("Measure", zh: "指标"), .text(dispersion.map(\.measure))),
        ResultColumn("from", Phrase("From", zh: "起"), .integer(dispersion.map(\.from))),
        ResultColumn("to", Phrase("To", zh: "止"), .integer(dispersion.map(\.to))),
        Self.index("first", Phrase("First", zh: "期初"), dispersion.map(\.first)),
        Self.index("last", Phrase("Last", zh: "期末"), dispersion.map(\.last)),
        Self.index("change", Phrase("Change", zh: "变化"), dispersion.map(\.change)),
        number("slope", Phrase("Trend per period", zh: "每期趋势"), .estimate, trends.map { $0?.slope }),
        number("std_error", Phrase("Std. error", zh: "标准误"), .error, trends.map { $0?.standardError }),
        ResultColumn("df", Phrase("df", zh: "自由度"), .integer(trends.map { $0?.degreesOfFreedom })),
      ],
      notes: [
        Phrase(
          "A dispersion that falls is σ-convergence. The trend is a least-squares line through the periods that have the measure: it"
            + " describes them.",
          zh: "离散程度下降即σ收敛。趋势为有该指标的各期的最小二乘直线，仅作描述。")
      ])
  }

  /// The tests: `name, hypothesis, statistic, df, p_value, reason`.
  var testTable: ResultTable {
    ResultTable(tests: tests).adding(
      cautions: tests.contains { $0.pValue != nil } ? [Self.neighbourCaution] : [])
  }

  /// Draws of spatially autoregressive values on the links of Hunan's 121 counties, the same dispersion in both periods:
  /// the share of p below .05.
  private static let neighbourCaution = Phrase(
    "Counties are neighbours and move together, so that they are fewer independent draws than units: these p values are too"
      + " small. On a map of 121 counties the sigma test of equal dispersions rejects at 5 % in 6 % of draws where the spatial ρ of"
      + " values is .3, in 14 % at .6, in 31 % at .8; that of ranks likewise.",
    zh: "相邻县域同向变动，独立信息少于个体数，所列p值偏小：在121个县的地图上，若取值的空间自相关ρ为0.3、0.6、0.8，"
      + "sigma检验在5%水平下的误拒率约为6%、14%、31%；位次检验亦然。")
}

extension DisparityResult.Dispersion {
  /// The last less the first.
  var change: Double? { first.flatMap { first in last.map { $0 - first } } }
}
