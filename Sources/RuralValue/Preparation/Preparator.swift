/// Carries out a preparation plan on a table.
public struct Preparator: Sendable {
  /// The plan.
  public let plan: PreparationPlan

  /// A preparator of a plan.
  public init(_ plan: PreparationPlan) { self.plan = plan }

  /// The prepared table and the report of what was done.
  ///
  /// Throws `PreparationError`, and `TableError` and `PanelError` for the input.
  public func prepare(_ input: Table) throws -> PreparationResult {
    var table = input
    var keys = try PanelKeys(table, unitColumn: plan.unitColumn, timeColumn: plan.timeColumn)
    let nameColumn = try plan.nameColumn.map { name throws in try table.column(named: name) }
    try checkSteps(table, keys: keys)

    var report = PreparationReport()
    if let rules = plan.mergeRules, let changes = plan.codeChanges {
      let merged = try MergedUnits(
        table, keys: keys, by: changes, rules, renamed: nameColumn)
      report.joins = try JoinedUnits(keys, of: table, by: changes, allowsConflicts: true).joins
      table = merged.table
      keys = try PanelKeys(table, unitColumn: plan.unitColumn, timeColumn: plan.timeColumn)
      (report.merges, report.notes) = (merged.merges, merged.notes)
    }
    report.notes += keys.notes
    var units = keys.units
    if let changes = plan.codeChanges {
      let joined = try JoinedUnits(keys, of: table, by: changes)
      units = joined.units
      if plan.mergeRules == nil { report.joins = joined.joins }
      if report.joins.isEmpty { report.notes.append(Self.nothingJoined(changes)) }
    }

    var variables: [(name: String, values: [Double])] = []
    for name in inputVariables(of: table, keys: keys) {
      variables.append((name, try table.numbers(column: table.column(named: name))))
    }
    var panel = try Panel(
      source: table.source, unitColumn: keys.unitColumn, timeColumn: keys.timeColumn, unitOfRow: units,
      timeOfRow: keys.periods, frequency: keys.frequency, hasPeriods: keys.hasPeriods, lines: table.lines,
      variables: variables, sourceOfRow: table.sourceOfRow)
    report.notes += LikeUnits(panel.units).notes(unitColumn: keys.unitColumn) { [units, table] unit in
      units.firstIndex(of: unit).map { (table.source(ofRow: $0), table.lines[$0]) }
    }
    if let timeStep = plan.timeStep { panel = try panel.steppingBy(timeStep) }
    for (number, step) in zip(1..., plan.steps) {
      let run = StepRun(
        number: number, step: step, leavesOut: plan.leavesOutImpossibleColumns
      ) { [table, keys, units] column, panel in
        if column == keys.unitColumn { return (0..<panel.rowCount).map(panel.unit(ofRow:)) }
        if column == keys.timeColumn { return (0..<panel.rowCount).map { "\(panel.period(ofRow: $0))" } }
        return VerbatimCells(table, panel: panel, units: units, periods: keys.periods)
          .texts(column: try table.column(named: column)).texts
      }
      panel = try run.run(panel, report: &report)
    }
    let leftOut = report.leftOut.map(\.column)
    if let needed = report.leftOut.first(where: { plan.balance?.columns.contains($0.column) == true }) {
      throw needed.reason
    }

    let cells = VerbatimCells(table, panel: panel, units: units, periods: keys.periods)
    let prepared = try preparedTable(
      table, keys: keys, panel: panel, cells: cells, nameColumn: nameColumn, report: &report)
    guard let balance = plan.balance else {
      let whole = prepared.keeping(rows: nil, columns: try chosen(prepared, keys: keys, leftOut: leftOut))
      return PreparationResult(
        table: whole, report: report,
        sample: ResultDocument.Sample(
          observations: panel.rowCount, units: panel.units.count, periods: panel.periods.count))
    }
    let balanced = try BalancedRows(panel, balance, of: prepared)
    report.dropped = balanced.dropped
    report.notes += [balanced.note]
    return PreparationResult(
      table: prepared.keeping(
        rows: balanced.rows, columns: try chosen(prepared, keys: keys, leftOut: leftOut)),
      report: report, sample: balanced.sample)
  }

  /// The variables that must come from the table, in the order in which the steps ask for them.
  private func inputVariables(of table: Table, keys: PanelKeys) -> [String] {
    let made = [keys.unitColumn, keys.timeColumn]
    return plan.steps.flatMap(\.variables).filter { table.columnNames.contains($0) && !made.contains($0) }
      .firstAppearances
  }

