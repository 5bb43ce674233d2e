internal import RuralValueNumerics

/// A model's effects with their errors in the short run and, for a dynamic model, in the long run.
struct EstimatedEffects {
  let effects: [SpatialEffect]
  /// What has to be said of them.
  let notes: [Phrase]

  /// The effects at estimated parameters (b, ρ, …) with their covariance; `reference` is what they are held against.
  init(
    _ impacts: ImpactEffects, parameters: [Double], covariance: Matrix,
    _ specification: SpatialDurbinSpecification, reference: ReferenceDistribution = .normal
  ) throws {
    let isDynamic = specification.dynamics != nil
    let products = specification.productNames
    var effects: [SpatialEffect] = []
    var notes: [Phrase] = []
    for horizon in isDynamic ? [EffectHorizon.short, .long] : [.short] {
      guard let values = try impacts.values(at: parameters, horizon) else {
        notes.append(
          Phrase("The model is not stable: there are no long-run effects.", zh: "模型不稳定，不存在长期效应。"))
        continue
      }
      let simulated = try SimulatedEffects(
        impacts, parameters: parameters, covariance: covariance, horizon: horizon,
        draws: specification.draws, seed: specification.seed, level: specification.confidenceLevel)
      if let simulated { notes += Self.drawNotes(simulated, horizon, specification) }
      let errors = impacts.standardErrors(values, covariance)
      for (position, kind) in EffectKind.allCases.enumerated() {
        let estimates = impacts.threeKinds(values.effects)[position]
        for (term, place) in impacts.terms.enumerated() where !products.contains(place.name) {
          let summary = simulated?.summaries[position][term]
          effects.append(
            SpatialEffect(
              term: place.name, kind, isDynamic ? horizon : nil, estimates[term],
              standardError: errors[position][term], reference: reference,
              simulated: summary.map {
                .init(mean: $0.mean, standardError: $0.deviation, low: $0.low, high: $0.high)
              }))
        }
      }
    }
    self.effects = effects
    self.notes = notes + specification.productNotes
  }

  private static func drawNotes(
    _ simulated: SimulatedEffects, _ horizon: EffectHorizon, _ specification: SpatialDurbinSpecification
  ) -> [Phrase] {
    let (draws, seed) = (specification.draws, specification.seed)
    let isDynamic = specification.dynamics != nil
    let run = isDynamic ? (horizon == .short ? " (short run)" : " (long run)") : ""
    let runChinese = isDynamic ? (horizon == .short ? "（短期）" : "（长期）") : ""
    let note = Phrase(
      "Simulated errors of effects\(run): \(draws) draws, seed \(seed), \(simulated.outside) drawn again because they"
        + " lay outside the bounds.",
      zh: "效应的模拟标准误\(runChinese)：抽样\(draws)次，种子\(seed)，其中\(simulated.outside)次超出参数边界而重抽。")
    guard simulated.hasHeavyTails(level: specification.confidenceLevel) else { return [note] }
    return [
      note,
      Phrase(
        "Some draws\(run) come near the bound, where effects grow without limit: means and standard errors of simulated"
          + " effects are theirs. Take the intervals, which are quantiles of the draws.",
        zh: "部分抽样\(runChinese)接近参数边界，效应趋于无穷，模拟均值与标准误因此失真；请以分位数区间为准。"),
    ]
  }
}

extension ImpactEffects {
  /// The effects by order of neighbours up to the order that a specification asks for; none where the weights change.
  func byOrder(
    _ specification: SpatialDurbinSpecification, parameters: [Double]
  ) -> [SpatialOrderEffect] {
    guard let orders = specification.orders, system.lag.isConstant else { return [] }
    let byOrder = EffectsByOrder(
      system.lag.matrices[0], orders: orders,
      spectrum: system.lag.dense == nil ? nil : system.determinant.spectrum)
    return terms.flatMap { term in
      (0...orders).map { order in
        let part = byOrder.contribution(
          order: order, rho: rho.map { parameters[$0] } ?? 0, b: parameters[term.b],
          theta: term.theta.map { parameters[$0] } ?? 0)
        return SpatialOrderEffect(term: term.name, order: order, direct: part.direct, total: part.total)
      }
    }
  }
}

extension SpatialDurbinSpecification {
  /// The names of the products, which do not move on their own.
  var productNames: Set<String> {
    Set(formula.terms.filter { $0.isProduct && $0.factors.contains { $0.levelColumn == nil } }.map(\.name))
  }

  /// What the table of effects leaves out.
  var productNotes: [Phrase] {
    let names = formula.terms.map(\.name).filter(productNames.contains)
    guard !names.isEmpty else { return [] }
    let isShown = dynamics == nil && regimes == nil && resolvedEstimator == .likelihood
    return [
      Phrase(
        "A product does not move on its own: \(listed(names)) \(names.count == 1 ? "has" : "have") no row among the effects, and"
          + " the effects of what stands in \(names.count == 1 ? "it" : "them") are those where the other factors are zero."
          + (isShown ? " See the marginal effects." : ""),
        zh: "乘积项不能单独变动：效应表不列\(listed(names, in: .chinese))，其所含变量的效应为其他因子取零时的效应。"
          + (isShown ? "参见边际效应表。" : ""))
    ]
  }
}
