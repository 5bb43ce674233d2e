/// How the tables of one family of models differ from those of another; names of columns are promises to scripts.
public struct ModelForm: Sendable {
  /// Whether a column says what each coefficient is of.
  let hasKinds: Bool
  /// What stands above the tests, and above their columns.
  let tests: (title: Phrase, key: Phrase, statistic: Phrase, reason: Phrase)
  /// The column with the hypotheses.
  let hypothesis: (name: String, heading: Phrase)
  /// Whether people read the reasons of absent tests below the table instead of beside it.
  let hasReasonsBelow: Bool
  /// What stands above the fit.
  let fitTitle: Phrase
  /// Whether the rows of the fit have their keys beside their labels.
  let hasFitKeys: Bool
}

/// What a journal table says besides the numbers.
public struct JournalTable: Sendable {
  /// The name of its file.
  let name: String
  /// What stands above it.
  let title: Phrase
  /// What stands below it.
  let notes: [Phrase]
}

extension FittedModel {
  /// The coefficients, a row each.
  public var coefficientTable: ResultTable {
    ResultTable(
      name: "coefficients", title: title,
      columns: estimateColumns(
        estimates + omitted.map { Estimate(Parameter($0.name, .omitted), .nan) }), notes: coefficientNotes
    ).adding(cautions: cautions)
  }

  /// Names, kinds where the family has them, and the inference of estimates.
  func estimateColumns(_ estimates: [Estimate]) -> [ResultColumn] {
    [.names("term", Phrase("Term", zh: "变量"), estimates.map { WordedName($0.parameter) })]
      + (Self.form.hasKinds
        ? [ResultColumn("kind", Phrase("Kind", zh: "类型"), .phrase(estimates.map(\.parameter.role.label)))]
        : [])
      + inferenceColumns(estimates)
  }

  /// Estimate, error, statistic, p value and interval.
  func inferenceColumns(_ estimates: [Estimate]) -> [ResultColumn] {
    let intervals = estimates.map { $0.interval(confidenceLevel) }
    return [
      ResultColumn(
        "estimate", Phrase("Estimate", zh: "系数"), .number(estimates.map(\.value)),
        display: .inference(.estimate), significance: estimates.map(\.significance)),
      ResultColumn(
        "std_error", Phrase("Std. error", zh: "标准误"), .number(estimates.map(\.standardError)),
        display: .inference(.error)),
      ResultColumn(
        "statistic", Phrase(verbatim: estimates.first?.reference.letter ?? "z"),
        .number(estimates.map(\.statistic))),
      ResultColumn(
        "p_value", Phrase("p", zh: "p值"), .number(estimates.map(\.pValue)), display: .probability),
      .low(confidenceLevel, intervals.map(\.low)), .high(confidenceLevel, intervals.map(\.high)),
    ]
  }

  /// The covariance of the coefficients: a row and a column each.
  public var covarianceTable: ResultTable {
    let names = estimates.map(\.name)
    // A column's name stands once, though a regressor may share the name of a spatial parameter.
    let columns = names.indices.map { place in
      let earlier = names[..<place].count { $0 == names[place] }
      return ResultColumn(
        earlier == 0 ? names[place] : "\(names[place]).\(earlier)",
        Phrase(WordedName(estimates[place].parameter)),
        .number(covariance.map { $0[place] }))
    }
    return ResultTable(
      name: "covariance", title: Phrase("Covariance of the coefficients", zh: "系数协方差矩阵"),
      columns: [
        .names("term", Phrase("Term", zh: "变量"), estimates.map { WordedName($0.parameter) })
      ] + columns)
  }

  /// The tests with all that scripts may want: reasons, and what stays without a set.
  public var testTable: ResultTable { testTable(isFull: true) }

  /// The tests as people read them, where that is otherwise: reasons stand below the table.
  public var shownTestTable: ResultTable { testTable(isFull: !Self.form.hasReasonsBelow) }

