import RuralValue

extension [String: Double] {
  /// The values by parameter, for tests in which no regressor has the name of another role.
  var byParameter: [Parameter: Double] {
    Dictionary<Parameter, Double>(uniqueKeysWithValues: map { (Self.parameter($0), $1) })
  }

  private static func parameter(_ name: String) -> Parameter {
    for parameter in [Parameter.rho, .lambda, .variance, .constant] where parameter.name == name {
      return parameter
    }
    if name.hasPrefix("W*") { return parameter(String(name.dropFirst(2))).spatialLag }
    if name.hasPrefix("time=") { return Parameter(name, .period) }
    if name.contains(":") { return Parameter(name, .product) }
    let isLag = ["lag(V, ", "lag(y, ", "lag(log(V), "].contains { name.hasPrefix($0) }
    return Parameter(name, isLag ? .laggedOutcome : .variable)
  }
}
