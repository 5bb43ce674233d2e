/// The alarms that control limits gave, and those to be expected where nothing happens.
///
/// A row for each number of changes in a baseline: with few of them σ is uncertain, and alarms are more.
struct AlarmBalance: Sendable, Equatable {
  /// The numbers of changes in a baseline, ascending, and how many cells were judged by each.
  let sizes: [Int]
  let cells: [Int]
  /// The shares of alarms where nothing happens, σ from so many changes.
  let shares: [FalseAlarms]
  /// The cells that are yellow or red, and those that are red.
  let warned: Int
  let red: Int

  /// Nil where no cell was judged by limits.
  init?(_ indicators: [EvaluatedIndicator]) {
    let all = indicators.flatMap(\.baselineChanges)
    let sizes = Set(all).sorted()
    guard !sizes.isEmpty else { return nil }
    self.sizes = sizes
    cells = sizes.map { size in all.count { $0 == size } }
    shares = sizes.map { FalseAlarms.simulated(changes: $0) }
    let colours = indicators.flatMap(\.colours)
    warned = colours.count { $0 == .yellow || $0 == .red }
    red = colours.count { $0 == .red }
  }

  /// How many cells are alarms of a kind where nothing happens.
  func expected(_ share: (FalseAlarms) -> Double) -> Double {
    zip(shares, cells).map { share($0) * Double($1) }.reduce(0, +)
  }
}

extension EvaluationResult {
  /// What stands with every table of colours that control limits gave.
  var alarmCautions: [Phrase] {
    guard let alarms else { return [] }
    func text(_ number: Double) -> String { FixedDecimals.text(number, decimals: 1) }
    let (cells, warned, red) = (
      alarms.cells.reduce(0, +), text(alarms.expected(\.warned)), text(alarms.expected(\.red))
    )
    return [
      Phrase(
        "Of \(cells) cells that control limits judged \(alarms.warned) are yellow or red, \(alarms.red) red; where nothing happens"
          + " \(warned) and \(red) are to be expected, for σ is from few changes.",
        zh: "控制限评判的\(cells)个单元中，黄或红\(alarms.warned)个，其中红\(alarms.red)个；基期变化少，无异常时亦预期出现\(warned)个与\(red)个。")
    ]
  }

  /// How many alarms control limits give where nothing happens, beside those that they gave; nil under other rules.
  public var falseAlarmTable: ResultTable? {
    guard let alarms else { return nil }
    let (sizes, cells, simulated) = (alarms.sizes, alarms.cells, alarms.shares)
    let nominal = FalseAlarms.nominal
    func expected(_ shares: [Double]) -> ResultValues {
      .number(zip(shares, cells).map { $0 * Double($1) })
    }
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
          "With σ known, independent normal changes are yellow or"
            + " red in \(share(nominal.warned)) % of cells and red in \(FixedDecimals.text(100 * nominal.red, decimals: 2)) %; with σ from"
            + " the baseline the share is larger (40,000 simulated series). Where levels and not changes are independent, moving"
            + " ranges overstate σ and alarms are fewer.",
          zh:
            "σ已知时，独立正态变化误报为黄或红的比例为\(share(nominal.warned))%，红为\(FixedDecimals.text(100 * nominal.red, decimals: 2))%；σ由基期估计时更高（模拟4万条序列）。若独立的是水平值而非变化，移动极差会高估σ，误报更少。"
        )
      ]
    ).adding(cautions: alarmCautions)
  }
}
