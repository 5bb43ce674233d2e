/// Sets out a panel drawn from a model: code, year, names, the mark `simulated`, the outcome and the regressors.
public enum PanelSimulationTable {
  /// The table, named `panel-simulated`. Every row says `yes` under `simulated`.
  public static func table(of result: PanelSimulationResult) -> ResultTable {
    let panel = result.panel
    let rows = 0..<panel.rowCount
    var columns = [
      ResultColumn("code", Phrase("County code", zh: "县域代码"), .text(rows.map { panel.unit(ofRow: $0) })),
      ResultColumn("year", Phrase("Year", zh: "年份"), .integer(rows.map { panel.period(ofRow: $0) })),
    ]
    for (name, values) in zip(result.design.nameColumns, result.design.names) {
      columns.append(
        ResultColumn(name, Phrase(verbatim: name), .text(rows.map { values[panel.unitOfRow[$0]] })))
    }
    columns.append(
      ResultColumn(
        Table.simulatedColumn, Phrase("Simulated", zh: "模拟数据"), .text(rows.map { _ in "yes" })))
    for name in panel.variableNames {
      columns.append(
        ResultColumn(name, Phrase(verbatim: name), .number((try? panel.values(of: name)) ?? [])))
    }
    return ResultTable(
      name: "panel-simulated", title: Phrase("Simulated county panel", zh: "模拟县域面板"), columns: columns,
      notes: [note(result.design)])
  }

  /// The parameters, and beside them the estimates on an exact panel, if it is one.
  public static func parameters(
    of result: PanelSimulationResult, estimates: [KnownParameter]? = nil
  ) -> ResultTable {
    var shown = result.truth
    // Parameters that came to be what they are, such as σ² where none was asked.
    for estimate in estimates ?? [] where !shown.contains(where: { $0.parameter == estimate.parameter }) {
      shown.append(.init(estimate.parameter, .nan))
    }
    var columns = [
      .names("term", Phrase("Term", zh: "变量"), shown.map { WordedName($0.parameter) }),
      ResultColumn("truth", Phrase("Truth", zh: "真值"), .number(shown.map(\.value))),
    ]
    if let estimates = estimates?.values {
      columns.append(
        ResultColumn(
          "estimate", Phrase("Estimate", zh: "估计值"),
          .number(shown.map { estimates[$0.parameter] ?? .nan })))
    }
    return ResultTable(
      name: "parameters", title: Phrase("Parameters of the simulated model", zh: "模拟模型的参数"),
      columns: columns)
  }

  private static func note(_ design: SimulationDesign) -> Phrase {
    let isOne = design.replication > 0
    return Phrase(
      "Simulated data, drawn by ruralvalue with seed \(design.seed)"
        + "\(isOne ? ", replication \(design.replication)" : ""): not observations of any county.",
      zh: "本数据为模拟数据，由 ruralvalue 以随机种子 \(design.seed) \(isOne ? "（第\(design.replication)次重复）" : "")"
        + "生成，并非任何县域的实际观测值。")
  }
}
