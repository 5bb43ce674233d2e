extension Panel {
  /// The values `steps` calendar steps earlier, NaN where that unit-period was not observed.
  ///
  /// x_{i,t−k}, where t − k is counted on the calendar and not in rows: a gap stays a gap. A negative
  /// count leads.
  public func lag(_ values: [Double], by steps: Int = 1) -> [Double] {
    let positionOfPeriod = Dictionary(uniqueKeysWithValues: periods.enumerated().map { ($1, $0) })
    let earlier = periods.map { positionOfPeriod[$0 - steps * periodStep] }
    return (0..<rowCount).map { row in
      guard let period = earlier[periodOfRow[row]],
        let source = self.row(unit: unitOfRow[row], period: period)
      else { return .nan }
      return values[source]
    }
  }

  /// The change since `steps` calendar steps earlier, x_{it} − x_{i,t−k}, NaN where either is missing.
  public func difference(_ values: [Double], by steps: Int = 1) -> [Double] {
    zip(values, lag(values, by: steps)).map { $0 - $1 }
  }
}
