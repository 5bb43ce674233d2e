internal import RuralValueNumerics

/// Town and country of a panel's units, period by period.
struct UrbanRuralSections {
  private let panel: Panel
  private let columns: DisparitySpecification.UrbanRuralColumns
  private let values: [[Double]]

  /// Throws `DisparityError.negativePeople`, and `PanelError.noSuchVariable`.
  init(_ panel: Panel, _ columns: DisparitySpecification.UrbanRuralColumns) throws {
    self.panel = panel
    self.columns = columns
    values = try columns.all.map { name throws in try panel.values(of: name) }
    for (name, people) in [(columns.urbanPopulation, values[2]), (columns.ruralPopulation, values[3])] {
      if let row = people.firstIndex(where: { $0 < 0 }) {
        throw DisparityError.negativePeople(
          column: name, value: people[row], at: DisparityError.Place(panel, row: row))
      }
    }
  }

  /// The periods, with totals by groups where there are some. Throws `DisparityError`.
  func years(_ groups: PanelGroups?) throws -> [DisparityResult.UrbanRuralYear] {
    let years = try panel.periods.indices.map { try year($0, groups) }
    guard years.contains(where: { $0.total != nil }) else {
      throw DisparityError.noValues(columns: columns.all, source: panel.source)
    }
    return years
  }

  private func year(_ position: Int, _ groups: PanelGroups?) throws -> DisparityResult.UrbanRuralYear {
    let rows = panel.rows(ofPeriod: position)
    let measures = rows.map { row in
      UrbanRuralDisparity.Sectors(
        urbanIncome: values[0][row], ruralIncome: values[1][row], urbanPopulation: values[2][row],
        ruralPopulation: values[3][row]
      ).map(UrbanRuralDisparity.init)
    }
    let known = rows.indices.filter { measures[$0] != nil }
    let total = known.isEmpty ? nil : UrbanRuralDisparity.Total(known.compactMap { measures[$0] })
    var parts: [DisparityResult.UrbanRuralYear.Group] = []
    if let groups {
      let partition = try groups.partition(of: known.map { rows[$0] })
      parts = partition.names.indices.map { number in
        let members = known.indices.filter { partition.groupOfRow[$0] == number }
        return .init(
          name: partition.names[number],
          total: UrbanRuralDisparity.Total(members.compactMap { measures[known[$0]] }))
      }
    }
    for one in [total].compactMap(\.self) + parts.map(\.total) where !one.isFinite {
      throw DisparityError.overflow(
        columns: columns.all, period: panel.hasPeriods ? panel.frequency.label(panel.periods[position]) : nil)
    }
    return DisparityResult.UrbanRuralYear(
      period: panel.periods[position],
      rows: zip(rows, measures).map { .init(unit: panel.unitOfRow[$0], measures: $1) }, total: total,
      groups: parts)
  }
}

extension UrbanRuralDisparity.Total {
  /// Whether all that is defined is a number.
  fileprivate var isFinite: Bool {
    let numbers = [
      ratioOfMeans, meanOfRatios, sectorsT, sectorsL, unitsT.total, unitsL.total,
    ]
    return numbers.allSatisfy { $0?.isFinite ?? true }
  }
}
