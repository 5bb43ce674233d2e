extension SpatialDurbinResult {
  /// Marginal effects of variables in products, a row each.
  public var marginTable: ResultTable? {
    guard !margins.isEmpty else { return nil }
    return ResultTable(
      name: "marginal_effects", title: Phrase("Marginal effects of variables in products", zh: "交互项变量的边际效应"),
      columns: [
        .terms("variable", Phrase("Effect of", zh: "变量"), margins.map(\.variable)),
        ResultColumn(
          "moderator", Phrase("Moderator", zh: "调节变量"),
          .phrase(
            margins.map {
              $0.moderator.map { Phrase(WordedName($0, .term)) } ?? Phrase("mean over the sample", zh: "样本均值")
            })),
        ResultColumn("place", Phrase("Place", zh: "取值"), .text(margins.map(\.place)), missing: .blank),
        ResultColumn(
          "value", Phrase("Value", zh: "数值"), .number(margins.map { $0.value ?? .nan }), missing: .blank),
        ResultColumn("kind", Phrase("Effect", zh: "效应"), .phrase(margins.map { $0.kind.label })),
      ] + inferenceColumns(margins.map(\.estimate)), keyColumns: 5,
      notes: [
        Phrase(
          "With the moderator at its value everywhere, the others at their medians; the mean over the sample takes them as they"
            + " are. Standard errors by the delta method.",
          zh: "调节变量在所有单元取同一数值，其余取中位数；样本均值按各单元实际取值计算。标准误由Delta法得到。")
      ]
    ).adding(cautions: cautions)
  }

  /// Where an effect changes its sign, a row each.
  public var signChangeTable: ResultTable? {
    guard !signChanges.isEmpty else { return nil }
    return ResultTable(
      name: "sign_changes", title: Phrase("Where an effect changes its sign", zh: "效应符号的转折点"),
      columns: [
        .terms("variable", Phrase("Effect of", zh: "变量"), signChanges.map(\.variable)),
        ResultColumn("kind", Phrase("Effect", zh: "效应"), .phrase(signChanges.map { $0.kind.label })),
        .terms("moderator", Phrase("Moderator", zh: "调节变量"), signChanges.map(\.moderator)),
        ResultColumn("value", Phrase("Value", zh: "数值"), .number(signChanges.map(\.value))),
        ResultColumn(
          "share_below", Phrase("Share of the sample below", zh: "样本中低于该值的比例"),
          .number(signChanges.map(\.shareBelow)), display: .fixedDecimals(3)),
      ], keyColumns: 3,
      notes: [
        Phrase(
          "A share of 0 or 1 means that the sign does not change within the data.",
          zh: "比例为0或1表示在样本范围内效应符号不变。")
      ]
    ).adding(cautions: cautions)
  }

  /// Effects by region, a row each.
  public var regionTable: ResultTable? {
    guard let regions else { return nil }
    let effects = regions.effects
    return ResultTable(
      name: "effects_by_region",
      title: Phrase(
        "Effects by \(regions.column.asVariable)", zh: "按\(regions.column.asVariable)分解的效应"),
      columns: [
        .names("term", Phrase("Term", zh: "变量"), effects.map { WordedName($0.estimate.parameter) }),
        ResultColumn("region", Phrase("Region", zh: "区域"), .text(effects.map(\.region))),
        ResultColumn("units", Phrase("Units", zh: "单元数"), .integer(effects.map(\.units))),
        ResultColumn("kind", Phrase("Effect", zh: "效应"), .phrase(effects.map { $0.kind.label })),
      ] + inferenceColumns(effects.map(\.estimate)), keyColumns: 4,
      notes: [
        Phrase(
          "Means over the units of a region: to themselves, from all others to them, from them to all others. Weighted by the"
            + " units, direct effects and spill-ins are the whole's direct and indirect effect.",
          zh: "区域内单元的均值：直接效应、其他单元对其的溢入、其对其他单元的溢出。按单元数加权，直接效应与溢入效应合计为全样本的直接与间接效应。")
      ]
    ).adding(cautions: cautions)
  }

  /// Effects on a region's units of a rise in all of a region, a row each.
  public var regionPairTable: ResultTable? {
    guard let regions else { return nil }
    let pairs = regions.pairs
    return ResultTable(
      name: "effects_between_regions", title: Phrase("Total effects between regions", zh: "区域之间的总效应"),
      columns: [
        .names("term", Phrase("Term", zh: "变量"), pairs.map { WordedName($0.estimate.parameter) }),
        ResultColumn("on", Phrase("On a unit of", zh: "受影响区域"), .text(pairs.map(\.on))),
        ResultColumn("from", Phrase("Of a rise in all of", zh: "变动区域"), .text(pairs.map(\.from))),
      ] + inferenceColumns(pairs.map(\.estimate)), keyColumns: 3
    ).adding(cautions: cautions)
  }

  /// The model with a ρ for each regime.
  public var regimeLagTable: ResultTable? {
    guard !regimeLags.isEmpty else { return nil }
    return ResultTable(
      name: "rho_by_regime", title: Phrase("The model with a ρ for each regime", zh: "各区制ρ不同的模型"),
      columns: estimateColumns(regimeLags),
      notes: [
        Phrase(
          "The direct likelihood, with observed information: no correction for the bias of fixed effects is known for several ρ.",
          zh: "直接法似然与观测信息矩阵：多ρ模型尚无固定效应偏误修正方法。")
      ]
    ).adding(cautions: cautions)
  }
}
