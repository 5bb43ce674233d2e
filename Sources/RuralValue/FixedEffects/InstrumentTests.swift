internal import RuralValueNumerics

/// The tests of instruments: whether they tell the endogenous regressors, and whether they are valid.
///
/// Source: methods/fixed-effects.md, section 4.
struct InstrumentTests {
  let instrumental: InstrumentalFit
  let stage: FirstStage
  let rank: KleibergenPaap
  let rubin: AndersonRubin

  private var setting: LinearCovariance.Setting { instrumental.setting }

  /// The tests of a fit; `level` is that of the Anderson–Rubin set.
  init(_ instrumental: InstrumentalFit, level: Double) throws {
    self.instrumental = instrumental
    stage = try FirstStage(instrumental)
    rank = try KleibergenPaap(stage)
    rubin = try AndersonRubin(stage, instrumental, level: level)
  }

  /// What results keep of the instruments.
  var summary: InstrumentSummary {
    InstrumentSummary(
      instruments: instrumental.instrumentNames, dropped: instrumental.droppedInstruments,
      stages: stage.equations.map {
        .init(
          name: $0.name, estimates: $0.estimates, f: $0.f, classicalF: $0.classicalF,
          partialRSquared: $0.partialRSquared, effectiveF: $0.effectiveF, conditionalF: $0.conditionalF)
      }, craggDonald: stage.craggDonald, rankF: rankF, set: rubin.set)
  }

  /// F of the instruments for each endogenous regressor, one of those that a first stage has.
  func firstStages(_ f: (FirstStage.Equation) -> TestResult.Statistic) -> [TestResult] {
    stage.equations.map { equation in
      TestResult(
        "first_stage:\(equation.name)",
        Phrase(
          "The instruments tell nothing of \(equation.name.asTerm)", zh: "工具变量对\(equation.name.asTerm)无解释力"),
        f(equation))
    }
  }

  /// Whether the instruments tell each regressor from the others, and all of them.
  var identification: [TestResult] {
    let conditional = stage.equations.compactMap { equation in
      equation.conditionalF.map {
        TestResult(
          "sanderson_windmeijer:\(equation.name)",
          Phrase(
            "The instruments do not tell \(equation.name) from the other endogenous regressors",
            zh: "工具变量无法区分\(equation.name)与其他内生变量"), $0)
      }
    }
    let isSingle = stage.equations.count == 1
    return conditional + [
      TestResult(
        "kleibergen_paap_f", Phrase("Weak identification, rank F", zh: "弱识别检验（Kleibergen–Paap rk F）"), rankF,
        isSingle ? stage.equations[0].f.distribution : .ruleOfThumb),
      TestResult(
        "kleibergen_paap_lm",
        Phrase("Under-identification, rank LM", zh: "不可识别检验（Kleibergen–Paap rk LM）"), rank.lagrange,
        .chiSquared(rank.degreesOfFreedom)),
    ]
  }

  /// Hansen's J.
  var hansen: TestResult {
    let hypothesis = Phrase("Hansen's J: the instruments are valid", zh: "Hansen J检验：工具变量有效")
    switch instrumental.hansen {
    case .exact:
      return TestResult(
        "hansen", hypothesis,
        notComputed: Phrase("there are as many instruments as endogenous regressors", zh: "恰好识别"))
    case .statistic(let value, let degrees):
      return TestResult("hansen", hypothesis, value, .chiSquared(degrees))
    case .absent(let reason): return TestResult("hansen", hypothesis, notComputed: reason)
    }
  }

  /// e′P_W e/σ² for σ² = e′e/n, of independent errors of one variance, with an n that the rank of effects, or nothing, is
  /// taken from; nil without instruments to spare.
  func sargan(key: String = "sargan", _ hypothesis: Phrase, countingEffects: Bool) throws -> TestResult? {
    let degrees = instrumental.allInstruments.columnCount - instrumental.regressors.columnCount
    guard degrees > 0 else { return nil }
    let e = instrumental.weightedResiduals
    let projected = try LeastSquares(instrumental.allInstruments).regress(e, centred: false)
    let rss = projected.totalSumOfSquares
    let sigma = rss / Double(e.count - (countingEffects ? setting.absorbedRank : 0))
    return TestResult(
      key, hypothesis, (rss - projected.residualSumOfSquares) / sigma, .chiSquared(degrees))
  }

  /// Whether all endogenous regressors have no effect, whatever the instruments' strength.
  var andersonRubin: TestResult {
    TestResult(
      "anderson_rubin",
      Phrase("Anderson–Rubin: the endogenous regressors have no effect", zh: "Anderson–Rubin检验：内生变量系数为零"),
      rubin.atZero)
  }

  /// Whether least squares would do: the first stages' residuals beside the regressors, tested together (Hausman 1978;
  /// Wooldridge 2010, 6.2.1).
  func endogeneity() throws -> TestResult {
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
    let covariance = try LinearCovariance(own, setting)
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
  private var rankF: Double {
    if setting.rule == .classical { return stage.craggDonald }
    let l = stage.instruments.columnCount
    let q = (try? LinearCovariance.factor(stage.setting, n: stage.instruments.rowCount, k: l).factor) ?? 1
    return rank.wald / (Double(l) * q)
  }
}
