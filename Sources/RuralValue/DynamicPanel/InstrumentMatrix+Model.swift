internal import RuralValueNumerics

extension InstrumentMatrix {
  /// The instruments of a model on its sample.
  ///
  /// Source: Roodman (2009); Holtz-Eakin, Newey and Rosen (1988).
  init(_ cells: ModelCells, _ specification: DynamicPanelSpecification, sample: TransformedSample) {
    var builder = InstrumentBuilder(cells, specification, sample: sample)
    for (set, instruments) in specification.gmmInstruments.enumerated() {
      for (term, values) in zip(instruments.terms, cells.gmmInstruments[set]) {
        builder.addLags(of: values, variable: term.name, instruments, set: set)
      }
    }
    var set = specification.gmmInstruments.count
    for (instruments, columns) in zip(specification.standardInstruments, cells.standardInstruments) {
      for (term, values) in zip(instruments.terms, columns) {
        builder.addStandard(values, variable: term.name, equation: instruments.equation, set: set)
      }
      set += 1
    }
    let times = cells.regressors.filter { $0.parameter.role == .period }
    for time in times {
      builder.addStandard(
        time.cells, variable: time.name,
        equation: specification.timeEffects == .level && specification.isSystem ? .level : .both, set: set)
    }
    if cells.regressors.contains(where: { $0.parameter.role == .constant }) { builder.addConstant() }
    self.init(
      columns: builder.columns, panels: builder.panels,
      setNames: InstrumentMatrix.setNames(specification, hasTimeEffects: !times.isEmpty),
      unitCount: sample.unitCount)
  }

  /// Throws where the instruments' columns would not fit: each is kept in every block of rows in which it is not
  /// zero, with one value a unit, twice while they are put together.
  static func requireMemory(
    _ cells: ModelCells, _ specification: DynamicPanelSpecification, sample: TransformedSample
  ) throws(MemoryLimitError) {
    let rows = sample.blocks.map(\.row)
    let last = cells.grid.periodCount - 1
    var panels = 0.0
    for set in specification.gmmInstruments {
      for row in rows {
        let serves = set.equation == .both || (set.equation == .level) == (row.equation == .level)
        guard serves else { continue }
        let deepest = min(set.lastLag ?? last, row.period)
        let lags = set.equation == .both && row.equation == .level ? 1 : max(0, deepest - set.firstLag + 1)
        panels += Double(lags * set.terms.count)
      }
    }
    let standard = specification.standardInstruments.reduce(0) { $0 + $1.terms.count }
    let times = cells.regressors.count { $0.parameter.role == .period }
    panels += Double(rows.count) * Double(standard + times + 1)
    try MemoryLimit.require(
      bytes: 16 * panels * Double(sample.unitCount),
      for:
        "The instruments of \(grouped(sample.unitCount)) units, \(grouped(panels)) lags in \(grouped(rows.count))"
        + " rows a unit,",
      remedy: "Take fewer lags, as in V,2:4")
  }

  /// `gmm:n`, `iv:k`, `iv:time`; where two sets would have one name, they are written out.
  private static func setNames(_ specification: DynamicPanelSpecification, hasTimeEffects: Bool) -> [String] {
    let short = specification.gmmInstruments.map(\.name) + specification.standardInstruments.map(\.name)
    let full =
      specification.gmmInstruments.map { "gmm:\($0.text)" }
      + specification.standardInstruments.map { "iv:\($0.text)" }
    let names = zip(short, full).map { name, text in short.count { $0 == name } > 1 ? text : name }
    return names + (hasTimeEffects ? ["iv:time"] : [])
  }
}

/// Collects the columns of Z and their values in each block of the sample.
private struct InstrumentBuilder {
  private(set) var columns: [InstrumentMatrix.Column] = []
  /// For each block its columns and their values, joined only at the end.
  private var entries: [[(column: Int, values: [Double])]]
  private let sample: TransformedSample
  private let grid: PanelGrid
  private let complete: [Bool]
  private let transform: DynamicPanelSpecification.Transform
  private let transformedUsable: [Bool]

  init(_ cells: ModelCells, _ specification: DynamicPanelSpecification, sample: TransformedSample) {
    self.sample = sample
    grid = cells.grid
    complete = cells.completeTransformed
    transform = specification.transform
    transformedUsable = transform.usableCells(complete: complete, on: grid)
    entries = sample.blocks.map { _ in [] }
  }

  var panels: [InstrumentMatrix.Panel] {
    entries.map { entry in
      var elements: [Double] = []
      elements.reserveCapacity(entry.count * sample.unitCount)
      for column in entry { elements += column.values }
      return InstrumentMatrix.Panel(
        columns: entry.map(\.column),
        values: Matrix(rowCount: sample.unitCount, columnCount: entry.count, columnMajor: elements))
    }
  }

