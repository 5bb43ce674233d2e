internal import RuralValueNumerics

/// The regression that a model comes to once its effects are out: an outcome, columns, and what they cost.
struct LinearProblem: Sendable {
  /// The outcome and the columns without effects, one value a row of the regression.
  var outcome: [Double]
  var columns: [[Double]]
  /// The columns' lengths before the effects were taken out.
  var lengths: [Double]
  var parameters: [Parameter]
  /// The excluded instruments without effects, with their names and lengths.
  var instruments: [[Double]] = []
  var instrumentNames: [String] = []
  var instrumentLengths: [Double] = []
  var endogenous: [Bool] = []
  var weights: [Double]?
  /// The sets of effects and their rank.
  var ways: [LinearSample.Groups] = []
  var absorbedRank = 0
  var clusters: [LinearSample.Groups]
  var units: Grouping
  var periods: Grouping
  /// What was taken out, for messages.
  var effectsName: String

  /// Least squares or dummies: pooled, within, differences.
  static func within(_ sample: LinearSample) throws -> LinearProblem {
    let ways = sample.ways.map { $0.grouping.weighted(sample.weights) }
    try MemoryLimit.require(
      bytes: Demeaning.bytes(ways), for: "The equations of \(ways.count) sets of effects",
      remedy: "Absorb columns with fewer groups", orThrow: FixedEffectsError.tooLarge)
    let demeaning = Demeaning(ways)
    var problem = LinearProblem(
      outcome: demeaning(sample.outcome.values), columns: demeaning(sample.regressors.map(\.values)),
      lengths: sample.regressors.map(\.values.euclideanNorm),
      parameters: sample.regressors.map(\.parameter),
      instruments: demeaning(sample.instruments.map(\.values)),
      instrumentNames: sample.instruments.map(\.parameter.name),
      instrumentLengths: sample.instruments.map(\.values.euclideanNorm), endogenous: sample.endogenous,
      weights: sample.weights, ways: sample.ways, absorbedRank: demeaning.rank, clusters: sample.clusters,
      units: sample.units, periods: sample.periods,
      effectsName: sample.ways.isEmpty
        ? "constant" : "effects of " + sample.ways.map(\.name.english).joined(separator: " and of "))
    if sample.hasIntercept { problem.addConstant([Double](repeating: 1, count: sample.rowCount)) }
    return problem
  }

  /// Means of units on means of units, each unit one row.
  static func between(_ sample: LinearSample) -> LinearProblem {
    let present = sample.units.sizes.indices.filter { sample.units.sizes[$0] > 0 }
    func means(_ values: [Double]) -> [Double] {
      let all = sample.units.means(values)
      return present.map { all[$0] }
    }
    let own = Grouping(Array(present.indices), groupCount: present.count)
    var firstRow = [Int](repeating: -1, count: sample.units.sizes.count)
    for (row, unit) in sample.units.groupOfRow.enumerated() where firstRow[unit] < 0 { firstRow[unit] = row }
    func reduced(_ groups: LinearSample.Groups) -> LinearSample.Groups {
      let codes = present.map { groups.grouping.groupOfRow[firstRow[$0]] }
      return .init(
        name: groups.name, column: groups.column,
        grouping: Grouping(codes, groupCount: groups.grouping.sizes.count))
    }
    var problem = LinearProblem(
      outcome: means(sample.outcome.values), columns: sample.regressors.map { means($0.values) },
      lengths: [], parameters: sample.regressors.map(\.parameter),
      endogenous: sample.endogenous, clusters: sample.clusters.map(reduced), units: own,
      periods: Grouping([Int](repeating: 0, count: present.count), groupCount: 1), effectsName: "constant")
    problem.lengths = problem.columns.map(\.euclideanNorm)
    problem.addConstant([Double](repeating: 1, count: present.count))
    return problem
  }

  /// Values less θ_i times their unit's mean.
  static func random(_ sample: LinearSample, _ components: VarianceComponents) -> LinearProblem {
    var problem = LinearProblem(
      outcome: components.quasiDemeaned(sample.outcome.values),
      columns: sample.regressors.map { components.quasiDemeaned($0.values) },
      lengths: sample.regressors.map(\.values.euclideanNorm),
      parameters: sample.regressors.map(\.parameter), endogenous: sample.endogenous,
      clusters: sample.clusters, units: sample.units, periods: sample.periods, effectsName: "constant")
    if sample.formula.hasIntercept {
      problem.addConstant(components.quasiDemeaned([Double](repeating: 1, count: sample.rowCount)))
    }
    return problem
  }

  private mutating func addConstant(_ values: [Double]) {
    columns.append(values)
    lengths.append(values.euclideanNorm)
    parameters.append(.constant)
    endogenous.append(false)
  }

  /// Least squares.
  func fit() throws -> LinearFit {
    let fit = try LinearFit(
      outcome, columns, lengths: lengths, parameters: parameters, weights: weights, effects: effectsName)
    let used = fit.parameterCount + absorbedRank
    guard outcome.count > used else {
      throw FixedEffectsError.tooFewObservations(observations: outcome.count, parameters: used)
    }
    return fit
  }

  /// What a covariance needs to know.
  func setting(
    _ rule: FixedEffectsSpecification.StandardError, lags: Int? = nil, distances: PlaceDistances? = nil,
    unitColumn: String = "", clusters other: [LinearSample.Groups]? = nil
  ) -> LinearCovariance.Setting {
    .init(
      rule: rule, clusters: other ?? clusters, units: units, periods: periods, ways: ways,
      absorbedRank: absorbedRank, lags: lags, distances: distances, unitColumn: unitColumn)
  }
}
