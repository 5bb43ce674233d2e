extension RobustnessTable {
  /// The document of a comparison: the journal table, the verdicts, and for scripts a row a model and term.
  public var document: ResultDocument {
    var parts: [ResultDocument.Part] = [.init(table, jsonKey: nil)]
    if !verdicts.isEmpty, !variants.isEmpty { parts.append(.init(verdictTable, jsonKey: "verdicts")) }
    parts.append(.init(coefficientTable, shown: false, jsonKey: "coefficients"))
    return ResultDocument(
      command: "robustness", specification: [JSONMember("level", .number(level))], sample: nil, parts: parts,
      figures: figures)
  }

  /// What the variants say of each of the base model's coefficients.
  public var verdictTable: ResultTable {
    let verdicts = self.verdicts
    func counts(_ value: (RobustnessVerdict) -> Int) -> ResultValues { .integer(verdicts.map(value)) }
    return ResultTable(
      name: "robustness_verdicts", title: Phrase("What the variants keep", zh: "稳健性汇总"),
      columns: [
        .names("term", Phrase("Variable", zh: "变量"), verdicts.map { WordedName($0.base.parameter) }),
        ResultColumn(
          "estimate", Phrase("Base model", zh: "基准模型"), .number(verdicts.map(\.base.value)),
          display: .inference(.estimate),
          significance: verdicts.map(\.base.significance)),
        ResultColumn(
          "lowest", Phrase("Lowest", zh: "最小值"), .number(verdicts.map(\.lowest)), display: .inference(.end)),
        ResultColumn(
          "highest", Phrase("Highest", zh: "最大值"), .number(verdicts.map(\.highest)), display: .inference(.end)
        ),
        ResultColumn("variants", Phrase("Variants", zh: "变体数"), counts(\.compared)),
        ResultColumn("sign_kept", Phrase("Sign kept", zh: "符号一致"), counts(\.signKept)),
        ResultColumn(
          "significance_kept", Phrase("Significance kept", zh: "显著性一致"), counts(\.significanceKept)),
        ResultColumn(
          "differing", Phrase("Differs in", zh: "不一致的变体"),
          .phrase(
            verdicts.map { verdict in
              Phrase(
                verdict.differing.map(\.english).joined(separator: "; "),
                zh: verdict.differing.map(\.chinese).joined(separator: "；"))
            })),
      ],
      notes: [
        Phrase(
          "Lowest and highest over the base model and the variants that have the term; the number of variants is"
            + " theirs.",
          zh: "最小值与最大值取自基准模型及含该变量的各变体；变体数为含该变量者。")
      ]
    ).adding(cautions: cautions)
  }

  /// The level of the models' intervals, where it is one.
  var confidenceLevel: Double? {
    let levels = Set(models.filter { $0.failure == nil }.map(\.confidenceLevel))
    return levels.count == 1 ? levels.first : nil
  }

  /// A row a model and term, each with its model's interval; a model that failed has a row with its reason.
  public var coefficientTable: ResultTable {
    let rows = models.flatMap { model -> [(model: Model, estimate: Estimate?)] in
      model.failure == nil ? model.estimates.map { (model, $0) } : [(model, nil)]
    }
    func numbers(_ value: (Estimate) -> Double) -> ResultValues {
      .number(rows.map { $0.estimate.map(value) ?? .nan })
    }
    let intervals = rows.map { row in row.estimate?.interval(row.model.confidenceLevel) ?? (.nan, .nan) }
    return ResultTable(
      name: "robustness_coefficients", title: Phrase("Coefficients of all variants", zh: "各变体的系数"),
      columns: [
        ResultColumn("model", Phrase("Model", zh: "模型"), .phrase(rows.map(\.model.name))),
        .names(
          "term", Phrase("Variable", zh: "变量"),
          rows.map { $0.estimate.map { WordedName($0.parameter) } }),
        ResultColumn(
          "estimate", Phrase("Estimate", zh: "系数"), numbers(\.value), display: .inference(.estimate),
          significance: rows.map { $0.estimate?.significance ?? .nan }),
        ResultColumn(
          "std_error", Phrase("Std. error", zh: "标准误"), numbers(\.standardError), display: .inference(.error)),
        ResultColumn("p_value", Phrase("p", zh: "p值"), numbers(\.significance), display: .probability),
        .low(confidenceLevel, intervals.map(\.low)), .high(confidenceLevel, intervals.map(\.high)),
        ResultColumn(
          "observations", Phrase("Observations", zh: "样本量"), .integer(rows.map(\.model.observations))),
        ResultColumn("reason", Phrase("Why not", zh: "未得出结果的原因"), .text(rows.map(\.model.failure))),
      ], keyColumns: 2
    ).adding(cautions: cautions)
  }
}

extension RobustnessTable.Model {
  /// A model from what `gmm` or `sdm` answered.
  ///
  /// A document without estimates is a failure.
  public init(name: Phrase, document: ResultDocument) {
    guard !document.estimates.isEmpty else {
      self.init(name: name, failure: "\(document.command) gave no coefficients.")
      return
    }
    self.init(
      name: name, estimates: document.estimates, confidenceLevel: document.confidenceLevel,
      observations: document.sample?.observations ?? 0, cautions: document.cautions)
  }
}
