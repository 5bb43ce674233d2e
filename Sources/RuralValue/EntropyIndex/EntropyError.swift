/// What can keep an entropy index from being computed.
public enum EntropyError: Fault {
  /// The indicator system has no row.
  case noIndicators(source: String)
  /// The indicator system lacks one of its columns.
  case noSystemColumn(name: String, source: String, columns: [String])
  /// A cell of the indicator system that must not be empty is.
  case emptyCell(source: String, line: Int, column: String)
  /// A direction is neither + nor −.
  case unknownDirection(found: String, source: String, line: Int, column: String)
  /// One column stands twice in one index.
  case repeatedIndicator(column: String, index: String, source: String, firstLine: Int, secondLine: Int)
  /// An indicator's column is not in the panel.
  case noSuchColumn(column: String, indicator: String, source: String, columns: [String])
  /// A cell that the index needs is missing.
  case missingValue(MissingCell)
  /// A column has no value at all in a period.
  case missingPeriods(column: String, periods: [Int], source: String, available: [Int])
  /// A period has fewer than two units, so that entropy (k = 1/ln n) is not defined.
  case tooFewUnits(period: Int, units: Int, source: String)
  /// No indicator of an index varies, so that there is nothing to weigh.
  case noVariation(index: String, period: Int?)
  /// A shift below zero or not finite.
  case negativeShift(Double)
  /// A least normalised value that is not from 0 to below 1.
  case floorOutOfRange(Double)

  /// The first missing cell, and how many there are.
  public struct MissingCell: Sendable, Equatable {
    let source: String
    let line: Int
    let column: String
    let unitColumn: String
    let unit: String
    let timeColumn: String
    let period: Int
    let count: Int
  }

  /// A shift is a matter of the call, no variation one of the numbers, all else of the data.
  public var kind: FaultKind {
    switch self {
    case .negativeShift, .floorOutOfRange: .usage
    case .noVariation: .numerical
    default: .data
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noIndicators(let source):
      return "\(source): there is no indicator; expected a row an indicator with the columns"
        + " index,dimension,indicator,column,direction."
    case .noSystemColumn(let name, let source, let columns):
      return
        "\(source): an indicator system has the columns index,dimension,indicator,column,direction; there"
        + " is no \"\(name)\" among \(listed(columns)).\(NearestName.question(for: name, among: columns))"
    case .emptyCell(let source, let line, let column):
      return "\(source), line \(line), column \"\(column)\": the cell is empty; every indicator needs one."
    case .unknownDirection(let found, let source, let line, let column):
      return "\(source), line \(line), column \"\(column)\": found \"\(found)\", expected + (more is better)"
        + " or - (less is better)."
    case .repeatedIndicator(let column, let index, let source, let first, let second):
      return
        "\(source): column \"\(column)\" stands twice in index \(index), on lines \(first) and \(second);"
        + " it would be weighed twice. Remove one of them."
    case .noSuchColumn(let column, let indicator, let source, let columns):
      return "\(source): there is no column \"\(column)\", which the indicator system names for"
        + " \"\(indicator)\".\(NearestName.question(for: column, among: columns)) The columns are:"
        + " \(listed(columns))."
    case .missingValue(let cell):
      let more = cell.count > 1 ? " (the first of \(cell.count) missing cells)" : ""
      return "\(cell.source), line \(cell.line), column \"\(cell.column)\": the value of \(cell.unitColumn)"
        + " \"\(cell.unit)\" in \(cell.timeColumn) \(cell.period) is missing\(more); entropy weights need every"
        + " cell. Fill gaps inside a county with `ruralvalue prepare \(Setting("interpolate")) \(cell.column)`, or leave the"
        + " county, year or indicator out."
    case .missingPeriods(let column, let periods, let source, let available):
      let years = periods.map(String.init).joined(separator: ", ")
      let remedy =
        available.isEmpty
        ? "Leave the indicator out."
        : "Leave the indicator out, or keep to periods that have it, for example with \(Setting("periods"))"
          + " \(longestRun(available))."
      return
        "\(source), column \"\(column)\": no unit has a value in \(years); entropy weights need every cell."
        + " \(remedy)"
    case .tooFewUnits(let period, let units, let source):
      return "\(source): period \(period) has \(units) unit\(units == 1 ? "" : "s"); entropy within a period"
        + " needs at least two. Take \(Setting("weights")) pooled, or leave the period out."
    case .noVariation(let index, let period):
      let place = period.map { " in \($0)" } ?? ""
      return "Index \(index): no indicator varies\(place), so there is nothing to weigh. Check the indicator"
        + " system's columns and the panel's units."
    case .negativeShift(let shift):
      return "\(Setting("shift")) is \(shift); expected a finite number of at least 0, such as 0.0001."
    case .floorOutOfRange(let floor):
      return
        "\(Setting("floor")) is \(RoundTripNumber.text(floor)); expected a number from 0 to below 1, such as 0.01."
    }
  }
}

/// The longest run of neighbouring periods, as `2016:2018`.
private func longestRun(_ periods: [Int]) -> String {
  var best = periods[0]...periods[0]
  var first = periods[0]
  for (earlier, later) in zip(periods, periods.dropFirst()) {
    if later != earlier + 1 { first = later }
    if later - first > best.upperBound - best.lowerBound { best = first...later }
  }
  return "\(best.lowerBound):\(best.upperBound)"
}
