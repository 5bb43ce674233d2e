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
