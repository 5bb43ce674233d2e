/// How well instruments tell the endogenous regressors.
public struct InstrumentSummary: Sendable, Equatable {
  /// The instruments that were kept.
  public let instruments: [String]
  /// Those that the effects and other columns determine.
  public let dropped: [String]
  /// The first stage of each endogenous regressor.
  public let stages: [Stage]
  /// Cragg and Donald's F.
  public let craggDonald: Double
  /// Kleibergen and Paap's rank F.
  public let rankF: Double
  /// The set of coefficients that Anderson and Rubin's test does not reject; nil with several endogenous regressors.
  public let set: ConfidenceSet?

  /// A first stage.
  public struct Stage: Sendable, Equatable {
    /// The endogenous regressor.
    public let name: String
    /// The instruments' coefficients.
    public let estimates: [Estimate]
    /// F of the instruments, by the rule of the standard errors.
    public let f: TestResult.Statistic
    /// F of the instruments for independent errors of one variance.
    public let classicalF: TestResult.Statistic
    /// The share of what is left of the regressor that they explain.
    public let partialRSquared: Double
    /// Montiel Olea and Pflueger's F, of one endogenous regressor.
    public let effectiveF: Double?
    /// Sanderson and Windmeijer's F, of several.
    public let conditionalF: TestResult.Statistic?
  }

  /// Below this F instruments are called weak, as a rule of thumb.
  static let weak = 10.0

  /// The smallest F by which the instruments are judged.
  var strength: Double { stages.compactMap(\.effectiveF).min() ?? rankF }
}

extension FittedModel {
  /// The instruments' coefficients for each endogenous regressor; `f` is the F that is said below.
  func firstStageTable(
    _ instruments: InstrumentSummary, f: (InstrumentSummary.Stage) -> TestResult.Statistic
  ) -> ResultTable {
    let rows = instruments.stages.flatMap { stage in stage.estimates.map { (stage.name, $0) } }
    return ResultTable(
      name: "first_stage", title: Phrase("First stage: the excluded instruments", zh: "第一阶段：排除性工具变量"),
      columns: [
        .terms("endogenous", Phrase("Endogenous", zh: "内生变量"), rows.map(\.0))
      ] + estimateColumns(rows.map(\.1)), keyColumns: 2,
      notes: instruments.stages.map { stage in
        let f = FixedDecimals.text(f(stage).value, decimals: 2)
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
  func andersonRubinTable(_ instruments: InstrumentSummary) -> ResultTable? {
    guard let set = instruments.set else { return nil }
    let pieces = set.pieces.isEmpty ? [nil] : set.pieces.map(Optional.some)
    return ResultTable(
      name: "anderson_rubin",
      title: Phrase("Anderson–Rubin confidence set", zh: "Anderson–Rubin置信集"),
      columns: [
        .terms("term", Phrase("Term", zh: "变量"), pieces.map { _ in instruments.stages[0].name }),
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
}

extension FittedModel {
  /// Where the rank test does not reject.
  var underidentifiedCaution: Phrase? {
    guard let p = test("kleibergen_paap_lm")?.pValue, p > 0.05 else { return nil }
    let clause = ProbabilityText.clause(p)
    return Phrase(
      "That the instruments tell nothing of the endogenous regressors is not rejected (\(clause)): the coefficients may not be"
        + " identified.",
      zh: "不能拒绝工具变量与内生变量无关的原假设（\(clause)）：系数可能不可识别。")
  }

  /// Where Hansen's test rejects.
  var hansenCaution: Phrase? {
    guard let p = test("hansen")?.pValue, p < 0.05 else { return nil }
    let clause = ProbabilityText.clause(p)
    return Phrase(
      "Hansen's test rejects (\(clause)): not all instruments are valid.",
      zh: "Hansen检验拒绝原假设（\(clause)）：并非全部工具变量有效。")
  }

  /// Where the Anderson–Rubin set is no interval.
  func setCaution(_ instruments: InstrumentSummary) -> Phrase? {
    guard let set = instruments.set, set.kind != .interval else { return nil }
    let words = set.words
    return set.kind == .empty
      ? Phrase(
        "The Anderson–Rubin set is empty: no coefficient is compatible with all instruments.",
        zh: "Anderson–Rubin置信集为空：没有系数与全部工具变量相容。")
      : Phrase(
        "The Anderson–Rubin set is \(words.english): the data do not bound the coefficient.",
        zh: "Anderson–Rubin置信集为\(words.chinese)：数据不足以界定系数。")
  }
}
