import RuralValue

/// Tables as commands make them, for the tests of all renderers.
enum SampleTables {
  /// Coefficients in one row each.
  static let coefficients = ResultTable(
    name: "coefficients", title: Phrase("System GMM", zh: "系统GMM估计结果"),
    columns: [
      ResultColumn("term", Phrase("Term", zh: "变量"), .text(["lag(V, 1)", "P:C", "time=2014"])),
      ResultColumn(
        "estimate", Phrase("Estimate", zh: "系数"), .number([0.6123, -12.5, .nan]),
        significance: [0.0004, 0.07, .nan]),
      ResultColumn(
        "std_error", Phrase("Std. error", zh: "标准误"), .number([0.0451, 6.9, .nan]), display: .standardError),
      ResultColumn("p_value", Phrase("p", zh: "p值"), .number([0.0004, 0.07, .nan]), display: .probability),
    ])

  /// Texts in Chinese, text that is missing, whole numbers, decimals of two kinds.
  static let counties = ResultTable(
    name: "counties", title: Phrase("Counties & scores", zh: "县域综合得分"),
    columns: [
      ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(["长沙县", "Ningxiang", nil])),
      ResultColumn("rank", Phrase("Rank", zh: "位次"), .integer([1, 12, nil])),
      ResultColumn(
        "score", Phrase("Score", zh: "综合得分"), .number([0.5, 1.25, -0.125]), display: .fixedDecimals(2)),
      ResultColumn(
        "class", Phrase("Class", zh: "类别"),
        .phrase([Phrase("hot spot", zh: "热点"), Phrase("cold spot", zh: "冷点"), Phrase("a|b", zh: "甲|乙")])),
    ], notes: [Phrase("Simulated data.", zh: "模拟数据。")])

  private static let p = Parameter("P", .variable)

  /// Two models side by side as journals print them.
  static let journal = CoefficientLayout(
    [
      .init(
        name: "system", heading: Phrase("System GMM", zh: "系统GMM"),
        estimates: [
          Estimate(Parameter("lag(V, 1)", .laggedOutcome), 0.6123, standardError: 0.0451),
          Estimate(p, -0.0312, standardError: 0.0161),
        ],
        statistics: [
          .init("n", Phrase("Observations", zh: "样本量"), .count(1210)),
          .init("effects", Phrase("County effects", zh: "县域固定效应"), .flag(true)),
          .init("hansen", Phrase("Hansen test (p)", zh: "Hansen检验（p值）"), .probability(0.234)),
        ]),
      .init(
        name: "fe", heading: Phrase("Within", zh: "固定效应"),
        estimates: [
          Estimate(p, 0.2, standardError: 0.19),
          Estimate(Parameter("P:C", .product), 10.25, standardError: 4.1),
        ],
        statistics: [
          .init("n", Phrase("Observations", zh: "样本量"), .count(1331)),
          .init("effects", Phrase("County effects", zh: "县域固定效应"), .flag(false)),
          .init("r2", Phrase("R²", zh: "组内R²"), .number(0.4567)),
        ]),
    ], labels: [p: Phrase("Population flow", zh: "人口流")]
  ).table(name: "models", title: Phrase("Models of V", zh: "乡村多元价值模型"))

  /// Blocks of rows with headings.
  static let effects = ResultTable(
    name: "effects", title: Phrase("Effects", zh: "效应分解"),
    columns: [
      ResultColumn("term", Phrase("Term", zh: "变量"), .text(["P", "C", "P", "C"])),
      ResultColumn(
        "estimate", Phrase("Estimate", zh: "系数"), .number([0.1, 0.2, 0.3, 0.4]),
        significance: [0.5, 0.04, 0.2, 0.001]
      ),
    ],
    sections: [
      .init(firstRow: 0, title: Phrase("Direct effect", zh: "直接效应")),
      .init(firstRow: 2, title: Phrase("Indirect effect", zh: "间接效应")),
    ])
}
