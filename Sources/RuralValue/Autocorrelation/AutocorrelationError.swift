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

  /// Whose move it is.
  public var kind: FaultKind {
    switch self {
    case .noSuchPeriod, .noValues: .data
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
    }
  }

  private func place(_ period: Int?) -> String { period.map { " in \($0)" } ?? "" }
}
