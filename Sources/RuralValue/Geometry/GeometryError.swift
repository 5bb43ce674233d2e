/// What can be wrong with the features of a map.
public enum GeometryError: Fault {
  /// There is no feature.
  case empty(source: String)
  /// A property that was asked for is not there.
  case noSuchProperty(name: String, source: String, properties: [String])
  /// No property tells the features apart.
  ///
  /// `nearly` says of those whose names are such what keeps them from it.
  case noIdentifier(source: String, properties: [String], nearly: [String])
  /// A feature has no id.
  case missingIdentifier(source: String, feature: Int, property: String)
  /// An id stands twice.
  case duplicateIdentifier(String, source: String, property: String, first: Int, second: Int)
  /// A property that should be a number is none.
  case notANumber(
    found: String, source: String, feature: Int, id: String, property: String, advice: String?)
  /// An id stands in two files of one layer.
  case identifierInTwoFiles(
    String, property: String, first: PolygonLayer.Origin, second: PolygonLayer.Origin)
  /// No feature is left that has a polygon or a point.
  case noGeometry(source: String, types: [String])
  /// A feature to be left out is not there.
  case noSuchFeature(String, source: String, ids: [String])
  /// Files of one layer say different things of their coordinates.
  case severalReferences(first: String, says: String?, second: String, othersName: String?)
  /// A rule needs kilometres, and nothing says the coordinates' unit.
  case unknownUnit(source: String, pointX: Double, pointY: Double)
  /// Latitude stands before longitude, it seems.
  case swappedAxes(source: String, pointX: Double, pointY: Double)
  /// A map would lie on its side, it seems.
  case swappedMap(source: String, pointX: Double, pointY: Double)
  /// Borders are asked for of points.
  case noBorders(source: String)
  /// Great circles are asked for between coordinates that are no degrees.
  case notDegrees(source: String, pointX: Double, pointY: Double)
  /// The declared system does not fit the coordinates.
  case contradictoryReference(source: String, name: String, isInDegrees: Bool)

