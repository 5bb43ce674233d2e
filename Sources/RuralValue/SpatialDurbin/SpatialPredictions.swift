internal import RuralValueNumerics

/// What a static model predicts for every unit and period, and what it leaves.
///
/// With s = y − ρWy − Zb: the effect of a unit is the mean of its s less that of all, that of a period the mean of the
/// period's s (with a spatial error weighted as its filter asks: α_t = g′Bs_t/g′g, g = B1). Then
///
/// - trend: (I − ρW)⁻¹(Zb + μ + α), from regressors and effects alone;
/// - structural: ρWy + Zb + μ + α, from the neighbours' outcomes as they are;
/// - best: the mean given all others' outcomes, y − (Qv)_i/q_ii with v = y − trend and Q = K′K, K = (I − λW)(I − ρW).
///
/// Of a later period without outcomes there is the trend, with the effect of the last period in the place of its own.
///
/// Source: Goulard, Laurent and Thomas-Agnan (2017); methods/spatial-corrections.md, 4.7.
public struct SpatialPredictions: Sendable, Equatable {
  /// The name of the units' column and of the periods'.
  public let unitColumn: String
  /// The name of the periods' column.
  public let timeColumn: String
  /// One row for each unit and period, period by period.
  public let rows: [Row]
  /// The period whose effect stands for that of later ones; nil where there are none.
  public let lastPeriod: String?

  /// One unit in one period; NaN where there is nothing.
  public struct Row: Sendable, Equatable {
    /// The unit.
    public let unit: String
    /// The period as people write it.
    public let period: String
    /// y, NaN where it is missing.
    public let outcome: Double
    /// The prediction from regressors and effects.
    public let trend: Double
    /// The prediction with the neighbours' outcomes.
    public let structural: Double
    /// The mean given all other outcomes.
    public let best: Double
    /// ε.
    public let residual: Double
    /// μ.
    public let unitEffect: Double
    /// α, the constant in it.
    public let periodEffect: Double
  }

