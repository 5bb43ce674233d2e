/// What can keep the evolution of a variable from being told.
public enum EvolutionError: Fault {
  /// There are fewer periods than a part needs.
  case tooFewPeriods(source: String, periods: [String])
  /// Not one value is there.
  case noValues(variable: String, source: String)
  /// All values are the same.
  case constant(variable: String, value: Double, source: String)
  /// Two bounds of quantile classes are the same, so that the class between them is empty.
  case equalCuts(what: String, cut: Double, classes: Int, proposal: Int?)
  /// No unit has values in two periods that follow each other.
  case noTransition(variable: String, source: String, step: Int)
  /// A weight is negative.
  case negativeWeight(column: String, value: Double, unit: String, period: String, source: String)
  /// All weights of a period are zero or missing.
  case noWeight(column: String, period: String, source: String)
  /// A value that is to be a total, and so a weight of its place, is negative.
  case negativeTotal(variable: String, value: Double, unit: String, period: String, source: String)
  /// All totals of a period are zero.
  case noTotal(variable: String, period: String, source: String)
  /// A negative value of a density that is to be turned back at zero.
  case negativeReflected(variable: String, value: Double, unit: String, period: String)
  /// No unit has neighbours.
  case noLinks(source: String)
  /// Coordinates are no longitudes and latitudes.
  case notDegrees(source: String, x: Double, y: Double, isSwapped: Bool)

  /// Whose move it is.
  public var kind: FaultKind {
    switch self {
    case .constant, .equalCuts: .numerical
    default: .data
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .tooFewPeriods(let source, let periods):
      return
        "\(source) has \(periods.isEmpty ? "no period" : "the period \(periods.joined(separator: ", ")) alone");"
        + " transitions and convergence need two or more. For one period take \(Setting("parts")) kernel or kernel,centre."
    case .noValues(let variable, let source):
      return "\(source): not one unit has a value of \(variable)."
    case .constant(let variable, let value, let source):
      return
        "\(source): \(variable) is \(RoundTripNumber.text(value)) for every unit in every period, so that there is neither a"
        + " density nor a class; expected values that differ. Check that this is the column that is meant."
    case .equalCuts(let what, let cut, let classes, let proposal):
      let advice =
        proposal.map { "\(Setting("classes")) \($0) has no empty class" }
        ?? "no number of quantile classes has none"
      return
        "Of \(classes) quantile classes of \(what) one is empty, for too many units have the value"
        + " \(RoundTripNumber.text(cut)), on which two bounds of classes fall. \(advice); or name cut points with"
        + " \(Setting("cuts"))."
    case .noTransition(let variable, let source, let step):
      return
        "\(source): no unit has values of \(variable) in two periods that follow each other"
        + (step == 1 ? "" : ", \(step) apart") + ", so that there is no transition. \(Setting("time-step"))"
        + " states another step; \(Setting("parts")) leaves transitions out."
    case .negativeWeight(let column, let value, let unit, let period, let source):
      return
        "\(source): \(column) of \"\(unit)\" in \(period) is \(RoundTripNumber.text(value)); expected a weight that is not"
        + " negative. Correct the cell, or leave the row out with \(Setting("where"))."
    case .noWeight(let column, let period, let source):
      return
        "\(source): in \(period) no unit with a value has a \(column) above zero; expected weights such as people. Check"
        + " the column of \(Setting("population"))."
    case .negativeTotal(let variable, let value, let unit, let period, let source):
      return
        "\(source): \(variable) of \"\(unit)\" in \(period) is \(RoundTripNumber.text(value)); a centre weighs places by the"
        + " variable as a total, which is not negative. Leave the centre out with \(Setting("parts")), or take another"
        + " column."
    case .noTotal(let variable, let period, let source):
      return
        "\(source): \(variable) is zero for all units in \(period), so that nothing weighs the centre. Leave the period out"
        + " with \(Setting("periods")), or the centre with \(Setting("parts"))."
    case .negativeReflected(let variable, let value, let unit, let period):
      return
        "\(variable) of \"\(unit)\" in \(period) is \(RoundTripNumber.text(value)); \(Setting("boundary")) reflect is for"
        + " values that cannot be negative. Take \(Setting("boundary")) none."
    case .noLinks(let source):
      return
        "Not one unit of \(source) has a neighbour among the others; expected weights with links between them."
    case .notDegrees(let source, let x, let y, let isSwapped):
      return
        "\(source): the first place is (\(RoundTripNumber.text(x)), \(RoundTripNumber.text(y))), where a longitude within"
        + " ±180 and a latitude within ±90 were expected."
        + (isSwapped
          ? " The two look swapped: give longitude first, or \(Setting("swap-coordinates"))."
          : " Where these are kilometres of a plane, say \(Setting("projection")) none.")
    }
  }
}
