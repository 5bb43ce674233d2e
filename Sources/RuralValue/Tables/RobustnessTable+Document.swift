internal import RuralValueNumerics

extension RobustnessTable {
  /// The document of a comparison: the journal table, the verdicts, and for scripts a row a model and term.
  public var document: ResultDocument {
    var parts: [ResultDocument.Part] = [.init(table, jsonKey: nil)]
    if !verdicts.isEmpty, !variants.isEmpty { parts.append(.init(verdictTable, jsonKey: "verdicts")) }
    parts.append(.init(coefficientTable, shown: false, jsonKey: "coefficients"))
    return ResultDocument(
      command: "robustness", specification: [JSONMember("level", .number(level))], sample: nil, parts: parts)
  }

  /// What the variants say of each of the base model's coefficients.
  public var verdictTable: ResultTable {
    let verdicts = self.verdicts
    func counts(_ value: (RobustnessVerdict) -> Int) -> ResultValues { .integer(verdicts.map(value)) }
    return ResultTable(
      name: "robustness_verdicts", title: Phrase("What the variants keep", zh: "稳健性汇总"),
      columns: [
        ResultColumn("term", Phrase("Variable", zh: "变量"), .text(verdicts.map(\.term))),
        ResultColumn(
          "estimate", Phrase("Base model", zh: "基准模型"), .number(verdicts.map(\.base.estimate)),
          significance: verdicts.map(\.base.pValue)),
        ResultColumn("lowest", Phrase("Lowest", zh: "最小值"), .number(verdicts.map(\.lowest))),
        ResultColumn("highest", Phrase("Highest", zh: "最大值"), .number(verdicts.map(\.highest))),
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
      ])
  }

  /// A row a model and term, with normal 95 % intervals; a model that failed has a row with its reason.
  public var coefficientTable: ResultTable {
    let rows = models.flatMap { model -> [(model: Model, estimate: CoefficientLayout.Estimate?)] in
      model.failure == nil ? model.estimates.map { (model, $0) } : [(model, nil)]
    }
    let quantile = Normal().quantile(lowerTail: 0.975)
    func numbers(_ value: (CoefficientLayout.Estimate) -> Double) -> ResultValues {
      .number(rows.map { $0.estimate.map(value) ?? .nan })
    }
    return ResultTable(
      name: "robustness_coefficients", title: Phrase("Coefficients of all variants", zh: "各变体的系数"),
      columns: [
        ResultColumn("model", Phrase("Model", zh: "模型"), .phrase(rows.map(\.model.name))),
        ResultColumn("term", Phrase("Variable", zh: "变量"), .text(rows.map(\.estimate?.term))),
        ResultColumn(
          "estimate", Phrase("Estimate", zh: "系数"), numbers(\.estimate),
          significance: rows.map { $0.estimate?.pValue ?? .nan }),
        ResultColumn("std_error", Phrase("Std. error", zh: "标准误"), numbers(\.standardError)),
        ResultColumn("p_value", Phrase("p", zh: "p值"), numbers(\.pValue), display: .probability),
        ResultColumn(
          "conf_low", Phrase("95% low", zh: "95%下限"), numbers { $0.estimate - quantile * $0.standardError }),
        ResultColumn(
          "conf_high", Phrase("95% high", zh: "95%上限"), numbers { $0.estimate + quantile * $0.standardError }),
        ResultColumn(
          "observations", Phrase("Observations", zh: "样本量"), .integer(rows.map(\.model.observations))),
        ResultColumn("reason", Phrase("Why not", zh: "未得出结果的原因"), .text(rows.map(\.model.failure))),
      ], keyColumns: 2)
  }
}

extension RobustnessTable.Model {
  /// A model from what `gmm` or `sdm` answered: its coefficients and sums, without the dummies of periods.
  ///
  /// A document without a table of coefficients is a failure.
  public init(name: Phrase, document: ResultDocument) {
    let estimates = ["coefficients", "linear_combinations"].flatMap { wanted in
      document.parts.first { $0.table.name == wanted }?.table.estimates ?? []
    }
    guard !estimates.isEmpty else {
      self.init(name: name, failure: "\(document.command) gave no coefficients.")
      return
    }
    self.init(name: name, estimates: estimates, observations: document.sample?.observations ?? 0)
  }
}

extension ResultTable {
  /// The rows of a table of coefficients.
  fileprivate var estimates: [CoefficientLayout.Estimate] {
    guard let terms = words("term"), case .number(let estimates)? = column("estimate")?.values,
      case .number(let errors)? = column("std_error")?.values,
      case .number(let pValues)? = column("p_value")?.values
    else { return [] }
    let kinds = words("kind")
    let periods = CoefficientEstimate.Kind.time.label.english
    return terms.indices.filter { kinds?[$0] != periods }.map { row in
      // A variance has no sign to keep and no null of zero to reject.
      let hasTest = !["sigma2", "theta"].contains(terms[row])
      return .init(
        term: terms[row], estimate: estimates[row], standardError: errors[row],
        pValue: hasTest ? pValues[row] : .nan)
    }
  }

  private func words(_ name: String) -> [String]? {
    switch column(name)?.values {
    case .text(let cells)?: cells.map { $0 ?? "" }
    case .phrase(let cells)?: cells.map(\.english)
    case .remark(let cells)?: cells.map { $0?.english ?? "" }
    default: nil
    }
  }
}
