extension DynamicPanelResult {
  /// The verb that fits it.
  public static let verb = "gmm"

  /// How its tables differ from those of other families.
  public static let form = ModelForm(
    hasKinds: true,
    tests: (
      title: Phrase("Tests", zh: "检验"), key: Phrase("Test", zh: "检验"),
      statistic: Phrase("Statistic", zh: "统计量"),
      reason: Phrase("Why not", zh: "无法计算的原因")
    ), hypothesis: ("label", Phrase("Hypothesis", zh: "原假设")), hasReasonsBelow: true,
    fitTitle: Phrase("Sample and fit", zh: "样本与拟合"), hasFitKeys: true)

  /// The outcome's name.
  public var outcomeName: String { specification.formula.outcome.name }

  /// What stands above the coefficients: method, outcome and errors.
  public var title: Phrase {
    Phrase(
      "\(method.english) of \(outcomeName.asTerm); \(errors.english)",
      zh: "\(outcomeName.asTerm)的\(method.chinese)估计；\(errors.chinese)")
  }

  /// The terms that were left out.
  public var omitted: [Parameter] { dependent.map(\.parameter) }

  /// The level of the intervals.
  public var confidenceLevel: Double { specification.confidenceLevel }

  /// The size of the sample.
  public var sample: ResultDocument.Sample {
    .init(
      observations: counts.observations, units: counts.units, periods: counts.periods,
      droppedRows: counts.unusedRows)
  }

  /// The linear combinations that were asked for.
  public var furtherEstimates: [Estimate] { combinations }

  /// The numbers about the estimate, each once: sample, instruments, bounds, criteria, p values of tests.
  public var statistics: FitStatistics {
    func p(_ key: String) -> FitStatistic.Value { .probability(test(key)?.pValue) }
    return FitStatistics(
      all: [
        .init("observations", Phrase("Observations", zh: "样本量"), .count(counts.observations)),
        .init(
          "observations_level", Phrase("Observations, level equation", zh: "观测值（水平方程）"), .count(counts.level)),
        .init(
          "observations_transformed", Phrase("Observations, transformed equation", zh: "观测值（差分方程）"),
          .count(counts.transformed)),
        .init("units", Phrase("Units", zh: "个体数"), .count(counts.units)),
        .init("clusters", Phrase("Clusters", zh: "聚类数"), .count(counts.clusters)),
        .init("instruments", Phrase("Instruments", zh: "工具变量数"), .count(ledger.count)),
        .init(
          "within_bound", Phrase("Lagged outcome, within (low)", zh: "滞后项：组内估计（下界）"),
          .number(bounds?.within)),
        .init(
          "ols_bound", Phrase("Lagged outcome, pooled OLS (high)", zh: "滞后项：混合OLS（上界）"),
          .number(bounds?.pooled)),
        .init("bounds_verdict", .word(boundsVerdict)), .init("sigma2", .number(errorVariance)),
        .init("weight_rank", .count(weightRank)),
        .init("steps", .count(specification.steps == .cue ? nil : stepCount)),
        .init("df_residual", .count(reference.degreesOfFreedom)),
        .init("mmsc_aic", Phrase(verbatim: "MMSC-AIC"), .number(criteria?.aic)),
        .init("mmsc_bic", Phrase(verbatim: "MMSC-BIC"), .number(criteria?.bic)),
        .init("mmsc_hqic", Phrase(verbatim: "MMSC-HQIC"), .number(criteria?.hqic)),
        .init(
          "time_dummies", Phrase("Time dummies", zh: "时间虚拟变量"),
          .flag(estimates.contains { $0.parameter.role == .period })),
        .init("ar1", Phrase("AR(1) p", zh: "AR(1)检验p值"), p("ar1")),
        .init("ar2", Phrase("AR(2) p", zh: "AR(2)检验p值"), p("ar2")),
        .init("sargan", Phrase("Sargan p", zh: "Sargan检验p值"), p("sargan")),
        .init("hansen", Phrase("Hansen J p", zh: "Hansen J检验p值"), p("hansen")),
        .init("hansen_df", Phrase("Hansen df", zh: "Hansen检验自由度"), .count(test("hansen")?.degreesOfFreedom)),
        .init("periods", Phrase("Periods", zh: "时期数"), .count(counts.periods)),
        .init("estimator", Phrase("Estimator", zh: "估计方法"), .phrase(shortMethod)),
        .init("std_errors", Phrase("Standard errors", zh: "标准误"), .phrase(shortErrors)),
        .init("unit_effects", Phrase("Effects of units", zh: "个体效应"), .flag(true)),
        .init(
          "time_effects", Phrase("Effects of periods", zh: "时间效应"),
          .flag(estimates.contains { $0.parameter.role == .period })),
      ],
      json: [
        "instruments", "observations_level", "observations_transformed", "ols_bound", "within_bound",
        "bounds_verdict", "sigma2", "weight_rank", "clusters", "steps", "df_residual", "mmsc_aic", "mmsc_bic",
        "mmsc_hqic",
      ],
      table: [
        "observations_level", "observations_transformed", "units", "clusters", "instruments", "within_bound",
        "ols_bound", "mmsc_aic", "mmsc_bic", "mmsc_hqic",
      ],
      journal: ["time_dummies", "observations", "units", "instruments", "ar1", "ar2", "sargan", "hansen"],
      footer: [
        "estimator", "unit_effects", "time_effects", "observations", "units", "periods", "instruments", "ar1",
        "ar2",
        "hansen", "hansen_df", "std_errors",
      ])
  }