  init(
    _ fit: SpatialFit, _ sample: SpatialSample, regimes: UnitClusters?, unitColumn: String,
    timeColumn: String,
    label: (Int) -> String
  ) throws {
    let (system, point, effects) = (fit.system, fit.point, fit.effects)
    let (size, periods) = (system.unitCount, sample.periodCount)
    let missing = sample.missing
    let isConstant = system.lag.isConstant && system.regressorWeights?.lag.isConstant != false
    // The means of missing outcomes given the others are what makes their errors what `errors` are.
    let outcome =
      try fit.likelihood.missing.map { missing in
        sample.completed(with: try missing(point, coefficients: fit.coefficients).outcomes).outcome
      } ?? sample.outcome
    let errorLag = system.errorSystem?.lag ?? system.lag
    func filtered(_ values: [Double], _ r: Double, _ lag: SpatialLag) -> [Double] {
      r == 0 ? values : values.minus(lag(values).scaled(by: r))
    }
    var fitted = [Double](repeating: 0, count: outcome.count)
    for (column, value) in zip(fit.design.values, fit.coefficients) { fitted.add(column, scale: value) }
    let rest = filtered(outcome, point.rho, system.lag).minus(fitted)
    var unitEffects = [Double](repeating: 0, count: size)
    if effects.hasUnitMeans {
      let means = (0..<size).map { unit in (0..<periods).map { rest[$0 * size + unit] }.mean }
      unitEffects = means.map { $0 - means.mean }
    }
    let units = (0..<outcome.count).map { unitEffects[$0 % size] }
    let left = filtered(rest.minus(units), point.lambda, errorLag)
    var periodEffects = [Double](repeating: 0, count: periods)
    if effects.hasPeriodMeans {
      for t in 0..<periods {
        let g = filteredOnes(t, point.lambda)
        let own = Array(left[(t * size)..<((t + 1) * size)])
        periodEffects[t] = g.innerProduct(with: own) / g.innerProduct(with: g)
      }
    } else if effects.hasUnitMeans {
      periodEffects = periodEffects.map { _ in rest.mean }
    }
    let mean = fitted.indices.map { fitted[$0] + units[$0] + periodEffects[$0 / size] }
    let trend = point.rho == 0 ? mean : try system.solve(mean, rho: point.rho)
    let structural = point.rho == 0 ? mean : mean.plus(system.lag(outcome).scaled(by: point.rho))
    let residual = filtered(outcome.minus(structural), point.lambda, errorLag)
    // (Qv)_i/q_ii, K and its columns by the lag and its transpose.
    let v = outcome.minus(trend)
    let kv = filtered(filtered(v, point.rho, system.lag), point.lambda, errorLag)
    func transposed(_ values: [Double], _ r: Double, _ lag: SpatialLag) -> [Double] {
      r == 0 ? values : values.minus(lag.transposed(values).scaled(by: r))
    }
    let qv = transposed(transposed(kv, point.lambda, errorLag), point.rho, system.lag)
    var diagonals: [[Int]: [Double]] = [:]
    func diagonal(_ period: Int) -> [Double] {
      let key = [system.lag.matrixOfPeriod[period], errorLag.matrixOfPeriod[period]]
      if let known = diagonals[key] { return known }
      let found = Self.precisionDiagonal(system.lag.matrices[key[0]], errorLag.matrices[key[1]], point)
      diagonals[key] = found
      return found
    }
    let precisions = (0..<periods).map(diagonal)
    let best = outcome.indices.map { place in
      outcome[place] - qv[place] / precisions[place / size][place % size]
    }
    let absent = Set(missing)
    var rows = outcome.indices.map { place in
      Row(
        unit: sample.units[place % size], period: label(sample.periods[place / size]),
        outcome: absent.contains(place) ? .nan : outcome[place], trend: trend[place],
        structural: structural[place], best: best[place],
        residual: absent.contains(place) ? .nan : residual[place],
        unitEffect: unitEffects[place % size], periodEffect: periodEffects[place / size])
    }
    if isConstant, let last = periodEffects.last {
      for future in sample.future {
        let own = try Self.mean(fit, future.regressors, regimes, system)
        let total = own.indices.map { own[$0] + unitEffects[$0] + last }
        let trend = point.rho == 0 ? total : try system.inverse(point.rho).solve([total])[0]
        rows += trend.indices.map { unit in
          Row(
            unit: sample.units[unit], period: label(future.period), outcome: .nan, trend: trend[unit],
            structural: .nan, best: .nan, residual: .nan, unitEffect: unitEffects[unit], periodEffect: last)
        }
      }
    }
    self.rows = rows
    self.unitColumn = unitColumn
    self.timeColumn = timeColumn
    lastPeriod =
      sample.future.isEmpty || !isConstant ? nil : sample.periods.last.map(label)

    func filteredOnes(_ t: Int, _ r: Double) -> [Double] {
      let ones = [Double](repeating: 1, count: size)
      guard r != 0 else { return ones }
      return ones.minus(errorLag.matrices[errorLag.matrixOfPeriod[t]].times(ones).scaled(by: r))
    }
  }

  /// q_ii = ‖Ke_i‖².
  private static func precisionDiagonal(
    _ weights: SparseMatrix, _ errorWeights: SparseMatrix, _ point: SpatialPoint
  ) -> [Double] {
    (0..<weights.size).map { unit in
      var column = [Double](repeating: 0, count: weights.size)
      column[unit] = 1
      for (r, matrix) in [(point.rho, weights), (point.lambda, errorWeights)] where r != 0 {
        column = column.minus(matrix.times(column).scaled(by: r))
      }
      return column.innerProduct(with: column)
    }
  }

