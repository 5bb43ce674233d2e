internal import RuralValueNumerics

/// The cross products of each unit's rows, from which any grouping of units is estimated by small equations.
///
/// Columns are regressors, instruments, dummies of periods and the outcome, without the units' effects: what a group of
/// units has is the sum of what its units have, so that a group's estimate under any assignment costs the solution of
/// equations as large as the model.
struct UnitCrossProducts {
  /// Each unit's cross product, p × p, in the order of `units`.
  private let products: [Matrix]
  /// The units that are there, by their place in the panel.
  let units: [Int]
  private let slopes: [Int]
  private let instruments: [Int]
  private let regressors: [Int]
  private let outcome: Int

  /// Nil where the products would take more memory than a call may have.
  init?(_ sample: LinearSample, _ specification: FixedEffectsSpecification) {
    let present = sample.units.sizes.indices.filter { sample.units.sizes[$0] > 0 }
    let own = Demeaning(specification.effects.hasUnits ? [sample.units.weighted(sample.weights)] : [])
    let roots = sample.weights.map { $0.map { $0.squareRoot() } }
    func transformed(_ values: [Double]) -> [Double] {
      let result = own(values)
      return roots.map { zip($0, result).map(*) } ?? result
    }
    var columns = sample.regressors.map { transformed($0.values) }
    let slopeCount = columns.count
    columns += sample.instruments.map { transformed($0.values) }
    let firstDummy = columns.count
    if specification.effects.hasPeriods {
      for period in sample.periods.sizes.indices where sample.periods.sizes[period] > 0 {
        columns.append(transformed(sample.periods.groupOfRow.map { $0 == period ? 1 : 0 }))
      }
    } else if sample.hasIntercept {
      columns.append(transformed([Double](repeating: 1, count: sample.rowCount)))
    }
    let dummies = Array(firstDummy..<columns.count)
    columns.append(transformed(sample.outcome.values))
    let size = columns.count
    guard
      (try? MemoryLimit.require(
        bytes: 8 * Double(size * size * present.count), for: "", remedy: "")) != nil
    else { return nil }
    outcome = size - 1
    slopes = Array(0..<slopeCount)
    let exogenous = slopes.filter { !sample.endogenous[$0] }
    instruments = exogenous + Array(slopeCount..<firstDummy) + dummies
    regressors = slopes + dummies
    units = present
    var rowsOfUnit = [[Int]](repeating: [], count: sample.units.sizes.count)
    for (row, unit) in sample.units.groupOfRow.enumerated() { rowsOfUnit[unit].append(row) }
    products = present.map { unit in
      let rows = rowsOfUnit[unit]
      return Matrix(columns: columns.map { column in rows.map { column[$0] } }).crossProduct
    }
  }

  /// The slopes in each group for the number of each unit's group; nil where one has no estimate.
  func coefficients(_ groupOfUnit: [Int], groupCount: Int, hasInstruments: Bool) -> [[Double]]? {
    let size = outcome + 1
    var sums = [Matrix](repeating: Matrix(rowCount: size, columnCount: size), count: groupCount)
    for (unit, product) in products.enumerated() { sums[groupOfUnit[unit]].add(product) }
    var result: [[Double]] = []
    for sum in sums {
      guard let own = hasInstruments ? instrumented(sum) : plain(sum) else { return nil }
      result.append(own)
    }
    return result
  }

  private func plain(_ sum: Matrix) -> [Double]? {
    Self.solve(sum.selecting(regressors), regressors.map { sum[$0, outcome] })
      .map { Array($0.prefix(slopes.count)) }
  }

  private func instrumented(_ sum: Matrix) -> [Double]? {
    let ww = sum.selecting(instruments)
    let wx = sum.selectingRows(instruments).selectingColumns(regressors)
    let wy = instruments.map { sum[$0, outcome] }
    let scales = ww.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    guard let factor = try? PivotedCholesky(ww.scaledOnBothSides(by: scales), tolerance: 1e-10) else {
      return nil
    }
    let first = Matrix(
      columns: (0..<wx.columnCount).map { column in
        zip(factor.solve(zip(wx.column(column), scales).map(*)), scales).map(*)
      })
    return Self.solve(first.transposedTimes(wx).symmetrised, first.transposedTimes(wy))
      .map { Array($0.prefix(slopes.count)) }
  }

  /// A solution of normal equations whose dummies may be dependent.
  private static func solve(_ matrix: Matrix, _ right: [Double]) -> [Double]? {
    let scales = matrix.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    guard let factor = try? PivotedCholesky(matrix.scaledOnBothSides(by: scales), tolerance: 1e-10) else {
      return nil
    }
    return zip(factor.solve(zip(right, scales).map(*)), scales).map(*)
  }
}
