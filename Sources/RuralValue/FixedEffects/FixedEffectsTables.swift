extension FixedEffectsResult {
  /// The instruments' coefficients for each endogenous regressor; nil without instruments.
  public var firstStageTable: ResultTable? {
    guard let instruments else { return nil }
    let rows = instruments.stages.flatMap { stage in stage.estimates.map { (stage.name, $0) } }
    return ResultTable(
      name: "first_stage", title: Phrase("First stage: the excluded instruments", zh: "第一阶段：排除性工具变量"),
      columns: [
        ResultColumn("endogenous", Phrase("Endogenous", zh: "内生变量"), .text(rows.map(\.0)))
      ] + estimateColumns(rows.map(\.1)), keyColumns: 2,
      notes: instruments.stages.map { stage in
        let f = FixedDecimals.text(stage.f.value, decimals: 2)
        let share = FixedDecimals.text(stage.partialRSquared, decimals: 3)
        let effective = stage.effectiveF.map { FixedDecimals.text($0, decimals: 2) }
        let conditional = stage.conditionalF.map { FixedDecimals.text($0.value, decimals: 2) }
        let more =
          effective.map { Phrase(", effective F \($0)", zh: "，有效F \($0)") }
          ?? conditional.map { Phrase(", Sanderson–Windmeijer F \($0)", zh: "，Sanderson–Windmeijer F \($0)") }
          ?? Phrase(verbatim: "")
        return Phrase(
          "\(stage.name): F of the instruments \(f)\(more.english), partial R² \(share).",
          zh: "\(stage.name)：工具变量F \(f)\(more.chinese)，偏R² \(share)。")
      }
    ).adding(cautions: cautions)
  }

  /// The set that Anderson and Rubin's test does not reject, a row a piece; nil with several endogenous regressors.
  public var andersonRubinTable: ResultTable? {
    guard let instruments, let set = instruments.set else { return nil }
    let pieces = set.pieces.isEmpty ? [nil] : set.pieces.map(Optional.some)
    return ResultTable(
      name: "anderson_rubin",
      title: Phrase("Anderson–Rubin confidence set", zh: "Anderson–Rubin置信集"),
      columns: [
        ResultColumn("term", Phrase("Term", zh: "变量"), .text(pieces.map { _ in instruments.stages[0].name })),
        ResultColumn("shape", Phrase("Shape", zh: "形状"), .phrase(pieces.map { _ in set.kind.label })),
        .low(confidenceLevel, pieces.map { $0.flatMap { $0.low.isFinite ? $0.low : nil } ?? .nan }),
        .high(confidenceLevel, pieces.map { $0.flatMap { $0.high.isFinite ? $0.high : nil } ?? .nan }),
      ],
      notes: [
        Phrase(
          "\(Percentage.text(confidenceLevel)) % set of \(instruments.stages[0].name): \(set.words.english). It holds"
            + " whatever the instruments' strength.",
          zh:
            "\(instruments.stages[0].name)的\(Percentage.text(confidenceLevel))%置信集：\(set.words.chinese)。无论工具变量强弱均有效。"
        )
      ])
  }

  /// The test of a U shape and the turning point, a row a variable; nil where no square stands beside its variable.
  public var turningPointTable: ResultTable? {
    guard !turningPoints.isEmpty else { return nil }
    func number(_ value: (TurningPoint) -> Double?) -> ResultValues {
      .number(turningPoints.map { value($0) ?? .nan })
    }
    let level = confidenceLevel
    return ResultTable(
      name: "turning_points", title: Phrase("Turning points", zh: "拐点与U型检验"),
      columns: [
        ResultColumn("term", Phrase("Term", zh: "变量"), .text(turningPoints.map(\.variable))),
        ResultColumn("shape", Phrase("Shape", zh: "形状"), .phrase(turningPoints.map(\.shape))),
        ResultColumn("low", Phrase("Range from", zh: "区间下限"), number { $0.low }),
        ResultColumn("high", Phrase("Range to", zh: "区间上限"), number { $0.high }),
        ResultColumn("slope_low", Phrase("Slope at low", zh: "下限处斜率"), number { $0.slopeLow.value }),
        ResultColumn("slope_high", Phrase("Slope at high", zh: "上限处斜率"), number { $0.slopeHigh.value }),
        ResultColumn("turning_point", Phrase("Turning point", zh: "拐点"), number { $0.extreme }),
        ResultColumn("std_error", Phrase("Std. error", zh: "标准误"), number { $0.standardError }),
        ResultColumn("statistic", Phrase(verbatim: "t"), number { $0.statistic }),
        ResultColumn("p_value", Phrase("p", zh: "p值"), number { $0.pValue }, display: .probability),
        ResultColumn(
          "fieller", Phrase("Fieller \(Percentage.text(level))%", zh: "Fieller \(Percentage.text(level))%"),
          .phrase(turningPoints.map(\.fieller.words))),
      ],
      notes: [
        Phrase(
          "t and p: Lind and Mehlum's test that the shape is there within the range, one-sided at both ends. A square that is"
            + " significant is not enough. Without p the turning point lies outside the range.",
          zh: "t与p为Lind–Mehlum检验（区间内是否存在该形状，两端单侧）。仅二次项显著并不足够。无p值者拐点位于区间之外。")
      ] + turningPoints.map(\.sentence)
    ).adding(cautions: cautions)
  }
}

extension ConfidenceSet.Kind {
  var label: Phrase {
    switch self {
    case .interval: Phrase("interval", zh: "区间")
    case .rays: Phrase("two rays", zh: "两条射线")
    case .ray: Phrase("ray", zh: "射线")
    case .line: Phrase("the whole line", zh: "全实数轴")
    case .empty: Phrase("empty", zh: "空集")
    case .pieces: Phrase("several pieces", zh: "多段")
    }
  }
}

extension TurningPoint {
  var shape: Phrase { isU ? Phrase("U", zh: "U型") : Phrase("inverse U", zh: "倒U型") }

  /// What the numbers say.
  var sentence: Phrase {
    func shown(_ x: Double) -> String { FixedDecimals.text(x, decimals: 3) }
    let place = shown(extreme)
    guard let pValue else {
      return Phrase(
        "\(variable): the turning point \(place) lies outside the range from \(shown(low)) to \(shown(high)); within it the"
          + " relation only \(slopeHigh.value > 0 ? "rises" : "falls").",
        zh:
          "\(variable)：拐点\(place)位于区间[\(shown(low)), \(shown(high))]之外，区间内单调\(slopeHigh.value > 0 ? "上升" : "下降")。"
      )
    }
    let verdict =
      pValue < 0.05
      ? Phrase("\(shape.english == "U" ? "a U" : "an inverse U") is found", zh: "存在\(shape.chinese)关系")
      : Phrase("no \(shape.english) is established", zh: "未能证实\(shape.chinese)关系")
    let clause = ProbabilityText.clause(pValue)
    return Phrase(
      "\(variable): \(verdict.english) (\(clause)), turning at \(place).",
      zh: "\(variable)：\(verdict.chinese)（\(clause)），拐点\(place)。")
  }
}
