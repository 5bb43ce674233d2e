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
    let instruments = try model.instrumental.map {
      try InstrumentTests($0, level: specification.confidenceLevel)
    }
    var result = FixedEffectsResult(
      specification: specification, outcomeName: sample.outcome.parameter.name,
      sample: .init(
        observations: isBetween ? sample.unitCount : sample.rowCount, units: sample.unitCount,
        periods: sample.periodCount, droppedRows: panel.rowCount - sample.rowCount),
      estimates: model.estimates,
      covariance: (0..<model.fit.parameterCount).map { model.covariance.matrix.row($0) },
      errors: model.covariance.summary, omitted: model.fit.dropped,
      tests: specification.isTested ? try tests(instruments) : [], fit: statistics,
      instruments: instruments?.summary, turningPoints: try model.turningPoints(specification), groups: nil,
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

  private func tests(_ instruments: InstrumentTests?) throws -> [TestResult] {
    var tests = [model.slopeTest]
    if let effects = effectsTest { tests.append(effects) }
    if let instruments { return tests + (try instrumentTests(instruments)) + residualTests }
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

  private func instrumentTests(_ instruments: InstrumentTests) throws -> [TestResult] {
    let isClassical = specification.standardError == .classical
    let sargan =
      isClassical
      ? try instruments.sargan(
        Phrase("Sargan: the instruments are valid", zh: "Sargan检验：工具变量有效"), countingEffects: true) : nil
    return instruments.firstStages(\.f) + instruments.identification + [instruments.hansen]
      + (sargan.map { [$0] } ?? []) + [instruments.andersonRubin, try instruments.endogeneity()]
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
