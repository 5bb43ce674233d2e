internal import RuralValueNumerics

/// Pooled OLS and the within estimate of the lagged outcome, between which a consistent estimate should lie.
///
/// OLS is biased upwards by the unit effects, the within estimate downwards (Nickell 1981). Source: Bond
/// (2002), Portuguese Economic Journal 1; Roodman (2009), section 2.
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
    let rows = levels.blocks.enumerated().flatMap { index, block in
      block.usable.indices.filter { block.usable[$0] }.map { (block: index, unit: $0) }
    }
    func column(_ values: [[Double]]) -> [Double] { rows.map { values[$0.block][$0.unit] } }
    var outcome = column(levels.blocks.map(\.outcome))
    // The lagged outcome stands first, so that it is not the one to go among collinear regressors.
    let positions =
      [lagPosition]
      + (0..<levels.coefficientCount).filter {
        $0 != lagPosition && $0 != constantPosition
      }
    var regressors = positions.map { position in column(levels.blocks.map { $0.regressors.column(position) })
    }
    let scales = demeaned ? regressors.map(\.euclideanNorm) : nil
    if demeaned {
      let units = rows.map(\.unit)
      outcome = outcome.demeaned(by: units, count: levels.unitCount)
      regressors = regressors.map { $0.demeaned(by: units, count: levels.unitCount) }
    } else {
      regressors.append([Double](repeating: 1, count: rows.count))
    }
    guard
      let squares = try? LeastSquares(Matrix(columns: regressors), columnScales: scales),
      !squares.columns.dropped.contains(0),
      let fit = try? squares.regress(outcome, refinementSteps: 0)
    else { return nil }
    return fit.coefficients[0]
  }
}

extension [Double] {
  /// The values minus the mean of their group.
  fileprivate func demeaned(by groups: [Int], count: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    var counts = [Double](repeating: 0, count: count)
    for (value, group) in zip(self, groups) {
      sums[group] += value
      counts[group] += 1
    }
    return zip(self, groups).map { $0 - sums[$1] / counts[$1] }
  }
}
