extension PreparationResult {
  /// The answer of `prepare`: the summary is for people, the panel and the lists are for files and scripts.
  public var document: ResultDocument {
    ResultDocument(
      command: "prepare", sample: sample,
      parts: [
        .init(
          report.shownSummaryTable, shown: report.quiet.count < report.summaries.count,
          written: report.quiet.isEmpty,
          jsonKey: report.quiet.isEmpty ? "steps" : nil)
      ]
        + (report.quiet.isEmpty
          ? [] : [.init(report.summaryTable, shown: false, repeated: true, jsonKey: "steps")])
        + [
          .init(
            report.joinsTable, shown: !report.joins.isEmpty, written: !report.joins.isEmpty, jsonKey: "joined"
          ),
          .init(
            report.mergesTable, shown: !report.merges.isEmpty, written: !report.merges.isEmpty,
            jsonKey: "merged"),
          .init(
            report.droppedTable, shown: false, written: !report.dropped.isEmpty, jsonKey: "dropped"),
          .init(report.entriesTable, shown: false, jsonKey: "cells"),
          .init(
            report.parametersTable, shown: false, written: !report.parameters.isEmpty, jsonKey: "parameters"),
          .init(table.resultTable, shown: false, jsonKey: "panel"),
        ], notes: report.notes + (report.quiet.count == report.summaries.count ? report.quietNotes : []))
  }
}

extension PreparationReport {
  /// One row a step and variable.
  public var summaryTable: ResultTable {
    ResultTable(
      name: "steps", title: Phrase("Steps of preparation", zh: "数据整理步骤"),
      columns: [
        ResultColumn("step", Phrase("step", zh: "步骤"), .integer(summaries.map(\.step))),
        ResultColumn(
          "operation", Phrase("operation", zh: "处理方法"), .phrase(summaries.map(\.operation.phrase))),
        .variables("column", Phrase("variable", zh: "变量"), summaries.map(\.column)),
        ResultColumn("output", Phrase("result", zh: "结果列"), .text(summaries.map(\.output))),
        ResultColumn(
          "cells", Phrase("values", zh: "有效值"), .integer(summaries.map(\.cells)), display: .quantity),
        ResultColumn(
          "filled", Phrase("interpolated", zh: "插值"), .integer(summaries.map(\.filled)), display: .quantity),
        ResultColumn(
          "extended", Phrase("held", zh: "延用"), .integer(summaries.map(\.extended)), display: .quantity),
        ResultColumn(
          "changed", Phrase("changed", zh: "改变"), .integer(summaries.map(\.changed)), display: .quantity),
        ResultColumn(
          "missing", Phrase("missing", zh: "缺失"), .integer(summaries.map(\.missing)), display: .quantity),
      ], notes: fillingNotes)
  }

  /// The rows of interpolations that had nothing to fill, where they would fill the page: several of a step.
  fileprivate var quiet: Set<Int> {
    let rows = summaries.indices.filter { row in
      let summary = summaries[row]
      guard case .interpolate = summary.operation else { return false }
      return summary.filled + summary.extended + (summary.changed ?? 0) + summary.missing == 0
    }
    let steps = Dictionary(rows.map { (summaries[$0].step, 1) }, uniquingKeysWith: +)
    return Set(rows.filter { steps[summaries[$0].step, default: 0] > Self.mostQuiet })
  }

  /// So many rows of one step that had nothing to fill are shown one by one.
  private static let mostQuiet = 3

  /// That interpolations had nothing to fill, step by step.
  fileprivate var quietNotes: [Phrase] {
    quiet.map { summaries[$0].step }.sorted().firstAppearances.map { step in
      let (none, all) = (
        quiet.count { summaries[$0].step == step }, summaries.count { $0.step == step }
      )
      return Phrase(
        "Step \(step), interpolation: nothing was missing in \(none) of \(all) variables.",
        zh: "步骤\(step)（插值）：\(all)个变量中有\(none)个没有缺失值。")
    }
  }

  /// The summary as people see it: what had nothing to fill is one sentence.
  fileprivate var shownSummaryTable: ResultTable {
    let quiet = self.quiet
    guard !quiet.isEmpty else { return summaryTable }
    return summaryTable.rows(summaries.indices.filter { !quiet.contains($0) }).adding(notes: quietNotes)
  }

  /// One row a touched cell or added row.
  public var entriesTable: ResultTable {
    ResultTable(
      name: "cells", title: Phrase("Cells filled, cut off or left missing", zh: "插补、缩尾与仍缺失的单元格"),
      columns: [
        ResultColumn("step", Phrase("step", zh: "步骤"), .integer(entries.map(\.step))),
        ResultColumn("operation", Phrase("operation", zh: "处理方法"), .text(entries.map(\.operation))),
        ResultColumn("action", Phrase("what happened", zh: "处理结果"), .phrase(entries.map(\.action.phrase))),
        ResultColumn("unit", Phrase("unit", zh: "个体"), .text(entries.map(\.unit))),
        ResultColumn("time", Phrase("period", zh: "时期"), .integer(entries.map(\.period))),
        .variables("column", Phrase("column", zh: "列"), entries.map(\.column)),
        ResultColumn("old", Phrase("old value", zh: "原值"), .number(entries.map(\.old)), display: .quantity),
        ResultColumn("new", Phrase("new value", zh: "新值"), .number(entries.map(\.new)), display: .quantity),
      ])
  }

