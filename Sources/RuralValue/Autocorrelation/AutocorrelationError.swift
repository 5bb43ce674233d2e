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
  /// A column whose joins are to be counted holds no classes.
  case notClasses(variable: String, found: NoClasses, period: Int?)
  /// Weights that are not standardised are so large or so small that their squares are no numbers.
  case extremeWeights(least: Double, most: Double)

  /// Why a column holds no classes.
  public enum NoClasses: Sendable, Equatable {
    /// A value is no whole number.
    case value(Double, unit: String)
    /// There are too many of them.
    case classes(Int)
  }

  /// Whose move it is.
  public var kind: FaultKind {
    switch self {
    case .noSuchPeriod, .noValues, .overflow, .extremeWeights, .notClasses: .data
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
    case .notClasses(let variable, let found, let period):
      let what =
        switch found {
        case .value(let value, let unit):
          "\(variable) of \"\(unit)\"\(place(period)) is \(RoundTripNumber.text(value))"
        case .classes(let count): "\(variable)\(place(period)) has \(grouped(count)) different values"
        }
      return
        "\(what); joins are counted of 0 and 1, or of at most \(JoinCounts.mostClasses) classes as whole numbers. For"
        + " a measured column leave \(Setting("join-counts")) out: Moran's I takes it as it is."
    case .extremeWeights(let least, let most):
      return
        "The weights run from \(least) to \(most), so that their squares are beyond the range of numbers;"
        + " expected weights between 1e-60 and 1e60. Take \(Setting("standardise")) row, or another unit."
    }
  }

  private func place(_ period: Int?) -> String { period.map { " in \($0)" } ?? "" }
}
