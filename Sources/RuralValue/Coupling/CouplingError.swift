/// What can keep systems from being coupled, and a printed coupling degree from being explained.
public enum CouplingError: Fault {
  /// Fewer than two systems.
  case fewSystems([String])
  /// A system is named twice.
  case repeatedSystem(String)
  /// Weights of another number than the systems.
  case weightCount(weights: Int, systems: [String])
  /// A weight below zero or not finite.
  case negativeWeight([Double])
  /// Weights that do not add up to one.
  case weightSum([Double], sum: Double)
  /// A value of a system outside [0, 1], and how many there are.
  case outOfRange(
    value: Double, column: String, unitColumn: String, unit: String, period: String?, source: String,
    line: Int, count: Int)
  /// No row has all systems.
  case noCompleteRow(systems: [String], source: String)
  /// A printed table without a coupling degree.
  case noPrintedCoupling(names: [String], source: String, columns: [String])
  /// A cell of a printed table that holds neither number nor missing marker.
  case notPrinted(found: String, source: String, line: Int, column: String)
  /// A printed table in which no row has a coupling degree.
  case noPrintedRow(column: String, source: String)
  /// More systems than intervals of a printed table can be computed for.
  case tooManySystems(found: Int, most: Int)

  /// Systems and weights are a matter of the call, all else of the data.
  public var kind: FaultKind {
    switch self {
    case .fewSystems, .repeatedSystem, .weightCount, .negativeWeight, .weightSum, .tooManySystems: .usage
    default: .data
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .fewSystems(let systems):
      return
        "\(Setting("systems")) names \(systems.isEmpty ? "no column" : "only \"\(systems[0])\""); expected two or"
        + " more, such as U,F: one system is not coupled to anything."
    case .repeatedSystem(let name):
      return
        "\(Setting("systems")) names \"\(name)\" twice; expected different columns, for a system is always"
        + " coupled to itself."
    case .weightCount(let weights, let systems):
      return
        "\(Setting("weights")) has \(weights) number\(weights == 1 ? "" : "s") for \(systems.count) systems"
        + " (\(systems.joined(separator: ", "))); expected one a system, in their order."
    case .negativeWeight(let weights):
      return
        "\(Setting("weights")) is \(Self.list(weights)); expected numbers of zero or more that add up to 1."
    case .weightSum(let weights, let sum):
      return
        "\(Setting("weights")) \(Self.list(weights)) add up to \(RoundTripNumber.text(sum)); expected 1 within"
        + " 1e-9. They are not rescaled here, for T and D would then rest on other weights than the call names."
    case .outOfRange(
      let value, let column, let unitColumn, let unit, let period, let source, let line, let count):
      let more = count > 1 ? " (the first of \(count) such cells)" : ""
      return "\(source), line \(line), column \"\(column)\": the value of \(unitColumn) \"\(unit)\""
        + "\(period.map { " in \($0)" } ?? "") is \(RoundTripNumber.text(value))\(more); expected systems from 0 to 1."
        + " Rescale the column first, for example with: prepare FILE \(Setting("minmax")) \(column). The corrected C"
        + " depends on how that is done."
    case .noCompleteRow(let systems, let source):
      return
        "\(source): no row has a value in all of \(systems.joined(separator: ", ")); expected at least one."
    case .noPrintedCoupling(let names, let source, let columns):
      return "\(source): there is no column of printed coupling degrees; expected one called"
        + " \(names.joined(separator: ", ")). The columns are: \(listed(columns))."
    case .notPrinted(let found, let source, let line, let column):
      return
        "\(source), line \(line), column \"\(column)\": found \"\(found)\", expected a number as printed, such as"
        + " 0.9604, or an empty cell."
    case .noPrintedRow(let column, let source):
      return "\(source): column \"\(column)\" holds no number; expected the printed coupling degrees."
    case .tooManySystems(let found, let most):
      return
        "\(Setting("explain")) tries what \(most) systems or fewer allow, and there are \(found); expected fewer."
    }
  }

  private static func list(_ numbers: [Double]) -> String {
    numbers.map(RoundTripNumber.text).joined(separator: ",")
  }
}