  /// Lags first…last of a variable; where a set serves both equations, the level rows have the change at
  /// lag first − 1 only, for deeper ones would repeat what the transformed equation says.
  mutating func addLags(of cells: [Double], variable: String, _ instruments: GMMInstruments, set: Int) {
    let levels = cells.map { $0.isNaN ? 0 : $0 }
    let lags =
      instruments.firstLag...max(instruments.firstLag, min(instruments.lastLag ?? .max, grid.periodCount))
    func column(_ equation: InstrumentEquation, lag: Int, isLevelPart: Bool = false)
      -> InstrumentMatrix.Column
    {
      .init(set: set, variable: variable, equation: equation, lag: lag, isLevelPart: isLevelPart)
    }
    if instruments.equation != .level {
      add(levels, lags: lags, .transformed, isCollapsed: instruments.isCollapsed) {
        column(.transformed, lag: $0)
      }
    }
    guard instruments.equation != .transformed else { return }
    let changes = changes(of: cells)
    if instruments.equation == .both {
      let lag = instruments.firstLag - 1
      add(changes, lags: lag...lag, .level, isCollapsed: instruments.isCollapsed) {
        column(.level, lag: $0, isLevelPart: true)
      }
    } else {
      add(changes, lags: lags, .level, isCollapsed: instruments.isCollapsed) { column(.level, lag: $0) }
    }
  }

  /// A standard instrument: transformed in transformed rows, as it is in level rows.
  mutating func addStandard(_ cells: [Double], variable: String, equation: InstrumentEquation, set: Int) {
    var values: [(block: Int, values: [Double])] = []
    let transformed =
      equation == .level
      ? [] : transform.apply(to: cells, complete: complete, usable: transformedUsable, on: grid)
    for (index, block) in sample.blocks.enumerated() {
      switch block.row.equation {
      case .transformed where equation != .level:
        values.append((index, masked(transformed, from: block.row.period, block)))
      case .level where equation != .transformed:
        values.append((index, masked(cells, from: block.row.period, block)))
      default: continue
      }
    }
    append(.init(set: set, variable: variable, equation: equation, lag: nil), values)
  }

  /// The constant: zero in transformed rows, one in level rows.
  mutating func addConstant() {
    let values = sample.blocks.enumerated().filter { $0.element.row.equation == .level }
      .map { (block: $0.offset, values: $0.element.usable.map { $0 ? 1.0 : 0 }) }
    append(.init(set: nil, variable: Parameter.constant.name, equation: .level, lag: nil), values)
  }

  private mutating func add(
    _ cells: [Double], lags: ClosedRange<Int>, _ equation: EquationRow.Equation, isCollapsed: Bool,
    column: (Int) -> InstrumentMatrix.Column
  ) {
    let blocks = sample.blocks.enumerated().filter { $0.element.row.equation == equation }
    func values(_ index: Int, _ block: TransformedSample.Block, _ lag: Int) -> (block: Int, values: [Double])?
    {
      let source = block.row.period - lag
      guard source >= 0 && source < grid.periodCount else { return nil }
      return (index, masked(cells, from: source, block))
    }
    if isCollapsed {
      for lag in lags { append(column(lag), blocks.compactMap { values($0.offset, $0.element, lag) }) }
    } else {
      for (index, block) in blocks {
        for lag in lags { append(column(lag), [values(index, block, lag)].compactMap(\.self)) }
      }
    }
  }

  /// Adds a column unless it is zero throughout.
  private mutating func append(
    _ column: InstrumentMatrix.Column, _ values: [(block: Int, values: [Double])]
  ) {
    let nonzero = values.filter { $0.values.contains { $0 != 0 } }
    guard !nonzero.isEmpty else { return }
    for (block, values) in nonzero { entries[block].append((columns.count, values)) }
    columns.append(column)
  }

  private func masked(_ cells: [Double], from period: Int, _ block: TransformedSample.Block) -> [Double] {
    var slice = Array(cells[grid.cells(period)])
    for unit in slice.indices where !block.usable[unit] { slice[unit] = 0 }
    return slice
  }

  /// x_t − x_{t−1}, zero where either is missing.
  private func changes(of cells: [Double]) -> [Double] {
    let units = grid.unitCount
    var result = [Double](repeating: 0, count: cells.count)
    for cell in stride(from: units, to: cells.count, by: 1) {
      let change = cells[cell] - cells[cell - units]
      result[cell] = change.isNaN ? 0 : change
    }
    return result
  }
}
