extension SpatialDurbinResult {
  /// Direct, indirect and total effects, a row each.
  public var effectTable: ResultTable {
    let columns = effectKeys + inferenceColumns(effects.map(\.estimate))
    return ResultTable(
      name: "effects", title: Self.effectTitle, columns: columns, keyColumns: 2, notes: [Self.effectNote]
    ).adding(cautions: cautions)
  }

  private static let effectTitle = Phrase(
    "Direct, indirect (spillover) and total effects", zh: "直接效应、间接效应（空间溢出效应）与总效应")

  private static let effectNote = Phrase(
    "Standard errors by the delta method from the full covariance.", zh: "标准误由完整协方差矩阵经Delta法得到。")

  /// Direct, indirect and total effects beside each other, each with its standard error: a row a term, and in a dynamic
  /// model one a horizon. Its columns in CSV are those that `audit` reads.
  public var wideEffectTable: ResultTable {
    let rows = effects.filter { $0.kind == .direct }
    let isDynamic = rows.contains { $0.horizon != nil }
    var columns: [ResultColumn] = [
      .names(
        "term", Phrase("Variable", zh: "变量"), rows.map { WordedName($0.estimate.parameter, typeset: true) })
    ]
    if isDynamic {
      columns.append(
        ResultColumn("horizon", Phrase("Horizon", zh: "期限"), .remark(rows.map { $0.horizon?.label })))
    }
    let keyCount = columns.count
    for kind in EffectKind.allCases {
      let estimates = rows.map { row in
        effects.first {
          $0.kind == kind && $0.horizon == row.horizon && $0.estimate.name == row.estimate.name
        }?.estimate
      }
      columns += [
        ResultColumn(
          kind.rawValue, Phrase("Coefficient", zh: "系数"), .number(estimates.map { $0?.value ?? .nan }),
          display: .inference(.estimate), significance: estimates.map { $0?.significance ?? .nan }),
        ResultColumn(
          "\(kind.rawValue)_se", Phrase("Std. error", zh: "标准误"),
          .number(estimates.map { $0?.standardError ?? .nan }), display: .inference(.error)),
      ]
    }
    return ResultTable(
      name: "effects_wide", title: Self.effectTitle, columns: columns, keyColumns: keyCount,
      sections: rows.indices.dropFirst().filter { rows[$0].horizon != rows[$0 - 1].horizon }
        .map { .init(firstRow: $0) },
      notes: [Self.effectNote]
    ).adding(cautions: cautions).adding(
      spans: EffectKind.allCases.enumerated().map { place, kind in
        .init(columns: (keyCount + 2 * place)..<(keyCount + 2 * place + 2), heading: kind.heading)
      })
  }

  /// What simulated draws say of the effects, a row each; nil where there were none.
  public var simulationTable: ResultTable? {
    guard effects.contains(where: { $0.simulated != nil }) else { return nil }
    func simulated(_ value: (SpatialEffect.Simulated) -> Double) -> [Double] {
      effects.map { $0.simulated.map(value) ?? .nan }
    }
    return ResultTable(
      name: "effects_simulated",
      title: Phrase(
        "Effects by simulation: \(specification.draws) draws, seed \(specification.seed)",
        zh: "效应的模拟推断：抽样\(specification.draws)次，种子\(specification.seed)"),
      columns: effectKeys + [
        ResultColumn(
          "mean", Phrase("Mean", zh: "均值"), .number(simulated(\.mean)), display: .inference(.estimate)),
        ResultColumn(
          "std_error", Phrase("Std. error", zh: "标准误"), .number(simulated(\.standardError)),
          display: .inference(.error)),
        .low(confidenceLevel, simulated(\.low)), .high(confidenceLevel, simulated(\.high)),
      ], keyColumns: 2
    ).adding(cautions: cautions)
  }

