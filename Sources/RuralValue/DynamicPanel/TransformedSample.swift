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
