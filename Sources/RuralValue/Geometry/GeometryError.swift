/// What can be wrong with the features of a map.
public enum GeometryError: Fault {
  /// There is no feature.
  case empty(source: String)
  /// A property that was asked for is not there.
  case noSuchProperty(name: String, source: String, properties: [String])
  /// No property tells the features apart.
  case noIdentifier(source: String, properties: [String])
  /// A feature has no id.
  case missingIdentifier(source: String, feature: Int, property: String)
  /// An id stands twice.
  case duplicateIdentifier(String, source: String, property: String, first: Int, second: Int)
  /// No feature has a geometry.
  case noGeometry(source: String)

  /// The input is off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .empty(let source):
      return "\(source): the collection holds no feature; expected one polygon a unit."
    case .noSuchProperty(let name, let source, let properties):
      return "\(source): no feature has the property \"\(name)\"."
        + "\(NearestName.question(for: name, among: properties)) The properties are: \(listed(properties))."
    case .noIdentifier(let source, let properties):
      return "\(source): no member or property is plainly the features' id; name one with --id."
        + " The properties are: \(listed(properties))."
    case .missingIdentifier(let source, let feature, let property):
      return "\(source): feature \(feature + 1) has no \(property); expected an id for every feature."
    case .duplicateIdentifier(let id, let source, let property, let first, let second):
      return
        "\(source): features \(first + 1) and \(second + 1) have the same \(property) \"\(id)\"; expected"
        + " every id once. Merge the two into a MultiPolygon, or name another property with --id."
    case .noGeometry(let source):
      return "\(source): not one feature has a polygon or a point."
    }
  }
}
