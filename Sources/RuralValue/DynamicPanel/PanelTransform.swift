/// How unit effects are removed: first differences or forward orthogonal deviations.
///
/// First differences: x*_t = x_t − x_{t−1}; a gap is not bridged.
/// Forward orthogonal deviations: x*_{t+1} = √(c/(c+1)) (x_t − mean of the c later complete periods). They
/// stand at row t + 1, as if they were a difference, so that lags of instruments count from there.
/// Source: Arellano and Bover (1995); Roodman (2009), The Stata Journal 9(1).
extension DynamicPanelSpecification.Transform {
  /// The cells of the transformed equation that can be used, from the complete cells in levels.
  func usableCells(complete: [Bool], on grid: PanelGrid) -> [Bool] {
    var usable = [Bool](repeating: false, count: complete.count)
    let units = grid.unitCount
    switch self {
    case .firstDifferences:
      for cell in stride(from: units, to: complete.count, by: 1) {
        usable[cell] = complete[cell] && complete[cell - units]
      }
    case .orthogonalDeviations:
      var later = [Bool](repeating: false, count: units)
      for cell in stride(from: complete.count - 1, through: units, by: -1) {
        later[cell % units] = later[cell % units] || complete[cell]
        usable[cell] = complete[cell - units] && later[cell % units]
      }
    }
    return usable
  }

  /// A variable's transformed cells, zero where the transformed row cannot be used.
  func apply(to cells: [Double], complete: [Bool], usable: [Bool], on grid: PanelGrid) -> [Double] {
    let units = grid.unitCount
    var result = [Double](repeating: 0, count: cells.count)
    switch self {
    case .firstDifferences:
      for cell in stride(from: units, to: cells.count, by: 1) where usable[cell] {
        result[cell] = cells[cell] - cells[cell - units]
      }
    case .orthogonalDeviations:
      var sums = [Double](repeating: 0, count: units)
      var counts = [Double](repeating: 0, count: units)
      for cell in stride(from: cells.count - 1, through: units, by: -1) {
        let unit = cell % units
        if complete[cell] {
          sums[unit] += cells[cell]
          counts[unit] += 1
        }
        if usable[cell] {
          let count = counts[unit]
          result[cell] = (count / (count + 1)).squareRoot() * (cells[cell - units] - sums[unit] / count)
        }
      }
    }
    return result
  }

  /// D, T × T: the transformation of a unit observed in all periods, as `rows[t][s]`; row 0 is zero.
  ///
  /// Forward deviations have the weights of the full calendar even in an unbalanced panel, as in xtabond2.
  func operatorRows(periodCount: Int) -> [[Double]] {
    var rows = [[Double]](repeating: [Double](repeating: 0, count: periodCount), count: periodCount)
    for t in stride(from: 1, to: periodCount, by: 1) {
      switch self {
      case .firstDifferences:
        rows[t][t - 1] = -1
        rows[t][t] = 1
      case .orthogonalDeviations:
        let later = Double(periodCount - t)
        let scale = (later / (later + 1)).squareRoot()
        rows[t][t - 1] = scale
        for s in t..<periodCount { rows[t][s] = -scale / later }
      }
    }
    return rows
  }
}