  /// What the journal table says besides the numbers.
  public var journal: JournalTable? {
    JournalTable(
      name: "gmm_table", title: method,
      notes: [Phrase("\(errors.english) in parentheses.", zh: "括号内为\(errors.chinese)。")])
  }

  /// The difference estimate, linear combinations and marginal effects.
  public func effectTables(_ layout: CoefficientLayout.Shape) -> [ResultDocument.Part] {
    [
      differenceTable.map { .init($0, jsonKey: "difference_gmm") },
      nonlinearTable.map { .init($0, jsonKey: "nonlinear_gmm") },
      longRunTable.map { .init($0, jsonKey: "long_run") },
      combinations.isEmpty ? nil : .init(combinationTable, jsonKey: "linear_combinations"),
      marginalEffects.isEmpty ? nil : .init(marginalEffectTable, jsonKey: "marginal_effects"),
      TurningPoint.table(turningPoints, level: confidenceLevel).map {
        .init($0.adding(cautions: cautions), jsonKey: "turning_points")
      },
    ].compactMap(\.self)
  }

  /// What only scripts need: identification by coefficient, and the tests as xtabond2 prints them.
  public var furtherValues: [JSONMember] {
    let names = estimates.map(\.name)
    var members: [JSONMember] = []
    if weakestDirection.count == names.count {
      let twoStep = zip(names, twoStepIdentification).map { name, test in
        JSONValue.object([
          JSONMember("term", .string(name)), JSONMember("statistic", .number(test?.value ?? .nan)),
          JSONMember("p_value", .number(test?.pValue ?? .nan)),
        ])
      }
      members.append(
        JSONMember(
          "identification",
          .object([
            JSONMember(
              "weakest_direction",
              .array(
                zip(names, weakestDirection).map { name, entry in
                  .object([JSONMember("term", .string(name)), JSONMember("weight", .number(entry))])
                })), JSONMember("two_step", .array(twoStep)),
          ])))
    }
    if !serialCorrelationByUnit.isEmpty {
      members.append(
        JSONMember(
          "serial_correlation_by_unit",
          .array(
            serialCorrelationByUnit.map { test in
              .object([
                JSONMember("name", .string(test.key)),
                JSONMember("statistic", .number(test.statistic ?? .nan)),
                JSONMember("p_value", .number(test.pValue ?? .nan)),
              ])
            })))
    }
    return members
  }

  /// Whether variables act together at all, and what difference-in-Hansen is, where there are such tests.
  public var testNotes: [Phrase] {
    let sets =
      tests.contains(where: { $0.excluding != nil })
      ? [
        Phrase(
          "diff_hansen: C statistic of a set; \"without\" is Hansen's J of the instruments that stay.",
          zh: "diff_hansen为差分Hansen检验；“剔除后”为其余工具变量的Hansen J。")
      ] : []
    let isWide = tests.contains { $0.key.hasPrefix("test:") && ($0.degreesOfFreedom ?? 0) > 3 }
    let many =
      isWide
      ? [
        Phrase(
          "\(Setting("test")) of more than three coefficients: χ² takes their covariance for known and rejects too often, the more"
            + " so the more instruments there are.",
          zh: "\(Setting("test"))同时检验三个以上系数时，χ²视协方差为已知，拒绝率偏高，工具变量越多越甚。")
      ] : []
    return [productNote].compactMap(\.self) + many + sets
  }

  /// The answer to the question whether variables act together.
  private var productNote: Phrase? {
    guard let test = test("wald_products"), let p = test.pValue, let count = test.degreesOfFreedom else {
      return nil
    }
    let (clause, isRejected) = (ProbabilityText.clause(p), p < 0.05)
    return Phrase(
      "Do variables act together? That none of the \(count) products matters is \(isRejected ? "rejected" : "not rejected")"
        + " (wald_products, \(clause)). A product that is significant by itself among many is no answer. F is Hotelling's, with"
        + " units less instruments; where no product matters it still rejects in up to 9 of 100 panels of 121 counties, χ² in"
        + " 14 to 21: take a p near .05 for none.",
      zh: "变量之间是否存在交互作用：\(count)个乘积项系数同时为零的原假设\(isRejected ? "被拒绝" : "未被拒绝")（wald_products，\(clause)）。"
        + "众多乘积项中单个显著不足为据。F为Hotelling形式（自由度按个体数减工具变量数）；121县、无交互作用时其仍有至多9%的拒绝率"
        + "（χ²为14%–21%），p值接近0.05时不宜据此下结论。")
  }