  /// Zb of one period from its regressors.
  private static func mean(
    _ fit: SpatialFit, _ regressors: [[Double]], _ regimes: UnitClusters?, _ system: SpatialSystem
  ) throws -> [Double] {
    var result = [Double](repeating: 0, count: system.unitCount)
    let weights = (system.regressorWeights?.lag ?? system.lag).matrices[0]
    for (column, value) in zip(fit.design.columns, fit.coefficients) {
      func own(_ values: [Double], _ regime: Int) -> [Double] {
        values.indices.map { regimes?.clusterOfUnit[$0] == regime ? values[$0] : 0 }
      }
      switch column {
      case .intercept: result = result.map { $0 + value }
      case .regressor(let place): result.add(regressors[place], scale: value)
      case .durbin(let place): result.add(weights.times(regressors[place]), scale: value)
      case .regimeRegressor(let place, let regime): result.add(own(regressors[place], regime), scale: value)
      case .regimeDurbin(let place, let regime):
        result.add(own(weights.times(regressors[place]), regime), scale: value)
      case .laggedOutcome, .laggedNeighbours: break
      }
    }
    return result
  }

  /// How far each prediction is from the outcomes: the root of the mean square, and R² = 1 − SS/Σ(y − ȳ)².
  var accuracy: [(name: Phrase, key: String, rootMeanSquare: Double, rSquared: Double)] {
    let present = rows.filter { !$0.outcome.isNaN }
    let total = present.map(\.outcome).centredSumOfSquares
    return [
      (Phrase("Trend: regressors and effects", zh: "趋势预测：解释变量与效应"), "trend", \Row.trend),
      (
        Phrase("Structural: with the neighbours' outcomes", zh: "结构预测：含邻居的被解释变量"), "structural",
        \Row.structural
      ),
      (Phrase("Best: given all other outcomes", zh: "最优预测：给定其余观测"), "best", \Row.best),
    ].map { name, key, path in
      let squares = present.map { ($0.outcome - $0[keyPath: path]) * ($0.outcome - $0[keyPath: path]) }
        .compensatedSum
      return (name, key, (squares / Double(present.count)).squareRoot(), 1 - squares / total)
    }
  }

  /// The rows as a table, ready for `moran` and `map`.
  public var table: ResultTable {
    func column(_ key: String, _ label: Phrase, _ value: (Row) -> Double) -> ResultColumn {
      ResultColumn(key, label, .number(rows.map(value)), missing: .blank)
    }
    return ResultTable(
      name: "predictions", title: Phrase("Predictions and residuals", zh: "预测值与残差"),
      columns: [
        ResultColumn(unitColumn, Phrase(verbatim: unitColumn), .text(rows.map(\.unit))),
        ResultColumn(timeColumn, Phrase(verbatim: timeColumn), .text(rows.map(\.period))),
        column("y", Phrase("Outcome", zh: "被解释变量"), \.outcome),
        column("trend", Phrase("Trend", zh: "趋势预测"), \.trend),
        column("structural", Phrase("Structural", zh: "结构预测"), \.structural),
        column("best", Phrase("Best", zh: "最优预测"), \.best),
        column("residual", Phrase("Residual", zh: "残差"), \.residual),
        column("unit_effect", Phrase("Unit effect", zh: "个体效应"), \.unitEffect),
        column("period_effect", Phrase("Period effect", zh: "时间效应"), \.periodEffect),
      ], keyColumns: 2)
  }

  /// How far the predictions are from the outcomes, a row each.
  public var accuracyTable: ResultTable {
    let found = accuracy
    return ResultTable(
      name: "prediction_accuracy", title: Phrase("Predictions against outcomes", zh: "预测精度"),
      columns: [
        ResultColumn("prediction", Phrase("Prediction", zh: "预测"), .phrase(found.map(\.name))),
        ResultColumn(
          "rmse", Phrase("Root mean square error", zh: "均方根误差"), .number(found.map(\.rootMeanSquare))),
        ResultColumn("r2", Phrase(verbatim: "R²"), .number(found.map(\.rSquared))),
      ],
      notes: [
        Phrase(
          "Only the trend predicts without the outcomes themselves; the effects of units and periods are estimated from them."
            + (lastPeriod.map { " Later periods have the effect of \($0)." } ?? ""),
          zh: "仅趋势预测不使用当期被解释变量；个体与时间效应由样本估计。" + (lastPeriod.map { "后续时期取\($0)年的时间效应。" } ?? ""))
      ])
  }
}
