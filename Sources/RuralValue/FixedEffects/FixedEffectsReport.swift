internal import RuralValueNumerics

/// What a fitted linear model answers: estimates, tests, fit, notes.
struct FixedEffectsReport {
  private let model: LinearModel
  private let panel: Panel
  private let specification: FixedEffectsSpecification

  init(_ model: LinearModel, _ panel: Panel, _ specification: FixedEffectsSpecification) {
    self.model = model
    self.panel = panel
    var resolved = specification
    resolved.standardError = specification.resolvedErrors(panel)
    if resolved.standardError == .driscollKraay {
      resolved.lags = model.covariance.summary.lags
    }
    self.specification = resolved
  }

  private var sample: LinearSample { model.sample }
  private var isBetween: Bool { specification.effects == .between }

  func result() throws -> FixedEffectsResult {
    let stage = try model.instrumental.map { try FirstStage($0) }
    let rank = try stage.map { try KleibergenPaap($0) }
    let rubin = try stage.map {
      try AndersonRubin($0, model.instrumental!, level: specification.confidenceLevel)
    }
    let instruments = try stage.map { try summary($0, rank!, rubin!) }
    var result = FixedEffectsResult(
      specification: specification, outcomeName: sample.outcome.parameter.name,
      sample: .init(
        observations: isBetween ? sample.unitCount : sample.rowCount, units: sample.unitCount,
        periods: sample.periodCount, droppedRows: panel.rowCount - sample.rowCount),
      estimates: model.estimates,
      covariance: (0..<model.fit.parameterCount).map { model.covariance.matrix.row($0) },
      errors: model.covariance.summary, omitted: model.fit.dropped,
      tests: specification.isTested ? try tests(stage, rank, rubin) : [], fit: statistics,
      instruments: instruments, turningPoints: try model.turningPoints(specification), groups: nil,
      mechanism: nil, notes: notes)
    if let column = specification.groupColumn {
      result = result.adding(groups: try GroupedModels(panel, specification, column: column).comparison)
    }
    if !specification.mediators.isEmpty {
      result = result.adding(
        mechanism: try Mechanism(panel, specification, outcome: (result.outcomeName, result)))
    }
    return result
  }

  // MARK: Tests

  private func tests(
    _ stage: FirstStage?, _ rank: KleibergenPaap?, _ rubin: AndersonRubin?
  ) throws -> [TestResult] {
    var tests = [model.slopeTest]
    if let effects = effectsTest { tests.append(effects) }
    if let stage, let rank, let rubin {
      return tests + (try instrumentTests(stage, rank, rubin)) + residualTests
    }
    let hasChoice = [.twoways, .unit, .random].contains(specification.effects)
    if hasChoice, sample.weights == nil, specification.absorbedColumns.isEmpty {
      tests += EffectsChoice(model, specification).all()
    }
    return tests + residualTests
  }

  /// F that all fixed effects are equal, classical; nil without effects.
  private var effectsTest: TestResult? {
    let problem = model.problem
    guard !problem.ways.isEmpty, model.instrumental == nil, specification.effects != .difference else {
      return nil
    }
    let hypothesis = Phrase("All fixed effects are equal (classical)", zh: "所有固定效应相等（常规F）")
    var pooled = LinearProblem(
      outcome: sample.outcome.values, columns: model.fit.kept.map { sample.regressors[$0].values },
      lengths: model.fit.kept.map { sample.regressors[$0].values.euclideanNorm },
      parameters: model.fit.parameters, weights: sample.weights, clusters: problem.clusters,
      units: problem.units, periods: problem.periods, effectsName: "constant")
    pooled.columns.append([Double](repeating: 1, count: sample.rowCount))
    pooled.lengths.append(Double(sample.rowCount).squareRoot())
    pooled.parameters.append(.constant)
    let n = sample.rowCount
    let (restrictions, degrees) = (
      problem.absorbedRank - 1, n - problem.absorbedRank - model.fit.parameterCount
    )
    guard restrictions > 0, degrees > 0, let fit = try? pooled.fit() else { return nil }
    let own = model.fit.residualSumOfSquares
    return TestResult(
      "f_effects", hypothesis,
      (fit.residualSumOfSquares - own) / Double(restrictions) / (own / Double(degrees)),
      .f(restrictions, degrees))
  }

