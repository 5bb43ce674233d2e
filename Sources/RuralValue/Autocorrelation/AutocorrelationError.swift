/// What can keep spatial autocorrelation from being measured.
public enum AutocorrelationError: Fault {
  /// A period that was asked for is not in the data.
  case noSuchPeriod(Int, source: String, periods: [Int])
  /// No unit has a value.
  case noValues(variable: String, source: String)
  /// There are fewer units than the statistic needs.
  case tooFewUnits(found: Int, needed: Int, statistic: String, period: Int?)
  /// All units have the same value.
  case constant(variable: String, period: Int?)
  /// No unit has a neighbour among those observed.
  case noLinks(period: Int?)
  /// A value that is computed from the data is beyond the range of numbers.
  case overflow(variable: String, unit: String, period: Int?)
  /// Weights that are not standardised are so large or so small that their squares are no numbers.
  case extremeWeights(least: Double, most: Double)

  /// Whose move it is.
  public var kind: FaultKind {
    switch self {
    case .noSuchPeriod, .noValues, .overflow, .extremeWeights: .data
    case .tooFewUnits, .constant, .noLinks: .numerical
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noSuchPeriod(let period, let source, let periods):
      return "\(source) has no period \(period); its periods are \(listed(periods.map(String.init)))."
    case .noValues(let variable, let source):
      return "\(source): not one unit has a value of \(variable)."
    case .tooFewUnits(let found, let needed, let statistic, let period):
      return "\(statistic)\(place(period)) needs at least \(needed) units; found \(found)."
    case .constant(let variable, let period):
      return "\(variable)\(place(period)) is the same for all units, so that there is nothing to correlate."
    case .noLinks(let period):
      return "No unit observed\(place(period)) has a neighbour among the others."
    case .overflow(let variable, let unit, let period):
      return
        "For \"\(unit)\"\(place(period)), \(variable) is beyond the range of double precision; expected values of"
        + " a plausible size. Check the cell, or use another unit of measurement."
    case .extremeWeights(let least, let most):
      return
        "The weights run from \(least) to \(most), so that their squares are beyond the range of numbers;"
        + " expected weights between 1e-60 and 1e60. Take \(Setting("standardise")) row, or another unit."
    }
  }

  private func place(_ period: Int?) -> String { period.map { " in \($0)" } ?? "" }
}
