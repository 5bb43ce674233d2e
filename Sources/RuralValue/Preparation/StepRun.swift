/// One step of a plan applied to a panel.
struct StepRun {
  /// The step's number, from 1.
  let number: Int
  let step: PreparationStep
  /// Whether a new column that the data do not allow is left out, and the others are made.
  let leavesOut: Bool
  /// The texts of a column of the table, in a panel's row order.
  let texts: (_ column: String, _ panel: Panel) throws -> [String]

  /// The panel after the step; what was done goes into the report.
  func run(_ panel: Panel, report: inout PreparationReport) throws -> Panel {
    if case .compute(let expression) = step.operation {
      if let missing = report.leftOut.first(where: { expression.columns.contains($0.column) }) {
        // A column that takes its own place stands there already.
        guard !expression.columns.contains(expression.output) else { throw missing.reason }
        report.leftOut.append(.init(column: expression.output, reason: missing.reason))
        return panel
      }
      return try computed(expression, over: panel, report: &report)
    }
    let input = try addingRows(to: panel, report: &report)
    var results: [(name: String, values: [Double])] = []
    for (name, output) in zip(step.variables, try step.outputs()) {
      if let missing = report.leftOut.first(where: { $0.column == name }) {
        report.leftOut.append(.init(column: output, reason: missing.reason))
        continue
      }
      // A variable may be named twice; the second time it sees the first result only in a later step.
      let variable = PreparedVariable(panel: input, name: name, values: try input.values(of: name))
      let outcome: ColumnOutcome
      do throws(PreparationError) {
        outcome = try self.outcome(variable, output: output)
        try checkRange(outcome, of: variable)
      } catch {
        // What stands in a column already must not pass for what the step was to make of it.
        guard leavesOut, output != name else { throw error }
        report.leftOut.append(.init(column: output, reason: error))
        continue
      }
      record(outcome, of: variable, output: output, report: &report)
      results.append((output, outcome.values))
    }
    return input.with(results)
  }

  private func computed(
    _ expression: ColumnExpression, over panel: Panel, report: inout PreparationReport
  ) throws -> Panel {
    var evaluation = ExpressionEvaluation(expression, over: panel) { column in try texts(column, panel) }
    let values = try evaluation.values()
    if let row = values.firstIndex(where: \.isInfinite) {
      throw PreparationError.overflow(
        place: CellPlace(panel, row: row, column: expression.output), operation: step.operation.key)
    }
    report.notes += evaluation.notes
    if let note = evaluation.missingNote(values) { report.notes.append(note) }
    let missing = values.count { $0.isNaN }
    report.summaries.append(
      .init(
        step: number, operation: step.operation, column: expression.columns.joined(separator: ", "),
        output: expression.output, cells: values.count - missing, filled: 0, extended: 0, changed: nil,
        missing: missing))
    return panel.with([(expression.output, values)])
  }

  private func outcome(
    _ variable: PreparedVariable, output: String
  ) throws(PreparationError) -> ColumnOutcome {
    let panel = variable.panel
    switch step.operation {
    case .interpolate(let extend, let missingRows):
      return LinearInterpolation(extend: extend, missingRows: missingRows).outcome(variable)
    case .smooth(let window): return MovingAverage(window: window).outcome(variable)
    case .logarithm(let plusOne, let adding, let onlyWhereNeeded):
      return try NaturalLogarithm(
        plusOne: plusOne, adding: adding, onlyWhereNeeded: onlyWhereNeeded, output: output
      ).outcome(variable)
    case .standardise(let scope):
      return try Rescaling(kind: .zScore, scope: scope, operation: step.operation.key).outcome(variable)
    case .minMax(let scope):
      return try Rescaling(kind: .minMax, scope: scope, operation: step.operation.key).outcome(variable)
    case .winsorise(let lower, let upper, let scope):
      return Winsorising(lowerTail: lower, upperTail: upper, scope: scope).outcome(variable)
    case .change(let steps): return ColumnOutcome(values: panel.difference(variable.values, by: steps))
    case .growth(let steps, let zeroBaseIsMissing):
      return try GrowthRate(steps: steps, zeroBaseIsMissing: zeroBaseIsMissing).outcome(variable)
    case .lag(let steps): return ColumnOutcome(values: panel.lag(variable.values, by: steps))
    case .compute: preconditionFailure("A column that is computed is no outcome of one variable.")
    }
  }

