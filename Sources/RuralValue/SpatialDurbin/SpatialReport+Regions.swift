internal import RuralValueNumerics

extension SpatialReport {
  // MARK: Products

  /// The marginal effects of products of a static model without regimes.
  func margins() throws -> SpatialMargins? {
    guard specification.dynamics == nil, !fit.design.hasRegimes,
      !SpatialMargins.variables(sample.terms).isEmpty
    else {
      if let place = specification.moderatorValues.first {
        guard SpatialMargins.variables(sample.terms).isEmpty else {
          throw SpatialDurbinError.notOffered(
            "\(Setting("at")) is for static models without \(Setting("regimes")).")
        }
        throw ModeratorValuesError.noSuchModerator(variable: place.variable, known: [])
      }
      return nil
    }
    return try SpatialMargins(
      fit, impacts, terms: sample.terms, factors: sample.factors,
      at: specification.moderatorValues, covariance)
  }

  // MARK: Regions and regimes

  /// The effects by region, or by regime where no regions were given.
  func regionalEffects() throws -> RegionalEffects? {
    guard let regions = specification.regions ?? specification.regimes else { return nil }
    return try RegionalEffects(
      fit, names: sample.regressorNames, regions: regions, regimes: specification.regimes)
  }

  /// The effects of the whole, which with regimes come from those of the regions.
  func wholeEffects(_ regional: RegionalEffects?) throws -> ([SpatialEffect], [Phrase]) {
    guard let regional, fit.design.hasRegimes else {
      let effects = try EstimatedEffects(
        impacts, parameters: fit.values, covariance: covariance, specification)
      return (effects.effects, effects.notes)
    }
    let products = specification.productNames
    let whole = EffectKind.allCases.enumerated().flatMap { place, kind in
      zip(regional.terms, regional.whole).filter { !products.contains($0.0) }.map { term, values in
        SpatialEffect(
          term: term, kind, nil, values[place].value,
          standardError: covariance.quadraticForm(values[place].gradient).squareRoot(), simulated: nil)
      }
    }
    return (
      whole,
      specification.productNotes + [
        Phrase(
          "Effects are means over all units, each with the coefficients of its regime; there are no simulated ones.",
          zh: "效应为全部单元（各取其所属区制系数）的均值，不作模拟推断。")
      ]
    )
  }

  /// The tables of regions.
  func regionalResult(_ regional: RegionalEffects) -> RegionalResult? {
    guard let regions = specification.regions ?? specification.regimes else { return nil }
    let sizes = regions.labels.indices.map { region in regions.clusterOfUnit.count { $0 == region } }
    let products = specification.productNames
    return RegionalResult(
      column: regions.column,
      effects: zip(regional.terms, regional.kinds).filter { !products.contains($0.0) }.flatMap {
        term, places in
        zip(regions.labels.indices, places).flatMap { region, values in
          zip(RegionalResult.Kind.allCases, values).map { kind, value in
            RegionalResult.Effect(
              region: regions.labels[region], units: sizes[region], kind: kind,
              estimate: value.estimate(term, kind == .direct ? .direct : .indirect, covariance))
          }
        }
      },
      pairs: zip(regional.terms, regional.pairs).filter { !products.contains($0.0) }.flatMap { term, rows in
        zip(regions.labels, rows).flatMap { on, values in
          zip(regions.labels, values).map { from, value in
            RegionalResult.Pair(on: on, from: from, estimate: value.estimate(term, .total, covariance))
          }
        }
      })
  }

  static let equalLags = Phrase("LR test, one ρ for all regimes", zh: "LR检验：各区制ρ相等")

