internal import RuralValueNumerics

/// The stacked equations of all units, kept as one block an equation and period: in a block, a row is a unit.
///
/// Rows that cannot be used are zero in y, X and Z, so that they add nothing to any sum.
struct TransformedSample: Sendable {
  /// One equation in one period.
  struct Block: Sendable {
    let row: EquationRow
    /// For each unit whether its row can be used.
    let usable: [Bool]
    /// y, N elements.
    let outcome: [Double]
    /// X, N × k.
    let regressors: Matrix
  }

  /// The blocks with at least one usable row, transformed ones first.
  let blocks: [Block]
  /// N, the units of the panel, used or not.
  let unitCount: Int
  /// The coefficients' names, k of them.
  let coefficientNames: [String]

  /// k.
  var coefficientCount: Int { coefficientNames.count }

  /// The blocks of one equation by period; nil where a period has none.
  func blocksByPeriod(_ count: Int) -> [Block?] {
    var byPeriod = [Block?](repeating: nil, count: count)
    for block in blocks { byPeriod[block.row.period] = block }
    return byPeriod
  }

  /// The number of usable rows of an equation.
  func observationCount(_ equation: EquationRow.Equation) -> Int {
    blocks.filter { $0.row.equation == equation }.reduce(0) { $0 + $1.usable.count(where: \.self) }
  }

  /// For each unit whether it has a usable row in an equation.
  func usedUnits(_ equation: EquationRow.Equation) -> [Bool] {
    var used = [Bool](repeating: false, count: unitCount)
    for block in blocks where block.row.equation == equation {
      for unit in 0..<unitCount where block.usable[unit] { used[unit] = true }
    }
    return used
  }

  /// e = y − Xb, block by block.
  func residuals(_ coefficients: [Double]) -> [[Double]] {
    blocks.map { $0.outcome.minus($0.regressors.times(coefficients)) }
  }

  /// X′X over all blocks, k × k.
  var crossProduct: Matrix {
    blocks.reduce(into: Matrix(rowCount: coefficientCount, columnCount: coefficientCount)) {
      $0 += $1.regressors.crossProduct
    }
  }

  /// The same rows with some of the regressors.
  func selecting(_ positions: [Int]) -> TransformedSample {
    guard positions.count < coefficientCount else { return self }
    return TransformedSample(
      blocks: blocks.map {
        Block(
          row: $0.row, usable: $0.usable, outcome: $0.outcome,
          regressors: $0.regressors.selectingColumns(positions))
      }, unitCount: unitCount, coefficientNames: positions.map { coefficientNames[$0] })
  }
}

extension TransformedSample {
  /// The blocks of one transformation, or of the levels where there is none.
  static func blocks(
    _ equation: EquationRow.Equation, outcome: [Double], regressors: [[Double]], usable: [Bool],
    on grid: PanelGrid
  ) -> [Block] {
    (0..<grid.periodCount).compactMap { period in
      let cells = grid.cells(period)
      let isUsable = Array(usable[cells])
      guard isUsable.contains(true) else { return nil }
      func masked(_ values: [Double]) -> [Double] {
        var slice = Array(values[cells])
        for unit in slice.indices where !isUsable[unit] { slice[unit] = 0 }
        return slice
      }
      var elements: [Double] = []
      elements.reserveCapacity(grid.unitCount * regressors.count)
      for regressor in regressors { elements += masked(regressor) }
      return Block(
        row: EquationRow(equation: equation, period: period), usable: isUsable, outcome: masked(outcome),
        regressors: Matrix(rowCount: grid.unitCount, columnCount: regressors.count, columnMajor: elements))
    }
  }
}

extension TransformedSample {
  /// The stacked equations of a model.
  init(_ cells: ModelCells, _ specification: DynamicPanelSpecification) {
    let transformed = TransformedSample.transformedBlocks(cells, specification.transform)
    let level =
      specification.isSystem
      ? TransformedSample.blocks(
        .level, outcome: cells.outcome, regressors: cells.regressors.map(\.cells),
        usable: cells.completeLevel, on: cells.grid) : []
    self.init(
      blocks: transformed + level, unitCount: cells.grid.unitCount,
      coefficientNames: cells.regressors.map(\.name))
  }

  /// The model in first differences alone, on which tests for serial correlation rest.
  static func firstDifferences(_ cells: ModelCells) -> TransformedSample {
    TransformedSample(
      blocks: transformedBlocks(cells, .firstDifferences), unitCount: cells.grid.unitCount,
      coefficientNames: cells.regressors.map(\.name))
  }

  /// The usable rows in levels alone, on which pooled OLS and the within estimate rest.
  static func levels(_ cells: ModelCells) -> TransformedSample {
    TransformedSample(
      blocks: blocks(
        .level, outcome: cells.outcome, regressors: cells.regressors.map(\.cells),
        usable: cells.completeLevel, on: cells.grid), unitCount: cells.grid.unitCount,
      coefficientNames: cells.regressors.map(\.name))
  }

  private static func transformedBlocks(
    _ cells: ModelCells, _ transform: DynamicPanelSpecification.Transform
  ) -> [Block] {
    let (grid, complete) = (cells.grid, cells.completeTransformed)
    let usable = transform.usableCells(complete: complete, on: grid)
    func transformed(_ values: [Double]) -> [Double] {
      transform.apply(to: values, complete: complete, usable: usable, on: grid)
    }
    return blocks(
      .transformed, outcome: transformed(cells.outcome),
      // A constant is zero in the transformed rows, to the last digit.
      regressors: cells.regressors.map {
        $0.parameter.role == .constant ? [Double](repeating: 0, count: grid.cellCount) : transformed($0.cells)
      }, usable: usable, on: grid)
  }
}

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
