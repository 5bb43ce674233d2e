extension SpatialWeights {
  /// The weights of the units that data have, in the data's order, matched by id and never by position.
  ///
  /// Units that only the weights have are left out with their links and named in `unused`; rows must then
  /// be standardised anew. Throws `WeightsError.unitsWithoutWeights` where the data have a unit that the
  /// weights have not, and guesses the cause.
  public func aligned(
    to dataUnits: [String], of source: String
  ) throws(WeightsError) -> (weights: SpatialWeights, unused: [String]) {
    if dataUnits == units { return (self, []) }
    let place = Dictionary(uniqueKeysWithValues: units.enumerated().map { ($1, $0) })
    let absent = dataUnits.filter { place[$0] == nil }
    guard absent.isEmpty else {
      throw .unitsWithoutWeights(
        absent, source: source, dataUnitCount: dataUnits.count, weightUnits: units,
        cause: SpatialWeights.mismatchCause(dataUnits: absent, weightUnits: units))
    }
    var newPosition = [Int32](repeating: -1, count: unitCount)
    for (position, unit) in dataUnits.enumerated() { newPosition[place[unit]!] = Int32(position) }
    var starts = [0]
    var columns: [Int32] = []
    var weights: [Double] = []
    for unit in dataUnits {
      let kept = row(place[unit]!).filter { newPosition[Int(neighbours[$0])] >= 0 }
        .sorted { newPosition[Int(neighbours[$0])] < newPosition[Int(neighbours[$1])] }
      columns += kept.map { newPosition[Int(neighbours[$0])] }
      weights += kept.map { values[$0] }
      starts.append(columns.count)
    }
    let aligned = SpatialWeights(units: dataUnits, rowStarts: starts, neighbours: columns, values: weights)
    return (aligned, units.enumerated().filter { newPosition[$0.offset] < 0 }.map(\.element))
  }

  /// Why ids do not match, where that is plain: leading zeros that a spreadsheet removed.
  private static func mismatchCause(dataUnits: [String], weightUnits: [String]) -> String? {
    func withoutZeros(_ id: String) -> Substring { id.drop { $0 == "0" } }
    let known = Set(weightUnits.map(withoutZeros))
    guard dataUnits.allSatisfy({ known.contains(withoutZeros($0)) }) else { return nil }
    return "They match but for leading zeros, which spreadsheets remove: keep codes as text."
  }
}
