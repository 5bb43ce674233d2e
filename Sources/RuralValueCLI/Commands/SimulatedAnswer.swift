import RuralValue

/// What a single simulated panel answers.
enum SimulatedAnswer {
  static func note(seed: UInt64, replication: Int = 0) -> Phrase {
    let isOne = replication > 0
    return Phrase(
      "These numbers are simulated (seed \(seed)\(isOne ? ", replication \(replication)" : "")); they are about no"
        + " real county.",
      zh: "以上数据为模拟数据（种子\(seed)\(isOne ? "，第\(replication)次重复" : "")），不代表任何真实县域。")
  }

  /// What to know of an outcome whose past never fades.
  static func notes(isSteady: Bool) -> [Phrase] {
    guard !isSteady else { return [] }
    return [
      Phrase(
        "With these coefficients the outcome returns to no level: its past never fades, and its size depends on"
          + " --burn-in.", zh: "在这些系数下被解释变量不会回到稳定水平：过去的影响不会消退，其大小取决于--burn-in。")
    ]
  }

  /// The panel and its parameters; `estimates` are those of an exact panel, `grid` the weights of made-up
  /// counties, without which nobody could estimate the model.
  static func answer(
    _ result: PanelSimulationResult, estimates: [KnownParameter]?, members: [JSONMember],
    grid: SpatialWeights? = nil, inputs: InputReader
  ) -> CommandAnswer {
    let panel = PanelSimulationTable.table(of: result)
    var notes = inputs.notes
    if estimates != nil {
      notes.append(
        Phrase(
          "The panel is exact: the errors were moved so that the estimator returns the parameters.",
          zh: "此为精确面板：误差项经过调整，使估计量恰好返回设定参数。"))
    }
    return CommandAnswer(
      document: ResultDocument(
        command: "simulate", specification: members,
        sample: .init(
          observations: result.panel.rowCount, units: result.panel.units.count,
          periods: result.panel.periods.count),
        parts: [
          .init(
            PanelSimulationTable.parameters(of: result, estimates: estimates), jsonKey: "parameters"),
          .init(panel, shown: false, jsonKey: "panel"),
        ] + (grid.map { [.init($0.edgeListTable, shown: false, jsonKey: "weights")] } ?? []),
        notes: notes + [note(seed: result.design.seed, replication: result.design.replication)]),
      piped: panel)
  }
}
