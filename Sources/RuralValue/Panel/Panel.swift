/// Units observed over periods: an immutable panel, which may be unbalanced and have gaps.
///
/// One row is one observed unit-period. Rows stand unit by unit in the order in which units first
/// appear in the source, and by period within a unit. A missing value is NaN, and nothing else is:
/// whoever computes with a variable looks for it first.
public struct Panel: Sendable, Equatable {
  /// What messages call the source of the data.
  public let source: String
  /// The name of the column that holds the units.
  public let unitColumn: String
  /// The name of the column that holds the periods.
  public let timeColumn: String
  /// The units' codes or names, as text, in the order of their first appearance.
  public let units: [String]
  /// The periods at which any unit was observed, ascending.
  public let periods: [Int]
  /// How the periods count: years and other whole numbers, quarters or months.
  public let frequency: PeriodFrequency
  /// The distance of one calendar step, in years, quarters or months: the greatest common divisor of the distances
  /// between periods, or what `steppingBy` said.
  public let periodStep: Int
  /// What was found out about the keys, or taken for granted, when they were read.
  public let keyNotes: [Phrase]
  /// Whether there are periods; the rows of a cross-section all have the period 0.
  public let hasPeriods: Bool
  /// The variables' names.
  public let variableNames: [String]
  /// For each row the position of its unit in `units`.
  public let unitOfRow: [Int]
  /// For each row the position of its period in `periods`.
  public let periodOfRow: [Int]
  /// For each row the line of the source on which it stood.
  public let lines: [Int]
  /// What messages call the file of each row, where the rows come from several.
  let sourceOfRow: [String]?
  /// One array a variable, in row order.
  let columns: [[Double]]
  /// For each unit × period the row, or −1.
  let rowOfCell: [Int32]

  /// A panel from keys and variables in any order of rows.
  ///
  /// Throws `PanelError.duplicateKey` where a unit-period stands twice, `PanelError.empty` where there is no
  /// row, and `PanelError.tooLarge` where units × periods are far more than the rows.
  public init(
    source: String, unitColumn: String = "unit", timeColumn: String = "time", unitOfRow keys: [String],
    timeOfRow times: [Int], frequency: PeriodFrequency = .whole, hasPeriods: Bool = true,
    keyNotes: [Phrase] = [], lines: [Int]? = nil, variables: [(name: String, values: [Double])],
    sourceOfRow: [String]? = nil
  ) throws(PanelError) {
    precondition(keys.count == times.count && variables.allSatisfy { $0.values.count == keys.count })
    guard !keys.isEmpty else { throw .empty(source: source) }
    let lines = lines ?? Array(2..<(keys.count + 2))
    precondition(lines.count == keys.count, "A row needs its line.")

    var positionOfUnit: [String: Int] = [:]
    var units: [String] = []
    var unitPositions: [Int] = []
    unitPositions.reserveCapacity(keys.count)
    for key in keys {
      if let last = unitPositions.last, units[last] == key {
        unitPositions.append(last)
      } else if let known = positionOfUnit[key] {
        unitPositions.append(known)
      } else {
        positionOfUnit[key] = units.count
        unitPositions.append(units.count)
        units.append(key)
      }
    }
    let periods = Set(times).sorted()
    let positionOfPeriod = periods.positions
    let periodPositions = times.map { positionOfPeriod[$0]! }

    // Two grids of rows by cell, and for each row its keys and places.
    let cells = Double(units.count) * Double(periods.count)
    try MemoryLimit.require(
      bytes: 8 * cells + Double(keys.count) * (64 + 16 * Double(variables.count)),
      for: "\(source): \(grouped(units.count)) units × \(grouped(periods.count)) periods, of which"
        + " \(grouped(keys.count)) have a row,",
      remedy:
        "Check the columns \"\(unitColumn)\" and \"\(timeColumn)\", which hold the units and the periods",
      orThrow: PanelError.tooLarge)
    var inputRowOfCell = [Int32](repeating: -1, count: units.count * periods.count)
    for row in keys.indices {
      let cell = unitPositions[row] * periods.count + periodPositions[row]
      if inputRowOfCell[cell] >= 0 {
        let first = Int(inputRowOfCell[cell])
        let files = sourceOfRow.map { [$0[first], $0[row]].firstAppearances.joined(separator: " and ") }
        throw .duplicateKey(
          source: files ?? source, unit: keys[row], unitColumn: unitColumn, period: times[row],
          timeColumn: timeColumn, firstLine: lines[first], secondLine: lines[row])
      }
      inputRowOfCell[cell] = Int32(row)
    }

    let order = inputRowOfCell.filter { $0 >= 0 }.map(Int.init)
    var nextRow: Int32 = 0
    rowOfCell = inputRowOfCell.map { inputRow in
      guard inputRow >= 0 else { return -1 }
      defer { nextRow += 1 }
      return nextRow
    }
    self.source = source
    self.unitColumn = unitColumn
    self.timeColumn = timeColumn
    self.units = units
    self.periods = periods
    self.frequency = frequency
    self.hasPeriods = hasPeriods
    self.keyNotes = keyNotes
    self.periodStep = PanelCalendar.commonStep(of: periods, frequency)
    self.unitOfRow = order.map { unitPositions[$0] }
    self.periodOfRow = order.map { periodPositions[$0] }
    self.lines = order.map { lines[$0] }
    self.sourceOfRow = sourceOfRow.map { sources in order.map { sources[$0] } }
    variableNames = variables.map(\.name)
    let isSorted = order.indices.allSatisfy { order[$0] == $0 }
    columns = variables.map { variable in
      isSorted ? variable.values : order.map { variable.values[$0] }
    }
  }