  /// The model with a ρ for each regime, and the test of their equality.
  func regimeLags() throws -> (estimates: [Estimate], test: TestResult)? {
    guard let regimes = specification.regimes, fit.process.hasLag else { return nil }
    func absent(_ reason: Phrase) -> (estimates: [Estimate], test: TestResult) {
      ([], TestResult("lr_rho_equal", Self.equalLags, notComputed: reason))
    }
    guard !fit.process.hasError else { return absent(Phrase("the model has a spatial error", zh: "模型含空间误差")) }
    guard !fit.effects.isRandom else { return absent(Phrase("the effects are random", zh: "模型为随机效应")) }
    guard fit.gaps == nil else { return absent(SpecificationTests.gaps) }
    guard estimation.system.unitCount <= RegimeLags.unitLimit else {
      let limit = RegimeLags.unitLimit
      return absent(Phrase("there are more than \(grouped(limit)) units", zh: "个体数超过\(limit)"))
    }
    let direct = try estimation.fit(scope: .neither)
    guard let lags = try? RegimeLags(direct, regimes, outcome: sample.outcome) else {
      return absent(Phrase("the model with several ρ has no maximum", zh: "多ρ模型无极大值"))
    }
    let errors = lags.covariance.diagonal.map { $0.squareRoot() }
    return (
      zip(lags.parameters, zip(lags.values, errors)).map { Estimate($0, $1.0, standardError: $1.1) },
      TestResult(
        "lr_rho_equal", Self.equalLags, 2 * (lags.logLikelihood - direct.logLikelihood),
        .chiSquared(regimes.count - 1))
    )
  }

  /// What has to be known of regimes.
  func regimeNotes() -> [Phrase] {
    guard let regimes = specification.regimes else { return [] }
    let sizes = regimes.labels.indices.map { regime in
      "\(regimes.labels[regime]) \(regimes.clusterOfUnit.count { $0 == regime })"
    }
    return [
      Phrase(
        "Regimes by \(regimes.column) (units: \(listed(sizes))): each unit has its own regime's coefficients, of its regressors"
          + " and of its neighbours', whatever regime these are in; effects, σ² and ρ are common.",
        zh: "按\(regimes.column)划分区制（单元数：\(listed(sizes, in: .chinese))）：各单元的解释变量及其空间滞后均取本单元所属区制的系数，"
          + "固定效应、σ²与ρ共用。")
    ]
  }

  /// Errors of regimes that differ in size more than this are a caution.
  private static let unlikeVariances = 2.0

  /// σ² by regime, where one for all is no longer true.
  func regimeCautions() -> [Phrase] {
    guard let regimes = specification.regimes else { return [] }
    let errors = fit.errors
    var sums = [Double](repeating: 0, count: regimes.count)
    var counts = sums
    for (place, error) in errors.enumerated() {
      let regime = regimes.clusterOfUnit[place % sample.unitCount]
      sums[regime] += error * error
      counts[regime] += fit.transformation.observationCount / Double(errors.count)
    }
    let variances = zip(sums, counts).map { $0 / $1 }
    guard let low = variances.min(), let high = variances.max(), high > Self.unlikeVariances * low else {
      return []
    }
    let found = zip(regimes.labels, variances).map { "\($0) \(FixedDecimals.text($1 / low, decimals: 1))" }
    return [
      Phrase(
        "The errors' variance differs between regimes (over the smallest: \(listed(found))), which the model takes for one: ρ and the Chow test lean"
          + " on it. Compare with \(Setting("by")), which estimates each apart.",
        zh: "各区制误差方差不同（与最小者之比：\(listed(found, in: .chinese))），而模型假定其相等，ρ与Chow检验受其影响；请与分组估计\(Setting("by"))对照。"
      )
    ]
  }

  // MARK: Predictions

  /// Predictions by unit and period, where they were asked for.
  func predictions() throws -> SpatialPredictions? {
    guard specification.keepsPredictions else { return nil }
    return try SpatialPredictions(
      fit, sample, regimes: specification.regimes, unitColumn: sample.unitColumn,
      timeColumn: sample.timeColumn,
      label: sample.frequency.label)
  }
}
