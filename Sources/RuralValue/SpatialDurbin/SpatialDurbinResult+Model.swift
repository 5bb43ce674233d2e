extension SpatialDurbinResult {
  /// The verb that fits it.
  public static let verb = "sdm"

  /// How its tables differ from those of other families.
  public static let form = ModelForm(
    hasKinds: false,
    tests: (
      title: Phrase("Which model: the tests", zh: "模型选择检验"), key: Phrase("Name", zh: "代号"),
      statistic: Phrase("Statistic", zh: "统计量"), reason: Phrase("Why not", zh: "未计算的原因")
    ), hypothesis: ("hypothesis", Phrase("Test", zh: "检验")), hasReasonsBelow: false,
    fitTitle: Phrase("Fit", zh: "拟合"), hasFitKeys: false)

  /// What the model is called above its tables: `SDM of logc with two-way fixed effects`.
  public var title: Phrase {
    let lags = specification.dynamics == nil ? ("", "") : ("Dynamic ", "动态")
    let name = specification.model.title
    let estimator = specification.resolvedEstimator.titlePart
    return Phrase(
      "\(lags.0)\(name) of \(outcomeName.asTerm)\(estimator.english), \(specification.effects.label.english)",
      zh:
        "\(outcomeName.asTerm)的\(lags.1)\(name)模型（\(specification.effects.label.chinese)\(estimator.chinese)）"
    )
  }

  /// The level of the intervals.
  public var confidenceLevel: Double { specification.confidenceLevel }

  /// The numbers about the fit, each once: likelihood, criteria, R², bounds.
  public var statistics: FitStatistics {
    let name = specification.model.hasLag ? "ρ" : "λ"
    let isSpatial = specification.model.hasLag || specification.model.hasError
    return FitStatistics(
      all: [
        .init("observations", Phrase("Observations", zh: "样本量"), .count(sample.observations)),
        .init("units", Phrase("Units", zh: "个体数"), .count(sample.units)),
        .init("periods", Phrase("Periods", zh: "时期数"), .count(sample.periods)),
        .init("log_likelihood", logLikelihoodLabel, number(fit.logLikelihood)),
        .init("log_likelihood_kind", .word(fit.kind?.rawValue)),
        .init("parameters", .count(fit.parameterCount)),
        .init("aic", Phrase(verbatim: "AIC"), number(fit.aic)),
        .init("bic", Phrase(verbatim: "BIC"), number(fit.bic)),
        .init("r2", Phrase(verbatim: "R²"), .number(fit.rSquared)),
        .init("r2_within", Phrase("Within R²", zh: "组内R²"), .number(fit.rSquaredWithin)),
        .init("corr2", Phrase("Squared correlation", zh: "相关系数平方"), number(fit.squaredCorrelation ?? .nan)),
        .init("rho_low", Phrase("Lower bound of \(name)", zh: "\(name)下界"), .number(fit.bounds.lowerBound)),
        .init("rho_high", Phrase("Upper bound of \(name)", zh: "\(name)上界"), .number(fit.bounds.upperBound)),
        .init(
          "weights_fingerprint", Phrase("Weights fingerprint", zh: "空间权重矩阵指纹"),
          .word(fit.weightsFingerprint)),
        .init(
          "weights_x_fingerprint", Phrase("Weights fingerprint, WX", zh: "空间权重矩阵指纹（WX）"),
          .word(fit.regressorWeightsFingerprint)),
        .init(
          "weights_error_fingerprint", Phrase("Weights fingerprint, Wu", zh: "空间权重矩阵指纹（Wu）"),
          .word(fit.errorWeightsFingerprint)),
        .init("score", number(fit.score)), .init("local_maxima", .count(fit.maxima)),
        .init(
          "random_effects_variance", Phrase("Variance of random effects", zh: "随机效应方差"),
          .number(fit.unitVariance)),
        .init(
          "kleibergen_paap_f", Phrase(verbatim: "Kleibergen–Paap F"),
          .number(instruments?.rankF)),
        .init(
          "largest_root", Phrase("Largest root (stable below 1)", zh: "最大根（小于1为稳定）"),
          .number(fit.largestRoot)),
        .init(
          "mean_absolute_correlation",
          Phrase("Mean |r| across units", zh: "个体间残差平均|r|"),
          .number(fit.meanAbsoluteCorrelation)),
        .init("estimator", Phrase("Estimator", zh: "估计方法"), .phrase(estimatorName)),
        .init("std_errors", Phrase("Standard errors", zh: "标准误"), .phrase(errors.kind)),
        .init(
          "unit_effects", Phrase("Effects of units", zh: "个体效应"),
          specification.effects.isRandom
            ? .phrase(Phrase("random", zh: "随机")) : .flag(specification.effects.hasUnits)),
        .init(
          "time_effects", Phrase("Effects of periods", zh: "时间效应"), .flag(specification.effects.hasPeriods)),
      ],
      json: [
        "log_likelihood", "log_likelihood_kind", "parameters", "aic", "bic", "r2", "r2_within", "corr2",
        "rho_low", "rho_high", "weights_fingerprint", "score", "local_maxima", "random_effects_variance",
        "largest_root", "mean_absolute_correlation",
      ] + (instruments == nil ? [] : ["kleibergen_paap_f"]) + otherWeights,
      table: ["observations", "units", "periods", "log_likelihood", "aic", "bic", "r2", "r2_within", "corr2"]
        + (isSpatial ? ["rho_low", "rho_high"] : [])
        + [
          "random_effects_variance", "largest_root", "mean_absolute_correlation", "kleibergen_paap_f",
          "weights_fingerprint",
        ] + otherWeights,
      journal: ["observations", "units", "periods"]
        + (fit.kind == nil ? [] : ["log_likelihood"]) + ["r2_within"]
        + (instruments == nil ? [] : ["kleibergen_paap_f"]),
      footer: ["estimator", "unit_effects", "time_effects", "observations", "units", "periods"]
        + (fit.kind == nil ? [] : ["log_likelihood"]) + ["r2_within"]
        + (instruments == nil ? [] : ["kleibergen_paap_f"]) + ["std_errors"])
  }

  /// The model's name in journals, and how it is estimated where that is not likelihood.
  private var estimatorName: Phrase {
    let lags = specification.dynamics == nil ? ("", "") : ("dynamic ", "动态")
    let part = specification.resolvedEstimator.titlePart
    let name = specification.model.title
    return Phrase("\(lags.0)\(name)\(part.english)", zh: "\(lags.1)\(name)\(part.chinese)")
  }

  /// A number that an estimate without a likelihood does not have.
  private func number(_ value: Double) -> FitStatistic.Value { .number(value.isNaN ? nil : value) }

  /// The keys of weights beside those of Wy.
  private var otherWeights: [String] {
    (fit.regressorWeightsFingerprint == nil ? [] : ["weights_x_fingerprint"])
      + (fit.errorWeightsFingerprint == nil ? [] : ["weights_error_fingerprint"])
  }

  /// Which likelihood it is.
  private var logLikelihoodLabel: Phrase {
    switch fit.kind {
    case .direct: Phrase("Log-likelihood (direct)", zh: "对数似然值（直接法）")
    case .transformed: Phrase("Log-likelihood (transformed)", zh: "对数似然值（正交变换）")
    case .restricted: Phrase("Log-likelihood (restricted)", zh: "对数似然值（受限似然）")
    case .adjusted: Phrase("Log-likelihood (direct, of the unadjusted estimate)", zh: "对数似然值（直接法，修正前）")
    case nil: Phrase("Log-likelihood", zh: "对数似然值")
    case .random: Phrase("Log-likelihood (random effects)", zh: "对数似然值（随机效应）")
    }
  }

  /// Direct, indirect and total effects.
  public var effectEstimates: [Estimate] { effects.map(\.estimate) }

  /// None: effects are a table of their own.
  public var furtherEstimates: [Estimate] { [] }

  /// Effects: by the delta method, simulated, and by order of neighbours; in front of them what instruments tell. A row an
  /// effect is what the full layout shows, and a row a term the others.
  public func effectTables(_ layout: CoefficientLayout.Shape) -> [ResultDocument.Part] {
    let isLong = layout == .full
    let both: [ResultDocument.Part] = [
      .init(wideEffectTable, shown: !isLong, repeated: isLong, jsonKey: nil),
      .init(effectTable, shown: isLong, repeated: !isLong, jsonKey: "effects"),
    ]
    return instrumentTables + (effects.isEmpty ? [] : both)
      + (simulationTable.map { [.init($0, jsonKey: "effects_simulated")] } ?? [])
      + (marginTable.map { [.init($0, jsonKey: "marginal_effects")] } ?? [])
      + (signChangeTable.map { [.init($0, jsonKey: "sign_changes")] } ?? [])
      + (regionTable.map { [.init($0, jsonKey: "effects_by_region")] } ?? [])
      + (regionPairTable.map { [.init($0, jsonKey: "effects_between_regions")] } ?? [])
      + (regimeLagTable.map { [.init($0, jsonKey: "rho_by_regime")] } ?? [])
      + (orderTable.map { [.init($0, jsonKey: "effects_by_order")] } ?? [])
  }

  /// What the tests say, step by step.
  public var testNotes: [Phrase] { decision + instrumentTestNotes }

  /// Conley's errors by cutoff.
  public var furtherTables: [ResultDocument.Part] {
    (errors.conley.map { [.init($0.table(estimates), jsonKey: "errors_by_cutoff")] } ?? [])
      + (predictions.map { [.init($0.accuracyTable, jsonKey: "prediction_accuracy")] } ?? [])
  }

  /// Which standard errors these are, and the decision in words.
  public var furtherValues: [JSONMember] {
    [
      JSONMember("standard_errors", errors.json),
      JSONMember("decision", JSONValue(decision.map(\.english))),
    ] + (effects.isEmpty ? [JSONMember("effects", .array([]))] : [])
  }

  /// What the table for journals says besides the numbers.
  public var journal: JournalTable? {
    JournalTable(name: "sdm_table", title: title, notes: coefficientNotes)
  }

  /// The pictures of the report.
  public var figures: [ResultFigure] { effectFigures + coefficientFigures }
}