  /// The number of rows, that is of observed unit-periods.
  public var rowCount: Int { unitOfRow.count }

  /// Whether every unit is observed in every period.
  public var isBalanced: Bool { rowCount == units.count * periods.count }

  /// The unit of a row.
  public func unit(ofRow row: Int) -> String { units[unitOfRow[row]] }

  /// The period of a row.
  public func period(ofRow row: Int) -> Int { periods[periodOfRow[row]] }

  /// What messages call the file from which a row comes.
  func source(ofRow row: Int) -> String { sourceOfRow?[row] ?? source }

  /// The row of a unit and period, given by their positions, or nil where it was not observed.
  public func row(unit: Int, period: Int) -> Int? {
    let row = rowOfCell[unit * periods.count + period]
    return row >= 0 ? Int(row) : nil
  }

  /// The rows of a unit, in the order of periods.
  public func rows(ofUnit unit: Int) -> [Int] {
    (0..<periods.count).compactMap { row(unit: unit, period: $0) }
  }

  /// The rows of a period, in the order of units.
  public func rows(ofPeriod period: Int) -> [Int] {
    (0..<units.count).compactMap { row(unit: $0, period: period) }
  }

  /// A variable's values in row order, NaN where missing.
  ///
  /// Throws `PanelError.noSuchVariable`, with the nearest name, where there is none.
  public func values(of name: String) throws(PanelError) -> [Double] {
    guard let position = variableNames.firstIndex(of: name) else {
      throw .noSuchVariable(name: name, source: source, variables: variableNames)
    }
    return columns[position]
  }

  /// The same panel with more variables, or with new values for those of the same name.
  public func with(_ variables: [(name: String, values: [Double])]) -> Panel {
    var names = variableNames
    var columns = columns
    for (name, values) in variables {
      precondition(values.count == rowCount, "A variable needs a value for every row.")
      if let position = names.firstIndex(of: name) {
        columns[position] = values
      } else {
        names.append(name)
        columns.append(values)
      }
    }
    return Panel(self, variableNames: names, columns: columns, periodStep: periodStep)
  }

  /// The same panel with another calendar step, in which lags and changes count.
  ///
  /// Throws `PanelError.unevenStep` for a period that is no whole number of steps from the first.
  public func steppingBy(_ step: Int) throws(PanelError) -> Panel {
    for period in periods where calendar.distance(from: periods[0], to: period) % step != 0 {
      throw .unevenStep(
        source: source, timeColumn: timeColumn, first: frequency.label(periods[0]),
        period: frequency.label(period),
        step: step)
    }
    return Panel(self, variableNames: variableNames, columns: columns, periodStep: step)
  }

  /// The calendar of the periods.
  var calendar: PanelCalendar { PanelCalendar(frequency: frequency, step: periodStep) }

  private init(_ panel: Panel, variableNames: [String], columns: [[Double]], periodStep: Int) {
    source = panel.source
    unitColumn = panel.unitColumn
    timeColumn = panel.timeColumn
    units = panel.units
    periods = panel.periods
    frequency = panel.frequency
    hasPeriods = panel.hasPeriods
    keyNotes = panel.keyNotes
    self.periodStep = periodStep
    unitOfRow = panel.unitOfRow
    periodOfRow = panel.periodOfRow
    lines = panel.lines
    sourceOfRow = panel.sourceOfRow
    rowOfCell = panel.rowOfCell
    self.variableNames = variableNames
    self.columns = columns
  }
}
