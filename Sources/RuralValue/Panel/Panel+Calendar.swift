extension Panel {
  /// The values `steps` calendar steps earlier, NaN where that unit-period was not observed.
  ///
  /// x_{i,t−k}, where t − k is counted on the calendar and not in rows: a gap stays a gap. A negative
  /// count leads.
  public func lag(_ values: [Double], by steps: Int = 1) -> [Double] {
    let positionOfPeriod = periods.positions
    let (distance, isBeyond) = steps.multipliedReportingOverflow(by: periodStep)
    let earlier = periods.map { period -> Int? in
      let (base, isBefore) = period.subtractingReportingOverflow(distance)
      return isBeyond || isBefore ? nil : positionOfPeriod[base]
    }
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

extension Panel {
  /// What a reader must know of the panel's shape: that it is unbalanced, or that its calendar steps are not 1.
  public var shapeNotes: [Phrase] {
    var notes: [Phrase] = []
    if !isBalanced {
      let missing = units.count * periods.count - rowCount
      notes.append(
        Phrase(
          "The panel is unbalanced: \(missing) of \(units.count) × \(periods.count) unit-periods are absent.",
          zh: "非平衡面板：\(units.count)×\(periods.count)个县域—时期中缺少\(missing)个。"))
    }
    if periodStep != 1 {
      notes.append(
        Phrase(
          "Periods are \(periodStep) apart; lags and changes count in steps of \(periodStep).",
          zh: "相邻时期相隔\(periodStep)；滞后与差分以\(periodStep)为一步。"))
    }
    return notes
  }
}
