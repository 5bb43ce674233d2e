internal import RuralValueNumerics

/// Finds the regressors that the stacked equations cannot tell apart.
///
/// The constant comes first, then the regressors in their order, so that of collinear ones the later goes.
struct RegressorScreening: Sendable {
  /// The positions of the regressors that stay, ascending.
  let kept: [Int]
  /// The names of the time dummies that were dropped.
  let droppedTimes: [String]

  /// Cosines of columns near one: below this share of unexplained variance the exact test decides.
  private static let clearlyIndependent = 1e-8

  /// Throws `DynamicPanelError.collinear`, `.constant` or `.constantOverTime` for the first term that
  /// cannot be told from the others; drops time dummies that cannot.
  init(_ cells: ModelCells, sample: TransformedSample) throws(DynamicPanelError) {
    let regressors = cells.regressors
    let order =
      regressors.indices.filter { regressors[$0].parameter.role == .constant }
      + regressors.indices.filter { regressors[$0].parameter.role != .constant }
    if RegressorScreening.isClearlyIndependent(sample.crossProduct) {
      (kept, droppedTimes) = (Array(regressors.indices), [])
      return
    }
    let stacked = RegressorScreening.stacked(sample, order)
    let lengths = order.map { position in
      RegressorScreening.length(regressors[position].cells, where: cells.completeLevel)
    }
    guard let columns = try? IndependentColumns(of: stacked, scales: lengths) else {
      throw .overflow(what: "A regressor")
    }
    let dropped = columns.dropped.map { order[$0] }
    for (place, position) in zip(columns.dropped, dropped)
    where regressors[position].parameter.role != .period {
      throw RegressorScreening.fault(
        position, regressors: regressors, cells: cells, stacked: stacked,
        earlier: columns.kept.filter { $0 < place }, place: place, order: order, scale: lengths[place])
    }
    kept = regressors.indices.filter { !dropped.contains($0) }
    droppedTimes = dropped.map { regressors[$0].name }
  }

  private static func isClearlyIndependent(_ crossProduct: Matrix) -> Bool {
    let lengths = crossProduct.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    let cosines = crossProduct.scaledOnBothSides(by: lengths)
    return (try? Cholesky(cosines, relativeTolerance: clearlyIndependent)) != nil
  }

  private static func stacked(_ sample: TransformedSample, _ order: [Int]) -> Matrix {
    Matrix(columns: order.map { position in sample.blocks.flatMap { $0.regressors.column(position) } })
  }

  private static func length(_ values: [Double], where used: [Bool]) -> Double {
    zip(values, used).filter(\.1).map(\.0).euclideanNorm
  }

  private static func fault(
    _ position: Int, regressors: [ModelCells.Regressor], cells: ModelCells, stacked: Matrix, earlier: [Int],
    place: Int, order: [Int], scale: Double
  ) -> DynamicPanelError {
    let name = regressors[position].name
    let values = zip(regressors[position].cells, cells.completeLevel).filter(\.1).map(\.0)
    if values.allSatisfy({ $0 == values[0] }) { return .constant(regressor: name) }
    let column = stacked.column(place)
    if column.euclideanNorm <= IndependentColumns.defaultTolerance * scale {
      return .constantOverTime(regressor: name)
    }
    let fit = try? LeastSquares(stacked.selectingColumns(earlier)).regress(column, centred: false)
    let others = zip(earlier, fit?.coefficients ?? []).filter { index, coefficient in
      abs(coefficient) * stacked.column(index).euclideanNorm > 1e-7 * column.euclideanNorm
    }.map { regressors[order[$0.0]].name }
    return .collinear(regressor: name, others: others)
  }
}

/// Variance inflation of the regressors with raw and with centred variables.
public struct CentringInflation: Sendable, Equatable {
  /// One regressor's factors.
  public struct Row: Sendable, Equatable {
    /// The regressor.
    public let name: String
    /// VIF as the variables are; infinite where others determine the regressor.
    public let before: Double
    /// VIF after centring those that enter products.
    public let after: Double
  }

  /// The regressors in the model's order.
  public let rows: [Row]
  /// The variables that were centred.
  public let centred: [String]

  init(_ model: PreparedModel) throws {
    let specification = model.specification
    let raw = try ModelFrame(specification.formula, over: model.panel)
    let complete = model.frame.completeRows
    func factors(_ frame: ModelFrame) throws -> [Double] {
      let columns = frame.regressors.map { column in
        zip(column.values, complete).filter(\.1).map(\.0)
      }
      return try VarianceInflation.factors(names: frame.regressors.map(\.name), columns: columns).map(
        \.factor)
    }
    let (before, after) = (try factors(raw), try factors(model.frame))
    rows = raw.regressors.indices.map {
      Row(name: raw.regressors[$0].name, before: before[$0], after: after[$0])
    }
    centred = FormulaEvaluator.interacted(in: specification.formula.terms).map(\.name)
  }
}
