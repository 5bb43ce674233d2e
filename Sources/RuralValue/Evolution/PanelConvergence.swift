internal import RuralValueNumerics

/// β-convergence from period to period: ln y_t − ln y_t−1 = a + b ln y_t−1 with effects of units and periods.
///
/// The within estimate of ρ = 1 + b is too low by about (1 + ρ)/(T − 1) for T periods of growth.
///
/// Source: Nickell (1981); methods/evaluation.md, 3.5.
struct PanelConvergence {
  private let panel: Panel
  /// ln y_t−1 and growth, NaN where either end is missing or the unit has no logarithm in some period.
  private let start: [Double]
  private let growth: [Double]
  /// Units that were left out.
  let notes: [Phrase]

  init(_ panel: Panel, variable: String, _ values: [Double]) {
    self.panel = panel
    let barred = Set(values.indices.filter { values[$0] <= 0 }.map { panel.unitOfRow[$0] })
    let logarithms = values.indices.map {
      barred.contains(panel.unitOfRow[$0]) ? .nan : portableLogarithm(values[$0])
    }
    let start = panel.lag(logarithms)
    self.start = start
    growth = zip(logarithms, start).map { $0 - $1 }
    let names = barred.sorted().map { panel.units[$0] }
    notes =
      names.isEmpty
      ? []
      : [
        Phrase(
          "The panel of growth is without \(names.count) unit\(names.count == 1 ? "" : "s") whose \(variable) is not above zero"
            + " in some period: \(listed(names, most: 10)).",
          zh: "面板收敛分析不含 \(names.count) 个某期取值不大于零的单元：\(listed(names, most: 10, in: .chinese))。")
      ]
  }

  /// The estimate, with errors clustered by unit or of one variance.
  func estimate(_ errors: EvolutionSpecification.StandardError) -> ConvergenceEstimate {
    let rows = growth.indices.filter { !growth[$0].isNaN }
    let units = Set(rows.map { panel.unitOfRow[$0] }).count
    let periods = Set(rows.map { panel.periodOfRow[$0] }).count
    var (beta, reason): (Estimate?, Phrase?) = (nil, nil)
    if units > 1, periods > 1 {
      do { beta = try fit(rows, errors) } catch { reason = ConvergenceEstimate.reason(error) }
    } else {
      reason = Phrase(
        "effects of units and periods need growth in two periods of two units or more",
        zh: "双向固定效应至少需要两个单元、两期增长率")
    }
    return ConvergenceEstimate(
      kind: .panel, beta: beta, spatial: nil, reason: reason, unitCount: units, observations: rows.count,
      span: panel.periodStep, isPerPeriod: false, rSquared: nil,
      nickellBias: beta.map { -(2 + $0.value) / Double(periods - 1) })
  }

  private func fit(_ rows: [Int], _ errors: EvolutionSpecification.StandardError) throws -> Estimate? {
    let part = try Panel(
      source: panel.source, unitOfRow: rows.map(panel.unit(ofRow:)),
      timeOfRow: rows.map(panel.period(ofRow:)), frequency: panel.frequency,
      variables: [("growth", rows.map { growth[$0] }), ("start", rows.map { start[$0] })])
    let result = try FixedEffectsEstimator.fit(
      part,
      FixedEffectsSpecification(
        formula: try FormulaSpecification("growth ~ start"),
        standardError: errors == .hc1 ? .cluster : .classical, isTested: false))
    return result.coefficient("start").map(ConvergenceEstimate.beta)
  }
}

extension ConvergenceEstimate {
  /// An estimate of b from a model's coefficient.
  static func beta(_ estimate: Estimate) -> Estimate {
    Estimate(
      ConvergenceEstimator.parameter, estimate.value, standardError: estimate.standardError,
      reference: estimate.reference)
  }

  /// Why a model has no estimate.
  static func reason(_ error: any Error) -> Phrase {
    var text = "\(error)"
    if text.hasSuffix(".") { text.removeLast() }
    return Phrase("its estimation failed: \(text)", zh: "估计失败：\(text)")
  }
}
