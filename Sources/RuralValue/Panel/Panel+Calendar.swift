extension Panel {
  /// The values `steps` calendar steps earlier, NaN where that unit-period was not observed.
  ///
  /// x_{i,t−k}, where t − k is counted on the calendar and not in rows: a gap stays a gap. A negative
  /// count leads.
  public func lag(_ values: [Double], by steps: Int = 1) -> [Double] {
    let positionOfPeriod = periods.positions
    let earlier = periods.map { period in
      steps == .min ? nil : calendar.period(period, movedBy: -steps).flatMap { positionOfPeriod[$0] }
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
  /// What a reader must know of the panel's shape: that it is unbalanced, who comes and goes, or that its calendar steps
  /// are not 1.
  public var shapeNotes: [Phrase] {
    var notes: [Phrase] = []
    if !isBalanced {
      let missing = units.count * periods.count - rowCount
      notes.append(
        Phrase(
          "The panel is unbalanced: \(missing) of \(units.count) × \(periods.count) unit-periods are absent.",
          zh: "非平衡面板：\(units.count)×\(periods.count)个县域—时期中缺少\(missing)个。"))
      notes += [UnitTurnover(self).note].compactMap(\.self)
    }
    if periodStep != 1 {
      notes.append(
        Phrase(
          "Periods are \(periodStep) apart; lags and changes count in steps of \(periodStep).",
          zh: "相邻时期相隔\(periodStep)；滞后与差分以\(periodStep)为一步。"))
    }
    return notes + [calendarNote].compactMap(\.self)
  }

  /// What is to be said of periods that are not evenly spaced; nil where they are.
  public var calendarNote: Phrase? {
    let span = calendar.distance(from: periods.first ?? 0, to: periods.last ?? 0)
    guard periods.count > 2, span / periodStep + 1 > periods.count else { return nil }
    let listedPeriods = listed(periods.map(frequency.label), most: 8)
    func stepWithout(_ stray: Int) -> Int {
      PanelCalendar.commonStep(of: periods.filter { $0 != stray }, frequency)
    }
    let strays = periods.filter { stepWithout($0) > periodStep }
    if strays.count == 1 {
      let step = stepWithout(strays[0])
      return Phrase(
        "The periods are \(listedPeriods): their common step is \(periodStep), so that a lag is \(periodStep) back, and that"
          + " only because of \(frequency.label(strays[0])), without which they are \(step) apart. Check"
          + " \(frequency.label(strays[0])).",
        zh: "时期为\(listedPeriods)：公共步长为\(periodStep)，一阶滞后即回溯\(periodStep)；这只因\(frequency.label(strays[0]))所致，"
          + "去除后步长为\(step)。请核对\(frequency.label(strays[0]))。")
    }
    return Phrase(
      "The periods are not evenly spaced (\(listedPeriods)): their common step is \(periodStep), in which lags and changes"
        + " count; across a gap there are none. \(Setting("time-step")) states another step.",
      zh: "时期间隔不等（\(listedPeriods)）：公共步长为\(periodStep)，滞后与差分以此计步，跨越间断者缺失；可用\(Setting("time-step"))另行指定步长。")
  }
}