  private var residualTests: [TestResult] {
    guard !isBetween, panel.hasPeriods else { return [] }
    var tests = [LinearResidualTests.wooldridge(panel, specification)]
    guard specification.effects != .difference else { return tests }
    tests.append(LinearResidualTests.modifiedWald(residuals, units: sample.units))
    tests.append(
      LinearResidualTests.crossSection(
        residuals, units: sample.units, periods: sample.periods,
        hasPeriodEffects: specification.effects.hasPeriods))
    return tests
  }

  /// Residuals within the effects; of random effects those of the model without them.
  private var residuals: [Double] { model.fit.residuals }

  private func instrumentTests(
    _ stage: FirstStage, _ rank: KleibergenPaap, _ rubin: AndersonRubin
  ) throws -> [TestResult] {
    guard let instrumental = model.instrumental else { return [] }
    var tests: [TestResult] = stage.equations.map { equation in
      TestResult(
        "first_stage:\(equation.name)",
        Phrase("The instruments tell nothing of \(equation.name)", zh: "工具变量对\(equation.name)无解释力"),
        equation.f.value, equation.f.distribution)
    }
    tests += stage.equations.compactMap { equation in
      equation.conditionalF.map {
        TestResult(
          "sanderson_windmeijer:\(equation.name)",
          Phrase(
            "The instruments do not tell \(equation.name) from the other endogenous regressors",
            zh: "工具变量无法区分\(equation.name)与其他内生变量"), $0.value, $0.distribution)
      }
    }
    let f = rankF(stage, rank)
    let isSingle = stage.equations.count == 1
    tests.append(
      TestResult(
        "kleibergen_paap_f", Phrase("Weak identification, rank F", zh: "弱识别检验（Kleibergen–Paap rk F）"), f,
        isSingle ? stage.equations[0].f.distribution : .ruleOfThumb))
    tests.append(
      TestResult(
        "kleibergen_paap_lm",
        Phrase("Under-identification, rank LM", zh: "不可识别检验（Kleibergen–Paap rk LM）"), rank.lagrange,
        .chiSquared(rank.degreesOfFreedom)))
    let hansen = Phrase("Hansen's J: the instruments are valid", zh: "Hansen J检验：工具变量有效")
    switch instrumental.hansen {
    case .exact:
      tests.append(
        TestResult(
          "hansen", hansen,
          notComputed: Phrase("there are as many instruments as endogenous regressors", zh: "恰好识别")))
    case .statistic(let value, let degrees):
      tests.append(TestResult("hansen", hansen, value, .chiSquared(degrees)))
      if specification.standardError == .classical {
        tests.append(try sargan(instrumental, degrees))
      }
    case .absent(let reason): tests.append(TestResult("hansen", hansen, notComputed: reason))
    }
    tests.append(
      TestResult(
        "anderson_rubin",
        Phrase(
          "Anderson–Rubin: the endogenous regressors have no effect", zh: "Anderson–Rubin检验：内生变量系数为零"),
        rubin.atZero.value, rubin.atZero.distribution))
    tests.append(try endogeneity(stage, instrumental))
    return tests
  }

  /// e′P_W e/σ² with σ² = RSS/(n − r), of independent errors of one variance.
  private func sargan(_ instrumental: InstrumentalFit, _ degrees: Int) throws -> TestResult {
    let e = instrumental.weightedResiduals
    let projected = try LeastSquares(instrumental.allInstruments).regress(e, centred: false)
    let rss = projected.totalSumOfSquares
    let sigma = rss / Double(e.count - model.problem.absorbedRank)
    return TestResult(
      "sargan", Phrase("Sargan: the instruments are valid", zh: "Sargan检验：工具变量有效"),
      (rss - projected.residualSumOfSquares) / sigma, .chiSquared(degrees))
  }

  /// Whether least squares would do: the first stages' residuals beside the regressors, tested together (Hausman 1978;
  /// Wooldridge 2010, 6.2.1).
  private func endogeneity(_ stage: FirstStage, _ instrumental: InstrumentalFit) throws -> TestResult {
    let hypothesis = Phrase("The regressors are exogenous", zh: "解释变量外生")
    let x = instrumental.regressors
    let both = x.appendingColumns(stage.residuals)
    let problem = try LeastSquares(both)
    guard problem.columns.dropped.isEmpty else {
      return TestResult(
        "endogeneity", hypothesis,
        notComputed: Phrase("the instruments tell the regressors entirely", zh: "工具变量完全解释内生变量"))
    }
    let result = try problem.regress(instrumental.outcome, centred: false, refinementSteps: 2)
    let names =
      instrumental.fit.parameters + stage.equations.map { Parameter("residual of \($0.name)", .variable) }
    let own = LinearFit(
      kept: Array(names.indices), parameters: names, coefficients: result.coefficients,
      weightedResiduals: result.residuals, roots: nil, design: both, bread: result.crossProductInverse,
      outcome: instrumental.outcome)
    let covariance = try LinearCovariance(own, model.setting)
    let places = Array(x.columnCount..<both.columnCount)
    let form = WaldForm(places.map { result.coefficients[$0] }, covariance.matrix.selecting(places))
    guard !form.isSingular else {
      return TestResult(
        "endogeneity", hypothesis, notComputed: Phrase("its covariance is singular", zh: "协方差矩阵奇异"))
    }
    return TestResult(
      "endogeneity", hypothesis, form.statistic(degreesOfFreedom: covariance.summary.degreesOfFreedom))
  }

