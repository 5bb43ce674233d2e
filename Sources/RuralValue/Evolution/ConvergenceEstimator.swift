internal import RuralValueNumerics

/// σ- and β-convergence between the first and the last period, and from period to period.
///
/// Sources: Barro and Sala-i-Martin (1992); Nickell (1981); Pitman (1939) and Morgan (1939); methods/evaluation.md, 1.6
/// and 3.5.
struct ConvergenceEstimator {
  private let panel: Panel
  private let variable: String
  private let specification: EvolutionSpecification
  private let values: [Double]
  private var notes: [Phrase] = []

  /// What b is called in messages.
  static let parameter = Parameter("beta", .variable)

  init(_ panel: Panel, variable: String, _ specification: EvolutionSpecification) throws(PanelError) {
    self.panel = panel
    self.variable = variable
    self.specification = specification
    values = try panel.values(of: variable)
  }

  /// All that the data permit. Throws `WeightsError` where a unit has no weights, and `PanelError` for a control.
  func result(_ weights: SpatialWeights?) throws -> ConvergenceResult {
    var own = self
    return try own.computed(weights)
  }

  /// A unit's values at both ends.
  private struct Span {
    let units: [Int]
    let first: [Double]
    let last: [Double]
    /// T.
    let length: Int

    var start: [Double] { first.map(portableLogarithm) }
    var growth: [Double] {
      zip(first, last).map { (portableLogarithm($1) - portableLogarithm($0)) / Double(length) }
    }
  }

  private mutating func computed(_ weights: SpatialWeights?) throws -> ConvergenceResult {
    let span = span()
    let controls = try controls()
    var estimates = [crossSection(.absolute, span, [])]
    if !specification.controls.isEmpty {
      let complete = span.units.indices.filter { place in
        controls.allSatisfy { !$0.values[span.units[place]].isNaN }
      }
      name(left: span.units.indices.filter { !complete.contains($0) }.map { panel.units[span.units[$0]] })
      let part = Self.selecting(span, complete)
      estimates.append(
        crossSection(
          .conditional, part, controls.map { ($0.name, values: self.values($0.values, part)) }))
      if let weights { estimates += try spatial(part, controls, weights) }
    } else if let weights {
      estimates += try spatial(span, [], weights)
    }
    let growth = PanelConvergence(panel, variable: variable, values)
    notes += growth.notes
    estimates.append(growth.estimate(specification.standardError))
    let (first, last) = (span.start, span.last.map(portableLogarithm))
    return ConvergenceResult(
      estimates: estimates, sigma: sigma(first, last),
      dispersions: first.count > 3
        ? (first.sampleStandardDeviation, last.sampleStandardDeviation) : nil,
      periods: (panel.periods[0], panel.periods[panel.periods.count - 1]), notes: notes)
  }

  private func values(_ ofUnit: [Double], _ span: Span) -> [Double] { span.units.map { ofUnit[$0] } }

  private static func selecting(_ span: Span, _ places: [Int]) -> Span {
    Span(
      units: places.map { span.units[$0] }, first: places.map { span.first[$0] },
      last: places.map { span.last[$0] }, length: span.length)
  }

  // MARK: - Who counts

  private var firstLabel: String { panel.frequency.label(panel.periods[0]) }
  private var lastLabel: String { panel.frequency.label(panel.periods[panel.periods.count - 1]) }

  private mutating func span() -> Span {
    let last = panel.periods.count - 1
    var (units, starts, ends): ([Int], [Double], [Double]) = ([], [], [])
    var (missing, notPositive): ([String], [String]) = ([], [])
    for unit in panel.units.indices {
      guard let before = panel.row(unit: unit, period: 0), let after = panel.row(unit: unit, period: last),
        !values[before].isNaN, !values[after].isNaN
      else {
        missing.append(panel.units[unit])
        continue
      }
      guard values[before] > 0, values[after] > 0 else {
        notPositive.append(panel.units[unit])
        continue
      }
      units.append(unit)
      starts.append(values[before])
      ends.append(values[after])
    }
    if !missing.isEmpty {
      notes.append(
        Phrase(
          "Convergence from \(firstLabel) to \(lastLabel) is without \(missing.count) unit\(missing.count == 1 ? "" : "s") that"
            + " lack\(missing.count == 1 ? "s" : "") \(variable) in one of them: \(listed(missing, most: 10)).",
          zh:
            "\(firstLabel)至\(lastLabel)的收敛分析不含 \(missing.count) 个首期或末期缺失的单元：\(listed(missing, most: 10, in: .chinese))。"
        ))
    }
    if !notPositive.isEmpty {
      notes.append(
        Phrase(
          "Convergence is without \(notPositive.count) unit\(notPositive.count == 1 ? "" : "s") whose \(variable) is not above"
            + " zero in \(firstLabel) or \(lastLabel), so that it has no logarithm: \(listed(notPositive, most: 10)).",
          zh:
            "收敛分析不含 \(notPositive.count) 个\(firstLabel)或\(lastLabel)取值不大于零（无对数）的单元：\(listed(notPositive, most: 10, in: .chinese))。"
        ))
    }
    return Span(
      units: units, first: starts, last: ends,
      length: max(panel.calendar.distance(from: panel.periods[0], to: panel.periods[last]), 1))
  }

