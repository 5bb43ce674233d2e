internal import RuralValueNumerics

/// The coupling of systems by unit and period, and its means by group and period.
public struct CouplingResult: Sendable, Equatable {
  /// What was asked for.
  public let specification: CouplingSpecification
  let periods: [Int]
  let frequency: PeriodFrequency
  let hasPeriods: Bool
  let unitOfRow: [String]
  let periodOfRow: [Int]
  let unitCount: Int
  /// U, one array a system, NaN where missing.
  let systems: [[Double]]
  /// C, T and D of each row; nil where a system is missing.
  let degrees: [CouplingDegree?]
  /// The groups whose means are taken, and each row's.
  let groups: Groups?
  let groupOfRow: [Int?]?

  /// A column of groups.
  struct Groups: Sendable, Equatable {
    let name: String
    let labels: [String]
  }

  init(
    panel: Panel, specification: CouplingSpecification, systems: [[Double]], degrees: [CouplingDegree?],
    groups: Groups?, groupOfRow: [Int?]?
  ) {
    self.specification = specification
    periods = panel.periods
    frequency = panel.frequency
    hasPeriods = panel.hasPeriods
    unitOfRow = panel.unitOfRow.map { panel.units[$0] }
    periodOfRow = panel.periodOfRow
    unitCount = panel.units.count
    self.systems = systems
    self.degrees = degrees
    self.groups = groups
    self.groupOfRow = groupOfRow
  }

  /// The size of the sample.
  public var sample: ResultDocument.Sample {
    let used = degrees.count { $0 != nil }
    return ResultDocument.Sample(
      observations: used, units: unitCount, periods: periods.count, droppedRows: degrees.count - used)
  }

  /// The grade of a row; nil where it is undefined.
  func grade(_ row: Int, _ form: CouplingForm) -> CoordinationGrade? {
    degrees[row].map { CoordinationGrade($0.coordination(form), bounds: specification.bounds) }
  }

  /// The means over the units of a group, or of all, in a period.
  struct Mean: Sendable, Equatable {
    /// The group; nil for all units.
    let group: Int?
    let period: Int
    /// How many units have all systems.
    let count: Int
    let level: Double?
    /// Means of C, over the units in which it is defined, and of D, by `CouplingForm.allCases`.
    let coupling: [Double?]
    let coordination: [Double?]
    /// How many units are in each of the ten grades.
    let grades: [Int]
  }

  /// The means of all units, then group by group, each period by period.
  var means: [Mean] {
    RowsOfCell.all(periodOfRow: periodOfRow, groupOfRow: groupOfRow).map {
      mean($0.group, $0.period, $0.rows)
    }
  }

  private func mean(_ group: Int?, _ period: Int, _ rows: [Int]) -> Mean {
    let own = rows.compactMap { degrees[$0] }
    func mean(_ values: [Double]) -> Double? { values.isEmpty ? nil : values.mean }
    var grades = [Int](repeating: 0, count: 10)
    for degree in own {
      let grade = CoordinationGrade(
        degree.coordination(specification.form), bounds: specification.bounds)
      grades[grade.number - 1] += 1
    }
    return Mean(
      group: group, period: period, count: own.count, level: mean(own.map(\.level)),
      coupling: CouplingForm.allCases.map { form in mean(own.compactMap { $0.coupling(form) }) },
      coordination: CouplingForm.allCases.map { form in mean(own.map { $0.coordination(form) }) },
      grades: grades)
  }
}

/// The rows of one period, of all units or of a group's.
struct RowsOfCell {
  /// The group; nil for all units.
  let group: Int?
  let period: Int
  var rows: [Int] = []

  /// The cells that have rows: all units period by period, then group by group.
  static func all(periodOfRow: [Int], groupOfRow: [Int?]?) -> [RowsOfCell] {
    var cells: [[Int]: RowsOfCell] = [:]
    func add(_ row: Int, _ group: Int?) {
      let period = periodOfRow[row]
      cells[[group ?? -1, period], default: RowsOfCell(group: group, period: period)].rows.append(row)
    }
    for row in periodOfRow.indices {
      add(row, nil)
      if let group = groupOfRow?[row] { add(row, group) }
    }
    return cells.values.sorted { ($0.group ?? -1, $0.period) < ($1.group ?? -1, $1.period) }
  }
}