  /// One row a number that a step took from the data.
  public var parametersTable: ResultTable {
    ResultTable(
      name: "parameters", title: Phrase("Cut-offs, means and extremes used", zh: "所用的截断值、均值与极值"),
      columns: [
        ResultColumn("step", Phrase("step", zh: "步骤"), .integer(parameters.map(\.step))),
        ResultColumn("operation", Phrase("operation", zh: "处理方法"), .text(parameters.map(\.operation))),
        .variables("column", Phrase("variable", zh: "变量"), parameters.map(\.column)),
        ResultColumn("time", Phrase("period", zh: "时期"), .integer(parameters.map(\.period))),
        ResultColumn("parameter", Phrase("parameter", zh: "参数"), .text(parameters.map(\.name))),
        ResultColumn(
          "value", Phrase("value", zh: "取值"), .number(parameters.map(\.value)), display: .quantity),
      ], notes: [Phrase("Quantiles are of type 7 (R, NumPy).", zh: "分位数采用第7类定义（R、NumPy默认）。")])
  }

  /// One row a unit that stands under its newest code now.
  public var joinsTable: ResultTable {
    ResultTable(
      name: "joined", title: Phrase("Re-coded units joined", zh: "代码变更个体的合并"),
      columns: [
        ResultColumn("old", Phrase("old", zh: "原代码"), .text(joins.map(\.old))),
        ResultColumn("new", Phrase("new", zh: "新代码"), .text(joins.map(\.new))),
        ResultColumn("name_old", Phrase("old name", zh: "原名称"), .text(joins.map(\.nameOld))),
        ResultColumn("name_new", Phrase("new name", zh: "新名称"), .text(joins.map(\.nameNew))),
        ResultColumn("first", Phrase("from", zh: "起始"), .integer(joins.map(\.periods.first))),
        ResultColumn("last", Phrase("to", zh: "终止"), .integer(joins.map(\.periods.last))),
        ResultColumn(
          "rows", Phrase("rows", zh: "观测数"), .integer(joins.map(\.periods.count)), display: .quantity),
      ])
  }

  /// One row a unit that several became.
  public var mergesTable: ResultTable {
    ResultTable(
      name: "merged", title: Phrase("Merged units put together", zh: "合并个体的加总"),
      columns: [
        ResultColumn("new", Phrase("new", zh: "新代码"), .text(merges.map(\.new))),
        ResultColumn(
          "parts", Phrase("parts", zh: "组成部分"), .text(merges.map { $0.parts.joined(separator: " + ") })),
        ResultColumn("first", Phrase("from", zh: "起始"), .integer(merges.map(\.periods.first))),
        ResultColumn("last", Phrase("to", zh: "终止"), .integer(merges.map(\.periods.last))),
        ResultColumn(
          "rows", Phrase("rows", zh: "观测数"), .integer(merges.map(\.periods.count)), display: .quantity),
        ResultColumn(
          "missing", Phrase("missing", zh: "缺失"), .integer(merges.map(\.missing)), display: .quantity),
      ])
  }

  /// One row a unit or period that balancing took out.
  public var droppedTable: ResultTable {
    ResultTable(
      name: "dropped", title: Phrase("Taken out to balance the panel", zh: "为平衡面板而剔除"),
      columns: [
        ResultColumn("unit", Phrase("unit", zh: "个体"), .text(dropped.map(\.unit))),
        ResultColumn("time", Phrase("period", zh: "时期"), .integer(dropped.map(\.period))),
        ResultColumn("observed", Phrase("observed", zh: "有观测"), .integer(dropped.map(\.observed))),
        ResultColumn("missing", Phrase("missing", zh: "缺失"), .integer(dropped.map(\.missing))),
        ResultColumn(
          "first_missing", Phrase("first missing", zh: "首个缺失"), .text(dropped.map(\.firstMissing))),
      ])
  }

  private var fillingNotes: [Phrase] {
    var notes: [Phrase] = []
    let rows = entries.count { $0.action == .rowAdded }
    if rows > 0 {
      notes.append(
        Phrase("\(rows) rows were added inside units' spans.", zh: "在个体观测期内新增\(rows)行观测。"))
    }
    if summaries.contains(where: { $0.extended > 0 }) {
      notes.append(
        Phrase(
          "Held values stand before a unit's first or after its last known value: they are not observed.",
          zh: "延用值位于个体首个已知值之前或最后已知值之后，并非观测值。"))
    }
    return notes
  }
}