  private func testTable(isFull: Bool) -> ResultTable {
    let form = Self.form
    let missing: MissingDisplay = form.hasReasonsBelow ? .blank : .dash
    let isExcluding = tests.contains { $0.excluding != nil }
    var columns = [
      ResultColumn("name", form.tests.key, .text(tests.map(\.key))),
      ResultColumn(form.hypothesis.name, form.hypothesis.heading, .phrase(tests.map(\.hypothesis))),
      ResultColumn("statistic", form.tests.statistic, .number(tests.map { $0.statistic ?? .nan })),
      ResultColumn(
        "df", Phrase("df", zh: "自由度"), .integer(tests.map(\.degreesOfFreedom)), missing: missing),
      ResultColumn(
        "p_value", Phrase("p", zh: "p值"), .number(tests.map { $0.pValue ?? .nan }), display: .probability),
    ]
    if isFull {
      columns.append(
        ResultColumn(
          "reason", form.tests.reason, .remark(tests.map(\.reason)),
          missing: form.hasReasonsBelow ? .dash : .blank))
    }
    if form.hasReasonsBelow, isFull || isExcluding { columns += excludingColumns }
    let reasons = tests.compactMap { test in
      test.reason.map { Phrase("\(test.key): \($0.english)", zh: "\(test.key)：\($0.chinese)") }
    }
    return ResultTable(
      name: "tests", title: form.tests.title, columns: columns, notes: testNotes + (isFull ? [] : reasons))
  }

  private var excludingColumns: [ResultColumn] {
    [
      ResultColumn(
        "statistic_excluding", Phrase("J without", zh: "剔除后J"),
        .number(tests.map { $0.excluding?.value ?? .nan }), missing: .blank),
      ResultColumn(
        "df_excluding", Phrase("df without", zh: "剔除后自由度"),
        .integer(tests.map { $0.excluding?.degreesOfFreedom }), missing: .blank),
      ResultColumn(
        "p_value_excluding", Phrase("p without", zh: "剔除后p值"),
        .number(tests.map { $0.excluding?.pValue ?? .nan }), display: .probability, missing: .blank),
    ]
  }

  /// The numbers about the model as people read them.
  public var fitTable: ResultTable {
    let rows = statistics.selected(statistics.table).filter { !$0.isAbsent }
    let labels = rows.map(\.label)
    let names =
      Self.form.hasFitKeys
      ? [
        ResultColumn("name", Phrase("Name", zh: "名称"), .text(rows.map(\.key))),
        ResultColumn("label", Phrase("Meaning", zh: "含义"), .phrase(labels)),
      ] : [ResultColumn("statistic", Phrase("Statistic", zh: "指标"), .phrase(labels))]
    return ResultTable(
      name: "fit", title: Self.form.fitTitle,
      columns: names + [
        ResultColumn(
          "value", Phrase("Value", zh: "数值"), .number(rows.map(\.number)), rowDisplays: rows.map(\.display))
      ], notes: fitNotes)
  }

  private var fitNotes: [Phrase] {
    statistics.selected(statistics.table).compactMap { statistic in
      guard case .word(let word?) = statistic.value else { return nil }
      return Phrase("\(statistic.label.english) \(word).", zh: "\(statistic.label.chinese) \(word)。")
    }
  }

  /// The table as journals print it: estimates with stars, standard errors beneath, or with `rows` beside them, and the
  /// numbers of the model below a rule.
  public func journalTable(_ shape: CoefficientLayout.Shape = .columns) -> ResultTable? {
    guard let journal else { return nil }
    let shown = estimates.filter { $0.parameter.role != .period } + furtherEstimates
    // A product is told from a sum where both may stand.
    let isTold = shape != .rows || shown.contains { $0.parameter.role == .sum }
    let layout = CoefficientLayout(
      [
        .init(
          name: "estimate", heading: Phrase(WordedName(outcomeName, .term, typeset: true)), estimates: shown,
          statistics: statistics.selected(statistics.journal))
      ],
      labels: Dictionary(
        shown.map(\.parameter).filter { isTold && ($0.role == .sum || $0.role == .product) }.map {
          let name = WordedName($0, typeset: true).signed
          return ($0, Phrase("\(name) (\($0.role.label.english))", zh: "\(name)（\($0.role.label.chinese)）"))
        }, uniquingKeysWith: { first, _ in first }))
    return
      (shape == .rows
      ? layout.rowTable(name: journal.name, title: title, notes: coefficientNotes)
      : layout.table(name: journal.name, title: journal.title, notes: journal.notes)).adding(
        cautions: cautions)
  }