  /// Throws for the first step whose settings, variables or outputs make no sense.
  private func checkSteps(_ table: Table, keys: PanelKeys) throws {
    var names = table.columnNames
    for step in plan.steps {
      try step.operation.validate()
      if case .compute(let expression) = step.operation {
        try check(expression, of: table, keys: keys, names: &names)
        continue
      }
      for (variable, output) in zip(step.variables, try step.outputs()) {
        guard names.contains(variable) else {
          throw TableError.noSuchColumn(name: variable, source: table.source, columns: names)
        }
        if output == keys.unitColumn || output == keys.timeColumn {
          throw PreparationError.outputIsKey(output: output, operation: step.operation.key)
        }
        if output == variable { continue }
        if names.contains(output) {
          throw PreparationError.outputExists(
            output: output, variable: variable, operation: step.operation.key)
        }
        names.append(output)
      }
    }
  }

  private func check(
    _ expression: ColumnExpression, of table: Table, keys: PanelKeys, names: inout [String]
  ) throws {
    if expression.columns.contains(keys.unitColumn), keys.rowNumberColumn != keys.unitColumn {
      throw PreparationError.computesKey(expression: expression.text, unitColumn: keys.unitColumn)
    }
    for name in expression.columns where name != keys.timeColumn && !names.contains(name) {
      throw TableError.noSuchColumn(name: name, source: table.source, columns: names)
    }
    for name in expression.textColumns where !table.columnNames.contains(name) {
      throw TableError.noSuchColumn(name: name, source: table.source, columns: table.columnNames)
    }
    let output = expression.output
    if output == keys.unitColumn || output == keys.timeColumn {
      throw PreparationError.outputIsKey(output: output, operation: "compute")
    }
    // x = 100 * x takes its own place; any other column is somebody's.
    if names.contains(output), !expression.columns.contains(output) {
      throw PreparationError.outputExists(
        output: output, variable: expression.text, operation: "compute")
    }
    if !names.contains(output) { names.append(output) }
  }

  private func preparedTable(
    _ table: Table, keys: PanelKeys, panel: Panel, cells: VerbatimCells, nameColumn: Int?,
    report: inout PreparationReport
  ) throws -> PreparedTable {
    var outputs = Set<String>()
    for step in plan.steps { outputs.formUnion(try step.outputs()) }
    var columns: [PreparedTable.Column] = []
    var carried: [String] = []
    for (position, name) in table.columnNames.enumerated() {
      if outputs.contains(name) {
        columns.append(.init(name: name, cells: .numbers(try panel.values(of: name))))
      } else if name == keys.rowNumberColumn {
        continue
      } else if name == keys.unitColumn {
        columns.append(.init(name: name, cells: .verbatim(cells.units)))
      } else if name == keys.timeColumn {
        columns.append(.init(name: name, cells: .verbatim(cells.periods(column: position))))
      } else {
        var (texts, isCarried) = cells.texts(column: position)
        if position == nameColumn, let changes = plan.codeChanges {
          texts = try cells.renamed(texts, by: changes)
        }
        if isCarried { carried.append(name) }
        columns.append(.init(name: name, cells: .verbatim(texts)))
      }
    }
    for name in panel.variableNames where !table.columnNames.contains(name) {
      columns.append(.init(name: name, cells: .numbers(try panel.values(of: name))))
    }
    if !carried.isEmpty { report.notes.append(Self.carriedNote(carried)) }
    return PreparedTable(source: table.source, columns: columns, isAdded: cells.isAdded)
  }

  /// The columns that the plan keeps, in their order, and the keys.
  private func chosen(
    _ table: PreparedTable, keys: PanelKeys, leftOut: [String]
  ) throws(TableError) -> [String] {
    let columns = table.columns
    for name in (plan.keptColumns ?? []) + plan.droppedColumns
    where !leftOut.contains(name) && !columns.contains(where: { $0.name == name }) {
      throw .noSuchColumn(name: name, source: table.source, columns: columns.map(\.name))
    }
    return columns.map(\.name).filter { name in
      name == keys.unitColumn || name == keys.timeColumn
        || plan.keptColumns?.contains(name) != false && !plan.droppedColumns.contains(name)
    }
  }

  private static func nothingJoined(_ changes: CodeChanges) -> Phrase {
    Phrase(
      "No unit of the data stands under an old code or name of \(changes.source): nothing was joined.",
      zh: "数据中没有\(changes.source)所列的旧代码或旧名称，未作合并。")
  }

  private static func carriedNote(_ columns: [String]) -> Phrase {
    Phrase(
      "Added rows carry the unit's constant entries of: \(listed(columns)).",
      zh: "新增观测沿用该个体不随时间变化的列：\(listed(columns, in: .chinese))。")
  }
}
