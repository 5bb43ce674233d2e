extension EvaluationResult {
  /// How many alarms control limits give where nothing happens, beside those that they gave; nil under other rules.
  ///
  /// A row for each number of changes in a baseline: with few of them σ is uncertain, and alarms are more.
  public var falseAlarmTable: ResultTable? {
    guard case .control = specification.rule else { return nil }
    let all = indicators.flatMap(\.baselineChanges)
    let sizes = Set(all).sorted()
    guard !sizes.isEmpty else { return nil }
    let cells = sizes.map { size in all.count { $0 == size } }
    let simulated = sizes.map { FalseAlarms.simulated(changes: $0) }
    let nominal = FalseAlarms.nominal
    func expected(_ shares: [Double]) -> ResultValues {
      .number(zip(shares, cells).map { $0 * Double($1) })
    }
    let observed = (
      warned: indicators.map { indicator in indicator.colours.count { $0 == .yellow || $0 == .red } }
        .reduce(0, +),
      red: indicators.map { indicator in indicator.colours.count { $0 == .red } }.reduce(0, +)
    )
    func share(_ value: Double) -> String { FixedDecimals.text(100 * value, decimals: 1) }
    return ResultTable(
      name: "false_alarms", title: Phrase("Alarms to be expected where nothing happens", zh: "无异常时的预期误报数"),
      columns: [
        ResultColumn("baseline_changes", Phrase("Baseline changes", zh: "基期变化个数"), .integer(sizes)),
        ResultColumn("cells", Phrase("Cells judged", zh: "评判单元数"), .integer(cells)),
        ResultColumn(
          "expected_known_sigma", Phrase("Yellow or red, σ known", zh: "黄或红（σ已知）"),
          expected(sizes.map { _ in nominal.warned }), display: .fixedDecimals(1)),
        ResultColumn(
          "expected_red_known_sigma", Phrase("Red, σ known", zh: "红（σ已知）"),
          expected(sizes.map { _ in nominal.red }), display: .fixedDecimals(1)),
        ResultColumn(
          "expected", Phrase("Yellow or red, σ estimated", zh: "黄或红（σ为估计）"),
          expected(simulated.map(\.warned)), display: .fixedDecimals(1)),
        ResultColumn(
          "expected_red", Phrase("Red, σ estimated", zh: "红（σ为估计）"), expected(simulated.map(\.red)),
          display: .fixedDecimals(1)),
      ],
      notes: [
        Phrase(
          "Observed: \(observed.warned) yellow or red, \(observed.red) red. With σ known, independent normal changes are yellow or"
            + " red in \(share(nominal.warned)) % of cells and red in \(FixedDecimals.text(100 * nominal.red, decimals: 2)) %; with σ from"
            + " the baseline the share is larger (40,000 simulated series). Where levels and not changes are independent, moving"
            + " ranges overstate σ and alarms are fewer.",
          zh:
            "实际：黄或红\(observed.warned)个，其中红\(observed.red)个。σ已知时，独立正态变化误报为黄或红的比例为\(share(nominal.warned))%，红为\(FixedDecimals.text(100 * nominal.red, decimals: 2))%；σ由基期估计时更高（模拟4万条序列）。若独立的是水平值而非变化，移动极差会高估σ，误报更少。"
        )
      ])
  }
}