  private func addingRows(to panel: Panel, report: inout PreparationReport) throws -> Panel {
    guard case .interpolate(let extend, let missingRows) = step.operation else { return panel }
    let interpolation = LinearInterpolation(extend: extend, missingRows: missingRows)
    let added = try interpolation.missingRows(
      of: panel, variables: try step.variables.map { name throws in try panel.values(of: name) })
    guard !added.isEmpty else { return panel }
    for (unit, period) in added {
      report.entries.append(
        entry(.rowAdded, unit: panel.units[unit], period: period, column: nil, old: .nan, new: .nan))
    }
    return try panel.adding(added)
  }

  private func checkRange(_ outcome: ColumnOutcome, of variable: PreparedVariable) throws(PreparationError) {
    if let row = outcome.values.firstIndex(where: \.isInfinite) {
      throw .overflow(place: variable.place(row), operation: step.operation.key)
    }
  }

  private func record(
    _ outcome: ColumnOutcome, of variable: PreparedVariable, output: String, report: inout PreparationReport
  ) {
    let panel = variable.panel
    for (row, action) in outcome.touched {
      report.entries.append(
        entry(
          action, unit: panel.unit(ofRow: row), period: panel.period(ofRow: row), column: output,
          old: variable.values[row], new: outcome.values[row]))
    }
    for (period, name, value) in outcome.parameters {
      report.parameters.append(
        .init(
          step: number, operation: step.operation.key, column: variable.name, period: period, name: name,
          value: value))
    }
    let missing = outcome.values.count { $0.isNaN }
    let changed = zip(variable.values, outcome.values).count { !$0.isNaN && $0 != $1 }
    report.summaries.append(
      .init(
        step: number, operation: step.operation, column: variable.name, output: output,
        cells: outcome.values.count - missing,
        filled: outcome.touched.count { $0.action == .interpolated },
        extended: outcome.touched.count { $0.action == .extended },
        changed: outcome.keepsScale ? changed : nil, missing: missing))
    report.notes += outcome.notes
    if let meaning = outcome.meaning { report.meanings.append(.init(column: output, note: meaning)) }
  }

  private func entry(
    _ action: PreparationReport.Action, unit: String, period: Int, column: String?, old: Double, new: Double
  ) -> PreparationReport.Entry {
    .init(
      step: number, operation: step.operation.key, action: action, unit: unit, period: period,
      column: column, old: old, new: new)
  }
}

extension Panel {
  /// The panel with more rows, whose variables are all missing and which have no line (0).
  func adding(_ added: [(unit: Int, period: Int)]) throws(PanelError) -> Panel {
    let gaps = [Double](repeating: .nan, count: added.count)
    var variables: [(name: String, values: [Double])] = []
    for name in variableNames { variables.append((name, try values(of: name) + gaps)) }
    let panel = try Panel(
      source: source, unitColumn: unitColumn, timeColumn: timeColumn,
      unitOfRow: (0..<rowCount).map(unit(ofRow:)) + added.map { units[$0.unit] },
      timeOfRow: (0..<rowCount).map(period(ofRow:)) + added.map(\.period), frequency: frequency,
      hasPeriods: hasPeriods, keyNotes: keyNotes,
      lines: lines + added.map { _ in 0 }, variables: variables,
      sourceOfRow: sourceOfRow.map { $0 + added.map { _ in source } })
    // Rows that fill gaps may make the common step smaller; a stated one stays.
    return panel.periodStep == periodStep ? panel : try panel.steppingBy(periodStep)
  }
}
