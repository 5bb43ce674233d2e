internal import RuralValueNumerics

/// The residuals of a dynamic panel by unit and period, ready for `moran` and `map`.
///
/// In levels u = y − Xb, constant and effects of periods in, is the unit's effect and what is left; the effect is its mean
/// over the unit's level rows, and what is left has a mean of zero by unit, so that it is correlated by −1/(T − 1) over time.
/// Without a level equation there is no constant, and u has a mean of zero. Maps and Moran's I are for what is left and for
/// the transformed residuals, never for levels, which show the units' effects.
///
/// Source: methods/gmm-inference.md, section 5.
public struct PanelResiduals: Sendable, Equatable {
  /// The name of the units' column and of the periods'.
  public let unitColumn: String
  /// The name of the periods' column.
  public let timeColumn: String
  /// One row for each row of the panel.
  public let rows: [Row]

  /// One unit in one period; NaN where there is nothing.
  public struct Row: Sendable, Equatable {
    /// The unit.
    public let unit: String
    /// The period as people write it.
    public let period: String
    /// y.
    public let outcome: Double
    /// y − u.
    public let fitted: Double
    /// u.
    public let level: Double
    /// The mean of u over the unit's rows.
    public let unitEffect: Double
    /// u less that mean.
    public let idiosyncratic: Double
    /// The residual of the transformed equation.
    public let transformed: Double
    /// Whether the row counts in the level equation.
    public let isUsedInLevels: Bool
    /// Whether it counts in the transformed equation.
    public let isUsedTransformed: Bool
  }

  init(_ model: PreparedModel, _ step: GMMStep) {
    let (panel, grid) = (model.panel, model.cells.grid)
    let units = grid.unitCount
    let nothing = [Double](repeating: .nan, count: grid.cellCount)
    var (level, transformed, fitted) = (nothing, nothing, nothing)
    for block in model.levels.blocks {
      let own = block.regressors.times(step.coefficients)
      for unit in 0..<units where block.usable[unit] {
        level[block.row.period * units + unit] = block.outcome[unit] - own[unit]
      }
    }
    if !model.specification.isSystem {
      let mean = level.filter { !$0.isNaN }.mean
      level = level.map { $0 - mean }
    }
    for (block, residuals) in zip(model.problem.sample.blocks, step.residuals)
    where block.row.equation == .transformed {
      for unit in 0..<units where block.usable[unit] {
        transformed[block.row.period * units + unit] = residuals[unit]
      }
    }
    var (sums, counts) = ([Double](repeating: 0, count: units), [Double](repeating: 0, count: units))
    for (cell, value) in level.enumerated() where !value.isNaN {
      sums[cell % units] += value
      counts[cell % units] += 1
    }
    let effects = zip(sums, counts).map { $1 > 0 ? $0 / $1 : .nan }
    for cell in level.indices where !level[cell].isNaN {
      fitted[cell] = model.cells.outcome[cell] - level[cell]
    }
    let outcome = grid.rows(model.cells.outcome)
    let (own, moved, fits) = (grid.rows(level), grid.rows(transformed), grid.rows(fitted))
    unitColumn = panel.unitColumn
    timeColumn = panel.timeColumn
    let isSystem = model.specification.isSystem
    rows = (0..<panel.rowCount).map { row in
      let effect = effects[panel.unitOfRow[row]]
      return Row(
        unit: panel.unit(ofRow: row), period: panel.frequency.label(panel.period(ofRow: row)),
        outcome: outcome[row], fitted: fits[row], level: own[row], unitEffect: own[row].isNaN ? .nan : effect,
        idiosyncratic: own[row] - effect, transformed: moved[row],
        isUsedInLevels: isSystem && !own[row].isNaN, isUsedTransformed: !moved[row].isNaN)
    }
  }

  /// A row a unit and period, in the panel's order.
  public var table: ResultTable {
    func numbers(_ value: (Row) -> Double) -> ResultValues { .number(rows.map(value)) }
    func flags(_ value: (Row) -> Bool) -> ResultValues { .integer(rows.map { value($0) ? 1 : 0 }) }
    return ResultTable(
      name: "residuals", title: Phrase("Residuals", zh: "残差"),
      columns: [
        ResultColumn(unitColumn, Phrase(verbatim: unitColumn), .text(rows.map(\.unit))),
        ResultColumn(timeColumn, Phrase(verbatim: timeColumn), .text(rows.map(\.period))),
        ResultColumn("y", Phrase("Outcome", zh: "结果变量"), numbers(\.outcome)),
        ResultColumn("fitted", Phrase("Fitted", zh: "拟合值"), numbers(\.fitted)),
        ResultColumn("level", Phrase("Level residual", zh: "水平残差"), numbers(\.level)),
        ResultColumn("unit_effect", Phrase("Unit effect", zh: "个体效应"), numbers(\.unitEffect)),
        ResultColumn("idiosyncratic", Phrase("Idiosyncratic", zh: "特异误差"), numbers(\.idiosyncratic)),
        ResultColumn("transformed", Phrase("Transformed residual", zh: "变换后残差"), numbers(\.transformed)),
        ResultColumn("used_level", Phrase("Used in levels", zh: "水平方程样本"), flags(\.isUsedInLevels)),
        ResultColumn(
          "used_transformed", Phrase("Used transformed", zh: "变换方程样本"), flags(\.isUsedTransformed)),
      ], keyColumns: 2)
  }
}
