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
    TurningPoint.table(turningPoints, level: confidenceLevel)?.adding(cautions: cautions)
  }
}