  /// rk/(L1 · q) with the factor of the errors; of classical errors Cragg and Donald's.
  private func rankF(_ stage: FirstStage, _ rank: KleibergenPaap) -> Double {
    if specification.standardError == .classical { return stage.craggDonald }
    let l = stage.instruments.columnCount
    let q = (try? LinearCovariance.factor(stage.setting, n: stage.instruments.rowCount, k: l).factor) ?? 1
    return rank.wald / (Double(l) * q)
  }

  private func summary(
    _ stage: FirstStage, _ rank: KleibergenPaap, _ rubin: AndersonRubin
  ) throws -> InstrumentSummary {
    InstrumentSummary(
      instruments: model.instrumental!.instrumentNames, dropped: model.instrumental!.droppedInstruments,
      stages: stage.equations.map {
        .init(
          name: $0.name, estimates: $0.estimates, f: $0.f, partialRSquared: $0.partialRSquared,
          effectiveF: $0.effectiveF, conditionalF: $0.conditionalF)
      }, craggDonald: stage.craggDonald, rankF: rankF(stage, rank), set: rubin.set)
  }

  // MARK: Fit

  private var statistics: LinearFitStatistics {
    let (fit, problem) = (model.fit, model.problem)
    let n = problem.outcome.count
    let y = isBetween ? problem.outcome : sample.outcome.values
    let weights = problem.weights ?? [Double](repeating: 1, count: y.count)
    let mean = zip(y, weights).map(*).compensatedSum / weights.compensatedSum
    let total = zip(y, weights).map { ($0 - mean) * ($0 - mean) * $1 }.compensatedSum
    let counted = fit.parameterCount + problem.absorbedRank
    let degrees = Double(n - counted)
    // Random effects explain with their slopes alone.
    let rss =
      model.components == nil
      ? fit.residualSumOfSquares
      : zip(y, fitted).map { ($0 - $1) * ($0 - $1) }.compensatedSum
    let share = 1 - rss / total
    let hasShares = !isBetween && specification.effects != .difference
    let within =
      specification.effects.hasUnits
      ? 1 - fit.residualSumOfSquares / fit.totalSumOfSquares : correlation(withinUnits: true)
    return LinearFitStatistics(
      rSquared: share, adjustedRSquared: 1 - (rss / degrees) / (total / Double(n - 1)),
      withinRSquared: hasShares ? within : nil, betweenRSquared: hasShares ? betweenCorrelation : nil,
      overallRSquared: hasShares ? correlation(withinUnits: false) : nil,
      sigma: (fit.residualSumOfSquares / degrees).squareRoot(),
      residualSumOfSquares: fit.residualSumOfSquares,
      constant: problem.ways.isEmpty || specification.effects == .difference ? nil : constant(mean, weights),
      absorbedRank: problem.absorbedRank, singletons: sample.singletons,
      meanAbsoluteCorrelation: specification.effects.hasPeriods && specification.isTested
        ? LinearResidualTests.meanAbsoluteCorrelation(
          residuals, units: sample.units, periods: sample.periods) : nil,
      components: model.components.map {
        let range = $0.thetaRange
        return .init(
          unit: $0.unit.squareRoot(), idiosyncratic: $0.idiosyncratic.squareRoot(), share: $0.share,
          thetaLow: range.low, thetaHigh: range.high)
      })
  }

  /// x_it′b with the constant, without effects.
  private var fitted: [Double] {
    var result = [Double](repeating: 0, count: sample.rowCount)
    for (parameter, value) in zip(model.fit.parameters, model.fit.coefficients) {
      if let regressor = sample.regressors.first(where: { $0.parameter == parameter }) {
        result.add(regressor.values, scale: value)
      } else if parameter.role == .constant {
        for row in result.indices { result[row] += value }
      }
    }
    return result
  }