  /// Where the instruments come from, and variance inflation.
  public var furtherTables: [ResultDocument.Part] {
    [.init(instrumentTable, jsonKey: "instruments")]
      + (inflationTable.map { [.init($0, jsonKey: "vif")] } ?? [])
  }

  /// The pictures of the report.
  public var figures: [ResultFigure] {
    coefficientFigures + combinationFigures + bands
  }

  /// The pictures of marginal effects and turning points.
  public var bands: [ResultFigure] {
    marginalEffectFigures
      + marginalBands.map { .curve(CurveFigure($0, outcome: outcomeName, level: confidenceLevel)) }
      + turningPoints.map { .curve(CurveFigure($0, outcome: outcomeName, level: confidenceLevel)) }
  }

  private var estimatorName: Phrase {
    specification.estimator == .system
      ? Phrase("system GMM", zh: "系统GMM") : Phrase("difference GMM", zh: "差分GMM")
  }

  /// `Two-step system GMM in first differences`.
  public var method: Phrase {
    let steps =
      switch specification.steps {
      case .one: Phrase("One-step", zh: "一步")
      case .two: Phrase("Two-step", zh: "两步")
      case .iterated: Phrase("Iterated (\(stepCount) steps)", zh: "迭代（\(stepCount)步）")
      case .cue: Phrase("Continuously updated", zh: "连续更新")
      }
    let estimator = estimatorName
    let transform =
      specification.transform == .firstDifferences
      ? Phrase("in first differences", zh: "一阶差分")
      : Phrase("in forward orthogonal deviations", zh: "前向正交离差")
    return Phrase(
      "\(steps.english) \(estimator.english) \(transform.english)",
      zh: "\(steps.chinese)\(estimator.chinese)（\(transform.chinese)）")
  }

  /// The method as a cell has room for it; the usual transform goes without saying.
  private var shortMethod: Phrase {
    let steps =
      switch specification.steps {
      case .one: Phrase("one-step", zh: "一步")
      case .two: Phrase("two-step", zh: "两步")
      case .iterated: Phrase("iterated", zh: "迭代")
      case .cue: Phrase("CUE", zh: "连续更新")
      }
    let estimator = estimatorName
    let isUsual = specification.transform == .firstDifferences
    return Phrase(
      "\(steps.english) \(estimator.english)\(isUsual ? "" : ", FOD")",
      zh: "\(steps.chinese)\(estimator.chinese)\(isUsual ? "" : "（FOD）")")
  }

  /// The errors as a cell has room for them.
  private var shortErrors: Phrase {
    let kind =
      switch (specification.standardErrors, specification.steps) {
      case (.classical, _): Phrase("classical", zh: "常规")
      case (.robust, .one), (.robust, .cue): Phrase("robust", zh: "稳健")
      case (.robust, _): Phrase("Windmeijer", zh: "Windmeijer校正")
      case (.doublyCorrected, _): Phrase("doubly corrected", zh: "双重校正")
      }
    let (cluster, small) = (specification.clusterOfUnit != nil, specification.isSmallSample)
    return Phrase(
      "\(kind.english)\(cluster ? ", clustered" : "")\(small ? ", small-sample" : "")",
      zh: "\(kind.chinese)\(cluster ? "、聚类" : "")\(small ? "、小样本校正" : "")")
  }

  /// What the standard errors are.
  var errors: Phrase {
    let small =
      specification.isSmallSample ? Phrase(", small-sample correction", zh: "，小样本校正") : Phrase(verbatim: "")
    let kind =
      switch (specification.standardErrors, specification.steps) {
      case (.classical, _): Phrase("classical standard errors", zh: "常规标准误")
      case (.robust, .one), (.robust, .cue): Phrase("robust standard errors", zh: "稳健标准误")
      case (.robust, _): Phrase("Windmeijer's standard errors", zh: "Windmeijer校正标准误")
      case (.doublyCorrected, _): Phrase("doubly corrected standard errors", zh: "双重校正标准误")
      }
    let cluster =
      specification.clusterOfUnit == nil
      ? Phrase(verbatim: "") : Phrase(", clustered more widely than units", zh: "，在高于个体的层面聚类")
    return Phrase(
      kind.english + cluster.english + small.english, zh: kind.chinese + cluster.chinese + small.chinese)
  }

  var unitWord: Phrase {
    counts.clusters == nil ? Phrase("units", zh: "个体") : Phrase("clusters", zh: "聚类")
  }

  /// The lagged outcome against its bounds.
  public var boundsVerdict: String? {
    guard let bounds, let lag = laggedOutcome else { return nil }
    if bounds.contains(lag.value) { return "inside" }
    return lag.value > max(bounds.pooled, bounds.within) ? "above" : "below"
  }
}
