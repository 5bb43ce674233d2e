/// Takes fixed effects out of values in period-major order, after the spatial lag and never before it.
///
/// With effects of periods D(Wy) ≠ W·D(y) unless the columns of W sum to one as well; only D(Wy) gives the
/// estimate that explicit dummies give. Source: methods/spatial-durbin.md, item 1.
struct PeriodMajorDemeaning: Sendable, Equatable {
  let unitCount: Int
  let periodCount: Int
  let removesUnitMeans: Bool
  let removesPeriodMeans: Bool

  init(_ effects: PanelEffects, unitCount: Int, periodCount: Int) {
    self.unitCount = unitCount
    self.periodCount = periodCount
    removesUnitMeans = effects.hasUnitMeans
    removesPeriodMeans = effects.hasPeriodMeans
  }

  /// D(x): the values less their means over units, periods or both.
  func callAsFunction(_ x: [Double]) -> [Double] {
    var result = x
    if removesUnitMeans { subtractUnitMeans(&result) }
    if removesPeriodMeans { subtractPeriodMeans(&result) }
    return result
  }

  /// D(x) for every column.
  func callAsFunction(_ columns: [[Double]]) -> [[Double]] { columns.map { self($0) } }

  /// The means over periods, one a unit.
  func unitMeans(_ x: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: unitCount)
    for period in 0..<periodCount {
      for i in 0..<unitCount { sums[i] += x[period * unitCount + i] }
    }
    return sums.map { $0 / Double(periodCount) }
  }

  /// Subtracts from each unit its mean over periods.
  func subtractUnitMeans(_ x: inout [Double]) {
    // A second pass takes out what rounding left of large means.
    for _ in 0..<2 {
      let means = unitMeans(x)
      for period in 0..<periodCount {
        for i in 0..<unitCount { x[period * unitCount + i] -= means[i] }
      }
    }
  }

  private func subtractPeriodMeans(_ x: inout [Double]) {
    for _ in 0..<2 {
      for period in 0..<periodCount {
        var sum = 0.0
        for i in 0..<unitCount { sum += x[period * unitCount + i] }
        let mean = sum / Double(unitCount)
        for i in 0..<unitCount { x[period * unitCount + i] -= mean }
      }
    }
  }
}
