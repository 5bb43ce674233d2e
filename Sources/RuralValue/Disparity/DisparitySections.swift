internal import RuralValueNumerics

/// A variable period by period, with people as weights: which rows count, and which units do not.
struct DisparitySections: Sendable {
  /// One period.
  struct Period: Sendable {
    let period: Int
    /// The panel's rows that count.
    let rows: [Int]
    let values: WeightedValues
    /// The sum of the weights; nil without.
    let population: Double?
    /// The units that do not count, by their places: without a value or a row, without people known, and with none.
    let withoutValue: [Int]
    let withoutPeople: [Int]
    let withNobody: [Int]
  }

  let periods: [Period]

  /// Throws `DisparityError` for negative people, a period without any, and where nothing is left.
  init(_ panel: Panel, variable: String, people: String?) throws {
    let values = try panel.values(of: variable)
    let weights = try people.map { name throws in try panel.values(of: name) }
    if let people, let weights, let row = weights.firstIndex(where: { $0 < 0 }) {
      throw DisparityError.negativePeople(
        column: people, value: weights[row], at: DisparityError.Place(panel, row: row))
    }
    var periods: [Period] = []
    for position in panel.periods.indices {
      var rows: [Int] = []
      var (withoutValue, withoutPeople, withNobody): ([Int], [Int], [Int]) = ([], [], [])
      for unit in panel.units.indices {
        guard let row = panel.row(unit: unit, period: position), !values[row].isNaN else {
          withoutValue.append(unit)
          continue
        }
        guard let weight = weights?[row] else {
          rows.append(row)
          continue
        }
        if weight > 0 {
          rows.append(row)
        } else if weight == 0 {
          withNobody.append(unit)
        } else {
          withoutPeople.append(unit)
        }
      }
      if rows.isEmpty, withoutPeople.isEmpty, !withNobody.isEmpty, let people {
        throw DisparityError.noPeople(
          column: people,
          period: panel.hasPeriods ? panel.frequency.label(panel.periods[position]) : nil,
          source: panel.source)
      }
      let own = weights.map { weights in rows.map { weights[$0] } }
      periods.append(
        Period(
          period: panel.periods[position], rows: rows,
          values: WeightedValues(rows.map { values[$0] }, weights: own), population: own?.compensatedSum,
          withoutValue: withoutValue, withoutPeople: withoutPeople, withNobody: withNobody))
    }
    guard periods.contains(where: { !$0.rows.isEmpty }) else {
      throw DisparityError.noValues(columns: [variable] + (people.map { [$0] } ?? []), source: panel.source)
    }
    self.periods = periods
  }
}

/// A panel's rows by the groups of a column.
struct PanelGroups: Sendable {
  let name: String
  let labels: [String]
  private let groupOfRow: [Int?]
  private let panel: Panel

  init(_ panel: Panel, _ column: GroupColumn) throws {
    name = column.name
    labels = column.labels
    groupOfRow = try panel.groups(of: column.name)
    self.panel = panel
  }

  /// The group of a row, where it has one.
  func group(ofRow row: Int) -> Int? { groupOfRow[row] }

  /// Some rows by group.
  struct Partition {
    /// The groups that have a row, in the order of their letters.
    let names: [String]
    /// For each of the rows the number of its group.
    let groupOfRow: [Int]
  }

  /// Rows by group. Throws `DisparityError.noGroup` for a row that has none.
  func partition(of rows: [Int]) throws -> Partition {
    let codes = try rows.map { row in
      guard let code = groupOfRow[row] else {
        throw DisparityError.noGroup(column: name, at: DisparityError.Place(panel, row: row))
      }
      return code
    }
    let present = Set(codes).sorted {
      labels[$0].unicodeScalars.lexicographicallyPrecedes(labels[$1].unicodeScalars)
    }
    let number = present.positions
    return Partition(names: present.map { labels[$0] }, groupOfRow: codes.map { number[$0]! })
  }
}

extension PanelGroups.Partition {
  /// For each of these groups the wider one in which it lies. Throws `DisparityError.dividedGroup`.
  func outer(
    _ wide: PanelGroups.Partition, _ rows: [Int], _ panel: Panel, columns: (outer: String, inner: String)
  ) throws -> [Int] {
    var firstPlace = [Int?](repeating: nil, count: names.count)
    for place in rows.indices {
      guard let first = firstPlace[groupOfRow[place]] else {
        firstPlace[groupOfRow[place]] = place
        continue
      }
      guard wide.groupOfRow[first] == wide.groupOfRow[place] else {
        throw DisparityError.dividedGroup(
          inner: names[groupOfRow[place]], innerColumn: columns.inner,
          outer: [first, place].map { wide.names[wide.groupOfRow[$0]] }, outerColumn: columns.outer,
          units: [first, place].map { panel.unit(ofRow: rows[$0]) },
          period: panel.hasPeriods ? panel.frequency.label(panel.period(ofRow: rows[place])) : nil)
      }
    }
    return firstPlace.map { wide.groupOfRow[$0!] }
  }
}
