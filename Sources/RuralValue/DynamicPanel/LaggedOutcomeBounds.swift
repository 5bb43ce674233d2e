internal import RuralValueNumerics

/// Pooled OLS and the within estimate of the lagged outcome, between which a consistent estimate should lie.
///
/// OLS is biased upwards by the unit effects, the within estimate downwards (Nickell 1981). Source: Bond
/// (2002), Portuguese Economic Journal 1; Roodman (2009).
public struct LaggedOutcomeBounds: Sendable, Equatable {
  /// Pooled OLS with the model's regressors, time dummies and a constant.
  public let pooled: Double
  /// The within estimate, unit effects in place of the constant.
  public let within: Double

  /// Whether an estimate lies between the two.
  public func contains(_ estimate: Double) -> Bool {
    min(pooled, within) <= estimate && estimate <= max(pooled, within)
  }

  /// Regresses in levels on the usable rows; nil where the lagged outcome drops out.
  init?(levels: TransformedSample, lagPosition: Int, constantPosition: Int?) {
    let pooled = LaggedOutcomeBounds.coefficient(
      levels, lagPosition, demeaned: false, constantPosition: constantPosition)
    let within = LaggedOutcomeBounds.coefficient(
      levels, lagPosition, demeaned: true, constantPosition: constantPosition)
    guard let pooled, let within else { return nil }
    (self.pooled, self.within) = (pooled, within)
  }

  private static func coefficient(
    _ levels: TransformedSample, _ lagPosition: Int, demeaned: Bool, constantPosition: Int?
  ) -> Double? {
    // The lagged outcome stands first, so that it is not the one to go among collinear regressors.
    let positions =
      [lagPosition]
      + (0..<levels.coefficientCount).filter {
        $0 != lagPosition && $0 != constantPosition
      }
    let unitOfRow = levels.blocks.flatMap { block in block.usable.indices.filter { block.usable[$0] } }
    let units = Grouping(unitOfRow, groupCount: levels.unitCount)
    var outcome = used(levels) { $0.outcome[...] }
    var elements: [Double] = []
    var scales: [Double] = []
    elements.reserveCapacity(unitOfRow.count * (positions.count + 1))
    for position in positions {
      var column = used(levels) { block in
        block.regressors.elements[position * levels.unitCount..<(position + 1) * levels.unitCount]
      }
      if demeaned {
        scales.append(column.euclideanNorm)
        units.subtract(units.means(column), from: &column)
      }
      elements += column
    }
    if demeaned {
      units.subtract(units.means(outcome), from: &outcome)
    } else {
      elements += [Double](repeating: 1, count: unitOfRow.count)
    }
    let regressors = Matrix(
      rowCount: unitOfRow.count, columnCount: elements.count / unitOfRow.count, columnMajor: elements)
    guard
      let squares = try? LeastSquares(regressors, columnScales: demeaned ? scales : nil),
      !squares.columns.dropped.contains(0),
      let fit = try? squares.regress(outcome, refinementSteps: 0)
    else { return nil }
    return fit.coefficients[0]
  }

  /// The usable rows of one column, block after block.
  private static func used(
    _ levels: TransformedSample, _ column: (TransformedSample.Block) -> ArraySlice<Double>
  ) -> [Double] {
    levels.blocks.flatMap { block in zip(column(block), block.usable).lazy.filter(\.1).map(\.0) }
  }
}
