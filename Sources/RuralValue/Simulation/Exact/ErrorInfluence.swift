internal import RuralValueNumerics

/// How the errors of single rows move the coefficients of a GMM step: M = ∂b/∂ε at fixed X, Z and A.
///
///     b − β = (Z A Z′X V)′ e,   e = [Dε; ε]
///
/// so that M′ is Z A Z′X V, carried from transformed and level rows back to the errors in them.
struct ErrorInfluence {
  private let model: PreparedModel

  init(_ model: PreparedModel) {
    self.model = model
  }

  /// For each column of the influence A Z′X V, j × m, its weights on the errors, in row order.
  func rows(_ influence: Matrix) -> [[Double]] {
    let grid = model.cells.grid
    return (0..<influence.columnCount).map { column in
      let weights = model.problem.instruments.times(influence.column(column))
      var transformed = [Double](repeating: 0, count: grid.cellCount)
      var level = [Double](repeating: 0, count: grid.cellCount)
      for (block, values) in zip(model.problem.sample.blocks, weights) {
        let cells = grid.cells(block.row.period)
        switch block.row.equation {
        case .transformed: transformed.replaceSubrange(cells, with: values)
        case .level: level.replaceSubrange(cells, with: values)
        }
      }
      let complete = model.cells.completeTransformed
      let transform = model.specification.transform
      let back = transform.applyTransposed(
        to: transformed, complete: complete,
        usable: transform.usableCells(complete: complete, on: grid), on: grid)
      return grid.rows(back.plus(level))
    }
  }
}

extension DynamicPanelSpecification.Transform {
  /// The transpose of `apply`: weights on transformed rows as weights on the levels in them.
  func applyTransposed(to weights: [Double], complete: [Bool], usable: [Bool], on grid: PanelGrid) -> [Double]
  {
    let units = grid.unitCount
    var result = [Double](repeating: 0, count: weights.count)
    switch self {
    case .firstDifferences:
      for cell in stride(from: units, to: weights.count, by: 1) where usable[cell] {
        result[cell] += weights[cell]
        result[cell - units] -= weights[cell]
      }
    case .orthogonalDeviations:
      var later = [Double](repeating: 0, count: units)
      for cell in complete.indices where complete[cell] && cell >= units { later[cell % units] += 1 }
      // Σ over earlier rows of what each takes from every complete period after it.
      var taken = [Double](repeating: 0, count: units)
      for cell in stride(from: units, to: weights.count, by: 1) {
        let unit = cell % units
        if usable[cell] {
          let count = later[unit]
          let scale = (count / (count + 1)).squareRoot() * weights[cell]
          result[cell - units] += scale
          taken[unit] += scale / count
        }
        if complete[cell] {
          result[cell] -= taken[unit]
          later[unit] -= 1
        }
      }
    }
    return result
  }
}
