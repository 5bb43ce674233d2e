extension FixedEffectsResult {
  /// The verb that fits it.
  public static let verb = "fe"

  /// How its tables differ from those of other families.
  public static let form = ModelForm(
    hasKinds: false,
    tests: (
      title: Phrase("Tests", zh: "检验"), key: Phrase("Test", zh: "检验"),
      statistic: Phrase("Statistic", zh: "统计量"), reason: Phrase("Why not", zh: "未计算的原因")
    ), hypothesis: ("label", Phrase("Hypothesis", zh: "原假设")), hasReasonsBelow: true,
    fitTitle: Phrase("Sample and fit", zh: "样本与拟合"), hasFitKeys: true)

  /// The level of the intervals.
  public var confidenceLevel: Double { specification.confidenceLevel }

  /// `Two-way fixed effects of V`, `Two-stage least squares of V, two-way fixed effects`.
  public var title: Phrase {
    let name = method
    guard instruments != nil else {
      return Phrase("\(name.english) of \(outcomeName.asTerm)", zh: "\(outcomeName.asTerm)的\(name.chinese)模型")
    }
    let estimator =
      specification.instrumentalEstimator == .gmm
      ? Phrase("Efficient GMM", zh: "有效GMM") : Phrase("Two-stage least squares", zh: "两阶段最小二乘")
    return Phrase(
      "\(estimator.english) of \(outcomeName.asTerm), \(name.english.lowercasedFirst)",
      zh: "\(outcomeName.asTerm)的\(name.chinese)模型，\(estimator.chinese)")
  }

  /// Which effects the model has.
  private var method: Phrase {
    let name =
      switch specification.effects {
      case .twoways: Phrase("Two-way fixed effects", zh: "双向固定效应")
      case .unit: Phrase("Fixed effects of units", zh: "个体固定效应")
      case .time: Phrase("Fixed effects of periods", zh: "时间固定效应")
      case .none: Phrase("Pooled regression", zh: "混合回归")
      case .random: Phrase("Random effects of units", zh: "个体随机效应")
      case .between: Phrase("Between regression", zh: "组间回归")
      case .difference: Phrase("First differences", zh: "一阶差分")
      }
    guard !specification.absorbedColumns.isEmpty else { return name }
    let more = specification.absorbedColumns.joined(separator: ", ")
    return Phrase("\(name.english) and of \(more)", zh: "\(name.chinese)（另含\(more)效应）")
  }

  /// The numbers about the fit, each once.
  public var statistics: FitStatistics {
    func p(_ key: String) -> FitStatistic.Value { .probability(test(key)?.pValue) }
    let hasUnits = specification.effects.hasUnits
    return FitStatistics(
      all: [
        .init("observations", Phrase("Observations", zh: "样本量"), .count(sample.observations)),
        .init("units", Phrase("Units", zh: "个体数"), .count(sample.units)),
        .init("periods", Phrase("Periods", zh: "时期数"), .count(sample.periods)),
        .init("clusters", Phrase("Clusters", zh: "聚类数"), .count(errors.clusters.min())),
        .init("singletons", Phrase("Singletons left out", zh: "剔除的单一观测"), .count(fit.singletons)),
        .init("unit_effects", Phrase("Effects of units", zh: "个体效应"), .flag(hasUnits)),
        .init(
          "time_effects", Phrase("Effects of periods", zh: "时间效应"), .flag(specification.effects.hasPeriods)),
        .init("absorbed", Phrase("Effects taken out", zh: "吸收的效应数"), .count(fit.absorbedRank)),
        .init("r2", Phrase(verbatim: "R²"), .number(fit.rSquared)),
        .init("r2_adjusted", Phrase("Adjusted R²", zh: "调整R²"), .number(fit.adjustedRSquared)),
        .init("r2_within", Phrase("Within R²", zh: "组内R²"), .number(fit.withinRSquared)),
        .init("r2_between", Phrase("Between R²", zh: "组间R²"), .number(fit.betweenRSquared)),
        .init("r2_overall", Phrase("Overall R²", zh: "总体R²"), .number(fit.overallRSquared)),
        .init("sigma", Phrase(verbatim: "σ"), .number(fit.sigma)),
        .init("rss", .number(fit.residualSumOfSquares)),
        .init("constant", Phrase("Constant", zh: "常数项"), .number(fit.constant)),
        .init("sigma_u", Phrase(verbatim: "σ_u"), .number(fit.components?.unit)),
        .init("sigma_e", Phrase(verbatim: "σ_e"), .number(fit.components?.idiosyncratic)),
        .init("rho", Phrase("Share of σ²_u", zh: "σ²_u占比"), .number(fit.components?.share)),
        .init("theta_low", Phrase("Smallest θ", zh: "最小θ"), .number(fit.components?.thetaLow)),
        .init("theta_high", Phrase("Largest θ", zh: "最大θ"), .number(fit.components?.thetaHigh)),
        .init(
          "mean_absolute_correlation", Phrase("Mean |r| across units", zh: "个体间残差平均|r|"),
          .number(fit.meanAbsoluteCorrelation)),
        .init("df_residual", .count(errors.degreesOfFreedom)),
        .init("kleibergen_paap_f", Phrase(verbatim: "Kleibergen–Paap F"), .number(instruments?.rankF)),
        .init("cragg_donald_f", Phrase(verbatim: "Cragg–Donald F"), .number(instruments?.craggDonald)),
        .init(
          "effective_f", Phrase("Effective F", zh: "有效F"),
          .number(instruments?.stages.count == 1 ? instruments?.stages[0].effectiveF : nil)),
        .init("hansen", Phrase("Hansen J p", zh: "Hansen J检验p值"), p("hansen")),
        .init("hansen_df", Phrase("Hansen df", zh: "Hansen检验自由度"), .count(test("hansen")?.degreesOfFreedom)),
        .init("estimator", Phrase("Estimator", zh: "估计方法"), .phrase(estimatorName)),
        .init("std_errors", Phrase("Standard errors", zh: "标准误"), .phrase(errors.kind)),
      ],
      json: [
        "r2", "r2_adjusted", "r2_within", "r2_between", "r2_overall", "sigma", "rss", "constant", "absorbed",
        "singletons", "clusters", "df_residual", "sigma_u", "sigma_e", "rho", "theta_low", "theta_high",
        "mean_absolute_correlation", "kleibergen_paap_f", "cragg_donald_f", "effective_f",
      ],
      table: [
        "observations", "units", "periods", "clusters",
      ] + (fit.singletons > 0 ? ["singletons"] : [])
        + [
          "absorbed", "r2", "r2_adjusted", "r2_within", "r2_between", "r2_overall", "sigma", "constant",
          "sigma_u", "sigma_e", "rho", "theta_low",
          "theta_high", "mean_absolute_correlation", "kleibergen_paap_f", "cragg_donald_f", "effective_f",
        ],
      journal: ["unit_effects", "time_effects", "observations", "units", "r2", "r2_within"]
        + (instruments == nil ? [] : ["kleibergen_paap_f", "hansen"]),
      footer: ["estimator", "unit_effects", "time_effects", "observations", "units", "periods", "r2_within"]
        + (instruments == nil ? [] : ["kleibergen_paap_f", "hansen", "hansen_df"]) + ["std_errors"])
  }

  /// The estimator without its effects, which have rows of their own.
  private var estimatorName: Phrase {
    guard instruments == nil else {
      return specification.instrumentalEstimator == .gmm
        ? Phrase("efficient GMM", zh: "有效GMM") : Phrase("2SLS", zh: "两阶段最小二乘")
    }
    return switch specification.effects {
    case .twoways, .unit, .time: Phrase("fixed effects", zh: "固定效应")
    case .none: Phrase("pooled", zh: "混合回归")
    case .random: Phrase("random effects", zh: "随机效应")
    case .between: Phrase("between", zh: "组间回归")
    case .difference: Phrase("first differences", zh: "一阶差分")
    }
  }

  /// How the errors are scaled, and what was left out.
  public var coefficientNotes: [Phrase] { [errors.note] }

  /// None: groups and mechanisms have tables of their own.
  public var furtherEstimates: [Estimate] { [] }

  /// The first stage, turning points, groups and mechanism.
  public func effectTables(_ layout: CoefficientLayout.Shape) -> [ResultDocument.Part] {
    var parts: [ResultDocument.Part] = []
    if let table = firstStageTable { parts.append(.init(table, jsonKey: "first_stage")) }
    if let table = andersonRubinTable { parts.append(.init(table, jsonKey: "anderson_rubin")) }
    if let table = turningPointTable { parts.append(.init(table, jsonKey: "turning_points")) }
    if let groups { parts += groups.parts }
    if let mechanism {
      parts.append(.init(mechanism.table, jsonKey: "mechanism"))
      if let table = mechanism.indirectTable(level: confidenceLevel) {
        parts.append(.init(table, jsonKey: "indirect_effects"))
      }
    }
    return parts
  }

  /// Which tests find something where nothing is.
  public var testNotes: [Phrase] {
    var notes: [Phrase] = []
    if test("hausman")?.pValue != nil {
      notes.append(
        Phrase(
          "Hausman's test takes errors for independent and rejects in 12 to 14 of 100 panels where random effects hold (121"
            + " units, 11 periods); Mundlak's, which does not, in 7: read that one.",
          zh: "Hausman检验假定误差独立；随机效应成立时（121个个体、11期）其拒绝率为12%–14%，而稳健的Mundlak检验为7%，应以后者为准。"))
    }
    if let test = test("heteroskedasticity"), test.statistic != nil, test.pValue?.isNaN != false {
      notes.append(
        Phrase(
          "The modified Wald test needs far more periods than units have here: of equal variances χ² finds unequal ones in all of"
            + " 100 panels of 121 units and 11 periods, in 89 of 20 units. Errors clustered by unit hold either way.",
          zh: "修正Wald检验所需时期数远多于此处：方差相等时，121个个体、11期的面板中χ²的拒绝率为100%，20个个体时为89%。按个体聚类的标准误不受影响。"))
    }
    return notes
  }

  /// Conley's errors by cutoff.
  public var furtherTables: [ResultDocument.Part] {
    errors.conley.map { [.init($0.table(estimates), jsonKey: "errors_by_cutoff")] } ?? []
  }

  /// Which standard errors these are, and the groups.
  public var furtherValues: [JSONMember] {
    [JSONMember("standard_errors", errors.json)]
      + (groups.map { [$0.member(confidenceLevel: confidenceLevel)] } ?? [])
  }

  /// What the table for journals says besides the numbers.
  public var journal: JournalTable? {
    JournalTable(name: "fe_table", title: title, notes: [errors.note])
  }

  /// The pictures of the report.
  public var figures: [ResultFigure] {
    turningPointFigures + coefficientFigures + (groups?.figures(confidenceLevel: confidenceLevel) ?? [])
  }

  /// The model in each group, and the regressions of mediators.
  public var furtherModels: [ModelColumn] {
    (groups?.columns ?? []) + (mechanism?.models.dropFirst().map(\.column) ?? [])
  }

  /// The curves of variables that enter with their squares.
  public var turningPointFigures: [ResultFigure] {
    turningPoints.map { .curve(CurveFigure($0, outcome: outcomeName, level: confidenceLevel)) }
  }
}

extension String {
  /// The text with its first letter small.
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