  /// The input is off, or a call names what is not in it.
  public var kind: FaultKind {
    if case .noSuchFeature = self { .usage } else { .data }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .empty(let source):
      return "\(source): the collection holds no feature; expected one polygon a unit."
    case .noSuchProperty(let name, let source, let properties):
      return "\(source): no feature has the property \"\(name)\"."
        + "\(NearestName.question(for: name, among: properties)) The properties are: \(listed(properties))."
    case .noIdentifier(let source, let properties, let nearly):
      return "\(source): no member or property is plainly the features' id"
        + (nearly.isEmpty ? "" : ": \(nearly.prefix(5).joined(separator: "; "))")
        + ". Name one with \(Setting("id")), or leave features out with \(Setting("exclude")). The properties are: \(listed(properties))."
    case .missingIdentifier(let source, let feature, let property):
      return
        "\(source): feature \(feature + 1) has no \(property); expected an id for every feature. Leave it"
        + " out with \(Setting("exclude")) #\(feature + 1), or name another property with \(Setting("id"))."
    case .duplicateIdentifier(let id, let source, let property, let first, let second):
      return
        "\(source): the \(property) \"\(id)\" stands twice, features \(first + 1) and \(second + 1); expected"
        + " every id once. Merge the two into a MultiPolygon, leave one out with \(Setting("exclude"))"
        + " #\(second + 1), or name another property with \(Setting("id"))."
    case .identifierInTwoFiles(let id, let property, let first, let second):
      return
        "\(second): the \(property) \"\(id)\" stands also in \(first); expected every id once among the files of"
        + " one layer. Leave one out with \(Setting("exclude")) \(second.source)#\(second.number), or give each"
        + " file once."
    case .notANumber(let found, let source, let feature, let id, let property, let advice):
      return "\(source), feature \(feature + 1) (\(id)): the \(property) is \"\(found)\"; expected a number."
        + (advice.map { " \($0)" } ?? "")
    case .noGeometry(let source, let types):
      return "\(source): not one feature has a polygon or a point"
        + (types.isEmpty ? "" : ", only \(listed(types))") + "; expected one polygon a unit."
    case .noSuchFeature(let text, let source, let ids):
      return "\(source): \(Setting("exclude")) names \"\(text)\", which is not on the map."
        + "\(NearestName.question(for: text, among: ids)) Expected an id, or a feature's number such as #9."
    case .severalReferences(let first, let says, let second, let othersName):
      return "\(second): its coordinate system is \(othersName ?? "not declared"), that of \(first) is"
        + " \(says ?? "not declared"); expected files of one layer in one system. Convert them, as with"
        + " ogr2ogr -t_srs EPSG:4326."
    case .unknownUnit(let source, let x, let y):
      return
        "\(source): the coordinates, such as \(RoundTripNumber.text(x)), \(RoundTripNumber.text(y)), are no degrees,"
        + " and nothing says their unit, which kilometres need. Give \(Setting("coordinate-unit")) m or km, or"
        + " convert the file to longitudes and latitudes."
    case .swappedAxes(let source, let x, let y):
      return
        "\(source): are the coordinates swapped? The second ones, such as \(RoundTripNumber.text(y)) behind"
        + " \(RoundTripNumber.text(x)), go beyond ±90 and are no latitudes; expected longitude before latitude."
        + " \(Setting("swap-coordinates")) turns them round; if they are planar, \(Setting("coordinate-unit"))"
        + " says their unit."
    case .swappedMap(let source, let x, let y):
      return
        "\(source): are the coordinates swapped? The second ones, such as \(RoundTripNumber.text(y)) behind"
        + " \(RoundTripNumber.text(x)), go beyond ±90 and are no latitudes; expected longitude before latitude."
        + " \(Setting("swap-coordinates")) turns them round; if they are planar, \(Setting("projection")) none draws"
        + " them as they are."
    case .noBorders(let source):
      return
        "\(source): the features are points, which have no borders to share; expected polygons. For points there are"
        + " rules of distance: \(Setting("rule")) knn:4 or distance:50."
    case .notDegrees(let source, let x, let y):
      return
        "\(source): great circles need longitudes and latitudes; the coordinates, such as"
        + " \(RoundTripNumber.text(x)), \(RoundTripNumber.text(y)), go beyond ±180 or ±90. Take"
        + " \(Setting("coordinate-unit")) m or km for a plane, or convert the file to degrees."
    case .contradictoryReference(let source, let name, let isInDegrees):
      return
        "\(source): the declared coordinate system \(name) is in \(isInDegrees ? "metres" : "degrees"), but the"
        + " coordinates \(isInDegrees ? "lie within ±180 and ±90, as degrees do" : "go beyond ±180 or ±90"); one of"
        + " the two is wrong, so distances are not known. Correct the declaration (the member crs, or the .prj), or give"
        + " \(Setting("coordinate-unit")) m or km"
        + (isInDegrees ? ", or \(Setting("metric")) great-circle." : ".")
    }
  }
}

extension GeometryError {
  /// Whether an id stands twice.
  var isDuplicate: Bool {
    switch self {
    case .duplicateIdentifier, .identifierInTwoFiles: true
    default: false
    }
  }

  /// Why a property cannot hold the features' ids, in a few words; nil for any other error.
  var whyNotAnIdentifier: String? {
    switch self {
    case .missingIdentifier(_, let feature, let property): "feature \(feature + 1) has no \(property)"
    case .duplicateIdentifier(let id, _, let property, let first, let second):
      "the \(property) \"\(id)\" stands twice, features \(first + 1) and \(second + 1)"
    case .identifierInTwoFiles(let id, let property, let first, let second):
      "the \(property) \"\(id)\" stands twice, \(first) and \(second)"
    default: nil
    }
  }
}
