/// Coupling degrees as a paper printed them: by row C, T and D, and the systems where they are printed too.
public struct PrintedCoupling: Sendable, Equatable {
  /// What messages call the source.
  public let source: String
  let rows: [Row]
  /// The columns of printed coupling degrees, each with its own D.
  let columns: [Column]
  let levelColumn: String?
  /// Where the systems are from: the table itself, or a panel with the same keys.
  let systemsFrom: SystemSource

  /// A column of C and the column of D that belongs to it.
  struct Column: Sendable, Equatable {
    let coupling: String
    let coordination: String?
    let form: CouplingForm?
  }

  /// Where the systems' values are from.
  enum SystemSource: Sendable, Equatable {
    case table
    case panel(String)
    case none
  }

  /// One printed row.
  struct Row: Sendable, Equatable {
    /// What the row is about: `Beijing 2008`.
    let name: String
    /// What each system may have been; nil where one is unknown.
    let systems: [RoundingInterval]?
    let coupling: [RoundingInterval?]
    let coordination: [RoundingInterval?]
    let level: RoundingInterval?
  }

  /// The names of the columns that are read, but for those that are systems' own.
  static let couplingNames = ["C", "c", "c_classical", "c_corrected", "coupling", "耦合度"]
  private static let levelNames = ["T", "t", "comprehensive", "综合协调指数", "综合评价指数"]
  private static let coordinationNames = ["D", "d", "coordination", "耦合协调度"]

  /// Reads a printed table: a column of C (`C`, `c_classical`, `c_corrected`, `coupling` or 耦合度), and where there are T, D
  /// and the systems under their names; every other column names the row.
  ///
  /// Where it lacks a system, those of `panel` with the same unit and period are taken. Throws `CouplingError` for a table
  /// without C and for a cell that is no number.
  public init(_ table: Table, systems: [String], panel: Panel? = nil) throws {
    guard systems.count <= CouplingFormula.mostSystems else {
      throw CouplingError.tooManySystems(found: systems.count, most: CouplingFormula.mostSystems)
    }
    let names = table.columnNames
    func column(_ candidates: [String]) -> String? {
      candidates.first { names.contains($0) && !systems.contains($0) }
    }
    let known = Self.couplingNames.filter { !systems.contains($0) }
    let found = known.filter(names.contains)
    guard !found.isEmpty else {
      throw CouplingError.noPrintedCoupling(names: known, source: table.source, columns: names)
    }
    columns = found.map { name in
      let form: CouplingForm? = name == "c_classical" ? .classical : name == "c_corrected" ? .corrected : nil
      return Column(
        coupling: name, coordination: column(form.map { ["d_\($0.rawValue)"] } ?? Self.coordinationNames),
        form: form)
    }
    let level = column(Self.levelNames)
    levelColumn = level
    source = table.source

    func cells(_ name: String?) throws -> [RoundingInterval?] {
      guard let name else { return [RoundingInterval?](repeating: nil, count: table.rowCount) }
      return try Self.numbers(table, column: try table.column(named: name))
    }
    let couplings = try columns.map { try cells($0.coupling) }
    let coordinations = try columns.map { try cells($0.coordination) }
    let levels = try cells(level)
    for (column, cells) in zip(columns, couplings) where cells.allSatisfy({ $0 == nil }) {
      throw CouplingError.noPrintedRow(column: column.coupling, source: table.source)
    }
    let own = systems.allSatisfy(names.contains)
    let boxes: [[RoundingInterval]?]
    if own {
      let printed = try systems.map { try cells($0) }
      boxes = (0..<table.rowCount).map { row in
        let cells = printed.compactMap { $0[row] }
        return cells.count == systems.count ? cells : nil
      }
      systemsFrom = .table
    } else if let panel, let joined = try Self.systems(systems, of: panel, for: table),
      joined.contains(where: { $0 != nil })
    {
      boxes = joined
      systemsFrom = .panel(panel.source)
    } else {
      boxes = [[RoundingInterval]?](repeating: nil, count: table.rowCount)
      systemsFrom = .none
    }
    let read = Set(
      systems + columns.flatMap { [$0.coupling, $0.coordination].compactMap { $0 } }
        + [level].compactMap { $0 })
    // What the tool itself writes beside them names no row.
    let words = names.indices.filter {
      !read.contains(names[$0]) && !["grade", "grade_name"].contains(names[$0])
    }.prefix(2)
    rows = (0..<table.rowCount).map { row in
      let name = words.map { CellText.trimmed(table.text(row: row, column: $0)) }.joined(separator: " ")
      return Row(
        name: name.isEmpty ? "line \(table.lines[row])" : name, systems: boxes[row],
        coupling: couplings.map { $0[row] }, coordination: coordinations.map { $0[row] }, level: levels[row])
    }
  }

  private static func numbers(_ table: Table, column: Int) throws(CouplingError) -> [RoundingInterval?] {
    var numbers: [RoundingInterval?] = []
    for row in 0..<table.rowCount {
      let text = table.text(row: row, column: column)
      let reading = NumberReading(text)
      if reading == .missing {
        numbers.append(nil)
      } else if let number = PrintedNumber(text) {
        numbers.append(number.interval)
      } else if case .number(let value) = reading, abs(value) < 1e15 {
        // With more digits than a table prints, it is what a program wrote.
        numbers.append(RoundingInterval(value, value))
      } else {
        throw .notPrinted(
          found: text, source: table.source(ofRow: row), line: table.lines[row],
          column: table.columnNames[column])
      }
    }
    return numbers
  }

  /// The panel's systems of each row by its unit and period; nil where the table has no such keys.
  private static func systems(
    _ systems: [String], of panel: Panel, for table: Table
  ) throws -> [[RoundingInterval]?]? {
    func place(_ names: [String]) -> Int? { names.compactMap { table.columnNames.firstIndex(of: $0) }.first }
    guard let unit = place([panel.unitColumn, "unit"]) else { return nil }
    let time = place([panel.timeColumn, "time"])
    guard time != nil || !panel.hasPeriods else { return nil }
    let columns = try systems.map { try panel.values(of: $0) }
    let (unitPlace, periodPlace) = (panel.units.positions, panel.periods.positions)
    let units = PlainIds(table.texts(column: unit).map(CellText.trimmed)).ids
    let periods = panel.hasPeriods ? try time.map { try PeriodColumn(table, column: $0).periods } : nil
    return units.indices.map { row in
      guard let unit = unitPlace[units[row]],
        let period = periods.map({ periodPlace[$0[row]] }) ?? 0,
        let place = panel.row(unit: unit, period: period)
      else { return nil }
      let values = columns.map { $0[place] }
      return values.contains(where: \.isNaN) ? nil : values.map { RoundingInterval($0, $0) }
    }
  }
}

extension RoundingInterval {
  /// The part of the interval that is not below zero; zero where there is none.
  var nonNegative: RoundingInterval { RoundingInterval(max(0, lower), max(0, upper)) }
}