  /// The document of the model, whose coefficients people see in a layout; `further` tables stand last, and the covariance
  /// where it is asked for.
  public func document(
    showsCovariance: Bool = false, layout: CoefficientLayout.Shape = .full,
    further: [ResultDocument.Part] = []
  ) -> ResultDocument {
    let journal = journalTable(layout)
    let isFull = layout == .full || journal == nil
    var parts: [ResultDocument.Part] = [
      .init(coefficientTable, shown: isFull, repeated: !isFull, jsonKey: "coefficients")
    ]
    if !isFull, let journal { parts.insert(.init(journal, jsonKey: nil), at: 0) }
    if showsCovariance { parts.append(.init(covarianceTable, jsonKey: "covariance")) }
    parts += effectTables(layout)
    if !tests.isEmpty {
      if Self.form.hasReasonsBelow { parts.append(.init(shownTestTable, written: false, jsonKey: nil)) }
      parts.append(.init(testTable, shown: !Self.form.hasReasonsBelow, jsonKey: "tests"))
    }
    parts.append(.init(fitTable, jsonKey: nil))
    let fit = statistics.selected(statistics.json).map { JSONMember($0.key, $0.json) }
    var document = ResultDocument(
      command: Self.verb, sample: sample,
      parts: parts + furtherTables + further
        + (isFull ? journal.map { [.init($0, shown: false, jsonKey: nil)] } ?? [] : []),
      values: [JSONMember("fit", .object(fit))] + furtherValues, notes: notes, figures: figures)
    document.estimates = (estimates + furtherEstimates).filter { $0.parameter.role != .period }
    document.effects = effectEstimates
    document.tests = tests
    document.objections = objections
    document.confidenceLevel = confidenceLevel
    document.models = ModelColumn.beside(furtherModels, column)
    return document
  }
}

extension ResultColumn {
  /// The lower ends of intervals; without a level, as where the rows' levels differ, the heading names none.
  static func low(_ level: Double?, _ values: [Double]) -> ResultColumn {
    let share = level.map { Percentage.text($0) }
    return ResultColumn(
      "conf_low", share.map { Phrase("\($0)% low", zh: "\($0)%下限") } ?? Phrase("Low", zh: "下限"),
      .number(values), display: .inference(.end))
  }

  /// The upper ends of intervals.
  static func high(_ level: Double?, _ values: [Double]) -> ResultColumn {
    let share = level.map { Percentage.text($0) }
    return ResultColumn(
      "conf_high", share.map { Phrase("\($0)% high", zh: "\($0)%上限") } ?? Phrase("High", zh: "上限"),
      .number(values), display: .inference(.end))
  }
}

extension ResultTable {
  /// Tests that stand by themselves: `name, hypothesis, statistic, df, p_value, reason`.
  init(tests: [TestResult], notes: [Phrase] = []) {
    self.init(
      name: "tests", title: Phrase("Tests", zh: "检验"),
      columns: [
        ResultColumn("name", Phrase("Test", zh: "检验"), .text(tests.map(\.key))),
        ResultColumn("hypothesis", Phrase("Hypothesis", zh: "原假设"), .phrase(tests.map(\.hypothesis))),
        ResultColumn(
          "statistic", Phrase("Statistic", zh: "统计量"), .number(tests.map { $0.statistic ?? .nan })),
        ResultColumn("df", Phrase("df", zh: "自由度"), .integer(tests.map(\.degreesOfFreedom))),
        ResultColumn(
          "p_value", Phrase("p", zh: "p值"), .number(tests.map { $0.pValue ?? .nan }), display: .probability),
        ResultColumn(
          "reason", Phrase("Why not", zh: "未计算原因"), .remark(tests.map(\.reason)), missing: .blank),
      ], notes: notes)
  }
}