  /// The columns that say which effect a row is about; a static model's horizon shows in JSON and CSV only.
  private var effectKeys: [ResultColumn] {
    [
      .names("term", Phrase("Term", zh: "变量"), effects.map { WordedName($0.estimate.parameter) }),
      ResultColumn("kind", Phrase("Effect", zh: "效应"), .phrase(effects.map { $0.kind.label })),
      ResultColumn(
        "horizon", Phrase("Horizon", zh: "期限"), .text(effects.map { $0.horizon?.rawValue }), missing: .blank),
    ]
  }

  /// The effects by order of neighbours, where they were asked for.
  public var orderTable: ResultTable? {
    guard !effectsByOrder.isEmpty else { return nil }
    return ResultTable(
      name: "effects_by_order", title: Phrase("Effects by order of neighbours", zh: "按邻接阶数分解的效应"),
      columns: [
        .terms("term", Phrase("Term", zh: "变量"), effectsByOrder.map(\.term)),
        ResultColumn("order", Phrase("Order", zh: "阶数"), .integer(effectsByOrder.map(\.order))),
        ResultColumn("direct", Phrase("Direct", zh: "直接效应"), .number(effectsByOrder.map(\.direct))),
        ResultColumn("indirect", Phrase("Indirect", zh: "间接效应"), .number(effectsByOrder.map(\.indirect))),
        ResultColumn("total", Phrase("Total", zh: "总效应"), .number(effectsByOrder.map(\.total))),
      ], keyColumns: 2
    ).adding(cautions: cautions)
  }
}

extension SpatialDurbinSpecification.Effects {
  /// What tables call them.
  var label: Phrase {
    switch self {
    case .unit: Phrase("fixed effects of units", zh: "个体固定效应")
    case .time: Phrase("fixed effects of periods", zh: "时间固定效应")
    case .twoways: Phrase("two-way fixed effects", zh: "时空双固定效应")
    case .none: Phrase("pooled", zh: "混合模型")
    case .random: Phrase("random effects of units", zh: "个体随机效应")
    case .randomIndependent: Phrase("random effects of units, independent in space", zh: "个体随机效应（空间独立）")
    }
  }
}

/// One model under several weights, side by side as journals print robustness checks.
public struct WeightsComparison: Sendable, Equatable {
  /// The weights' names and what the model found under each.
  public let models: [Model]

  /// One of the weights.
  public struct Model: Sendable, Equatable {
    /// What the column is called.
    public let name: String
    /// The result.
    public let result: SpatialDurbinResult

    /// A model under one of the weights.
    public init(name: String, result: SpatialDurbinResult) {
      self.name = name
      self.result = result
    }
  }

  /// A comparison of results.
  public init(_ models: [Model]) {
    self.models = models
  }

  /// The journal table: coefficients, then effects, with standard errors beneath; a column for each of the weights.
  public var table: ResultTable {
    CoefficientLayout(models.enumerated().map { column($0.element, number: $0.offset + 1) }).table(
      name: "weights_comparison", title: Phrase("The model under each of the weights", zh: "不同空间权重矩阵下的估计结果"),
      notes: models.enumerated().map { number, model in
        let text = "(\(number + 1)) \(model.name): \(model.result.fit.weightsFingerprint)"
        return Phrase("Weights \(text).", zh: "权重\(text)。")
      }
    ).adding(cautions: cautions)
  }

  /// The cautions of all columns, each once, with the columns that it is about.
  private var cautions: [Phrase] {
    let own = models.map { $0.result.cautions }
    return own.flatMap(\.self).firstAppearances.map { caution in
      let numbers = own.indices.filter { own[$0].contains(caution) }.map { "(\($0 + 1))" }
      return caution.said(of: Phrase(listed(numbers), zh: listed(numbers, in: .chinese)))
    }
  }

  private func column(_ model: Model, number: Int) -> CoefficientLayout.Model {
    let result = model.result
    return CoefficientLayout.Model(
      name: "weights_\(number)", heading: Phrase(verbatim: model.name),
      estimates: result.estimates + result.effects.map(\.estimate),
      statistics: result.statistics.selected(result.statistics.journal))
  }
}
