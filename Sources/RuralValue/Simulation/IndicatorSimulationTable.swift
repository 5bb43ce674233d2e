/// Sets out a simulated panel: code, year, names, the mark `simulated`, and one column an indicator.
public enum IndicatorSimulationTable {
  /// The table, named `panel-simulated`.
  ///
  /// Every row says `yes` under `simulated`, so that no cut of the file passes for data.
  public static func table(of result: IndicatorSimulationResult) -> ResultTable {
    let rows = result.units.flatMap { unit in result.periods.map { (unit, $0) } }
    var columns = [
      ResultColumn("code", Phrase("County code", zh: "县域代码"), .text(rows.map { $0.0.code })),
      ResultColumn("year", Phrase("Year", zh: "年份"), .integer(rows.map { $0.1 })),
    ]
    for (position, name) in result.nameColumns.enumerated() {
      columns.append(
        ResultColumn(name, Phrase(verbatim: name), .text(rows.map { $0.0.names[position] })))
    }
    columns.append(
      ResultColumn("simulated", Phrase("Simulated", zh: "模拟数据"), .text(rows.map { _ in "yes" })))
    for (name, values) in zip(result.columns, result.values) {
      columns.append(ResultColumn(name, Phrase(verbatim: name), .number(values)))
    }
    return ResultTable(
      name: "panel-simulated", title: Phrase("Simulated county panel", zh: "模拟县域面板"), columns: columns,
      notes: [
        Phrase(
          "Simulated data, drawn by ruralvalue with seed \(result.seed): not observations of any county.",
          zh: "本数据为模拟数据，由 ruralvalue 以随机种子 \(result.seed) 生成，并非任何县域的实际观测值。")
      ])
  }
}
