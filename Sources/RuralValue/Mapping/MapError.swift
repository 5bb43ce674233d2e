/// What can keep a map from being drawn.
public enum MapError: Fault {
  /// Not one unit of the table is on the map.
  case noUnitMatches(variable: String, tableUnits: [String], mapUnits: [String])
  /// No value is there to be classed.
  case noValues(variable: String)
  /// A value of a hot-spot class is not −3 … 3.
  case notAHotSpotClass(variable: String, unit: String, value: Double)

  /// The input is off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noUnitMatches(let variable, let tableUnits, let mapUnits):
      return
        "Not one unit with \(variable) is on the map: the table has \(listed(tableUnits, most: 3)), the map"
        + " \(listed(mapUnits, most: 3)). Name the map's codes with --id and the table's with --unit."
    case .noValues(let variable):
      return "There is not one value of \(variable) to be drawn."
    case .notAHotSpotClass(let variable, let unit, let value):
      return
        "\(variable) of \"\(unit)\" is \(value); expected a class from -3 to 3, as `hotspot` writes them."
    }
  }
}