  private func constant(_ mean: Double, _ weights: [Double]) -> Double {
    mean - zip(fitted, weights).map(*).compensatedSum / weights.compensatedSum
  }

  private func correlation(withinUnits: Bool) -> Double {
    var (x, y) = (fitted, sample.outcome.values)
    if withinUnits {
      let own = Demeaning([sample.units])
      (x, y) = (own(x), own(y))
    }
    return Self.squaredCorrelation(x, y)
  }

  private var betweenCorrelation: Double {
    let (x, y) = (sample.units.means(fitted), sample.units.means(sample.outcome.values))
    let present = sample.units.sizes.indices.filter { sample.units.sizes[$0] > 0 }
    return Self.squaredCorrelation(present.map { x[$0] }, present.map { y[$0] })
  }

  private static func squaredCorrelation(_ x: [Double], _ y: [Double]) -> Double {
    let (a, b) = (x.mean, y.mean)
    let (u, v) = (x.map { $0 - a }, y.map { $0 - b })
    let cross = u.innerProduct(with: v)
    return cross * cross / (u.innerProduct(with: u) * v.innerProduct(with: v))
  }

  // MARK: Notes

  private var notes: [Phrase] {
    var notes: [Phrase] = []
    if sample.incompleteRows > 0 {
      let rows = grouped(sample.incompleteRows)
      notes.append(
        Phrase(
          "\(rows) of \(grouped(panel.rowCount)) rows lack a value of the outcome, a regressor or what else the model needs, and"
            + " are left out.",
          zh: "\(grouped(panel.rowCount))行中有\(rows)行缺少被解释变量、解释变量或模型所需的其他取值，未进入估计。"))
    }
    if sample.singletons > 0 {
      let rows = grouped(sample.singletons)
      notes.append(
        Phrase(
          "\(rows) \(sample.singletons == 1 ? "row is" : "rows are") alone in a unit, period or group with an effect, and left"
            + " out, for singletons only shrink the standard errors (\(Setting("keep-singletons")) keeps them, as xtreg does).",
          zh: "\(rows)行为所在个体、时期或组的唯一观测，已剔除：单一观测只会使标准误偏小（\(Setting("keep-singletons"))可保留，同xtreg）。"))
    }
    if !model.fit.dropped.isEmpty {
      let names = listed(model.fit.dropped.map(\.name), most: 8)
      notes.append(
        Phrase(
          "Left out, for the effects or other regressors determine them: \(names).",
          zh: "因与固定效应或其他变量共线而剔除：\(names)。"))
    }
    if let dropped = model.instrumental?.droppedInstruments, !dropped.isEmpty {
      notes.append(
        Phrase(
          "Instruments left out, for the effects or other columns determine them: \(listed(dropped, most: 8)).",
          zh: "因共线而剔除的工具变量：\(listed(dropped, most: 8))。"))
    }
    if let column = specification.weightsColumn {
      notes.append(
        Phrase(
          "Rows are weighted by \(column), scaled to a mean of one.", zh: "以\(column)为权重（均值标准化为1）。"))
    }
    if specification.effects == .difference, specification.instruments != nil {
      notes.append(
        Phrase("Instruments are differenced like all else.", zh: "工具变量同样取一阶差分。"))
    }
    if specification.standardError == .driscollKraay {
      let present = sample.periods.sizes.indices.filter { sample.periods.sizes[$0] > 0 }
      let all = present.map { panel.periods[$0] }
      if let first = all.first, let last = all.last,
        panel.calendar.distance(from: first, to: last) / panel.periodStep + 1 > all.count
      {
        notes.append(
          Phrase(
            "Driscoll and Kraay's lags count the periods that are there; some are missing between them.",
            zh: "Driscoll–Kraay滞后按现有时期计数，其间有缺失时期。"))
      }
    }
    return notes
  }
}

extension FixedEffectsResult {
  fileprivate func adding(groups: GroupComparison? = nil, mechanism: Mechanism? = nil) -> FixedEffectsResult {
    FixedEffectsResult(
      specification: specification, outcomeName: outcomeName, sample: sample, estimates: estimates,
      covariance: covariance, errors: errors, omitted: omitted, tests: tests + (groups?.tests ?? []),
      fit: fit,
      instruments: instruments, turningPoints: turningPoints, groups: groups ?? self.groups,
      mechanism: mechanism ?? self.mechanism, notes: notes)
  }
}