  /// The controls in the first period by unit, a text's as dummies without the first.
  private func controls() throws -> [(name: String, values: [Double])] {
    try specification.controls.flatMap { name in
      let levels = FormulaLevels.levels(of: name, in: panel)
      let columns =
        levels.isEmpty
        ? [name] : levels.dropFirst().map { FormulaLevels.variable(of: name, level: $0) }
      return try columns.map { column in
        let values = try panel.values(of: column)
        return (
          name: column,
          values: panel.units.indices.map { unit in
            panel.row(unit: unit, period: 0).map { values[$0] } ?? .nan
          }
        )
      }
    }
  }

  private mutating func name(left: [String]) {
    guard !left.isEmpty else { return }
    notes.append(
      Phrase(
        "Conditional convergence is without \(left.count) unit\(left.count == 1 ? "" : "s") that lack\(left.count == 1 ? "s" : "")"
          + " a control in \(firstLabel): \(listed(left, most: 10)).",
        zh: "条件收敛不含 \(left.count) 个\(firstLabel)缺失控制变量的单元：\(listed(left, most: 10, in: .chinese))。"))
  }

  // MARK: - Cross-sections

  private mutating func crossSection(
    _ kind: ConvergenceEstimate.Kind, _ span: Span, _ controls: [(name: String, values: [Double])]
  ) -> ConvergenceEstimate {
    let fit = GrowthRegression(
      growth: span.growth, start: span.start, controls: controls, specification.standardError)
    if let fit, !fit.dropped.isEmpty {
      notes.append(
        Phrase(
          "Controls that the others determine are left out: \(listed(fit.dropped)).",
          zh: "已剔除与其他变量完全共线的控制变量：\(listed(fit.dropped, in: .chinese))。"))
    }
    return ConvergenceEstimate(
      kind: kind, beta: fit?.beta, spatial: nil,
      reason: fit == nil ? Self.tooFew(span.units.count, controls.count + 2) : nil,
      unitCount: span.units.count, observations: span.units.count, span: span.length, isPerPeriod: true,
      rSquared: fit?.rSquared, nickellBias: nil)
  }

  private static func tooFew(_ units: Int, _ coefficients: Int) -> Phrase {
    Phrase(
      "\(units) unit\(units == 1 ? "" : "s") with values above zero are too few for \(coefficients) coefficients, or do not"
        + " differ at the beginning",
      zh: "取值大于零的单元仅\(units)个，不足以估计\(coefficients)个系数，或期初取值无差异")
  }

  private mutating func spatial(
    _ span: Span, _ controls: [(name: String, values: [Double])], _ weights: SpatialWeights
  ) throws -> [ConvergenceEstimate] {
    let names = controls.indices.map { "x\($0 + 1)" }
    let own = span.units.map { panel.units[$0] }
    // Whoever lacks weights is an error of the input, not of the estimate.
    let islands = try weights.aligned(to: own, of: panel.source).weights.islands
    if !islands.isEmpty {
      notes.append(
        Phrase(
          "In the spatial models of convergence the neighbours' growth or errors are zero for the \(islands.count)"
            + " unit\(islands.count == 1 ? "" : "s") without neighbours: \(listed(islands, most: 10)).",
          zh: "空间收敛模型中，没有邻居的 \(islands.count) 个单元的空间滞后（误差）为零：\(listed(islands, most: 10, in: .chinese))。"))
    }
    return try [
      (ConvergenceEstimate.Kind.spatialLag, SpatialDurbinSpecification.Model.sar, Parameter.rho),
      (.spatialError, .sem, .lambda),
    ].map { kind, model, parameter in
      var (beta, spatial, reason): (Estimate?, Estimate?, Phrase?) = (nil, nil, nil)
      if own.count > controls.count + 3 {
        do {
          let part = try Panel(
            source: panel.source, unitOfRow: own, timeOfRow: own.map { _ in 0 },
            variables: [("growth", span.growth), ("start", span.start)]
              + zip(names, controls).map { ($0, values($1.values, span)) })
          let formula = try FormulaSpecification((["growth ~ start"] + names).joined(separator: " + "))
          let result = try SpatialDurbinEstimator.fit(
            part, weights: weights,
            SpatialDurbinSpecification(
              formula: formula, model: model, effects: .none, draws: 0, isTested: false))
          beta = result.coefficient("start").map(ConvergenceEstimate.beta)
          spatial = result.coefficient(parameter)
        } catch let error as any Fault {
          reason = ConvergenceEstimate.reason(error)
        }
      } else {
        reason = Self.tooFew(own.count, controls.count + 3)
      }
      return ConvergenceEstimate(
        kind: kind, beta: beta, spatial: spatial, reason: reason, unitCount: own.count,
        observations: own.count, span: span.length, isPerPeriod: true, rSquared: nil, nickellBias: nil)
    }
  }

  // MARK: - Dispersion

  private func sigma(_ first: [Double], _ last: [Double]) -> TestResult {
    let hypothesis = Phrase(
      "ln \(variable) varies as much in \(lastLabel) as in \(firstLabel)",
      zh: "ln \(variable)在\(lastLabel)与\(firstLabel)的离散程度相同")
    guard let test = PitmanMorganTest(first: first, last: last), test.statistic.isFinite else {
      return TestResult(
        "sigma", hypothesis,
        notComputed: Phrase(
          "fewer than four units have values above zero at both ends, or their growth does not vary",
          zh: "首末两期取值均大于零的单元不足四个，或其增长无差异"))
    }
    return TestResult("sigma", hypothesis, test.statistic * test.statistic, .f(1, test.degreesOfFreedom))
  }
}
