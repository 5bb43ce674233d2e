internal import RuralValueNumerics

/// A regressor that the others determine, so that its coefficient is not identified.
public struct DependentRegressor: Sendable, Equatable {
  /// What determines it.
  public enum Cause: Sendable, Equatable {
    /// It has one value in every usable row.
    case constant
    /// It does not vary over time within any unit, and the transformation removes it.
    case constantOverTime
    /// It is the same for all units in each period, as a national rate or the year itself.
    case periods
    /// It is a linear combination of these, and perhaps of the period dummies.
    case others([String], periods: Bool)
  }

  /// The regressor.
  public let parameter: Parameter
  /// What determines it.
  public let cause: Cause

  /// `post is the same for all units in every period`.
  var phrase: Phrase {
    let reason =
      switch cause {
      case .constant: Phrase("has the same value in every usable row", zh: "在全部可用观测中取同一值")
      case .constantOverTime:
        Phrase(
          "does not vary over time within any unit, and the transformation removes it",
          zh: "在任何个体内均不随时间变化，被变换消去"
        )
      case .periods:
        Phrase(
          "is the same for all units in every period, as the period dummies are",
          zh: "在各时期对所有个体相同，可由时间虚拟变量线性表示")
      case .others(let names, let periods):
        Phrase(
          "is a linear combination of \(listed(names + (periods ? ["the period dummies"] : []), most: 6))",
          zh: "可由\((names + (periods ? ["时间虚拟变量"] : [])).joined(separator: "、"))线性表示")
      }
    return Phrase("\(parameter.name) \(reason.english)", zh: "\(parameter.name)\(reason.chinese)")
  }
}

/// Finds the regressors that the stacked equations cannot tell apart.
///
/// The constant comes first, then the dummies of periods, then the terms in their order: of collinear terms the later
/// goes, and a term that is the same for all units goes and not a dummy in its place.
struct RegressorScreening: Sendable {
  /// The positions of the regressors that stay, ascending.
  let kept: [Int]
  /// The names of the time dummies that were dropped.
  let droppedTimes: [String]
  /// The terms that were left out.
  let omitted: [DependentRegressor]

  /// Cosines of columns near one: below this share of unexplained variance the exact test decides.
  private static let clearlyIndependent = 1e-8

  /// Throws `DynamicPanelError.collinear` with every term that cannot be told from the others, unless such are to be
  /// left out; drops time dummies that cannot be told from each other.
  init(_ cells: ModelCells, sample: TransformedSample, _ treatment: DynamicPanelSpecification.CollinearTerms)
    throws(DynamicPanelError)
  {
    let regressors = cells.regressors
    if RegressorScreening.isClearlyIndependent(sample.crossProduct) {
      (kept, droppedTimes, omitted) = (Array(regressors.indices), [], [])
      return
    }
    let order = [Parameter.Role.constant, .period].flatMap { role in
      regressors.indices.filter { regressors[$0].parameter.role == role }
    }
    let places = order + regressors.indices.filter { !order.contains($0) }
    let stacked = Matrix(
      columns: places.map { position in sample.blocks.flatMap { $0.regressors.column(position) } })
    let lengths = places.map { position in
      zip(regressors[position].cells, cells.completeLevel).filter(\.1).map(\.0).euclideanNorm
    }
    guard let columns = try? IndependentColumns(of: stacked, scales: lengths) else {
      throw .overflow(what: "A regressor")
    }
    let dropped = columns.dropped.map { places[$0] }
    let isTime = { regressors[$0].parameter.role == .period }
    omitted = columns.dropped.filter { !isTime(places[$0]) }.map { place in
      DependentRegressor(
        parameter: regressors[places[place]].parameter,
        cause: RegressorScreening.cause(
          place, stacked: stacked, earlier: columns.kept.filter { $0 < place }, scale: lengths[place],
          regressors: places.map { regressors[$0] }, isUsed: cells.completeLevel))
    }
    kept = regressors.indices.filter { !dropped.contains($0) }
    droppedTimes = dropped.filter(isTime).map { regressors[$0].name }
    let hasTerms = kept.contains { regressors[$0].parameter.isSlope }
    if !omitted.isEmpty && (treatment == .error || !hasTerms) { throw .collinear(omitted) }
  }

  private static func isClearlyIndependent(_ crossProduct: Matrix) -> Bool {
    let lengths = crossProduct.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    let cosines = crossProduct.scaledOnBothSides(by: lengths)
    return (try? Cholesky(cosines, relativeTolerance: clearlyIndependent)) != nil
  }

  private static func cause(
    _ place: Int, stacked: Matrix, earlier: [Int], scale: Double, regressors: [ModelCells.Regressor],
    isUsed: [Bool]
  ) -> DependentRegressor.Cause {
    let values = zip(regressors[place].cells, isUsed).filter(\.1).map(\.0)
    if values.allSatisfy({ $0 == values[0] }) { return .constant }
    let column = stacked.column(place)
    if column.euclideanNorm <= IndependentColumns.defaultTolerance * scale { return .constantOverTime }
    let fit = try? LeastSquares(stacked.selectingColumns(earlier)).regress(column, centred: false)
    let others = zip(earlier, fit?.coefficients ?? []).filter { index, coefficient in
      abs(coefficient) * stacked.column(index).euclideanNorm > 1e-7 * column.euclideanNorm
    }.map { regressors[$0.0] }
    let terms = others.filter(\.parameter.isSlope).map(\.name)
    if terms.isEmpty { return .periods }
    return .others(terms, periods: others.contains { $0.parameter.role == .period })
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
