internal import RuralValueNumerics

/// Everything about a spatial panel but its errors: from errors to outcome, and from outcome to estimate.
struct SpatialSetting {
  /// The outcome's column.
  let column: String
  let process: SpatialPanelProcess
  private let panel: Panel
  private let resolved: SpatialDurbinSpecification

  init(
    _ panel: Panel, weights: SpatialWeights, truth: [Parameter: Double], unitEffects: [Double],
    periodEffects: [Double]?, initial: [Double]?, _ specification: SpatialDurbinSpecification,
    system known: SpatialSystem? = nil
  ) throws {
    let terms = try OutcomeTerms(panel, specification.formula, evaluator: FormulaEvaluator(panel))
    let system = try known ?? SpatialSetting.system(panel, weights, specification)
    resolved = try SpatialDefaults.resolve(
      specification, system: system, regressors: terms.terms.map(\.name))
    let durbin = resolved.durbin ?? []
    func value(_ parameter: Parameter) throws -> Double {
      guard let value = truth[parameter] else {
        throw ExactPanelError.noTruth(
          term: parameter.name, given: truth.sortedParameters.map(\.name))
      }
      return value
    }
    let constant = truth[.constant] ?? 0
    let parameters = specification.formula.parameters
    var process = SpatialPanelProcess(
      panel: panel, terms: terms, system: system, coefficients: try parameters.map(value),
      neighbourCoefficients: try parameters.map { parameter in
        durbin.contains(parameter.name) ? try value(parameter.spatialLag) : 0
      },
      rho: specification.model.hasLag ? try value(.rho) : 0,
      lambda: specification.model.hasError ? try value(.lambda) : 0,
      effects: (0..<panel.rowCount).map { row in
        constant + unitEffects[panel.unitOfRow[row]] + (periodEffects?[panel.periodOfRow[row]] ?? 0)
      }, initial: initial ?? [Double](repeating: .nan, count: panel.rowCount))
    if let dynamics = specification.dynamics {
      let lag = Parameter("lag(\(specification.formula.outcome.name), 1)", .laggedOutcome)
      process.laggedOutcome = dynamics.hasLaggedOutcome ? try value(lag) : nil
      process.laggedNeighbours = dynamics.hasLaggedNeighbours ? try value(lag.spatialLag) : nil
    }
    self.process = process
    self.panel = panel
    column = terms.outcomeColumn
  }

  /// The weights as the estimator would have them.
  static func system(
    _ panel: Panel, _ weights: SpatialWeights, _ specification: SpatialDurbinSpecification
  ) throws -> SpatialSystem {
    let (aligned, _) = try weights.aligned(to: panel.units, of: panel.source)
    let standardised = aligned.withoutSelf.standardised(specification.standardisation)
    // What is simulated is the same on any machine, which LAPACK's last digits are not.
    return try SpatialSystem(
      [standardised], matrixOfPeriod: panel.periods.map { _ in 0 }, algebra: .sparse)
  }

  /// The estimate that errors lead to.
  func fit(_ errors: [Double]) throws -> SpatialFit {
    let sample = try SpatialSample(
      panel.with([(column, try process.outcome(errors))]), resolved)
    return try SpatialEstimation(sample, process.system.over(sample.periodCount), resolved).correctedFit()
  }

  /// Errors that move the targeted parameters: an orthogonal basis of the design's columns, of what moves the
  /// scores of ρ and λ, and of the residuals; each as long as the residuals, in row order.
  func directions(_ fit: SpatialFit, targets: [Int]) throws -> [[Double]] {
    let (data, point) = (fit.data, fit.point)
    var columns = data.z
    if let wz = data.wz {
      for position in columns.indices { columns[position].add(wz[position], scale: -point.lambda) }
    }
    let wy = data.wy ?? []
    if fit.process.hasLag {
      columns.append(data.wwy.map { wy.minus($0.scaled(by: point.lambda)) } ?? wy)
    }
    if fit.process.hasError {
      var lagged = data.wwy.map { wy.minus($0.scaled(by: point.rho)) } ?? wy
      for (b, column) in zip(fit.coefficients, data.wz ?? []) { lagged.add(column, scale: -b) }
      columns.append(lagged)
    }
    let residuals = fit.errors
    columns.append(residuals)
    let unit = targets.map { position -> [Double] in
      let length = columns[position].euclideanNorm
      return length > 0 ? columns[position].scaled(by: 1 / length) : columns[position]
    }
    guard let parts = try? SingularValues(Matrix(columns: unit)) else {
      throw ExactPanelError.dependentConditions(conditions: targets.count, rank: 0)
    }
    let rank = parts.values.count { $0 > 1e-9 * (parts.values.first ?? 0) }
    guard rank == targets.count else {
      throw ExactPanelError.dependentConditions(conditions: targets.count, rank: rank)
    }
    let rows = sampleRows(fit.data.y.count)
    return targets.indices.map { column in
      var direction = [Double](repeating: 0, count: panel.rowCount)
      for (row, value) in zip(rows, parts.left.column(column)) {
        direction[row] = value * residuals.euclideanNorm
      }
      return direction
    }
  }

  /// The panel's rows in the sample's order: the last periods, for lags leave out the first.
  private func sampleRows(_ count: Int) -> [Int] {
    Array(panel.periods.indices.flatMap { panel.rows(ofPeriod: $0) }.suffix(count))
  }
}

extension SpatialSystem {
  /// The same weights over another number of periods.
  func over(_ periodCount: Int) -> SpatialSystem {
    periodCount == lag.periodCount ? self : SpatialSystem(self, periodCount: periodCount)
  }
}
