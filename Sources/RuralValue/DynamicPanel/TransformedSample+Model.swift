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
