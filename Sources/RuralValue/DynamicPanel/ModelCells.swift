/// A model's variables on the calendar: what the sample and the instruments are made from.
struct ModelCells: Sendable {
  let grid: PanelGrid
  /// y, one value a cell.
  let outcome: [Double]
  /// The regressors in the order in which they are reported: terms, time dummies, constant.
  let regressors: [Regressor]
  /// The standard instruments' values, set by set.
  let standardInstruments: [[[Double]]]
  /// The GMM-style instruments' values, set by set.
  private(set) var gmmInstruments: [[[Double]]]
  /// For each cell whether all that enters its level row is there.
  let completeLevel: [Bool]
  /// For each cell whether all that enters the transformed equation is there.
  let completeTransformed: [Bool]

  struct Regressor: Sendable {
    let parameter: Parameter
    let cells: [Double]

    var name: String { parameter.name }
  }

  /// Evaluates the formula and the instruments over the panel.
  ///
  /// Throws what evaluation throws, and `DynamicPanelError` where nothing can be used.
  init(
    _ panel: Panel, _ specification: DynamicPanelSpecification, frame: ModelFrame, evaluator: FormulaEvaluator
  )
    throws
  {
    try PanelGrid.requireCalendar(of: panel)
    let dummies = specification.timeEffects == .none ? 0 : Double(panel.periods.count)
    let regressorCount = Double(frame.regressors.count) + dummies + 1
    let instrumentCount =
      specification.gmmInstruments.reduce(0) { $0 + $1.terms.count }
      + specification.standardInstruments.reduce(0) { $0 + $1.terms.count }
    try PanelGrid.requireMemory(panel, columns: 4 * regressorCount + Double(instrumentCount) + 8)
    let grid = PanelGrid(panel)
    self.grid = grid
    for column in [frame.outcome] + frame.regressors where column.values.allSatisfy(\.isNaN) {
      throw DynamicPanelError.allMissing(
        variable: column.name, source: panel.source,
        calendar: column.term.factors.contains(where: \.countsPeriods) ? panel.calendarNote?.english : nil)
    }
    func cells(_ term: FormulaTerm) throws -> [Double] { grid.cells(try evaluator.values(of: term)) }
    let standard = try specification.standardInstruments.map { try $0.terms.map(cells) }
    gmmInstruments = try specification.gmmInstruments.map { set in
      try set.terms.map { term in
        let values = try evaluator.values(of: term)
        if values.allSatisfy(\.isNaN) {
          throw DynamicPanelError.allMissing(variable: term.name, source: panel.source)
        }
        return grid.cells(values)
      }
    }
    let complete = grid.cells(frame.completeRows)
    guard complete.contains(true) else {
      throw DynamicPanelError.noCompleteRow(
        source: panel.source, variables: ([frame.outcome] + frame.regressors).map(\.name))
    }
    completeLevel = ModelCells.complete(complete, specification, standard, without: .transformed)
    completeTransformed = ModelCells.complete(complete, specification, standard, without: .level)
    standardInstruments = zip(specification.standardInstruments, standard).map { set, columns in
      set.takesMissingAsZero ? columns.map { $0.map { $0.isNaN ? 0 : $0 } } : columns
    }
    outcome = grid.cells(frame.outcome.values)
    var regressors = frame.regressors.map {
      Regressor(
        parameter: Parameter($0.term, outcome: specification.formula.outcome), cells: grid.cells($0.values))
    }
    let hasConstant = specification.isSystem && frame.hasIntercept
    if specification.timeEffects != .none {
      regressors += ModelCells.timeDummies(
        panel, grid, complete: completeLevel, hasBase: hasConstant || !specification.isSystem)
    }
    if hasConstant {
      regressors.append(
        Regressor(
          parameter: .constant, cells: [Double](repeating: 1, count: grid.cellCount)))
    }
    self.regressors = regressors
  }

  /// The same with other GMM-style instruments, of which a missing value costs no row.
  func with(gmmInstruments: [[[Double]]]) -> ModelCells {
    var cells = self
    cells.gmmInstruments = gmmInstruments
    return cells
  }

  /// Takes out the cells in which a standard instrument is missing that enters the equation.
  private static func complete(
    _ complete: [Bool], _ specification: DynamicPanelSpecification, _ columns: [[[Double]]],
    without other: InstrumentEquation
  ) -> [Bool] {
    var result = complete
    for (set, variables) in zip(specification.standardInstruments, columns)
    where set.equation != other && !set.takesMissingAsZero {
      for values in variables {
        for cell in result.indices where values[cell].isNaN { result[cell] = false }
      }
    }
    return result
  }

  /// One dummy a period with usable rows, but for the first of them where there is a base.
  private static func timeDummies(
    _ panel: Panel, _ grid: PanelGrid, complete: [Bool], hasBase: Bool
  ) -> [Regressor] {
    let used = (0..<grid.periodCount).filter { complete[grid.cells($0)].contains(true) }
    return used.dropFirst(hasBase ? 1 : 0).map { period in
      var cells = [Double](repeating: 0, count: grid.cellCount)
      for cell in grid.cells(period) { cells[cell] = 1 }
      return Regressor(parameter: Parameter("time=\(grid.periods[period])", .period), cells: cells)
    }
  }
}
